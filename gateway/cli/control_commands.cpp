#include <fmt/format.h>

#include "gateway/cli/commands.h"

namespace lianzheng {
namespace {

Output setPaused(CommandContext context, const std::string& value) {
    Output output;
    output.command = context.options.command;
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    const TimePoint now = context.parts.clock().now();
    const std::vector<Change> changes{PutWord{"paused", value},
                                      AddAudit{{now, "cli", context.options.command, context.options.reason}}};
    if (const Status done = context.parts.store().commit(changes); !done) {
        output.fail(done.error(), context.options.english);
        return output;
    }
    const bool english = context.options.english;
    output.line(value.empty()
                    ? (english ? "pushing goes on" : "已恢复推送")
                    : (english ? "pushing is paused; lianzheng resume goes on" : "已暂停推送；lianzheng resume 恢复"));
    return output;
}

}  // namespace

Output pauseCommand(CommandContext context) { return setPaused(context, isoUtc(context.parts.clock().now())); }

Output resumeCommand(CommandContext context) { return setPaused(context, ""); }

Output evidenceCommand(CommandContext context) {
    Output output;
    output.command = "evidence verify";
    const bool english = context.options.english;
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    const auto report = context.parts.store().verifyEvidence(context.options.head);
    if (!report) {
        output.fail(report.error(), context.options.english);
        return output;
    }
    output.counts["entries"] = report->entries;
    output.items.push_back({{"head", report->head}});
    output.line(fmt::format(fmt::runtime(english ? "{} entries of evidence, head {}" : "证据链 {} 条，链头 {}"),
                            report->entries, report->head));
    if (report->brokenAt) {
        output.result = "broken";
        output.problems.push_back(
            fmt::format(fmt::runtime(english ? "entry {} does not follow from the one before: the evidence was changed"
                                             : "第 {} 条与前一条不相接：证据被改动过"),
                        *report->brokenAt));
        output.exitCode = ExitCode::EvidenceBroken;
    } else if (!report->headFound) {
        output.result = "head_missing";
        output.problems.emplace_back(english ? "the head given is not in the chain: its tail may have been cut"
                                             : "给出的链头不在链中：链尾可能被截去");
        output.exitCode = ExitCode::EvidenceBroken;
    }
    return output;
}

}  // namespace lianzheng
