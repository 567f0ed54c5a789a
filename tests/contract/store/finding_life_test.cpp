#include <algorithm>
#include <map>
#include <random>

#include "gateway/reconcile/tally.h"
#include "tests/contract/store/finding_life_fixture.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;

TEST_P(FindingLifeTest, WhatARunCannotTellStaysAsItIs) {
    Finding field = seen(1, 1, at(1));
    field.field = "companyName";
    Finding block = seen(1, 1, at(1));
    block.kind = "blocked";
    put({PutFinding{seen(1, 1, at(1))}, PutFinding{field}, PutFinding{block}, PutFinding{seen(2, 1, at(1))}});
    MoveFinding assigned = word(1, FindingStage::Assigned, at(2));
    assigned.kind = "state_mismatch";
    assigned.assigned = "370200";
    put({assigned});
    put({KeepFindings{2, numberOf(1)}, CloseFindings{2, {}, at(3)}});
    const auto open = store_->findings(true).value();
    ASSERT_EQ(open.size(), 2U) << "the other certificate's is gone, and so is the block";
    EXPECT_EQ(open[0].number, numberOf(1));
    EXPECT_EQ(open[0].stage, FindingStage::Assigned);
    EXPECT_EQ(open[0].lastSeen, at(1));
    EXPECT_EQ(open[1].field, "companyName");
    put({KeepFindings{3, {}, "companyName"}, CloseFindings{3, {}, at(4)}});
    ASSERT_EQ(store_->findings(true).value().size(), 1U);
    EXPECT_EQ(store_->findings(true).value()[0].field, "companyName");
    EXPECT_EQ(history(1), (Words{"opened", "opened", "opened", "assigned", "closed", "closed"}));
}

TEST_P(FindingLifeTest, OpenOnesAreFoundByWhatTheySayOfTheProvinceAlsoWhenTheyAreAccepted) {
    const auto missing = [](int serial, const char* said) {
        Finding finding = seen(serial, 1, at(1));
        finding.kind = "missing_national";
        finding.provincialValue = said;
        return PutFinding{finding};
    };
    Finding otherKind = seen(5, 1, at(1));
    otherKind.provincialValue = "无此证";
    put({missing(3, "无此证"), missing(1, "无此证"), missing(2, "有效"), missing(4, "无此证"), PutFinding{otherKind}});
    MoveFinding accepted = word(3, FindingStage::Accepted, at(2));
    accepted.until = at(200);
    put({accepted, KeepFindings{2, numberOf(1)}, KeepFindings{2, numberOf(3)}, CloseFindings{2, {}, at(3)}});
    EXPECT_EQ(store_->openWith("missing_national", "无此证").value(),
              (std::vector<std::string>{numberOf(1), numberOf(3)}));
}

TEST_P(FindingLifeTest, AnOlderRunClosesNothingThatALaterOneSaw) {
    put({PutFinding{seen(1, 6, at(1))}, CloseFindings{5, {}, at(2)}});
    EXPECT_EQ(store_->findings(true).value().size(), 1U);
    put({CloseFindings{7, {}, at(3)}});
    EXPECT_TRUE(store_->findings(true).value().empty());
}

TEST_P(FindingLifeTest, OfTwoRunsAtOnceNeitherClosesWhatBothSaw) {
    put({PutFinding{seen(1, 2, at(3))}, PutFinding{seen(1, 1, at(4))}, PutFinding{seen(2, 2, at(4))}});
    put({KeepFindings{1, numberOf(2), {}, false}});
    put({CloseFindings{1, {}, at(5)}, CloseFindings{2, {}, at(6)}});
    EXPECT_TRUE(one(1).open);
    EXPECT_TRUE(one(2).open);
}

TEST_P(FindingLifeTest, ARunAgainstTheLedgerClosesWhatSuchARunSawLast) {
    put({PutRun{RunRow{1, "reconcile", at(1), at(1), "ok", Tally{}.json("exchange")}},
         PutRun{RunRow{2, "reconcile", at(2), at(2), "ok", Tally{}.json("ledger")}},
         PutRun{RunRow{3, "sample", at(3), at(3), "ok", "{}"}}, PutFinding{seen(1, 1, at(1))},
         PutFinding{seen(2, 2, at(2))}, PutFinding{seen(3, 3, at(3))}});
    put({KeepFindings{4, numberOf(1), {}, true}, KeepFindings{4, numberOf(2), {}, true}});
    EXPECT_EQ(one(1).lastRun, 1);
    EXPECT_EQ(one(2).lastRun, 4);
    put({PutRun{RunRow{4, "reconcile", at(4), at(4), "ok", Tally{}.json("ledger")}}});
    put({CloseFindings{5, {"state_mismatch"}, at(5), true}});
    EXPECT_TRUE(one(1).open);
    EXPECT_FALSE(one(2).open);
    EXPECT_TRUE(one(3).open);
    EXPECT_EQ(history(2), (Words{"opened", "closed"}));
}

TEST_P(FindingLifeTest, ItIsOpenedAcknowledgedAssignedAndClosedByARunThatNoLongerSeesIt) {
    put({PutFinding{seen(1, 1, at(1))}});
    EXPECT_EQ(one(1).stage, FindingStage::Open);
    EXPECT_EQ(one(1).dueAt, at(1) + 240h);
    put({word(1, FindingStage::Acknowledged, at(2))});
    MoveFinding assigned = word(1, FindingStage::Assigned, at(3));
    assigned.kind = "state_mismatch";
    assigned.assigned = "370200";
    put({assigned});
    put({PutFinding{seen(1, 2, at(500))}});
    EXPECT_EQ(one(1).stage, FindingStage::Assigned);
    EXPECT_EQ(one(1).assigned, "370200");
    EXPECT_EQ(one(1).note, "原因");
    EXPECT_EQ(one(1).dueAt, at(1) + 240h) << "the deadline is that of its opening";
    put({CloseFindings{3, {}, at(600)}});
    EXPECT_TRUE(store_->findings(true).value().empty());
    put({PutFinding{seen(1, 4, at(700))}});
    EXPECT_EQ(one(1).stage, FindingStage::Open);
    EXPECT_EQ(one(1).assigned, "");
    EXPECT_EQ(one(1).dueAt, at(700) + 240h);
    EXPECT_EQ(history(1), (Words{"opened", "acknowledged", "assigned", "closed", "reopened"}));
    const auto events = store_->findingEvents(numberOf(1)).value();
    EXPECT_EQ(events[1].actor, "王五");
    EXPECT_EQ(events[1].note, "原因");
    EXPECT_EQ(events[3].at, at(600));
    EXPECT_EQ(events[3].run, 3);
    EXPECT_EQ(events[3].actor, "");
}

TEST_P(FindingLifeTest, AnAcceptedOneIsNotOpenUntilItsDay) {
    put({PutFinding{seen(1, 1, at(1))}, PutFinding{seen(2, 1, at(1))}});
    MoveFinding accepted = word(1, FindingStage::Accepted, at(2));
    accepted.until = at(100);
    put({accepted});
    EXPECT_EQ(store_->findings(true).value().size(), 1U);
    EXPECT_EQ(store_->counts().value().at("findings.open"), 1U);
    put({PutFinding{seen(1, 2, at(99))}});
    EXPECT_EQ(one(1).stage, FindingStage::Accepted);
    EXPECT_EQ(one(1).acceptedUntil, at(100));
    put({PutFinding{seen(1, 3, at(100))}});
    EXPECT_EQ(one(1).stage, FindingStage::Open);
    EXPECT_EQ(one(1).acceptedUntil, std::nullopt);
    EXPECT_EQ(history(1), (Words{"opened", "accepted", "acceptance_ended"}));
    EXPECT_EQ(store_->findings(true).value().size(), 2U);
}

TEST_P(FindingLifeTest, AnAcceptanceIsOfTheValuesThatWereAccepted) {
    Finding suspended = seen(1, 7, at(1));
    suspended.provincialValue = "暂扣";
    suspended.nationalValue = "有效";
    put({PutFinding{suspended}});
    MoveFinding accepted = word(1, FindingStage::Accepted, at(2));
    accepted.until = at(100'000);
    put({accepted});
    suspended.lastRun = 8;
    put({PutFinding{suspended}});
    EXPECT_EQ(one(1).stage, FindingStage::Accepted) << "the same values";
    Finding revoked = suspended;
    revoked.provincialValue = "吊销";
    revoked.lastSeen = at(10);
    revoked.lastRun = 9;
    put({PutFinding{revoked}});
    EXPECT_EQ(one(1).stage, FindingStage::Open);
    EXPECT_EQ(one(1).acceptedUntil, std::nullopt);
    put({accepted});
    revoked.nationalValue = "注销";
    revoked.lastRun = 10;
    put({PutFinding{revoked}});
    EXPECT_EQ(store_->findings(true).value().size(), 1U);
    EXPECT_EQ(history(1), (Words{"opened", "accepted", "outgrown", "accepted", "outgrown"}));
}

TEST_P(FindingLifeTest, TheNextRunVerifiesARepair) {
    put({PutFinding{seen(1, 7, at(1))}, PutFinding{seen(2, 7, at(1))}});
    for (const int serial : {1, 2}) {
        MoveFinding repairing = word(serial, FindingStage::Repairing, at(2));
        repairing.run = 7;
        put({repairing});
    }
    put({PutFinding{seen(1, 7, at(3))}});
    EXPECT_EQ(one(1).stage, FindingStage::Repairing) << "the run that asked for it sees it still";
    put({PutFinding{seen(1, 8, at(9))}, CloseFindings{8, {"state_mismatch"}, at(10)}});
    EXPECT_EQ(one(1).stage, FindingStage::Open);
    EXPECT_EQ(history(1), (Words{"opened", "repairing", "unrepaired"}));
    EXPECT_EQ(history(2), (Words{"opened", "repairing", "repaired"}));
}

TEST_P(FindingLifeTest, WhatIsForgottenIsForgottenWhole) {
    put({PutFinding{seen(1, 1, at(1))}, PutFinding{seen(2, 1, at(1))}});
    put({PutFinding{seen(2, 2, at(2))}, CloseFindings{2, {}, at(2)}});
    ASSERT_TRUE(store_->forget(at(0), at(5)));
    EXPECT_EQ(history(1), Words{});
    EXPECT_EQ(history(2), Words{"opened"});
    const FindingBalance balance = store_->findingBalance().value();
    EXPECT_EQ(balance.opened, 1U);
    EXPECT_EQ(balance.open, 1U);
}

TEST_P(FindingLifeTest, FindingsOfAnOlderStoreGetALife) {
    put({PutFinding{seen(1, 1, at(1))}, PutFinding{seen(2, 1, at(1))}});
    put({PutFinding{seen(2, 2, at(2))}, CloseFindings{2, {}, at(2)}});
    store_.reset();
    database_.run("DROP TABLE finding_life");
    database_.run("DROP TABLE finding_event");
    database_.run("DROP TABLE look");
    database_.run("ALTER TABLE attempt DROP COLUMN decided_at");
    database_.run("UPDATE lianzheng_schema SET version = 7 WHERE name = 'store'");
    store_ = open();
    EXPECT_EQ(one(2).dueAt, at(1) + 336h) << "a fortnight";
    EXPECT_EQ(history(1), (Words{"opened", "closed"}));
    EXPECT_EQ(history(2), Words{"opened"});
}

/// Sixty days with changes, repairs, acceptances, words of people, and days on which nothing could be compared: the
/// counts always add up, and every finding stands where a plain model of its life says.
TEST_P(FindingLifeTest, OverSixtyDaysTheCountsAddUp) {
    struct Model {
        bool there = false;
        FindingStage stage = FindingStage::Open;
        TimePoint until{};
        std::int64_t repairRun = 0;
        bool assigned = false;
        void ended() { stage = assigned ? FindingStage::Assigned : FindingStage::Open; }
    };
    constexpr int kCertificates = 40;
    std::mt19937_64 chance(20260302);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(chance() % n); };
    std::map<int, Model> models;
    std::map<int, bool> differs;
    std::uint64_t opened = 0;
    std::uint64_t closed = 0;
    for (int day = 1; day <= 60; ++day) {
        const TimePoint now = at(day * 86'400);
        for (int serial = 1; serial <= kCertificates; ++serial) {
            if (below(6) == 0) differs[serial] = !differs[serial];
        }
        if (below(7) != 0) {  // else the province or the platform is away
            std::vector<Change> run;
            for (int serial = 1; serial <= kCertificates; ++serial) {
                if (differs[serial]) run.emplace_back(PutFinding{seen(serial, day, now)});
            }
            run.emplace_back(CloseFindings{day, {}, now});
            put(run);
            for (auto serial = 1; serial <= kCertificates; ++serial) {
                Model& model = models[serial];
                if (!differs[serial]) {
                    closed += model.there ? 1 : 0;
                    model.there = false;
                } else if (!model.there) {
                    opened += 1;
                    model = Model{.there = true};
                } else if (model.stage == FindingStage::Accepted && model.until <= now) {
                    model.ended();
                } else if (model.stage == FindingStage::Repairing && model.repairRun != day) {
                    model.ended();
                }
            }
        }
        for (int word = 0; word < 6; ++word) {
            const int serial = static_cast<int>(below(kCertificates)) + 1;
            Model& model = models[serial];
            MoveFinding move = FindingLifeTest::word(serial, static_cast<FindingStage>(below(5)), now + 1h);
            if (move.stage == FindingStage::Accepted) move.until = now + std::chrono::hours{24 * (1 + below(10))};
            if (move.stage == FindingStage::Repairing) move.run = day;
            if (move.stage == FindingStage::Assigned) move.assigned = "370200";
            const bool repairing = move.stage == FindingStage::Repairing;
            if (!model.there && !repairing) {
                EXPECT_EQ(refusal({move}), "no_such_finding");
                continue;
            }
            const bool speaks = move.stage == FindingStage::Acknowledged || move.stage == FindingStage::Assigned;
            if (speaks && model.stage == FindingStage::Accepted) {
                EXPECT_EQ(refusal({move}), "accepted");
                continue;
            }
            if (move.stage == FindingStage::Open && model.stage == FindingStage::Open) {
                EXPECT_EQ(refusal({move}), "nothing_said");
                continue;
            }
            put({move});
            if (repairing && (!model.there || model.stage == FindingStage::Accepted)) continue;
            model.stage = move.stage;
            model.assigned =
                move.stage == FindingStage::Assigned || (model.assigned && move.stage != FindingStage::Open);
            model.until = move.until.value_or(TimePoint{});
            model.repairRun = move.run;
        }
        const FindingBalance balance = store_->findingBalance().value();
        EXPECT_EQ(balance.opened, opened);
        EXPECT_EQ(balance.closed, closed);
        ASSERT_EQ(balance.opened, balance.closed + balance.accepted + balance.open) << "day " << day;
        const auto all = store_->findings(false);
        for (const Finding& finding : all.value()) {
            const auto model = std::find_if(models.begin(), models.end(),
                                            [&](const auto& each) { return numberOf(each.first) == finding.number; });
            ASSERT_NE(model, models.end());
            EXPECT_EQ(finding.open, model->second.there);
            if (finding.open) {
                EXPECT_EQ(finding.stage, model->second.stage) << day << " " << finding.number;
                EXPECT_EQ(finding.assigned, model->second.assigned ? "370200" : "") << day << " " << finding.number;
            }
        }
    }
    EXPECT_GT(closed, 100U);
}

INSTANTIATE_TEST_SUITE_P(Both, FindingLifeTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

}  // namespace
}  // namespace lianzheng::test
