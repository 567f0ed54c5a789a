#include "gateway/sync/fuse.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

PassTally steps(std::uint64_t count) {
    PassTally tally;
    tally.steps = count;
    return tally;
}

FuseSituation situation(std::uint64_t ledgerRows, std::uint64_t lost, std::uint64_t probed, bool mappingChanged,
                        bool firstRun) {
    FuseSituation judged;
    judged.ledgerRows = ledgerRows;
    judged.lost = lost;
    judged.probed = probed;
    judged.mappingChanged = mappingChanged;
    judged.firstRun = firstRun;
    return judged;
}

AssignCode assign(OperateType type) {
    AssignCode request;
    request.operateType = type;
    return request;
}

UpdateState update(OperateType type) {
    UpdateState request;
    request.operateType = type;
    return request;
}

std::string reasonOf(const PassTally& tally, const FuseSituation& situation) {
    const auto trip = judge(tally, situation, FuseSettings{});
    return trip ? trip->reason : "";
}

TEST(FuseTest, CountsWhatAPassWouldDo) {
    PassTally tally;
    const auto add = [&](Request request, bool dueToDate, std::string fields) {
        Step step;
        step.request = std::move(request);
        step.dueToDate = dueToDate;
        step.fields = std::move(fields);
        tally.count(step);
    };
    add(assign(OperateType::Issue), false, "new");
    add(assign(OperateType::TransferIn), false, "new");
    add(assign(OperateType::Change), false, "companyName");
    add(update(OperateType::End), false, "certState");
    add(update(OperateType::End), true, "certState");
    add(update(OperateType::Suspend), false, "certState");
    add(CollectLicence{}, false, "licence");
    tally.count(Blocked{});
    tally.count(Waiting{});
    tally.count(InStep{});
    EXPECT_EQ(tally.steps, 7U);
    EXPECT_EQ(tally.ends, 1U);
    EXPECT_EQ(tally.firstIssues, 2U);
    EXPECT_EQ(tally.completions, 1U);
    EXPECT_EQ(tally.blocked, 1U);
    EXPECT_EQ(tally.byStep.at("update.05"), 2U);
    EXPECT_EQ(tally.byStep.at("collect"), 1U);
    EXPECT_EQ(tally.byField.at("certState"), 3U);
}

TEST(FuseTest, AHundredEndsForNoReasonOfDateAreLetThrough) {
    PassTally tally = steps(200);
    tally.ends = 100;
    EXPECT_EQ(reasonOf(tally, {}), "");
    tally.ends = 101;
    EXPECT_EQ(reasonOf(tally, {}), "terminal");
    EXPECT_EQ(judge(tally, {}, {})->count, 101U);
}

TEST(FuseTest, MassIsTwoPercentOfTheLedgerAndAtLeastAThousand) {
    EXPECT_EQ(reasonOf(steps(1000), situation(10'000, 0, 0, false, false)), "");
    EXPECT_EQ(reasonOf(steps(1001), situation(10'000, 0, 0, false, false)), "mass");
    EXPECT_EQ(reasonOf(steps(20'000), situation(1'000'000, 0, 0, false, false)), "");
    EXPECT_EQ(reasonOf(steps(20'001), situation(1'000'000, 0, 0, false, false)), "mass");
}

TEST(FuseTest, CollectsAreNoMass) {
    PassTally tally = steps(13'000);
    tally.completions = 12'000;
    EXPECT_EQ(reasonOf(tally, situation(20'000, 0, 0, false, false)), "");
    tally.completions = 11'999;
    EXPECT_EQ(reasonOf(tally, situation(20'000, 0, 0, false, false)), "mass");
}

TEST(FuseTest, AFirstRunExpectsFirstIssuesAndNothingElse) {
    PassTally tally = steps(20'000);
    tally.firstIssues = 19'500;
    EXPECT_EQ(reasonOf(tally, {}), "mass");
    EXPECT_EQ(reasonOf(tally, situation(0, 0, 0, false, true)), "");
    tally.firstIssues = 18'999;
    EXPECT_EQ(reasonOf(tally, situation(0, 0, 0, false, true)), "mass");
    tally.ends = 101;
    EXPECT_EQ(reasonOf(tally, situation(0, 0, 0, false, true)), "terminal");
}

TEST(FuseTest, OnePercentOfTheRowsMayBeGone) {
    EXPECT_EQ(reasonOf({}, situation(20'000, 200, 0, false, false)), "");
    EXPECT_EQ(reasonOf({}, situation(20'000, 201, 0, false, false)), "lost");
    EXPECT_EQ(reasonOf({}, situation(20'000, 20'000, 0, false, true)), "lost");
    EXPECT_EQ(reasonOf({}, {}), "");
}

TEST(FuseTest, AProbeIsASampleAndAFewMissingSayNothing) {
    EXPECT_EQ(reasonOf({}, situation(20'000, 7, 200, false, false)), "");
    EXPECT_EQ(reasonOf({}, situation(20'000, 8, 200, false, false)), "lost");
}

TEST(FuseTest, AnotherMappingIsAskedAbout) {
    EXPECT_EQ(reasonOf(steps(1), situation(100, 0, 0, true, false)), "mapping");
    EXPECT_EQ(judge(steps(3), situation(0, 0, 0, true, false), {})->count, 3U);
}

TEST(FuseTest, WhatWasAcceptedGoesAndNoMore) {
    PassTally tally = steps(5000);
    tally.ends = 5000;
    FuseSituation judged = situation(10'000, 9000, 0, true, false);
    judged.accepted = 5000;
    EXPECT_EQ(reasonOf(tally, judged), "");
    judged.accepted = 4999;
    EXPECT_EQ(reasonOf(tally, judged), "more_than_accepted");
    judged.accepted = 0;
    EXPECT_EQ(reasonOf({}, judged), "");
}

TEST(FuseTest, SaysWhyWithItsNumbers) {
    const auto trip = judge(steps(1001), situation(10'000, 0, 0, false, false), {});
    ASSERT_TRUE(trip);
    EXPECT_NE(trip->why.find("1001"), std::string::npos);
    EXPECT_NE(trip->why.find("1000"), std::string::npos);
}

}  // namespace
}  // namespace lianzheng
