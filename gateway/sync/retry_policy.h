#pragma once

#include <chrono>
#include <optional>

#include "adapters/runtime/result.h"
#include "mappings/date.h"

namespace lianzheng {

struct RetryPolicy {
    std::chrono::milliseconds base{30'000};
    std::chrono::milliseconds cap{3'600'000};
    int maxAttempts = 12;
};

/// When to try again, or nothing to give up. Pure: the caller supplies the hour and the dice.
/// `attempts` counts tries that were the record's own (>= 1): while the platform is away, throttles or denies us, the
/// breaker decides and nothing is counted. `unit` is uniform in [0, 1).
/// The delay lies in [ceiling/2, ceiling), the ceiling doubles with every attempt, and `retryAfter` is its least.
std::optional<TimePoint> nextAttempt(const RetryPolicy& policy, const Error& error, int attempts, TimePoint now,
                                     double unit);

}  // namespace lianzheng
