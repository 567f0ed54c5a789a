#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mappings/advice.h"
#include "mappings/certificate.h"
#include "mappings/date.h"
#include "mappings/operation.h"
#include "mappings/record_digest.h"

namespace lianzheng {

/// How far the licence file of the last code is.
enum class Stage : std::uint8_t {
    None,            ///< no code assigned, or none that we know of
    WaitingLicence,  ///< a code is assigned (or a suspension restored); a newer licence file is awaited
    Collected        ///< 办结
};

/// How an entry came to be.
enum class Origin : std::uint8_t {
    Observed,  ///< seen in the province, never registered by anybody we know of
    Pushed,    ///< accepted from us
    Adopted    ///< taken over from earlier pushes; some fields may be unknown
};

/// What is remembered of one certificate: what the platform last acknowledged, and what of the province was last looked
/// at. Narrow, for there are 1.5 million. Times are UTC.
struct LedgerEntry {
    std::string number;  ///< normalised, the key
    std::string sourceKey;
    CertState state = CertState::None;
    Stage stage = Stage::None;
    std::string zzeCertId;      ///< the licence's identifier as collected, or as it will be
    std::string predecessorId;  ///< the one before
    std::string codeId;         ///< empty: none, or accepted with the code lost (`codeMissing`)
    std::string lastECertId;    ///< of the last accepted event, exactly as sent
    std::string expiringDate;
    std::optional<TimePoint> codeAt;  ///< when the code was assigned, or the suspension restored
    Digest push;                      ///< acknowledged, or of the row that was in step when taken over
    Digest comparable;                ///< of a row that agreed with what is acknowledged; none when none did
    Digest seen;                      ///< of the province's row when it was last planned
    std::string photoVersion;         ///< likewise
    std::string mappingVersion;
    int digestVersion = 0;
    Origin origin = Origin::Observed;
    std::string authority;              ///< the city authority's id at the last look
    bool endedByExpiry = false;         ///< state 04 set by our own expiry policy
    bool codeMissing = false;           ///< accepted, code lost with the reply
    bool dirty = false;                 ///< to be planned again at the next opportunity
    std::optional<TimePoint> reviewAt;  ///< to be planned again at this time, though no row changes
    friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

/// The last record the platform acknowledged. What an adopted certificate's view could not show is unknown: neither
/// equal nor different.
struct Acknowledged {
    Certificate record;
    std::bitset<kFieldCount> known;
    [[nodiscard]] bool knows(Field field) const { return known.test(static_cast<std::size_t>(field)); }
    friend bool operator==(const Acknowledged&, const Acknowledged&) = default;
};

/// The platform refused what the province said, and the province still says the same.
struct StandingRefusal {
    Digest seen;  ///< of the refused row
    Advice advice;
    /// Not refused: whether it was accepted is unknown, and only a person can find out. It stands whatever the row
    /// says.
    bool doubt = false;
    std::string operation{};  ///< stepName() of the event in doubt, when that is known
};

}  // namespace lianzheng
