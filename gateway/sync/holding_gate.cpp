#include "gateway/sync/holding_gate.h"

#include <algorithm>
#include <utility>

namespace lianzheng {
namespace {

/// The record of a step after which a certificate may come to count; null for every other step.
const Certificate* judgedRecord(const Step& step) {
    if (const auto* assign = std::get_if<AssignCode>(&step.request)) return &assign->record;
    const auto* update = std::get_if<UpdateState>(&step.request);
    return update != nullptr && update->operateType == OperateType::CancelTransferOut ? &update->record : nullptr;
}

bool isLegal(const HeldCertificate& one) { return one.category == "A" && one.legal.value_or(false); }

}  // namespace

/// What its person holds, and where an A is among it the 法定代表人 A certificates of the company it goes to.
Result<std::vector<HeldCertificate>> HoldingGate::beside(const HeldCertificate& candidate) {
    auto held = store_.heldBy(candidate.person);
    if (!held) return held;
    const auto isA = [](const HeldCertificate& one) { return one.category == "A"; };
    if (!isA(candidate) && std::none_of(held->begin(), held->end(), isA)) return held;
    auto legal = store_.legalAt(candidate.company);
    if (!legal) return legal;
    for (HeldCertificate& one : *legal) {
        if (one.person != candidate.person) held->push_back(std::move(one));
    }
    return held;
}

Result<Admission> HoldingGate::admitBeside(const HeldCertificate& now, const Step& step,
                                           const HeldCertificate& candidate, std::vector<HeldCertificate> others,
                                           const Steps& planned) {
    auto intents = store_.intentsOfPerson(candidate.person);
    if (!intents) return tl::unexpected(intents.error());
    for (const HeldCertificate& other : others) {
        if (other.person == candidate.person) continue;
        auto intent = store_.intentOf(other.number);
        if (!intent) return tl::unexpected(intent.error());
        if (*intent) intents->push_back(std::move(**intent));
    }
    std::vector<Neighbour> neighbours;
    for (HeldCertificate& other : others) {
        const auto queued = std::find_if(intents->begin(), intents->end(),
                                         [&](const OutboxRow& row) { return row.number == other.number; });
        Neighbour neighbour{std::move(other)};
        if (queued != intents->end()) {
            neighbour.pending = &queued->step;
            neighbour.mayHaveBeenSent = queued->state != OutboxState::Queued;
        } else if (const auto next = planned.find(neighbour.held.number); next != planned.end()) {
            neighbour.pending = &next->second;
        }
        neighbours.push_back(std::move(neighbour));
    }
    return admit(now, step, neighbours);
}

Result<HoldingGate::Judgement> HoldingGate::judge(const std::string& number, const Step& step, const Steps& planned) {
    Judgement judgement;
    const Certificate* record = judgedRecord(step);
    if (record == nullptr) return judgement;
    HeldCertificate now;
    now.number = number;
    HeldCertificate goesTo = heldOf(*record);
    goesTo.number = number;
    auto others = beside(goesTo);
    if (!others) return tl::unexpected(others.error());
    const auto own =
        std::find_if(others->begin(), others->end(), [&](const auto& one) { return one.number == number; });
    if (own != others->end()) {
        now = std::move(*own);
        others->erase(own);
    }
    judgement.candidate = afterStep(now, step);
    if (!isJudged(now, step)) return judgement;
    if (isLegal(judgement.candidate)) {
        for (const auto& [other, company] : legalUnderWay_) {
            if (other == number || company != judgement.candidate.company) continue;
            judgement.admission.kind = Admission::Kind::Wait;
            judgement.admission.on.push_back(other);
        }
        if (!judgement.admission.on.empty()) return judgement;
    }
    if (breachesOf(judgement.candidate, *others).empty()) return judgement;
    auto admission = admitBeside(now, step, judgement.candidate, std::move(*others), planned);
    if (!admission) return tl::unexpected(admission.error());
    judgement.admission = std::move(*admission);
    return judgement;
}

void HoldingGate::left(const std::string& number, const Step& step) {
    const Certificate* record = judgedRecord(step);
    if (record == nullptr) return;
    const HeldCertificate held = heldOf(*record);
    if (isLegal(held)) legalUnderWay_[number] = held.company;
}

void HoldingGate::ended(const std::string& number) { legalUnderWay_.erase(number); }

}  // namespace lianzheng
