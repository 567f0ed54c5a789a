#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "mappings/date.h"

namespace lianzheng::test {

/// A platform's hidden limit on items a second; it may be changed at any time.
class Limiter {
public:
    virtual ~Limiter() = default;
    /// Whether the item that arrives at `now` passes; arrivals come in the order of time.
    virtual bool passes(TimePoint now, double perSecond) = 0;
};

/// A bucket that holds one second's worth, full at first.
class TokenBucket final : public Limiter {
public:
    bool passes(TimePoint now, double perSecond) override {
        if (last_ == TimePoint{}) level_ = perSecond;
        const std::chrono::duration<double> passed = last_ == TimePoint{} ? TimePoint::duration{} : now - last_;
        level_ = std::min(perSecond, level_ + passed.count() * perSecond);
        last_ = now;
        if (level_ < 1) return false;
        level_ -= 1;
        return true;
    }

private:
    double level_ = 0;
    TimePoint last_{};
};

/// So many in each second of the clock.
class FixedWindow final : public Limiter {
public:
    bool passes(TimePoint now, double perSecond) override {
        const auto second = std::chrono::floor<std::chrono::seconds>(now);
        if (second != second_) count_ = 0;
        second_ = second;
        if (count_ + 1 > perSecond) return false;
        count_ += 1;
        return true;
    }

private:
    std::chrono::sys_seconds second_{};
    double count_ = 0;
};

/// So many in any second.
class SlidingWindow final : public Limiter {
public:
    bool passes(TimePoint now, double perSecond) override {
        while (!times_.empty() && times_.front() <= now - std::chrono::seconds{1}) times_.pop_front();
        if (static_cast<double>(times_.size()) + 1 > perSecond) return false;
        times_.push_back(now);
        return true;
    }

private:
    std::deque<TimePoint> times_;
};

}  // namespace lianzheng::test
