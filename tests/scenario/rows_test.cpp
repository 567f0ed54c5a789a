#include <gtest/gtest.h>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

PassOptions full() {
    PassOptions options;
    options.full = true;
    options.firstRun = true;
    return options;
}

std::string reasonOf(World& world, int id) {
    const auto blocked = world.blocked(numberOf(id));
    return blocked ? blocked->advice.reason : "";
}

/// The same number in another spelling.
const Holder kTwin{.id = 2, .number = "鲁建安C3(2025)0000001", .person = 1, .company = 1};

TEST(TwoRowsTest, TwoNewRowsOfOneNumberAreBothBlockedUntilOneGoes) {
    for (const int gone : {1, 2}) {
        World world;
        world.settings.fuse.lostShare = 1;
        world.province.add({});
        world.province.add(kTwin);
        world.province.add({.id = 3});
        (void)world.firstRun();
        EXPECT_EQ(world.events(1), Names{}) << gone;
        EXPECT_EQ(reasonOf(world, 1), "duplicate") << gone;
        EXPECT_EQ(world.events(3).size(), 2U);

        world.province.run("DELETE FROM ZS WHERE ID = " + std::to_string(gone));
        world.clock.advance(25h);
        (void)world.pass(full());
        EXPECT_EQ(world.events(1), (Names{"assign.01", "collect"})) << gone;
        EXPECT_EQ(reasonOf(world, 1), "") << gone;
    }
}

TEST(TwoRowsTest, ASecondRowOfARegisteredNumberBlocksItsChanges) {
    World world;
    world.province.add({});
    (void)world.firstRun();
    Holder twin = kTwin;
    twin.changedAt = "2026-03-02 09:00:00";
    world.province.add(twin);
    world.province.set(1, "DW = '新单位'", "2026-03-02 09:00:00");
    world.clock.advance(2h);
    (void)world.callsSince();
    (void)world.pass();
    (void)world.pass(full());
    EXPECT_EQ(world.callsSince(), Names{});
    EXPECT_EQ(reasonOf(world, 1), "duplicate");

    world.province.run("DELETE FROM ZS WHERE ID = 2");
    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"assign.09", "collect"}));
    EXPECT_EQ(reasonOf(world, 1), "");
}

TEST(VanishedRowTest, ARowThatVanishedIsNeverCancelled) {
    World world;
    world.settings.fuse.lostShare = 1;
    world.province.add({});
    world.province.add({.id = 2, .expires = "2026-03-10"});
    world.province.add({.id = 3});
    (void)world.firstRun();
    (void)world.callsSince();
    world.province.run("DELETE FROM ZS WHERE ID < 3");
    for (int day = 0; day < 10; ++day) {
        world.clock.advance(24h);
        (void)world.pass(day % 2 == 0 ? full() : PassOptions{});
    }
    EXPECT_EQ(world.callsSince(), Names{});
    EXPECT_EQ(world.national(1).state(), "01");
    EXPECT_EQ(world.ledger(1).state, CertState::Valid);
}

TEST(BadRowTest, ABadRowIsBlockedAndHoldsUpNobody) {
    World world;
    world.province.add({});
    world.province.add({.id = 2});
    world.province.run("UPDATE ZS SET XM = X'FF00FE', XYDM = '91370100MA0000000X' WHERE ID = 2");
    world.province.add({.id = 3, .number = "没有编号"});
    const PassResult result = world.firstRun();
    EXPECT_EQ(result.tally.blocked, 2U);
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect"}));
    EXPECT_EQ(world.events(2), Names{});
    EXPECT_TRUE(world.blocked(numberOf(2)));
    EXPECT_TRUE(world.blocked("row:3"));

    world.province.set(2, "XM = '李四', XYDM = '" + companyOf(2) + "'", "2026-03-02 09:00:00");
    world.province.set(3, "ZSBH = '" + numberOf(3) + "'", "2026-03-02 09:00:00");
    world.clock.advance(2h);
    (void)world.pass();
    EXPECT_EQ(world.events(2), (Names{"assign.01", "collect"}));
    EXPECT_EQ(world.events(3), (Names{"assign.01", "collect"}));
    EXPECT_FALSE(world.blocked(numberOf(2)));
    EXPECT_FALSE(world.blocked("row:3"));
    EXPECT_EQ(world.store->find("row:3").value(), std::nullopt);
    EXPECT_EQ(world.store->ledgerSize().value(), 3U);
}

/// The number that a nameless row gets may be known already: taken over, or of a row that is gone.
TEST(BadRowTest, ANamelessRowThatGetsAKnownNumberIsForgottenToo) {
    World world;
    world.settings.fuse.lostShare = 1;
    world.province.add({});
    world.province.add({.id = 2, .number = "没有编号", .person = 1, .company = 1});
    (void)world.firstRun();
    EXPECT_TRUE(world.blocked("row:2"));
    world.province.run("DELETE FROM ZS WHERE ID = 1");
    world.province.set(2, "ZSBH = '" + numberOf(1) + "'", "2026-03-02 09:00:00");
    world.clock.advance(2h);
    (void)world.callsSince();
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{});
    EXPECT_EQ(world.ledger(1).sourceKey, "2");
    EXPECT_FALSE(world.blocked("row:2"));
    EXPECT_EQ(world.store->find("row:2").value(), std::nullopt);
}

/// The photos' table is not as the mapping says: a fault of the source, not a doubt about what was sent.
TEST(BrokenPhotosTest, APhotoColumnThatIsGoneStopsThePassUnsent) {
    World world;
    for (int id = 1; id <= 3; ++id) world.province.add({.id = id});
    world.province.run("ALTER TABLE ZP RENAME COLUMN NR TO BILD");
    PassOptions first;
    first.firstRun = true;
    const auto stopped = world.tryPass(first);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().fault, Fault::Corrupt);
    EXPECT_EQ(stopped.error().code, "column_gone:NR");
    EXPECT_EQ(world.callsSince(), Names{});
    for (int id = 1; id <= 3; ++id) {
        const auto intent = world.store->intentOf(numberOf(id));
        ASSERT_TRUE(intent && *intent) << id;
        EXPECT_EQ((*intent)->state, OutboxState::Queued) << id;
        EXPECT_EQ((*intent)->sends, 0) << id;
    }
    world.province.run("ALTER TABLE ZP RENAME COLUMN BILD TO NR");
    EXPECT_EQ(world.pass().pushed.accepted, 6U);
    for (int id = 1; id <= 3; ++id) EXPECT_EQ(world.events(id), (Names{"assign.01", "collect"})) << id;
}

}  // namespace
}  // namespace lianzheng::test
