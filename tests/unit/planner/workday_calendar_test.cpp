#include "gateway/planner/workday_calendar.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

Date day(int month, unsigned of) { return *Date::of(2026, static_cast<unsigned>(month), of); }

const WorkdayCalendar kCalendar({day(10, 1), day(10, 2), day(10, 3)}, {day(10, 10)});

TEST(WorkdayCalendarTest, MondayToFridayAreWorked) {
    const WorkdayCalendar bare;
    EXPECT_TRUE(bare.isWorkday(day(10, 1)));    // a Thursday
    EXPECT_FALSE(bare.isWorkday(day(10, 10)));  // a Saturday
    EXPECT_FALSE(bare.isWorkday(day(10, 11)));
    EXPECT_TRUE(bare.isWorkday(day(10, 12)));
}

TEST(WorkdayCalendarTest, HolidaysAreFreeAndMakeUpDaysAreWorked) {
    EXPECT_FALSE(kCalendar.isWorkday(day(10, 1)));
    EXPECT_FALSE(kCalendar.isWorkday(day(10, 3)));
    EXPECT_TRUE(kCalendar.isWorkday(day(10, 10)));
    EXPECT_FALSE(kCalendar.isWorkday(day(10, 11)));
    EXPECT_TRUE(kCalendar.isWorkday(day(10, 9)));
}

TEST(WorkdayCalendarTest, WorkdaysAreCountedFromTheDayAfter) {
    EXPECT_EQ(afterWorkdays(kCalendar, day(9, 28), 0), day(9, 28));
    EXPECT_EQ(afterWorkdays(kCalendar, day(9, 28), 2), day(9, 30));
    EXPECT_EQ(afterWorkdays(kCalendar, day(9, 30), 1), day(10, 5));   // over the holiday and its weekend
    EXPECT_EQ(afterWorkdays(kCalendar, day(10, 9), 1), day(10, 10));  // a Saturday that is made up for
}

TEST(WorkdayCalendarTest, TheNextYearIsMissedFromNovemberOn) {
    EXPECT_EQ(missingCalendarYear(kCalendar, day(10, 31)), 0);
    EXPECT_EQ(missingCalendarYear(kCalendar, day(11, 1)), 2027);
    EXPECT_EQ(missingCalendarYear(kCalendar, *Date::of(2027, 2, 1)), 2027);
    EXPECT_EQ(missingCalendarYear(WorkdayCalendar{}, day(1, 1)), 2026);
    const WorkdayCalendar both({day(10, 1), *Date::of(2027, 1, 1)}, {});
    EXPECT_EQ(missingCalendarYear(both, day(12, 31)), 0);
}

}  // namespace
}  // namespace lianzheng
