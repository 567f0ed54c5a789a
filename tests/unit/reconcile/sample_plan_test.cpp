#include "gateway/reconcile/sample_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "gateway/reconcile/binomial.h"

namespace lianzheng {
namespace {

TEST(BinomialTest, TheBoundIsThatOfTheTables) {
    EXPECT_NEAR(upperShare(0, 10, 0.05), 0.2589, 1e-4);
    EXPECT_NEAR(upperShare(0, 300, 0.05), 1 - std::pow(0.05, 1.0 / 300), 1e-12);
    EXPECT_NEAR(upperShare(1, 10, 0.05), 0.3942, 1e-4);
    EXPECT_NEAR(upperShare(5, 20, 0.05), 0.4556, 1e-4);
    EXPECT_NEAR(upperShare(50, 1000, 0.05), 0.06286, 1e-5);
    EXPECT_EQ(upperShare(7, 7, 0.05), 1);
    EXPECT_EQ(upperShare(0, 0, 0.05), 1);
    EXPECT_LT(upperShare(3, 1'000'000, 0.01), 1.1e-5);
}

TEST(SamplePlanTest, EveryBeginningIsInProportion) {
    const std::vector<std::uint64_t> sizes{700'000, 200'000, 90'000, 10'000};
    const SamplePlan plan(sizes, 1000, 0.37);
    EXPECT_EQ(plan.population(), 1'000'000U);
    std::vector<double> drawn(4, 0);
    for (std::size_t i = 0; i < plan.order().size(); ++i) {
        drawn[plan.order()[i]] += 1;
        const double done = static_cast<double>(i + 1);
        for (std::size_t stratum = 0; stratum < 4; ++stratum) {
            const double due = done * static_cast<double>(sizes[stratum]) / 1e6;
            ASSERT_LE(std::abs(drawn[stratum] - due), 1 + std::log2(done)) << i << " " << stratum;
        }
    }
}

TEST(SamplePlanTest, ASmallPopulationIsDrawnWholeAndThenThereIsNoDoubt) {
    const std::vector<std::uint64_t> sizes{3, 0, 1, 7};
    const SamplePlan plan(sizes, 500, 0.9);
    EXPECT_TRUE(plan.isWhole());
    EXPECT_EQ(plan.ofStratum(), sizes);
    GrowingBound bound(plan, 0.95, 0.5);
    for (int i = 0; i < 10; ++i) bound.add(i == 4);
    EXPECT_FALSE(bound.reached());
    EXPECT_TRUE(bound.add(false));
    EXPECT_DOUBLE_EQ(bound.bound().value(), 1.0 / 11);
    EXPECT_TRUE(SamplePlan({}, 10, 0).order().empty());
    EXPECT_TRUE(SamplePlan({0, 0}, 10, 0).order().empty());
}

/// The sixteen that were looked at first showed nothing, and bounded the share below what the rest then showed.
TEST(SamplePlanTest, WhenAllWereLookedAtTheBoundIsWhatWasFound) {
    const SamplePlan plan({32}, 32, 0.3);
    GrowingBound bound(plan, 0.95, 0.01);
    for (int i = 0; i < 32; ++i) bound.add(i >= 16);
    EXPECT_DOUBLE_EQ(bound.bound().value(), 0.5);
}

TEST(SamplePlanTest, WithNothingWrongItStopsAtTheFirstLookThatIsEnough) {
    const SamplePlan plan({1'000'000}, 8000, 0);
    GrowingBound bound(plan, 0.95, 0.01);
    std::uint64_t drawn = 1;
    while (!bound.add(false)) drawn += 1;
    EXPECT_EQ(drawn, 500U);  // ln(0.05 / 5) / ln(1 - 0.01) = 458
    EXPECT_EQ(bound.drawn(), 500U);
    EXPECT_NEAR(bound.bound().value(), 1 - std::pow(0.01, 1.0 / 500), 1e-9);
}

/// What is sampled: how many disagree in each stratum.
struct Population {
    const char* name;
    std::vector<std::uint64_t> sizes;
    std::vector<std::uint64_t> disagreeing;
};

/// Ten thousand samplings of each, stopped as soon as they may: the stated bound holds at least as often as stated.
TEST(SamplePlanTest, TheStatedBoundHoldsAsOftenAsStated) {
    const Population populations[] = {
        {"evenly at the target", {30'000, 9'000, 900}, {900, 270, 27}},
        {"just above the target", {30'000, 9'000, 900}, {1'000, 300, 30}},
        {"one stratum alone", {30'000, 8'700, 1'200}, {0, 0, 1'200}},
        {"many small ones", std::vector<std::uint64_t>(100, 400), std::vector<std::uint64_t>(100, 13)},
        {"one in five", {30'000, 9'000, 900}, {6'000, 1'800, 180}},
    };
    std::mt19937_64 chance(20260302);
    std::uniform_real_distribution<double> unit(0, 1);
    for (const Population& population : populations) {
        std::uint64_t all = 0;
        std::uint64_t wrong = 0;
        for (std::size_t i = 0; i < population.sizes.size(); ++i) {
            all += population.sizes[i];
            wrong += population.disagreeing[i];
        }
        const double share = static_cast<double>(wrong) / static_cast<double>(all);
        constexpr int kTimes = 10'000;
        int held = 0;
        for (int time = 0; time < kTimes; ++time) {
            const SamplePlan plan(population.sizes, 320, unit(chance));
            GrowingBound bound(plan, 0.95, 0.03);
            auto left = population.sizes;
            auto bad = population.disagreeing;
            for (const std::size_t stratum : plan.order()) {  // without replacement
                const bool disagrees =
                    unit(chance) * static_cast<double>(left[stratum]) < static_cast<double>(bad[stratum]);
                left[stratum] -= 1;
                bad[stratum] -= disagrees ? 1 : 0;
                if (bound.add(disagrees)) break;
            }
            held += share <= bound.bound().value() ? 1 : 0;
        }
        EXPECT_GE(held, kTimes * 95 / 100) << population.name;
    }
}

}  // namespace
}  // namespace lianzheng
