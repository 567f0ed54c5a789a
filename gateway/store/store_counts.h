#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "adapters/sql/database.h"

namespace lianzheng {

/// How much there is of everything, read afresh: `ledger`, `ledger.state.01` (`none` for never registered),
/// `ledger.stage.*`, `ledger.origin.*`, `ledger.dirty`, `ledger.code_missing`, `outbox`, `outbox.state.*`,
/// `outbox.lane.*`, `blocked` and `blocked.reason.*` (dismissed ones left out), `blocked.dismissed`, `write_back`,
/// `findings.open`, `findings.open.KIND`, `evidence`. Zero is left out but for the plain words.
/// Errors: SOCI's exceptions.
std::map<std::string, std::uint64_t> storeCounts(Database& database);

}  // namespace lianzheng
