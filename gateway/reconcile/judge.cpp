#include "gateway/reconcile/judge.h"

#include <algorithm>
#include <utility>

#include "mappings/text.h"

namespace lianzheng {
namespace {

/// Names are equal when only the form of their middle dot differs.
bool same(Field field, const std::string& one, const std::string& other) {
    return one == other || (field == Field::Name && foldedDots(one) == foldedDots(other));
}

bool isRowProblem(const Desired& desired, const Advice& advice) {
    return std::any_of(desired.problems.begin(), desired.problems.end(),
                       [&](const Invalid& problem) { return word(problem.rule) == advice.reason; });
}

/// The other side's word as the planner's ledger: everything is settled there, and what it does not show is unknown.
LedgerEntry asLedger(const NationalRow& row, const Recollection& past) {
    LedgerEntry entry;
    if (past.ledger) entry = *past.ledger;
    entry.number = row.record[Field::CertNum];
    entry.state = stateOf(row.record);
    entry.stage = Stage::Collected;
    entry.expiringDate = row.record[Field::ExpiringDate];
    entry.push = Digest{};
    entry.comparable = Digest{};
    if (!row.zzeCertId.empty()) entry.zzeCertId = row.zzeCertId;
    if (!row.codeId.empty()) entry.codeId = row.codeId;
    if (!row.eCertId.empty()) entry.lastECertId = row.eCertId;
    return entry;
}

}  // namespace

/// `held` is what the other side shows; the ledger when that is the other side.
struct Judge::Lens {
    const ProvincialItem& provincial;
    const NationalItem& national;
    const Recollection& past;
    const Plan& next;  ///< from what the other side shows
    CertState want{};
    CertState held{};
    bool expired = false;
    bool stateDiffers = false;
    bool stateTampered = false;
    std::optional<std::string> heldText{};  ///< what is written there for a state, when it is none
    bool dismissed = false;                 ///< somebody has said that what blocks it needs nobody
    std::vector<Field> fields{};            ///< that differ
    std::vector<Field> tampered{};          ///< of these, the ones that differ from the last acknowledgement too
    std::vector<Attempt> attempts{};

    [[nodiscard]] bool isTampered(Field field) const {
        return std::find(tampered.begin(), tampered.end(), field) != tampered.end();
    }
    [[nodiscard]] const Advice* advice() const {
        const auto* blocked = std::get_if<lianzheng::Blocked>(&next);
        return blocked == nullptr ? nullptr : &blocked->advice;
    }
    [[nodiscard]] std::string step() const {
        const auto* step = std::get_if<Step>(&next);
        return step == nullptr ? std::string{} : stepName(*step);
    }
};

Judge::Judge(JudgeSettings settings, Memory& memory, Tally& tally, FindingSink findings, RepairSink repairs,
             KeepSink keep)
    : settings_(std::move(settings)),
      memory_(memory),
      tally_(tally),
      findings_(std::move(findings)),
      repairs_(std::move(repairs)),
      keep_(std::move(keep)),
      today_(Date::inShanghai(settings_.now).str()) {
    std::erase_if(settings_.compared, [](Field field) {
        return field == Field::CertNum || field == Field::CertState || field == Field::CertStatusDescription;
    });
}

bool Judge::quicklyEqual(const Desired& desired, const NationalItem& national) const {
    const Certificate& ours = desired.record;
    const Certificate& theirs = national.row.record;
    if (!desired.problems.empty() || ours[Field::CertState] != theirs[Field::CertState]) return false;
    // What is past its end may have to be ended; yyyy-MM-dd sorts as the days do.
    if (ours[Field::ExpiringDate] < today_ && ours[Field::CertState] <= code(CertState::Suspended)) return false;
    if (!national.comparable.none()) return national.comparable == desired.comparable;
    return national.complete && std::all_of(settings_.compared.begin(), settings_.compared.end(), [&](Field field) {
               return ours[field] == theirs[field] || !national.known.test(static_cast<std::size_t>(field));
           });
}

bool Judge::both(const ProvincialItem& provincial, const NationalItem& national) {
    compared(provincial.desired.facts.authority);
    if (provincial.otherKeys.empty() && quicklyEqual(provincial.desired, national)) return settled();
    if (const BlockedRow* row = standingBlock(provincial)) return findBlocked(*row, &provincial, &national);
    if (!provincial.otherKeys.empty()) return findDuplicate(provincial, provincial.desired.facts.sourceKey);
    return difference(provincial, national);
}

bool Judge::difference(const ProvincialItem& provincial, const NationalItem& item) {
    Recollection past;
    if (!recall(provincial.number(), past)) return false;
    NationalItem completed;
    if (!item.complete) {
        completed = item;
        completed.known = past.acknowledged.known;
        const std::string number = item.number();
        const std::string state = item.row.record[Field::CertState];
        completed.row.record = past.acknowledged.record;
        completed.row.record[Field::CertNum] = number;
        completed.row.record[Field::CertState] = state;
        completed.complete = true;
    }
    const Desired& desired = provincial.desired;
    const bool readable = stateOf(item.row.record) != CertState::None;
    const bool shown = item.known.test(static_cast<std::size_t>(Field::CertState)) || !item.complete;
    if (!readable) {
        // Neither shown nor readable: what is to be done goes by the state that is known otherwise.
        if (item.complete) completed = item;
        const bool held = past.ledger && past.ledger->state != CertState::None;
        completed.row.record[Field::CertState] = held ? code(past.ledger->state) : desired.record[Field::CertState];
    }
    const NationalItem& national = item.complete && readable ? item : completed;
    const Plan next = plan(desired, asLedger(national.row, past), Acknowledged{national.row.record, national.known},
                           nullptr, settings_.policy, settings_.now);

    Lens lens{provincial, national, past, next};
    lens.dismissed = memory_.blockedOf(provincial.number(), desired.facts.sourceKey) != nullptr;
    lens.want = stateOf(desired.record);
    lens.held = stateOf(national.row.record);
    lens.expired =
        lens.want == CertState::Lapsed || (active(lens.want) && desired.record[Field::ExpiringDate] < today_);
    const bool byDate = lens.held == CertState::Lapsed || lens.held == CertState::Cancelled;
    const auto* waits = std::get_if<Waiting>(&next);
    const bool grace = waits != nullptr && waits->what == Waiting::For::RenewalInHand;
    lens.stateDiffers = !(lens.expired ? byDate || (grace && active(lens.held)) : lens.want == lens.held);
    if (!readable) lens.stateDiffers = shown;
    if (!readable) lens.heldText = item.row.record[Field::CertState];
    const bool knows = !settings_.ledgerOnly && past.ledger && past.ledger->state != CertState::None;
    lens.stateTampered = lens.stateDiffers && knows && (!readable || past.ledger->state != lens.held);
    for (const Field field : settings_.compared) {
        const std::string& theirs = national.row.record[field];
        if (!national.known.test(static_cast<std::size_t>(field)) || same(field, desired.record[field], theirs))
            continue;
        lens.fields.push_back(field);
        if (knows && past.acknowledged.knows(field) && !same(field, past.acknowledged.record[field], theirs)) {
            lens.tampered.push_back(field);
        }
    }
    return report(lens);
}

/// Whether the certificate's last code waits for its licence file, which goes before any further change.
bool Judge::licenceFirst(const Lens& lens) const {
    if (!lens.past.ledger || lens.past.ledger->stage != Stage::WaitingLicence) return false;
    const Plan next = plan(lens.provincial.desired, *lens.past.ledger, lens.past.acknowledged, nullptr,
                           settings_.policy, settings_.now);
    const auto* step = std::get_if<Step>(&next);
    return std::holds_alternative<Waiting>(next) ||
           (step != nullptr && std::holds_alternative<CollectLicence>(step->request));
}

bool Judge::report(Lens& lens) {
    const bool tampered = lens.stateTampered || !lens.tampered.empty();
    const bool differs = lens.stateDiffers || !lens.fields.empty();
    if (const Advice* advice = lens.advice();
        advice != nullptr && !tampered && !lens.dismissed && isRowProblem(lens.provincial.desired, *advice)) {
        return findBlocked(*advice, lens.provincial);
    }
    if (!differs) return settled();
    const std::string& number = lens.provincial.number();
    if (underWay(lens.past)) return excused(number, &Tally::inFlight, inFlightExcuse(*lens.past.intent));
    if (!recallAttempts(number, lens.attempts)) return false;
    if (fresherThanView(lens.attempts)) return excusedAsFresher(number);
    if (!tampered) {
        if (const auto* waits = std::get_if<Waiting>(&lens.next)) {
            return excused(number, &Tally::waiting, chineseName(waits->what));
        }
        if (licenceFirst(lens)) return excused(number, &Tally::waiting, chineseName(Waiting::For::Collect));
    }
    // Fields of what has ended, or is to end, are nobody's concern unless somebody changed them behind our back.
    const bool live =
        active(lens.want) && active(lens.held) && !lens.expired && !std::holds_alternative<Waiting>(lens.next);
    const auto before = tally_.total();
    if (lens.stateDiffers && !reportState(lens)) return false;
    for (const Field field : lens.fields) {
        if ((live || lens.isTampered(field)) && !reportField(lens, field)) return false;
    }
    if (tally_.total() == before) return settled();
    ++tally_.differing;
    return repair(number, &lens.national);
}

bool Judge::reportState(const Lens& lens) {
    FindingKind kind = FindingKind::StateMismatch;
    if (lens.held == CertState::Other) {
        kind = FindingKind::Stuck99;
    } else if (lens.expired && active(lens.held)) {
        kind = FindingKind::ExpiredNotCancelled;
    }
    Finding finding = findingOf(kind, lens.provincial);
    finding.provincialValue = chineseName(lens.want);
    if (lens.expired && lens.want != CertState::Lapsed) {
        finding.provincialValue += "（有效期至" + lens.provincial.desired.record[Field::ExpiringDate] + "）";
    }
    finding.nationalValue = lens.heldText.value_or(std::string(chineseName(lens.held)));
    finding.nextStep = lens.step();
    const bool plain = kind == FindingKind::ExpiredNotCancelled && lens.advice() == nullptr && !lens.stateTampered;
    return put(finding, kind, plain ? expiredWording() : wording(lens, "证书状态", lens.stateTampered));
}

bool Judge::reportField(const Lens& lens, Field field) {
    const bool identity = field == Field::IdentityCard || field == Field::IdentityCardType;
    const FindingKind kind = identity ? FindingKind::IdentityMismatch : FindingKind::FieldMismatch;
    Finding finding = findingOf(kind, lens.provincial);
    finding.field = nationalName(field);
    finding.provincialValue = lens.provincial.desired.record[field];
    finding.nationalValue = lens.national.row.record[field];
    // One step is planned for the certificate; it is this field's when it loads the field.
    finding.nextStep = settings_.policy.loaded.test(static_cast<std::size_t>(field)) ? lens.step() : std::string{};
    return put(finding, kind, wording(lens, chineseName(field), lens.isTampered(field)));
}

Wording Judge::wording(const Lens& lens, std::string_view subject, bool tampered) const {
    Origination origination = Origination::NotPushed;
    const auto& ledger = lens.past.ledger;
    if (tampered) {
        origination = Origination::Tampered;
    } else if (!ledger || ledger->state == CertState::None) {
        origination = Origination::NotOurs;
    } else if (ledger->seen != lens.provincial.desired.seen) {
        origination = Origination::Changed;
    }
    Wording words = wordingOf(origination, subject, std::holds_alternative<Step>(lens.next), LastEvents(lens.attempts));
    if (const Advice* advice = lens.advice()) {
        if (!tampered) words.cause = advice->why;
        words.help = advice->help;
        words.owner = advice->owner;
    }
    return words;
}

}  // namespace lianzheng
