#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "gateway/reconcile/sampler.h"
#include "tests/scenario/sweep.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;

/// Eighty certificates in step; of five the province has said something new since.
class Sampled : public World {
public:
    explicit Sampled(int changed = 5) {
        for (int id = 1; id <= 80; ++id) province.add({.id = id, .category = id % 4 == 0 ? "B" : "C3"});
        settings.fuse.massShare = 1;
        (void)firstRun();
        settle();
        (void)callsSince();
        clock.advance(2h);
        for (int id = 1; id <= changed; ++id) province.set(id, "DW = '新单位'", "2026-03-02 10:00:00");
    }
    SampleResult sample(std::uint64_t calls, double target = 0.01) {
        SampleSettings asked;
        asked.calls = calls;
        asked.target = target;
        Sampler sampler(parts(platform), ReconcileSettings{}, asked);
        const auto result = sampler.run({});
        if (!result) {
            ADD_FAILURE() << result.error().where << " " << result.error().code;
            return {};
        }
        return *result;
    }
};

/// Shows one certificate under another number, and does not know it by its own.
class OldNumbers final : public Platform {
public:
    OldNumbers(Platform& real, std::string number, std::string old)
        : real_(real), number_(std::move(number)), old_(std::move(old)) {}
    Ticket start(Request request) override { return real_.start(std::move(request)); }
    std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) override {
        auto completions = real_.poll(timeout, stop);
        for (Completion& completion : completions) {
            if (!completion.outcome || !completion.outcome->holdings) continue;
            for (Holdings::Item& item : completion.outcome->holdings->items) {
                if (item.record[Field::CertNum] == number_) item.record[Field::CertNum] = old_;
            }
        }
        return completions;
    }

private:
    Platform& real_;
    std::string number_;
    std::string old_;
};

/// Has lost one certificate.
class Forgetful final : public Platform {
public:
    Forgetful(Platform& real, std::string number) : real_(real), number_(std::move(number)) {}
    Ticket start(Request request) override { return real_.start(std::move(request)); }
    std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) override {
        auto completions = real_.poll(timeout, stop);
        for (Completion& completion : completions) {
            if (!completion.outcome || !completion.outcome->holdings) continue;
            std::erase_if(completion.outcome->holdings->items,
                          [&](const Holdings::Item& item) { return item.record[Field::CertNum] == number_; });
        }
        return completions;
    }

private:
    Platform& real_;
    std::string number_;
};

/// The first number that is drawn finds one certificate less in the ledger than have been counted.
class Meddling final : public Random {
public:
    Meddling(Random& real, Store& store) : real_(real), store_(store) {}
    std::uint64_t next() override {
        const std::vector<Change> gone{RemoveLedger{numberOf(1)}};
        const bool first = !std::exchange(done_, true);
        EXPECT_TRUE(!first || store_.commit(gone));
        return real_.next();
    }

private:
    Random& real_;
    Store& store_;
    bool done_ = false;
};

TEST(SampleTest, ABudgetForAllLooksAtAllAndEveryDifferenceIsFound) {
    Sampled world;
    const SampleResult result = world.sample(1000);
    EXPECT_EQ(result.population, 80U);
    EXPECT_EQ(result.strata, 2U);
    EXPECT_EQ(result.drawn, 80U);
    EXPECT_EQ(result.calls, 80U) << "each is shown by its number";
    EXPECT_TRUE(result.whole);
    EXPECT_EQ(result.disagreeing, 5U);
    EXPECT_DOUBLE_EQ(result.bound.value(), 5.0 / 80);
    EXPECT_FALSE(result.reached);
    const auto findings = world.store->findings(true);
    ASSERT_EQ(findings.value().size(), 5U);
    EXPECT_EQ(findings.value().front().field, "companyName");
    EXPECT_EQ(findings.value().front().lastRun, result.run);
    EXPECT_EQ(world.store->runs(1).value().front().kind, "sample");
    EXPECT_EQ(world.callsSince(), Names(80, "query"));
}

TEST(SampleTest, OverAnEmptyLedgerNothingIsLookedAtAndNothingShown) {
    World world;
    Sampler sampler(world.parts(world.platform), ReconcileSettings{}, SampleSettings{});
    const auto result = sampler.run({});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->population, 0U);
    EXPECT_EQ(result->drawn, 0U);
    EXPECT_EQ(result->bound, std::nullopt);
    EXPECT_FALSE(result->whole);
    EXPECT_FALSE(result->reached);
}

TEST(SampleTest, ItStopsWhenTheTargetIsRuledOutAndNeverSpendsMoreThanItsBudget) {
    Sampled world(0);
    const SampleResult enough = world.sample(120, 0.4);
    EXPECT_TRUE(enough.reached);
    EXPECT_EQ(enough.drawn, 15U) << "a quarter of sixty: 1 - 0.01 ^ (1 / 15) = 0.26";
    EXPECT_EQ(enough.disagreeing, 0U);
    const SampleResult short_ = world.sample(20, 0.01);
    EXPECT_EQ(short_.drawn, 10U);
    EXPECT_FALSE(short_.reached);
    EXPECT_NEAR(short_.bound.value(), 1 - std::pow(0.05 / 4, 0.1), 1e-9);
}

TEST(SampleTest, WhatThePlatformDoesNotHaveIsAskedForTwiceAndFound) {
    Sampled world(0);
    auto rules = world.platform.registry().rules();
    rules.readback = sim::national::Readback::TransferredOnly;
    world.platform.registry().setRules(rules);
    const SampleResult result = world.sample(1000);
    EXPECT_EQ(result.calls, 160U);
    EXPECT_EQ(result.disagreeing, 80U);
}

/// The platform still has the number of before the change-over, which it shows when asked by person.
TEST(SampleTest, ANumberOfBeforeTheChangeOverIsItsCertificate) {
    Sampled world(0);
    OldNumbers old(world.platform, numberOf(1), numberOf(1, "C"));
    SampleSettings asked;
    Sampler sampler(world.parts(old), ReconcileSettings{}, asked);
    const auto result = sampler.run({});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->disagreeing, 1U);
    const auto findings = world.store->findings(true);
    ASSERT_EQ(findings.value().size(), 1U);
    EXPECT_EQ(findings.value().front().kind, "legacy_not_converted");
}

TEST(SampleTest, APlatformThatIsAwayEndsItAsFailed) {
    Sampled world;
    world.platform.away = true;
    Sampler sampler(world.parts(world.platform), ReconcileSettings{}, SampleSettings{});
    const auto result = sampler.run({});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, Fault::Unavailable);
    EXPECT_EQ(world.store->runs(1).value().front().result, "failed");
}

TEST(SampleTest, WhatNeitherSideShowsDisagreesWithTheLedger) {
    Sampled world(0);
    world.province.run("DELETE FROM ZS WHERE ID = 1");
    Forgetful platform(world.platform, numberOf(1));
    Sampler sampler(world.parts(platform), ReconcileSettings{}, SampleSettings{});
    const auto result = sampler.run({});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->calls, 81U) << "asked by number, and by the identity number that was acknowledged";
    EXPECT_EQ(result->disagreeing, 1U);
    const auto findings = world.store->findings(true);
    ASSERT_EQ(findings.value().size(), 1U);
    EXPECT_EQ(findings.value().front().number, numberOf(1));
    EXPECT_EQ(findings.value().front().kind, "missing_national");
    EXPECT_EQ(result->tally.compared, 80U);
}

TEST(SampleTest, ALedgerThatShrinksWhileItIsDrawnFromFailsTheRun) {
    Sampled world(0);
    const SyncParts parts = world.parts(world.platform);
    Meddling random(parts.random, parts.store);
    Sampler sampler({parts.source, parts.map, parts.store, parts.platform, parts.refusals, parts.clock, random,
                     parts.log, parts.policy, parts.settings, parts.traffic},
                    ReconcileSettings{}, SampleSettings{});
    const auto result = sampler.run({});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, Fault::Unavailable);
    EXPECT_EQ(result.error().code, "changed_meanwhile");
    EXPECT_EQ(world.store->runs(1).value().front().result, "failed");
}

TEST(SampleTest, AReconciliationWithTheLedgerLeavesWhatASampleFound) {
    Sampled world(0);
    Forgetful platform(world.platform, numberOf(1));
    Sampler sampler(world.parts(platform), ReconcileSettings{}, SampleSettings{});
    ASSERT_TRUE(sampler.run({}));
    ASSERT_EQ(world.store->findings(true).value().size(), 1U);
    const SyncParts parts = world.parts(platform);
    Reconciler reconciler(parts.source, parts.map, parts.store, parts.clock, ReconcileSettings{});
    ASSERT_TRUE(reconciler.againstLedger({}));
    EXPECT_EQ(world.store->findings(true).value().size(), 1U) << "the ledger cannot tell that it is gone";
}

}  // namespace
}  // namespace lianzheng::test
