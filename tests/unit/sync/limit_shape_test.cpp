#include "gateway/sync/limit_shape.h"

#include <gtest/gtest.h>

#include "gateway/sync/pace_steps.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
constexpr TimePoint kBegin{1'773'115'200'000ms};

RefusalPhases every(std::chrono::milliseconds period, std::chrono::milliseconds first, int times) {
    RefusalPhases phases;
    for (int i = 0; i < times; ++i) phases.add(kBegin + first + i * period, i >= times / 2);
    return phases;
}

TEST(RefusalPhasesTest, AtTheEndOfEachSecondTheyAreTogether) {
    const RefusalPhases phases = every(1'000ms, 940ms, 12);
    EXPECT_TRUE(phases.together());
    EXPECT_NEAR(phases.place(), 0.94, 0.001);
    EXPECT_TRUE(every(2'000ms, 10ms, 6).together());
}

TEST(RefusalPhasesTest, AcrossTheBeginningOfASecondToo) {
    RefusalPhases phases;
    for (int i = 0; i < 10; ++i) phases.add(kBegin + i * 1'000ms + (i % 2 == 0 ? 980ms : 1'020ms), i >= 5);
    EXPECT_TRUE(phases.together());
    EXPECT_LT(std::min(phases.place(), 1 - phases.place()), 0.01);
}

TEST(RefusalPhasesTest, WhatComesWithThePaceIsNot) {
    EXPECT_FALSE(every(1'200ms, 0ms, 12).together());
    EXPECT_FALSE(every(390ms, 0ms, 30).together());
}

TEST(RefusalPhasesTest, WhatMovesSlowlyIsNot) { EXPECT_FALSE(every(1'030ms, 0ms, 8).together()); }

TEST(RefusalPhasesTest, ThreeProveNothing) { EXPECT_FALSE(every(1'000ms, 940ms, 3).together()); }

TEST(PaceStepsTest, StepsGrow) {
    for (const LimitShape shape :
         {LimitShape::Unknown, LimitShape::Reserve, LimitShape::ClockSecond, LimitShape::AnySecond}) {
        for (const double base : {0.5, 4.85, 9.7, 48.5, 5'000.0}) {
            for (int step = 0; step < 12; ++step) {
                const PaceStep here = probeStep(shape, base, step);
                EXPECT_GT(here.multiple, 1);
                EXPECT_GE(probeStep(shape, base, step + 1).multiple, here.multiple);
                EXPECT_GE(here.takes, 250ms);
            }
            EXPECT_GT(probeStep(shape, base, 12).multiple, 30);
        }
    }
}

/// Whatever its place in the second, one item more than the limit falls into the whole second that the step covers.
TEST(PaceStepsTest, AClocksSecondIsOverfilledByOne) {
    for (const double limit : {5.0, 7.0, 10.0, 16.0}) {
        const double base = 0.97 * limit;
        const PaceStep step = probeStep(LimitShape::ClockSecond, base, 0);
        EXPECT_GE(base * step.multiple, limit + 1);
        EXPECT_LT(base * step.multiple, limit + 2);
        EXPECT_GE(step.takes, 2'000ms);
    }
}

TEST(PaceStepsTest, ClimbsGetFiner) {
    EXPECT_EQ(climbStep(0, 100, 0).multiple, 1);
    EXPECT_NEAR(climbStep(0, 100, 1).multiple, 1.12, 1e-9);
    EXPECT_NEAR(climbStep(1, 100, 1).multiple, 1.03, 1e-9);
    EXPECT_NEAR(climbStep(kFinestClimb, 100, 0).multiple, 1.01, 1e-9);
    EXPECT_EQ(climbStep(kFinestClimb, 5, 0).takes, 1'288ms);
}

}  // namespace
}  // namespace lianzheng
