#pragma once

#include <set>
#include <utility>

#include "mappings/date.h"

namespace lianzheng {

/// Which days are worked: Monday to Friday but for holidays, and those days off that are made up for. Pure.
class WorkdayCalendar {
public:
    WorkdayCalendar() = default;
    WorkdayCalendar(std::set<Date> holidays, std::set<Date> makeUps)
        : holidays_(std::move(holidays)), makeUps_(std::move(makeUps)) {}

    [[nodiscard]] bool isWorkday(const Date& day) const;
    /// Whether anything is said of that year; else its holidays are not known.
    [[nodiscard]] bool covers(int year) const;

private:
    std::set<Date> holidays_;
    std::set<Date> makeUps_;  ///< Saturdays and Sundays that are worked
};

/// The last of `workdays` workdays after `day`, which does not count itself: by when something that begins on it is
/// due.
Date afterWorkdays(const WorkdayCalendar& calendar, const Date& day, int workdays);

/// The year whose days the calendar ought to know by `today` and does not: this one, or from 1 November the next one;
/// 0 when it knows them.
int missingCalendarYear(const WorkdayCalendar& calendar, const Date& today);

}  // namespace lianzheng
