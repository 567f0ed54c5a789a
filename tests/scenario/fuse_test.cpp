#include <gtest/gtest.h>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

constexpr int kRows = 40;

/// Forty certificates in step, and fuses for so small a province.
class FuseTest : public ::testing::Test {
protected:
    FuseTest() {
        world_.settings.fuse.terminal = 3;
        world_.settings.fuse.massAtLeast = 10;
        for (int id = 1; id <= kRows; ++id) world_.province.add({.id = id, .expires = expires(id)});
        (void)world_.firstRun();
        (void)world_.callsSince();
        world_.clock.advance(1h);
    }
    static std::string expires(int id) { return id <= 20 ? "2026-03-10" : "2028-05-31"; }

    /// The pass is stopped for this reason, and nothing is sent or becomes due, then and later.
    void expectTripped(const PassOptions& options, const std::string& reason) {
        for (int again = 0; again < 2; ++again) {
            const PassResult result = world_.pass(options);
            ASSERT_TRUE(result.trip) << "no trip";
            EXPECT_EQ(result.end, PassResult::End::Fuse);
            EXPECT_EQ(result.trip->reason, reason);
            EXPECT_FALSE(result.trip->why.empty());
            world_.reopen();
        }
        EXPECT_EQ(world_.callsSince(), Names{});
    }
    static PassOptions full() {
        PassOptions options;
        options.full = true;
        return options;
    }
    static PassOptions accepting(std::uint64_t steps) {
        PassOptions options;
        options.accept = steps;
        return options;
    }

    World world_;
};

TEST_F(FuseTest, AnEmptyViewSendsNothing) {
    world_.province.run("DELETE FROM ZS");
    expectTripped(full(), "lost");
    expectTripped({}, "lost");
}

TEST_F(FuseTest, AThirdOfTheViewGoneSendsNothing) {
    world_.province.run("DELETE FROM ZS WHERE ID % 3 = 0");
    world_.province.set(1, "DW = '新单位'", "2026-03-02 08:30:00");
    expectTripped(full(), "lost");
    expectTripped({}, "lost");
    EXPECT_EQ(world_.pass(accepting(1)).pushed.accepted, 2U);
    EXPECT_EQ(world_.callsSince(), (Names{"assign.09", "collect"}));
}

TEST_F(FuseTest, ManyCancelledAtOnceAreAskedForAndSentOnce) {
    world_.province.run("UPDATE ZS SET ZX = '1', GXSJ = '2026-03-02 08:30:00' WHERE ID > 34");
    expectTripped({}, "terminal");
    expectTripped(full(), "terminal");
    const PassResult less = world_.pass(accepting(5));
    ASSERT_TRUE(less.trip);
    EXPECT_EQ(less.trip->reason, "more_than_accepted");
    EXPECT_EQ(world_.pass(accepting(6)).pushed.accepted, 6U);
    EXPECT_EQ(world_.callsSince(), Names(6, "update.05"));
    EXPECT_EQ(world_.pass().end, PassResult::End::Done);
    EXPECT_EQ(world_.callsSince(), Names{});
    for (int id = 35; id <= kRows; ++id) EXPECT_EQ(world_.national(id).state(), "04");
}

TEST_F(FuseTest, AChangedMappingIsAskedForAndSentOnce) {
    world_.editMapping("educationDegree: {constant: \"03\"}", "educationDegree: {constant: \"04\"}");
    world_.reopen();
    expectTripped(full(), "mapping");
    expectTripped({}, "mapping");
    PassOptions all = accepting(kRows);
    all.full = true;
    EXPECT_EQ(world_.pass(all).pushed.accepted, 2U * kRows);
    (void)world_.callsSince();
    EXPECT_EQ(world_.pass(full()).end, PassResult::End::Done);
    EXPECT_EQ(world_.callsSince(), Names{});
    EXPECT_EQ(world_.national(7).at("educationDegree"), "04");
}

/// What is looked at again by its hour is not let through behind the fuse's back.
TEST_F(FuseTest, AStoppedPassIsNotGoneRoundByReviews) {
    world_.province.run("UPDATE ZS SET ZX = '1', GXSJ = '2026-03-02 08:30:00' WHERE ID > 34");
    for (int id = 35; id <= kRows; ++id) {
        const std::vector<Change> changes{MarkDirty{numberOf(id)}};
        ASSERT_TRUE(world_.store->commit(changes));
    }
    expectTripped({}, "terminal");
    ASSERT_TRUE(world_.trySettleDue());
    EXPECT_EQ(world_.callsSince(), Names{});
    EXPECT_EQ(world_.pass(accepting(6)).pushed.accepted, 6U);
}

TEST_F(FuseTest, ExpiriesByDateGoThrough) {
    world_.clock.set(shanghai(2026, 3, 11));
    EXPECT_EQ(world_.pass().pushed.accepted, 20U);
    EXPECT_EQ(world_.callsSince(), Names(20, "update.05"));
    EXPECT_EQ(world_.pass(full()).end, PassResult::End::Done);
    EXPECT_EQ(world_.callsSince(), Names{});
}

/// The same when a read of the province meets them first.
TEST_F(FuseTest, ExpiriesByDateThatAScanMeetsGoThrough) {
    world_.clock.set(shanghai(2026, 3, 11, 1h));
    world_.province.run("UPDATE ZS SET DW = DW || '分公司', GXSJ = '2026-03-11 00:30:00' WHERE ID <= 8");
    EXPECT_EQ(world_.pass().pushed.accepted, 20U);
    EXPECT_EQ(world_.callsSince(), Names(20, "update.05"));
}

}  // namespace
}  // namespace lianzheng::test
