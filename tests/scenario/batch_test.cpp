#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tests/scenario/sweep.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Break = RegistryPlatform::Break;
using sim::national::BatchAnswer;
using Repeat = sim::national::Repeat;

constexpr int kHolders = 20;

/// Twenty new certificates that may go in calls of eight.
class Batched : public World {
public:
    explicit Batched(std::size_t most = 8, Repeat repeat = Repeat::SameReply) {
        settings.batches = {most, most, most, most};
        auto rules = platform.registry().rules();
        rules.repeat = repeat;
        platform.registry().setRules(rules);
        for (int id = 1; id <= kHolders; ++id) province.add({.id = id});
    }
    void expectAllOnce() {
        for (int id = 1; id <= kHolders; ++id) {
            EXPECT_EQ(events(id), (Names{"assign.01", "collect"})) << id;
            EXPECT_FALSE(national(id).doubled) << id;
            EXPECT_EQ(ledger(id).stage, Stage::Collected) << id;
            EXPECT_FALSE(blocked(numberOf(id))) << id;
        }
        EXPECT_FALSE(store->verifyEvidence("")->brokenAt);
    }
    /// How many calls of an operation bore how many items.
    std::multiset<std::size_t> sizesOf(const std::string& operation) {
        std::multiset<std::size_t> sizes;
        for (const std::string& call : callsSince()) {
            if (!call.starts_with(operation)) continue;
            const auto times = call.find(" x ");
            sizes.insert(times == std::string::npos ? 1 : std::stoul(call.substr(times + 3)));
        }
        return sizes;
    }
};

TEST(BatchTest, ItemsOfOneOperationGoTogether) {
    Batched world;
    EXPECT_EQ(world.firstRun().pushed.accepted, 2U * kHolders);
    EXPECT_EQ(world.sizesOf("assign"), (std::multiset<std::size_t>{4, 8, 8}));
    world.expectAllOnce();

    // One request is one entry of the chain, with a row an item.
    const auto evidence = world.store->evidenceOf(numberOf(1));
    ASSERT_TRUE(evidence);
    const auto call = std::ranges::find(*evidence, "assign", &Evidence::operation);
    ASSERT_NE(call, evidence->end());
    EXPECT_EQ(call->items.size(), 8U);
    EXPECT_FALSE(call->replyDigest.empty() && call->requestId.empty());
}

TEST(BatchTest, ByDefaultEveryoneGoesAlone) {
    World world;
    for (int id = 1; id <= kHolders; ++id) world.province.add({.id = id});
    (void)world.firstRun();
    for (const std::string& call : world.callsSince()) EXPECT_EQ(call.find(" x "), std::string::npos) << call;
}

TEST(BatchTest, OneBadItemHoldsNobody) {
    Batched world;
    auto rules = world.platform.registry().rules();
    rules.maxLength["companyName"] = 20;
    world.platform.registry().setRules(rules);
    world.province.set(5, "DW = '名称比部平台所容许的更长的某建筑工程有限公司'", "2026-03-01 09:00:00");
    (void)world.firstRun();
    EXPECT_EQ(world.sizesOf("assign"), (std::multiset<std::size_t>{4, 8, 8}));
    for (int id = 1; id <= kHolders; ++id) {
        EXPECT_EQ(world.events(id), id == 5 ? Names{} : (Names{"assign.01", "collect"})) << id;
        EXPECT_EQ(world.blocked(numberOf(id)).has_value(), id == 5) << id;
    }
}

/// The platform takes no more than three at once, and says so in one of these ways.
class TooManyTest : public ::testing::TestWithParam<BatchAnswer> {};

TEST_P(TooManyTest, ARefusedCallIsHalvedUntilItPasses) {
    Batched world;
    auto rules = world.platform.registry().rules();
    rules.batchMax = 3;
    rules.batchAnswer = GetParam();
    world.platform.registry().setRules(rules);
    EXPECT_EQ(world.firstRun().pushed.accepted, 2U * kHolders);
    const auto sizes = world.sizesOf("assign");
    EXPECT_EQ(sizes.count(8), 2U);
    EXPECT_GE(sizes.count(4), 4U);
    EXPECT_GE(sizes.count(2), 8U);
    EXPECT_EQ(sizes.count(1), 0U);
    world.expectAllOnce();
    world.settle();
    EXPECT_EQ(world.callsSince(), Names{});
}

INSTANTIATE_TEST_SUITE_P(All, TooManyTest,
                         ::testing::Values(BatchAnswer::Each, BatchAnswer::Nobody, BatchAnswer::TooLarge),
                         [](const auto& tested) {
                             return tested.param == BatchAnswer::Each     ? "Each"
                                    : tested.param == BatchAnswer::Nobody ? "Nobody"
                                                                          : "TooLarge";
                         });

/// A platform that judges whole calls: one culprit in twenty is found, and alone set aside.
TEST(BatchTest, WhereCallsAreJudgedAsAWholeTheCulpritIsFound) {
    for (const Repeat repeat : {Repeat::SameReply, Repeat::Exists}) {
        Batched world(8, repeat);
        auto rules = world.platform.registry().rules();
        rules.allOrNothingBatches = true;
        rules.maxLength["companyName"] = 20;
        world.platform.registry().setRules(rules);
        world.province.set(5, "DW = '名称比部平台所容许的更长的某建筑工程有限公司'", "2026-03-01 09:00:00");
        (void)world.firstRun();
        for (int id = 1; id <= kHolders; ++id) {
            EXPECT_EQ(world.events(id), id == 5 ? Names{} : (Names{"assign.01", "collect"})) << id;
            EXPECT_EQ(world.blocked(numberOf(id)).has_value(), id == 5) << id;
        }
    }
}

/// Whatever brings the platform down with each call it is in: the others are rid of it.
TEST(BatchTest, WhoeverBringsCallsDownIsAloneInTheEnd) {
    Batched world;
    world.platform.poison = numberOf(5);
    (void)world.firstRun();
    for (int pass = 0; pass < 10; ++pass) {
        world.clock.advance(2h);
        (void)world.pass();
    }
    for (int id = 1; id <= kHolders; ++id) {
        EXPECT_EQ(world.events(id), id == 5 ? Names{} : (Names{"assign.01", "collect"})) << id;
    }
    EXPECT_EQ(world.store->intentOf(numberOf(5))->value().state, OutboxState::Unconfirmed);
}

/// A whole call's reply was lost after its effect: each item is read back for itself, not asked about in ever smaller
/// calls.
TEST(BatchTest, NumbersThatAreKnownAreReadBackAtOnce) {
    Batched world(8, Repeat::Exists);
    world.platform.breakAt(1, Break::LostAfter);
    (void)world.firstRun();
    (void)world.callsSince();
    world.clock.advance(2h);
    (void)world.pass();
    EXPECT_EQ(world.sizesOf("assign"), (std::multiset<std::size_t>{4, 4})) << "the repeats, in calls of half the size";
    for (int id = 1; id <= kHolders; ++id) EXPECT_EQ(std::ranges::count(world.events(id), "assign.01"), 1) << id;
}

TEST(BatchTest, AThrottledTailIsSentAgain) {
    for (const auto answer : {sim::national::ThrottleAnswer::Refusal, sim::national::ThrottleAnswer::TooManyRequests}) {
        Batched world;
        auto rules = world.platform.registry().rules();
        rules.throttlePerSecond = 5;
        rules.throttleAnswer = answer;
        world.platform.registry().setRules(rules);
        (void)world.firstRun();
        world.settle();
        world.expectAllOnce();
    }
}

/// Every call and every commit of a run is broken once, before and after its effect.
class BatchSweepTest : public ::testing::TestWithParam<std::tuple<Repeat, Cut::Of>> {};

TEST_P(BatchSweepTest, OneBreakNeitherLosesNorDoubles) {
    const auto [repeat, of] = GetParam();
    bool broke = true;
    for (const Cut& cut : cutsOf(of)) {
        Prepared prepared(repeat);
        prepared.settings.batches = {4, 4, 4, 4};
        prepared.settings.concurrency = 16;
        for (int id = 31; id <= 36; ++id) prepared.province.add({.id = id, .changedAt = "2026-03-02 09:00:00"});
        SCOPED_TRACE(nameOf(cut.of) + std::to_string(cut.n));
        World& world = prepared;
        broke = brokenRun(world, cut);
        world.settle();
        expectAllOnce(world, losesCode(repeat, cut));
        for (int id = 31; id <= 36; ++id) {
            Names events = world.events(id);
            ASSERT_FALSE(events.empty());
            EXPECT_EQ(std::ranges::count(events, "assign.01"), 1);
            if (!losesCode(repeat, cut)) {
                EXPECT_EQ(events, (Names{"assign.01", "collect"}));
            }
            EXPECT_EQ(world.ledger(id).state, CertState::Valid);
            const auto intent = world.store->intentOf(numberOf(id));
            EXPECT_TRUE(intent && !*intent);
        }
        if (HasFailure()) return;
        if (!broke) break;
    }
    EXPECT_FALSE(broke) << "the sweep ended before the run did";
}

INSTANTIATE_TEST_SUITE_P(All, BatchSweepTest, kEveryBreak, breakName);

}  // namespace
}  // namespace lianzheng::test
