#include "gateway/sync/retry_budget.h"

#include <algorithm>

namespace lianzheng {

void RetryBudget::sentFirst() { saved_ = std::min(kMost, saved_ + share_); }

bool RetryBudget::takeRepeat(TimePoint now) {
    if (share_ >= 1) return true;
    const std::chrono::duration<double> passed = std::max(now - earnedAt_, std::chrono::milliseconds{0});
    saved_ = std::min(kMost, saved_ + passed.count() * kASecond);
    earnedAt_ = now;
    if (saved_ < 1) return false;
    saved_ -= 1;
    return true;
}

}  // namespace lianzheng
