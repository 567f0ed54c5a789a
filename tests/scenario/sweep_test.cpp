#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;
using sim::national::Repeat;

constexpr int kIssued = 1, kChanged = 2, kSuspended = 3, kRestored = 4, kEnded = 5, kIdentity = 6;
constexpr const char* kNow = "2026-03-02 09:00:00";

/// A province in step, in which then one certificate each is new, changed, suspended, restored, ended, renumbered.
class Prepared : public World {
public:
    explicit Prepared(Repeat repeat) {
        settings.concurrency = 1;  // a commit for nearly every call: the more places to break
        sim::national::Rules rules;
        rules.repeat = repeat;
        platform.registry().setRules(rules);
        for (int id = kChanged; id <= kIdentity; ++id) province.add({.id = id});
        province.run("UPDATE ZS SET ZK = '1' WHERE ID = 4");
        (void)firstRun();
        clock.advance(2h);
        province.add({.id = kIssued, .changedAt = kNow});
        province.set(kChanged, "DW = '新单位', XYDM = '" + companyOf(20) + "'", kNow);
        province.set(kSuspended, "ZK = '1'", kNow);
        province.set(kRestored, "ZK = '0'", kNow);
        province.set(kEnded, "ZX = '1'", kNow);
        province.set(kIdentity, "SFZ = '" + personOf(21) + "'", kNow);
    }
};

/// Where one run is broken. 0: it is not.
struct Cut {
    enum class Of { None, Unreached, LostBefore, LostAfter, KilledBefore, KilledAfter, FailedBefore, FailedAfter } of{};
    std::size_t n = 0;
};
constexpr std::size_t kCalls = 16;     // more than a run makes
constexpr std::size_t kCommits = 60;  // more than a run makes

bool isCall(Cut::Of of) { return of == Cut::Of::Unreached || of == Cut::Of::LostBefore || of == Cut::Of::LostAfter; }

std::vector<Cut> cutsOf(Cut::Of of) {
    std::vector<Cut> cuts;
    for (std::size_t n = 1; n <= (isCall(of) ? kCalls : kCommits); ++n) cuts.push_back({of, n});
    return cuts;
}

void arm(World& world, const Cut& cut) {
    using Platform = RegistryPlatform::Break;
    switch (cut.of) {
        case Cut::Of::None:
            return;
        case Cut::Of::Unreached:
            return world.platform.breakAt(cut.n, Platform::Unreached);
        case Cut::Of::LostBefore:
            return world.platform.breakAt(cut.n, Platform::LostBefore);
        case Cut::Of::LostAfter:
            return world.platform.breakAt(cut.n, Platform::LostAfter);
        case Cut::Of::KilledBefore:
            return world.store->breakAt(cut.n, FaultyStore::When::Before, FaultyStore::How::Kill);
        case Cut::Of::KilledAfter:
            return world.store->breakAt(cut.n, FaultyStore::When::After, FaultyStore::How::Kill);
        case Cut::Of::FailedBefore:
            return world.store->breakAt(cut.n, FaultyStore::When::Before, FaultyStore::How::Fail);
        case Cut::Of::FailedAfter:
            return world.store->breakAt(cut.n, FaultyStore::When::After, FaultyStore::How::Fail);
    }
}

/// One run that is broken as told; a process that died or failed is followed by a new one. False: nothing broke.
bool brokenRun(World& world, const Cut& cut) {
    arm(world, cut);
    const std::size_t before = world.platform.writingCalls();
    bool died = false;
    try {
        died = !world.tryPass();
    } catch (const Killed&) {
        died = true;
    }
    const bool broke = isCall(cut.of) ? world.platform.writingCalls() - before >= cut.n : world.store->broke();
    world.platform.heal();
    world.store->heal();
    if (died) world.reopen();
    world.clock.advance(2h);
    return broke;
}

/// The last event of each, once; a code that was lost with its reply cannot be collected.
void expectOnce(World& world, int id, const Names& steps, bool mayLoseCode) {
    Names events = world.events(id);
    const std::ptrdiff_t before = id == kIssued ? 0 : id == kRestored ? 3 : 2;  // issued, collected, suspended
    ASSERT_GE(std::ssize(events), before) << id;
    events.erase(events.begin(), events.begin() + before);
    const LedgerEntry ledger = world.ledger(id);
    Names wanted = steps;
    if (mayLoseCode && ledger.codeMissing) wanted.pop_back();
    EXPECT_EQ(events, wanted) << id;
    const auto national = world.national(id);
    EXPECT_FALSE(national.doubled) << id;
    EXPECT_EQ(code(ledger.state), national.state()) << id;
    EXPECT_EQ(ledger.lastECertId, national.eCertId) << id;
    if (!ledger.codeMissing) {
        EXPECT_EQ(ledger.codeId, national.codeId) << id;
        EXPECT_EQ(ledger.zzeCertId, national.zzeCertId) << id;
    }
    const auto blocked = world.blocked(numberOf(id));
    EXPECT_EQ(blocked.has_value(), mayLoseCode && ledger.codeMissing) << id << (blocked ? blocked->advice.reason : "");
    const auto intent = world.store->intentOf(numberOf(id));
    EXPECT_TRUE(intent && !*intent) << id;
}

void expectAllOnce(World& world, Repeat repeat) {
    const bool lost = repeat == Repeat::Exists;
    expectOnce(world, kIssued, {"assign.01", "collect"}, lost);
    expectOnce(world, kChanged, {"assign.09", "collect"}, lost);
    expectOnce(world, kSuspended, {"update.03"}, false);
    expectOnce(world, kRestored, {"update.06", "collect"}, false);
    expectOnce(world, kEnded, {"update.05"}, false);
    expectOnce(world, kIdentity, {"change_identity"}, false);
    EXPECT_EQ(world.national(kChanged).at("companyName"), "新单位");
    EXPECT_EQ(world.national(kIdentity).at("identityCard"), personOf(21));
    (void)world.callsSince();
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{});
}

std::string text(const Cut& cut) {
    static constexpr const char* kNames[] = {
        "-",           "unreached", "lost before", "lost after", "killed before", "killed after", "failed before",
        "failed after"};
    return fmt::format("{} {}", kNames[static_cast<std::size_t>(cut.of)], cut.n);
}

class SweepTest : public ::testing::TestWithParam<std::tuple<Repeat, Cut::Of>> {};

TEST_P(SweepTest, OneBreakNeitherLosesNorDoubles) {
    const auto [repeat, of] = GetParam();
    Prepared prepared(repeat);
    bool broke = true;
    for (const Cut& cut : cutsOf(of)) {
        World world(prepared);
        SCOPED_TRACE(text(cut));
        broke = brokenRun(world, cut);
        world.settle();
        expectAllOnce(world, repeat);
        if (::testing::Test::HasFailure()) return;
        if (!broke) break;  // past the run's last
    }
    EXPECT_FALSE(broke) << "the sweep ended before the run did";
}

/// The second run is broken as well; every second pair meets the other behaviour on a repeated eCertID.
class PairSweepTest : public ::testing::TestWithParam<std::tuple<Cut::Of, Cut::Of>> {};

TEST_P(PairSweepTest, TwoBreaksNeitherLoseNorDouble) {
    const auto [first, second] = GetParam();
    Prepared same(Repeat::SameReply);
    Prepared exists(Repeat::Exists);
    for (const Cut& one : cutsOf(first)) {
        bool brokeFirst = true;
        for (const Cut& two : cutsOf(second)) {
            const Repeat repeat = (one.n + two.n) % 2 == 0 ? Repeat::SameReply : Repeat::Exists;
            World world(repeat == Repeat::SameReply ? same : exists);
            SCOPED_TRACE(text(one) + ", then " + text(two));
            brokeFirst = brokenRun(world, one);
            const bool brokeSecond = brokenRun(world, two);
            world.settle();
            expectAllOnce(world, repeat);
            if (::testing::Test::HasFailure()) return;
            if (!brokeSecond) break;
        }
        if (!brokeFirst) break;
    }
}

constexpr Cut::Of kAll[] = {Cut::Of::Unreached,   Cut::Of::LostBefore,   Cut::Of::LostAfter,  Cut::Of::KilledBefore,
                            Cut::Of::KilledAfter, Cut::Of::FailedBefore, Cut::Of::FailedAfter};

std::string nameOf(const ::testing::TestParamInfo<std::tuple<Repeat, Cut::Of>>& tested) {
    static constexpr const char* kNames[] = {"None",         "Unreached",   "LostBefore",   "LostAfter",
                                             "KilledBefore", "KilledAfter", "FailedBefore", "FailedAfter"};
    const auto [repeat, of] = tested.param;
    return std::string(repeat == Repeat::Exists ? "Exists" : "SameReply") + kNames[static_cast<std::size_t>(of)];
}

INSTANTIATE_TEST_SUITE_P(All, SweepTest,
                         ::testing::Combine(::testing::Values(Repeat::SameReply, Repeat::Exists),
                                            ::testing::ValuesIn(kAll)),
                         nameOf);

constexpr Cut::Of kPaired[] = {Cut::Of::Unreached, Cut::Of::LostBefore, Cut::Of::LostAfter, Cut::Of::KilledBefore,
                               Cut::Of::KilledAfter};

std::string pairNameOf(const ::testing::TestParamInfo<std::tuple<Cut::Of, Cut::Of>>& tested) {
    static constexpr const char* kNames[] = {"None",         "Unreached",   "LostBefore",   "LostAfter",
                                             "KilledBefore", "KilledAfter", "FailedBefore", "FailedAfter"};
    const auto [first, second] = tested.param;
    return std::string(kNames[static_cast<std::size_t>(first)]) + "Then" + kNames[static_cast<std::size_t>(second)];
}

INSTANTIATE_TEST_SUITE_P(All, PairSweepTest,
                         ::testing::Combine(::testing::ValuesIn(kPaired), ::testing::ValuesIn(kPaired)), pairNameOf);

}  // namespace
}  // namespace lianzheng::test
