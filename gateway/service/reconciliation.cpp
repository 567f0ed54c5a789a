#include "gateway/service/reconciliation.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "adapters/national/transfer_ins.h"
#include "gateway/reporting/excused_list.h"
#include "gateway/reporting/report_manifest.h"
#include "gateway/reporting/report_writer.h"
#include "gateway/service/repair_scope.h"
#include "gateway/sync/resync.h"
#include "gateway/service/view_time.h"
#include "mappings/certificate_number.h"

namespace lianzheng {
namespace {

/// Repairs are planned when the comparison is over: the store is not written to under the reader's feet. What somebody
/// accepted as it is stays so, unless the certificate was named.
Status planRepairs(Composition& parts, const std::vector<Repair>& repairs, const std::set<std::string>& named,
                   ReconcileReport& report, const std::stop_token& stop) {
    if (repairs.empty()) return ok();  // a comparison alone needs no platform
    Resync resync(parts.parts());
    for (const Repair& repair : repairs) {
        const auto open = parts.store().findingsOf(repair.number);
        if (!open) return tl::unexpected(open.error());
        if (open->empty() && !named.contains(repair.number)) continue;
        const auto item = resync.repair(repair.number, repair.national ? &*repair.national : nullptr, "repair", stop);
        if (!item) return tl::unexpected(item.error());
        if (!item->plan || !std::holds_alternative<Step>(*item->plan)) continue;
        report.repairs += 1;
        const std::vector<Change> moves =
            repairing(std::get<Step>(*item->plan), *open, report.result.run, parts.clock().now());
        if (const Status moved = parts.store().commit(moves); !moved) return moved;
    }
    return ok();
}

/// Certificates of ours that the platform says other provinces took in. A platform that does not answer holds up no
/// comparison: it is said, and the findings of before stay until it is asked again.
std::optional<std::vector<TakenElsewhere>> askTransferIns(Composition& parts, const std::stop_token& stop) {
    std::vector<TakenElsewhere> taken;
    const std::string& here = parts.settings().policy.provinceCharacter;
    const auto keep = [&](const Holdings::Item& item) {
        const auto old = CertificateNumber::parse(item.oldCertNum);
        const auto successor = CertificateNumber::parse(item.record[Field::CertNum]);
        if (!old || old->province() != here || (successor && successor->province() == here)) return true;
        taken.push_back({old->converted().str(), item.record[Field::CertNum]});
        return true;
    };
    Status asked = parts.openPlatform();
    if (asked) asked = eachTransferIn(parts.platform(), parts.settings().provinceNum, "", keep, stop);
    if (asked) return taken;
    parts.log().warning("reconcile.transfers_unknown", {{"where", asked.error().where}, {"code", asked.error().code}});
    return std::nullopt;
}

/// This program and no other: what another one made of rows may be otherwise.
std::string programMark() {
    struct stat program {};
    if (::stat("/proc/self/exe", &program) != 0) return {};
    std::string mark = std::to_string(program.st_ino) + ' ' + std::to_string(program.st_size);
    for (const timespec& time : {program.st_mtim, program.st_ctim}) {
        mark += ' ' + std::to_string(time.tv_sec) + '.' + std::to_string(time.tv_nsec);
    }
    return mark;
}

}  // namespace

ReconcileSettings reconcileSettingsOf(const Composition& parts) {
    ReconcileSettings settings;
    settings.policy = parts.settings().policy;
    settings.scratchDirectory = parts.settings().exchange.scratchDirectory;
    settings.rangeDirectory = parts.settings().ranges;
    settings.program = programMark();
    settings.calendar = parts.settings().sync.ceilings.calendar;
    settings.deadlineWorkdays = parts.settings().findingWorkdays;
    settings.viewMadeAt = viewMadeAt(parts.settings());
    return settings;
}

Result<ReconcileReport> reconcileAndReport(Composition& parts, const std::string& against, const Repairs& repair,
                                           const std::stop_token& stop) {
    const auto view = against == "ledger" ? nullptr : parts.exchange();
    if (against == "exchange" && !view) return failed(Fault::Rejected, "exchange.settings", "not_configured");
    Reconciler reconciler(parts.source(), parts.map(), parts.store(), parts.clock(), reconcileSettingsOf(parts));
    if (parts.settings().askTransfers) reconciler.takenElsewhere(askTransferIns(parts, stop));
    std::vector<Repair> repairs;
    if (repair.wanted) {
        reconciler.repairInto([&](std::span<const Repair> page) {
            std::copy_if(page.begin(), page.end(), std::back_inserter(repairs),
                         [&](const Repair& each) { return repair.only.empty() || repair.only.contains(each.number); });
            return ok();
        });
    }
    auto excused = ExcusedList::make(parts.settings().exchange.scratchDirectory);
    if (!excused) return tl::unexpected(excused.error());
    reconciler.excusedInto([&](std::string_view number, std::string_view why) { return excused->add(number, why); });
    auto result = view ? reconciler.againstExchange(*view, stop) : reconciler.againstLedger(stop);
    if (!result) return tl::unexpected(result.error());
    ReconcileReport report;
    report.result = std::move(*result);
    const TimePoint now = parts.clock().now();
    if (const auto& why = report.result.notKept) {
        parts.log().warning("reconcile.ranges_unkept", {{"where", why->where}, {"code", why->code}});
    }
    auto input = reportInputOf(parts.store(), report.result.run, parts.districts(), Language::Chinese,
                               parts.settings().exchange.scratchDirectory, now);
    if (!input) return tl::unexpected(input.error());
    if (const Status written = writeReports(*input, parts.settings().reports, parts.sealing(), now, &*excused);
        !written) {
        return tl::unexpected(written.error());
    }
    for (const ReportFormat format : kReportFormats) {
        report.files.push_back(reportPath(parts.settings().reports, report.result.run, format));
    }
    report.files.push_back(excusedPath(parts.settings().reports, report.result.run));
    report.files.push_back(manifestPath(parts.settings().reports, report.result.run));
    if (const Status done = planRepairs(parts, repairs, repair.only, report, stop); !done)
        return tl::unexpected(done.error());
    return report;
}

}  // namespace lianzheng
