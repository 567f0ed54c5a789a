#include <gtest/gtest.h>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

TEST(FirstRunTest, AnEmptyLedgerWantsToBeTold) {
    World world;
    world.province.add({});
    EXPECT_EQ(world.pass().end, PassResult::End::NeedsFirstRun);
    EXPECT_EQ(world.callsSince(), Names{});
}

TEST(FirstRunTest, EverythingIsPushedAndASecondPassSendsNothing) {
    World world;
    for (int id = 1; id <= 5; ++id) world.province.add({.id = id});
    const PassResult first = world.firstRun();
    EXPECT_EQ(first.end, PassResult::End::Done);
    EXPECT_EQ(first.pushed.accepted, 10U);
    for (int id = 1; id <= 5; ++id) {
        EXPECT_EQ(world.events(id), (Names{"assign.01", "collect"}));
        EXPECT_EQ(world.ledger(id).stage, Stage::Collected);
        EXPECT_EQ(world.ledger(id).codeId, world.national(id).codeId);
        EXPECT_EQ(world.ledger(id).zzeCertId, world.national(id).zzeCertId);
    }
    (void)world.callsSince();

    EXPECT_EQ(world.pass().tally.steps, 0U);
    world.clock.advance(1h);
    PassOptions full;
    full.full = true;
    EXPECT_EQ(world.pass(full).tally.unchanged, 5U);
    world.reopen();
    EXPECT_EQ(world.pass().tally.steps, 0U);
    EXPECT_EQ(world.callsSince(), Names{});
}

TEST(FirstRunTest, TheProvinceIsToldWhatWasAcknowledged) {
    World world;
    world.province.add({});
    EXPECT_EQ(world.firstRun().writtenBack, 1U);
    EXPECT_EQ(world.province.value("SELECT count(*) FROM lianzheng_writeback"), "1");
    EXPECT_EQ(world.pass().writtenBack, 0U);
}

TEST(FirstRunTest, ADryRunSendsAndRemembersNothing) {
    World world;
    world.province.add({});
    PassOptions dry;
    dry.dryRun = true;
    EXPECT_EQ(world.pass(dry).tally.steps, 1U);
    EXPECT_EQ(world.callsSince(), Names{});
    EXPECT_EQ(world.store->ledgerSize().value(), 0U);
}

TEST(FirstRunTest, ALimitLeavesTheRestForTheNextPass) {
    World world;
    for (int id = 1; id <= 5; ++id) world.province.add({.id = id});
    PassOptions some;
    some.firstRun = true;
    some.limit = 2;
    EXPECT_EQ(world.pass(some).pushed.accepted, 4U);
    EXPECT_EQ(world.pass().pushed.accepted, 6U);
}

}  // namespace
}  // namespace lianzheng::test
