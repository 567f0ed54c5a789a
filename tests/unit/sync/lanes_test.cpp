#include "gateway/sync/lanes.h"

#include <gtest/gtest.h>

#include <numeric>

namespace lianzheng {
namespace {

using Counts = LaneShares::Counts;
constexpr std::size_t kMany = 1'000'000;

TEST(LaneSharesTest, OneLaneTakesAll) {
    EXPECT_EQ(LaneShares{}.serve(10, {0, 0, 0, 0, kMany}), (Counts{0, 0, 0, 0, 10}));
    EXPECT_EQ(LaneShares{}.serve(10, {0, 0, 3, 0, 0}), (Counts{0, 0, 3, 0, 0}));
    EXPECT_EQ(LaneShares{}.serve(10, {}), Counts{});
}

TEST(LaneSharesTest, WhoeverBeginsToWaitIsServedAtOnce) {
    LaneShares shares;
    shares.serve(1000, {0, 0, 0, 0, kMany});
    EXPECT_EQ(shares.serve(1, {0, 1, 0, 0, kMany}), (Counts{0, 1, 0, 0, 0}));
    EXPECT_EQ(shares.serve(1, {1, 0, 0, 0, kMany}), (Counts{1, 0, 0, 0, 0}));
}

TEST(LaneSharesTest, NoFloodTakesWhatIsReservedForAnother) {
    for (std::size_t slots : {1U, 7U, 1000U}) {
        LaneShares shares;
        Counts gone{};
        for (std::size_t sent = 0; sent < 10'000; sent += slots) {
            const Counts now = shares.serve(slots, {kMany, kMany, kMany, kMany, kMany});
            EXPECT_EQ(std::accumulate(now.begin(), now.end(), std::size_t{0}), slots);
            for (std::size_t lane = 0; lane < kLanes; ++lane) gone[lane] += now[lane];
        }
        const auto all = static_cast<double>(std::accumulate(gone.begin(), gone.end(), std::size_t{0}));
        for (std::size_t lane = 1; lane < kLanes; ++lane) {
            EXPECT_GE(static_cast<double>(gone[lane]) / all, 0.9 * LaneShares::kReserved[lane]) << lane;
        }
        EXPECT_GE(static_cast<double>(gone[0]) / all, 0.3);
    }
}

TEST(LaneSharesTest, TheCampaignGetsItsShareBesideAFloodOfManualOnes) {
    LaneShares shares;
    const Counts gone = shares.serve(1000, {0, kMany, 0, 0, kMany});
    EXPECT_NEAR(static_cast<double>(gone[4]), 50, 3);
}

TEST(LaneSharesTest, NobodySavesUpWhileNothingOfHisWaits) {
    LaneShares shares;
    shares.serve(1000, {0, kMany, 0, 0, 0});
    EXPECT_EQ(shares.serve(5, {0, kMany, 0, 0, kMany}), (Counts{0, 5, 0, 0, 0}));
}

TEST(LaneSharesTest, DividingChangesNothing) {
    LaneShares shares;
    const Counts first = shares.divide(100, {0, kMany, kMany, 0, kMany});
    EXPECT_EQ(shares.divide(100, {0, kMany, kMany, 0, kMany}), first);
    EXPECT_EQ(shares.serve(100, {0, kMany, kMany, 0, kMany}), first);
}

}  // namespace
}  // namespace lianzheng
