#pragma once

#include <chrono>
#include <cstddef>

#include "gateway/sync/limit_shape.h"

namespace lianzheng {

/// A pace at which a refusal costs a noticeable part of what a minute allows, in items a second: two of 600 at most.
inline constexpr double kSlowPace = 16;

/// One step of a trial: so many times the base, for so long.
struct PaceStep {
    double multiple = 1;
    std::chrono::milliseconds takes{0};
};

/// The steps by which it is tried whether more passes than `base` items a second: gently at first, for the limit has
/// probably not moved; then by leaps, for it has. Pure.
PaceStep probeStep(LimitShape shape, double base, int step);
/// Whether this step is kept until a second's worth more than the limit has passed, which might have been saved.
bool emptiesReserve(LimitShape shape, double base, int step);

/// The steps upwards from a pace that passes, finer with each level, until one is refused. Pure.
PaceStep climbStep(std::size_t level, double base, int step);
inline constexpr std::size_t kFinestClimb = 2;

}  // namespace lianzheng
