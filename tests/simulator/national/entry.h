#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulator/national/fields.h"
#include "tests/simulator/national/operation.h"

namespace lianzheng::sim::national {

/// One accepted event of a certificate.
struct Event {
    std::string eCertId;  ///< in a collect: the code id
    std::string operation;
    std::string operateType;
    std::string at;  ///< UTC
    std::uint64_t request = 0;
    std::string content;  ///< digest of the business content apart from eCertID
    Fields reply;         ///< the SuccessData item answered
};

/// What the platform knows of one certificate.
struct Entry {
    Fields record;  ///< the assign-code fields but photo and businessInformation; certState is the present one
    std::string zzeCertId;
    std::vector<std::string> identifiers;  ///< every zzeCertID collected, oldest first
    std::string codeId;
    std::vector<std::string> codes;  ///< every code id assigned, oldest first
    bool collected = false;          ///< the present code has been collected
    std::string url;
    std::string eCertId;            ///< of the last accepted event, as sent
    std::string origin = "pushed";  ///< seed, pushed or tampered
    bool lapsed = false;            ///< cancelled (04) after its expiry: a late renewal may revive it
    bool doubled = false;           ///< two different eCertIDs were accepted for one step
    std::vector<Event> events;

    [[nodiscard]] std::string_view at(std::string_view field) const { return valueOf(record, field); }
    [[nodiscard]] std::string_view certNum() const { return at("certNum"); }
    [[nodiscard]] std::string_view state() const { return at("certState"); }
};

}  // namespace lianzheng::sim::national
