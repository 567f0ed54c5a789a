#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/sync/dispatcher.h"

namespace lianzheng {
namespace {

constexpr std::chrono::milliseconds kPhotosAtOnce{500};

/// The request as it is sent, but for its photo.
Request addressed(const OutboxRow& row) {
    Request request = row.step.request;
    std::visit(
        [&](auto& call) {
            if constexpr (requires { call.eCertId; }) call.eCertId = row.eCertId;
        },
        request);
    return request;
}

}  // namespace

/// Claims what may be sent now: each claim joins `group`, and is sent only after the group is durable.
Status Dispatcher::claim(std::vector<Change>& group) {
    const TimePoint now = parts_.clock.now();
    if (std::exchange(committed_, false)) emptyTill_ = {};  // an outcome may have made something due
    // Claimed ahead, so that the connections stay busy while a group is made durable, and groups are large.
    const std::size_t ahead = std::max(ahead_, parts_.settings.concurrency);
    const std::size_t room = std::min(parts_.settings.concurrency + ahead, itemsInCalls()) + ahead;
    if (itemsUnderWay_ > room - ahead / 2) return ok();
    Grants granted = grants(room - itemsUnderWay_, now);
    auto rows = nextRows(room - itemsUnderWay_, granted, now);
    if (!rows) return tl::unexpected(rows.error());
    const Status done = claimRows(std::move(*rows), now, group);
    for (Grant& grant : granted) {
        Pacer& pacer = parts_.traffic.line(grant.operation).pacer;
        std::size_t sent = 0;
        for (const Claimed& claimed : claimed_) sent += claimed.pacedAs() == grant.operation ? claimed.items() : 0;
        pacer.giveBack(static_cast<double>(grant.granted) - static_cast<double>(sent));
    }
    // The others of a call had no turn of their own.
    for (const Claimed& claimed : claimed_) {
        parts_.traffic.ceiling.giveBack(-static_cast<double>(claimed.others.size()));
    }
    return done;
}

Status Dispatcher::claimRows(std::vector<OutboxRow> rows, TimePoint now, std::vector<Change>& group) {
    for (OutboxRow& row : rows) {
        if (!affordable(row, now, group)) continue;
        const auto passes = passesRules(row, now, group);
        if (!passes) return tl::unexpected(passes.error());
        if (!*passes) continue;
        if (wantsCheck(row)) {
            if (parts_.traffic.line("check").pacer.take(1, now) == 1) beginCheck(std::move(row));
            continue;
        }
        if (const Status done = claimOne(std::move(row), now, group); !done) return done;
        // Pictures may come slowly; what is under way is not left alone for long.
        if (parts_.clock.now() - now > kPhotosAtOnce) break;
    }
    return ok();
}

bool Dispatcher::affordable(const OutboxRow& row, TimePoint now, std::vector<Change>& group) {
    RetryBudget& budget = parts_.traffic.retries;
    if (limits_.halved(row.id)) return true;  // not a repeat: of the whole call nothing was said
    if (row.attempts == 0 && row.sends == 0) {
        budget.sentFirst();
        return true;
    }
    if (row.step.lane <= Lane::Manual || budget.takeRepeat(now)) return true;
    group.emplace_back(MoveIntent{row.id, row.state, row.state, row.attempts, row.sends, RetryBudget::nextAt(now)});
    return false;
}

Status Dispatcher::claimOne(OutboxRow row, TimePoint now, std::vector<Change>& group) {
    Request request = addressed(row);
    if (auto* assign = std::get_if<AssignCode>(&request)) {
        const auto ready = withPhoto(row, *assign, now, group);
        if (!ready) return tl::unexpected(ready.error());
        if (!*ready) return ok();
    }
    gate_.left(row.number, row.step);
    row.sends += 1;
    group.emplace_back(
        MoveIntent{row.id, row.state, OutboxState::Sending, row.attempts, row.sends, row.dueAt, row.photo});
    row.state = OutboxState::Sending;
    claimed_.push_back({std::move(row), std::move(request), {}});
    return ok();
}

Result<bool> Dispatcher::withPhoto(OutboxRow& row, AssignCode& assign, TimePoint now, std::vector<Change>& group) {
    auto photo = photos_.fetch(row.photoReference, now);
    if (!photo) return tl::unexpected(photo.error());
    if (photo->notBefore) {  // the province is away with its pictures; nothing was sent
        group.emplace_back(MoveIntent{row.id, row.state, row.state, row.attempts, row.sends, *photo->notBefore});
        countOutcome(Settlement::Tally::Deferred);
        return false;
    }
    const bool doubtful = row.state == OutboxState::Unconfirmed;
    if (doubtful && (photo->problem || photo->digest != row.photo)) {
        if (const Status done = cannotRepeat(std::move(row), now, group); !done) return tl::unexpected(done.error());
        return false;
    }
    if (photo->problem) {
        const auto standing = standingOf(row.number);
        if (!standing) return tl::unexpected(standing.error());
        append(settler_.unsendable(row, *standing, *photo->problem, now), group);
        return false;
    }
    assign.photo = std::move(photo->uri);
    row.photo = photo->digest;
    return true;
}

/// The same eCertID would carry another picture than the send whose outcome is unknown: what the platform holds is
/// asked instead.
Status Dispatcher::cannotRepeat(OutboxRow row, TimePoint now, std::vector<Change>& group) {
    if (!parts_.settings.readBack) {
        const auto standing = standingOf(row.number);
        if (!standing) return tl::unexpected(standing.error());
        append(settler_.unrepeatable(row, *standing, now), group);
        return ok();
    }
    asking_.insert(row.id);
    Flight flight;
    flight.row = std::move(row);
    askBack(std::move(flight));
    return ok();
}

void Dispatcher::append(Settlement settlement, std::vector<Change>& group) {
    countOutcome(settlement.tally);  // nothing was sent: the breaker learns nothing
    std::move(settlement.changes.begin(), settlement.changes.end(), std::back_inserter(group));
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
    asking_.insert(row.id);
    Flight flight;
    flight.row = std::move(row);
    flight.check = true;
    fly(std::move(flight), "check", Request{std::move(check)});
}

}  // namespace lianzheng
