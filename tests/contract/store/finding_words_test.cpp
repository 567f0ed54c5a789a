#include "tests/contract/store/finding_life_fixture.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;

TEST_P(FindingLifeTest, WhatIsTakenBackIsNobodysAndWhatARunEndsStaysAssigned) {
    const auto assign = [&] {
        MoveFinding assigned = word(1, FindingStage::Assigned, at(2));
        assigned.assigned = "370200";
        put({assigned});
    };
    put({PutFinding{seen(1, 1, at(1))}});
    assign();
    put({word(1, FindingStage::Open, at(3))});
    EXPECT_EQ(one(1).stage, FindingStage::Open);
    EXPECT_EQ(one(1).assigned, "");

    assign();
    MoveFinding accepted = word(1, FindingStage::Accepted, at(4));
    accepted.until = at(100);
    put({accepted});
    EXPECT_EQ(one(1).assigned, "370200");
    put({PutFinding{seen(1, 2, at(100))}});
    EXPECT_EQ(one(1).stage, FindingStage::Assigned) << "the acceptance is over, the assignment is not";
    EXPECT_EQ(one(1).assigned, "370200");
    EXPECT_EQ(one(1).note, "") << "the reason was the acceptance's";

    MoveFinding repairing = word(1, FindingStage::Repairing, at(101));
    repairing.run = 2;
    put({repairing, PutFinding{seen(1, 3, at(200))}});
    EXPECT_EQ(one(1).stage, FindingStage::Assigned) << "the repair did not help";
    EXPECT_EQ(one(1).assigned, "370200");
    EXPECT_EQ(history(1), (Words{"opened", "assigned", "taken_back", "assigned", "accepted", "acceptance_ended",
                                 "repairing", "unrepaired"}));
}

TEST_P(FindingLifeTest, WhatAnOlderVersionTookBackIsNobodys) {
    put({PutFinding{seen(1, 1, at(1))}, PutFinding{seen(2, 1, at(1))}});
    for (const int serial : {1, 2}) {
        MoveFinding assigned = word(serial, FindingStage::Assigned, at(2));
        assigned.assigned = "370200";
        put({assigned});
    }
    store_.reset();
    database_.run("UPDATE finding_life SET stage = 0 WHERE number = '" + numberOf(1) + "'");
    database_.run("UPDATE lianzheng_schema SET version = 9 WHERE name = 'store'");
    store_ = open();
    EXPECT_EQ(one(1).assigned, "");
    EXPECT_EQ(one(2).assigned, "370200");
}

TEST_P(FindingLifeTest, AWordOnWhatIsNotOpenIsRefused) {
    EXPECT_EQ(refusal({word(1, FindingStage::Acknowledged, at(1))}), "no_such_finding");
    put({PutFinding{seen(1, 1, at(1))}});
    MoveFinding other = word(1, FindingStage::Acknowledged, at(1));
    other.kind = "field_mismatch";
    other.field = "name";
    EXPECT_EQ(refusal({other}), "no_such_finding");
    put({CloseFindings{2, {}, at(2)}});
    EXPECT_EQ(refusal({word(1, FindingStage::Acknowledged, at(3))}), "no_such_finding");
    EXPECT_EQ(history(1), (Words{"opened", "closed"}));
}

TEST_P(FindingLifeTest, ARepairLeavesAnAcceptanceAsItIs) {
    Finding other = seen(1, 7, at(1));
    other.kind = "field_mismatch";
    other.field = "name";
    put({PutFinding{seen(1, 7, at(1))}, PutFinding{other}});
    MoveFinding accepted = word(1, FindingStage::Accepted, at(2));
    accepted.kind = "state_mismatch";
    accepted.until = at(100'000);
    put({accepted});
    MoveFinding repairing;
    repairing.number = numberOf(1);
    repairing.stage = FindingStage::Repairing;
    repairing.actor = "gateway";
    repairing.at = at(3);
    repairing.run = 8;
    put({repairing});
    const auto all = store_->findings(false);
    for (const Finding& finding : all.value()) {
        const bool theAccepted = finding.kind == "state_mismatch";
        EXPECT_EQ(finding.stage, theAccepted ? FindingStage::Accepted : FindingStage::Repairing);
        EXPECT_EQ(finding.note, theAccepted ? "原因" : "");
        EXPECT_EQ(finding.acceptedUntil, theAccepted ? std::optional{at(100'000)} : std::nullopt);
    }
    EXPECT_EQ(history(1), (Words{"opened", "opened", "accepted", "repairing"}));
}

TEST_P(FindingLifeTest, ARunsFindingsAreThoseThatStoodWhenItHadEnded) {
    const auto run = [&](std::int64_t id, int day, std::initializer_list<int> differing) {
        const TimePoint now = at(day * 86'400);
        std::vector<Change> changes{PutRun{RunRow{id, "reconcile", now, now + 1h, "ok", "{}"}}};
        for (const int serial : differing) changes.emplace_back(PutFinding{seen(serial, id, now)});
        changes.emplace_back(CloseFindings{id, {}, now + 1h});
        put(changes);
    };
    const auto accept = [&](int serial, TimePoint now) {
        MoveFinding accepted = word(serial, FindingStage::Accepted, now);
        accepted.until = at(100 * 86'400);
        put({accepted});
    };
    // 1 stays; 2 is closed by run 2; 3 is opened by run 2; 4 is closed by run 2 and opened anew by run 3; 5 was
    // accepted before run 1 had ended, and 6 after that.
    run(1, 1, {1, 2, 4, 5, 6});
    accept(5, at(86'400) + 30min);
    accept(6, at(86'400) + 2h);
    run(2, 2, {1, 3, 5, 6});
    run(3, 3, {1, 3, 4, 5, 6});
    const auto of = [&](std::int64_t id) {
        const TimePoint day = at(static_cast<int>(id) * 86'400);
        return store_->findingsOfRun(RunRow{id, "reconcile", day, day + 1h, "ok", "{}"}, {}, 100).value();
    };
    const auto numbers = [](const std::vector<Finding>& findings) {
        std::vector<std::string> all;
        for (const Finding& finding : findings) all.push_back(finding.number);
        return all;
    };
    const auto first = of(1);
    EXPECT_EQ(numbers(first), (Words{numberOf(1), numberOf(2), numberOf(4), numberOf(6)}));
    EXPECT_TRUE(first.at(0).open);
    EXPECT_FALSE(first.at(1).open);
    EXPECT_FALSE(first.at(2).open) << "what stands now is another opening";
    EXPECT_EQ(first.at(2).firstSeen, at(86'400));
    EXPECT_EQ(first.at(2).dueAt, TimePoint{});
    EXPECT_EQ(first.at(0).dueAt, at(86'400) + 240h);
    EXPECT_TRUE(first.at(3).open);
    EXPECT_EQ(first.at(3).stage, FindingStage::Accepted);
    EXPECT_EQ(numbers(of(2)), (Words{numberOf(1), numberOf(3)}));
    EXPECT_EQ(numbers(of(3)), (Words{numberOf(1), numberOf(3), numberOf(4)}));
    EXPECT_EQ(of(3).at(2).firstSeen, at(3 * 86'400));
    accept(3, at(4 * 86'400));
    EXPECT_EQ(numbers(of(3)), (Words{numberOf(1), numberOf(3), numberOf(4)})) << "accepted after it";
    put({word(5, FindingStage::Open, at(4 * 86'400))});
    EXPECT_EQ(of(3).size(), 3U) << "taken back after it";
    // A sample opens after it, and closes nothing.
    put({PutRun{RunRow{4, "sample", at(5 * 86'400), {}, "", "{}"}}, PutFinding{seen(7, 4, at(5 * 86'400))}});
    EXPECT_EQ(of(3).size(), 3U);
}

}  // namespace
}  // namespace lianzheng::test
