#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/sync/intake.h"
#include "gateway/sync/parts.h"

namespace lianzheng {

/// One certificate of a resync: what was, what both sides say, what follows.
struct ResyncItem {
    std::string number;
    std::size_t provincialRows = 0;
    std::optional<LedgerEntry> before;
    std::optional<bool> nationalHolds;  ///< nothing: could not be asked, or is not asked (platform.readback = none)
    std::optional<Plan> plan;           ///< nothing when the province has no such row
    bool underWay = false;              ///< an intent that may have been sent decides first
};

/// Reads both sides of a certificate again, corrects the ledger by what the platform really holds, plans, and queues
/// the step in the manual lane.
/// Threads: one at a time, the platform's owner. Errors: source, store, or the platform away.
class Resync {
public:
    explicit Resync(SyncParts parts) : parts_(parts) {}
    Result<ResyncItem> one(const std::string& number, const std::string& reason, bool force,
                           const std::stop_token& stop);
    /// The same with the national record already at hand (repair); null: the platform shows none.
    Result<ResyncItem> repair(const std::string& number, const Holdings::Item* national, const std::string& reason);

private:
    Result<std::vector<Desired>> rowsOf(const std::string& number);
    /// The ledger as the platform's own record says; durable.
    Status correct(const std::string& number, const Holdings::Item* national);
    Status hasten(const OutboxRow& intent, bool force);
    Status queue(ResyncItem& item, const std::vector<Desired>& rows, const Intake::Manner& manner);

    SyncParts parts_;
};

}  // namespace lianzheng
