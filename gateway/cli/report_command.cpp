#include <fmt/format.h>

#include "gateway/cli/check_notes.h"
#include "gateway/cli/commands.h"
#include "gateway/reporting/table_report.h"

namespace lianzheng {
namespace {

Output listRuns(const CommandContext& context, Output output) {
    const auto runs = context.parts.store().runs(100);
    if (!runs) {
        output.fail(runs.error(), context.options.english);
        return output;
    }
    for (const RunRow& run : *runs) {
        if (run.kind != "reconcile") continue;
        output.items.push_back(
            {{"id", std::to_string(run.id)}, {"started", isoUtc(run.startedAt)}, {"result", run.result}});
        output.line(fmt::format("{:>6}  {}  {}", run.id, shanghaiText(run.startedAt),
                                run.result.empty() ? "unfinished" : run.result));
    }
    output.counts["runs"] = output.items.size();
    return output;
}

/// There is no report of that run; says why.
void refuse(const CommandContext& context, const Error& error, Output& output) {
    const std::int64_t run = context.options.run;
    if (error.code == "no_run" && run == 0) {
        output.problems.push_back(said(context, "还没有完成的对账，请先运行 lianzheng reconcile",
                                       "no reconciliation has ended well yet; run `lianzheng reconcile`"));
    } else if (error.code == "no_run") {
        output.problems.push_back(said(context, "没有编号为 {} 的对账，见 report list",
                                       "no reconciliation has the id {}; `report list` shows them", run));
    } else if (error.code == "run_unfinished") {
        output.problems.push_back(said(context, "第 {} 次对账未完成，没有可用的结果，见 report list",
                                       "reconciliation {} is not finished and says nothing; see `report list`", run));
    } else if (error.code.starts_with("run_")) {
        output.problems.push_back(
            said(context, "第 {} 次对账中途失败或被停止，只比对了一部分，不出报告，见 report list",
                 "reconciliation {} failed or was stopped: it compared a part alone, which is no report; see "
                 "`report list`",
                 run));
    } else {
        return output.fail(error, context.options.english);
    }
    output.exitCode = ExitCode::Usage;
}

}  // namespace

Output reportCommand(const CommandContext& context) {
    if (context.options.subcommand == "verify") return reportVerify(context);
    Output output;
    output.command = "report " + context.options.subcommand;
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    if (context.options.subcommand == "list") return listRuns(context, std::move(output));
    const Language language = context.options.english ? Language::English : Language::Chinese;
    auto input = reportInputOf(context.parts.store(), context.options.run, context.parts.districts(), language,
                               context.parts.settings().exchange.scratchDirectory, context.parts.clock().now());
    if (!input) {
        refuse(context, input.error(), output);
        return output;
    }
    if (context.options.subcommand == "show") {
        const auto text = tableOf(*input);
        if (!text) {
            output.fail(text.error(), context.options.english);
            return output;
        }
        output.line(*text);
        return output;
    }
    return exportReport(context, std::move(*input), std::move(output));
}

}  // namespace lianzheng
