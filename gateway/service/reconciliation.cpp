#include "gateway/service/reconciliation.h"

#include <utility>

#include "gateway/reporting/report_writer.h"
#include "gateway/sync/resync.h"

namespace lianzheng {
namespace {

/// Repairs are planned when the comparison is over: the store is not written to under the reader's feet.
Status planRepairs(Composition& parts, const std::vector<Repair>& repairs, ReconcileReport& report,
                   const std::stop_token& stop) {
    if (repairs.empty()) return ok();  // a comparison alone needs no platform
    Resync resync(parts.parts());
    for (const Repair& repair : repairs) {
        const auto item = resync.repair(repair.number, repair.national ? &*repair.national : nullptr, "repair", stop);
        if (!item) return tl::unexpected(item.error());
        if (item->plan && std::holds_alternative<Step>(*item->plan)) report.repairs += 1;
    }
    return ok();
}

}  // namespace

Result<ReconcileReport> reconcileAndReport(Composition& parts, const std::string& against, bool repair,
                                           const std::stop_token& stop) {
    const auto view = against == "ledger" ? nullptr : parts.exchange();
    if (against == "exchange" && !view) return failed(Fault::Rejected, "exchange.settings", "not_configured");
    ReconcileSettings settings;
    settings.policy = parts.settings().policy;
    settings.scratchDirectory = parts.settings().exchange.scratchDirectory;
    Reconciler reconciler(parts.source(), parts.map(), parts.store(), parts.clock(), settings);
    std::vector<Repair> repairs;
    if (repair) {
        reconciler.repairInto([&](std::span<const Repair> page) {
            repairs.insert(repairs.end(), page.begin(), page.end());
            return ok();
        });
    }
    auto result = view ? reconciler.againstExchange(*view, stop) : reconciler.againstLedger(stop);
    if (!result) return tl::unexpected(result.error());
    ReconcileReport report;
    report.result = std::move(*result);
    auto input = reportInputOf(parts.store(), report.result.run, parts.districts(), Language::Chinese);
    if (!input) return tl::unexpected(input.error());
    if (const Status written = writeReports(*input, parts.settings().reports); !written) {
        return tl::unexpected(written.error());
    }
    for (const ReportFormat format : {ReportFormat::Html, ReportFormat::Csv, ReportFormat::Json}) {
        report.files.push_back(reportPath(parts.settings().reports, report.result.run, format));
    }
    if (const Status done = planRepairs(parts, repairs, report, stop); !done) return tl::unexpected(done.error());
    return report;
}

}  // namespace lianzheng
