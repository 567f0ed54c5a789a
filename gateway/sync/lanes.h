#pragma once

#include <array>
#include <cstddef>

#include "gateway/planner/plan.h"

namespace lianzheng {

inline constexpr std::size_t kLanes = 5;
inline constexpr std::array<Lane, kLanes> kLaneOrder{Lane::Enforcement, Lane::Manual, Lane::Fresh, Lane::Retry,
                                                     Lane::Campaign};

/// Whose turn it is: the first lane that waits, but each of the others keeps a share of what goes while a lane before
/// it has more than enough. A lane that begins to wait is served at once: what is reserved is given afterwards. Pure.
class LaneShares {
public:
    using Counts = std::array<std::size_t, kLanes>;
    /// Of what leaves, the least that is each lane's own while it waits; the first lane needs none.
    static constexpr std::array<double, kLanes> kReserved{0, 0.2, 0.15, 0.05, 0.05};

    /// How `slots` are divided among lanes of which at most `waiting` can go each.
    [[nodiscard]] Counts divide(std::size_t slots, Counts waiting) const;
    /// The same, and it has come to pass.
    Counts serve(std::size_t slots, Counts waiting);

private:
    struct Turns {
        std::array<double, kLanes> owed{};
        std::size_t last = kLanes - 1;  ///< whose turn was the last
        Counts go(std::size_t slots, Counts waiting);
        [[nodiscard]] std::size_t next(const Counts& waiting) const;
    };
    Turns turns_;
};

}  // namespace lianzheng
