#include "tests/simulator/national/holding_rules.h"

#include <algorithm>
#include <vector>

namespace lianzheng::sim::national {

namespace {

bool isC(const Holding& holding) { return holding.category.starts_with('C'); }

/// Rules 1 and 2. The document gives rule 1 no text: it is one of the unknown refusals.
std::optional<Refusal> refusalOfA(const Holding& candidate, std::span<const Holding> own,
                                  std::span<const Holding> legalAtCompany) {
    if (candidate.legal && !legalAtCompany.empty()) {
        return refused(kOtherLegalA, "：" + legalAtCompany.front().certNum);
    }
    for (const Holding& other : own) {
        if (other.category != "A") continue;
        if (other.company == candidate.company)
            return Refusal{"rule_1", "同一人员在同一企业只能有一本A证：" + other.certNum};
        if (!other.legal && !candidate.legal) return Refusal{"rule_1", "非法定代表人的A证只能有一本：" + other.certNum};
    }
    return std::nullopt;
}

/// Rules 3 to 5.
std::optional<Refusal> refusalOfBOrC(const Holding& candidate, std::span<const Holding> own) {
    for (const Holding& other : own) {
        if (candidate.category == "B" && other.category == "B") return refused(kHasB, "：" + other.certNum);
        if (isC(candidate) && isC(other)) return refused(kHasCertificate, other.certNum);
    }
    return std::nullopt;
}

std::optional<Refusal> sixthRule(const Holding& candidate, std::span<const Holding> own, bool needsBoth) {
    std::vector<const Holding*> held{&candidate};
    for (const Holding& other : own) held.push_back(&other);
    const auto find = [&](auto matches) {
        const auto found = std::find_if(held.begin(), held.end(), [&](const Holding* h) { return matches(*h); });
        return found == held.end() ? nullptr : *found;
    };
    const Holding* b = find([](const Holding& h) { return h.category == "B"; });
    const Holding* c = find(isC);
    const Holding* elsewhere = find([&](const Holding& h) {
        return h.company != candidate.company &&
               ((candidate.category == "B" && isC(h)) || (isC(candidate) && h.category == "B"));
    });
    if (elsewhere != nullptr) return refused(kSameCompany, "：" + elsewhere->certNum);
    if (needsBoth ? (b == nullptr || c == nullptr) : (b == nullptr && c == nullptr)) return std::nullopt;
    const Holding* a = find([](const Holding& h) { return h.category == "A"; });
    if (a == nullptr) return std::nullopt;
    const bool beside =
        find([&](const Holding& h) {
            if (h.category != "A") return false;
            if (candidate.category != "A") return h.company == candidate.company;
            return find([&](const Holding& one) {
                       return (b != nullptr ? one.category == "B" : isC(one)) && one.company == h.company;
                   }) != nullptr;
        }) != nullptr;
    if (beside) return std::nullopt;
    return refused(kSameCompany, "：" + (a == &candidate ? (b != nullptr ? b : c) : a)->certNum);
}

}  // namespace

Holding holdingOf(const Fields& record) {
    return {std::string(valueOf(record, "certNum")), std::string(valueOf(record, "categoryCode")),
            std::string(valueOf(record, "creditCode")), valueOf(record, "appointment") == "01"};
}

std::optional<Refusal> holdingRefusal(const Holding& candidate, std::span<const Holding> own,
                                      std::span<const Holding> legalAtCompany, bool sixthRuleNeedsBothBAndC) {
    const auto first =
        candidate.category == "A" ? refusalOfA(candidate, own, legalAtCompany) : refusalOfBOrC(candidate, own);
    return first ? first : sixthRule(candidate, own, sixthRuleNeedsBothBAndC);
}

}  // namespace lianzheng::sim::national
