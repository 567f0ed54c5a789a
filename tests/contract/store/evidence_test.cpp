#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {
namespace {

class EvidenceTest : public StoreTest {
protected:
    void addEntries(int count) {
        for (int i = 1; i <= count; i += 2) put({AddEvidence{evidence(i)}, AddEvidence{evidence(i + 1)}});
    }
    Store::ChainReport verified(const std::string& expected = {}) { return store_->verifyEvidence(expected).value(); }
};
INSTANTIATE_TEST_SUITE_P(Both, EvidenceTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

TEST_P(EvidenceTest, AnEmptyChainIsWhole) {
    EXPECT_EQ(store_->evidenceHead().value(), "0:");
    const Store::ChainReport report = verified("0:");
    EXPECT_EQ(report.entries, 0U);
    EXPECT_FALSE(report.brokenAt);
    EXPECT_TRUE(report.headFound);
}

TEST_P(EvidenceTest, EntriesFollowFromEachOther) {
    addEntries(2);
    const std::string early = store_->evidenceHead().value();
    addEntries(4);
    const Store::ChainReport report = verified(early);
    EXPECT_EQ(report.entries, 6U);
    EXPECT_FALSE(report.brokenAt);
    EXPECT_TRUE(report.headFound);
    EXPECT_EQ(report.head, store_->evidenceHead().value());
    EXPECT_TRUE(report.head.starts_with("6:"));
    EXPECT_EQ(report.head.size(), 2U + 64U);
}

TEST_P(EvidenceTest, EntriesAreFoundByTheirItems) {
    addEntries(2);
    const std::vector<Evidence> entries = store_->evidenceOf(numberOf(2)).value();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].requestId, "r1");
    EXPECT_EQ(entries[1].requestId, "r2");
    EXPECT_EQ(entries[0].sentAt, at(1));
    EXPECT_EQ(entries[0].answeredAt, at(2));
    EXPECT_EQ(entries[0].businessDigest, std::string(64, 'a'));
    EXPECT_EQ(entries[0].replyDigest, std::string(64, 'b'));
    ASSERT_EQ(entries[0].items.size(), 2U);
    EXPECT_EQ(entries[0].items[1].verdict, "refused\t证书");
    EXPECT_TRUE(store_->evidenceOf(numberOf(9)).value().empty());
}

TEST_P(EvidenceTest, AnyChangedColumnShows) {
    addEntries(4);
    for (const char* change :
         {"request_id = 'other'", "operation = 'update'", "sent_at = sent_at + 1", "answered_at = answered_at - 1",
          "business_digest = 'x'", "reply_digest = ''", "items = '1\t0'", "hash = 'x'"}) {
        const std::string where = " WHERE seq = 2";
        database_.run("CREATE TABLE saved AS SELECT * FROM evidence WHERE seq = 2");
        database_.run("UPDATE evidence SET " + std::string(change) + where);
        EXPECT_EQ(verified().brokenAt, 2U) << change;
        database_.run("DELETE FROM evidence" + where);
        database_.run("INSERT INTO evidence SELECT * FROM saved");
        database_.run("DROP TABLE saved");
        EXPECT_FALSE(verified().brokenAt) << change;
    }
}

TEST_P(EvidenceTest, ARemovedEntryShows) {
    addEntries(4);
    database_.run("DELETE FROM evidence WHERE seq = 3");
    EXPECT_EQ(verified().brokenAt, 3U);
}

TEST_P(EvidenceTest, ACutTailShows) {
    addEntries(4);
    const std::string printed = store_->evidenceHead().value();
    const std::string hash = database_.value("SELECT hash FROM evidence WHERE seq = 2");
    database_.run("DELETE FROM evidence WHERE seq > 2");
    EXPECT_EQ(verified().brokenAt, 3U);
    // Whoever moves the head too leaves a chain that is whole, but not the one whose head was printed.
    database_.run("UPDATE evidence_head SET seq = 2, hash = '" + hash + "'");
    EXPECT_FALSE(verified().brokenAt);
    EXPECT_TRUE(verified().headFound);
    EXPECT_FALSE(verified(printed).headFound);
}

TEST_P(EvidenceTest, AnEntryBehindTheHeadShows) {
    addEntries(2);
    database_.run(
        "INSERT INTO evidence SELECT 3, request_id, operation, sent_at, answered_at, business_digest, "
        "reply_digest, items, hash FROM evidence WHERE seq = 2");
    EXPECT_EQ(verified().brokenAt, 3U);
}

TEST_P(EvidenceTest, AFailedCommitLeavesTheHeadWhereItWas) {
    addEntries(2);
    const std::string before = store_->evidenceHead().value();
    EXPECT_EQ(refusal({AddEvidence{evidence(7)}, RemoveIntent{99, OutboxState::Queued}}), "outbox_state");
    EXPECT_EQ(store_->evidenceHead().value(), before);
    addEntries(2);
    EXPECT_EQ(verified(before).entries, 4U);
    EXPECT_FALSE(verified(before).brokenAt);
}

}  // namespace
}  // namespace lianzheng::test
