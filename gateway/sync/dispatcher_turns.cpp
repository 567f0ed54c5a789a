#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/sync/dispatcher.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

constexpr auto kEmptyFor = 20ms;
constexpr auto kLongest = 100ms;  ///< that a completion is waited for
constexpr auto kShortest = 5ms;   ///< shorter ones would make a commit for each item
constexpr auto kLongWait = 10s;   ///< until something may be sent: others have their turn meanwhile

}  // namespace

std::size_t Dispatcher::underWay(std::string_view operation) const {
    return static_cast<std::size_t>(std::count_if(flights_.begin(), flights_.end(), [&](const auto& each) {
        return each.second.operation == operation || (each.second.check && operation == "assign");
    }));
}

/// An event that is checked first goes no further than its check does.
Breaker::Leave Dispatcher::leaveOf(std::string_view operation, TimePoint now) const {
    const Breaker::Leave own = parts_.traffic.line(operation).breaker.leave(now);
    if (operation != "assign" || parts_.settings.check == SyncSettings::Check::Never) return own;
    return std::max(own, parts_.traffic.line("check").breaker.leave(now));
}

Dispatcher::Grants Dispatcher::grants(std::size_t slots, TimePoint now) {
    Grants all;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].operation = kQueuedOperations[i];
        const Breaker::Leave leave = leaveOf(all[i].operation, now);
        if (leave == Breaker::Leave::None) continue;
        if (leave == Breaker::Leave::Probe && underWay(all[i].operation) != 0) continue;
        all[i].granted =
            parts_.traffic.line(all[i].operation).pacer.take(leave == Breaker::Leave::Probe ? 1 : slots, now);
    }
    return all;
}

Result<std::vector<OutboxRow>> Dispatcher::dueOf(Lane lane, std::size_t most, const Grants& grants, TimePoint now) {
    std::vector<OutboxRow> rows;
    for (std::size_t i = 0; i < grants.size(); ++i) {
        TimePoint& emptyTill = emptyTill_[i][static_cast<std::size_t>(lane)];
        const std::size_t wanted = std::min(most, grants[i].granted);
        if (wanted == 0 || now < emptyTill) continue;
        auto due = parts_.store.dueIntents(grants[i].operation, lane, now, wanted + asking_.size());
        if (!due) return tl::unexpected(due.error());
        std::erase_if(*due, [&](const OutboxRow& row) { return asking_.contains(row.id); });
        if (due->empty()) emptyTill = now + kEmptyFor;
        if (due->size() > wanted) due->erase(due->begin() + static_cast<std::ptrdiff_t>(wanted), due->end());
        std::move(due->begin(), due->end(), std::back_inserter(rows));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const OutboxRow& a, const OutboxRow& b) {
        return a.step.releasing != b.step.releasing ? a.step.releasing : a.id < b.id;
    });
    if (rows.size() > most) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(most), rows.end());
    return rows;
}

Result<std::vector<OutboxRow>> Dispatcher::nextRows(std::size_t slots, Grants& grants, TimePoint now) {
    std::vector<OutboxRow> chosen;
    if (std::all_of(grants.begin(), grants.end(), [](const Grant& grant) { return grant.granted == 0; })) return chosen;
    std::array<std::vector<OutboxRow>, kLanes> rows;
    // The ceiling is not the first lane's.
    auto first = dueOf(Lane::Enforcement, slots, grants, now);
    if (!first) return tl::unexpected(first.error());
    rows[0] = std::move(*first);
    parts_.traffic.ceiling.set(parts_.settings.ceilings.at(now, parts_.settings.rateCeiling));
    const std::size_t below = parts_.traffic.ceiling.take(slots - rows[0].size(), now);
    const std::size_t most = rows[0].size() + below;
    LaneShares::Counts waiting;
    waiting.fill(most);
    waiting[0] = rows[0].size();
    for (std::size_t lane = static_cast<std::size_t>(upTo_) + 1; lane < kLanes; ++lane) waiting[lane] = 0;
    LaneShares::Counts looked{};
    for (bool again = true; again;) {
        again = false;
        const LaneShares::Counts shares = parts_.traffic.lanes.divide(most, waiting);
        for (std::size_t lane = 1; lane < kLanes; ++lane) {
            if (shares[lane] <= looked[lane]) continue;
            auto due = dueOf(kLaneOrder[lane], shares[lane], grants, now);
            if (!due) return tl::unexpected(due.error());
            rows[lane] = std::move(*due);
            looked[lane] = shares[lane];
            if (rows[lane].size() < shares[lane]) {
                waiting[lane] = rows[lane].size();
                again = true;
            }
        }
    }
    const LaneShares::Counts shares = parts_.traffic.lanes.serve(most, waiting);
    std::size_t used = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        for (std::size_t i = 0; i < std::min(shares[lane], rows[lane].size()); ++i) {
            OutboxRow& row = rows[lane][i];
            Grant& grant = *std::find_if(grants.begin(), grants.end(), [&](const Grant& each) {
                return each.operation == operationName(row.step.request);
            });
            if (grant.used == grant.granted) continue;
            grant.used += 1;
            used += lane == 0 ? 0 : 1;
            chosen.push_back(std::move(row));
        }
    }
    parts_.traffic.ceiling.giveBack(static_cast<double>(below - used));
    return chosen;
}

std::chrono::milliseconds Dispatcher::patience() const {
    const TimePoint now = parts_.clock.now();
    TimePoint next = now + kLongest;
    for (std::size_t i = 0; i < kQueuedOperations.size(); ++i) {
        const auto& empty = emptyTill_[i];
        if (std::all_of(empty.begin(), empty.end(), [&](TimePoint till) { return now < till; })) continue;
        const Pacer& pacer = parts_.traffic.line(kQueuedOperations[i]).pacer;
        if (pacer.rate()) next = std::min(next, pacer.nextAt(now));
    }
    if (parts_.traffic.ceiling.bounded()) next = std::min(next, parts_.traffic.ceiling.nextAt(now));
    return std::clamp<std::chrono::milliseconds>(next - now, kShortest, kLongest);
}

Result<bool> Dispatcher::moreDue(const std::stop_token& stop) {
    const TimePoint now = parts_.clock.now();
    std::optional<TimePoint> next;
    bool away = false;
    for (const std::string_view operation : kQueuedOperations) {
        if (leaveOf(operation, now) == Breaker::Leave::None) {
            away = true;
            continue;
        }
        for (const Lane lane : kLaneOrder) {
            if (lane > upTo_) break;
            const auto due = parts_.store.dueIntents(operation, lane, now, 1);
            if (!due) return tl::unexpected(due.error());
            if (due->empty()) continue;
            TimePoint may = parts_.traffic.line(operation).pacer.nextAt(now);
            if (lane != Lane::Enforcement) may = std::max(may, parts_.traffic.ceiling.nextAt(now));
            next = std::min(next.value_or(may), may);
        }
    }
    if (!next || *next > now + kLongWait) {
        tally_.away = away;
        return false;
    }
    parts_.clock.sleepUntil(std::clamp(*next, now + 1ms, now + kLongest), stop);
    return true;
}

}  // namespace lianzheng
