#include <algorithm>

#include <gtest/gtest.h>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

/// A certificate that leaves the province, and comes back or does not.
class TransferTest : public ::testing::Test {
protected:
    TransferTest() {
        world_.province.add({.id = 1});
        (void)world_.firstRun();
        (void)world_.callsSince();
    }
    Names passAt(TimePoint at) {
        world_.clock.set(at);
        (void)world_.pass();
        return world_.callsSince();
    }
    World world_;
};

TEST_F(TransferTest, ATransferOutIsSentAndItsCancellationToo) {
    world_.province.set(1, "ZX = '3'", "2026-03-03 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 3, 10h)), Names{"update.05"});
    EXPECT_EQ(world_.national(1).state(), "06");
    EXPECT_EQ(world_.ledger(1).state, CertState::TransferredOut);

    world_.province.set(1, "ZX = '0'", "2026-03-04 09:00:00");
    const Names calls = passAt(shanghai(2026, 3, 4, 10h));
    ASSERT_FALSE(calls.empty());
    EXPECT_EQ(calls.front(), "update.10");
    EXPECT_EQ(world_.national(1).state(), "01");
    EXPECT_EQ(world_.ledger(1).state, CertState::Valid);
    EXPECT_FALSE(world_.national(1).doubled);
    EXPECT_EQ(passAt(shanghai(2026, 3, 5)), Names{});
}

TEST_F(TransferTest, ACancellationWhoseReplyIsLostHappensOnce) {
    for (const auto repeat : {sim::national::Repeat::SameReply, sim::national::Repeat::Exists}) {
        World world;
        sim::national::Rules rules;
        rules.repeat = repeat;
        world.platform.registry().setRules(rules);
        world.province.add({.id = 1});
        (void)world.firstRun();
        world.province.set(1, "ZX = '3'", "2026-03-02 08:30:00");
        world.settle();
        ASSERT_EQ(world.national(1).state(), "06");
        const auto before = world.events(1);
        world.clock.set(shanghai(2026, 3, 4, 10h));
        world.province.set(1, "ZX = '0'", "2026-03-04 09:00:00");
        world.platform.breakAt(1, RegistryPlatform::Break::LostAfter);
        world.settle();
        auto events = world.events(1);
        events.erase(events.begin(), events.begin() + std::ssize(before));
        EXPECT_EQ(std::ranges::count(events, "update.10"), 1);
        EXPECT_EQ(world.national(1).state(), "01");
        EXPECT_EQ(world.ledger(1).state, CertState::Valid);
        EXPECT_FALSE(world.national(1).doubled);
    }
}

}  // namespace
}  // namespace lianzheng::test
