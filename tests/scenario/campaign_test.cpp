#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "gateway/sync/dispatcher.h"
#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds kRoundTrip{200};
constexpr double kLimit = 50;
constexpr int kQueued = 200'000;

/// A platform at some distance with a limit on what it takes a second. Time passes while it is waited for.
class DistantPlatform final : public Platform {
public:
    explicit DistantPlatform(ManualClock& clock) : clock_(clock) {}

    Ticket start(Request request) override {
        const Ticket ticket{++tickets_};
        Verdict verdict{.kind = Verdict::Kind::Accepted, .message = {}, .code = {}, .holdings = {}};
        if (writes(request) && !passes()) verdict = {Verdict::Kind::Refused, "操作太快，请稍后再试", {}, {}};
        refused += verdict.kind == Verdict::Kind::Refused ? 1 : 0;
        sent += 1;
        Completion completion;
        completion.ticket = ticket;
        completion.outcome = std::move(verdict);
        completion.httpStatus = 200;
        completion.requestId = std::to_string(tickets_);
        underWay_.emplace(clock_.now() + kRoundTrip, std::move(completion));
        return ticket;
    }
    std::vector<Completion> poll(Milliseconds timeout, const std::stop_token&) override {
        TimePoint till = clock_.now() + timeout;
        if (!underWay_.empty()) till = std::min(till, std::max(clock_.now(), underWay_.begin()->first));
        clock_.set(till);
        std::vector<Completion> ended;
        while (!underWay_.empty() && underWay_.begin()->first <= till) {
            ended.push_back(std::move(underWay_.begin()->second));
            underWay_.erase(underWay_.begin());
        }
        return ended;
    }

    int sent = 0;
    int refused = 0;

private:
    bool passes() {
        const std::chrono::duration<double> passed = clock_.now() - refilledAt_;
        level_ = std::min(kLimit, level_ + passed.count() * kLimit);
        refilledAt_ = clock_.now();
        if (level_ < 1) return false;
        level_ -= 1;
        return true;
    }
    ManualClock& clock_;
    std::multimap<TimePoint, Completion> underWay_;
    std::uint64_t tickets_ = 0;
    double level_ = kLimit;
    TimePoint refilledAt_{};
};

OutboxRow row(int serial, Lane lane, TimePoint now) {
    OutboxRow made;
    made.number = "m" + std::to_string(serial);
    made.sourceKey = made.number;
    made.eCertId = made.number;
    made.step.request = CollectLicence{"code", "identifier", "url"};
    made.step.after = CertState::Valid;
    made.step.lane = lane;
    made.dueAt = made.createdAt = now;
    made.reason = "test";
    return made;
}

/// A campaign of 200,000, by one statement a table.
void queueCampaign(World& world) {
    const OutboxRow pattern = row(0, Lane::Campaign, world.clock.now());
    LedgerEntry entry;
    entry.number = entry.sourceKey = pattern.number;
    entry.state = CertState::Valid;
    const std::vector<Change> one{PutLedger{entry}, PutIntent{pattern}};
    ASSERT_TRUE(world.store->commit(one));
    soci::session& session = world.storeConnection().session();
    const std::string numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                                std::to_string(kQueued - 1) + ") ";
    for (const std::string table : {"ledger", "outbox"}) {
        std::string columns;
        std::string values;
        soci::rowset<std::string> names =
            (session.prepare << "SELECT name FROM pragma_table_info('" + table + "') WHERE name <> 'id'");
        for (const std::string& name : names) {
            const bool own = name == "number" || name == "source_key" || name == "who" || name == "e_cert_id";
            columns += (columns.empty() ? "" : ", ") + name;
            values += (values.empty() ? "" : ", ") + (own ? std::string("'c' || i") : "p." + name);
        }
        session << "INSERT INTO " + table + " (" + columns + ") " + numbers + "SELECT " + values + " FROM n, " + table +
                       " p WHERE p.number = 'm0'";
    }
}

TEST(CampaignTest, WhoeverStandsAtTheCounterDoesNotWaitForIt) {
    World world;
    DistantPlatform platform(world.clock);
    queueCampaign(world);
    world.reopen();
    const std::vector<Change> known{
        PutPace{PaceRow{.operation = "collect", .base = 48.5, .limit = 50, .at = world.clock.now()}}};
    ASSERT_TRUE(world.store->commit(known));
    SeededRandom random(11);
    Dispatcher dispatcher(world.parts(platform));
    TimePoint comes{};
    dispatcher.called = [&]() -> Result<bool> { return comes <= world.clock.now(); };
    std::uint64_t campaign = 0;
    Milliseconds slowest{0};
    for (int caller = 1; caller <= 100; ++caller) {
        comes = world.clock.now() + Milliseconds{static_cast<int>(random.unit() * 500)};
        const auto pushed = dispatcher.run(100'000, {});
        ASSERT_TRUE(pushed);
        ASSERT_TRUE(pushed->called);
        campaign += pushed->accepted;
        // As a resync does: both sides are read, the step is queued in the manual lane and sent.
        ASSERT_TRUE(callAndWait(platform, Request{QueryCertificate{"m", ""}}, {}).outcome);
        const OutboxRow step = row(caller, Lane::Manual, world.clock.now());
        LedgerEntry entry;
        entry.number = entry.sourceKey = step.number;
        entry.state = CertState::Valid;
        const std::vector<Change> queued{PutLedger{entry}, PutIntent{step}};
        ASSERT_TRUE(world.store->commit(queued));
        const auto urgent = dispatcher.run(100'000, {}, Lane::Manual);
        ASSERT_TRUE(urgent);
        EXPECT_EQ(urgent->accepted, 1U);
        slowest = std::max(slowest, world.clock.now() - comes);
    }
    const Milliseconds interval{static_cast<int>(1000 / 48.5)};
    EXPECT_LE(slowest, 3 * kRoundTrip + interval);
    EXPECT_GT(campaign, 500U);  // which went on meanwhile
    EXPECT_LE(platform.refused, platform.sent / 50);
}

/// Through the simulator's own throttle.
TEST(PaceTest, AHiddenLimitIsFoundAndRememberedAndCostsNobodyATry) {
    World world;
    auto rules = world.platform.registry().rules();
    rules.throttlePerSecond = 5;
    world.platform.registry().setRules(rules);
    for (int id = 1; id <= 300; ++id) world.province.add({.id = id});
    PassOptions options;
    options.firstRun = true;
    options.wait = 1min;  // what was refused is due again a second later
    const TimePoint begin = world.clock.now();
    const PassResult result = world.pass(options);
    EXPECT_EQ(result.end, PassResult::End::Done);
    EXPECT_EQ(result.pushed.accepted, 600U);  // each is assigned a code, and collected
    EXPECT_EQ(result.pushed.refused, 0U);
    EXPECT_EQ(result.pushed.unconfirmed, 0U);
    EXPECT_LT(world.clock.now() - begin, 140s);  // both share the limit: 120 s at the least
    const auto paces = world.store->paces();
    ASSERT_TRUE(paces);
    const auto assign =
        std::find_if(paces->begin(), paces->end(), [](const PaceRow& row) { return row.operation == "assign"; });
    ASSERT_NE(assign, paces->end());
    EXPECT_NEAR(assign->limit, 5, 0.4);
    EXPECT_EQ(assign->failures, 0);
    EXPECT_FALSE(assign->closedTill);

    // The next process keeps to it from the beginning.
    world.reopen();
    for (int id = 301; id <= 330; ++id) world.province.add({.id = id});
    world.clock.advance(1min);
    const auto before = world.platform.registry().stats().refused();
    options.firstRun = false;
    options.full = true;
    EXPECT_EQ(world.pass(options).pushed.accepted, 60U);
    EXPECT_LE(world.platform.registry().stats().refused() - before, 2U);
}

}  // namespace
}  // namespace lianzheng::test
