#include "gateway/store/brief_figures.h"
#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {
namespace {

/// So many days after 2026-09-21, a Monday, at noon in Shanghai.
TimePoint noon(int days) {
    return Date::parse("2026-09-21")->beginsInShanghai() + std::chrono::hours{12} + std::chrono::hours{24 * days};
}
std::int64_t dayNumber(int days) { return Date::parse("2026-09-21")->plusDays(days).days().time_since_epoch().count(); }

class BriefTest : public StoreTest {
protected:
    static BriefQuestion question() {
        BriefQuestion asked;
        asked.from = Date::parse("2026-09-21")->beginsInShanghai();
        asked.till = Date::parse("2026-09-28")->beginsInShanghai();
        asked.today = "2026-09-27";
        asked.in7 = "2026-10-04";
        asked.in30 = "2026-10-27";
        asked.in90 = "2026-12-26";
        asked.overdueBefore = noon(2);
        asked.at = noon(6);
        return asked;
    }
    BriefFigures figures(const BriefQuestion& asked = question()) {
        auto told = store_->briefFigures(asked);
        EXPECT_TRUE(told) << (told ? "" : told.error().code);
        return told.value_or(BriefFigures{});
    }
    static LedgerEntry entry(int serial, CertState state, Stage stage, const std::string& end) {
        LedgerEntry made = fullEntry(serial);
        made.state = state;
        made.stage = stage;
        made.expiringDate = end;
        made.codeAt.reset();
        return made;
    }
    static Attempt attempt(int serial, const std::string& operation, TimePoint endedAt,
                           std::optional<TimePoint> decidedAt, const std::string& outcome = "accepted") {
        Attempt made;
        made.number = numberOf(serial);
        made.operation = operation;
        made.outcome = outcome;
        made.startedAt = made.endedAt = endedAt;
        made.decidedAt = decidedAt;
        return made;
    }
};
INSTANTIATE_TEST_SUITE_P(Both, BriefTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

TEST_P(BriefTest, AnEmptyStoreHasNoFigures) {
    const BriefFigures told = figures();
    EXPECT_EQ(told.valid, 0U);
    EXPECT_TRUE(told.operations.empty() && told.closings.empty() && told.problems.empty() && told.overdue.empty());
    EXPECT_FALSE(told.reconciliation.has_value());
}

TEST_P(BriefTest, TheLedgerIsCountedByStateAndStage) {
    put({PutLedger{entry(1, CertState::Valid, Stage::Collected, "2026-09-30")},
         PutLedger{entry(2, CertState::Valid, Stage::WaitingLicence, "2026-10-20")},
         PutLedger{entry(3, CertState::Suspended, Stage::Collected, "2026-12-26")},
         PutLedger{entry(4, CertState::Valid, Stage::Collected, "2026-12-27")},
         PutLedger{entry(5, CertState::Valid, Stage::Collected, "")},
         PutLedger{entry(6, CertState::TransferredOut, Stage::Collected, "2026-09-30")},
         PutLedger{entry(7, CertState::Valid, Stage::Collected, "2026-09-26")}});
    const BriefFigures told = figures();
    EXPECT_EQ(told.valid, 5U);
    EXPECT_EQ(told.collected, 4U);
    EXPECT_EQ(told.transferredOut, 1U);
    EXPECT_EQ(told.endless, 1U);
    ASSERT_EQ(told.expiring.size(), 1U);
    EXPECT_EQ(told.expiring.front().in7, 1U);
    EXPECT_EQ(told.expiring.front().in30, 2U);
    EXPECT_EQ(told.expiring.front().in90, 3U);
}

TEST_P(BriefTest, OperationsAreThoseThatEndedInThePeriod) {
    put({AddAttempt{attempt(1, "assign.01", noon(0), noon(0))}, AddAttempt{attempt(2, "assign.01", noon(6), noon(0))},
         AddAttempt{attempt(3, "assign.01", noon(7), noon(0))},
         AddAttempt{attempt(4, "assign.01", noon(1), noon(0), "refused")},
         AddAttempt{attempt(5, "query", noon(1), std::nullopt)},
         AddAttempt{attempt(6, "update.05", noon(1), std::nullopt)}});
    const BriefFigures told = figures();
    ASSERT_EQ(told.operations.size(), 3U);
    EXPECT_EQ(told.operations[0].operation, "assign.01");
    EXPECT_EQ(told.operations[0].outcome, "accepted");
    EXPECT_EQ(told.operations[0].count, 2U);
    EXPECT_EQ(told.operations[1].outcome, "refused");
    EXPECT_EQ(told.operations[2].operation, "update.05");
    EXPECT_EQ(told.undated, 1U);
}

TEST_P(BriefTest, ACodeIsClosedByItsCollectionAndTheRestByAcceptance) {
    put({AddAttempt{attempt(1, "assign.01", noon(1), noon(0))}, AddAttempt{attempt(1, "collect", noon(3), noon(1))},
         AddAttempt{attempt(1, "collect", noon(5), noon(4))}, AddAttempt{attempt(2, "assign.01", noon(1), noon(0))},
         AddAttempt{attempt(3, "update.05", noon(2), noon(0))},
         AddAttempt{attempt(4, "update.05", noon(2), noon(-1))}});
    std::vector<BriefFigures::Closing> closings = figures().closings;
    ASSERT_EQ(closings.size(), 3U);
    std::uint64_t open = 0;
    for (const auto& closing : closings) {
        EXPECT_EQ(closing.decided, dayNumber(0));
        EXPECT_EQ(closing.count, 1U);
        if (!closing.closed) ++open;
    }
    EXPECT_EQ(open, 1U);
    BriefQuestion withoutLicences = question();
    withoutLicences.licences = false;
    closings = figures(withoutLicences).closings;
    ASSERT_EQ(closings.size(), 2U);
    EXPECT_EQ(closings[0].closed, dayNumber(1));
    EXPECT_EQ(closings[0].count, 2U);
    EXPECT_EQ(closings[1].closed, dayNumber(2));
}

TEST_P(BriefTest, WhatWaitsOrIsBlockedIsOpenFromItsBeginning) {
    OutboxRow early = intent(1);
    early.createdAt = noon(1);
    OutboxRow late = intent(2);
    late.createdAt = noon(5);
    OutboxRow collect = intent(3);
    collect.createdAt = noon(1);
    collect.step.request = CollectLicence{"code", "identifier", "url"};
    BlockedRow blocked = blockedRow(4);
    blocked.since = noon(0);
    LedgerEntry waiting = entry(5, CertState::Valid, Stage::WaitingLicence, "2027-01-01");
    waiting.codeAt = noon(-3);
    put({PutIntent{early}, PutIntent{late}, PutIntent{collect}, PutBlocked{blocked}, PutLedger{waiting}});
    const BriefFigures told = figures();
    ASSERT_EQ(told.closings.size(), 3U);
    for (const auto& closing : told.closings) EXPECT_FALSE(closing.closed.has_value());
    EXPECT_EQ(told.overdueTotal, 4U);
    ASSERT_EQ(told.overdue.size(), 4U);
    EXPECT_EQ(told.overdue[0].what, "licence");
    EXPECT_EQ(told.overdue[0].number, numberOf(5));
    EXPECT_EQ(told.overdue[1].what, "blocked");
    EXPECT_EQ(told.overdue[1].since, noon(0));
    EXPECT_EQ(told.overdue[2].what, "queued");
    BriefQuestion few = question();
    few.listed = 1;
    EXPECT_EQ(figures(few).overdue.size(), 1U);
    EXPECT_EQ(figures(few).overdueTotal, 4U);
}

TEST_P(BriefTest, ProblemsAreCountedByCityAndThoseOfOtherProvincesListed) {
    BlockedRow here = blockedRow(1);
    here.since = noon(3);
    BlockedRow again = blockedRow(2);
    again.since = noon(2);
    BlockedRow foreign = blockedRow(3);
    foreign.advice.owner = Owner::ForeignAuthority;
    foreign.authority = "370200";
    foreign.since = noon(-30);
    BlockedRow dismissed = blockedRow(4);
    dismissed.dismissed = true;
    Finding finding;
    finding.number = numberOf(5);
    finding.kind = "state_mismatch";
    finding.authority = "370100";
    finding.firstSeen = noon(1);
    Finding told = finding;
    told.kind = "blocked";
    Finding accepted = finding;
    accepted.number = numberOf(6);
    MoveFinding stays;
    stays.number = accepted.number;
    stays.stage = FindingStage::Accepted;
    stays.until = noon(900);
    put({PutBlocked{here}, PutBlocked{again}, PutBlocked{foreign}, PutBlocked{dismissed}, PutFinding{finding},
         PutFinding{told}, PutFinding{accepted}, stays});
    const BriefFigures figured = figures();
    ASSERT_EQ(figured.problems.size(), 3U);
    EXPECT_EQ(figured.problems[0].authority, "370100");
    EXPECT_TRUE(figured.problems[0].blocked);
    EXPECT_EQ(figured.problems[0].kind, "rule_6");
    EXPECT_EQ(figured.problems[0].count, 2U);
    EXPECT_EQ(figured.problems[0].since, noon(2));
    EXPECT_EQ(figured.problems[1].kind, "state_mismatch");
    EXPECT_EQ(figured.problems[2].owner, Owner::ForeignAuthority);
    EXPECT_EQ(figured.foreignTotal, 1U);
    ASSERT_EQ(figured.foreign.size(), 1U);
    EXPECT_EQ(figured.foreign.front().number, numberOf(3));
    EXPECT_EQ(figured.foreign.front().since, noon(-30));
}

TEST_P(BriefTest, FindingsAreLateByTheirOwnDeadlines) {
    const auto due = [](int serial, TimePoint at, const char* kind = "state_mismatch") {
        Finding finding;
        finding.number = numberOf(serial);
        finding.kind = kind;
        finding.authority = "370100";
        finding.firstSeen = finding.lastSeen = noon(-30);  // however long it has been there
        finding.lastRun = 1;
        finding.dueAt = at;
        return finding;
    };
    put({PutFinding{due(1, noon(6))}, PutFinding{due(2, noon(5))}, PutFinding{due(3, noon(7))},
         PutFinding{due(4, noon(4))}, PutFinding{due(5, noon(4))}, PutFinding{due(6, noon(3), "blocked")}});
    MoveFinding assigned;
    assigned.number = numberOf(2);
    assigned.stage = FindingStage::Assigned;
    assigned.assigned = "370200";
    MoveFinding accepted;
    accepted.number = numberOf(4);
    accepted.stage = FindingStage::Accepted;
    accepted.until = noon(900);
    put({assigned, accepted});
    const BriefFigures told = figures();
    ASSERT_EQ(told.lateFindings.size(), 4U);
    EXPECT_EQ(told.lateFindingsTotal, 4U);
    EXPECT_EQ(told.lateFindings[0].kind, "blocked");
    EXPECT_EQ(told.lateFindings[1].number, numberOf(5));
    EXPECT_EQ(told.lateFindings[2].number, numberOf(2));
    EXPECT_EQ(told.lateFindings[2].assigned, "370200");
    EXPECT_EQ(told.lateFindings[2].dueAt, noon(5));
    EXPECT_EQ(told.lateFindings[3].number, numberOf(1)) << "late from its deadline on";
    EXPECT_EQ(told.overdueTotal, 0U) << "nothing is to be done";
    BriefQuestion few = question();
    few.listed = 1;
    EXPECT_EQ(figures(few).lateFindings.size(), 1U);
    EXPECT_EQ(figures(few).lateFindingsTotal, 4U);
    put({CloseFindings{.run = 2, .at = noon(6)}});
    EXPECT_EQ(figures().lateFindingsTotal, 0U);
}

TEST_P(BriefTest, TheLastReconciliationIsThatOfBeforeThePeriodsEnd) {
    put({PutRun{{1, "reconcile", noon(1), noon(1), "ok", "{\"compared\":1}"}},
         PutRun{{2, "reconcile", noon(2), noon(2), "ok", "{\"compared\":2}"}},
         PutRun{{3, "sync", noon(3), noon(3), "done", "{}"}}, PutRun{{4, "reconcile", noon(4), {}, "", ""}},
         PutRun{{5, "reconcile", noon(8), noon(8), "ok", "{\"compared\":5}"}}});
    EXPECT_EQ(figures().reconciliation.value().id, 2);
}

TEST_P(BriefTest, WhereTheProvinceTellsOfNoLicencesNothingWaitsForOne) {
    LedgerEntry coded = entry(5, CertState::Valid, Stage::WaitingLicence, "2027-01-01");
    coded.codeAt = noon(-30);
    put({PutLedger{coded}});
    BriefQuestion asked = question();
    EXPECT_EQ(figures(asked).overdueTotal, 1U);
    asked.licences = false;
    EXPECT_EQ(figures(asked).overdueTotal, 0U);
    EXPECT_TRUE(figures(asked).overdue.empty());
}

TEST_P(BriefTest, AReconciliationThatFailedWasStoppedOrStillRunsIsNone) {
    put({PutRun{{1, "reconcile", noon(1), noon(1), "ok", R"({"compared":100,"equal":90})"}},
         PutRun{{2, "reconcile", noon(2), noon(2), "failed", R"({"compared":40,"equal":40})"}},
         PutRun{{3, "reconcile", noon(3), noon(3), "stopped", R"({"compared":40,"equal":40})"}},
         PutRun{{4, "reconcile", noon(4), {}, "", "{}"}}});
    EXPECT_EQ(figures().reconciliation.value().id, 1);
}

}  // namespace
}  // namespace lianzheng::test
