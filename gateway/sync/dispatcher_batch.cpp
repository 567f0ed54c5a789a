#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "gateway/sync/dispatcher.h"
#include "gateway/sync/settlement_records.h"

namespace lianzheng {

/// What is durable goes out: a change of employer by itself, the rest with others of its operation and lane, so that
/// nobody at the counter waits for a long call of the campaign's.
void Dispatcher::launch() {
    struct Gathering {
        std::vector<Claimed> items;
        std::size_t most = 0;
    };
    std::map<std::pair<Lane, std::string_view>, Gathering> calls;
    for (Claimed& claimed : std::exchange(claimed_, {})) {
        if (!claimed.others.empty()) {
            begin(std::move(claimed));
            continue;
        }
        const std::size_t own = limits_.of(claimed.row);
        Gathering& call = calls[{claimed.row.step.lane, claimed.pacedAs()}];
        if (call.items.size() >= std::min(call.most, own)) beginBatch(std::exchange(call.items, {}));
        call.most = call.items.empty() ? own : std::min(call.most, own);
        call.items.push_back(std::move(claimed));
    }
    for (auto& [key, call] : calls) beginBatch(std::move(call.items));
}

void Dispatcher::beginBatch(std::vector<Claimed> call) {
    if (call.empty()) return;
    if (call.size() == 1) return begin(std::move(call.front()));
    Flight flight;
    flight.batch = true;
    const std::string_view pacedAs = call.front().pacedAs();
    Batch batch;
    for (Claimed& claimed : call) {
        batch.items.push_back(std::move(claimed.request));
        if (batch.items.size() == 1) {
            flight.row = std::move(claimed.row);
        } else {
            flight.others.push_back(std::move(claimed.row));
        }
    }
    fly(std::move(flight), pacedAs, Request{std::move(batch)});
}

namespace {

bool isUnsaid(const Result<Verdict>& outcome) { return !outcome && outcome.error().code == "unsaid"; }

/// Whether every item was refused in the same words, so that they may be about the call, or about one of its items,
/// whoever is named. What tells of its speed, or that a number is known, is meant for each.
bool refusedAlike(const Completion& completion, const RefusalCatalogue& refusals) {
    if (completion.items.empty()) return false;
    const Result<Verdict>& first = completion.items.front();
    if (!first || first->kind != Verdict::Kind::Refused) return false;
    const RefusalReaction reaction = refusals.classify(first->message).reaction;
    if (reaction == RefusalReaction::SlowDown || reaction == RefusalReaction::ReadBack) return false;
    return std::all_of(completion.items.begin(), completion.items.end(), [&](const Result<Verdict>& item) {
        return item && item->kind == Verdict::Kind::Refused && item->message == first->message;
    });
}

/// The call as it was for each of its items, whose outcome is still to be put in.
Completion common(const Completion& completion) {
    Completion call;
    call.ticket = completion.ticket;
    call.outcome = completion.outcome;
    call.httpStatus = completion.httpStatus;
    call.businessDigest = completion.businessDigest;
    call.replyDigest = completion.replyDigest;
    call.requestId = completion.requestId;
    call.elapsed = completion.elapsed;
    call.clockSkew = completion.clockSkew;
    return call;
}

}  // namespace

Status Dispatcher::settleBatch(Flight flight, std::span<const Standing> standings, const Completion& completion,
                               std::vector<Change>& group) {
    const std::string_view operation = flight.operation;
    const TimePoint startedAt = flight.startedAt;
    const std::vector<OutboxRow> rows = rowsOf(std::move(flight));
    const std::size_t from = group.size();
    const TimePoint now = parts_.clock.now();
    const bool answered = !completion.items.empty();
    const bool slow = Settler::isThrottled(completion, parts_.refusals);
    const bool alike = refusedAlike(completion, parts_.refusals);
    const bool tooLarge = !completion.outcome && completion.outcome.error().fault == Fault::Rejected;
    Completion its = common(completion);
    bool told = false;  // of what befell the whole call the breaker and the pacer hear once
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Flight own;
        own.operation = operation;
        own.startedAt = startedAt;
        own.row = rows[i];
        its.outcome = answered ? completion.items[i] : completion.outcome;
        const bool unsaid = isUnsaid(its.outcome);
        if (tooLarge || alike || (unsaid && !slow)) {
            limits_.halve(rows[i].id, rows.size());
            const int sends = unsaid ? rows[i].sends : rows[i].sends - 1;
            const Settlement settlement = settler_.askApart(rows[i], its, sends, startedAt, now);
            note(own, settlement);
            group.insert(group.end(), settlement.changes.begin(), settlement.changes.end());
            continue;
        }
        if (unsaid) its.outcome = completion.outcome;
        own.told = (!answered || unsaid) && std::exchange(told, true);
        if (const Status done = settleOne(std::move(own), standings[i], its, group); !done) return done;
    }
    joinEvidence(group, from, operation);
    return ok();
}

}  // namespace lianzheng
