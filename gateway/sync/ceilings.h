#pragma once

#include <chrono>
#include <vector>

#include "gateway/planner/workday_calendar.h"

namespace lianzheng {

/// What may be sent at most during some hours of a day.
struct CeilingHours {
    static constexpr double kStopped = -1;

    std::chrono::minutes from{};  ///< since midnight in Asia/Shanghai
    std::chrono::minutes till{};  ///< not with it; midnight is 24:00
    double perSecond = 0;         ///< 0: no ceiling; kStopped: nothing
};

/// The ceiling by the hour of day, on workdays and on the others. Pure.
struct Ceilings {
    std::vector<CeilingHours> workdays;
    std::vector<CeilingHours> holidays;  ///< weekends too
    WorkdayCalendar calendar;
    bool hasCalendar = false;  ///< else Saturdays and Sundays are free, and no other day

    /// Items a second at `now`; `otherwise` in hours of which nothing is said.
    [[nodiscard]] double at(TimePoint now, double otherwise) const;
};

}  // namespace lianzheng
