#include <gtest/gtest.h>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

/// Rows made visible with a time before what was last read: as many as one pass may send unasked.
TEST(LateRowsTest, AThousandRowsBehindTheWatermarkArePushedAndCounted) {
    constexpr int kLate = 1000;
    World world;
    world.settings.overlap = 2h;
    for (int id = 1; id <= 20; ++id) world.province.add({.id = id});
    (void)world.firstRun();
    world.clock.set(shanghai(2026, 3, 2, 12h));
    world.province.add({.id = 21, .changedAt = "2026-03-02 11:30:00"});
    EXPECT_EQ(world.pass().tally.late, 0U);
    (void)world.callsSince();

    constexpr int kNew = kLate - 1;
    world.province.run("BEGIN");
    for (int id = 101; id < 101 + kNew; ++id) world.province.add({.id = id, .changedAt = "2026-03-02 10:15:00"});
    world.province.set(3, "DW = '新单位'", "2026-03-02 10:30:00");
    world.province.run("COMMIT");
    world.clock.advance(1min);
    const PassResult result = world.pass();
    EXPECT_FALSE(result.trip);
    EXPECT_EQ(result.tally.late, kLate);
    EXPECT_EQ(result.pushed.accepted, 2U * kLate);
    EXPECT_EQ(world.callsSince().size(), 2U * kLate);
    for (int id = 101; id < 101 + kNew; ++id) EXPECT_EQ(world.events(id), (Names{"assign.01", "collect"})) << id;
    EXPECT_EQ(world.events(3), (Names{"assign.01", "collect", "assign.09", "collect"}));

    const PassResult after = world.pass();
    EXPECT_EQ(after.tally.late, 0U);
    EXPECT_LE(after.tally.rows, kLate + 2U) << "the overlap alone is read again";
    PassOptions full;
    full.full = true;
    EXPECT_EQ(world.pass(full).tally.missed, 0U);
    EXPECT_EQ(world.callsSince(), Names{});
}

/// What the watermark cannot see is found by the full pass, and counted against it.
TEST(LateRowsTest, WhatTheOverlapMissesTheFullPassFindsAndCounts) {
    World world;
    world.province.add({.id = 1});
    (void)world.firstRun();
    world.clock.advance(4h);
    world.province.add({.id = 2, .changedAt = "2026-03-02 11:59:00"});
    (void)world.pass();
    world.province.add({.id = 3, .changedAt = "2020-01-01 00:00:00"});
    EXPECT_EQ(world.pass().tally.steps, 0U);
    PassOptions full;
    full.full = true;
    EXPECT_EQ(world.pass(full).tally.missed, 1U);
    EXPECT_EQ(world.events(3), (Names{"assign.01", "collect"}));
}

/// Rows without a time, or with one in the future, are left to the full pass without loss.
TEST(LateRowsTest, RowsWithoutATimeOrFromTheFutureAreLeftToTheFullPass) {
    World world;
    world.province.add({.id = 1});
    (void)world.firstRun();
    world.clock.advance(1h);
    world.province.add({.id = 2, .changedAt = "2099-01-01 00:00:00"});
    world.province.add({.id = 3});
    world.province.run("UPDATE ZS SET GXSJ = NULL WHERE ID = 3");
    EXPECT_EQ(world.pass().tally.steps, 0U);
    PassOptions full;
    full.full = true;
    (void)world.pass(full);
    EXPECT_EQ(world.events(2), (Names{"assign.01", "collect"}));
    EXPECT_EQ(world.events(3), (Names{"assign.01", "collect"}));
    world.clock.advance(1h);
    world.province.add({.id = 4, .changedAt = "2026-03-02 09:30:00"});
    (void)world.pass();
    EXPECT_EQ(world.events(4), (Names{"assign.01", "collect"}));
}

/// A vendor's script touches every row: nothing has changed, and reading settles down again.
TEST(LateRowsTest, ABulkTouchPushesNothingAndLaterPassesStayBounded) {
    World world;
    world.policy.pushSince = Date::parse("2030-01-01");  // known, never pushed: the rows alone matter here
    world.settings.overlapRows = 2000;
    world.province.run("BEGIN");
    constexpr int kRows = 7000;
    for (int id = 1; id <= kRows; ++id) world.province.add({.id = id});
    world.province.run("COMMIT");
    (void)world.firstRun();
    world.clock.advance(1h);
    world.province.run("UPDATE ZS SET GXSJ = '2026-03-02 09:00:00'");

    world.clock.advance(1min);
    const PassResult touched = world.pass();
    EXPECT_EQ(touched.tally.rows, kRows);
    EXPECT_EQ(touched.tally.unchanged, kRows);
    for (int minute = 0; minute < 3; ++minute) {
        world.clock.advance(1min);
        EXPECT_LE(world.pass().tally.rows, 4000U);
    }
    world.clock.advance(1h);
    (void)world.pass();
    world.clock.advance(1min);
    EXPECT_LE(world.pass().tally.rows, 4000U);
    EXPECT_EQ(world.callsSince(), Names{});
}

}  // namespace
}  // namespace lianzheng::test
