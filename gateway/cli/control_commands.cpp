#include <fmt/format.h>

#include "gateway/cli/commands.h"

namespace lianzheng {
namespace {

Output setPaused(const CommandContext& context, const std::string& value) {
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

Output pauseCommand(const CommandContext& context) { return setPaused(context, isoUtc(context.parts.clock().now())); }

Output resumeCommand(const CommandContext& context) { return setPaused(context, ""); }

}  // namespace lianzheng
