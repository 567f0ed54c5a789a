#include <algorithm>

#include "tests/simulator/national/hashes.h"
#include "tests/simulator/national/holding_rules.h"
#include "tests/simulator/national/registry.h"
#include "tests/simulator/national/state_rules.h"

namespace lianzheng::sim::national {

namespace {

/// Batch and single assignments are one thing to an eCertID.
std::string_view familyOf(Operation operation) {
    return nameOf(operation == Operation::ChangeEmployer ? Operation::Assign : operation);
}

Refusal stateRefusal(std::string_view state) {
    return {"state", "证书当前状态（" + std::string(state) + "）不能办理该业务"};
}

}  // namespace

std::optional<Registry::Outcome> Registry::repeated(Operation operation, const Fields& item) {
    const std::string eCertId{valueOf(item, "eCertID")};
    const auto holder = byEvent_.find(eCertId);
    if (holder == byEvent_.end()) return std::nullopt;
    const Entry* entry = known(holder->second);
    const auto event = std::find_if(entry->events.begin(), entry->events.end(), [&](const Event& candidate) {
        return candidate.eCertId == eCertId && candidate.operation == familyOf(operation);
    });
    if (event == entry->events.end() || entry->certNum() != valueOf(item, "certNum")) {
        return Outcome{{}, Refusal{"used", "eCertID已被使用"}};
    }
    stats_.repeated += 1;
    if (event->content != contentOf(item)) stats_.repeatedOtherwise += 1;
    if (rules_.repeat == Repeat::Exists) return Outcome{{}, refused(kNumberExists, "")};
    return Outcome{event->reply, std::nullopt};
}

std::optional<Refusal> Registry::stepRefusal(const Fields& item) const {
    const std::string_view type = valueOf(item, "operateType");
    const Entry* entry = known(valueOf(item, "certNum"));
    const bool fresh = isFresh(type, rules_.type);
    if (entry == nullptr) {
        const bool renewal = !fresh && assignsCode(type, rules_.type);
        if (!fresh && !(renewal && rules_.renewUnknown)) return refused(kNoMatch, "");
        return predecessorRefusal(item, nullptr);
    }
    if (fresh || entry->at("identityCard") != valueOf(item, "identityCard")) return refused(kNumberExists, "");
    const bool lateRenewal =
        type == "02" && entry->state() == cancelled(rules_.type) &&
        (rules_.revival == Revival::Accept || (rules_.revival == Revival::WhenExpired && entry->lapsed));
    if (!lateRenewal && !mayFollow(type, entry->state(), rules_.finalStates, rules_.type))
        return stateRefusal(entry->state());
    return predecessorRefusal(item, entry);
}

std::optional<Refusal> Registry::predecessorRefusal(const Fields& item, const Entry* entry) const {
    const std::string_view type = valueOf(item, "operateType");
    if (type == "08" && rules_.type == Type::Anguan) {
        entry = known(valueOf(item, "oldcertNum"));
        // "Other provinces do not accept 05 失效 as released."
        if (entry != nullptr && entry->state() != "06" && entry->state() != "04") return stateRefusal(entry->state());
    }
    // check does not send the identifier at all.
    const bool sent = item.contains("associatedZzeCertID") || item.contains("certState");
    if (!rules_.predecessorMustAgree || entry == nullptr || !assignsCode(type, rules_.type) || !sent)
        return std::nullopt;
    if (entry->collected && entry->zzeCertId != valueOf(item, "associatedZzeCertID")) {
        return Refusal{"predecessor", "关联证照标识与原证书不一致"};
    }
    return std::nullopt;
}

std::optional<Refusal> Registry::holdingRefusalOf(std::span<const Fields* const> proposed, std::size_t at) const {
    if (!rules_.holdingRules || rules_.type != Type::Anguan) return std::nullopt;
    const Fields& item = *proposed[at];
    const Holding candidate = holdingOf(item);
    const auto isProposed = [&](std::string_view certNum) {
        return std::any_of(proposed.begin(), proposed.end(),
                           [&](const Fields* other) { return valueOf(*other, "certNum") == certNum; });
    };
    const auto gather = [&](const auto& sets, std::string_view key, std::vector<Holding>& into) {
        const auto set = sets.find(std::string(key));
        if (set == sets.end()) return;
        for (const std::string& certNum : set->second) {
            const Entry* entry = known(certNum);
            if (counts(entry->state()) && !isProposed(certNum)) into.push_back(holdingOf(entry->record));
        }
    };
    const std::string_view person = valueOf(item, "identityCard");
    std::vector<Holding> own;
    std::vector<Holding> legal;
    gather(byPerson_, person, own);
    gather(legalAByCompany_, candidate.company, legal);
    for (std::size_t i = 0; i < proposed.size(); ++i) {
        if (i == at) continue;
        const Holding other = holdingOf(*proposed[i]);
        if (valueOf(*proposed[i], "identityCard") == person) own.push_back(other);
        if (other.legal && other.category == "A" && other.company == candidate.company) legal.push_back(other);
    }
    const auto byNumber = [](const Holding& a, const Holding& b) { return a.certNum < b.certNum; };
    std::sort(own.begin(), own.end(), byNumber);
    std::sort(legal.begin(), legal.end(), byNumber);
    return holdingRefusal(candidate, own, legal, rules_.sixthRuleNeedsBothBAndC);
}

Registry::Outcome Registry::assign(Operation operation, const Fields& item) {
    if (auto again = repeated(operation, item)) return std::move(*again);
    if (auto refusal = stepRefusal(item)) return {{}, std::move(refusal)};
    const Fields* const proposed[] = {&item};
    if (auto refusal = holdingRefusalOf(proposed, 0)) return {{}, std::move(refusal)};
    return {accept(operation, item), std::nullopt};
}

Registry::Outcome Registry::check(const Fields& item) {
    Outcome outcome{{{"eCertID", std::string(valueOf(item, "eCertID"))}}, std::nullopt};
    const auto event = byEvent_.find(std::string(valueOf(item, "eCertID")));
    const bool done = event != byEvent_.end() && event->second == valueOf(item, "certNum");
    if (done && rules_.repeat == Repeat::SameReply) return outcome;
    outcome.refusal = stepRefusal(item);
    const std::string_view type = valueOf(item, "operateType");
    if (!outcome.refusal && assignsCode(type, rules_.type)) {
        const Fields* const proposed[] = {&item};
        outcome.refusal = holdingRefusalOf(proposed, 0);
    }
    return outcome;
}

Fields Registry::accept(Operation operation, const Fields& item) {
    const Entry* before = known(valueOf(item, "certNum"));
    Entry entry = before != nullptr ? *before : Entry{};
    entry.record = item;
    for (const char* dropped : {"photo", "businessInformation", "eCertID"}) entry.record.erase(dropped);
    entry.codeId = newCode(item);
    entry.codes.push_back(entry.codeId);
    entry.collected = false;
    entry.lapsed = false;
    entry.url.clear();
    Fields reply = sealed(item, entry.codeId);
    remember(operation, item, entry, reply);
    store(std::move(entry));
    return reply;
}

void Registry::remember(Operation operation, const Fields& item, Entry& entry, Fields reply) {
    Event event;
    event.eCertId = std::string(valueOf(item, operation == Operation::Collect ? "ID" : "eCertID"));
    event.operation = std::string(familyOf(operation));
    event.operateType = std::string(valueOf(item, "operateType"));
    event.at = utcText(now_());
    event.request = request_;
    event.content = contentOf(item);
    event.reply = std::move(reply);
    if (operation != Operation::Collect) entry.eCertId = event.eCertId;
    const auto last = std::find_if(entry.events.rbegin(), entry.events.rend(),
                                   [](const Event& earlier) { return !earlier.operateType.empty(); });
    if (!event.operateType.empty() && last != entry.events.rend() && last->eCertId != event.eCertId &&
        last->operation == event.operation && last->content == event.content) {
        entry.doubled = true;
    }
    entry.events.push_back(std::move(event));
}

std::string Registry::newCode(const Fields& item) const {
    const std::string text = std::to_string(seed_) + '|' + std::string(valueOf(item, "certNum")) + '|' +
                             std::string(valueOf(item, "eCertID"));
    return lowerHex(sha256(text)).substr(0, 32);
}

Fields Registry::sealed(const Fields& item, const std::string& code) const {
    Fields reply{{"eCertID", std::string(valueOf(item, "eCertID"))}};
    if (seal_ == nullptr) return reply;
    const std::string key = upperHex(sha256("key|" + code)).substr(0, 8);
    SealedCode parts = seal_->seal(code, key);
    reply.emplace("encryCertid", std::move(parts.encryCertid));
    reply.emplace("encryKey", std::move(parts.encryKey));
    return reply;
}

}  // namespace lianzheng::sim::national
