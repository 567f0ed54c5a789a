#pragma once

#include <algorithm>
#include <atomic>

#include "adapters/runtime/clock.h"

namespace lianzheng::test {

/// A clock that stands still but for those who wait and those who set it.
class ManualClock final : public Clock {
public:
    explicit ManualClock(TimePoint start) : now_(start) {}
    [[nodiscard]] TimePoint now() const override { return now_; }
    void sleepUntil(TimePoint until, const std::stop_token&) override { now_ = std::max(now(), until); }
    void set(TimePoint now) { now_ = now; }
    void advance(std::chrono::milliseconds by) { now_ = now() + by; }

private:
    std::atomic<TimePoint> now_;  ///< a server beside the engine reads it too
};

}  // namespace lianzheng::test
