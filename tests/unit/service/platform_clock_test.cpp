#include "gateway/service/platform_clock.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

class HourClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return hour; }
    void sleepUntil(TimePoint, const std::stop_token&) override {}
    TimePoint hour{};
};

/// Reports what it is given.
class TellingPlatform final : public Platform {
public:
    explicit TellingPlatform(std::vector<Completion>& next) : next_(next) {}
    Ticket start(Request) override { return Ticket{7}; }
    std::vector<Completion> poll(std::chrono::milliseconds, const std::stop_token&) override {
        return std::exchange(next_, {});
    }

private:
    std::vector<Completion>& next_;
};

TEST(PlatformClockTest, TheLatestDateCounts) {
    HourClock clock;
    std::vector<Completion> next;
    ClockedPlatform platform(std::make_unique<TellingPlatform>(next), clock);
    EXPECT_EQ(platform.start(QueryCertificate{}), Ticket{7});
    next.resize(1);
    EXPECT_EQ(platform.poll(0ms, {}).size(), 1U);
    EXPECT_FALSE(platform.skew());
    clock.hour = TimePoint{5s};
    next.resize(3);
    next[0].clockSkew = 200s;
    next[1].clockSkew = -61s;
    EXPECT_EQ(platform.poll(0ms, {}).size(), 3U);
    ASSERT_TRUE(platform.skew());
    EXPECT_EQ(platform.skew()->theirs, -61s);
    EXPECT_EQ(platform.skew()->measuredAt, clock.hour);
    // A reply without a Date tells nothing new.
    next.resize(1);
    (void)platform.poll(0ms, {});
    EXPECT_EQ(platform.skew()->theirs, -61s);
}

TEST(PlatformClockTest, AMinuteIsTooMuchInEitherDirection) {
    for (const auto seconds : {60s, 61s, -60s, 86'400s}) EXPECT_TRUE((ClockSkew{seconds, {}}.isGreat()));
    for (const auto seconds : {0s, 59s, -59s}) EXPECT_FALSE((ClockSkew{seconds, {}}.isGreat()));
}

TEST(PlatformClockTest, ItsWordComesBackAsItWas) {
    for (const auto seconds : {0s, 61s, -3600s}) {
        const ClockSkew skew{seconds, TimePoint{1'790'000'000'007ms}};
        const auto back = ClockSkew::parse(skew.text());
        ASSERT_TRUE(back);
        EXPECT_EQ(back->theirs, seconds);
        EXPECT_EQ(back->measuredAt, skew.measuredAt);
    }
    for (const char* text : {"", "3", "3 ", " 3", "3 4 5", "x 4", "3 y"}) EXPECT_FALSE(ClockSkew::parse(text)) << text;
}

}  // namespace
}  // namespace lianzheng
