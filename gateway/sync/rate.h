#pragma once

#include <chrono>
#include <cstddef>

#include "mappings/date.h"

namespace lianzheng {

/// A ceiling on items a second: a bucket that holds a quarter of a second's worth, at least one. Pure: the caller
/// supplies the hour.
class Rate {
public:
    /// `perSecond` 0: no ceiling.
    explicit Rate(double perSecond) : perSecond_(perSecond) {}
    /// How many of `wanted` may go at `now`; they count as gone.
    std::size_t take(std::size_t wanted, TimePoint now);
    /// What take() granted and was not needed; below 0: what left beyond it.
    void giveBack(double items) { saved_ += items; }
    /// Another ceiling from now on; below 0: nothing may go.
    void set(double perSecond) { perSecond_ = perSecond; }
    [[nodiscard]] bool bounded() const { return perSecond_ > 0; }
    [[nodiscard]] bool stopped() const { return perSecond_ < 0; }
    /// When the next one may go.
    [[nodiscard]] TimePoint nextAt(TimePoint now) const;

private:
    void refill(TimePoint now);
    double perSecond_;
    double saved_ = 1;
    TimePoint refilledAt_{};
};

}  // namespace lianzheng
