#include "gateway/sync/settlement_records.h"

#include <iterator>
#include <utility>
#include <variant>

#include "mappings/masked.h"

namespace lianzheng {

TimePoint decidedAt(const OutboxRow& row) {
    const auto* assign = std::get_if<AssignCode>(&row.step.request);
    if (assign == nullptr) return row.createdAt;
    const OperateType type = assign->operateType;
    if (type != OperateType::Issue && type != OperateType::Renew && type != OperateType::TransferIn) {
        return row.createdAt;
    }
    const auto printed = Date::parse(assign->record[Field::IssuDate]);
    return printed ? std::min(printed->beginsInShanghai(), row.createdAt) : row.createdAt;
}

SentCall eventOf(const OutboxRow& row) {
    return {row.id, row.number, row.person, row.eCertId, stepName(row.step), decidedAt(row)};
}

SentCall checkOf(const OutboxRow& row) {
    SentCall call = eventOf(row);
    const auto* assign = std::get_if<AssignCode>(&row.step.request);
    call.operation = "check";
    if (assign != nullptr) call.operation.append(".").append(code(assign->operateType));
    return call;
}

std::string maskedText(std::string message, const std::string& person) {
    for (std::size_t at = 0; !person.empty() && (at = message.find(person, at)) != std::string::npos;) {
        const std::string stars = masked(person);
        message.replace(at, person.size(), stars);
        at += stars.size();
    }
    return withoutIdentities(message);
}

Attempt attemptOf(const SentCall& call, const Completion& completion, TimePoint startedAt, TimePoint now) {
    Attempt attempt;
    attempt.outboxId = call.outboxId;
    attempt.number = call.number;
    attempt.eCertId = call.eCertId;
    attempt.operation = call.operation;
    attempt.startedAt = startedAt;
    attempt.endedAt = now;
    attempt.httpStatus = completion.httpStatus;
    attempt.requestId = completion.requestId;
    attempt.decidedAt = call.decidedAt;
    if (completion.outcome) {
        const Verdict& verdict = *completion.outcome;
        attempt.outcome = verdict.kind == Verdict::Kind::Refused                ? "refused"
                          : verdict.kind == Verdict::Kind::AcceptedWithWarnings ? "warned"
                                                                                : "accepted";
        attempt.message = maskedText(verdict.message, call.person);
    } else {
        attempt.outcome = word(completion.outcome.error().fault);
        attempt.message = completion.outcome.error().code;
    }
    return attempt;
}

void writeDown(const SentCall& call, const Completion& completion, Attempt attempt, std::vector<Change>& changes) {
    Evidence evidence;
    evidence.requestId = completion.requestId;
    evidence.operation = call.operation;
    evidence.sentAt = attempt.startedAt;
    evidence.answeredAt = attempt.endedAt;
    evidence.businessDigest = completion.businessDigest;
    evidence.replyDigest = completion.replyDigest;
    const std::string verdict = attempt.refusal.empty() ? attempt.outcome : attempt.outcome + ":" + attempt.refusal;
    evidence.items.push_back({call.number, call.eCertId, verdict});
    changes.emplace_back(AddEvidence{std::move(evidence)});
    changes.emplace_back(AddAttempt{std::move(attempt)});
}

void joinEvidence(std::vector<Change>& changes, std::size_t from, std::string_view operation) {
    Evidence* joined = nullptr;
    std::size_t kept = from;
    for (std::size_t i = from; i < changes.size(); ++i) {
        if (auto* more = std::get_if<AddEvidence>(&changes[i]); more != nullptr && joined != nullptr) {
            auto& items = more->evidence.items;
            std::move(items.begin(), items.end(), std::back_inserter(joined->items));
            continue;
        }
        if (kept != i) changes[kept] = std::move(changes[i]);
        if (auto* first = std::get_if<AddEvidence>(&changes[kept])) {
            joined = &first->evidence;
            joined->operation = operation;
        }
        ++kept;
    }
    changes.erase(changes.begin() + static_cast<std::ptrdiff_t>(kept), changes.end());
}

BlockedRow blockedFor(const OutboxRow& row, Advice advice, std::string message, TimePoint now) {
    BlockedRow blocked;
    blocked.number = row.number;
    blocked.sourceKey = row.sourceKey;
    blocked.authority = row.authority;
    blocked.person = row.person;
    blocked.company = row.company;
    blocked.advice = std::move(advice);
    blocked.message = std::move(message);
    blocked.origin = "platform";
    blocked.seen = row.step.seen;
    blocked.since = now;
    return blocked;
}

WriteBack writeBackFor(const OutboxRow& row, const LedgerEntry& ledger, CertificateType type, TimePoint now) {
    return WriteBack{
        row.sourceKey,    row.number, ledger.codeId, ledger.zzeCertId, std::string(code(type, ledger.state)),
        shanghaiText(now)};
}

}  // namespace lianzheng
