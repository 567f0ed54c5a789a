#include "gateway/service/daily.h"

namespace lianzheng {

bool dailyDue(const std::optional<DailyAt>& at, TimePoint last, TimePoint now) {
    if (!at) return false;
    TimePoint today = Date::inShanghai(now).beginsInShanghai() + at->sinceMidnight;
    if (today > now) today -= std::chrono::days{1};
    return last < today;
}

}  // namespace lianzheng
