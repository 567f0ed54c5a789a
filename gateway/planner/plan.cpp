#include "gateway/planner/plan.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "mappings/certificate_number.h"
#include "mappings/licence_identifier.h"
#include "mappings/special_number.h"

namespace lianzheng {
namespace {

/// What one call of plan() looks at.
struct Case {
    const Desired& desired;
    const LedgerEntry& ledger;
    const Acknowledged& acknowledged;
    const Policy& policy;
    TimePoint now;
    CertState want;           ///< the province's state
    std::optional<Date> end;  ///< last valid day
    bool pastEnd;             ///< the last valid day is over in Asia/Shanghai
    bool expired;             ///< past its end, or called 失效 by the province
};

Case lookAt(const Desired& desired, const LedgerEntry& ledger, const Acknowledged& acknowledged, const Policy& policy,
            TimePoint now) {
    Case c{desired, ledger, acknowledged, policy, now, CertState::None, std::nullopt, false, false};
    c.want = certStateOf(desired.record[Field::CertState]).value_or(CertState::None);
    c.end = Date::parse(desired.record[Field::ExpiringDate]);
    c.pastEnd = c.end && *c.end < Date::inShanghai(now);
    const bool active = c.want == CertState::Valid || c.want == CertState::Suspended;
    c.expired = (active && c.pastEnd) || c.want == CertState::Lapsed;
    return c;
}

Blocked blocked(std::string reason, std::string why, std::string help, Owner owner) {
    return Blocked{Advice{std::move(reason), "", std::move(why), std::move(help), owner}};
}

Blocked finalState(const Case& c) {
    std::string why = "部平台登记为“";
    why.append(chineseName(c.ledger.state)).append("”，省系统为“").append(chineseName(c.want));
    why.append(c.pastEnd ? "（已过有效期）”，" : "”，").append("终态不能再变更。");
    return blocked(c.ledger.state == CertState::Other ? "stuck_99" : "final_state", std::move(why),
                   "核实省系统状态；如部平台状态有误，由省中心联系部平台处理。", Owner::ProvinceCentre);
}

// ---- what differs ----

std::vector<Field> differing(const Case& c) {
    std::vector<Field> fields;
    for (const Field field : kFields) {
        const auto index = static_cast<std::size_t>(field);
        if (field == Field::CertState || field == Field::CertStatusDescription || !c.policy.loaded.test(index))
            continue;
        const bool unknown = !c.acknowledged.knows(field);
        if (unknown ? c.policy.pushAdopted : c.desired.record[field] != c.acknowledged.record[field]) {
            fields.push_back(field);
        }
    }
    return fields;
}

bool photoDiffers(const Case& c) {
    return !c.ledger.photoVersion.empty() && c.ledger.photoVersion != c.desired.facts.photoVersion;
}

bool sameDigest(const Case& c) {
    return c.ledger.digestVersion == kDigestVersion && !c.ledger.push.none() && c.ledger.push == c.desired.push;
}

bool contains(const std::vector<Field>& fields, Field field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

std::string names(const std::vector<Field>& fields, bool photo) {
    std::string text;
    for (const Field field : fields) text.append(text.empty() ? "" : ",").append(nationalName(field));
    if (photo) text.append(text.empty() ? "" : ",").append("photo");
    return text;
}

// ---- steps ----

Step stepOf(const Case& c, Request request, CertState after, std::string fields) {
    Step step;
    step.request = std::move(request);
    step.after = after;
    step.fields = std::move(fields);
    step.seen = c.desired.seen;
    step.push = c.desired.push;
    step.comparable = c.desired.comparable;
    step.photoVersion = c.desired.facts.photoVersion;
    return step;
}

/// The first problem that stands in the way of a request that carries `needed` (empty: every field and the photo).
const Invalid* problemAmong(const Case& c, std::span<const Field> needed) {
    for (const Invalid& problem : c.desired.problems) {
        if (problem.field == kLicenceTime) continue;
        if (needed.empty() || problem.rule == Rule::Duplicate) return &problem;
        const auto field = fieldOf(problem.field);
        if (field && std::find(needed.begin(), needed.end(), *field) != needed.end()) return &problem;
    }
    return nullptr;
}

Plan assign(const Case& c, OperateType type, std::string fields) {
    if (const Invalid* problem = problemAmong(c, {})) return Blocked{adviceFor(*problem)};
    AssignCode request;
    request.operateType = type;
    request.record = c.desired.record;
    request.record[Field::CertState] = code(CertState::Valid);
    request.record[Field::CertStatusDescription].clear();
    if (type == OperateType::TransferIn) {
        request.oldCertNum = c.desired.facts.predecessorNumber;
        request.associatedZzeCertId = c.desired.facts.predecessorIdentifier;
    } else if (type != OperateType::Issue) {
        request.associatedZzeCertId = c.ledger.zzeCertId;
    }
    return stepOf(c, std::move(request), CertState::Valid, std::move(fields));
}

Plan update(const Case& c, OperateType type, CertState after) {
    static constexpr std::array kNeeded{Field::CertNum, Field::CategoryCode, Field::OperationCategory,
                                        Field::ProvinceNum};
    static constexpr std::array kHeld{Field::IdentityCard, Field::CreditCode};
    UpdateState request;
    request.operateType = type;
    request.record = c.desired.record;
    std::vector<Field> needed(kNeeded.begin(), kNeeded.end());
    for (const Field field : kHeld) {  // the platform looks the certificate up by what it holds itself
        if (c.acknowledged.knows(field)) {
            request.record[field] = c.acknowledged.record[field];
        } else {
            needed.push_back(field);
        }
    }
    if (const Invalid* problem = problemAmong(c, needed)) return Blocked{adviceFor(*problem)};
    request.record[Field::CertState] = code(after);
    request.zzeCertId = c.ledger.zzeCertId;
    std::string& description = request.record[Field::CertStatusDescription];
    const bool dated = c.pastEnd && c.expired;
    if (dated) description = "有效期届满";
    if (after == CertState::Other && description.empty()) {
        return Blocked{adviceFor({std::string(nationalName(Field::CertStatusDescription)), Rule::Missing})};
    }
    Step step = stepOf(c, std::move(request), after, std::string(nationalName(Field::CertState)));
    step.releasing = type == OperateType::End || type == OperateType::Lapse || type == OperateType::Suspend;
    step.dueToDate = dated;
    const bool sanction =
        type == OperateType::Suspend || (type == OperateType::End && after != CertState::TransferredOut && !dated);
    if (sanction) step.lane = Lane::Enforcement;
    return step;
}

Plan changeIdentity(const Case& c) {
    static constexpr std::array kNeeded{Field::CertNum,         Field::CategoryCode, Field::OperationCategory,
                                        Field::ProvinceNum,     Field::IdentityCard, Field::BirthDate,
                                        Field::IdentityCardType};
    if (const Invalid* problem = problemAmong(c, kNeeded)) return Blocked{adviceFor(*problem)};
    if (c.ledger.lastECertId.empty()) {
        return blocked("event_unknown", "证件号码已变更，但缺少上次推送的业务流水号，无法办理证件号码变更。",
                       "用前置库数据重新接管（adopt），或由省中心联系部平台。", Owner::ProvinceCentre);
    }
    ChangeIdentity request;
    request.eCertId = c.ledger.lastECertId;
    request.record = c.desired.record;
    return stepOf(c, std::move(request), c.ledger.state, std::string(nationalName(Field::IdentityCard)));
}

/// Whether the last code waits for a licence file that can come.
bool awaitsLicence(const Case& c) { return c.ledger.stage == Stage::WaitingLicence && c.policy.collects; }

/// The identifier of the licence that is there now: the one before with its version one up, or the first.
Checked<LicenceIdentifier> nextIdentifier(const Case& c) {
    if (const auto previous = LicenceIdentifier::parse(c.ledger.zzeCertId)) return previous->next();
    const std::string_view type = licenceType(c.policy.type);
    const std::string& issuer = c.desired.record[Field::IssuAuthCode];
    if (c.policy.type == CertificateType::Tezhong) {
        const auto number = SpecialNumber::parse(c.ledger.number);
        if (!number) return tl::make_unexpected(number.error());
        return LicenceIdentifier::first(type, issuer, number->yearAndSerial());
    }
    const auto number = CertificateNumber::parse(c.ledger.number);
    if (!number) return tl::make_unexpected(number.error());
    return LicenceIdentifier::compute(type, issuer, *number, 1);
}

Plan collect(const Case& c) {
    const SourceFacts& facts = c.desired.facts;
    if (c.ledger.codeMissing || c.ledger.codeId.empty()) {
        return blocked("code_missing", "部平台已受理赋码，但电子证照编码随回执丢失。",
                       "从前置库恢复编码（adopt），或由省中心向部平台查询。", Owner::ProvinceCentre);
    }
    for (const Invalid& problem : c.desired.problems) {
        if (problem.field == kLicenceTime) return Blocked{adviceFor(problem)};
    }
    if (!facts.licenceTime || !c.ledger.codeAt || *facts.licenceTime <= *c.ledger.codeAt || facts.licenceUrl.empty()) {
        return Waiting{Waiting::For::LicenceFile, c.now + c.policy.licencePoll};
    }
    CollectLicence request{c.ledger.codeId, facts.licenceIdentifier, facts.licenceUrl};
    if (request.zzeCertId.empty()) {
        const auto identifier = nextIdentifier(c);
        if (!identifier) return Blocked{adviceFor(identifier.error())};
        request.zzeCertId = identifier->str();
    }
    return stepOf(c, std::move(request), c.ledger.state, "licence");
}

// ---- the table, a function a ledger state ----

InStep inStepUntilTheEnd(const Case& c) {
    if (!c.end || c.pastEnd) return InStep{};
    return InStep{c.end->plusDays(1).beginsInShanghai(), false};
}

bool endedBeforeItsTime(CertState want) {
    return want == CertState::Revoked || want == CertState::Cancelled || want == CertState::TransferredOut ||
           want == CertState::Rescinded;
}

bool fromAnotherProvince(const Case& c) {
    const auto& facts = c.desired.facts;
    // 特种作业 knows no 转入.
    if (facts.predecessorIdentifier.empty() || c.policy.type != CertificateType::Anguan) return false;
    const auto old = CertificateNumber::parse(facts.predecessorNumber);
    return old && old->province() != c.policy.provinceCharacter;
}

Plan neverRegistered(const Case& c) {
    if (c.expired || c.pastEnd || endedBeforeItsTime(c.want)) return InStep{std::nullopt, true};
    const auto issued = Date::parse(c.desired.record[Field::IssuDate]);
    if (c.policy.pushSince && issued && *issued < *c.policy.pushSince) return InStep{std::nullopt, true};
    return assign(c, fromAnotherProvince(c) ? OperateType::TransferIn : OperateType::Issue, "new");
}

Plan expire(const Case& c) {
    if (c.desired.facts.renewalInHand && c.end) {
        const TimePoint until = (c.end->plusDays(1)).beginsInShanghai() + c.policy.renewalGrace;
        if (c.now < until) return Waiting{Waiting::For::RenewalInHand, until};
    }
    return c.policy.expired == Policy::Expired::Cancel ? update(c, OperateType::End, CertState::Cancelled)
                                                       : update(c, OperateType::Lapse, CertState::Lapsed);
}

bool laterEnd(const Case& c) {
    const auto known = Date::parse(
        c.acknowledged.knows(Field::ExpiringDate) ? c.acknowledged.record[Field::ExpiringDate] : c.ledger.expiringDate);
    return known && c.end && *c.end > *known;
}

/// Nothing differs: what is left is the licence file of the last code, and then the end of validity.
Plan licenceOrEnd(const Case& c) {
    const InStep end = inStepUntilTheEnd(c);
    if (!awaitsLicence(c)) return end;
    Plan next = collect(c);
    if (auto* waiting = std::get_if<Waiting>(&next); waiting != nullptr && end.reviewAt) {
        waiting->until = std::min(*waiting->until, *end.reviewAt);
    }
    return next;
}

/// 01 → 01: identity first, then renewal, then any other change, then the licence file.
Plan whileValid(const Case& c) {
    const std::vector<Field> fields = sameDigest(c) ? std::vector<Field>{} : differing(c);
    const bool photo = !sameDigest(c) && photoDiffers(c);
    // What an adopted certificate's view could not show is loaded by a change, not by a change of identity.
    const auto known = [&](Field field) { return c.acknowledged.knows(field) && contains(fields, field); };
    if (known(Field::IdentityCard) || known(Field::IdentityCardType)) return changeIdentity(c);
    if (!fields.empty() || photo) {
        if (awaitsLicence(c) && !c.policy.supersedeUncollected && !c.ledger.codeMissing) {
            const Plan first = collect(c);
            if (const auto* waiting = std::get_if<Waiting>(&first))
                return Waiting{Waiting::For::Collect, waiting->until};
            return first;
        }
        return assign(c, laterEnd(c) ? OperateType::Renew : OperateType::Change, names(fields, photo));
    }
    return licenceOrEnd(c);
}

Plan whileActive(const Case& c) {
    if (c.expired) return expire(c);
    if (endedBeforeItsTime(c.want)) return update(c, OperateType::End, c.want);
    const bool suspended = c.ledger.state == CertState::Suspended;
    if (c.want == CertState::Valid)
        return suspended ? update(c, OperateType::Restore, CertState::Valid) : whileValid(c);
    if (c.want == CertState::Suspended && !suspended) return update(c, OperateType::Suspend, CertState::Suspended);
    if (c.want == CertState::Suspended) {  // 02 and 09 would lift the suspension
        if (!sameDigest(c) && (!differing(c).empty() || photoDiffers(c))) {
            return Waiting{Waiting::For::Restoration, inStepUntilTheEnd(c).reviewAt};
        }
        return licenceOrEnd(c);
    }
    return finalState(c);
}

Plan afterTheEnd(const Case& c) {
    if (c.ledger.state == c.want) return InStep{};
    const bool byDate = c.ledger.state == CertState::Lapsed || c.ledger.state == CertState::Cancelled;
    if (c.expired) return byDate ? Plan{InStep{}} : Plan{finalState(c)};
    if (c.want != CertState::Valid) return finalState(c);
    if (c.ledger.state == CertState::TransferredOut) return update(c, OperateType::CancelTransferOut, CertState::Valid);
    const bool revivable = c.ledger.state == CertState::Lapsed || (c.ledger.state == CertState::Cancelled &&
                                                                   c.ledger.endedByExpiry && c.policy.reviveOwnExpiry);
    if (revivable && laterEnd(c)) return assign(c, OperateType::Renew, "expiringDate");
    return finalState(c);
}

Plan decide(const Case& c) {
    if (c.want == CertState::None) {
        return Blocked{adviceFor({std::string(nationalName(Field::CertState)), Rule::NoCode})};
    }
    const CertState held = c.ledger.state;
    if (held == CertState::None) return neverRegistered(c);
    if (c.want == CertState::Other && held != CertState::Other) return update(c, OperateType::Other, CertState::Other);
    if (c.want == CertState::Other) return licenceOrEnd(c);
    if (held == CertState::Valid || held == CertState::Suspended) return whileActive(c);
    return afterTheEnd(c);
}

}  // namespace

Plan plan(const Desired& desired, const LedgerEntry& ledger, const Acknowledged& acknowledged,
          const StandingRefusal* refusal, const Policy& policy, TimePoint now) {
    const Case c = lookAt(desired, ledger, acknowledged, policy, now);
    // Which of two rows speaks for the number is for people to say: neither is sent.
    const auto duplicate = std::find_if(desired.problems.begin(), desired.problems.end(),
                                        [](const Invalid& problem) { return problem.rule == Rule::Duplicate; });
    if (duplicate != desired.problems.end()) return Blocked{adviceFor(*duplicate)};
    Plan next = decide(c);
    if (refusal == nullptr) return next;
    const auto* step = std::get_if<Step>(&next);
    const bool releasing = step != nullptr && step->releasing;
    const bool sameRow = refusal->seen == desired.seen;
    const bool theOne = sameRow || (releasing && stepName(*step) == refusal->operation);
    const bool held = refusal->doubt ? !releasing || theOne : step != nullptr && !releasing && sameRow;
    if (held) return Blocked{refusal->advice};
    return next;
}

}  // namespace lianzheng
