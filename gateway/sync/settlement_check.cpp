#include <algorithm>
#include <utility>

#include "gateway/sync/settlement.h"
#include "gateway/sync/settlement_records.h"

namespace lianzheng {

using namespace std::chrono_literals;

Settlement Settler::unchecked(const OutboxRow& row, const Standing& standing, const Error& error, TimePoint now,
                              double dice) const {
    const Error asRetryable{Fault::InDoubt, error.where, error.code, error.retryAfter};
    const auto next = nextAttempt(settings_.retry, asRetryable, row.attempts + 1, now, dice);
    Settlement settlement;
    if (next) {
        settlement.tally = Settlement::Tally::Deferred;
        settlement.changes.emplace_back(MoveIntent{row.id, row.state, row.state, row.attempts + 1, row.sends, *next});
    } else {  // nothing has left, so nothing is lost by setting it aside; the daily check takes it up again
        const Advice advice{"check_unanswered", "", "发送前的校验多次未得到部平台的明确答复，业务尚未发送。",
                            "系统每日自动重新校验；如持续出现，请省中心联系部平台。", Owner::ProvinceCentre};
        BlockedRow blocked = blockedFor(row, advice, error.code, now);
        blocked.checkAt = now + settings_.blockedReview;
        settlement = setAside(row, standing, std::move(blocked), now);
    }
    settlement.health = Settlement::Health::Away;
    return settlement;
}

bool Settler::isThrottled(const Completion& completion, const RefusalCatalogue& refusals) {
    if (!completion.outcome) return completion.outcome.error().fault == Fault::Throttled;
    return completion.outcome->kind == Verdict::Kind::Refused &&
           refusals.classify(completion.outcome->message).reaction == RefusalReaction::SlowDown;
}

Settlement Settler::askedTooFast(const OutboxRow& row, const Completion& completion, TimePoint now) const {
    Settlement settlement;
    settlement.health = Settlement::Health::Throttled;
    if (!completion.outcome) settlement.notBefore = completion.outcome.error().retryAfter.value_or(0s);
    const bool unsent = row.state == OutboxState::Queued;
    settlement.tally = unsent ? Settlement::Tally::Deferred : Settlement::Tally::Unconfirmed;
    settlement.changes.emplace_back(MoveIntent{row.id, row.state, unsent ? row.state : OutboxState::Unconfirmed,
                                               row.attempts, row.sends,
                                               now + std::max<std::chrono::milliseconds>(1s, settlement.notBefore)});
    return settlement;
}

Settlement Settler::settleCheck(const OutboxRow& row, const Standing& standing, const Completion& completion,
                                TimePoint startedAt, TimePoint now, double dice) const {
    const SentCall call = checkOf(row);
    Attempt attempt = attemptOf(call, completion, startedAt, now);
    Settlement settlement;
    if (!completion.outcome) {
        const Error& error = completion.outcome.error();
        // Somebody was there, but gave no verdict: what would leave the event in doubt counts a try here too.
        const bool answered = error.fault == Fault::Unavailable && completion.httpStatus != 0;
        if (error.fault == Fault::Cancelled) {
            settlement = notSent(row, now);
        } else if (answered || error.fault == Fault::InDoubt || error.fault == Fault::Corrupt) {
            settlement = unchecked(row, standing, error, now, dice);
            if (error.fault == Fault::Corrupt) settlement.next = Settlement::Next::Stop;
        } else {
            settlement = faulted(row, standing, error, now, dice);
        }
    } else if (completion.outcome->kind == Verdict::Kind::Refused) {
        const Refusal& refusal = refusals_.classify(completion.outcome->message);
        attempt.refusal = refusal.id;
        settlement = refused(row, standing, refusal, completion.outcome->message, now);
    }
    writeDown(call, completion, std::move(attempt), settlement.changes);
    return settlement;
}

}  // namespace lianzheng
