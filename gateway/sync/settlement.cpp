#include "gateway/sync/settlement.h"

#include <utility>

#include "gateway/sync/read_back.h"
#include "gateway/sync/settlement_records.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

bool endsSomething(const OutboxRow& row) {
    const auto* update = std::get_if<UpdateState>(&row.step.request);
    return update != nullptr && (update->operateType == OperateType::End || update->operateType == OperateType::Lapse);
}

bool isCollect(const OutboxRow& row) { return std::holds_alternative<CollectLicence>(row.step.request); }

/// How often the bytes of the event may have left before this call.
int sendsBefore(const OutboxRow& row) { return row.state == OutboxState::Sending ? row.sends - 1 : row.sends; }

/// Whether a change of which nothing can be seen from outside was accepted is for people to find out. What is sent
/// after that is one new event, which leaves the platform as the province says in either case.
Advice unclearAdvice(std::string why = "回执丢失，回读内容无法判断本次变更是否已被受理。") {
    return {std::string(BlockedRow::kUnconfirmed), "", std::move(why),
            "请省中心凭证书编号向部平台核实；核实后执行 lianzheng resync 证书编号 --reason 原因 --force，"
            "将以一笔新业务重新发送本次变更（无论此前是否受理，结果一致）。",
            Owner::ProvinceCentre};
}

/// This send came to nothing, but an earlier one may have been accepted: a person looks, and the doubt stays.
Settlement stillInDoubt(const OutboxRow& row, BlockedRow blocked, TimePoint dueAt) {
    Settlement settlement;
    settlement.tally = Settlement::Tally::Unconfirmed;
    settlement.changes.emplace_back(
        MoveIntent{row.id, OutboxState::Sending, OutboxState::Unconfirmed, row.attempts, row.sends - 1, dueAt});
    settlement.changes.emplace_back(PutBlocked{std::move(blocked)});
    return settlement;
}

}  // namespace

Settlement Settler::acceptedAs(const OutboxRow& row, const Standing& standing, const std::string& codeId,
                               TimePoint now) const {
    Settlement settlement;
    settlement.tally = Settlement::Tally::Accepted;
    Outcome outcome = accepted(row.step, standing.ledger, standing.acknowledged, row.eCertId, codeId, now);
    settlement.changes.emplace_back(RemoveIntent{row.id, row.state});
    settlement.changes.emplace_back(PutWriteBack{writeBackFor(row, outcome.ledger, settings_.type, now)});
    const HeldCertificate was = heldOf(row.number, standing.acknowledged, CertState::None);
    const HeldCertificate is = heldOf(row.number, outcome.acknowledged, CertState::None);
    settlement.changes.emplace_back(PutLedger{std::move(outcome.ledger)});
    settlement.changes.emplace_back(PutAcknowledged{row.number, std::move(outcome.acknowledged), was == is});
    settlement.changes.emplace_back(ClearBlocked{row.number});
    if (isCollect(row)) return settlement;
    settlement.changes.emplace_back(MarkRelatedDirty{row.person, row.company, row.number});
    // Whom and where it has left may now have what it held.
    const std::string formerly = was.person != row.person ? was.person : std::string{};
    const std::string from = was.company != row.company ? was.company : std::string{};
    if (!formerly.empty() || !from.empty()) {
        settlement.changes.emplace_back(MarkRelatedDirty{formerly, from, row.number});
    }
    return settlement;
}

Settlement Settler::notSent(const OutboxRow& row, TimePoint dueAt) const {
    Settlement settlement;
    settlement.tally = Settlement::Tally::Deferred;
    const int before = sendsBefore(row);
    const bool doubtful = before > 0;  // an earlier send may still have been accepted
    settlement.changes.emplace_back(MoveIntent{
        row.id, row.state, doubtful ? OutboxState::Unconfirmed : OutboxState::Queued, row.attempts, before, dueAt});
    return settlement;
}

Settlement Settler::inDoubt(const OutboxRow& row, const Standing& standing, const Error& error, TimePoint now,
                            double dice) const {
    (void)standing;
    Settlement settlement;
    settlement.tally = Settlement::Tally::Unconfirmed;
    settlement.health = Settlement::Health::Away;
    const Error asRetryable{Fault::InDoubt, error.where, error.code, error.retryAfter};
    const auto next = nextAttempt(settings_.retry, asRetryable, row.attempts + 1, now, dice);
    settlement.changes.emplace_back(MoveIntent{row.id, row.state, OutboxState::Unconfirmed, row.attempts + 1, row.sends,
                                               next.value_or(now + settings_.blockedReview)});
    if (!next) {
        const Advice advice{std::string(BlockedRow::kUnconfirmed), "",
                            "多次发送后仍未收到部平台的明确回执，是否受理未知。",
                            "系统每日以同一业务流水号重发，不会重复受理；如需立即重发，执行 "
                            "lianzheng resync 证书编号 --reason 原因 --force。",
                            Owner::ProvinceCentre};
        settlement.changes.emplace_back(PutBlocked{blockedFor(row, advice, error.code, now)});
    }
    return settlement;
}

Settlement Settler::refused(const OutboxRow& row, const Standing& standing, const Refusal& refusal,
                            const std::string& message, TimePoint now) const {
    Settlement settlement;
    if (refusal.reaction == RefusalReaction::SlowDown) {
        settlement = notSent(row, now + 1s);
        settlement.health = Settlement::Health::Throttled;
        return settlement;
    }
    const bool absent = refusal.reaction == RefusalReaction::RecordAbsent && endsSomething(row);
    const bool doubtful = row.sends > 1;
    const bool known = refusal.reaction == RefusalReaction::ReadBack;
    if (settings_.readBack && (doubtful || known || absent)) {
        settlement.next = Settlement::Next::ReadBack;
        return settlement;
    }
    if (absent) return acceptedAs(row, standing, "", now);  // the platform never had it: nothing is left to end
    if (doubtful && known) {  // a repeat of what it took, or somebody else's: it cannot be asked which
        const Advice advice =
            unclearAdvice("回执丢失，再次发送时部平台答复编号已存在，无法回读，本次变更是否已被受理未知。");
        return setAside(row, standing, blockedFor(row, advice, maskedText(message, row.person), now), now);
    }
    BlockedRow blocked = blockedFor(row, adviceFor(refusal, message, row.number), maskedText(message, row.person), now);
    if (std::holds_alternative<AssignCode>(row.step.request)) blocked.checkAt = now + settings_.blockedReview;
    return setAside(row, standing, std::move(blocked), now);
}

Settlement Settler::setAside(const OutboxRow& row, const Standing& standing, BlockedRow blocked, TimePoint now) const {
    Settlement settlement;
    settlement.tally = Settlement::Tally::Refused;
    settlement.changes.emplace_back(RemoveIntent{row.id, row.state});
    settlement.changes.emplace_back(PutBlocked{std::move(blocked)});
    LedgerEntry ledger = standing.ledger;
    ledger.reviewAt = now + settings_.blockedReview;
    settlement.changes.emplace_back(PutLedger{std::move(ledger)});
    return settlement;
}

Settlement Settler::unsendable(const OutboxRow& row, const Standing& standing, const Invalid& problem,
                               TimePoint now) const {
    BlockedRow blocked = blockedFor(row, adviceFor(problem), "", now);
    blocked.origin = "photo";  // looked for again at each review: a picture may come without the row saying so
    return setAside(row, standing, std::move(blocked), now);
}

Settlement Settler::heldBack(const OutboxRow& row, const Standing& standing, const Advice& advice,
                             TimePoint now) const {
    BlockedRow blocked = blockedFor(row, advice, "", now);
    blocked.origin = BlockedRow::kRules;
    return setAside(row, standing, std::move(blocked), now);
}

Settlement Settler::settleBeside(const OutboxRow& row, const Standing& standing, const Completion& completion,
                                 const Advice& advice, TimePoint startedAt, TimePoint now) const {
    const SentCall call = eventOf(row);
    Settlement settlement = heldBack(row, standing, advice, now);
    writeDown(call, completion, attemptOf(call, completion, startedAt, now), settlement.changes);
    return settlement;
}

Settlement Settler::askApart(const OutboxRow& row, const Completion& completion, int sends, TimePoint startedAt,
                             TimePoint now) const {
    const SentCall call = eventOf(row);
    Settlement settlement;
    settlement.changes.emplace_back(MoveIntent{
        row.id, row.state, sends > 0 ? OutboxState::Unconfirmed : OutboxState::Queued, row.attempts, sends, now});
    writeDown(call, completion, attemptOf(call, completion, startedAt, now), settlement.changes);
    return settlement;
}

Settlement Settler::unrepeatable(const OutboxRow& row, const Standing& standing, TimePoint now) const {
    return setAside(row, standing, blockedFor(row, unclearAdvice(), "", now), now);
}

Settlement Settler::faulted(const OutboxRow& row, const Standing& standing, const Error& error, TimePoint now,
                            double dice) const {
    Settlement settlement;
    switch (error.fault) {
        case Fault::Unavailable:
        case Fault::Throttled:
            settlement = notSent(row, now + error.retryAfter.value_or(1s));
            settlement.health =
                error.fault == Fault::Throttled ? Settlement::Health::Throttled : Settlement::Health::Away;
            settlement.notBefore = error.retryAfter.value_or(0s);
            return settlement;
        case Fault::Denied:
            settlement = notSent(row, now + 60s);
            settlement.health = Settlement::Health::Denied;
            return settlement;
        case Fault::Rejected: {
            const Advice advice{"transport_rejected", "", "部平台或前置网关拒收请求（报文过大或类型不符）。",
                                "请检查照片大小与接口配置。", Owner::ProvinceCentre};
            BlockedRow blocked = blockedFor(row, advice, error.code, now);
            if (row.sends > 1) return stillInDoubt(row, std::move(blocked), now + settings_.blockedReview);
            return setAside(row, standing, std::move(blocked), now);
        }
        case Fault::InDoubt:
        case Fault::Cancelled:  // a stop in mid-flight: whether it arrived is unknown
            settlement = inDoubt(row, standing, error, now, dice);
            if (error.fault == Fault::Cancelled) settlement.health = Settlement::Health::Answered;
            return settlement;
        case Fault::Corrupt:
            settlement = inDoubt(row, standing, error, now, dice);
            settlement.next = Settlement::Next::Stop;
            return settlement;
    }
    return settlement;
}

Settlement Settler::settle(const OutboxRow& row, const Standing& standing, const Completion& completion,
                           TimePoint startedAt, TimePoint now, double dice) const {
    Settlement settlement;
    const SentCall call = eventOf(row);
    Attempt attempt = attemptOf(call, completion, startedAt, now);
    if (!completion.outcome) {
        settlement = faulted(row, standing, completion.outcome.error(), now, dice);
    } else if (completion.outcome->kind != Verdict::Kind::Refused) {
        const auto& verdict = *completion.outcome;
        settlement = acceptedAs(row, standing, verdict.code ? verdict.code->codeId : "", now);
    } else {
        const Refusal& refusal = refusals_.classify(completion.outcome->message);
        attempt.refusal = refusal.id;
        settlement = refused(row, standing, refusal, completion.outcome->message, now);
    }
    writeDown(call, completion, std::move(attempt), settlement.changes);
    return settlement;
}

bool Settler::answersQuery(const Completion& completion, const RefusalCatalogue& refusals) {
    return completion.outcome && !isThrottled(completion, refusals);
}

Settlement Settler::settleReadBack(const OutboxRow& row, const Standing& standing, const std::string& refusal,
                                   const Holdings* holdings, TimePoint now, double dice) const {
    if (holdings == nullptr) {  // could not be asked: as unknown as before
        const Error error{Fault::InDoubt, "read_back", "unavailable", {}};
        const bool unsent = row.state == OutboxState::Queued;
        return unsent ? unchecked(row, standing, error, now, dice) : inDoubt(row, standing, error, now, dice);
    }
    const Refusal& kind = refusals_.classify(refusal);
    const Holdings::Item* item = itemOf(*holdings, row.number);
    Holdings own;  // asked by identity number, the person's other certificates are shown too
    if (item != nullptr) own.items.push_back(*item);
    const ReadBack verdict = judgeReadBack(row.step, standing.acknowledged, standing.ledger.zzeCertId, own);
    const bool doubtful = sendsBefore(row) > 0;
    if (kind.reaction == RefusalReaction::RecordAbsent && endsSomething(row)) {
        // Nothing is left to end when it is not there, or has ended; one that is still shown has other data there.
        if (verdict == ReadBack::Absent || verdict == ReadBack::Accepted) return acceptedAs(row, standing, "", now);
        const Advice advice{"not_matched", "",
                            "部平台核对不上该证书的证件号码、单位或证照标识，注销未被受理，部平台仍显示该证书。",
                            "请省中心核对部平台登记的内容，更正后重新同步。", Owner::ProvinceCentre};
        return setAside(row, standing, blockedFor(row, advice, maskedText(refusal, row.person), now), now);
    }
    // A number that is known though we never sent it: somebody registered it before us.
    if (verdict == ReadBack::Accepted && doubtful) return acceptedAs(row, standing, "", now);
    const bool registering = standing.ledger.state == CertState::None;
    if (item != nullptr && registering && (!doubtful || verdict == ReadBack::NotAccepted)) {
        Settlement settlement;
        settlement.tally = Settlement::Tally::Refused;
        Outcome outcome = adoptedFrom(*item, standing.ledger);
        settlement.changes.emplace_back(RemoveIntent{row.id, row.state});
        settlement.changes.emplace_back(PutLedger{std::move(outcome.ledger)});
        settlement.changes.emplace_back(PutAcknowledged{row.number, std::move(outcome.acknowledged)});
        settlement.changes.emplace_back(ClearBlocked{row.number});
        return settlement;
    }
    // One that is known and yet not shown: the query does not answer for it, and says nothing of the event.
    const bool unseen =
        verdict == ReadBack::Absent && (refusal.empty() ? !registering : kind.reaction == RefusalReaction::ReadBack);
    const bool unclear = doubtful && (verdict == ReadBack::Unclear || unseen);
    if (refusal.empty() && !unclear) {  // it was not accepted: what the province says now is planned
        Settlement settlement;
        settlement.tally = Settlement::Tally::Replanned;
        LedgerEntry ledger = standing.ledger;
        ledger.dirty = true;
        settlement.changes.emplace_back(RemoveIntent{row.id, row.state});
        settlement.changes.emplace_back(PutLedger{std::move(ledger)});
        return settlement;
    }
    Advice advice = unclear ? unclearAdvice() : adviceFor(kind, refusal, row.number);
    return setAside(row, standing, blockedFor(row, std::move(advice), maskedText(refusal, row.person), now), now);
}

}  // namespace lianzheng
