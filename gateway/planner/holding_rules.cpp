#include "gateway/planner/holding_rules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::string_view kLegalRepresentative = "01";

bool isA(const HeldCertificate& one) { return one.category == "A"; }
bool isB(const HeldCertificate& one) { return one.category == "B"; }
bool isC(const HeldCertificate& one) { return one.category.starts_with('C'); }
bool isC3(const HeldCertificate& one) { return one.category == "C3"; }
bool is(const std::optional<bool>& known, bool value) { return known && *known == value; }

bool samePerson(const HeldCertificate& a, const HeldCertificate& b) {
    return !a.person.empty() && a.person == b.person;
}
bool sameCompany(const HeldCertificate& a, const HeldCertificate& b) {
    return !a.company.empty() && a.company == b.company;
}
bool otherCompany(const HeldCertificate& a, const HeldCertificate& b) {
    return !a.company.empty() && !b.company.empty() && a.company != b.company;
}

/// Rules that two certificates alone can break.
bool clash(HoldingRule rule, const HeldCertificate& one, const HeldCertificate& other) {
    const bool oneHolder = samePerson(one, other);
    switch (rule) {
        case HoldingRule::OtherA:
            return oneHolder && isA(one) && isA(other) &&
                   (sameCompany(one, other) || (is(one.legal, false) && is(other.legal, false)));
        case HoldingRule::LegalRepresentative:
            return isA(one) && isA(other) && is(one.legal, true) && is(other.legal, true) && sameCompany(one, other);
        case HoldingRule::OneB:
            return oneHolder && isB(one) && isB(other);
        case HoldingRule::OneOfC:
            return oneHolder && isC(one) && isC(other) && !isC3(one) && !isC3(other);
        case HoldingRule::C3Alone:
            return oneHolder && isC(one) && isC(other) && (isC3(one) || isC3(other));
        case HoldingRule::SameCompany:
            return oneHolder && ((isB(one) && isC(other)) || (isC(one) && isB(other))) && otherCompany(one, other);
    }
    return false;
}

/// The second sentence of rule 6: whoever holds A, B and C holds an A where the B and the C are. Null: not broken.
const HeldCertificate* withoutItsA(const HeldCertificate& candidate, const std::vector<const HeldCertificate*>& own) {
    std::vector<const HeldCertificate*> all{&candidate};
    all.insert(all.end(), own.begin(), own.end());
    const auto first = [&](const auto& matches) -> const HeldCertificate* {
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto* one) { return matches(*one); });
        return found == all.end() ? nullptr : *found;
    };
    const HeldCertificate* a = first(isA);
    const HeldCertificate* b = first(isB);
    if (a == nullptr || b == nullptr || first(isC) == nullptr) return nullptr;
    // Where a candidate of B or C comes to be is where the other one has to be too.
    const auto beside = [&](const HeldCertificate& one) {
        if (!isA(one)) return false;
        if (!isA(candidate)) return !otherCompany(one, candidate);
        return std::any_of(all.begin(), all.end(),
                           [&](const auto* held) { return isB(*held) && !otherCompany(one, *held); });
    };
    if (first(beside) != nullptr) return nullptr;
    return isA(candidate) ? b : a;
}

struct Words {
    std::string why;
    std::string help;
    Owner owner;
};

Words wordsOnA(const Breach& breach, const HeldCertificate& candidate) {
    const std::string& other = breach.with.number;
    if (sameCompany(candidate, breach.with)) {
        return {"持证人在同一企业已有A证 " + other + "，同一企业只能持有一本。",
                "请企业在省系统注销 " + other + "，或撤回本证的申请。", Owner::Enterprise};
    }
    return {"持证人已有非法定代表人的A证 " + other + "，多本A证中最多一本不是法定代表人。",
            "请持证人通过原企业先为 " + other + " 办理注销或单位变更；本证确为法定代表人的，请企业更正本证职务。",
            Owner::Holder};
}

Words wordsOnC(const Breach& breach, const HeldCertificate& candidate) {
    const std::string& other = breach.with.number;
    if (breach.rule == HoldingRule::C3Alone && isC3(candidate) && !isC3(breach.with)) {
        return {"持证人的 " + other + " 仍然有效，合并为C3证须先注销原C1、C2证。",
                "请省中心先在省系统注销 " + other + "，受理后本证自动报送。", Owner::ProvinceCentre};
    }
    if (breach.rule == HoldingRule::OneOfC && candidate.category != breach.with.category) {
        return {"持证人已有 " + other + "，C1证和C2证不能同时持有。",
                "请省中心将两证合并为C3证，或由持证人先在省系统注销 " + other + "。", Owner::ProvinceCentre};
    }
    return {"持证人已有专职安全生产管理人员证书 " + other + "，C1、C2、C3证不得重复持有。",
            "请持证人先在省系统注销 " + other + "，受理后本证自动报送。", Owner::Holder};
}

Words wordsOnCompany(const Breach& breach, const HeldCertificate& candidate) {
    const std::string& other = breach.with.number;
    if (isA(candidate) || isA(breach.with)) {
        const std::string& a = isA(candidate) ? candidate.number : other;
        return {"持证人同时持有A、B、C证，B证和C证所在企业至少应有其一本A证，而 " + a + " 在另一企业。",
                "请持证人在省系统将 " + a + " 变更到B证和C证所在企业，或将B证和C证一并变更到A证所在企业。",
                Owner::Holder};
    }
    return {"持证人的 " + other + " 在另一企业，同一人的B证和C证必须在同一企业。",
            "请持证人在省系统为 " + other + " 办理单位变更，与本证到同一企业；两证在省系统一致后，系统自动一并变更。",
            Owner::Holder};
}

Words wordsOn(const Breach& breach, const HeldCertificate& candidate) {
    const std::string& other = breach.with.number;
    switch (breach.rule) {
        case HoldingRule::OtherA:
            return wordsOnA(breach, candidate);
        case HoldingRule::LegalRepresentative:
            return {"该企业已有法定代表人A证 " + other + "，一个企业只能有一本。",
                    "请企业先在省系统为原法定代表人的 " + other + " 办理职务变更、单位变更或注销，受理后本证自动报送。",
                    Owner::Enterprise};
        case HoldingRule::OneB:
            return {"持证人已有B证 " + other + "，B证只能持有一本。",
                    "请持证人先在省系统注销 " + other + "，受理后本证自动报送。", Owner::Holder};
        case HoldingRule::OneOfC:
        case HoldingRule::C3Alone:
            return wordsOnC(breach, candidate);
        case HoldingRule::SameCompany:
            return wordsOnCompany(breach, candidate);
    }
    return {};
}

}  // namespace

std::string_view word(HoldingRule rule) {
    static constexpr std::array<std::string_view, 6> kWords{"rule_1", "rule_2", "rule_3", "rule_4", "rule_5", "rule_6"};
    return kWords.at(static_cast<std::size_t>(rule) - 1);
}

std::string sourceOf(HoldingRule rule) {
    return "全国平台接口第5节持证规则第" + std::to_string(static_cast<int>(rule)) + "条";
}

HeldCertificate heldOf(const Certificate& record) {
    HeldCertificate held;
    held.number = record[Field::CertNum];
    held.category = record[Field::CategoryCode];
    held.person = record[Field::IdentityCard];
    held.company = record[Field::CreditCode];
    if (!record[Field::Appointment].empty()) held.legal = record[Field::Appointment] == kLegalRepresentative;
    held.state = certStateOf(record[Field::CertState]).value_or(CertState::None);
    return held;
}

HeldCertificate heldOf(std::string_view number, const Acknowledged& acknowledged, CertState state) {
    Certificate known;
    for (const Field field : {Field::CategoryCode, Field::IdentityCard, Field::CreditCode, Field::Appointment}) {
        if (acknowledged.knows(field)) known[field] = acknowledged.record[field];
    }
    HeldCertificate held = heldOf(known);
    held.number = number;
    held.state = state;
    return held;
}

bool counts(const HeldCertificate& certificate) {
    return certificate.state == CertState::Valid || certificate.state == CertState::Suspended;
}

std::vector<Breach> breachesOf(const HeldCertificate& candidate, std::span<const HeldCertificate> others) {
    static constexpr std::array kRules{HoldingRule::OtherA,  HoldingRule::LegalRepresentative,
                                       HoldingRule::OneB,    HoldingRule::OneOfC,
                                       HoldingRule::C3Alone, HoldingRule::SameCompany};
    std::vector<Breach> breaches;
    if (!counts(candidate)) return breaches;
    std::vector<const HeldCertificate*> beside;
    std::vector<const HeldCertificate*> own;
    for (const HeldCertificate& other : others) {
        if (!counts(other) || other.number == candidate.number) continue;
        beside.push_back(&other);
        if (samePerson(candidate, other)) own.push_back(&other);
    }
    for (const HoldingRule rule : kRules) {
        const auto found = std::find_if(beside.begin(), beside.end(),
                                        [&](const auto* other) { return clash(rule, candidate, *other); });
        if (found != beside.end()) {
            breaches.push_back({rule, **found});
        } else if (rule == HoldingRule::SameCompany) {
            if (const auto* with = withoutItsA(candidate, own)) breaches.push_back({rule, *with});
        }
    }
    return breaches;
}

Advice adviceFor(const Breach& breach, const HeldCertificate& candidate) {
    Words words = wordsOn(breach, candidate);
    words.why.append("（").append(sourceOf(breach.rule)).append("）");
    return {std::string(word(breach.rule)), "", std::move(words.why), std::move(words.help), words.owner};
}

}  // namespace lianzheng
