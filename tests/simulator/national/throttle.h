#pragma once

#include <cstddef>
#include <optional>

#include "tests/simulator/national/clock.h"

namespace lianzheng::sim::national {

/// A token bucket holding at most one second's worth. Not thread-safe.
class Throttle {
public:
    /// How many of `wanted` items pass now; a rate of 0 passes all. All or none when `whole`.
    std::size_t pass(std::size_t wanted, double perSecond, TimePoint now, bool whole);

private:
    std::optional<TimePoint> last_;
    double level_ = 0;
};

}  // namespace lianzheng::sim::national
