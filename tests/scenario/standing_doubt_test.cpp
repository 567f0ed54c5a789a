#include <gtest/gtest.h>

#include "gateway/sync/resync.h"
#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Break = RegistryPlatform::Break;
using Names = std::vector<std::string>;

/// A certificate whose new photo was sent and accepted, with the reply lost, by a platform that says of a repeat only
/// that it knows the number: nothing that a query shows tells whether it was accepted.
class StandingDoubtTest : public ::testing::Test {
protected:
    StandingDoubtTest() {
        auto rules = world.platform.registry().rules();
        rules.repeat = sim::national::Repeat::Exists;
        world.platform.registry().setRules(rules);
        world.province.add({});
        (void)world.firstRun();
        world.clock.advance(1h);
        world.platform.breakAt(1, Break::LostAfter);
        changed("ZPBB = 'v2'");
        world.settle();
        EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09"}));
    }

    /// The province changes columns of the row, and a pass sees it.
    void changed(const std::string& columns) {
        minute_ += 1;
        world.province.set(1, columns, "2026-03-02 09:" + std::to_string(10 + minute_) + ":00");
        (void)world.pass();
    }
    std::string reason() {
        const auto blocked = world.blocked(numberOf(1));
        return blocked ? blocked->advice.reason : "";
    }
    ResyncItem resync(bool force) {
        const auto item = world.resync(numberOf(1), force);
        world.settle();
        return item;
    }

    World world;

private:
    int minute_ = 0;
};

TEST_F(StandingDoubtTest, IsAPersonsAndNothingTheRowSaysSendsASecondEvent) {
    EXPECT_EQ(reason(), "unconfirmed");
    (void)world.callsSince();
    changed("ZZSJ = '2040-01-02 00:00:00'");
    changed("DW = '新单位'");
    changed("ZPBB = 'v1', DW = '" + world.province.value("SELECT DW FROM ZS WHERE ID = 1") + "'");
    world.reopen();
    world.settle();
    (void)world.resync(numberOf(1), false);
    world.settle();
    EXPECT_EQ(reason(), "unconfirmed");
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09"}));
}

TEST_F(StandingDoubtTest, DoesNotHoldBackASuspension) {
    changed("ZK = '1'");
    EXPECT_EQ(world.national(1).state(), "02");
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09", "update.03"}));
}

TEST_F(StandingDoubtTest, EndsWhenAPersonSaysSo) {
    (void)resync(true);
    EXPECT_EQ(reason(), "");
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect", "assign.09", "assign.09", "collect"}));
}

TEST(PauseTest, HoldsBackWhatAResyncAsksForToo) {
    World world;
    world.province.add({});
    (void)world.firstRun();
    world.clock.advance(1h);
    world.province.set(1, "DW = '新单位'", "2026-03-02 09:10:00");
    const std::vector<Change> pause{PutWord{"paused", "x"}};
    ASSERT_TRUE(world.store->commit(pause));
    (void)world.callsSince();
    (void)world.resync(numberOf(1), false);
    ASSERT_TRUE(world.trySettleDue());
    EXPECT_EQ(world.pass().end, PassResult::End::Paused);
    EXPECT_EQ(world.callsSince(), Names{"query"});
    const std::vector<Change> resume{PutWord{"paused", ""}};
    ASSERT_TRUE(world.store->commit(resume));
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"assign.09", "collect"}));
}

/// A view of the platform that is older than what was pushed since.
TEST(RepairTest, AskedFromAnOlderViewDoesNotUndoWhatThePlatformHolds) {
    World world;
    world.province.add({});
    (void)world.firstRun();
    NationalRow old;
    old.record[Field::CertNum] = numberOf(1);
    old.record[Field::CompanyName] = "旧单位";
    old.record[Field::CertState] = "02";
    const auto before = world.ledger(1);
    (void)world.callsSince();
    for (const NationalRow* view : {static_cast<const NationalRow*>(&old), static_cast<const NationalRow*>(nullptr)}) {
        const auto item = world.repair(numberOf(1), view);
        ASSERT_TRUE(item.plan);
        EXPECT_TRUE(std::holds_alternative<InStep>(*item.plan));
        world.settle();
    }
    EXPECT_EQ(world.ledger(1).codeId, before.codeId);
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect"}));
}

}  // namespace
}  // namespace lianzheng::test
