#include <fmt/format.h>

#include "gateway/cli/commands.h"

namespace lianzheng {

Output statusCommand(CommandContext context) {
    Output output;
    output.command = "status";
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    Store& store = context.parts.store();
    const auto counts = store.counts();
    const auto alive = store.pusherAlive();
    const auto paused = store.wordOf("paused");
    const auto cursor = store.cursor();
    const auto runs = store.runs(5);
    const auto head = store.evidenceHead();
    const auto next = store.nextDue(context.parts.clock().now());
    const Error* error = nullptr;
    const auto keep = [&error](const auto& result) {
        if (!result && error == nullptr) error = &result.error();
    };
    keep(counts);
    keep(alive);
    keep(paused);
    keep(cursor);
    keep(runs);
    keep(head);
    keep(next);
    if (error != nullptr) {
        output.fail(*error, context.options.english);
        return output;
    }
    output.counts = *counts;
    output.result = !paused->empty() ? "paused" : *alive ? "pushing" : "idle";
    const bool english = context.options.english;
    const auto say = [english](const char* chinese, const char* other) {
        return std::string(english ? other : chinese);
    };
    output.line(!paused->empty() ? say("推送已暂停", "pushing is paused")
                : *alive         ? say("有进程正在推送", "a process is pushing")
                                 : say("没有进程在推送", "no process is pushing"));
    for (const auto& [name, count] : *counts) output.line(fmt::format("  {:<28} {}", name, count));
    output.line(say("水位：", "watermark: ") +
                (cursor->changedAt.empty() ? say("尚未同步", "never synchronised") : cursor->changedAt));
    if (*next) output.line(say("最早的等待事项：", "what waits is due at the earliest at ") + shanghaiText(**next));
    output.line(say("证据链头：", "head of the evidence: ") + *head);
    for (const RunRow& run : *runs) {
        output.line(fmt::format("{} {} {} {} {}", say("运行", "run"), run.id, run.kind, shanghaiText(run.startedAt),
                                run.result));
        output.items.push_back({{"run", std::to_string(run.id)},
                                {"kind", run.kind},
                                {"started", isoUtc(run.startedAt)},
                                {"result", run.result},
                                {"counts", run.counts}});
    }
    return output;
}

}  // namespace lianzheng
