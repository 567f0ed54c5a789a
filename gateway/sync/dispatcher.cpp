#include "gateway/sync/dispatcher.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "gateway/sync/read_back.h"

namespace lianzheng {

using namespace std::chrono_literals;

namespace {

/// No more than a crash may leave in doubt, nor than a manual push may have to wait for: as many again as may be under
/// way, or this. It is allowed by and by, as answers come: a platform that is away is not asked two hundred times.
constexpr std::size_t kAheadAtMost = 200;

}  // namespace

Result<Standing> Dispatcher::standingOf(const std::string& number) {
    auto standings = parts_.store.standings(std::span(&number, 1));
    if (!standings) return tl::unexpected(standings.error());
    if (standings->empty()) return failed(Fault::Corrupt, "dispatch.standing", "ledger_entry_gone");
    return std::move(standings->front());
}

std::vector<OutboxRow> Dispatcher::rowsOf(Flight flight) {
    std::vector<OutboxRow> rows = std::move(flight.others);
    rows.insert(rows.begin(), std::move(flight.row));
    return rows;
}

void Dispatcher::begin(Claimed claimed) {
    const std::string_view pacedAs = claimed.pacedAs();
    Flight flight;
    flight.row = std::move(claimed.row);
    flight.others = std::move(claimed.others);
    fly(std::move(flight), pacedAs, std::move(claimed.request));
}

void Dispatcher::fly(Flight flight, std::string_view pacedAs, Request request) {
    flight.startedAt = parts_.clock.now();
    flight.operation = pacedAs;
    itemsUnderWay_ += 1 + flight.others.size();
    const Ticket ticket = parts_.platform.start(std::move(request));
    flights_.emplace(ticket, std::move(flight));
}

void Dispatcher::askBack(Flight flight) {
    QueryCertificate query;
    query.certNum = flight.asked == 0 ? flight.row.number : std::string{};
    if (flight.asked == 1) query.identityCard = flight.row.person;
    flight.asked += 1;
    fly(std::move(flight), "query", Request{std::move(query)});
}

void Dispatcher::note(const Flight& flight, const Settlement& settlement) {
    const TimePoint now = parts_.clock.now();
    Traffic::Line& line = parts_.traffic.line(flight.operation);
    if (flight.told) return countOutcome(settlement.tally);
    switch (settlement.health) {
        case Settlement::Health::Answered:
            line.breaker.succeeded();
            line.pacer.passed(flight.startedAt, now);
            heard_ = true;
            ahead_ = std::min(ahead_ + 1, std::max(kAheadAtMost, itemsInCalls()));
            break;
        case Settlement::Health::Throttled:
            line.breaker.succeeded();
            line.pacer.throttled(flight.startedAt, now, settlement.notBefore);
            heard_ = true;
            break;
        case Settlement::Health::Away:
            line.breaker.failed(now, settlement.notBefore);
            ahead_ = 0;
            unreached_ = unreached_ || settlement.tally == Settlement::Tally::Deferred;
            break;
        case Settlement::Health::Denied:
            tally_.denied = true;
            mustStop_ = true;
            break;
    }
    countOutcome(settlement.tally);
}

void Dispatcher::countOutcome(Settlement::Tally outcome) {
    switch (outcome) {
        case Settlement::Tally::Accepted:
            tally_.accepted += 1;
            break;
        case Settlement::Tally::Refused:
            tally_.refused += 1;
            break;
        case Settlement::Tally::Deferred:
            tally_.deferred += 1;
            break;
        case Settlement::Tally::Unconfirmed:
            tally_.unconfirmed += 1;
            break;
        case Settlement::Tally::Replanned:
            tally_.replanned += 1;
            break;
        case Settlement::Tally::None:
            break;
    }
}

Status Dispatcher::settleOne(Flight flight, const Standing& standing, const Completion& completion,
                             std::vector<Change>& group) {
    const TimePoint now = parts_.clock.now();
    Settlement settlement;
    if (flight.asked == 0) {
        const double dice = parts_.random.unit();
        settlement = flight.check ? settler_.settleCheck(flight.row, standing, completion, flight.startedAt, now, dice)
                                  : settler_.settle(flight.row, standing, completion, flight.startedAt, now, dice);
        if (settlement.next == Settlement::Next::ReadBack) {
            std::move(settlement.changes.begin(), settlement.changes.end(), std::back_inserter(group));
            flight.refusal = completion.outcome->message;
            askBack(std::move(flight));
            return ok();
        }
        const bool passed = completion.outcome && completion.outcome->kind != Verdict::Kind::Refused;
        if (flight.check && passed) admitted_.insert(flight.row.eCertId);
    } else {
        const bool answered = Settler::answersQuery(completion, parts_.refusals);
        if (answered && completion.outcome->holdings) {
            const auto& items = completion.outcome->holdings->items;
            flight.holdings.items.insert(flight.holdings.items.end(), items.begin(), items.end());
        }
        // Absence is believed only when number and identity number were both asked.
        if (answered && flight.asked == 1 && itemOf(flight.holdings, flight.row.number) == nullptr) {
            askBack(std::move(flight));
            return ok();
        }
        settlement = Settler::isThrottled(completion, parts_.refusals)
                         ? settler_.askedTooFast(flight.row, completion, now)
                         : settler_.settleReadBack(flight.row, standing, flight.refusal,
                                                   answered ? &flight.holdings : nullptr, now, parts_.random.unit());
    }
    if (asking_.contains(flight.row.id)) answered_.push_back(flight.row.id);
    limits_.judged(flight.row.id);
    note(flight, settlement);
    wake(flight.row.number, now, group);
    if (settlement.next == Settlement::Next::Stop) mustStop_ = true;
    std::move(settlement.changes.begin(), settlement.changes.end(), std::back_inserter(group));
    return ok();
}

Status Dispatcher::settle(std::vector<Completion> completions, std::vector<Change>& group) {
    std::vector<Flight> landed;
    std::vector<std::string> numbers;
    std::erase_if(completions, [&](Completion& completion) {
        auto question = questions_.extract(completion.ticket);
        if (!question.empty()) told_.emplace_back(std::move(question.mapped()), std::move(completion));
        return !question.empty();
    });
    for (const Completion& completion : completions) {
        auto node = flights_.extract(completion.ticket);
        if (node.empty()) return failed(Fault::Corrupt, "dispatch.settle", "unknown_ticket");
        landed.push_back(std::move(node.mapped()));
        itemsUnderWay_ -= 1 + landed.back().others.size();
        numbers.push_back(landed.back().row.number);
        for (const OutboxRow& other : landed.back().others) numbers.push_back(other.number);
    }
    const auto standings = parts_.store.standings(numbers);
    if (!standings) return tl::unexpected(standings.error());
    if (standings->size() != numbers.size()) return failed(Fault::Corrupt, "dispatch.settle", "ledger_entry_gone");
    std::span<const Standing> left = *standings;
    for (std::size_t i = 0; i < landed.size(); ++i) {
        Flight& flight = landed[i];
        const auto its = left.first(1 + flight.others.size());
        left = left.subspan(its.size());
        const Status done = flight.batch            ? settleBatch(std::move(flight), its, completions[i], group)
                            : flight.others.empty() ? settleOne(std::move(flight), its.front(), completions[i], group)
                                                    : settleTogether(std::move(flight), its, completions[i], group);
        if (!done) return done;
    }
    return ok();
}

/// A pause asked for by another process ends what is sent within a second.
Status Dispatcher::lookForPause() {
    const TimePoint now = parts_.clock.now();
    if (now < lookAgainAt_) return ok();
    lookAgainAt_ = now + 1s;
    const auto paused = parts_.store.wordOf("paused");
    if (!paused) return tl::unexpected(paused.error());
    paused_ = !paused->empty();
    return ok();
}

Result<Dispatcher::Tally> Dispatcher::run(std::uint64_t atMost, const std::stop_token& stop, Lane upTo) {
    tally_ = Tally{};
    mustStop_ = false;
    paused_ = false;
    admitted_.clear();
    waits_.clear();
    heard_ = false;
    unreached_ = false;
    lookAgainAt_ = {};
    listenAgainAt_ = {};
    upTo_ = upTo;
    emptyTill_ = {};
    if (const Status recalled = parts_.traffic.recall(parts_.store); !recalled) return tl::unexpected(recalled.error());
    std::vector<Change> group;
    std::optional<TimePoint>
        deadline;  // of a stop: what is then under way stays `sending`, which the next start doubts
    while (true) {
        if (const Status looked = lookForPause(); !looked) return tl::unexpected(looked.error());
        const std::uint64_t outcomes = tally_.accepted + tally_.refused + tally_.unconfirmed;
        const bool ending = stop.stop_requested() || mustStop_ || outcomes >= atMost;
        if (!ending && !paused_) {
            if (const Status done = claim(group); !done) return tl::unexpected(done.error());
        }
        if (!group.empty()) {
            parts_.traffic.remember(parts_.clock.now(), group);
            if (const Status done = parts_.store.commit(group); !done) return tl::unexpected(done.error());
            group.clear();
            committed_ = true;
            looked_ = false;
            for (const std::int64_t id : std::exchange(answered_, {})) asking_.erase(id);
            for (const std::string& number : std::exchange(ended_, {})) gate_.ended(number);
            if (progress) progress(tally_);
        }
        launch();
        if (const Status attended = attend(ending); !attended) return tl::unexpected(attended.error());
        if (flights_.empty() && questions_.empty()) {
            if (ending) break;
            if (visits_.hasMore()) continue;
            if (paused_) break;
            const auto more = moreDue(stop);
            if (!more) return tl::unexpected(more.error());
            if (!*more) break;
            continue;
        }
        if (stop.stop_requested()) {
            const TimePoint now = parts_.clock.now();
            if (!deadline) deadline = now + 5s;
            if (now >= *deadline) break;
        }
        auto completions = parts_.platform.poll(patience(), std::stop_token{});
        if (const Status done = settle(std::move(completions), group); !done) return tl::unexpected(done.error());
    }
    if (const auto waits = photos_.takeWaits(); waits.rows != 0) {
        parts_.log.warning("photo.deferred", {{"rows", waits.rows}, {"code", waits.code}});
    }
    // Too few calls to trip the breaker, but not one of them got through.
    tally_.away = tally_.away || (unreached_ && !heard_);
    return tally_;
}

}  // namespace lianzheng
