#include "gateway/sync/breaker.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
constexpr TimePoint kNow{1'773'115'200'000ms};

TEST(BreakerTest, ToleratesTwoFailuresInARow) {
    Breaker breaker;
    breaker.failed(kNow, 0ms);
    breaker.failed(kNow, 0ms);
    EXPECT_EQ(breaker.leave(kNow), Breaker::Leave::All);
    EXPECT_FALSE(breaker.opensAgainAt());
    breaker.failed(kNow, 0ms);
    EXPECT_EQ(breaker.leave(kNow), Breaker::Leave::None);
}

TEST(BreakerTest, ProbesAfterASecondAndClosesOnAnAnswer) {
    Breaker breaker;
    for (int i = 0; i < 3; ++i) breaker.failed(kNow, 0ms);
    EXPECT_EQ(breaker.opensAgainAt(), kNow + 1s);
    EXPECT_EQ(breaker.leave(kNow + 999ms), Breaker::Leave::None);
    EXPECT_EQ(breaker.leave(kNow + 1s), Breaker::Leave::Probe);
    breaker.succeeded();
    EXPECT_EQ(breaker.leave(kNow + 1s), Breaker::Leave::All);
    breaker.failed(kNow + 1s, 0ms);
    EXPECT_EQ(breaker.leave(kNow + 1s), Breaker::Leave::All);
}

TEST(BreakerTest, WaitsTwiceAsLongAfterEachFailedProbeButNeverForGood) {
    Breaker breaker;
    for (int i = 0; i < 3; ++i) breaker.failed(kNow, 0ms);
    TimePoint now = kNow;
    for (const auto pause : {2s, 4s, 8s, 16s, 32s, 64s, 64s, 64s}) {
        now = *breaker.opensAgainAt();
        ASSERT_EQ(breaker.leave(now), Breaker::Leave::Probe);
        breaker.failed(now, 0ms);
        EXPECT_EQ(*breaker.opensAgainAt(), now + pause);
    }
    for (int i = 0; i < 10'000; ++i) breaker.failed(now, 0ms);
    EXPECT_EQ(breaker.leave(now + 65s), Breaker::Leave::Probe);
}

TEST(BreakerTest, OpensAtOnceForAsLongAsThePlatformAsks) {
    Breaker breaker;
    breaker.failed(kNow, 30s);
    EXPECT_EQ(breaker.leave(kNow + 29s), Breaker::Leave::None);
    EXPECT_EQ(breaker.leave(kNow + 30s), Breaker::Leave::Probe);
}

TEST(BreakerTest, CallsThatEndLaterDoNotShortenThePause) {
    Breaker breaker;
    breaker.failed(kNow, 60s);
    breaker.failed(kNow, 0ms);
    breaker.failed(kNow, 0ms);
    EXPECT_EQ(breaker.opensAgainAt(), kNow + 60s);
}

}  // namespace
}  // namespace lianzheng
