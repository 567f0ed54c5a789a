#include "gateway/service/pass_summary.h"

#include <fmt/format.h>

#include <type_traits>

#include "gateway/reporting/labels.h"

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

PassResult::End endOf(std::string_view word) {
    using End = PassResult::End;
    for (const End end : {End::Fuse, End::Paused, End::NeedsFirstRun, End::Stopped, End::Denied, End::Away}) {
        if (endWord(end) == word) return end;
    }
    return End::Done;
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

std::vector<std::string> summaryOf(const PassResult& result, bool english) {
    const auto say = [english](const char* chinese, const char* other) {
        return fmt::runtime(english ? other : chinese);
    };
    using End = PassResult::End;
    if (result.end == End::NeedsFirstRun) {
        return {fmt::format(say("台账为空：首次同步请先接管（lianzheng adopt），再执行 lianzheng sync --first-run",
                                "the ledger is empty: take over what was pushed before (lianzheng adopt), then "
                                "lianzheng sync --first-run"))};
    }
    if (result.end == End::Paused) {
        return {fmt::format(say("推送已暂停；lianzheng resume 恢复", "pushing is paused; lianzheng resume goes on"))};
    }
    std::vector<std::string> lines;
    const PassTally& tally = result.tally;
    lines.push_back(
        fmt::format(say("读取 {} 行，未变 {}，迟到 {}，水位遗漏 {}，需办理 {} 步，新增受阻 {}",
                        "{} rows read, {} unchanged, {} late, {} missed by the watermark, {} steps, {} newly blocked"),
                    tally.rows, tally.unchanged, tally.late, tally.missed, tally.steps, tally.blocked));
    for (const auto& [step, count] : tally.byStep) lines.push_back(fmt::format("  {:<12} {}", step, count));
    if (result.end == End::Fuse) {
        for (const auto& [field, count] : tally.byField)
            lines.push_back(fmt::format(say("  变化字段 {}：{}", "  changed field {}: {}"), field, count));
        lines.push_back(
            fmt::format(say("已熔断，未发送任何数据；核实无误后执行：lianzheng sync --accept {}",
                            "the fuse has blown and nothing was sent; when it is right: lianzheng sync --accept {}"),
                        tally.steps));
        return lines;
    }
    const auto& pushed = result.pushed;
    lines.push_back(fmt::format(say("部平台受理 {}，退回 {}，暂缓 {}，待确认 {}；回写 {}",
                                    "platform: {} accepted, {} refused, {} deferred, {} unconfirmed; {} written back"),
                                pushed.accepted, pushed.refused, pushed.deferred, pushed.unconfirmed,
                                result.writtenBack));
    if (result.end == End::Away) {
        lines.push_back(
            fmt::format(say("部平台暂时无法访问，未发送的已保存，稍后自动重试",
                            "the national platform cannot be reached; what was not sent is kept and tried again")));
    }
    if (result.end == End::Denied) {
        lines.push_back(
            fmt::format(say("部平台拒绝登录，未发送的已保存；请核对账号、密钥与时钟（lianzheng check）",
                            "the national platform refused the credentials; what was not sent is kept: check "
                            "account, secret, keys and clock (lianzheng check)")));
    }
    if (result.nextDue) {
        lines.push_back(
            fmt::format(say("最早的等待事项：{}", "what waits is due at the earliest at {} (Asia/Shanghai)"),
                        shanghaiText(*result.nextDue)));
    }
    return lines;
}

std::string stateName(CertState state, bool english) {
    return std::string(nameOf(state, english ? Language::English : Language::Chinese));
}

std::string describe(const Plan& plan, bool english) {
    return std::visit(
        [english](const auto& next) -> std::string {
            using Kind = std::decay_t<decltype(next)>;
            if constexpr (std::is_same_v<Kind, Step>) {
                return fmt::format(fmt::runtime(english ? "{} ({}) -> {}" : "{}（{}）→ {}"), stepName(next),
                                   next.fields, stateName(next.after, english));
            } else if constexpr (std::is_same_v<Kind, Blocked>) {
                if (english)
                    return fmt::format("blocked ({}): {}{}", next.advice.reason, next.advice.why, next.advice.help);
                return fmt::format("受阻：{}{}（{}）", next.advice.why, next.advice.help,
                                   chineseName(next.advice.owner));
            } else if constexpr (std::is_same_v<Kind, Waiting>) {
                std::string text(english ? englishName(next.what) : chineseName(next.what));
                if (next.until) text += (english ? ", until " : "，至迟 ") + shanghaiText(*next.until);
                return text;
            } else {
                if (english) return next.neverRegistered ? "in step: never registered, nothing to do" : "in step";
                return next.neverRegistered ? "一致：从未登记，无需办理" : "一致";
            }
        },
        plan);
}

std::vector<std::pair<std::string, std::string>> itemOf(const ResyncItem& item, bool english) {
    const auto say = [english](const char* chinese, const char* other) { return english ? other : chinese; };
    std::vector<std::pair<std::string, std::string>> texts{{"number", item.number}};
    texts.emplace_back("before", item.before ? stateName(item.before->state, english) : say("无", "none"));
    texts.emplace_back("province", item.provincialRows == 0
                                       ? say("无此证书", "no such certificate")
                                       : std::to_string(item.provincialRows) + say(" 行", " rows"));
    if (item.nationalHolds) texts.emplace_back("national", *item.nationalHolds ? say("有", "held") : say("无", "none"));
    if (item.underWay) texts.emplace_back("plan", say("上一步尚未确认", "the step before is not confirmed yet"));
    if (item.plan) texts.emplace_back("plan", describe(*item.plan, english));
    return texts;
}

}  // namespace lianzheng
