#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/exchange/exchange_view.h"
#include "gateway/sync/adopt.h"
#include "tests/scenario/world.h"
#include "tests/simulator/national/exchange_view.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

TEST(PlatformAwayTest, NothingIsLostAndItGoesOnLater) {
    World world;
    for (int id = 1; id <= 60; ++id) world.province.add({.id = id});
    world.platform.away = true;
    const PassResult first = world.firstRun();
    EXPECT_EQ(first.end, PassResult::End::Away);
    EXPECT_EQ(first.pushed.accepted, 0U);
    EXPECT_LE(world.callsSince().size(), 40U);  // what was under way, not everyone
    for (int round = 0; round < 5; ++round) {
        world.clock.advance(10min);
        EXPECT_EQ(world.pass().end, PassResult::End::Away);
        EXPECT_LE(world.callsSince().size(), 40U);
    }
    world.reopen();
    world.platform.away = false;
    world.clock.advance(10min);
    EXPECT_EQ(world.pass().pushed.accepted, 120U);
    for (int id = 1; id <= 60; ++id) EXPECT_EQ(world.events(id), (Names{"assign.01", "collect"})) << id;
}

TEST(PlatformAwayTest, ADayAwayUsesUpNoAttempts) {
    World world;
    world.province.add({});
    world.platform.away = true;
    // One call is too few for the breaker, and still the pass did not end well.
    EXPECT_EQ(world.firstRun().end, PassResult::End::Away);
    for (int round = 0; round < 50; ++round) {
        world.clock.advance(30min);
        EXPECT_EQ(world.pass().end, PassResult::End::Away);
    }
    EXPECT_FALSE(world.blocked(numberOf(1)));
    world.platform.away = false;
    world.clock.advance(30min);
    (void)world.pass();
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect"}));
}

/// Somebody else's B certificate of the same person stands in the way.
TEST(RefusedTest, ARefusedCertificateIsCheckedDailyAndSentWhenItMayBe) {
    World world;
    world.province.add({.id = 1, .category = "B", .appointment = "07"});
    (void)world.firstRun();
    auto foreign = world.national(1, "B");
    foreign.record["identityCard"] = personOf(2);
    foreign.record["certNum"] = "豫建安B（2024）0000009";
    foreign.codeId.clear();
    foreign.codes.clear();
    foreign.events.clear();
    world.platform.registry().put(foreign);
    world.clock.advance(1h);
    world.province.add({.id = 2, .category = "B", .appointment = "07", .changedAt = "2026-03-02 08:30:00"});
    (void)world.callsSince();

    EXPECT_EQ(world.pass().pushed.refused, 1U);
    EXPECT_EQ(world.callsSince(), Names{"assign.01"});
    const auto blocked = world.blocked(numberOf(2, "B"));
    ASSERT_TRUE(blocked);
    EXPECT_EQ(blocked->advice.reason, "rule_3_5");
    EXPECT_EQ(blocked->origin, "platform");

    for (int hour = 1; hour < 24; hour += 5) {
        world.clock.advance(5h);
        (void)world.pass();
    }
    const Names day = world.callsSince();
    EXPECT_EQ(std::count(day.begin(), day.end(), "check.01"), static_cast<std::ptrdiff_t>(day.size()));
    EXPECT_EQ(day.size(), 1U);
    EXPECT_TRUE(world.blocked(numberOf(2, "B")));

    world.platform.registry().erase("豫建安B（2024）0000009");
    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"check.01", "assign.01", "collect"}));
    EXPECT_FALSE(world.blocked(numberOf(2, "B")));
}

/// A refusal is no answer to what the province says later.
TEST(RefusedTest, AnEndIsSentThoughAChangeWasRefused) {
    World world;
    world.province.add({.id = 1, .category = "B", .appointment = "07"});
    world.province.add({.id = 2, .category = "C3", .person = 1, .company = 1});
    (void)world.firstRun();
    world.clock.advance(1h);
    world.province.set(1, "DW = '新单位', XYDM = '" + companyOf(9) + "'", "2026-03-02 08:30:00");
    (void)world.pass();
    ASSERT_TRUE(world.blocked(numberOf(1, "B")));
    EXPECT_EQ(world.blocked(numberOf(1, "B"))->advice.reason, "rule_6");
    world.province.set(1, "ZX = '1'", "2026-03-02 08:40:00");
    (void)world.pass();
    EXPECT_EQ(world.national(1, "B").state(), "04");
    EXPECT_FALSE(world.blocked(numberOf(1, "B")));
}

TEST(AdoptTest, AdoptedAndUnchangedOnesSendNothing) {
    World pushed;
    for (int id = 1; id <= 10; ++id) pushed.province.add({.id = id});
    (void)pushed.firstRun();
    const std::string file = (pushed.directory.path() / "view.jsonl").string();
    sim::national::writeExchangeView(pushed.platform.registry(), file);

    World world(2);  // no event ids of the first
    for (int id = 1; id <= 11; ++id) world.province.add({.id = id});
    pushed.platform.registry().forEach([&](const auto& entry) { world.platform.registry().put(entry); });
    ExchangeSettings settings;
    settings.file = file;
    settings.scratchDirectory = world.directory.path().string();
    const auto view = makeExchangeView(settings);
    const auto adopted = adoptFromExchange(*view, *world.store, {});
    ASSERT_TRUE(adopted);
    EXPECT_EQ(adopted->adopted, 10U);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"assign.01", "collect"}));

    world.province.set(4, "DW = '新单位'", "2026-03-02 09:00:00");
    world.clock.advance(2h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"assign.09", "collect"}));
}

}  // namespace
}  // namespace lianzheng::test
