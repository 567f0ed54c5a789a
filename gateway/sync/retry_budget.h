#pragma once

#include "mappings/date.h"

namespace lianzheng {

/// How many of the sends may be repeats, so that a platform in trouble is not asked the same again and again instead of
/// anything new. Each first send earns a share of a repeat, time earns the rest: a second earns one, for what is in
/// doubt must be settled though nothing new is sent. Pure: the caller supplies the hour.
class RetryBudget {
public:
    /// `share`: repeats to first sends; 1 and more: no bound.
    explicit RetryBudget(double share) : share_(share) {}
    void sentFirst();
    /// Whether a repeat may go at `now`; it counts as gone.
    bool takeRepeat(TimePoint now);
    /// When the next one surely may.
    [[nodiscard]] static TimePoint nextAt(TimePoint now) { return now + std::chrono::seconds{2}; }

private:
    static constexpr double kMost = 100;  ///< saved up at most
    static constexpr double kASecond = 1;
    double share_;
    double saved_ = kMost;
    TimePoint earnedAt_{};
};

}  // namespace lianzheng
