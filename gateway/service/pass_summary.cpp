#include "gateway/service/pass_summary.h"

#include <fmt/format.h>

#include <type_traits>

namespace lianzheng {

std::string_view endWord(PassResult::End end) {
    switch (end) {
        case PassResult::End::Done:
            return "done";
        case PassResult::End::Fuse:
            return "fuse";
        case PassResult::End::Paused:
            return "paused";
        case PassResult::End::NeedsFirstRun:
            return "needs_first_run";
        case PassResult::End::Stopped:
            return "stopped";
        case PassResult::End::Denied:
            return "denied";
        case PassResult::End::Away:
            return "away";
    }
    return "";
}

std::map<std::string, std::uint64_t> countsOf(const PassResult& result) {
    return {{"rows", result.tally.rows},          {"unchanged", result.tally.unchanged},
            {"late", result.tally.late},          {"missed", result.tally.missed},
            {"steps", result.tally.steps},        {"blocked", result.tally.blocked},
            {"accepted", result.pushed.accepted}, {"refused", result.pushed.refused},
            {"deferred", result.pushed.deferred}, {"unconfirmed", result.pushed.unconfirmed},
            {"written_back", result.writtenBack}};
}

std::string countsJson(const std::map<std::string, std::uint64_t>& counts) {
    std::string text = "{";
    for (const auto& [name, count] : counts)
        text += fmt::format("{}\"{}\":{}", text.size() > 1 ? "," : "", name, count);
    return text + "}";
}

std::vector<std::string> summaryOf(const PassResult& result) {
    std::vector<std::string> lines;
    const PassTally& tally = result.tally;
    lines.push_back(fmt::format("读取 {} 行，未变 {}，迟到 {}，水位遗漏 {}，需办理 {} 步，新增受阻 {}", tally.rows,
                                tally.unchanged, tally.late, tally.missed, tally.steps, tally.blocked));
    for (const auto& [step, count] : tally.byStep) lines.push_back(fmt::format("  {:<12} {}", step, count));
    if (result.end == PassResult::End::Fuse) {
        for (const auto& [field, count] : tally.byField)
            lines.push_back(fmt::format("  变化字段 {}：{}", field, count));
        lines.push_back(fmt::format("已熔断，未发送任何数据；核实无误后执行：lianzheng sync --accept {}", tally.steps));
        return lines;
    }
    if (result.end == PassResult::End::NeedsFirstRun) {
        lines = {"台账为空：首次同步请先接管（lianzheng adopt），再执行 lianzheng sync --first-run"};
        return lines;
    }
    if (result.end == PassResult::End::Paused) {
        lines = {"推送已暂停；lianzheng resume 恢复"};
        return lines;
    }
    const auto& pushed = result.pushed;
    lines.push_back(fmt::format("部平台受理 {}，退回 {}，暂缓 {}，待确认 {}；回写 {}", pushed.accepted, pushed.refused,
                                pushed.deferred, pushed.unconfirmed, result.writtenBack));
    if (result.end == PassResult::End::Away) lines.emplace_back("部平台暂时无法访问，未发送的已保存，稍后自动重试");
    if (result.nextDue) lines.push_back("最早的等待事项：" + shanghaiText(*result.nextDue));
    return lines;
}

std::string describe(const Plan& plan) {
    return std::visit(
        [](const auto& next) -> std::string {
            using Kind = std::decay_t<decltype(next)>;
            if constexpr (std::is_same_v<Kind, Step>) {
                return fmt::format("{}（{}）→ {}", stepName(next), next.fields, chineseName(next.after));
            } else if constexpr (std::is_same_v<Kind, Blocked>) {
                return fmt::format("受阻：{}{}（{}）", next.advice.why, next.advice.help,
                                   chineseName(next.advice.owner));
            } else if constexpr (std::is_same_v<Kind, Waiting>) {
                static constexpr const char* kWhat[] = {"等待电子证照文件", "等待归集完成", "等待暂扣发还",
                                                        "等待延续办理"};
                const std::string until = next.until ? "，至迟 " + shanghaiText(*next.until) : "";
                return kWhat[static_cast<std::size_t>(next.what)] + until;
            } else {
                return next.neverRegistered ? "一致：从未登记，无需办理" : "一致";
            }
        },
        plan);
}

std::vector<std::pair<std::string, std::string>> itemOf(const ResyncItem& item) {
    std::vector<std::pair<std::string, std::string>> texts{{"number", item.number}};
    texts.emplace_back("before", item.before ? std::string(chineseName(item.before->state)) : "无");
    texts.emplace_back("province", item.provincialRows == 0 ? "无此证书" : std::to_string(item.provincialRows) + " 行");
    if (item.nationalHolds) texts.emplace_back("national", *item.nationalHolds ? "有" : "无");
    if (item.underWay) texts.emplace_back("plan", "上一步尚未确认");
    if (item.plan) texts.emplace_back("plan", describe(*item.plan));
    return texts;
}

}  // namespace lianzheng
