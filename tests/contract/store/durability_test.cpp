#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {
namespace {

using DurabilityTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(Both, DurabilityTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

/// One change of every kind; the last of them fails when there is no such intent.
std::vector<Change> everything() {
    return {PutLedger{fullEntry(1)},
            PutAcknowledged{numberOf(1), {}},
            MarkDirty{numberOf(1)},
            PutBlocked{blockedRow(1)},
            MarkRelatedDirty{"person-1", "", ""},
            PutIntent{intent(1)},
            AddAttempt{Attempt{.number = numberOf(1)}},
            AddEvidence{evidence(1)},
            PutWriteBack{WriteBack{"k", "n", "c", "z", "01", "1"}},
            MoveCursor{{"c", "k"}},
            PutFinding{Finding{.number = numberOf(1), .kind = "blocked"}},
            PutRun{RunRow{.kind = "sync"}},
            PutRequest{RequestRow{.kind = "sync", .state = "open"}},
            AddAudit{AuditRow{.action = "sync"}},
            PutWord{"paused", "yes"}};
}

/// How much of everything() is there: 15 when all is.
int presence(Store& store) {
    const std::map<std::string, std::uint64_t> counts = store.counts().value();
    int present = 0;
    for (const char* name :
         {"ledger", "ledger.dirty", "outbox", "blocked", "evidence", "write_back", "findings.open"}) {
        present += static_cast<int>(counts.at(name));
    }
    present += store.find(numberOf(1)).value() ? 1 : 0;
    present += static_cast<int>(store.attemptsOf(numberOf(1)).value().size());
    present += store.cursor().value() == ScanCursor{} ? 0 : 1;
    present += static_cast<int>(store.runs(10).value().size());
    present += static_cast<int>(store.openRequests().value().size());
    present += static_cast<int>(store.audits(10).value().size());
    present += store.wordOf("paused").value().empty() ? 0 : 1;
    present += static_cast<int>(store.evidenceOf(numberOf(1)).value().size());
    return present;
}

TEST_P(DurabilityTest, OneFaultRollsEverythingBack) {
    std::vector<Change> changes = everything();
    changes.emplace_back(MoveIntent{12345, OutboxState::Queued, OutboxState::Sending, 0, 0, at(0)});
    EXPECT_EQ(refusal(changes), "outbox_state");
    EXPECT_EQ(presence(*store_), 0);
    put(everything());
    EXPECT_EQ(presence(*store_), 15);
}

TEST_P(DurabilityTest, ADatabaseFaultRollsEverythingBackAndTheStoreGoesOn) {
    database_.run("ALTER TABLE audit RENAME TO audit_away");
    EXPECT_NE(refusal(everything()), "ok");
    database_.run("ALTER TABLE audit_away RENAME TO audit");
    EXPECT_EQ(presence(*store_), 0);
    put(everything());
    EXPECT_EQ(presence(*store_), 15);
}

TEST_P(DurabilityTest, ReopeningKeepsEverything) {
    put(everything());
    store_.reset();
    store_ = open();
    EXPECT_EQ(presence(*store_), 15);
    ASSERT_TRUE(store_->tryBecomePusher().value());
    EXPECT_FALSE(store_->verifyEvidence("").value().brokenAt);
}

TEST_P(DurabilityTest, ANewerSchemaIsRefusedAndLeftAlone) {
    store_.reset();
    database_.run("UPDATE lianzheng_schema SET version = version + 1 WHERE name = 'store'");
    const Result<std::unique_ptr<Store>> opened = openStore(database_.address(), clock_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, Fault::Corrupt);
    EXPECT_EQ(opened.error().code, "schema_newer");
}

TEST_P(DurabilityTest, AnErrorQuotesNoData) {
    database_.run("ALTER TABLE blocked RENAME TO blocked_away");
    BlockedRow row = blockedRow(1);
    row.person = "370102199001011234";
    const std::vector<Change> changes{PutBlocked{row}};
    const Error error = store_->commit(changes).error();
    EXPECT_EQ(error.where, "store.commit");
    EXPECT_EQ((error.where + error.code).find(row.person), std::string::npos);
}

class DiskTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Sqlite, DiskTest, ::testing::Values(Dialect::Sqlite), dialectName);

TEST_P(DiskTest, AFullDiskLosesNothingAndRoomHeals) {
    put({PutLedger{fullEntry(1)}, PutIntent{intent(1)}, AddEvidence{evidence(1)}});
    soci::session& session = store_->connection().session();
    long long pages = 0;
    session << "PRAGMA page_count", soci::into(pages);
    session << "PRAGMA max_page_count = " + std::to_string(pages);
    int committed = 1;
    std::string code = "ok";
    while (code == "ok" && committed < 10'000) {
        code = refusal({PutLedger{fullEntry(committed + 1)}, AddEvidence{evidence(committed + 1)}});
        if (code == "ok") ++committed;
    }
    EXPECT_EQ(code, "disk_full");
    EXPECT_EQ(store_->ledgerSize().value(), static_cast<std::uint64_t>(committed));
    EXPECT_EQ(store_->verifyEvidence("").value().entries, static_cast<std::uint64_t>(committed));
    EXPECT_FALSE(store_->verifyEvidence("").value().brokenAt);
    EXPECT_EQ(dueNumbers(at(0)).size(), 1U);
    session << "PRAGMA max_page_count = 1000000";
    put({PutLedger{fullEntry(committed + 1)}, AddEvidence{evidence(committed + 1)}});
    EXPECT_EQ(store_->ledgerSize().value(), static_cast<std::uint64_t>(committed) + 1U);
    EXPECT_FALSE(store_->verifyEvidence("").value().brokenAt);
}

TEST_P(DiskTest, TheStoreIsDurable) {
    EXPECT_EQ(database_.value("PRAGMA journal_mode"), "wal");
    std::string level;
    store_->connection().session() << "PRAGMA synchronous", soci::into(level);
    EXPECT_EQ(level, "2") << "FULL";
}

TEST_P(DiskTest, AStoreThatIsNoDatabaseIsCorrupt) {
    const std::string path = (database_.directory() / "other.db").string();
    std::FILE* file = std::fopen(path.c_str(), "w");
    ASSERT_NE(file, nullptr);
    std::fputs(std::string(4096, 'x').c_str(), file);
    std::fclose(file);
    const auto opened = openStore(DatabaseAddress{.url = "sqlite3://" + path}, clock_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, Fault::Corrupt);
    EXPECT_EQ(opened.error().where, "store.connect");  // the exit code goes by whose it is
}

}  // namespace
}  // namespace lianzheng::test
