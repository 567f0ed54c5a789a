#include "gateway/planner/workday_calendar.h"

#include <algorithm>
#include <chrono>

namespace lianzheng {

namespace {

int yearOf(const Date& day) { return static_cast<int>(std::chrono::year_month_day{day.days()}.year()); }

}  // namespace

bool WorkdayCalendar::isWorkday(const Date& day) const {
    if (holidays_.contains(day)) return false;
    if (makeUps_.contains(day)) return true;
    const std::chrono::weekday weekday{day.days()};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

bool WorkdayCalendar::covers(int year) const {
    return std::any_of(holidays_.begin(), holidays_.end(), [&](const Date& day) { return yearOf(day) == year; });
}

Date afterWorkdays(const WorkdayCalendar& calendar, const Date& day, int workdays) {
    Date last = day;
    for (int left = workdays; left > 0;) {
        last = last.plusDays(1);
        if (calendar.isWorkday(last)) --left;
    }
    return last;
}

int missingCalendarYear(const WorkdayCalendar& calendar, const Date& today) {
    const int year = yearOf(today);
    if (!calendar.covers(year)) return year;
    const bool announced = std::chrono::year_month_day{today.days()}.month() >= std::chrono::November;
    return announced && !calendar.covers(year + 1) ? year + 1 : 0;
}

}  // namespace lianzheng
