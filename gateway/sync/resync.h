#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/exchange/exchange_view.h"
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
    /// What follows from the province's rows and from what the platform showed; null: it was not asked. An intent that
    /// may have been sent meanwhile decides first.
    Result<ResyncItem> conclude(const std::string& number, const std::vector<Desired>& rows, const Holdings* holdings,
                                const std::string& reason, bool force);
    /// The same for a difference that a view of the platform showed; null: the view has no such certificate. A view may
    /// be older than what was pushed since: where the platform can be asked, it is, and the view counts for what the
    /// query does not show as long as both agree and the view knows our last event.
    Result<ResyncItem> repair(const std::string& number, const NationalRow* view, const std::string& reason,
                              const std::stop_token& stop);

private:
    /// What the platform shows of the number, or of the person; absence is believed only when both were asked.
    Result<Holdings> ask(const std::string& number, const Desired& row, const std::stop_token& stop);
    /// What a repair may believe of the view's word.
    Result<std::optional<Holdings::Item>> believed(const NationalRow* view, const ResyncItem& item, const Desired& row,
                                                   const std::stop_token& stop);
    /// The ledger as the platform's own record says; durable.
    Status correct(const std::string& number, const Holdings::Item* national);
    Status hasten(const OutboxRow& intent, bool force);
    Status queue(ResyncItem& item, const std::vector<Desired>& rows, const Intake::Manner& manner);

    SyncParts parts_;
};

}  // namespace lianzheng
