#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/exchange/exchange_view.h"
#include "mappings/certificate_number.h"
#include "mappings/desired.h"
#include "mappings/operation.h"

namespace lianzheng {

/// The province's row of one number, and the keys of further rows of the same number.
struct ProvincialItem {
    Desired desired;
    std::vector<std::string> otherKeys;
    bool late = false;  ///< does not stand where its number's bytes belong (half-width brackets, converted numbers)

    /// As mapped; empty when the row has none that can be read.
    [[nodiscard]] const std::string& number() const { return desired.record[Field::CertNum]; }
};

/// What the other side shows of one number.
struct NationalItem {
    NationalRow row;
    std::bitset<kFieldCount> known;  ///< the fields the other side can show at all
    Digest comparable;               ///< of the ledger, when it knows it; then the fields need not be read
    bool complete = true;            ///< false: the fields are still to be read from the ledger

    [[nodiscard]] const std::string& number() const { return row.record[Field::CertNum]; }
};

/// In force, or suspended.
inline bool active(CertState state) { return state == CertState::Valid || state == CertState::Suspended; }

/// None when it is no state that the interface knows.
inline CertState stateOf(const Certificate& record) {
    return certStateOf(record[Field::CertState]).value_or(CertState::None);
}

/// The hash of the number under which both sides meet.
std::uint64_t meetingHash(std::string_view number);

/// The number under which both sides of the change-over meet: the converted one; the same for all others.
inline std::string meetingNumber(std::string_view number) {
    const auto parsed = CertificateNumber::parse(number);
    return parsed ? parsed->converted().str() : std::string(number);
}

}  // namespace lianzheng
