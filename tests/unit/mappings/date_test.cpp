#include "mappings/date.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

TEST(DateTest, OnlyTheOneSpellingAndDaysThatExist) {
    for (const std::string_view good :
         {"2023-07-01", "2024-02-29", "2000-02-29", "1950-01-01", "0001-01-01", "9999-12-31"}) {
        const std::optional<Date> date = Date::parse(good);
        ASSERT_TRUE(date) << good;
        EXPECT_EQ(date->str(), good);
    }
    for (const std::string_view bad :
         {"", "2023-7-1", "2023/07/01", "20230701", "2023-02-29", "1900-02-29", "2023-13-01", "2023-00-01",
          "2023-01-00", "2023-04-31", "0000-01-01", "2023-07-01 ", "2023-07-0a", "-023-07-01", "2023-07-01T00:00:00"}) {
        EXPECT_FALSE(Date::parse(bad)) << bad;
    }
    EXPECT_FALSE(Date::of(10000, 1, 1));
    EXPECT_FALSE(Date::of(2023, 257, 1)) << "calendar types wrap at 256";
}

TEST(DateTest, EveryDayOfFourCenturiesIsReadBack) {
    for (Date day = *Date::of(1800, 1, 1); day < *Date::of(2200, 1, 1); day = day.plusDays(1)) {
        ASSERT_EQ(Date::parse(day.str()), day);
    }
}

TEST(DateTest, TheDayChangesAtMidnightInShanghai) {
    const TimePoint before{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 15h + 59min + 59s + 999ms};
    EXPECT_EQ(Date::inShanghai(before).str(), "2026-03-01");
    EXPECT_EQ(Date::inShanghai(before + 1ms).str(), "2026-03-02");
    EXPECT_EQ(Date::parse("2026-03-02")->beginsInShanghai(), before + 1ms);
    EXPECT_EQ(Date::inShanghai(TimePoint{-1ms}).str(), "1970-01-01");
    EXPECT_EQ(Date::parse("2024-02-28")->plusDays(2).str(), "2024-03-01");
    EXPECT_EQ(Date::parse("2024-03-01")->plusDays(-366).str(), "2023-03-01");
}

TEST(DateTest, InstantsAreWrittenForMachinesAndForPeople) {
    const TimePoint instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 2h + 3min + 4s + 5ms};
    EXPECT_EQ(isoUtc(instant), "2026-03-01T02:03:04.005Z");
    EXPECT_EQ(shanghaiText(instant), "2026-03-01 10:03:04");
    EXPECT_EQ(isoUtc(TimePoint{-1ms}), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace lianzheng
