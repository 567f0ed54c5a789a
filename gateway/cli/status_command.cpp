#include <fmt/format.h>

#include "gateway/cli/check_notes.h"
#include "gateway/service/certificate_watch.h"
#include "gateway/service/platform_clock.h"

namespace lianzheng {
namespace {

void tellClock(CommandContext context, const std::string& word, Output& output) {
    const auto skew = ClockSkew::parse(word);
    if (!skew) return;
    output.items.push_back(
        {{"clock_skew_seconds", std::to_string(skew->theirs.count())}, {"measured", isoUtc(skew->measuredAt)}});
    std::string text =
        said(context, "与部平台时钟相差 {} 秒（{} 测得）", "{} seconds from the platform's clock (measured {})",
             skew->theirs.count(), shanghaiText(skew->measuredAt));
    if (skew->isGreat()) output.problems.push_back(text);
    output.line(std::move(text));
}

/// Those that want a person alone.
void tellCertificates(CommandContext context, Output& output) {
    std::uint64_t expiring = 0;
    for (const WatchedCertificate& each : watchedCertificates(context.parts.settings(), context.parts.clock().now())) {
        if (each.isGood()) continue;
        expiring += 1;
        output.items.push_back({{"certificate", each.key}, {"subject", each.subject}, {"until", isoUtc(each.until)}});
        output.problems.push_back(each.text(context.options.english));
    }
    if (expiring != 0) output.counts["certificates_expiring"] = expiring;
}

}  // namespace

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
    const auto clock = store.wordOf(ClockSkew::kWord);
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
    keep(clock);
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
    tellClock(context, *clock, output);
    tellCertificates(context, output);
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
