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
constexpr const char* kCampaignCode = "code";

/// A platform at some distance with a limit on what it takes a second. Time passes while it is waited for. It takes
/// the campaign's events for good, and judges the others as `near` does.
class DistantPlatform final : public Platform {
public:
    DistantPlatform(ManualClock& clock, RegistryPlatform& near) : clock_(clock), near_(near) {}

    Ticket start(Request request) override {
        const Ticket ticket{++tickets_};
        sent += 1;
        Completion completion;
        const auto* collect = std::get_if<CollectLicence>(&request);
        if (writes(request) && !passes()) {
            completion.outcome = Verdict{Verdict::Kind::Refused, "操作太快，请稍后再试", {}, {}};
            refused += 1;
        } else if (collect != nullptr && collect->codeId == kCampaignCode) {
            completion.outcome = Verdict{.kind = Verdict::Kind::Accepted, .message = {}, .code = {}, .holdings = {}};
        } else {
            near_.start(std::move(request));
            completion = std::move(near_.poll(Milliseconds{0}, {}).front());
        }
        completion.ticket = ticket;
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
    RegistryPlatform& near_;
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
    made.step.request = CollectLicence{kCampaignCode, "identifier", "url"};
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

/// A hundred people within twenty seconds, at random: often several at once, each with a certificate of which the
/// platform knows nothing.
TEST(CampaignTest, WhoeverStandsAtTheCounterDoesNotWaitForIt) {
    World world;
    for (int id = 1; id <= 100; ++id) world.province.add({.id = id});
    DistantPlatform platform(world.clock, world.platform);
    queueCampaign(world);
    world.reopen();
    std::vector<Change> known;
    for (const char* operation : {"assign", "collect"}) {
        known.emplace_back(
            PutPace{PaceRow{.operation = operation, .base = 48.5, .limit = 50, .at = world.clock.now()}});
    }
    ASSERT_TRUE(world.store->commit(known));
    SeededRandom random(11);
    std::vector<TimePoint> comes;
    for (int id = 1; id <= 100; ++id) {
        comes.push_back(world.clock.now() + 1s + Milliseconds{static_cast<int>(random.unit() * 20'000)});
    }
    Dispatcher dispatcher(world.parts(platform));
    dispatcher.counter.arrivals = [&](Visits& visits) {
        for (int id = 1; id <= 100; ++id) {
            TimePoint& at = comes[static_cast<std::size_t>(id) - 1];
            if (at <= world.clock.now()) visits.arrive(id, {numberOf(id)}, "test", false);
        }
        return ok();
    };
    std::map<std::int64_t, Milliseconds> waited;
    std::stop_source stop;
    dispatcher.counter.answer = [&](const Visits::Ended& visit) {
        EXPECT_FALSE(visit.error);
        TimePoint& at = comes[static_cast<std::size_t>(visit.visit) - 1];
        waited.emplace(visit.visit, world.clock.now() - at);
        at = TimePoint::max();  // gone
        if (waited.size() == comes.size()) stop.request_stop();
        return ok();
    };
    const auto pushed = dispatcher.run(100'000, stop.get_token());
    ASSERT_TRUE(pushed);
    ASSERT_EQ(waited.size(), 100U);
    Milliseconds slowest{0};
    for (const auto& [id, time] : waited) {
        slowest = std::max(slowest, time);
        EXPECT_EQ(world.events(static_cast<int>(id)), std::vector<std::string>{"assign.01"});
    }
    const Milliseconds interval{static_cast<int>(1000 / 48.5)};
    EXPECT_LE(slowest, 3 * kRoundTrip + interval);
    EXPECT_GT(pushed->accepted, 600U);  // the campaign went on meanwhile
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
