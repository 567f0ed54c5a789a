#include "gateway/sync/ceilings.h"

namespace lianzheng {

double Ceilings::at(TimePoint now, double otherwise) const {
    if (workdays.empty() && holidays.empty()) return otherwise;
    const Date day = Date::inShanghai(now);
    const auto sinceMidnight = now - day.beginsInShanghai();
    for (const CeilingHours& hours : calendar.isWorkday(day) ? workdays : holidays) {
        if (sinceMidnight >= hours.from && sinceMidnight < hours.till) return hours.perSecond;
    }
    return otherwise;
}

}  // namespace lianzheng
