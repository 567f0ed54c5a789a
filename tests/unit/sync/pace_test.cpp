#include <gtest/gtest.h>

#include "gateway/sync/rate.h"
#include "gateway/sync/retry_policy.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
constexpr TimePoint kNow{1'773'115'200'000ms};
constexpr RetryPolicy kPolicy{};  // 30 s, at most an hour, 12 tries

Error error(Fault fault) { return {fault, "national.assign", "time_out", std::nullopt}; }

std::chrono::milliseconds delay(int attempts, double unit) {
    return *nextAttempt(kPolicy, error(Fault::InDoubt), attempts, kNow, unit) - kNow;
}

TEST(RetryPolicyTest, LiesBetweenHalfTheCeilingAndTheCeiling) {
    EXPECT_EQ(delay(1, 0), 15s);
    EXPECT_EQ(delay(1, 0.5), 22'500ms);
    EXPECT_LT(delay(1, 0.999999), 30s);
}

TEST(RetryPolicyTest, TheCeilingDoublesUpToItsCap) {
    EXPECT_EQ(delay(2, 0), 30s);
    EXPECT_EQ(delay(3, 0), 60s);
    EXPECT_EQ(delay(7, 0), 960s);
    EXPECT_EQ(delay(8, 0), 1800s);
    EXPECT_EQ(delay(11, 0), 1800s);
}

TEST(RetryPolicyTest, GivesUpAfterTheLastTry) {
    EXPECT_TRUE(nextAttempt(kPolicy, error(Fault::InDoubt), 11, kNow, 0));
    EXPECT_FALSE(nextAttempt(kPolicy, error(Fault::InDoubt), 12, kNow, 0));
}

TEST(RetryPolicyTest, OnlyWhatMayPassIsTriedAgain) {
    for (const Fault fault : {Fault::Throttled, Fault::Unavailable, Fault::InDoubt}) {
        EXPECT_TRUE(nextAttempt(kPolicy, error(fault), 1, kNow, 0)) << word(fault);
    }
    for (const Fault fault : {Fault::Rejected, Fault::Denied, Fault::Corrupt, Fault::Cancelled}) {
        EXPECT_FALSE(nextAttempt(kPolicy, error(fault), 1, kNow, 0)) << word(fault);
    }
}

TEST(RetryPolicyTest, NotBeforeThePlatformAllowsIt) {
    Error throttled = error(Fault::Throttled);
    throttled.retryAfter = 120s;
    EXPECT_EQ(nextAttempt(kPolicy, throttled, 1, kNow, 0), kNow + 120s);
    throttled.retryAfter = 1s;
    EXPECT_EQ(nextAttempt(kPolicy, throttled, 1, kNow, 0), kNow + 15s);
}

TEST(RateTest, WithoutACeilingEverythingGoes) {
    Rate rate(0);
    EXPECT_EQ(rate.take(100'000, kNow), 100'000U);
    EXPECT_EQ(rate.nextAt(kNow), kNow);
}

TEST(RateTest, HoldsAQuarterOfASecondAtMost) {
    Rate rate(100);
    EXPECT_EQ(rate.take(1000, kNow), 25U);
    EXPECT_EQ(rate.take(1000, kNow), 0U);
    EXPECT_EQ(rate.take(1000, kNow + 100ms), 10U);
    EXPECT_EQ(rate.take(1000, kNow + 1h), 25U);
}

TEST(RateTest, ASlowOneLetsAtLeastOneGo) {
    Rate rate(0.5);
    EXPECT_EQ(rate.take(5, kNow), 1U);
    EXPECT_EQ(rate.nextAt(kNow), kNow + 2s);
    EXPECT_EQ(rate.take(5, kNow + 1999ms), 0U);
    EXPECT_EQ(rate.take(5, kNow + 2s), 1U);
}

TEST(RateTest, StaysBelowItsCeilingOverAMinute) {
    Rate rate(7);
    std::size_t gone = 0;
    TimePoint now = kNow;
    while (now < kNow + 60s) {
        gone += rate.take(3, now);
        now = std::max(rate.nextAt(now), now + 1ms);
    }
    EXPECT_LE(gone, 7U * 60 + 2);
    EXPECT_GE(gone, 7U * 60 - 7);
}

TEST(RateTest, AClockThatGoesBackGrantsNothing) {
    Rate rate(1);
    EXPECT_EQ(rate.take(1, kNow), 1U);
    EXPECT_EQ(rate.take(1, kNow - 1h), 0U);
}

}  // namespace
}  // namespace lianzheng
