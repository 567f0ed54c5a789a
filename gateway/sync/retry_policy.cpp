#include "gateway/sync/retry_policy.h"

#include <algorithm>
#include <cmath>

namespace lianzheng {
namespace {

bool isRetryable(Fault fault) {
    return fault == Fault::Throttled || fault == Fault::Unavailable || fault == Fault::InDoubt;
}

}  // namespace

std::optional<TimePoint> nextAttempt(const RetryPolicy& policy, const Error& error, int attempts, TimePoint now,
                                     double unit) {
    using Seconds = std::chrono::duration<double>;
    if (!isRetryable(error.fault) || attempts >= policy.maxAttempts) return std::nullopt;
    const Seconds ceiling = std::min<Seconds>(policy.cap, Seconds{policy.base} * std::exp2(attempts - 1));
    const Seconds jittered = ceiling * (0.5 + unit / 2);
    const Seconds delay = std::max<Seconds>(jittered, error.retryAfter.value_or(std::chrono::seconds{0}));
    return now + std::chrono::duration_cast<std::chrono::milliseconds>(delay);
}

}  // namespace lianzheng
