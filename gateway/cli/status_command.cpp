#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "gateway/cli/check_notes.h"
#include "gateway/service/certificate_watch.h"
#include "gateway/service/platform_clock.h"
#include "gateway/service/unknown_messages.h"

namespace lianzheng {
namespace {

constexpr std::size_t kRunsTold = 5;

void tellClock(const CommandContext& context, const std::string& word, Output& output) {
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

std::string rateText(double rate) { return rate > 0 ? fmt::format("{:.1f}", rate) : "none"; }

/// A rate as people read it.
std::string rateSaid(const CommandContext& context, const std::string& rate) {
    if (rate == "none") return said(context, "不限", "none");
    if (rate == "stopped") return said(context, "停发", "stopped");
    return said(context, "{}/秒", "{}/s", rate);
}

std::string breakerSaid(const CommandContext& context, const std::string& breaker) {
    if (breaker == "closed") return said(context, "正常", "closed");
    return breaker == "open" ? said(context, "已断开", "open") : said(context, "试探中", "probing");
}

/// Items a second of each operation: what passed lately, what is sent, the limit found, the ceiling; and the breaker.
void tellPaces(const CommandContext& context, const std::vector<PaceRow>& paces, Output& output) {
    const TimePoint now = context.parts.clock().now();
    const SyncSettings& settings = context.parts.settings().sync;
    const double ceiling = settings.ceilings.at(now, settings.rateCeiling);
    for (const PaceRow& pace : paces) {
        const bool fresh = now - pace.at < std::chrono::minutes{1};
        const std::string breaker = !pace.closedTill ? "closed" : *pace.closedTill > now ? "open" : "probing";
        OutputItem item{{"pace", pace.operation},
                        {"credential", pace.credential},
                        {"lately", fmt::format("{:.1f}", fresh ? pace.lately : 0)},
                        {"rate", rateText(pace.base)},
                        {"limit", rateText(pace.limit)},
                        {"ceiling", ceiling < 0 ? "stopped" : rateText(ceiling)},
                        {"breaker", breaker},
                        {"written", isoUtc(pace.at)}};
        if (pace.limitAt) item.emplace_back("limit_found", isoUtc(*pace.limitAt));
        if (pace.closedTill) item.emplace_back("breaker_probes", isoUtc(*pace.closedTill));
        const auto rate = [&](std::size_t at) { return rateSaid(context, item[at].second); };
        output.line(said(context, "速度 {:<9} 近 10 秒 {}，可发 {}，探得上限 {}，配置上限 {}，熔断器{}",
                         "pace {:<9} lately {}, may send {}, limit found {}, ceiling {}, breaker {}", pace.operation,
                         rate(2), rate(3), rate(4), rate(5), breakerSaid(context, breaker)));
        output.items.push_back(std::move(item));
    }
}

/// What the platform said that no class of mappings/refusals.yaml fits.
void tellUnknown(const CommandContext& context, const std::vector<UnknownRefusal>& messages, Output& output) {
    constexpr std::size_t kShown = 20;
    std::vector<UnknownRefusal> forms = byForm(messages);
    if (forms.size() > kShown) forms.resize(kShown);
    for (const UnknownRefusal& form : forms) {
        output.line(said(context, "未归类的退回：{} 次，最近 {}：{}", "refused in unknown words: {} times, last {}: {}",
                         form.times, shanghaiText(form.last), form.message));
        output.items.push_back(
            {{"unknown_refusal", form.message}, {"times", std::to_string(form.times)}, {"last", isoUtc(form.last)}});
    }
}

/// Those that want a person alone.
void tellCertificates(const CommandContext& context, Output& output) {
    std::uint64_t expiring = 0;
    for (const WatchedCertificate& each : watchedCertificates(context.parts.settings(), context.parts.clock().now())) {
        if (each.isGood()) continue;
        expiring += 1;
        output.items.push_back({{"certificate", each.key}, {"subject", each.subject}, {"until", isoUtc(each.until)}});
        output.problems.push_back(each.text(context.options.english));
    }
    if (expiring != 0) output.counts["certificates_expiring"] = expiring;
}

void tellRuns(const CommandContext& context, std::span<const RunRow> runs, Output& output) {
    for (const RunRow& run : runs) {
        output.line(fmt::format("{} {} {} {} {}", said(context, "运行", "run"), run.id, run.kind,
                                shanghaiText(run.startedAt), run.result));
        output.items.push_back({{"run", std::to_string(run.id)},
                                {"kind", run.kind},
                                {"started", isoUtc(run.startedAt)},
                                {"result", run.result},
                                {"counts", run.counts}});
    }
}

}  // namespace

Output statusCommand(const CommandContext& context) {
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
    const auto runs = store.runs(kRunsTold);
    const auto head = store.evidenceHead();
    const auto next = store.nextDue(context.parts.clock().now());
    const auto clock = store.wordOf(ClockSkew::kWord);
    const auto paces = store.paces();
    const auto unknown = store.unknownRefusals(10'000);
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
    keep(paces);
    keep(unknown);
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
    tellPaces(context, *paces, output);
    tellUnknown(context, *unknown, output);
    tellClock(context, *clock, output);
    tellCertificates(context, output);
    tellRuns(context, std::span(*runs).first(std::min(kRunsTold, runs->size())), output);
    return output;
}

}  // namespace lianzheng
