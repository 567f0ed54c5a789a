#include "gateway/sync/batch_limits.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

OutboxRow rowOf(std::int64_t id, Request request, int attempts = 0) {
    OutboxRow row;
    row.id = id;
    row.step.request = std::move(request);
    row.attempts = attempts;
    return row;
}

TEST(BatchLimitsTest, EachOperationHasItsOwn) {
    const BatchSizes sizes{50, 10, 5, 2};
    const BatchLimits limits(sizes);
    EXPECT_EQ(limits.of(rowOf(1, AssignCode{})), 50U);
    EXPECT_EQ(limits.of(rowOf(1, CollectLicence{})), 10U);
    EXPECT_EQ(limits.of(rowOf(1, UpdateState{})), 5U);
    EXPECT_EQ(limits.of(rowOf(1, ChangeIdentity{})), 2U);
    EXPECT_EQ(sizes.of("employer"), 1U);
    EXPECT_EQ(sizes.widest(), 50U);
}

TEST(BatchLimitsTest, EachTryThatCameToNothingHalvesTheNext) {
    const BatchSizes sizes{50, 1, 1, 1};
    const BatchLimits limits(sizes);
    const std::size_t expected[] = {50, 25, 12, 6, 3, 1, 1};
    for (int attempts = 0; attempts < 7; ++attempts) {
        EXPECT_EQ(limits.of(rowOf(1, AssignCode{}, attempts)), expected[attempts]);
    }
    EXPECT_EQ(limits.of(rowOf(1, AssignCode{}, 1'000'000)), 1U);
}

TEST(BatchLimitsTest, ARefusalOfTheWholeHalvesForThoseInIt) {
    const BatchSizes sizes{50, 1, 1, 1};
    BatchLimits limits(sizes);
    limits.halve(7, 20);
    EXPECT_TRUE(limits.halved(7));
    EXPECT_EQ(limits.of(rowOf(7, AssignCode{})), 10U);
    EXPECT_EQ(limits.of(rowOf(8, AssignCode{})), 50U);
    limits.halve(7, 1);
    EXPECT_EQ(limits.of(rowOf(7, AssignCode{})), 1U);
    limits.judged(7);
    EXPECT_FALSE(limits.halved(7));
    EXPECT_EQ(limits.of(rowOf(7, AssignCode{})), 50U);
}

}  // namespace
}  // namespace lianzheng
