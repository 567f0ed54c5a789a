#include <fmt/format.h>

#include "gateway/cli/check_notes.h"
#include "gateway/cli/commands.h"
#include "gateway/service/pass_summary.h"
#include "gateway/service/reconciliation.h"
#include "gateway/sync/provincial_rows.h"

namespace lianzheng {
namespace {

/// Opens what is needed; repairing wants to be the pusher. False: `output` says why not.
bool getReady(const CommandContext& context, Output& output) {
    if (context.options.repair) {
        const auto pusher = becomePusher(context, output);
        if (!pusher) return false;
        if (!*pusher) {
            output.result = "busy";
            output.problems.push_back(said(context, "另一进程正在推送；不带 --repair 的比对不需要等待",
                                           "another process is this store's pusher; without --repair a comparison "
                                           "needs none"));
            output.exitCode = ExitCode::Store;
            return false;
        }
        if (const Status opened = context.parts.openPlatform(); !opened) {
            output.fail(opened.error(), context.options.english);
            return false;
        }
    } else if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return false;
    }
    return true;
}

void tellTally(const ReconcileReport& report, Output& output) {
    const Tally& tally = report.result.tally;
    output.counts = {{"run", static_cast<std::uint64_t>(report.result.run)},
                     {"compared", tally.compared},
                     {"equal", tally.equal},
                     {"differing", tally.differing},
                     {"in_flight", tally.inFlight},
                     {"waiting", tally.waiting},
                     {"fresher", tally.fresher},
                     {"findings", tally.total()},
                     {"repairs", report.repairs},
                     {"recalled_province", report.result.recalledOurs},
                     {"recalled_platform", report.result.recalledTheirs}};
    output.line(fmt::format("比对 {} 本，一致 {}，有差异 {}，办理中 {}，等待中 {}", tally.compared, tally.equal,
                            tally.differing, tally.inFlight, tally.waiting));
    if (tally.fresher != 0) output.line(fmt::format("视图生成之后受理、不计差异的 {}", tally.fresher));
    if (report.result.recalledOurs + report.result.recalledTheirs != 0) {
        output.line(fmt::format("上次比对后没有变化、未再读取的：省系统 {} 行，部平台视图 {} 行",
                                report.result.recalledOurs, report.result.recalledTheirs));
    }
    for (const FindingKind kind : kFindingKinds) {
        const std::uint64_t count = tally.findings[static_cast<std::size_t>(kind)];
        output.counts[std::string(word(kind))] = count;
        if (count != 0) output.line(fmt::format("  {:<24} {}", word(kind), count));
    }
}

/// Sends the repairs that were planned; false: `output` says what failed.
bool pushRepairs(const CommandContext& context, const ReconcileReport& report, Output& output) {
    output.line(fmt::format("可由网关修复 {} 步，已排队", report.repairs));
    Pass pass(context.parts.parts());
    PassResult result;
    if (const Status done = pass.settleDue(result, context.stop); !done) {
        output.fail(done.error(), context.options.english);
        return false;
    }
    if (const Status done = pass.writeBack(result); !done) {
        output.fail(done.error(), context.options.english);
        return false;
    }
    output.counts["accepted"] = result.pushed.accepted;
    output.line(fmt::format("部平台受理 {}，退回 {}", result.pushed.accepted, result.pushed.refused));
    return true;
}

/// Whether our store or the province knows of a certificate.
Result<bool> isKnown(Composition& parts, const std::string& number) {
    const auto entry = parts.store().find(number);
    if (!entry) return tl::unexpected(entry.error());
    if (*entry) return true;
    const auto findings = parts.store().findingsOf(number);
    if (!findings) return tl::unexpected(findings.error());
    if (!findings->empty()) return true;
    const auto rows = provincialRows(parts.source(), parts.map(), number);
    if (!rows) return tl::unexpected(rows.error());
    return !rows->empty();
}

/// The certificates named by --only; false: `output` says what is wrong with one.
bool readOnly(const CommandContext& context, std::set<std::string>& only, Output& output) {
    for (const std::string& text : context.options.numbers) {
        const auto number = ledgerNumber(context, text);
        const auto known = number ? isKnown(context.parts, *number) : Result<bool>(false);
        if (!known) {
            output.fail(known.error(), context.options.english);
            return false;
        }
        if (*known) {
            only.insert(*number);
            continue;
        }
        output.problems.push_back(!number ? noNumber(context, "--only")
                                          : said(context, "--only：{}：省系统、台账与差异中都没有此证书，请核对编号",
                                                 "--only: {}: neither the province nor the ledger nor a finding has "
                                                 "this certificate; check the number",
                                                 *number));
        output.exitCode = ExitCode::Usage;
    }
    return output.exitCode == ExitCode::InStep;
}

}  // namespace

Output reconcileCommand(const CommandContext& context) {
    if (context.options.against == "sample") return sampleCommand(context);
    Output output;
    output.command = "reconcile";
    if (!getReady(context, output)) return output;
    Repairs repairs{context.options.repair};
    if (!readOnly(context, repairs.only, output)) return output;
    const auto report = reconcileAndReport(context.parts, context.options.against, repairs, context.stop);
    if (!report) {
        if (report.error().code == "not_configured") {
            output.problems.push_back(said(context, "--against exchange 需要配置 exchange.url 或 exchange.file",
                                           "--against exchange needs exchange.url or exchange.file in the "
                                           "configuration"));
            output.exitCode = ExitCode::Configuration;
        } else {
            output.fail(report.error(), context.options.english);
        }
        return output;
    }
    tellTally(*report, output);
    for (const auto& file : report->files) {
        output.items.push_back({{"file", file.string()}});
        output.line("报告：" + file.string());
    }
    if (context.options.repair) {
        if (!pushRepairs(context, *report, output)) return output;
    }
    const auto balance = context.parts.store().findingBalance();
    if (!balance) {
        output.fail(balance.error(), context.options.english);
        return output;
    }
    output.counts["accepted_findings"] = balance->accepted;
    output.counts["open_findings"] = balance->open;
    // What was accepted needs nobody; what an earlier run against another side found does, until one no longer sees it.
    if (balance->open != 0) output.exitCode = ExitCode::NeedsPerson;
    return output;
}

}  // namespace lianzheng
