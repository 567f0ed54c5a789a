#include "gateway/sync/rate.h"

#include <algorithm>
#include <cmath>

namespace lianzheng {

void Rate::refill(TimePoint now) {
    const std::chrono::duration<double> passed = std::max(now - refilledAt_, std::chrono::milliseconds{0});
    saved_ = std::min(std::max(1.0, perSecond_ / 4), saved_ + passed.count() * perSecond_);
    refilledAt_ = now;
}

std::size_t Rate::take(std::size_t wanted, TimePoint now) {
    if (stopped()) return 0;
    if (perSecond_ <= 0) return wanted;
    refill(now);
    const auto granted = std::min(wanted, static_cast<std::size_t>(std::max(0.0, saved_)));
    saved_ -= static_cast<double>(granted);
    return granted;
}

TimePoint Rate::nextAt(TimePoint now) const {
    if (stopped()) return now + std::chrono::hours{1};
    if (perSecond_ <= 0 || saved_ >= 1) return now;
    return now + std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil((1 - saved_) / perSecond_ * 1000))};
}

}  // namespace lianzheng
