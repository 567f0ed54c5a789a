#include <gtest/gtest.h>

#include <algorithm>

#include "tests/scenario/sweep.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Break = RegistryPlatform::Break;
using Repeat = sim::national::Repeat;

constexpr const char* kOtherPhoto = "UPDATE ZP SET NR = X'FFD8FFE0AA'";
constexpr const char* kFirstPhoto = "UPDATE ZP SET NR = X'FFD8FFE000104A46'";

/// One certificate in step, whose change of employer or of position was sent and not answered.
class Doubtful : public World {
public:
    Doubtful(const std::string& change, Break how, Repeat repeat = Repeat::SameReply) {
        sim::national::Rules rules;
        rules.repeat = repeat;
        platform.registry().setRules(rules);
        province.add({});
        (void)firstRun();
        clock.advance(2h);
        province.set(1, change, "2026-03-02 09:00:00");
        platform.breakAt(1, how);
        (void)callsSince();
        (void)pass();
        platform.heal();
        EXPECT_EQ(callsSince(), Names{"assign.09"});
        EXPECT_EQ(intent()->state, OutboxState::Unconfirmed);
    }
    std::optional<OutboxRow> intent() {
        auto found = store->intentOf(numberOf(1));
        return found ? std::move(*found) : std::nullopt;
    }
};

const std::string kEmployer = "DW = '新单位'";
const std::string kPosition = "ZW = '99'";  // what the query does not show

TEST(DoubtTest, TheSamePictureGoesAgainUnderTheSameEvent) {
    for (const Break how : {Break::LostBefore, Break::LostAfter}) {
        Doubtful world(kEmployer, how);
        world.province.run(kFirstPhoto);
        world.settle();
        EXPECT_EQ(world.callsSince(), (Names{"assign.09", "collect"}));
        EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09", "collect"}));
        EXPECT_FALSE(world.national(1).doubled);
    }
}

TEST(DoubtTest, AnotherPictureNeverGoesUnderTheSameEvent) {
    for (const Break how : {Break::LostBefore, Break::LostAfter}) {
        Doubtful world(kEmployer, how);
        const std::string first = world.intent()->eCertId;
        world.province.run(kOtherPhoto);
        world.settle();
        const Names calls = world.callsSince();
        ASSERT_FALSE(calls.empty());
        EXPECT_EQ(calls.front(), "query");
        if (how == Break::LostAfter) {  // the query shows the new employer: accepted, its code lost
            EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09"}));
            EXPECT_EQ(world.ledger(1).lastECertId, first);
            EXPECT_TRUE(world.ledger(1).codeMissing);
        } else {  // the old one: not accepted, and planned anew
            EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09", "collect"}));
            EXPECT_NE(world.ledger(1).lastECertId, first);
        }
        EXPECT_FALSE(world.national(1).doubled);
        EXPECT_FALSE(world.intent());
    }
}

TEST(DoubtTest, AMissingPictureIsNoReasonToForgetADoubt) {
    Doubtful world(kEmployer, Break::LostAfter);
    world.province.run("DELETE FROM ZP");
    world.settle();
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09"}));
    EXPECT_EQ(world.national(1).at("companyName"), "新单位");
    EXPECT_TRUE(world.ledger(1).codeMissing);
    EXPECT_FALSE(world.intent());
}

TEST(DoubtTest, AnotherPictureAndNothingToSeeGoesToAPerson) {
    for (const bool readBack : {true, false}) {
        Doubtful world(kPosition, Break::LostAfter);
        world.settings.readBack = readBack;
        world.province.run(kOtherPhoto);
        world.settle();
        for (const std::string& call : world.callsSince()) EXPECT_EQ(call, "query");
        ASSERT_TRUE(world.blocked(numberOf(1)));
        EXPECT_EQ(world.blocked(numberOf(1))->advice.reason, "unconfirmed");
        EXPECT_FALSE(world.intent());
    }
}

/// What a person is told to do settles it: one new event, whatever became of the lost one, and nothing after it.
TEST(DoubtTest, WhatNothingShowsIsSettledByForceOnce) {
    Doubtful world(kPosition, Break::LostAfter, Repeat::Exists);
    world.settle();
    const auto blocked = world.blocked(numberOf(1));
    ASSERT_TRUE(blocked);
    EXPECT_EQ(blocked->advice.reason, "unconfirmed");
    EXPECT_NE(blocked->advice.help.find("--force"), std::string::npos);
    (void)world.callsSince();

    for (int day = 0; day < 3; ++day) {  // it stays with the person
        world.clock.advance(25h);
        (void)world.pass();
    }
    (void)world.resync(numberOf(1), false);
    const Names meanwhile = world.callsSince();
    EXPECT_EQ(std::count(meanwhile.begin(), meanwhile.end(), "assign.09"), 0);
    EXPECT_TRUE(world.blocked(numberOf(1)));

    (void)world.resync(numberOf(1), true);
    const Names forced = world.callsSince();
    EXPECT_EQ(std::count(forced.begin(), forced.end(), "assign.09"), 1);
    EXPECT_FALSE(world.blocked(numberOf(1)));
    EXPECT_FALSE(world.ledger(1).codeMissing);
    EXPECT_EQ(world.ledger(1).codeId, world.national(1).codeId);
    EXPECT_EQ(world.ledger(1).lastECertId, world.national(1).eCertId);

    (void)world.resync(numberOf(1), true);
    (void)world.pass();
    for (const std::string& call : world.callsSince()) EXPECT_EQ(call, "query");
}

/// After the last try it waits for a day; a resync sends the same event at once.
TEST(DoubtTest, AResyncSendsTheEventInDoubtAgainAtOnce) {
    for (const bool force : {false, true}) {
        Doubtful world(kPosition, Break::LostAfter);
        const std::string first = world.intent()->eCertId;
        EXPECT_GT(world.intent()->dueAt, world.clock.now());
        EXPECT_TRUE(world.resync(numberOf(1), force).underWay);
        EXPECT_FALSE(world.intent());
        EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09", "collect"}));
        EXPECT_EQ(world.callsSince().front(), "assign.09");
        EXPECT_FALSE(world.national(1).doubled);
    }
}

}  // namespace
}  // namespace lianzheng::test
