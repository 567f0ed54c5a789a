#include "gateway/sync/ceilings.h"

#include <gtest/gtest.h>

#include "gateway/sync/rate.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

const Date kHoliday = *Date::of(2026, 10, 1);
const Date kMadeUp = *Date::of(2026, 10, 10);

Ceilings ceilings() {
    Ceilings all;
    all.workdays = {{8h + 30min, 17h + 30min, 5}, {17h + 30min, 24h, 50}};
    all.holidays = {{0h, 12h, CeilingHours::kStopped}, {12h, 24h, 0}};
    all.calendar = WorkdayCalendar({kHoliday}, {kMadeUp});
    return all;
}

double at(const Date& day, std::chrono::milliseconds hour) { return ceilings().at(day.beginsInShanghai() + hour, 20); }

TEST(CeilingsTest, AWorkdaysHours) {
    const Date friday = *Date::of(2026, 10, 9);
    EXPECT_EQ(at(friday, 0h), 20);
    EXPECT_EQ(at(friday, 8h + 30min - 1ms), 20);
    EXPECT_EQ(at(friday, 8h + 30min), 5);
    EXPECT_EQ(at(friday, 17h + 30min), 50);
    EXPECT_EQ(at(friday, 24h - 1ms), 50);
}

TEST(CeilingsTest, HolidaysAndWeekendsHaveTheirOwn) {
    EXPECT_EQ(at(kHoliday, 9h), CeilingHours::kStopped);
    EXPECT_EQ(at(kHoliday, 13h), 0);
    EXPECT_EQ(at(*Date::of(2026, 10, 11), 9h), CeilingHours::kStopped);
    EXPECT_EQ(at(kMadeUp, 9h), 5);
}

TEST(CeilingsTest, NothingSaidIsTheOneCeiling) { EXPECT_EQ(Ceilings{}.at(kHoliday.beginsInShanghai(), 20), 20); }

TEST(CeilingsTest, AStoppedRateLetsNothingGoUntilItIsSetAgain) {
    constexpr TimePoint kNow{1'773'115'200'000ms};
    Rate rate(0);
    EXPECT_EQ(rate.take(7, kNow), 7U);
    rate.set(CeilingHours::kStopped);
    EXPECT_EQ(rate.take(7, kNow), 0U);
    EXPECT_GT(rate.nextAt(kNow), kNow + 10s);
    rate.set(10);
    EXPECT_GE(rate.take(7, kNow + 1s), 1U);
}

}  // namespace
}  // namespace lianzheng
