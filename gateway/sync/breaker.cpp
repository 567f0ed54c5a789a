#include "gateway/sync/breaker.h"

#include <algorithm>

namespace lianzheng {

Breaker::Leave Breaker::leave(TimePoint now) const {
    if (!until_) return Leave::All;
    return now < *until_ ? Leave::None : Leave::Probe;
}

void Breaker::succeeded() {
    failures_ = 0;
    until_.reset();
}

void Breaker::failed(TimePoint now, std::chrono::milliseconds atLeast) {
    using namespace std::chrono_literals;
    failures_ += 1;
    if (failures_ < kTolerated && atLeast == 0ms) return;
    const int doublings = std::clamp(failures_ - kTolerated, 0, 6);
    const auto pause = std::max<std::chrono::milliseconds>(1000ms * (1 << doublings), atLeast);
    until_ = std::max(until_.value_or(now), now + pause);
}

}  // namespace lianzheng
