#pragma once

#include <chrono>
#include <stop_token>

#include "mappings/date.h"

namespace lianzheng {

/// The hour, and waiting for it.
/// Threads: every call may come from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0;
    /// Returns at `until`, or promptly once `stop` is requested.
    virtual void sleepUntil(TimePoint until, const std::stop_token& stop) = 0;
};

/// The machine's own clock, the only place that asks it and the only one that sleeps.
class SystemClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
    void sleepUntil(TimePoint until, const std::stop_token& stop) override;
};

}  // namespace lianzheng
