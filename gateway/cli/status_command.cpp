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
    output.line(!paused->empty() ? "推送已暂停" : *alive ? "有进程正在推送" : "没有进程在推送");
    for (const auto& [name, count] : *counts) output.line(fmt::format("  {:<28} {}", name, count));
    output.line("水位：" + (cursor->changedAt.empty() ? std::string("尚未同步") : cursor->changedAt));
    if (*next) output.line("最早的等待事项：" + shanghaiText(**next));
    output.line("证据链头：" + *head);
    for (const RunRow& run : *runs) {
        output.line(fmt::format("运行 {} {} {} {}", run.id, run.kind, shanghaiText(run.startedAt), run.result));
        output.items.push_back({{"run", std::to_string(run.id)},
                                {"kind", run.kind},
                                {"started", isoUtc(run.startedAt)},
                                {"result", run.result},
                                {"counts", run.counts}});
    }
    return output;
}

}  // namespace lianzheng
