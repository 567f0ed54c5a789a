#include "tests/scenario/sweep.h"

#include <gtest/gtest.h>

#include <iterator>

namespace lianzheng::test {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t kCalls = 16;    // more than a run makes
constexpr std::size_t kCommits = 60;  // more than a run makes
constexpr int kIssued = 1, kChanged = 2, kSuspended = 3, kRestored = 4, kEnded = 5, kIdentity = 6;
constexpr const char* kNow = "2026-03-02 09:00:00";
constexpr const char* kCutNames[] = {"None",         "Unreached",   "LostBefore",   "LostAfter",
                                     "KilledBefore", "KilledAfter", "FailedBefore", "FailedAfter"};

bool isCall(Cut::Of of) { return of == Cut::Of::Unreached || of == Cut::Of::LostBefore || of == Cut::Of::LostAfter; }

}  // namespace

Prepared::Prepared(sim::national::Repeat repeat) {
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

std::string nameOf(Cut::Of of) { return kCutNames[static_cast<std::size_t>(of)]; }

std::vector<Cut> cutsOf(Cut::Of of) {
    std::vector<Cut> cuts;
    for (std::size_t n = 1; n <= (isCall(of) ? kCalls : kCommits); ++n) cuts.push_back({of, n});
    return cuts;
}

namespace {

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

}  // namespace

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

namespace {

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

}  // namespace

void expectAllOnce(World& world, bool mayLoseCode) {
    expectOnce(world, kIssued, {"assign.01", "collect"}, mayLoseCode);
    expectOnce(world, kChanged, {"assign.09", "collect"}, mayLoseCode);
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

bool losesCode(sim::national::Repeat repeat, const Cut& cut) {
    return repeat == sim::national::Repeat::Exists && cut.of != Cut::Of::Unreached && cut.of != Cut::Of::LostBefore;
}

}  // namespace lianzheng::test
