#include <gtest/gtest.h>

#include "gateway/service/calendar_file.h"
#include "tests/unit/service/settings_fixture.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

TEST_F(SettingsTest, CeilingsByTheHour) {
    write("calendar.properties", "# 2026\n2026-10-01 = holiday\n2026-10-10 = workday\n");
    const auto settings = load(least() +
                               "push.rate.ceiling.workday = 08:30-17:30 5, 17:30-24:00 none\n"
                               "push.rate.ceiling.holiday = 00:00-24:00 stop\ncalendar.file = calendar.properties\n");
    ASSERT_TRUE(settings);
    const Ceilings& ceilings = settings->sync.ceilings;
    ASSERT_EQ(ceilings.workdays.size(), 2U);
    EXPECT_EQ(ceilings.workdays[0].from, 8h + 30min);
    EXPECT_EQ(ceilings.workdays[0].till, 17h + 30min);
    EXPECT_EQ(ceilings.workdays[0].perSecond, 5);
    EXPECT_EQ(ceilings.workdays[1].till, 24h);
    EXPECT_EQ(ceilings.workdays[1].perSecond, 0);
    EXPECT_EQ(ceilings.holidays[0].perSecond, CeilingHours::kStopped);
    EXPECT_FALSE(ceilings.calendar.isWorkday(*Date::of(2026, 10, 1)));
    EXPECT_TRUE(ceilings.calendar.isWorkday(*Date::of(2026, 10, 10)));
    EXPECT_TRUE(ceilings.hasCalendar);
}

TEST_F(SettingsTest, HoursOfAnotherFormAreRefused) {
    for (const char* hours : {"08:30-17:30", "8:30-17:30 5", "08:30-24:30 5", "17:30-08:30 5", "08:60-09:00 5",
                              "08:00-09:00 0", "08:00-09:00 -1", "08:00-09:00 fast", "08:00-12:00 5, 11:00-13:00 5"}) {
        EXPECT_NE(problemsOf(least() + "push.rate.ceiling.workday = " + hours + "\n").find("push.rate.ceiling.workday"),
                  std::string::npos)
            << hours;
    }
}

TEST_F(SettingsTest, TheCalendarsProblemsAreToldWithFileAndLine) {
    write("calendar.properties",
          "2026-10-01 = holiday\n2026-02-30 = holiday\n2026-10-09 = workday\n2026-10-10 = free\n");
    const std::string problems = problemsOf(least() + "calendar.file = calendar.properties\n");
    for (const char* told : {"2: `2026-02-30`", "3: `2026-10-09`", "4: `2026-10-10`"}) {
        EXPECT_NE(problems.find(told), std::string::npos) << told << "\n" << problems;
    }
    EXPECT_EQ(problems.find("`2026-10-01`"), std::string::npos);
}

TEST(CalendarFileTest, TheShippedOneKnowsItsYear) {
    const auto calendar =
        loadCalendar(std::filesystem::path(LIANZHENG_CONFIGURATION).parent_path() / "calendar.properties");
    ASSERT_TRUE(calendar) << str(calendar.error().front());
    EXPECT_TRUE(calendar->covers(2026));
    EXPECT_FALSE(calendar->isWorkday(*Date::of(2026, 2, 17)));
    EXPECT_TRUE(calendar->isWorkday(*Date::of(2026, 2, 28)));
}

}  // namespace
}  // namespace lianzheng
