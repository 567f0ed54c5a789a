#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {
namespace {

using JournalTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(Both, JournalTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

TEST_P(JournalTest, ABlockedRowComesBackAndGoes) {
    put({PutBlocked{blockedRow(1)}});
    const BlockedRow row = store_->blockedOf(numberOf(1)).value().value();
    EXPECT_EQ(row.number, numberOf(1));
    EXPECT_EQ(row.sourceKey, "key-1");
    EXPECT_EQ(row.authority, "370100");
    EXPECT_EQ(row.person, "person-1");
    EXPECT_EQ(row.company, "company-1");
    EXPECT_EQ(row.advice, blockedRow(1).advice);
    EXPECT_EQ(row.message, "必须在同一个企业下");
    EXPECT_EQ(row.origin, "platform");
    EXPECT_EQ(row.seen, blockedRow(1).seen);
    EXPECT_EQ(row.since, at(10));
    EXPECT_EQ(row.checkAt, at(500));
    EXPECT_FALSE(row.dismissed);
    put({ClearBlocked{numberOf(1)}});
    EXPECT_FALSE(store_->blockedOf(numberOf(1)).value().has_value());
}

TEST_P(JournalTest, BlockedKeepsSinceWhileTheReasonStays) {
    put({PutBlocked{blockedRow(1)}});
    BlockedRow again = blockedRow(1);
    again.since = at(99);
    again.message = "another text";
    put({PutBlocked{again}});
    EXPECT_EQ(store_->blockedOf(numberOf(1)).value()->since, at(10));
    EXPECT_EQ(store_->blockedOf(numberOf(1)).value()->message, "another text");
    again.advice.reason = "rule_2";
    put({PutBlocked{again}});
    EXPECT_EQ(store_->blockedOf(numberOf(1)).value()->since, at(99));
}

TEST_P(JournalTest, ADismissalHoldsUntilTheRowChanges) {
    BlockedRow dismissed = blockedRow(1);
    dismissed.dismissed = true;
    put({PutBlocked{dismissed}, PutBlocked{blockedRow(1)}});
    EXPECT_TRUE(store_->blockedOf(numberOf(1)).value()->dismissed);
    BlockedRow changed = blockedRow(1);
    changed.seen.low = 77;
    put({PutBlocked{changed}});
    EXPECT_FALSE(store_->blockedOf(numberOf(1)).value()->dismissed);
}

TEST_P(JournalTest, BlockedAreListedByAuthority) {
    BlockedRow elsewhere = blockedRow(1);
    elsewhere.authority = "370200";
    BlockedRow dismissed = blockedRow(4);
    dismissed.dismissed = true;
    put({PutBlocked{elsewhere}, PutBlocked{blockedRow(3)}, PutBlocked{blockedRow(2)}, PutBlocked{dismissed}});
    const auto numbers = [&](std::string_view authority, bool dismissedToo) {
        std::vector<std::string> found;
        const std::vector<BlockedRow> rows = store_->blocked(authority, dismissedToo).value();
        for (const BlockedRow& row : rows) found.push_back(row.number);
        return found;
    };
    using Numbers = std::vector<std::string>;
    EXPECT_EQ(numbers("", false), (Numbers{numberOf(2), numberOf(3), numberOf(1)}));
    EXPECT_EQ(numbers("370100", false), (Numbers{numberOf(2), numberOf(3)}));
    EXPECT_EQ(numbers("370100", true), (Numbers{numberOf(2), numberOf(3), numberOf(4)}));
}

TEST_P(JournalTest, ChecksAreDueInTheirOrder) {
    BlockedRow late = blockedRow(1);
    late.checkAt = at(20);
    BlockedRow early = blockedRow(2);
    early.checkAt = at(10);
    BlockedRow never = blockedRow(3);
    never.checkAt.reset();
    put({PutBlocked{late}, PutBlocked{early}, PutBlocked{never}});
    EXPECT_TRUE(store_->checksDue(at(9), 10).value().empty());
    const std::vector<BlockedRow> rows = store_->checksDue(at(20), 10).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].number, numberOf(2));
    EXPECT_EQ(store_->checksDue(at(20), 1).value().size(), 1U);
}

TEST_P(JournalTest, RefusalsInUnknownWordsAreCounted) {
    const auto refused = [](const char* message, const char* refusal, TimePoint ended) {
        return AddAttempt{Attempt{
            .number = numberOf(1), .endedAt = ended, .outcome = "refused", .refusal = refusal, .message = message}};
    };
    put({refused("数据异常", "unknown", at(1)), refused("存在B证", "rule_3_5", at(2)),
         refused("系统忙", "unknown", at(3)), refused("系统忙", "unknown", at(5)),
         refused("系统忙", "unknown", at(4))});
    const std::vector<UnknownRefusal> unknown = store_->unknownRefusals(10).value();
    ASSERT_EQ(unknown.size(), 2U);
    EXPECT_EQ(unknown[0].message, "系统忙");
    EXPECT_EQ(unknown[0].times, 3U);
    EXPECT_EQ(unknown[0].last, at(5));
    EXPECT_EQ(unknown[1].message, "数据异常");
    EXPECT_EQ(store_->unknownRefusals(1).value().size(), 1U);
}

TEST_P(JournalTest, AttemptsOfACertificateStayInOrderUntilForgotten) {
    Attempt attempt{.outboxId = 5'000'000'000,
                    .number = numberOf(1),
                    .eCertId = "e",
                    .operation = "assign.01",
                    .startedAt = at(1),
                    .endedAt = at(2),
                    .outcome = "refused",
                    .httpStatus = 200,
                    .refusal = "rule_6",
                    .message = "文",
                    .requestId = "r"};
    Attempt later = attempt;
    later.endedAt = at(9);
    later.outcome = "accepted";
    put({AddAttempt{attempt}, AddAttempt{later}});
    const std::vector<Attempt> both = store_->attemptsOf(numberOf(1)).value();
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].outboxId, 5'000'000'000);
    EXPECT_EQ(both[0].startedAt, at(1));
    EXPECT_EQ(both[0].endedAt, at(2));
    EXPECT_EQ(both[0].outcome, "refused");
    EXPECT_EQ(both[0].httpStatus, 200);
    EXPECT_EQ(both[0].refusal, "rule_6");
    EXPECT_EQ(both[0].message, "文");
    EXPECT_EQ(both[0].requestId, "r");
    EXPECT_EQ(both[1].outcome, "accepted");
    ASSERT_TRUE(store_->forget(at(9), at(0)));
    EXPECT_EQ(store_->attemptsOf(numberOf(1)).value().size(), 1U);
}

TEST_P(JournalTest, WriteBackKeepsTheNewestUntilItIsDone) {
    const WriteBack first{
        .sourceKey = "k", .certNum = "n", .codeId = "c", .zzeCertId = "z", .state = "01", .pushedAt = "1"};
    WriteBack second = first;
    second.pushedAt = "2";
    put({PutWriteBack{first}, PutWriteBack{second}, RemoveWriteBack{"k", "1"}});
    const std::vector<WriteBack> rows = store_->writeBacks(10).value();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].sourceKey, "k");
    EXPECT_EQ(rows[0].certNum, "n");
    EXPECT_EQ(rows[0].codeId, "c");
    EXPECT_EQ(rows[0].zzeCertId, "z");
    EXPECT_EQ(rows[0].state, "01");
    EXPECT_EQ(rows[0].pushedAt, "2");
    put({RemoveWriteBack{"k", "2"}});
    EXPECT_TRUE(store_->writeBacks(10).value().empty());
}

TEST_P(JournalTest, TheCursorAndTheWordsStay) {
    EXPECT_EQ(store_->cursor().value(), ScanCursor{});
    EXPECT_EQ(store_->wordOf("paused").value(), "");
    put({MoveCursor{{"2026-03-01 10:00:00", "17"}}, PutWord{"paused", "yes"}, PutWord{"pace", "5"},
         PutWord{"pace", "7"}});
    put({MoveCursor{{"2026-03-01 10:00:01", "18"}}});
    EXPECT_EQ(store_->cursor().value(), (ScanCursor{"2026-03-01 10:00:01", "18"}));
    EXPECT_EQ(store_->wordOf("pace").value(), "7");
    put({PutWord{"paused", ""}});
    EXPECT_EQ(store_->wordOf("paused").value(), "");
}

TEST_P(JournalTest, FindingsLiveAcrossRuns) {
    const auto finding = [](const std::string& kind, std::int64_t run, int seen) {
        return Finding{.number = numberOf(1),
                       .kind = kind,
                       .field = "name",
                       .provincialValue = "甲",
                       .nationalValue = "乙",
                       .cause = "因",
                       .help = "助",
                       .owner = Owner::City,
                       .authority = "370100",
                       .company = "某公司",
                       .nextStep = "assign.09",
                       .firstSeen = at(seen),
                       .lastSeen = at(seen),
                       .lastRun = run,
                       .open = true};
    };
    put({PutFinding{finding("field_mismatch", 1, 1)}, PutFinding{finding("missing_national", 1, 1)},
         PutFinding{finding("blocked", 1, 1)}});
    put({PutFinding{finding("field_mismatch", 2, 2)}, CloseFindings{2, {"missing_national", "field_mismatch"}}});
    std::vector<Finding> open = store_->findings(true).value();
    ASSERT_EQ(open.size(), 2U);
    EXPECT_EQ(open[0].kind, "blocked");
    EXPECT_EQ(open[1].kind, "field_mismatch");
    EXPECT_EQ(open[1].firstSeen, at(1));
    const RunRow run{.id = 2, .kind = "reconcile", .startedAt = at(2)};
    EXPECT_EQ(store_->findingsOfRun(run, {}, 1).value().at(0).kind, "blocked");
    EXPECT_EQ(store_->findingsOfRun(run, open[0], 9).value().size(), 1U);
    EXPECT_EQ(store_->findingsOfRun(run, open[0], 9).value().at(0).kind, "field_mismatch");
    EXPECT_TRUE(store_->findingsOfRun(run, open[1], 9).value().empty());
    EXPECT_EQ(open[1].lastSeen, at(2));
    EXPECT_EQ(open[1].lastRun, 2);
    EXPECT_EQ(open[1].provincialValue, "甲");
    EXPECT_EQ(open[1].nationalValue, "乙");
    EXPECT_EQ(open[1].cause, "因");
    EXPECT_EQ(open[1].help, "助");
    EXPECT_EQ(open[1].owner, Owner::City);
    EXPECT_EQ(open[1].authority, "370100");
    EXPECT_EQ(open[1].company, "某公司");
    EXPECT_EQ(open[1].nextStep, "assign.09");
    put({PutFinding{finding("missing_national", 3, 3)}, CloseFindings{3, {}}});
    open = store_->findings(true).value();
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].kind, "missing_national");
    EXPECT_EQ(open[0].firstSeen, at(3)) << "it had been gone";
    EXPECT_EQ(store_->findings(false).value().size(), 3U);
    ASSERT_TRUE(store_->forget(at(0), at(2)));
    EXPECT_EQ(store_->findings(false).value().size(), 2U) << "closed and last seen before";
}

TEST_P(JournalTest, RunsRequestsAndAudit) {
    put({PutRun{RunRow{.id = 0, .kind = "sync", .startedAt = at(1)}}});
    const std::int64_t next = store_->newId("run").value();
    EXPECT_EQ(next, 2);
    put({PutRun{RunRow{.id = next, .kind = "reconcile", .startedAt = at(2)}}});
    put({PutRun{RunRow{
        .id = next, .kind = "reconcile", .startedAt = at(2), .endedAt = at(3), .result = "ok", .counts = "{}"}}});
    const std::vector<RunRow> runs = store_->runs(10).value();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].id, 2);
    EXPECT_EQ(runs[0].endedAt, at(3));
    EXPECT_EQ(runs[0].result, "ok");
    EXPECT_EQ(runs[1].endedAt, std::nullopt);
    // Passes are many: they push no reconciliation out of sight.
    for (int i = 0; i < 3; ++i) put({PutRun{RunRow{.id = 0, .kind = "sync", .startedAt = at(4)}}});
    const std::vector<RunRow> last = store_->runs(1).value();
    ASSERT_EQ(last.size(), 2U);
    EXPECT_EQ(last[0].kind, "sync");
    EXPECT_EQ(last[1].id, 2);

    const std::int64_t id = store_->newId("request").value();
    RequestRow request{
        .id = id, .kind = "resync", .payload = "{}", .reason = "why", .createdAt = at(4), .state = "open"};
    put({PutRequest{request}});
    EXPECT_EQ(store_->openRequests().value().size(), 1U);
    request.state = "done";
    request.result = "{\"ok\":1}";
    put({PutRequest{request}});
    EXPECT_TRUE(store_->openRequests().value().empty());
    EXPECT_EQ(store_->request(id).value()->result, "{\"ok\":1}");
    EXPECT_EQ(store_->request(id).value()->reason, "why");
    EXPECT_FALSE(store_->request(id + 1).value().has_value());

    put({AddAudit{{.at = at(5), .actor = "operator", .action = "pause", .detail = "d"}},
         AddAudit{{.at = at(6), .actor = "operator", .action = "resume", .detail = ""}}});
    const std::vector<AuditRow> audits = store_->audits(1).value();
    ASSERT_EQ(audits.size(), 1U);
    EXPECT_EQ(audits[0].action, "resume");
    EXPECT_EQ(audits[0].at, at(6));
}

TEST_P(JournalTest, NewIdsNeverRepeat) {
    auto other = open();
    EXPECT_EQ(store_->newId("run").value(), 1);
    EXPECT_EQ(other->newId("run").value(), 2);
    EXPECT_EQ(store_->newId("run").value(), 3);
    EXPECT_EQ(store_->newId("request").value(), 1);
}

TEST_P(JournalTest, EverythingIsCounted) {
    LedgerEntry never;
    never.number = numberOf(9);
    BlockedRow dismissed = blockedRow(5);
    dismissed.dismissed = true;
    put({PutLedger{fullEntry(1)}, PutLedger{fullEntry(2)}, PutLedger{never}, MarkDirty{numberOf(1)},
         PutIntent{intent(1, Lane::Manual)}, PutBlocked{blockedRow(2)}, PutBlocked{dismissed}, AddEvidence{evidence(1)},
         PutWriteBack{WriteBack{"k", "n", "c", "z", "01", "1"}},
         PutFinding{Finding{.number = "n", .kind = "blocked"}}});
    const std::map<std::string, std::uint64_t> expected{{"ledger", 3},
                                                        {"ledger.state.none", 1},
                                                        {"ledger.state.99", 2},
                                                        {"ledger.stage.none", 1},
                                                        {"ledger.stage.waiting_licence", 2},
                                                        {"ledger.origin.observed", 1},
                                                        {"ledger.origin.adopted", 2},
                                                        {"ledger.dirty", 1},
                                                        {"ledger.code_missing", 2},
                                                        {"outbox", 1},
                                                        {"outbox.state.queued", 1},
                                                        {"outbox.lane.manual", 1},
                                                        {"blocked", 1},
                                                        {"blocked.reason.rule_6", 1},
                                                        {"blocked.dismissed", 1},
                                                        {"write_back", 1},
                                                        {"findings.open", 1},
                                                        {"findings.open.blocked", 1},
                                                        {"evidence", 1}};
    EXPECT_EQ(store_->counts().value(), expected);
}

}  // namespace
}  // namespace lianzheng::test
