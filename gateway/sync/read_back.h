#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/planner/ledger_entry.h"
#include "gateway/planner/plan.h"
#include "mappings/operation.h"

namespace lianzheng {

/// What a read-back says about an event whose outcome is unknown (design.md, No double).
enum class ReadBack : std::uint8_t {
    Accepted,     ///< all it can show is as we sent it, and one of the fields was changed by this event
    NotAccepted,  ///< a visible field that this event changes is otherwise
    Absent,       ///< the platform shows no such certificate
    Unclear       ///< nothing visible was changed by this event: a person decides
};

/// Pure. `holdings` is what the query by number and by identity number showed; `before` the last acknowledged record
/// (nothing known when the certificate was never registered).
ReadBack judgeReadBack(const Step& step, const Acknowledged& before, const std::string& beforeZzeCertId,
                       const Holdings& holdings);

/// The item of `number` among the holdings; null when it is not there.
const Holdings::Item* itemOf(const Holdings& holdings, const std::string& number);

/// The same under any spelling: the platform may still have the number of before the change-over.
const Holdings::Item* itemUnder(const Holdings& holdings, const std::string& number);

/// Whether two shows of one certificate agree in all that both of them show.
bool agree(const Holdings::Item& one, const Holdings::Item& other);

/// The ledger as the platform's own record says, for a certificate that somebody registered before us.
Outcome adoptedFrom(const Holdings::Item& item, const LedgerEntry& before);

/// What we remember, corrected by what the platform shows: its state and visible fields are the acknowledged ones.
Outcome correctedBy(const Holdings::Item& item, const LedgerEntry& before, const Acknowledged& acknowledged);

/// The platform shows no such certificate, asked by number and by identity number: it is as if never registered.
Outcome withoutNational(const LedgerEntry& before);

}  // namespace lianzheng
