#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gateway/reporting/lookup_answer.h"
#include "gateway/reporting/lookup_line.h"
#include "gateway/service/composition.h"

namespace lianzheng {

/// The answer to one line, or to one of the certificates of the person on it.
struct LookupRow {
    std::size_t line = 0;  ///< counted from 1
    std::string number{};  ///< of the certificate found; or as asked
    std::string name{};
    std::string ending{};  ///< the last four of the identity number alone
    std::string shown{};   ///< the line itself, identity numbers masked
    LookupAnswer answer{};
};

/// Answers every line, none lost, in their order: from ledger, outbox, blocked and findings of our store. Names are
/// found by the ends of identity numbers in one pass over the holders for all lines together, and compared with what
/// the platform last acknowledged or the queue holds; where neither has the name (blocked before it was ever
/// registered) the province's row is read by its number. Nothing is changed; the store is open.
/// Errors: of our store; a province that does not answer is said of the lines it concerns.
Result<std::vector<LookupRow>> lookUp(Composition& parts, std::span<const LookupLine> lines, Language language);

}  // namespace lianzheng
