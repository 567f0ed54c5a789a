#include "gateway/sync/dispatcher.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/sync/read_back.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kClaimAtMost = 200;

}  // namespace

Result<Standing> Dispatcher::standingOf(const std::string& number) {
    auto ledger = parts_.store.find(number);
    if (!ledger) return tl::unexpected(ledger.error());
    if (!*ledger) return failed(Fault::Corrupt, "dispatch.standing", "ledger_entry_gone");
    auto acknowledged = parts_.store.acknowledged(number);
    if (!acknowledged) return tl::unexpected(acknowledged.error());
    return Standing{std::move(**ledger), std::move(*acknowledged)};
}

/// Claims what may be sent now: each claim joins `group`, and is sent only after the group is durable.
Status Dispatcher::claim(std::vector<Change>& group) {
    const TimePoint now = parts_.clock.now();
    const Breaker::Leave leave = breaker_.leave(now);
    if (leave == Breaker::Leave::None) return ok();
    // Some are claimed ahead, so that a commit serves many; no more than a crash may leave in doubt.
    std::size_t room = parts_.settings.concurrency * 2;
    if (leave == Breaker::Leave::Probe) room = 1;
    if (flights_.size() >= room || (leave == Breaker::Leave::All && flights_.size() > parts_.settings.concurrency)) {
        return ok();
    }
    std::size_t wanted = rate_.take(std::min(room - flights_.size(), kClaimAtMost), now);
    if (wanted == 0) return ok();
    auto due = parts_.store.dueIntents(now, wanted + checking_.size());
    if (!due) return tl::unexpected(due.error());
    for (OutboxRow& row : *due) {
        if (checking_.contains(row.id)) continue;
        if (wanted == 0) break;
        wanted -= 1;
        if (wantsCheck(row)) {
            beginCheck(std::move(row));
            continue;
        }
        row.sends += 1;
        group.emplace_back(MoveIntent{row.id, row.state, OutboxState::Sending, row.attempts, row.sends, row.dueAt});
        row.state = OutboxState::Sending;
        claimed_.push_back(std::move(row));
    }
    return ok();
}

/// Only an event of which nothing has left is checked: what is in doubt is settled by the same event.
bool Dispatcher::wantsCheck(const OutboxRow& row) const {
    using Check = SyncSettings::Check;
    const auto* assign = std::get_if<AssignCode>(&row.step.request);
    if (assign == nullptr || row.state != OutboxState::Queued || parts_.settings.check == Check::Never) return false;
    const bool isNew = assign->operateType == OperateType::Issue || assign->operateType == OperateType::TransferIn;
    return (isNew || parts_.settings.check == Check::Always) && !admitted_.contains(row.eCertId);
}

/// Reads only, so it needs nothing durable; the intent stays queued and is claimed in its turn once it has passed.
void Dispatcher::beginCheck(OutboxRow row) {
    const auto& assign = std::get<AssignCode>(row.step.request);
    CheckAdmission check{row.eCertId, assign.operateType, assign.record, assign.oldCertNum};
    checking_.insert(row.id);
    Flight flight;
    flight.startedAt = parts_.clock.now();
    flight.row = std::move(row);
    flight.check = true;
    flights_.emplace(parts_.platform.start(Request{std::move(check)}), std::move(flight));
}

Result<Request> Dispatcher::requestOf(const OutboxRow& row, std::optional<Invalid>& photoProblem) {
    Request request = row.step.request;
    if (auto* assign = std::get_if<AssignCode>(&request)) {
        assign->eCertId = row.eCertId;
        auto bytes = parts_.source.photo(row.photoReference);
        if (!bytes) return tl::unexpected(bytes.error());
        auto uri = FieldMap::photoDataUri(*bytes);
        if (!uri) {
            photoProblem = uri.error();
            return request;
        }
        assign->photo = std::move(*uri);
    } else if (auto* update = std::get_if<UpdateState>(&request)) {
        update->eCertId = row.eCertId;
    } else if (auto* identity = std::get_if<ChangeIdentity>(&request)) {
        identity->eCertId = row.eCertId;
    } else if (auto* check = std::get_if<CheckAdmission>(&request)) {
        check->eCertId = row.eCertId;
    }
    return request;
}

void Dispatcher::begin(OutboxRow row, Request request) {
    Flight flight;
    flight.startedAt = parts_.clock.now();
    flight.row = std::move(row);
    const Ticket ticket = parts_.platform.start(std::move(request));
    flights_.emplace(ticket, std::move(flight));
}

void Dispatcher::askBack(Flight flight) {
    QueryCertificate query;
    query.certNum = flight.asked == 0 ? flight.row.number : std::string{};
    if (flight.asked == 1) query.identityCard = flight.row.person;
    flight.asked += 1;
    const Ticket ticket = parts_.platform.start(Request{std::move(query)});
    flights_.emplace(ticket, std::move(flight));
}

void Dispatcher::note(const Settlement& settlement) {
    const TimePoint now = parts_.clock.now();
    switch (settlement.health) {
        case Settlement::Health::Answered:
            breaker_.succeeded();
            break;
        case Settlement::Health::Away:
            breaker_.failed(now, settlement.notBefore);
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
        case Settlement::Tally::None:
            break;
    }
}

Status Dispatcher::settleOne(Flight flight, const Completion& completion, std::vector<Change>& group) {
    auto standing = standingOf(flight.row.number);
    if (!standing) return tl::unexpected(standing.error());
    const TimePoint now = parts_.clock.now();
    Settlement settlement;
    if (flight.asked == 0) {
        const double dice = parts_.random.unit();
        settlement = flight.check ? settler_.settleCheck(flight.row, *standing, completion, flight.startedAt, now, dice)
                                  : settler_.settle(flight.row, *standing, completion, flight.startedAt, now, dice);
        if (settlement.next == Settlement::Next::ReadBack) {
            std::move(settlement.changes.begin(), settlement.changes.end(), std::back_inserter(group));
            flight.refusal = completion.outcome->message;
            askBack(std::move(flight));
            return ok();
        }
        const bool passed = completion.outcome && completion.outcome->kind != Verdict::Kind::Refused;
        if (flight.check && passed) admitted_.insert(flight.row.eCertId);
    } else {
        const bool answered = completion.outcome.has_value();
        if (answered && completion.outcome->holdings) {
            const auto& items = completion.outcome->holdings->items;
            flight.holdings.items.insert(flight.holdings.items.end(), items.begin(), items.end());
        }
        // Absence is believed only when number and identity number were both asked.
        if (answered && flight.asked == 1 && itemOf(flight.holdings, flight.row.number) == nullptr) {
            askBack(std::move(flight));
            return ok();
        }
        settlement = settler_.settleReadBack(flight.row, *standing, flight.refusal,
                                             answered ? &flight.holdings : nullptr, now, parts_.random.unit());
    }
    if (flight.check) checked_.push_back(flight.row.id);
    note(settlement);
    if (settlement.next == Settlement::Next::Stop) mustStop_ = true;
    std::move(settlement.changes.begin(), settlement.changes.end(), std::back_inserter(group));
    return ok();
}

Status Dispatcher::settle(std::vector<Completion> completions, std::vector<Change>& group) {
    for (const Completion& completion : completions) {
        auto node = flights_.extract(completion.ticket);
        if (node.empty()) return failed(Fault::Corrupt, "dispatch.settle", "unknown_ticket");
        if (const Status done = settleOne(std::move(node.mapped()), completion, group); !done) return done;
    }
    return ok();
}

Status Dispatcher::launch(std::vector<Change>& group) {
    for (OutboxRow& row : std::exchange(claimed_, {})) {
        std::optional<Invalid> photoProblem;
        auto request = requestOf(row, photoProblem);
        if (request && !photoProblem) {
            begin(std::move(row), std::move(*request));
            continue;
        }
        // Never sent: it rests again while the province is away, or goes to a person with its picture.
        auto standing = standingOf(row.number);
        if (!standing) return tl::unexpected(standing.error());
        const TimePoint now = parts_.clock.now();
        Completion unsent;
        if (!photoProblem) unsent.outcome = tl::unexpected(request.error());
        Settlement settlement = photoProblem ? settler_.unsendable(row, *standing, *photoProblem, now)
                                             : settler_.settle(row, *standing, unsent, now, now, parts_.random.unit());
        countOutcome(settlement.tally);  // nothing was sent: the breaker learns nothing
        std::move(settlement.changes.begin(), settlement.changes.end(), std::back_inserter(group));
    }
    return ok();
}

Result<bool> Dispatcher::moreDue(const std::stop_token& stop) {
    const TimePoint now = parts_.clock.now();
    if (breaker_.leave(now) == Breaker::Leave::None) {
        tally_.away = true;
        return false;
    }
    auto due = parts_.store.dueIntents(now, 1);
    if (!due) return tl::unexpected(due.error());
    if (due->empty()) return false;
    parts_.clock.sleepUntil(std::max(rate_.nextAt(now), now + 1ms), stop);
    return true;
}

Result<Dispatcher::Tally> Dispatcher::run(std::uint64_t atMost, const std::stop_token& stop) {
    tally_ = Tally{};
    mustStop_ = false;
    admitted_.clear();
    std::vector<Change> group;
    std::optional<TimePoint>
        deadline;  // of a stop: what is then under way stays `sending`, which the next start doubts
    while (true) {
        const std::uint64_t outcomes = tally_.accepted + tally_.refused + tally_.unconfirmed;
        const bool ending = stop.stop_requested() || mustStop_ || outcomes >= atMost;
        if (!ending) {
            if (const Status done = claim(group); !done) return tl::unexpected(done.error());
        }
        if (!group.empty()) {
            if (const Status done = parts_.store.commit(group); !done) return tl::unexpected(done.error());
            group.clear();
            for (const std::int64_t id : std::exchange(checked_, {})) checking_.erase(id);
            if (progress) progress(tally_);
        }
        if (const Status done = launch(group); !done) return tl::unexpected(done.error());
        if (!group.empty()) continue;
        if (flights_.empty()) {
            if (ending) break;
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
        auto completions = parts_.platform.poll(100ms, std::stop_token{});
        if (const Status done = settle(std::move(completions), group); !done) return tl::unexpected(done.error());
    }
    return tally_;
}

}  // namespace lianzheng
