#include <algorithm>

#include "tests/simulator/national/registry.h"
#include "tests/simulator/national/state_rules.h"

namespace lianzheng::sim::national {

Registry::Outcome Registry::update(const Fields& item) {
    if (auto again = repeated(Operation::Update, item)) return std::move(*again);
    if (auto refusal = stepRefusal(item)) return {{}, std::move(refusal)};
    Entry entry = *known(valueOf(item, "certNum"));
    const std::string_view state = valueOf(item, "certState");
    if (!counts(entry.state()) && counts(state)) {
        const Fields* const proposed[] = {&entry.record};
        if (auto refusal = holdingRefusalOf(proposed, 0)) return {{}, std::move(refusal)};
    }
    entry.record["certState"] = std::string(state);
    entry.record["certStatusDescription"] = std::string(valueOf(item, "certStatusDescription"));
    entry.record["operateType"] = std::string(valueOf(item, "operateType"));
    entry.lapsed = state == cancelled(rules_.type) && entry.at("expiringDate") < shanghaiDay(now_());
    Fields reply{{"ReturnMsg", "操作成功"}, {"certNum", std::string(entry.certNum())}};
    remember(Operation::Update, item, entry, reply);
    store(std::move(entry));
    return {std::move(reply), std::nullopt};
}

Registry::Outcome Registry::collect(const Fields& item) {
    const std::string code{valueOf(item, "ID")};
    const auto holder = byCode_.find(code);
    if (holder == byCode_.end()) return {{}, Refusal{"code", "未查询到赋码信息"}};
    Entry entry = *known(holder->second);
    const std::string identifier{valueOf(item, "zzeCertID")};
    const Fields success{{"ID", code}, {"zzeCertID", identifier}};
    const bool again = std::any_of(entry.events.begin(), entry.events.end(), [&](const Event& event) {
        return event.operation == nameOf(Operation::Collect) && event.eCertId == code &&
               valueOf(event.reply, "zzeCertID") == identifier;
    });
    if (again) {
        stats_.repeated += 1;
        return {success, std::nullopt};
    }
    remember(Operation::Collect, item, entry, success);
    // A code since superseded is accepted, but says nothing about the present one.
    if (code == entry.codeId) {
        entry.collected = true;
        entry.zzeCertId = identifier;
        entry.identifiers.push_back(identifier);
        entry.url = std::string(valueOf(item, "url"));
    }
    store(std::move(entry));
    return {success, std::nullopt};
}

Registry::Outcome Registry::changeIdentity(const Fields& item) {
    const Entry* before = known(valueOf(item, "certNum"));
    if (before == nullptr) return {{}, refused(kNoMatch, "")};
    const std::string_view eCertId = valueOf(item, "eCertID");
    if (before->eCertId != eCertId) return {{}, Refusal{"event", "eCertID与最近一次业务不一致"}};
    const auto again = std::find_if(before->events.begin(), before->events.end(), [&](const Event& event) {
        return event.operation == nameOf(Operation::ChangeIdentity) && event.eCertId == eCertId &&
               event.content == contentOf(item);
    });
    if (again != before->events.end() && before->at("identityCard") == valueOf(item, "identityCard")) {
        stats_.repeated += 1;
        if (rules_.repeat == Repeat::Exists) return {{}, refused(kNumberExists, "")};
        return {again->reply, std::nullopt};
    }
    Entry entry = *before;
    for (const char* field : {"birthDate", "identityCardType", "identityCard"}) {
        entry.record[field] = std::string(valueOf(item, field));
    }
    if (rules_.holdingRulesOnIdentityChange && counts(entry.state())) {
        const Fields* const proposed[] = {&entry.record};
        if (auto refusal = holdingRefusalOf(proposed, 0)) return {{}, std::move(refusal)};
    }
    if (!valueOf(item, "url").empty()) entry.url = std::string(valueOf(item, "url"));
    Fields reply{{"certNum", std::string(entry.certNum())}, {"eCertID", std::string(eCertId)}};
    remember(Operation::ChangeIdentity, item, entry, reply);
    store(std::move(entry));
    return {std::move(reply), std::nullopt};
}

}  // namespace lianzheng::sim::national
