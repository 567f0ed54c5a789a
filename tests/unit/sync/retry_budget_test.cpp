#include "gateway/sync/retry_budget.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
constexpr TimePoint kNow{1'773'115'200'000ms};

int repeatsAt(RetryBudget& budget, TimePoint now) {
    int gone = 0;
    while (gone < 1000 && budget.takeRepeat(now)) gone += 1;
    return gone;
}

TEST(RetryBudgetTest, AShareOfTheFirstSends) {
    RetryBudget budget(0.25);
    EXPECT_EQ(repeatsAt(budget, kNow), 100);  // what a start or an outage left in doubt
    for (int i = 0; i < 100; ++i) budget.sentFirst();
    EXPECT_EQ(repeatsAt(budget, kNow), 25);
    EXPECT_EQ(repeatsAt(budget, kNow), 0);
}

TEST(RetryBudgetTest, WhatIsInDoubtIsSettledThoughNothingNewIsSent) {
    RetryBudget budget(0);
    repeatsAt(budget, kNow);
    EXPECT_EQ(repeatsAt(budget, kNow + 10s), 10);
    EXPECT_TRUE(budget.takeRepeat(budget.nextAt(kNow + 10s)));
}

TEST(RetryBudgetTest, NoMoreIsSavedThanAMinutesTrouble) {
    RetryBudget budget(0.5);
    for (int i = 0; i < 10'000; ++i) budget.sentFirst();
    EXPECT_EQ(repeatsAt(budget, kNow + 24h), 100);
}

TEST(RetryBudgetTest, AShareOfOneIsNoBound) {
    RetryBudget budget(1);
    EXPECT_EQ(repeatsAt(budget, kNow), 1000);
}

}  // namespace
}  // namespace lianzheng
