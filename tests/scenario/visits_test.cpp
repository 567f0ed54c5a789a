#include "gateway/sync/visits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "gateway/sync/dispatcher.h"
#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

/// A platform that finds certificates by identity number alone.
class ShyPlatform final : public Platform {
public:
    explicit ShyPlatform(RegistryPlatform& real) : real_(real) {}
    Ticket start(Request request) override {
        const auto* query = std::get_if<QueryCertificate>(&request);
        const bool shy = query != nullptr && !query->certNum.empty();
        const Ticket ticket = real_.start(std::move(request));
        if (shy) shy_.insert(ticket);
        return ticket;
    }
    std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) override {
        auto completions = real_.poll(timeout, stop);
        for (Completion& each : completions) {
            if (shy_.erase(each.ticket) == 1) each.outcome->holdings = Holdings{};
        }
        return completions;
    }

private:
    RegistryPlatform& real_;
    std::set<Ticket> shy_;
};

/// A platform that answers checks late.
class LateChecks final : public Platform {
public:
    explicit LateChecks(RegistryPlatform& real) : real_(real) {}
    Ticket start(Request request) override {
        const bool check = std::holds_alternative<CheckAdmission>(request);
        const Ticket ticket = real_.start(std::move(request));
        if (check) late_.emplace(ticket, 5);
        return ticket;
    }
    std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) override {
        for (Completion& each : real_.poll(timeout, stop)) held_.push_back(std::move(each));
        std::vector<Completion> ended;
        std::erase_if(held_, [&](Completion& each) {
            const auto late = late_.find(each.ticket);
            if (late != late_.end() && late->second-- > 0) return false;
            ended.push_back(std::move(each));
            return true;
        });
        return ended;
    }

private:
    RegistryPlatform& real_;
    std::map<Ticket, int> late_;  ///< polls to go
    std::vector<Completion> held_;
};

/// Serves visits in the order of their ids until all have left.
class AtTheCounter : public ::testing::Test {
protected:
    void come(std::int64_t id, std::vector<std::string> numbers, bool force = false) {
        waiting_.emplace(id, Come{std::move(numbers), force});
    }
    Result<Dispatcher::Tally> serve() {
        Dispatcher dispatcher(world.parts(over != nullptr ? *over : world.platform));
        dispatcher.counter.arrivals = [&](Visits& visits) {
            for (const auto& [id, each] : waiting_) visits.arrive(id, each.numbers, "test", each.force);
            return ok();
        };
        dispatcher.counter.answer = [&](const Visits::Ended& visit) {
            left.push_back(visit);
            waiting_.erase(visit.visit);
            return ok();
        };
        auto tally = dispatcher.run(100'000, {}, Lane::Manual);
        EXPECT_TRUE(dispatcher.closeCounter());
        return tally;
    }

    World world;
    Platform* over = nullptr;  ///< borrowed: what is called instead
    std::vector<Visits::Ended> left;

private:
    struct Come {
        std::vector<std::string> numbers;
        bool force;
    };
    std::map<std::int64_t, Come> waiting_;
};

TEST_F(AtTheCounter, EachLeavesWithHisCertificatePushed) {
    for (int id = 1; id <= 3; ++id) {
        world.province.add({.id = id});
        come(id, {numberOf(id)});
    }
    const auto tally = serve();
    ASSERT_TRUE(tally);
    EXPECT_EQ(tally->accepted, 3U);
    ASSERT_EQ(left.size(), 3U);
    for (const Visits::Ended& each : left) {
        EXPECT_EQ(each.certificates, 1U);
        EXPECT_FALSE(each.error);
        EXPECT_EQ(world.events(static_cast<int>(each.visit)), std::vector<std::string>{"assign.01"});
    }
}

TEST_F(AtTheCounter, WhatTheProvinceDoesNotHaveIsAnsweredToo) {
    come(1, {numberOf(7)});
    ASSERT_TRUE(serve());
    ASSERT_EQ(left.size(), 1U);
    EXPECT_FALSE(left.front().error);
    EXPECT_EQ(world.platform.writingCalls(), 0U);
}

TEST_F(AtTheCounter, ALongListDoesNotHoldUpAShortOne) {
    std::vector<std::string> many;
    for (int id = 1; id <= 60; ++id) {
        world.province.add({.id = id});
        if (id <= 59) many.push_back(numberOf(id));
    }
    come(1, many);
    come(2, {numberOf(60)});
    ASSERT_TRUE(serve());
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left.front().visit, 2);
    EXPECT_EQ(left.back().certificates, 59U);
}

TEST_F(AtTheCounter, TwoWithTheSameCertificatePushItOnce) {
    world.province.add({.id = 1});
    come(1, {numberOf(1)});
    come(2, {numberOf(1)});
    ASSERT_TRUE(serve());
    EXPECT_EQ(left.size(), 2U);
    EXPECT_EQ(world.events(1), std::vector<std::string>{"assign.01"});
}

TEST_F(AtTheCounter, APlatformThatIsAwayIsSaidToEach) {
    world.platform.away = true;
    for (int id = 1; id <= 2; ++id) {
        world.province.add({.id = id});
        come(id, {numberOf(id)});
    }
    ASSERT_TRUE(serve());
    ASSERT_EQ(left.size(), 2U);
    for (const Visits::Ended& each : left) {
        ASSERT_TRUE(each.error);
        EXPECT_EQ(each.error->fault, Fault::Unavailable);
    }
    EXPECT_FALSE(*world.store->intentOf(numberOf(1)));
}

/// What may have been sent decides first: the same event goes again, and nothing new is planned.
TEST_F(AtTheCounter, WhatIsInDoubtIsSettledFirst) {
    world.province.add({.id = 1});
    world.platform.breakAt(1, RegistryPlatform::Break::LostAfter);
    come(1, {numberOf(1)});
    ASSERT_TRUE(serve());
    ASSERT_EQ(world.store->intentOf(numberOf(1)).value()->state, OutboxState::Unconfirmed);
    come(2, {numberOf(1)});
    ASSERT_TRUE(serve());
    EXPECT_EQ(world.events(1), std::vector<std::string>{"assign.01"});
    EXPECT_FALSE(*world.store->intentOf(numberOf(1)));
    EXPECT_EQ(left.size(), 2U);
}

/// What the platform holds is believed, as a resync does: what the ledger has forgotten is no second event. Absence is
/// believed only when both numbers were asked.
TEST_F(AtTheCounter, WhatThePlatformHoldsCorrectsTheLedger) {
    ShyPlatform shy(world.platform);
    over = &shy;
    world.province.add({.id = 1});
    world.firstRun();
    world.settle();
    LedgerEntry lost = world.ledger(1);
    const auto before = world.events(1);
    const std::size_t writes = world.platform.writingCalls();
    lost.state = CertState::None;
    const std::vector<Change> forgotten{PutLedger{lost}};
    ASSERT_TRUE(world.store->commit(forgotten));
    come(1, {numberOf(1)});
    ASSERT_TRUE(serve());
    EXPECT_EQ(world.ledger(1).state, CertState::Valid);
    EXPECT_EQ(world.events(1), before);
    EXPECT_EQ(world.platform.writingCalls(), writes);
}

/// An intent of which the platform is just being asked is not replaced under it.
TEST_F(AtTheCounter, WhatIsBeingCheckedIsWaitedFor) {
    LateChecks late(world.platform);
    over = &late;
    world.settings.check = SyncSettings::Check::Always;
    world.platform.checkFault = Fault::Unavailable;
    world.province.add({.id = 1});
    come(1, {numberOf(1)});
    // Queued already, in the same lane: it is checked while the visitor's questions are answered.
    {
        Resync resync(world.parts(world.platform));
        ASSERT_TRUE(resync.one(numberOf(1), "before", false, {}));
    }
    const auto tally = serve();
    ASSERT_TRUE(tally) << tally.error().where << ' ' << tally.error().code;
    EXPECT_EQ(tally->deferred, 2U);  // what was queued, and what the visitor made of it
    ASSERT_EQ(left.size(), 1U);
    EXPECT_FALSE(left.front().error);
    ASSERT_TRUE(*world.store->intentOf(numberOf(1)));
    world.platform.checkFault.reset();
    world.clock.advance(std::chrono::hours{2});
    come(2, {numberOf(1)});
    ASSERT_TRUE(serve());
    EXPECT_EQ(world.events(1), std::vector<std::string>{"assign.01"});
}

TEST_F(AtTheCounter, APauseQueuesTheStepAndAnswers) {
    world.province.add({.id = 1});
    const std::vector<Change> pause{PutWord{"paused", "x"}};
    ASSERT_TRUE(world.store->commit(pause));
    come(1, {numberOf(1)});
    ASSERT_TRUE(serve());
    ASSERT_EQ(left.size(), 1U);
    EXPECT_FALSE(left.front().error);
    EXPECT_EQ(world.platform.writingCalls(), 0U);
    EXPECT_EQ(world.store->intentOf(numberOf(1)).value()->state, OutboxState::Queued);
}

TEST_F(AtTheCounter, APauseHoldsWhatIsQueued) {
    world.province.add({.id = 1});
    Resync resync(world.parts(world.platform));
    ASSERT_TRUE(resync.one(numberOf(1), "before", false, {}));
    const std::vector<Change> pause{PutWord{"paused", "x"}};
    ASSERT_TRUE(world.store->commit(pause));
    ASSERT_TRUE(serve());
    EXPECT_EQ(world.platform.writingCalls(), 0U);
    const std::vector<Change> resume{PutWord{"paused", ""}};
    ASSERT_TRUE(world.store->commit(resume));
    ASSERT_TRUE(serve());
    EXPECT_EQ(world.platform.writingCalls(), 1U);
}

/// The refused ones are asked about by `check` as many at once as there are connections, and between them the counter
/// is looked at.
TEST_F(AtTheCounter, ChecksOfRefusedOnesMakeRoom) {
    constexpr int kRefused = 40;
    world.settings.concurrency = 8;
    world.settings.judgeRules = false;
    for (int id = 1; id <= kRefused; ++id) {
        world.province.add({.id = id, .category = "B", .person = id, .appointment = "07"});
        world.province.add({.id = id + kRefused, .category = "B", .person = id, .appointment = "07"});
    }
    EXPECT_EQ(world.firstRun().pushed.refused, static_cast<std::uint64_t>(kRefused));
    world.clock.advance(std::chrono::hours{25});
    (void)world.callsSince();
    Pass pass(world.parts(world.platform));
    std::size_t checksBefore = 0;
    bool came = false;
    pass.counter().arrivals = [&](Visits& visits) {
        const auto checks = std::count(world.platform.calls.begin(), world.platform.calls.end(), "check.01");
        if (checks > 0 && !std::exchange(came, true)) visits.arrive(1, {numberOf(1, "B")}, "test", false);
        return ok();
    };
    pass.counter().answer = [&](const Visits::Ended&) {
        const auto checks = std::count(world.platform.calls.begin(), world.platform.calls.end(), "check.01");
        checksBefore = static_cast<std::size_t>(checks);
        return ok();
    };
    PassResult result;
    ASSERT_TRUE(pass.settleDue(result, {}));
    EXPECT_EQ(checksBefore, 8U);
    const auto checks = std::count(world.platform.calls.begin(), world.platform.calls.end(), "check.01");
    EXPECT_EQ(checks, kRefused);
}

}  // namespace
}  // namespace lianzheng::test
