#include <fmt/format.h>

#include <sstream>

#include "gateway/cli/commands.h"
#include "gateway/reporting/report_writer.h"
#include "gateway/reporting/table_report.h"

namespace lianzheng {
namespace {

Output listRuns(CommandContext context, Output output) {
    const auto runs = context.parts.store().runs(100);
    if (!runs) {
        output.fail(runs.error(), context.options.english);
        return output;
    }
    for (const RunRow& run : *runs) {
        if (run.kind != "reconcile") continue;
        output.items.push_back(
            {{"id", std::to_string(run.id)}, {"started", isoUtc(run.startedAt)}, {"result", run.result}});
        output.line(fmt::format("{:>6}  {}  {}", run.id, shanghaiText(run.startedAt), run.result));
    }
    output.counts["runs"] = output.items.size();
    return output;
}

}  // namespace

Output reportCommand(CommandContext context) {
    Output output;
    output.command = "report " + context.options.subcommand;
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    if (context.options.subcommand == "list") return listRuns(context, std::move(output));
    const Language language = context.options.english ? Language::English : Language::Chinese;
    const auto input = reportInputOf(context.parts.store(), context.options.run, context.parts.districts(), language);
    if (!input) {
        if (input.error().code == "no_run") {
            output.problems.push_back(
                fmt::format("no reconciliation has the id {}; `report list` shows them", context.options.run));
            output.exitCode = ExitCode::Usage;
        } else {
            output.fail(input.error(), context.options.english);
        }
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
    // To standard output: where it goes is the caller's.
    std::ostringstream text;
    const ReportFormat format = context.options.format == "csv"    ? ReportFormat::Csv
                                : context.options.format == "json" ? ReportFormat::Json
                                                                   : ReportFormat::Html;
    if (const Status written = writeReport(*input, format, text); !written) {
        output.fail(written.error(), context.options.english);
        return output;
    }
    output.line(text.str());
    return output;
}

}  // namespace lianzheng
