#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "mappings/date.h"

namespace lianzheng {

/// Stops asking a platform that is away, and probes with single calls until it answers again. Pure: the
/// caller supplies the hour. It never stays open for good.
class Breaker {
public:
    /// How many calls may be under way at `now`: all, one (a probe), or none.
    enum class Leave : std::uint8_t { All, Probe, None };
    [[nodiscard]] Leave leave(TimePoint now) const;
    /// When a probe may next be sent, while open.
    [[nodiscard]] std::optional<TimePoint> opensAgainAt() const { return until_; }

    /// Calls in a row that found nobody there.
    [[nodiscard]] int failures() const { return failures_; }

    void succeeded();
    /// The platform was away; `atLeast` is its own Retry-After.
    void failed(TimePoint now, std::chrono::milliseconds atLeast);

private:
    static constexpr int kTolerated = 3;  ///< failures in a row before it opens
    int failures_ = 0;
    std::optional<TimePoint> until_;
};

}  // namespace lianzheng
