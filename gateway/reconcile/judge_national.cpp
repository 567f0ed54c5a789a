#include <algorithm>
#include <string>
#include <utility>

#include "gateway/planner/ledger_key.h"
#include "gateway/reconcile/judge.h"

namespace lianzheng {
namespace {

constexpr std::string_view kNoAuthority = "province";

/// As it is written there when it is no state that the interface knows.
std::string stateName(const NationalItem& national) {
    const std::string& text = national.row.record[Field::CertState];
    const auto state = certStateOf(text);
    return state ? std::string(chineseName(*state)) : text;
}

/// Both the rules that are judged before sending and the platform's refusals by them are called rule_….
FindingKind blockedKind(const Advice& advice) {
    return advice.reason.starts_with("rule_") ? FindingKind::RuleConflict : FindingKind::Blocked;
}

/// Of the view's row: its number, else what stands there for one.
std::string nameOf(const NationalItem& national) {
    if (!national.number().empty()) return national.number();
    return national.row.rawNumber.empty() ? "（无编号）" : national.row.rawNumber;
}

Finding nationalFinding(FindingKind kind, const NationalItem& national) {
    Finding finding;
    finding.number = nameOf(national);
    finding.kind = word(kind);
    finding.nationalValue = stateName(national);
    finding.authority = kNoAuthority;
    finding.company = national.row.record[Field::CompanyName];
    return finding;
}

}  // namespace

bool Judge::onlyNational(const NationalItem& national) {
    if (national.number().empty()) {
        compared(kNoAuthority);
        Finding finding = nationalFinding(FindingKind::MissingProvincial, national);
        ++tally_.differing;
        return put(finding, FindingKind::MissingProvincial, unreadableNumberWording());
    }
    if (const BlockedRow* row = memory_.blockedOf(national.number(), {}); row != nullptr && !row->dismissed) {
        compared(row->authority);
        return findBlocked(*row, nullptr, &national);
    }
    Recollection past;
    if (!recall(national.number(), past)) return false;
    Finding finding = nationalFinding(FindingKind::MissingProvincial, national);
    if (past.ledger && !past.ledger->authority.empty()) finding.authority = past.ledger->authority;
    compared(finding.authority);
    if (underWay(past)) return excused(national.number(), &Tally::inFlight, inFlightExcuse(*past.intent));
    finding.provincialValue = kNoSuchRow;
    const bool ours = past.ledger && past.ledger->state != CertState::None;
    ++tally_.differing;
    return put(finding, FindingKind::MissingProvincial, missingProvincialWording(ours));
}

bool Judge::duplicateNational(const NationalItem& national) {
    Recollection past;
    if (!recall(national.number(), past)) return false;
    Finding finding = nationalFinding(FindingKind::Duplicate, national);
    finding.field = nationalName(Field::CertNum);  // the province's rows of one number are another finding
    if (past.ledger && !past.ledger->authority.empty()) finding.authority = past.ledger->authority;
    return put(finding, FindingKind::Duplicate, duplicateNationalWording());
}

bool Judge::duplicateProvincial(const ProvincialItem& provincial, std::string_view firstKey) {
    if (memory_.blockedOf(provincial.number(), provincial.desired.facts.sourceKey) != nullptr) return true;
    ProvincialItem with = provincial;
    with.otherKeys.push_back(provincial.desired.facts.sourceKey);
    return findDuplicate(with, firstKey);
}

bool Judge::findDuplicate(const ProvincialItem& provincial, std::string_view keys) {
    Finding finding = findingOf(FindingKind::Duplicate, provincial);
    finding.provincialValue = "源主键 ";
    finding.provincialValue += keys;
    for (const std::string& key : provincial.otherKeys) finding.provincialValue += "、" + key;
    ++tally_.differing;
    return put(finding, FindingKind::Duplicate, duplicateProvincialWording());
}

bool Judge::legacy(const ProvincialItem& provincial, const NationalItem& national) {
    // What has ended is not converted any more, and is no registration either.
    const CertState held = stateOf(national.row.record);
    if (held != CertState::None && !active(held)) return onlyProvincial(provincial);
    compared(provincial.desired.facts.authority);
    if (const BlockedRow* row = standingBlock(provincial)) return findBlocked(*row, &provincial, &national);
    std::vector<Attempt> attempts;
    if (!recallAttempts(provincial.number(), attempts)) return false;
    if (fresherThanView(attempts)) return excusedAsFresher(provincial.number());
    Finding finding = findingOf(FindingKind::LegacyNotConverted, provincial);
    finding.provincialValue = provincial.number();
    finding.nationalValue = national.number();
    const auto number = CertificateNumber::parse(provincial.number());
    ++tally_.differing;
    return put(finding, FindingKind::LegacyNotConverted, legacyWording(number && number->legacy(), false));
}

bool Judge::legacyBeside(const NationalItem& national) {
    if (!active(stateOf(national.row.record))) return true;
    Finding finding = nationalFinding(FindingKind::LegacyNotConverted, national);
    finding.provincialValue = meetingNumber(national.number());
    finding.nationalValue = national.number();
    return put(finding, FindingKind::LegacyNotConverted, legacyWording(false, true));
}

bool Judge::sharedIdentifier(std::string_view number, std::string_view other, std::string_view identifier,
                             std::string_view authority) {
    Finding finding;
    finding.number = number;
    finding.kind = word(FindingKind::IdentifierDuplicate);
    finding.field = "zzeCertID";
    finding.provincialValue = std::string("同标识：").append(other);
    finding.nationalValue = identifier;
    finding.authority = authority.empty() ? kNoAuthority : authority;
    return put(finding, FindingKind::IdentifierDuplicate, identifierWording());
}

bool Judge::sharedInProvince(const Sharer& one, const std::string& other, std::string_view identifier) {
    Finding finding;
    finding.number = one.number;
    finding.kind = word(FindingKind::IdentifierDuplicate);
    finding.field = kLicenceIdentifier;
    finding.provincialValue = identifier;
    finding.nationalValue = "省系统同标识：" + other;
    finding.authority = one.authority.empty() ? kNoAuthority : one.authority;
    finding.company = one.company;
    return put(finding, FindingKind::IdentifierDuplicate, provincialIdentifierWording());
}

const BlockedRow* Judge::standingBlock(const ProvincialItem& provincial) {
    const BlockedRow* row = memory_.blockedOf(provincial.number(), provincial.desired.facts.sourceKey);
    return row == nullptr || row->dismissed ? nullptr : row;
}

bool Judge::blocked(const BlockedRow& row) { return row.dismissed || findBlocked(row, nullptr, nullptr); }

/// It hides what else differs, which stays as it was found.
bool Judge::findBlocked(const BlockedRow& row, const ProvincialItem* provincial, const NationalItem* national) {
    const FindingKind kind = blockedKind(row.advice);
    Finding finding;
    if (provincial != nullptr) finding = findingOf(kind, *provincial);
    finding.number = shownKey(row.number);
    finding.kind = word(kind);
    finding.field = row.advice.field;
    finding.authority = row.authority.empty() ? kNoAuthority : row.authority;
    if (const auto field = fieldOf(row.advice.field)) {
        if (provincial != nullptr) finding.provincialValue = provincial->desired.record[*field];
        if (national != nullptr) finding.nationalValue = national->row.record[*field];
    } else if (national != nullptr) {
        finding.nationalValue = stateName(*national);
    }
    // What stands in no view, or equal in both, was counted as that.
    if (provincial != nullptr || national != nullptr) ++tally_.differing;
    return put(finding, kind, {blockedCause(row), row.advice.help, row.advice.owner}) && keep(shownKey(row.number));
}

bool Judge::findBlocked(const Advice& advice, const ProvincialItem& provincial) {
    const FindingKind kind = blockedKind(advice);
    Finding finding = findingOf(kind, provincial);
    finding.field = advice.field;
    if (const auto field = fieldOf(advice.field)) finding.provincialValue = provincial.desired.record[*field];
    ++tally_.differing;
    const std::string number = finding.number;
    return put(finding, kind, {advice.why, advice.help, advice.owner}) && keep(number);
}

bool Judge::keep(const std::string& number, std::string_view excuse) { return !keep_ || keep_(number, excuse); }

bool Judge::excused(const std::string& number, std::uint64_t Tally::*as, std::string_view excuse) {
    ++(tally_.*as);
    return keep(number, excuse);
}

bool Judge::excusedAsFresher(const std::string& number) {
    return excused(number, &Tally::fresher, fresherExcuse(*settings_.viewMadeAt));
}

bool Judge::settled() {
    ++tally_.equal;
    return true;
}

bool Judge::fresherThanView(const std::vector<Attempt>& attempts) const {
    return settings_.viewMadeAt && std::ranges::any_of(attempts, [&](const Attempt& attempt) {
               const bool changes = attempt.operation.starts_with("assign") ||
                                    attempt.operation.starts_with("update") || attempt.operation == "identity";
               return changes && attempt.accepted() && attempt.endedAt > *settings_.viewMadeAt;
           });
}

bool Judge::underWay(const Recollection& recollection) const {
    return recollection.intent && settings_.now - recollection.intent->createdAt < settings_.inFlight;
}

Finding Judge::findingOf(FindingKind kind, const ProvincialItem& provincial) {
    const Desired& desired = provincial.desired;
    Finding finding;
    finding.number = shownKey(ledgerKey(desired));
    finding.kind = word(kind);
    finding.authority = desired.facts.authority.empty() ? kNoAuthority : desired.facts.authority;
    finding.company = desired.record[Field::CompanyName];
    return finding;
}

bool Judge::put(Finding& finding, FindingKind kind, Wording wording) {
    finding.cause = std::move(wording.cause);
    finding.help = std::move(wording.help);
    finding.owner = wording.owner;
    finding.firstSeen = settings_.now;
    finding.lastSeen = settings_.now;
    std::array<std::string, 3> key{finding.number, finding.kind, finding.field};
    if (key != last_) tally_.count(kind, finding.authority);
    last_ = std::move(key);
    return findings_(finding);
}

bool Judge::repair(const std::string& number, const NationalItem* national) {
    if (!repairs_) return true;
    Repair wanted{number, std::nullopt};
    if (national != nullptr) wanted.national = national->row;
    return repairs_(std::move(wanted));
}

bool Judge::recall(std::string_view number, Recollection& into) {
    Result<Recollection> past = memory_.of(number);
    if (!past) {
        failure_ = past.error();
        return false;
    }
    into = std::move(*past);
    return true;
}

bool Judge::recallAttempts(std::string_view number, std::vector<Attempt>& into) {
    auto attempts = memory_.attemptsOf(number);
    if (!attempts) {
        failure_ = attempts.error();
        return false;
    }
    into = std::move(*attempts);
    return true;
}

void Judge::compared(std::string_view authority) {
    ++tally_.compared;
    ++tally_.of(authority).compared;
}

}  // namespace lianzheng
