#include <fmt/format.h>

#include <cmath>

#include "gateway/cli/check_notes.h"
#include "gateway/cli/commands.h"
#include "gateway/service/reconciliation.h"

namespace lianzheng {
namespace {

std::string percent(double share) { return fmt::format("{:.3g}%", share * 100); }

/// What it proves, and what it does not.
void tell(const CommandContext& context, const SampleResult& result, Output& output) {
    const SampleSettings& asked = context.options.sample;
    output.line(said(context, "台账中已登记 {} 本，按市和类别分 {} 层，随机核对 {} 本（查询 {} 次），不一致 {} 本",
                     "of {} registered certificates in {} strata (city and category) {} were looked at by chance ({} "
                     "calls); {} disagree",
                     result.population, result.strata, result.drawn, result.calls, result.disagreeing));
    if (result.drawn == 0) {
        output.line(said(context,
                         "一本也没有核对，什么也没有说明：台账中没有已登记的证书，请先运行 lianzheng adopt 或 sync",
                         "nothing was looked at, and nothing is shown by it: the ledger has no registered certificate; "
                         "run `lianzheng adopt` or `sync` first"));
        return;
    }
    if (result.whole) {
        output.line(said(context, "已逐本核对全部证书，不一致率为 {}", "all were looked at: {} disagree",
                         percent(result.bound.value_or(0))));
    } else if (!result.bound) {
        output.line(
            said(context, "核对的太少，不能得出结论；请加大 --calls", "too few for a conclusion; raise --calls"));
    } else {
        output.line(said(context, "结论：以 {} 的把握，不一致率不超过 {}（目标 {}，{}）",
                         "with {} confidence no more than {} disagree (target {}, {})", percent(asked.confidence),
                         percent(*result.bound), percent(asked.target),
                         result.reached ? said(context, "已达到", "reached") : said(context, "未达到", "not reached")));
    }
    output.line(said(context, "计为一致的还有：在途的 {} 本、等待的 {} 本，以及受阻后已不再显示的（blocked dismiss）",
                     "what is in hand ({}), waits ({}) or was dismissed (blocked dismiss) counts as agreeing",
                     result.tally.inFlight, result.tally.waiting));
    output.line(
        said(context,
             "不能说明：从未进入台账的证书、部平台上多出的证书，以及查询不返回的内容（照片、职务、职称、学历、专业）",
             "it says nothing of certificates that never came into the ledger, of further ones at the platform, "
             "and of what a query does not show (photo, position, title, education, major)"));
}

}  // namespace

Output sampleCommand(const CommandContext& context) {
    Output output;
    output.command = "reconcile";
    if (!context.parts.settings().sync.readBack) {
        output.problems.push_back(
            said(context, "platform.readback = none：部平台不答复本省证书的查询，抽查不能说明任何问题",
                 "platform.readback = none: the platform does not answer for our certificates, and "
                 "a sample would prove nothing"));
        output.exitCode = ExitCode::Configuration;
        return output;
    }
    Status opened = context.parts.openStore();
    if (opened) opened = context.parts.openPlatform();
    if (!opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    Sampler sampler(context.parts.parts(), reconcileSettingsOf(context.parts), context.options.sample);
    const auto result = sampler.run(context.stop);
    if (!result) {
        output.fail(result.error(), context.options.english);
        return output;
    }
    output.counts = {{"run", static_cast<std::uint64_t>(result->run)},
                     {"population", result->population},
                     {"strata", result->strata},
                     {"drawn", result->drawn},
                     {"calls", result->calls},
                     {"disagreeing", result->disagreeing},
                     {"in_flight", result->tally.inFlight},
                     {"waiting", result->tally.waiting},
                     {"bound_ppm", static_cast<std::uint64_t>(std::llround(result->bound.value_or(1) * 1e6))},
                     {"reached", result->reached ? 1U : 0U}};
    tell(context, *result, output);
    if (result->disagreeing != 0 || !result->reached) output.exitCode = ExitCode::NeedsPerson;
    return output;
}

}  // namespace lianzheng
