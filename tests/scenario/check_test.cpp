#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "tests/scenario/sweep.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Check = SyncSettings::Check;
using Repeat = sim::national::Repeat;

constexpr const char* kForeign = "豫建安B（2024）0000009";

/// A B certificate of `person` in another province.
void putForeign(World& world, int person) {
    auto foreign = world.national(1, "B");
    foreign.record["identityCard"] = personOf(person);
    foreign.record["certNum"] = kForeign;
    foreign.codeId.clear();
    foreign.codes.clear();
    foreign.events.clear();
    world.platform.registry().put(foreign);
}

TEST(CheckTest, ItIsAskedWhenThePolicySaysSo) {
    const Names unchecked{"assign.01", "collect", "assign.09", "collect", "update.03"};
    const Names whenNew{"check.01", "assign.01", "collect", "assign.09", "collect", "update.03"};
    const Names always{"check.01", "assign.01", "collect", "check.09", "assign.09", "collect", "update.03"};
    for (const auto& [policy, calls] :
         {std::tuple{Check::Never, unchecked}, {Check::New, whenNew}, {Check::Always, always}}) {
        World world;
        world.settings.check = policy;
        world.province.add({});
        (void)world.firstRun();
        world.clock.advance(2h);
        world.province.set(1, "DW = '新单位'", "2026-03-02 09:00:00");
        (void)world.pass();
        world.clock.advance(2h);
        world.province.set(1, "ZK = '1'", "2026-03-02 11:00:00");
        (void)world.pass();
        EXPECT_EQ(world.callsSince(), calls);
    }
}

TEST(CheckTest, ItCarriesTheEventsIdAndIsWrittenDown) {
    World world;
    world.settings.check = Check::New;
    world.province.add({});
    (void)world.firstRun();
    const auto evidence = world.store->evidenceOf(numberOf(1));
    ASSERT_TRUE(evidence);
    std::vector<std::string> checked;
    std::vector<std::string> assigned;
    for (const Evidence& entry : *evidence) {
        if (entry.operation == "check.01") checked.push_back(entry.items.front().eCertId);
        if (entry.operation == "assign.01") assigned.push_back(entry.items.front().eCertId);
    }
    ASSERT_EQ(checked.size(), 1U);
    EXPECT_EQ(checked, assigned);
    const auto attempts = world.store->attemptsOf(numberOf(1));
    ASSERT_TRUE(attempts);
    EXPECT_EQ(std::ranges::count(*attempts, "check.01", &Attempt::operation), 1);
}

TEST(CheckTest, ARefusedOneIsBlockedUnsentAndCheckedDaily) {
    World world;
    world.province.add({.id = 1, .category = "B", .appointment = "07"});
    (void)world.firstRun();
    putForeign(world, 2);
    world.settings.check = Check::New;
    world.clock.advance(1h);
    world.province.add({.id = 2, .category = "B", .appointment = "07", .changedAt = "2026-03-02 08:30:00"});
    (void)world.callsSince();

    EXPECT_EQ(world.pass().pushed.refused, 1U);
    EXPECT_EQ(world.callsSince(), Names{"check.01"});
    const auto blocked = world.blocked(numberOf(2, "B"));
    ASSERT_TRUE(blocked);
    EXPECT_EQ(blocked->advice.reason, "rule_3_5");
    EXPECT_EQ(blocked->origin, "platform");
    const auto intent = world.store->intentOf(numberOf(2, "B"));
    EXPECT_TRUE(intent && !*intent);

    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{"check.01"});
    world.platform.registry().erase(kForeign);
    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"check.01", "check.01", "assign.01", "collect"}));
    EXPECT_FALSE(world.blocked(numberOf(2, "B")));
    EXPECT_EQ(world.events(2, "B"), (Names{"assign.01", "collect"}));
}

/// Without a check beforehand: the refusal comes once, and from then on it is only asked about.
TEST(CheckTest, AnotherProvincesCertificateIsMetOnceAndThenAskedAboutDaily) {
    World world;
    world.province.add({.id = 1, .category = "B", .appointment = "07"});
    (void)world.firstRun();
    putForeign(world, 2);
    world.clock.advance(1h);
    world.province.add({.id = 2, .category = "B", .appointment = "07", .changedAt = "2026-03-02 08:30:00"});
    (void)world.callsSince();
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{"assign.01"});
    const auto blocked = world.blocked(numberOf(2, "B"));
    ASSERT_TRUE(blocked);
    EXPECT_EQ(blocked->advice.reason, "rule_3_5");
    EXPECT_EQ(blocked->advice.owner, Owner::ForeignAuthority);
    EXPECT_NE(blocked->message.find(kForeign), std::string::npos);

    for (int day = 1; day <= 5; ++day) {  // several passes a day, one check
        for (int pass = 0; pass < 6; ++pass) {
            world.clock.advance(4h);
            (void)world.pass();
        }
        EXPECT_EQ(world.callsSince(), Names{"check.01"}) << day;
        EXPECT_TRUE(world.blocked(numberOf(2, "B")));
    }
    world.platform.registry().erase(kForeign);
    world.clock.advance(24h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"check.01", "assign.01", "collect"}));
    EXPECT_FALSE(world.blocked(numberOf(2, "B")));
    EXPECT_EQ(world.events(2, "B"), (Names{"assign.01", "collect"}));
}

/// Somebody registered it before us: what the check says leads where the event's refusal would.
TEST(CheckTest, ANumberThatIsKnownIsReadBackAndTakenOver) {
    World world;
    world.province.add({.id = 1});
    (void)world.firstRun();
    const auto held = world.national(1);
    World other(7);
    other.settings.check = Check::New;
    other.platform.registry().put(held);
    other.province.add({.id = 1});
    (void)other.firstRun();
    EXPECT_EQ(other.callsSince(), (Names{"check.01", "query"}));
    EXPECT_EQ(other.ledger(1).origin, Origin::Adopted);
    EXPECT_EQ(other.events(1), (Names{"assign.01", "collect"}));
}

TEST(CheckTest, AnAbsentPlatformLeavesTheEventUnsentAndUncounted) {
    World world;
    world.settings.check = Check::Always;
    for (int id = 1; id <= 60; ++id) world.province.add({.id = id});
    world.platform.away = true;
    EXPECT_EQ(world.firstRun().end, PassResult::End::Away);
    EXPECT_LE(world.callsSince().size(), 40U);  // what was under way, not everyone
    for (int round = 0; round < 50; ++round) {
        world.clock.advance(30min);
        (void)world.pass();
    }
    EXPECT_FALSE(world.blocked(numberOf(1)));
    for (int id = 1; id <= 60; ++id) {
        const auto intent = world.store->intentOf(numberOf(id));
        ASSERT_TRUE(intent && *intent);
        EXPECT_EQ((*intent)->state, OutboxState::Queued);
        EXPECT_EQ((*intent)->sends, 0);
    }
    world.platform.away = false;
    world.clock.advance(30min);
    EXPECT_EQ(world.pass().pushed.accepted, 120U);
}

TEST(CheckTest, AFaultIsTriedAgainAndIsNeverADoubt) {
    for (const bool inDoubt : {false, true}) {
        World world;
        world.settings.check = Check::New;
        world.settings.retry.maxAttempts = 3;
        world.province.add({});
        world.platform.checkFault = inDoubt ? Fault::InDoubt : Fault::Unavailable;
        (void)world.firstRun();
        auto intent = world.store->intentOf(numberOf(1));
        ASSERT_TRUE(intent && *intent);
        EXPECT_EQ((*intent)->state, OutboxState::Queued);
        EXPECT_EQ((*intent)->attempts, 1);
        const std::string eCertId = (*intent)->eCertId;
        world.clock.advance(2h);
        (void)world.pass();
        intent = world.store->intentOf(numberOf(1));
        ASSERT_TRUE(intent && *intent);
        EXPECT_EQ((*intent)->eCertId, eCertId);  // no event was used up
        world.clock.advance(2h);
        (void)world.pass();  // the last try: to a person, who finds that nothing was sent
        ASSERT_TRUE(world.blocked(numberOf(1)));
        EXPECT_EQ(world.blocked(numberOf(1))->advice.reason, "check_unanswered");
        EXPECT_EQ(world.platform.writingCalls(), 0U);

        world.platform.checkFault.reset();
        world.clock.advance(25h);
        (void)world.pass();
        EXPECT_EQ(world.events(1), (Names{"assign.01", "collect"}));
        EXPECT_FALSE(world.blocked(numberOf(1)));
    }
}

/// Whatever breaks between check and event, each step is accepted once.
TEST(CheckTest, OneBreakNeitherLosesNorDoubles) {
    for (const Cut::Of of : {Cut::Of::LostAfter, Cut::Of::KilledBefore, Cut::Of::KilledAfter}) {
        Prepared prepared(Repeat::SameReply);
        prepared.settings.check = Check::Always;
        for (const Cut& cut : cutsOf(of)) {
            World world(prepared);
            SCOPED_TRACE(nameOf(cut.of) + std::to_string(cut.n));
            const bool broke = brokenRun(world, cut);
            world.settle();
            expectAllOnce(world, losesCode(Repeat::SameReply, cut));
            if (HasFailure()) return;
            if (!broke) break;  // past the run's last
        }
    }
}

}  // namespace
}  // namespace lianzheng::test
