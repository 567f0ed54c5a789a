#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/scenario/sweep.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;

Holder certificate(int id, const std::string& category, int person, int company, const std::string& position,
                   const std::string& changedAt = "2026-03-01 09:00:00") {
    Holder holder;
    holder.id = id;
    holder.category = category;
    holder.person = person;
    holder.company = company;
    holder.appointment = position;
    holder.changedAt = changedAt;
    return holder;
}

std::size_t refusals(World& world) { return world.platform.registry().stats().refusals.size(); }

TEST(HoldingTest, ASecondBIsNotSentAndGoesWhenTheFirstHasEnded) {
    World world;
    world.province.add(certificate(1, "B", 1, 1, "07"));
    (void)world.firstRun();
    (void)world.callsSince();
    world.clock.advance(2h);
    world.province.add(certificate(2, "B", 1, 1, "07", "2026-03-02 09:00:00"));
    EXPECT_EQ(world.pass().pushed.refused, 1U);
    EXPECT_EQ(world.callsSince(), Names{});
    const auto blocked = world.blocked(numberOf(2, "B"));
    ASSERT_TRUE(blocked);
    EXPECT_EQ(blocked->advice.reason, "rule_3");
    EXPECT_EQ(blocked->advice.owner, Owner::Holder);
    EXPECT_NE(blocked->advice.help.find(numberOf(1, "B")), std::string::npos);
    EXPECT_EQ(blocked->origin, BlockedRow::kRules);
    EXPECT_FALSE(blocked->checkAt);

    // Looked at again each day, without a call, and it has stood since the first.
    const TimePoint since = blocked->since;
    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{});
    ASSERT_TRUE(world.blocked(numberOf(2, "B")));
    EXPECT_EQ(world.blocked(numberOf(2, "B"))->since, since);

    world.clock.advance(2h);
    world.province.set(1, "ZX = '1'", "2026-03-03 12:00:00");
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"update.05", "assign.01", "collect"}));
    EXPECT_FALSE(world.blocked(numberOf(2, "B")));
    EXPECT_EQ(refusals(world), 0U);
}

TEST(HoldingTest, TheRulesMayBeLeftToThePlatform) {
    World world;
    world.settings.judgeRules = false;
    world.province.add(certificate(1, "B", 1, 1, "07"));
    (void)world.firstRun();
    world.clock.advance(2h);
    world.province.add(certificate(2, "B", 1, 1, "07", "2026-03-02 09:00:00"));
    EXPECT_EQ(world.pass().pushed.refused, 1U);
    ASSERT_TRUE(world.blocked(numberOf(2, "B")));
    EXPECT_EQ(world.blocked(numberOf(2, "B"))->origin, "platform");
    EXPECT_EQ(world.blocked(numberOf(2, "B"))->advice.reason, "rule_3_5");
}

TEST(HoldingTest, TheOldOneEndsBeforeTheNewOneIsIssued) {
    World world;
    world.province.add(certificate(1, "B", 1, 1, "07"));
    (void)world.firstRun();
    (void)world.callsSince();
    world.clock.advance(3h);
    world.province.add(certificate(2, "B", 1, 1, "07", "2026-03-02 09:00:00"));
    world.province.set(1, "ZX = '1'", "2026-03-02 09:30:00");
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"update.05", "assign.01", "collect"}));
    EXPECT_FALSE(world.blocked(numberOf(2, "B")));
    EXPECT_EQ(refusals(world), 0U);
}

TEST(HoldingTest, C1AndC2EndBeforeTheyAreOneC3) {
    World world;
    world.province.add(certificate(1, "C1", 1, 1, "08"));
    world.province.add(certificate(4, "B", 1, 1, "07"));
    (void)world.firstRun();
    world.clock.advance(3h);
    world.province.add(certificate(2, "C2", 1, 1, "08", "2026-03-02 09:00:00"));
    EXPECT_EQ(world.pass().pushed.refused, 1U);
    EXPECT_EQ(world.blocked(numberOf(2, "C2"))->advice.reason, "rule_4");
    EXPECT_EQ(world.blocked(numberOf(2, "C2"))->advice.owner, Owner::ProvinceCentre);
    (void)world.callsSince();
    world.clock.advance(2h);
    world.province.add(certificate(3, "C3", 1, 1, "08", "2026-03-02 11:20:00"));
    world.province.set(1, "ZX = '1'", "2026-03-02 11:30:00");
    world.province.set(2, "ZX = '1'", "2026-03-02 11:31:00");
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"update.05", "assign.01", "collect"}));
    EXPECT_EQ(world.national(3, "C3").state(), "01");
    EXPECT_FALSE(world.blocked(numberOf(2, "C2")));
    EXPECT_EQ(refusals(world), 0U);
}

TEST(HoldingTest, AHolderWithoutAnyCForAnHourIsReported) {
    World world;
    world.province.add(certificate(1, "C1", 1, 1, "08"));
    world.province.add(certificate(5, "C1", 2, 1, "08"));  // ended, and nothing is to follow
    (void)world.firstRun();
    world.clock.advance(3h);
    world.province.add(certificate(3, "C3", 1, 1, "08", "2026-03-02 10:00:00"));
    world.province.run("UPDATE ZS SET ZPBH = 'none' WHERE ID = 3");
    world.province.set(1, "ZX = '1'", "2026-03-02 10:00:00");
    world.province.set(5, "ZX = '1'", "2026-03-02 10:00:00");
    (void)world.pass();
    EXPECT_EQ(world.national(1, "C1").state(), "04");
    ASSERT_TRUE(world.blocked(numberOf(3, "C3")));
    EXPECT_EQ(world.store->wordOf("merger_gaps").value(), "");
    world.clock.advance(59min);
    (void)world.pass();
    EXPECT_EQ(world.store->wordOf("merger_gaps").value(), "");
    world.clock.advance(2min);
    (void)world.pass();
    EXPECT_EQ(world.store->wordOf("merger_gaps").value(), numberOf(3, "C3") + "\n");
    world.province.set(3, "ZPBH = 'p'", "2026-03-02 12:00:00");
    world.clock.advance(1h);
    (void)world.pass();
    EXPECT_EQ(world.national(3, "C3").state(), "01");
    EXPECT_EQ(world.store->wordOf("merger_gaps").value(), "");
}

TEST(HoldingTest, TheFormerLegalRepresentativeGoesBeforeTheNewOne) {
    for (const std::string& leaving : Names{"ZW = '02'", "ZX = '1'", "XYDM = '" + companyOf(3) + "'"}) {
        SCOPED_TRACE(leaving);
        World world;
        world.province.add(certificate(1, "A", 1, 1, "01"));
        (void)world.firstRun();
        (void)world.callsSince();
        world.clock.advance(3h);
        // The new one is met first.
        world.province.add(certificate(2, "A", 2, 1, "01", "2026-03-02 09:00:00"));
        world.province.set(1, leaving, "2026-03-02 09:30:00");
        const PassResult result = world.pass();
        EXPECT_EQ(result.pushed.refused, 0U);
        EXPECT_EQ(world.national(2, "A").state(), "01");
        const Names calls = world.callsSince();
        ASSERT_GE(calls.size(), 2U);
        EXPECT_EQ(calls[0], leaving == "ZX = '1'" ? "update.05" : "assign.09");
        EXPECT_EQ(calls[1], "assign.01");
        EXPECT_EQ(refusals(world), 0U);
    }
}

TEST(HoldingTest, TheNewOneGoesWhenTheFormerHasLeftTheCompany) {
    World world;
    world.province.add(certificate(1, "A", 1, 1, "01"));
    (void)world.firstRun();
    world.clock.advance(3h);
    world.province.add(certificate(2, "A", 2, 1, "01", "2026-03-02 09:00:00"));
    (void)world.pass();
    ASSERT_TRUE(world.blocked(numberOf(2, "A")));
    EXPECT_EQ(world.blocked(numberOf(2, "A"))->advice.reason, "rule_2");
    EXPECT_EQ(world.blocked(numberOf(2, "A"))->advice.owner, Owner::Enterprise);
    world.clock.advance(2h);
    world.province.set(1, "XYDM = '" + companyOf(3) + "'", "2026-03-02 12:00:00");
    (void)world.pass();
    EXPECT_FALSE(world.blocked(numberOf(2, "A")));
    EXPECT_EQ(world.national(2, "A").state(), "01");
    EXPECT_EQ(refusals(world), 0U);
}

TEST(HoldingTest, OfTwoNewLegalRepresentativesOneIsSent) {
    World world;
    world.province.add(certificate(1, "A", 1, 1, "01"));
    world.province.add(certificate(2, "A", 2, 1, "01"));
    (void)world.firstRun();
    world.settle();
    EXPECT_EQ(world.national(1, "A").state(), "01");
    EXPECT_EQ(world.national(2, "A").state(), "");
    ASSERT_TRUE(world.blocked(numberOf(2, "A")));
    EXPECT_EQ(world.blocked(numberOf(2, "A"))->advice.reason, "rule_2");
    EXPECT_EQ(refusals(world), 0U);
}

/// A second A of a 法定代表人 of two companies is a new issue, with the dates that the province gives it: the first
/// one's.
TEST(HoldingTest, ALegalRepresentativeOfTwoCompaniesHoldsTwo) {
    World world;
    Holder first = certificate(1, "A", 1, 1, "01");
    first.issued = "2024-07-01";
    first.expires = "2027-06-30";
    world.province.add(first);
    (void)world.firstRun();
    (void)world.callsSince();
    world.clock.advance(3h);
    Holder second = certificate(2, "A", 1, 2, "01", "2026-03-02 09:00:00");
    second.issued = first.issued;
    second.expires = first.expires;
    world.province.add(second);
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), (Names{"assign.01", "collect"}));
    for (const char* date : {"issuedDate", "effectiveDate", "expiringDate"}) {
        EXPECT_EQ(world.national(2, "A").at(date), world.national(1, "A").at(date)) << date;
    }
    EXPECT_EQ(refusals(world), 0U);
}

}  // namespace
}  // namespace lianzheng::test
