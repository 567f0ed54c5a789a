#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/scenario/employers.h"
#include "tests/scenario/sweep.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Break = RegistryPlatform::Break;
using Repeat = sim::national::Repeat;

constexpr const char* kForeign = "豫建安B（2024）0000009";

/// One person with B (1) and C (2) at company 1, all pushed; it is 11:00.
class Employed : public World {
public:
    explicit Employed(Repeat repeat = Repeat::SameReply) {
        auto rules = platform.registry().rules();
        rules.repeat = repeat;
        platform.registry().setRules(rules);
        employ(province, 1, 1);
        (void)firstRun();
        (void)callsSince();
        clock.advance(3h);
    }
    [[nodiscard]] std::string companyAt(int id, const char* category) {
        return std::string(national(id, category).at("creditCode"));
    }
    [[nodiscard]] bool bothAt(int company) {
        return companyAt(1, "B") == companyOf(company) && companyAt(2, "C3") == companyOf(company);
    }
    [[nodiscard]] std::size_t refusals() { return platform.registry().stats().refusals.size(); }
};

std::size_t changesOf(World& world, int id, const char* category) {
    const Names events = world.events(id, category);
    return static_cast<std::size_t>(std::count(events.begin(), events.end(), "assign.09"));
}

TEST(EmployerTest, BAndCMoveInOneCall) {
    Employed world;
    move(world.province, 1, 2, "2026-03-02 10:00:00");
    EXPECT_EQ(world.pass().pushed.accepted, 4U);
    EXPECT_EQ(world.callsSince(), (Names{"employer", "collect", "collect"}));
    EXPECT_TRUE(world.bothAt(2));
    EXPECT_EQ(world.refusals(), 0U);
    EXPECT_NE(world.national(1, "B").eCertId, world.national(2, "C3").eCertId);

    const auto evidence = world.store->evidenceOf(numberOf(1, "B"));
    ASSERT_TRUE(evidence);
    const auto call = std::ranges::find(*evidence, "employer", &Evidence::operation);
    ASSERT_NE(call, evidence->end());
    ASSERT_EQ(call->items.size(), 2U);
    EXPECT_EQ(std::ranges::count(*evidence, "employer", &Evidence::operation), 1);
    std::set<std::string> sent;
    for (const Evidence::Item& item : call->items) sent.insert(item.eCertId);
    EXPECT_EQ(sent, (std::set<std::string>{world.national(1, "B").eCertId, world.national(2, "C3").eCertId}));
    EXPECT_FALSE(world.store->verifyEvidence("")->brokenAt);

    world.settle();
    EXPECT_EQ(world.callsSince(), Names{});
}

/// Ten persons change employer: how long the pass takes.
std::chrono::milliseconds tenMove(World& world) {
    world.settings.fuse.massShare = 1;
    for (int person = 1; person <= 10; ++person) move(world.province, person, 20, "2026-03-02 10:00:00");
    const TimePoint begin = world.clock.now();
    EXPECT_EQ(world.pass().pushed.accepted, 40U);
    EXPECT_EQ(std::ranges::count(world.callsSince(), "employer"), 10);
    return world.clock.now() - begin;
}

TEST(EmployerTest, EachCertificateOfACallCountsForThePace) {
    World world;
    for (int person = 1; person <= 10; ++person) employ(world.province, person, person);
    (void)world.firstRun();
    (void)world.callsSince();
    world.clock.advance(3h);
    const PaceRow pace{"assign",     world.settings.credential, 2, 2.1, world.clock.now(), 0, 0,
                       std::nullopt, world.clock.now()};
    ASSERT_TRUE(world.store->commit(std::vector<Change>{PutPace{pace}}));
    world.reopen();
    EXPECT_GT(tenMove(world), 7s);  // twenty at two a second, and a little more in trials
}

TEST(EmployerTest, EachCertificateOfACallCountsForTheCeiling) {
    World world;
    for (int person = 1; person <= 10; ++person) employ(world.province, person, person);
    (void)world.firstRun();
    (void)world.callsSince();
    world.clock.advance(3h);
    world.settings.rateCeiling = 4;
    EXPECT_GT(tenMove(world), 9s);  // twenty, and as many licences
}

TEST(EmployerTest, WhenOnlyOneHasChangedNothingIsSent) {
    Employed world;
    moveOne(world.province, 1, 2, "2026-03-02 10:00:00");
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{});
    const auto blocked = world.blocked(numberOf(1, "B"));
    ASSERT_TRUE(blocked);
    EXPECT_EQ(blocked->advice.reason, "rule_6");
    EXPECT_EQ(blocked->advice.owner, Owner::Holder);
    EXPECT_NE(blocked->advice.help.find(numberOf(2, "C3")), std::string::npos);
    EXPECT_NE(blocked->advice.help.find("单位变更"), std::string::npos);
    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{});

    world.clock.advance(2h);
    moveOne(world.province, 2, 2, "2026-03-03 13:00:00");
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"employer", "collect", "collect"}));
    EXPECT_TRUE(world.bothAt(2));
    EXPECT_FALSE(world.blocked(numberOf(1, "B")));
    EXPECT_EQ(world.refusals(), 0U);
}

TEST(EmployerTest, TheOneThatMovedFirstIsTakenBack) {
    Employed world;
    moveOne(world.province, 1, 2, "2026-03-02 10:00:00");
    (void)world.pass();
    ASSERT_TRUE(world.blocked(numberOf(1, "B")));
    world.clock.advance(2h);
    moveOne(world.province, 1, 1, "2026-03-02 12:00:00");
    (void)world.pass();
    EXPECT_FALSE(world.blocked(numberOf(1, "B")));
    EXPECT_EQ(world.callsSince(), Names{});
}

TEST(EmployerTest, ThePartnersOwnTroubleIsSaid) {
    Employed world;
    moveOne(world.province, 1, 2, "2026-03-02 10:00:00");
    moveOne(world.province, 2, 2, "2026-03-02 10:00:00");
    world.province.run("UPDATE ZS SET LB = 'C9' WHERE ID = 2");
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{});
    ASSERT_TRUE(world.blocked(numberOf(1, "B")));
    EXPECT_EQ(world.blocked(numberOf(1, "B"))->advice.reason, "rule_6");
    EXPECT_NE(world.blocked(numberOf(1, "B"))->advice.why.find(numberOf(2, "C3")), std::string::npos);
    ASSERT_TRUE(world.blocked(numberOf(2, "C3")));
}

TEST(EmployerTest, ALostReplyIsSettledForEach) {
    for (const Repeat repeat : {Repeat::SameReply, Repeat::Exists}) {
        for (const Break how : {Break::LostBefore, Break::LostAfter, Break::Unreached}) {
            SCOPED_TRACE(static_cast<int>(repeat) * 10 + static_cast<int>(how));
            Employed world(repeat);
            move(world.province, 1, 2, "2026-03-02 10:00:00");
            world.platform.breakAt(1, how);
            (void)world.pass();
            const auto intent = world.store->intentOf(numberOf(1, "B"));
            ASSERT_TRUE(intent && *intent);
            world.settle();
            EXPECT_TRUE(world.bothAt(2));
            EXPECT_EQ(world.national(1, "B").eCertId, (*intent)->eCertId);
            EXPECT_EQ(changesOf(world, 1, "B"), 1U);
            EXPECT_EQ(changesOf(world, 2, "C3"), 1U);
            EXPECT_EQ(world.ledger(1, "B").state, CertState::Valid);
            EXPECT_EQ(world.ledger(1, "B").codeMissing, repeat == Repeat::Exists && how == Break::LostAfter);
            const Names calls = world.callsSince();
            EXPECT_EQ(std::count(calls.begin(), calls.end(), "employer"), 2);
            EXPECT_EQ(std::count(calls.begin(), calls.end(), "assign.09"), 0);
            EXPECT_EQ(world.platform.registry().stats().repeatedOtherwise, 0U);
        }
    }
}

/// Whatever dies between two commits, each certificate moves once, by one event.
TEST(EmployerTest, AProcessThatDiesNeitherLosesNorDoubles) {
    for (const auto when : {FaultyStore::When::Before, FaultyStore::When::After}) {
        for (std::size_t commit = 1; commit <= 8; ++commit) {
            SCOPED_TRACE(commit);
            Employed world;
            move(world.province, 1, 2, "2026-03-02 10:00:00");
            world.store->breakAt(commit, when, FaultyStore::How::Kill);
            try {
                (void)world.tryPass();
            } catch (const Killed&) {
                world.reopen();
            }
            world.store->heal();
            world.settle();
            EXPECT_TRUE(world.bothAt(2));
            EXPECT_EQ(changesOf(world, 1, "B"), 1U);
            EXPECT_EQ(changesOf(world, 2, "C3"), 1U);
            EXPECT_EQ(world.refusals(), 0U);
        }
    }
}

TEST(EmployerTest, WhatOneIsRefusedForHoldsBothAndBothGoWhenItIsGone) {
    Employed world;
    auto foreign = world.national(1, "B");
    foreign.record["certNum"] = kForeign;
    foreign.codeId.clear();
    foreign.codes.clear();
    foreign.events.clear();
    world.platform.registry().put(foreign);
    move(world.province, 1, 2, "2026-03-02 10:00:00");
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{"employer"});
    EXPECT_TRUE(world.bothAt(1));
    ASSERT_TRUE(world.blocked(numberOf(1, "B")) && world.blocked(numberOf(2, "C3")));
    EXPECT_EQ(world.blocked(numberOf(1, "B"))->origin, "platform");
    EXPECT_EQ(world.blocked(numberOf(2, "C3"))->origin, BlockedRow::kRules);
    EXPECT_NE(world.blocked(numberOf(2, "C3"))->advice.why.find(numberOf(1, "B")), std::string::npos);

    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{"check.09"});
    world.platform.registry().erase(kForeign);
    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"check.09", "employer", "collect", "collect"}));
    EXPECT_TRUE(world.bothAt(2));
    EXPECT_FALSE(world.blocked(numberOf(1, "B")) || world.blocked(numberOf(2, "C3")));
}

TEST(EmployerTest, EveryoneMoves) {
    World world;
    expectAllMove(world, 40);
}

}  // namespace
}  // namespace lianzheng::test
