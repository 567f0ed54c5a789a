#pragma once

#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/reconcile/reconciler.h"
#include "gateway/service/composition.h"

namespace lianzheng {

struct ReconcileReport {
    ReconcileResult result;
    std::vector<std::filesystem::path> files;
    std::uint64_t repairs = 0;  ///< certificates planned anew
};

/// As the configuration says.
ReconcileSettings reconcileSettingsOf(const Composition& parts);

/// Which differences the gateway is to mend.
struct Repairs {
    bool wanted = false;
    std::set<std::string> only{};  ///< certificates; empty: all
};

/// One reconciliation and its reports. `against`: exchange, ledger, or empty for the exchange view where one is
/// configured, else the ledger. With `repair` every chosen difference that the gateway can mend is planned from what
/// the platform really holds, but for what is accepted and was not named; the caller is the pusher then.
Result<ReconcileReport> reconcileAndReport(Composition& parts, const std::string& against, const Repairs& repair,
                                           const std::stop_token& stop);

}  // namespace lianzheng
