#include <gtest/gtest.h>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

constexpr int kRows = 800;
constexpr int kExpiring = 300;
constexpr int kCancelled = 120;  // 15 %

/// Certificates in step, under the fuse as it is shipped.
class FuseTest : public ::testing::Test {
protected:
    FuseTest() {
        world_.province.run("BEGIN");
        for (int id = 1; id <= kRows; ++id) world_.province.add({.id = id, .expires = expires(id)});
        world_.province.run("COMMIT");
        (void)world_.firstRun();
        (void)world_.callsSince();
        world_.clock.advance(1h);
    }
    static std::string expires(int id) { return id <= kExpiring ? "2026-03-10" : "2028-05-31"; }

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
    /// The last of them, so that none is among those that expire.
    void cancelMany() {
        world_.province.run("UPDATE ZS SET ZX = '1', GXSJ = '2026-03-02 08:30:00' WHERE ID > " +
                            std::to_string(kRows - kCancelled));
    }
    /// What was accepted is not done a second time.
    void expectDone() {
        EXPECT_EQ(world_.pass().end, PassResult::End::Done);
        EXPECT_EQ(world_.pass(full()).end, PassResult::End::Done);
        EXPECT_EQ(world_.callsSince(), Names{});
    }

    World world_;
};

TEST_F(FuseTest, AnEmptyViewSendsNothing) {
    world_.province.run("ALTER TABLE ZS RENAME TO AWAY");
    world_.province.run("CREATE VIEW ZS AS SELECT * FROM AWAY WHERE 1 = 0");
    expectTripped(full(), "lost");
    expectTripped({}, "lost");
    PassOptions accepted = accepting(1);
    accepted.full = true;
    EXPECT_EQ(world_.pass(accepted).end, PassResult::End::Done);
    EXPECT_EQ(world_.callsSince(), Names{}) << "a row that is gone is never cancelled";
    world_.province.run("DROP VIEW ZS");
    world_.province.run("ALTER TABLE AWAY RENAME TO ZS");
    expectDone();
}

TEST_F(FuseTest, AThirdOfTheViewGoneSendsNothing) {
    world_.province.run("DELETE FROM ZS WHERE ID % 3 = 0");
    world_.province.set(1, "DW = '新单位'", "2026-03-02 08:30:00");
    expectTripped(full(), "lost");
    expectTripped({}, "lost");
    EXPECT_EQ(world_.pass(accepting(1)).pushed.accepted, 2U);
    EXPECT_EQ(world_.callsSince(), (Names{"assign.09", "collect"}));
    // The rows are still gone: it was let through once.
    expectTripped(full(), "lost");
}

TEST_F(FuseTest, ManyCancelledAtOnceAreAskedForAndSentOnce) {
    cancelMany();
    expectTripped({}, "terminal");
    expectTripped(full(), "terminal");
    const PassResult less = world_.pass(accepting(kCancelled - 1));
    ASSERT_TRUE(less.trip);
    EXPECT_EQ(less.trip->reason, "more_than_accepted");
    EXPECT_EQ(world_.callsSince(), Names{});
    EXPECT_EQ(world_.pass(accepting(kCancelled)).pushed.accepted, kCancelled);
    EXPECT_EQ(world_.callsSince(), Names(kCancelled, "update.05"));
    expectDone();
    for (int id = kRows - kCancelled + 1; id <= kRows; ++id) EXPECT_EQ(world_.national(id).state(), "04");
}

TEST_F(FuseTest, AChangedMappingIsAskedForAndSentOnce) {
    world_.editMapping("educationDegree: {constant: \"03\"}", "educationDegree: {constant: \"04\"}");
    world_.reopen();
    expectTripped(full(), "mapping");
    expectTripped({}, "mapping");
    EXPECT_EQ(world_.pass(accepting(kRows)).pushed.accepted, 2U * kRows);
    EXPECT_EQ(world_.callsSince().size(), 2U * kRows);
    expectDone();
    for (int id = 1; id <= kRows; ++id) EXPECT_EQ(world_.national(id).at("educationDegree"), "04");
}

/// What is looked at again by its hour is not let through behind the fuse's back.
TEST_F(FuseTest, AStoppedPassIsNotGoneRoundByReviews) {
    cancelMany();
    for (int id = kRows - kCancelled + 1; id <= kRows; ++id) {
        const std::vector<Change> changes{MarkDirty{numberOf(id)}};
        ASSERT_TRUE(world_.store->commit(changes));
    }
    expectTripped({}, "terminal");
    ASSERT_TRUE(world_.trySettleDue());
    EXPECT_EQ(world_.callsSince(), Names{});
    EXPECT_EQ(world_.pass(accepting(kCancelled)).pushed.accepted, kCancelled);
}

TEST_F(FuseTest, ExpiriesByDateGoThrough) {
    world_.clock.set(shanghai(2026, 3, 11));
    EXPECT_EQ(world_.pass().pushed.accepted, kExpiring);
    EXPECT_EQ(world_.callsSince(), Names(kExpiring, "update.05"));
    expectDone();
}

/// The same when a read of the province meets them first.
TEST_F(FuseTest, ExpiriesByDateThatAScanMeetsGoThrough) {
    world_.clock.set(shanghai(2026, 3, 11, 1h));
    world_.province.run("UPDATE ZS SET DW = DW || '分公司', GXSJ = '2026-03-11 00:30:00' WHERE ID <= " +
                        std::to_string(kExpiring));
    const PassResult result = world_.pass();
    EXPECT_FALSE(result.trip);
    EXPECT_EQ(result.tally.steps, kExpiring);
    EXPECT_EQ(result.pushed.accepted, kExpiring);
    EXPECT_EQ(world_.callsSince(), Names(kExpiring, "update.05"));
    expectDone();
}

}  // namespace
}  // namespace lianzheng::test
