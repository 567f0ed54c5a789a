#include "gateway/reconcile/wording.h"

namespace lianzheng {
namespace {

constexpr std::string_view kRepair = "用 reconcile --repair 按部平台实际登记重新推送，或用 resync 单独办理。";
constexpr std::string_view kAskPlatform = "没有可推送的步骤，请省中心核实后联系部平台更正。";

std::string sentence(std::string_view before, std::string_view subject, std::string_view after) {
    std::string text(before);
    text.append(subject).append(after);
    return text;
}

std::string day(TimePoint instant) { return Date::inShanghai(instant).str(); }

/// How the last event came to nothing; empty when it was accepted, or none is known.
std::string cameToNothing(const LastEvents& events) {
    if (events.last == nullptr || events.last->accepted()) return {};
    const Attempt& last = *events.last;
    if (last.outcome == "refused") {
        return day(last.endedAt) + " 推送时被部平台退回" + (last.message.empty() ? "" : "：" + last.message);
    }
    if (last.outcome == word(Fault::InDoubt)) {
        return day(last.endedAt) + " 推送后没有收到明确回执（" + last.message + "），是否受理未知";
    }
    return day(last.endedAt) + " 推送未能送达部平台（" + last.message + "）";
}

}  // namespace

LastEvents::LastEvents(const std::vector<Attempt>& attempts) {
    for (const Attempt& attempt : attempts) {
        if (attempt.operation.starts_with("check")) continue;
        last = &attempt;
        if (attempt.accepted()) accepted = &attempt;
    }
}

Wording wordingOf(Origination origination, std::string_view subject, bool step, const LastEvents& events) {
    const std::string help(step ? kRepair : kAskPlatform);
    const Owner owner = step ? Owner::ProvinceCentre : Owner::Platform;
    switch (origination) {
        case Origination::NotOurs:
            return {sentence("部平台上的登记不是本系统推送的，", subject, "与省系统不同。"),
                    step ? "先用 adopt 接管以前的推送，再同步。" : help, owner};
        case Origination::Tampered:
            if (events.accepted != nullptr) {
                const std::string when = day(events.accepted->endedAt);
                return {
                    sentence("部平台登记的", subject, "与其 " + when + " 最后一次受理的内容不同，可能在别处被改动。"),
                    help, owner};
            }
            return {sentence("部平台登记的", subject, "与其最后一次受理的内容不同，可能在别处被改动。"), help, owner};
        case Origination::Changed:
            return {sentence("省系统的数据在上次同步之后有变化，", subject, "尚未推送。"),
                    step ? "等待下一次同步；急办可用 resync。" : help, owner};
        case Origination::NotPushed:
            if (const std::string why = cameToNothing(events); !why.empty()) {
                return {sentence("", subject, "的变更 " + why + "，两边因此不同。"), help, owner};
            }
            return {sentence("省系统的", subject, "与部平台已受理的不同，目前没有待推送的任务。"), help, owner};
    }
    return {};
}

Wording takenElsewhereWording() {
    return {"部平台的转入查询显示外省已将此证转入，本省台账却不是“办理转出”。",
            "请省中心与转入省核实：确已转出的，在省系统办理转出；未办转出的，由省中心联系部平台更正。",
            Owner::ProvinceCentre};
}

std::string inFlightExcuse(const OutboxRow& intent) {
    return "办理中：" + stepName(intent.step) + " 于 " + shanghaiText(intent.createdAt) + " 排队，尚无结果";
}

std::string fresherExcuse(TimePoint viewMadeAt) {
    return "部平台视图生成（" + shanghaiText(viewMadeAt) + "）之后受理了本证的业务";
}

std::string blockedCause(const BlockedRow& row) {
    if (row.origin != "platform" || row.message.empty()) return row.advice.why;
    return day(row.since) + " 推送时被部平台退回：" + row.message + "。" + row.advice.why;
}

Wording missingNationalWording(bool lost, const LastEvents& events) {
    if (lost) {
        const std::string when = events.accepted == nullptr ? "曾经" : "曾于 " + day(events.accepted->endedAt) + " ";
        return {"部平台" + when + "受理此证，但现在查不到登记。", std::string(kRepair), Owner::ProvinceCentre};
    }
    if (const std::string why = cameToNothing(events); !why.empty()) {
        return {"此证 " + why + "，部平台查不到登记。", std::string(kRepair), Owner::ProvinceCentre};
    }
    return {"此证在省系统有效，但从未推送到部平台。", "等待下一次同步；急办可用 resync。", Owner::ProvinceCentre};
}

Wording missingProvincialWording(bool ours) {
    if (ours) {
        return {"此证曾由本系统推送，但省系统中已查不到这一行。",
                "核实省系统中该行消失的原因；系统不会据此注销部平台上的证书。", Owner::ProvinceCentre};
    }
    return {"部平台有此证的登记，省系统中没有，也不是本系统推送的。",
            "核实证书来源；确属错误登记的，请省中心联系部平台处理。", Owner::ProvinceCentre};
}

Wording unreadableNumberWording() {
    return {"部平台登记的证书编号不符合编号规则，无法与省系统对应。", "请省中心联系部平台更正证书编号。",
            Owner::Platform};
}

Wording duplicateProvincialWording() {
    return {"省系统中有多行数据是同一个证书编号，无法判断以哪一行为准。",
            "核实并合并或更正重复的数据行，在此之前不会推送。", Owner::ProvinceCentre};
}

Wording duplicateNationalWording() {
    return {"部平台的数据中同一证书编号出现多次。", "请省中心联系部平台删除重复的登记。", Owner::Platform};
}

Wording identifierWording() {
    return {"两本证书登记了同一个证照标识。",
            "证照标识的流水号不含类别，可能自然重复；核实无误可不处理，否则重新制证后再归集。", Owner::ProvinceCentre};
}

Wording provincialIdentifierWording() {
    return {"省系统中两本有效或暂扣的证书写有同一个证照标识，归集后部平台也会重复。",
            "证照标识的流水号不含类别，可能自然重复；核实无误可不处理，否则请省中心重新制证或更正标识后再归集。",
            Owner::ProvinceCentre};
}

Wording expiredWording() {
    return {"证书已过有效期，部平台上仍为有效或暂扣。", std::string(kRepair), Owner::ProvinceCentre};
}

Wording legacyWording(bool provincial, bool beside) {
    if (provincial) {
        return {"部平台已登记换发后的新编号，省系统仍为旧编号。", "请省中心在省系统完成该证的换发。",
                Owner::ProvinceCentre};
    }
    if (beside) {
        return {"换发后的新编号已登记，但旧编号在部平台上仍然有效。", "请省中心联系部平台注销旧编号的登记。",
                Owner::Platform};
    }
    return {"省系统已换发为新编号，部平台仍登记旧编号。", "请省中心办理换发推送，并注销旧编号的登记。",
            Owner::ProvinceCentre};
}

}  // namespace lianzheng
