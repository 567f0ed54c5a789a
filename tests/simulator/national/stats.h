#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace lianzheng::sim::national {

/// What the registry has seen since its start.
struct Stats {
    struct Count {
        std::uint64_t requests = 0;
        std::uint64_t items = 0;
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;
    };
    std::map<std::string, Count> operations;
    std::map<std::string, std::uint64_t> refusals;        ///< by the document's fragment, or a word of ours
    std::map<std::string, std::uint64_t> unlistedFields;  ///< sent, but not in section 3
    std::uint64_t repeated = 0;                           ///< an accepted eCertID sent again
    std::uint64_t repeatedOtherwise = 0;                  ///< … with other content
    std::uint64_t doubled = 0;        ///< certificates where two eCertIDs were accepted for one step
    std::uint64_t doubleRefused = 0;  ///< a second eCertID for the last accepted step, refused
    std::uint64_t certificates = 0;

    [[nodiscard]] std::uint64_t accepted() const;
    [[nodiscard]] std::uint64_t refused() const;
    [[nodiscard]] std::string json() const;
};

}  // namespace lianzheng::sim::national
