#include <string>
#include <utility>

#include "gateway/reconcile/judge.h"

namespace lianzheng {

bool Judge::onlyProvincial(const ProvincialItem& provincial) {
    const Desired& desired = provincial.desired;
    const std::string& number = provincial.number();
    compared(desired.facts.authority);
    if (const BlockedRow* row = memory_.blockedOf(number, desired.facts.sourceKey)) {
        return row->dismissed ? settled() : findBlocked(*row, &provincial, nullptr);
    }
    if (!provincial.otherKeys.empty()) return findDuplicate(provincial, desired.facts.sourceKey);
    LedgerEntry none;
    none.number = number;
    const Plan next = plan(desired, none, Acknowledged{}, nullptr, settings_.policy, settings_.now);
    if (const auto* waits = std::get_if<Waiting>(&next)) {
        return excused(number, &Tally::waiting, chineseName(waits->what));
    }
    if (const auto* blocked = std::get_if<lianzheng::Blocked>(&next)) return findBlocked(blocked->advice, provincial);
    Recollection past;
    if (!recall(number, past)) return false;
    return lostThere(provincial, past, next);
}

/// In the province alone; `next`: what would be done were it never registered.
bool Judge::lostThere(const ProvincialItem& provincial, const Recollection& past, const Plan& next) {
    const CertState state = past.ledger ? past.ledger->state : CertState::None;
    const auto* step = std::get_if<Step>(&next);
    // What is past its end, or was issued before pushing began, need not be there; unless it was.
    if (step == nullptr && !(active(state) && active(stateOf(provincial.desired.record)))) {
        if (state == CertState::None) ++tally_.neverRegistered;
        return settled();
    }
    if (underWay(past)) return excused(provincial.number(), &Tally::inFlight, inFlightExcuse(*past.intent));
    std::vector<Attempt> attempts;
    if (!recallAttempts(provincial.number(), attempts)) return false;
    if (fresherThanView(attempts)) return excusedAsFresher(provincial.number());
    Finding finding = findingOf(FindingKind::MissingNational, provincial);
    finding.provincialValue = chineseName(stateOf(provincial.desired.record));
    finding.nationalValue = chineseName(CertState::None);
    if (step != nullptr) finding.nextStep = stepName(*step);
    ++tally_.differing;
    return put(finding, FindingKind::MissingNational,
               missingNationalWording(state != CertState::None, LastEvents(attempts))) &&
           (step == nullptr || repair(provincial.number(), nullptr));
}

bool Judge::onNeitherSide(const std::string& number) {
    Recollection past;
    if (!recall(number, past)) return false;
    if (!past.ledger) return true;  // forgotten meanwhile
    compared(past.ledger->authority);
    if (!active(past.ledger->state)) return settled();
    if (underWay(past)) return excused(number, &Tally::inFlight, inFlightExcuse(*past.intent));
    std::vector<Attempt> attempts;
    if (!recallAttempts(number, attempts)) return false;
    Wording lost = missingNationalWording(true, LastEvents(attempts));
    lost.cause += "省系统中也已查不到这一行。";
    lost.help = missingProvincialWording(true).help;
    Finding finding;
    finding.number = number;
    finding.kind = word(FindingKind::MissingNational);
    finding.provincialValue = kNoSuchRow;
    finding.nationalValue = chineseName(CertState::None);
    finding.authority = past.ledger->authority;
    finding.company = past.acknowledged.record[Field::CompanyName];
    ++tally_.differing;
    return put(finding, FindingKind::MissingNational, std::move(lost));
}

bool Judge::takenElsewhere(const std::string& number, const std::string& successor) {
    Recollection past;
    if (!recall(number, past)) return false;
    if (!past.ledger || !active(past.ledger->state)) return true;
    Finding finding;
    finding.number = number;
    finding.kind = word(FindingKind::TakenElsewhere);
    finding.field = nationalName(Field::CertNum);
    finding.provincialValue = number;
    finding.nationalValue = successor;
    finding.authority = past.ledger->authority;
    finding.company = past.acknowledged.record[Field::CompanyName];
    return put(finding, FindingKind::TakenElsewhere, takenElsewhereWording());
}

}  // namespace lianzheng
