#include "gateway/planner/plan.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/planner/plan_steps.h"
#include "mappings/certificate_number.h"

namespace lianzheng {
namespace {

using namespace planning;

// The table, a function a ledger state.

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
    const bool same = sameDigest(c);
    std::vector<Field> fields = same ? std::vector<Field>{} : differing(c);
    const bool photo = !same && photoDiffers(c);
    if (!same && fields.empty() && !photo) fields = unseenChanges(c);
    // What an adopted certificate's view could not show is loaded by a change, not by a change of identity.
    const auto known = [&](Field field) { return c.acknowledged.knows(field) && contains(fields, field); };
    if (known(Field::IdentityCard) || known(Field::IdentityCardType)) return changeIdentity(c);
    if (!fields.empty() || photo) {
        if (awaitsLicence(c) && !c.policy.supersedeUncollected && !c.ledger.codeMissing) {
            Plan first = collect(c);
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
        if (!sameDigest(c) && (!differing(c).empty() || photoDiffers(c) || !unseenChanges(c).empty())) {
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
