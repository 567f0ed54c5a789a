#include "gateway/sync/lanes.h"

#include <algorithm>

namespace lianzheng {

/// kLanes when nobody waits.
std::size_t LaneShares::Turns::next(const Counts& waiting) const {
    std::size_t first = 0;
    while (first < kLanes && waiting[first] == 0) ++first;
    for (std::size_t lane = first + 1; lane < kLanes; ++lane) {
        if (waiting[lane] != 0 && owed[lane] >= 1 && last == first) return lane;
    }
    return first;
}

LaneShares::Counts LaneShares::Turns::go(std::size_t slots, Counts waiting) {
    Counts gone{};
    for (; slots != 0; --slots) {
        const std::size_t lane = next(waiting);
        if (lane == kLanes) break;
        waiting[lane] -= 1;
        gone[lane] += 1;
        for (std::size_t other = 1; other < kLanes; ++other) {
            // Nobody saves up while nothing of his waits.
            const bool waits = other == lane || waiting[other] != 0;
            owed[other] = waits ? std::min(2.0, owed[other] + kReserved[other]) : 0;
        }
        owed[lane] = std::max(0.0, owed[lane] - 1);
        last = lane;
    }
    return gone;
}

LaneShares::Counts LaneShares::divide(std::size_t slots, Counts waiting) const {
    Turns turns = turns_;
    return turns.go(slots, waiting);
}

LaneShares::Counts LaneShares::serve(std::size_t slots, Counts waiting) { return turns_.go(slots, waiting); }

}  // namespace lianzheng
