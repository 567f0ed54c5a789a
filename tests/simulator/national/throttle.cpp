#include "tests/simulator/national/throttle.h"

#include <algorithm>

namespace lianzheng::sim::national {

std::size_t Throttle::pass(std::size_t wanted, double perSecond, TimePoint now, bool whole) {
    if (perSecond <= 0) return wanted;
    const double full = std::max(1.0, perSecond);
    const double elapsed = last_ ? std::chrono::duration<double>(now - *last_).count() : 0;
    level_ = last_ ? std::min(full, level_ + std::max(0.0, elapsed) * perSecond) : full;
    last_ = now;
    // A batch larger than the bucket would never pass whole: a full bucket is enough for it.
    const std::size_t passed = whole && level_ >= full ? wanted : std::min(wanted, static_cast<std::size_t>(level_));
    if (whole && passed < wanted) return 0;
    level_ = std::max(0.0, level_ - static_cast<double>(passed));
    return passed;
}

}  // namespace lianzheng::sim::national
