#include <string>
#include <utility>

#include "gateway/reconcile/judge.h"

namespace lianzheng {
namespace {

constexpr std::string_view kNoAuthority = "province";

std::string stateName(const NationalItem& national) {
    return std::string(chineseName(certStateOf(national.row.record[Field::CertState]).value_or(CertState::None)));
}

/// Both the rules that are judged before sending and the platform's refusals by them are called rule_….
FindingKind blockedKind(const Advice& advice) {
    return advice.reason.starts_with("rule_") ? FindingKind::RuleConflict : FindingKind::Blocked;
}

Finding nationalFinding(FindingKind kind, const NationalItem& national) {
    Finding finding;
    finding.number = national.number().empty() ? national.row.rawNumber : national.number();
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
    if (const BlockedRow* row = memory_.blockedOf(national.number(), {})) {
        compared(row->authority);
        return findBlocked(*row, nullptr, &national);
    }
    Recollection past;
    if (!recall(national.number(), past)) return false;
    Finding finding = nationalFinding(FindingKind::MissingProvincial, national);
    if (past.ledger && !past.ledger->authority.empty()) finding.authority = past.ledger->authority;
    compared(finding.authority);
    if (underWay(past)) return excused(&Tally::inFlight);
    finding.provincialValue = "无此证";
    const bool ours = past.ledger && past.ledger->state != CertState::None;
    ++tally_.differing;
    return put(finding, FindingKind::MissingProvincial, missingProvincialWording(ours));
}

bool Judge::duplicateNational(const NationalItem& national) {
    Recollection past;
    if (!recall(national.number(), past)) return false;
    Finding finding = nationalFinding(FindingKind::Duplicate, national);
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
    compared(provincial.desired.facts.authority);
    if (const BlockedRow* row = memory_.blockedOf(provincial.number(), provincial.desired.facts.sourceKey)) {
        return findBlocked(*row, &provincial, &national);
    }
    Finding finding = findingOf(FindingKind::LegacyNotConverted, provincial);
    finding.provincialValue = provincial.number();
    finding.nationalValue = national.number();
    const auto number = CertificateNumber::parse(provincial.number());
    ++tally_.differing;
    return put(finding, FindingKind::LegacyNotConverted, legacyWording(number && number->legacy(), false));
}

bool Judge::legacyBeside(const NationalItem& national) {
    const auto state = certStateOf(national.row.record[Field::CertState]).value_or(CertState::None);
    if (state != CertState::Valid && state != CertState::Suspended) return true;
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

bool Judge::findBlocked(const BlockedRow& row, const ProvincialItem* provincial, const NationalItem* national) {
    if (row.dismissed) return true;
    const FindingKind kind = blockedKind(row.advice);
    Finding finding;
    if (provincial != nullptr) finding = findingOf(kind, *provincial);
    finding.number = row.number;
    finding.kind = word(kind);
    finding.field = row.advice.field;
    finding.authority = row.authority.empty() ? kNoAuthority : row.authority;
    if (const auto field = fieldOf(row.advice.field)) {
        if (provincial != nullptr) finding.provincialValue = provincial->desired.record[*field];
        if (national != nullptr) finding.nationalValue = national->row.record[*field];
    } else if (national != nullptr) {
        finding.nationalValue = stateName(*national);
    }
    ++tally_.differing;
    return put(finding, kind, {row.advice.why, row.advice.help, row.advice.owner});
}

bool Judge::findBlocked(const Advice& advice, const ProvincialItem& provincial) {
    const FindingKind kind = blockedKind(advice);
    Finding finding = findingOf(kind, provincial);
    finding.field = advice.field;
    if (const auto field = fieldOf(advice.field)) finding.provincialValue = provincial.desired.record[*field];
    ++tally_.differing;
    return put(finding, kind, {advice.why, advice.help, advice.owner});
}

bool Judge::excused(std::uint64_t Tally::*as) {
    ++(tally_.*as);
    return true;
}

bool Judge::underWay(const Recollection& recollection) const {
    return recollection.intent && settings_.now - recollection.intent->createdAt < settings_.inFlight;
}

Finding Judge::findingOf(FindingKind kind, const ProvincialItem& provincial) {
    const Desired& desired = provincial.desired;
    Finding finding;
    finding.number = provincial.number().empty() ? "源主键 " + desired.facts.sourceKey : provincial.number();
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
    tally_.count(kind, finding.authority);
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
