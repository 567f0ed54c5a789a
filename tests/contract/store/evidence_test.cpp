#include "adapters/envelope/sm3.h"
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

class SealTest : public EvidenceTest {
protected:
    SealTest() {
        sealing_.key = SealKey::hmacSm3("secret");
        sealing_.every = 4;
    }
    std::string sealed() { return database_.value("SELECT count(*) FROM evidence_seal"); }
};
INSTANTIATE_TEST_SUITE_P(Both, SealTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

TEST_P(SealTest, EverySoManyEntriesAreSealed) {
    addEntries(2);
    EXPECT_EQ(sealed(), "0");
    EXPECT_EQ(verified().unsealed, 2U);
    EXPECT_FALSE(verified().neverSealed);
    addEntries(8);
    const Store::ChainReport report = verified();
    EXPECT_EQ(report.seals, 2U);
    EXPECT_EQ(report.unsealed, 2U);
    EXPECT_FALSE(report.brokenSeal);
    EXPECT_EQ(report.sealsUnchecked, 0U);
    put({SealEvidence{}, SealEvidence{}});
    EXPECT_EQ(verified().seals, 3U);
    EXPECT_EQ(verified().unsealed, 0U);
    // The next one counts from there.
    addEntries(2);
    EXPECT_EQ(verified().seals, 3U);
    addEntries(2);
    EXPECT_EQ(verified().seals, 4U);
}

TEST_P(SealTest, AChangedSealShows) {
    addEntries(12);
    ASSERT_EQ(verified().seals, 3U);
    for (const char* change : {"entry = 7", "previous = 5", "every = 5", "sealed_at = sealed_at + 1", "key_id = 'x'",
                               "seal = 'x'", "number = 9"}) {
        database_.run("CREATE TABLE saved AS SELECT * FROM evidence_seal WHERE number = 2");
        database_.run("UPDATE evidence_seal SET " + std::string(change) + " WHERE number = 2");
        EXPECT_EQ(verified().brokenSeal, 2U) << change;
        database_.run("DELETE FROM evidence_seal WHERE number IN (2, 9)");
        EXPECT_EQ(verified().brokenSeal, 2U) << change;
        database_.run("INSERT INTO evidence_seal SELECT * FROM saved");
        database_.run("DROP TABLE saved");
        EXPECT_FALSE(verified().brokenSeal) << change;
    }
}

TEST_P(SealTest, WhoeverRewritesTheChainHasNoSealForIt) {
    addEntries(4);
    const std::string hash = database_.value("SELECT hash FROM evidence WHERE seq = 2");
    // A chain that is whole: its tail cut, its head moved.
    database_.run("DELETE FROM evidence WHERE seq > 2");
    database_.run("UPDATE evidence_head SET seq = 2, hash = '" + hash + "'");
    EXPECT_FALSE(verified().brokenAt);
    EXPECT_EQ(verified().brokenSeal, 1U);
    // And written on by somebody without the key.
    sealing_.key = SealKey::hmacSm3("other");
    addEntries(2);
    sealing_.key = SealKey::hmacSm3("secret");
    EXPECT_FALSE(verified().brokenAt);
    EXPECT_EQ(verified().brokenSeal, 1U);
}

TEST_P(SealTest, MissingSealsShowAtTheTail) {
    addEntries(12);
    database_.run("DELETE FROM evidence_seal WHERE number = 3");
    EXPECT_EQ(verified().brokenSeal, 3U);
    // Fewer entries are asked for by now: those of before are not missed.
    addEntries(2);
    sealing_.every = 1;
    EXPECT_FALSE(verified().brokenSeal);
    database_.run("DELETE FROM evidence_seal");
    EXPECT_TRUE(verified().neverSealed);
}

TEST_P(SealTest, SealsOfAFormerKeyCountWhileItIsKnown) {
    addEntries(4);
    sealing_.key = SealKey::hmacSm3("next");
    EXPECT_EQ(verified().brokenSeal, 1U);
    sealing_.former.push_back(SealKey::hmacSm3("secret"));
    addEntries(4);
    EXPECT_EQ(verified().seals, 2U);
    EXPECT_FALSE(verified().brokenSeal);
    sealing_.key.reset();
    sealing_.former.clear();
    EXPECT_FALSE(verified().brokenSeal);
    EXPECT_EQ(verified().sealsUnchecked, 2U);
}

TEST_P(SealTest, AnExtractProvesItsEntriesUpToTheirSeals) {
    addEntries(10);
    const EvidenceExtract extract = store_->evidenceExtract(numberOf(2)).value();
    ASSERT_FALSE(extract.entries.empty());
    std::int64_t covered = 0;
    std::size_t found = 0;
    for (const EvidenceExtract::Span& span : extract.spans) {
        std::string hash = span.before;
        EXPECT_GT(span.links.front().seq, covered);
        for (const EvidenceExtract::Link& link : span.links) {
            for (const EvidenceExtract::Entry& entry : extract.entries) {
                if (entry.seq != link.seq) continue;
                ++found;
                EXPECT_EQ(sm3Hex(entry.text), link.digest);
                EXPECT_TRUE(entry.text.starts_with(std::to_string(entry.seq) + "\t" + entry.evidence.requestId));
            }
            hash = sm3Hex(hash + "\n" + link.digest);
        }
        covered = span.links.back().seq;
        EXPECT_EQ(hash, span.after);
        ASSERT_EQ(span.seal.has_value(), covered <= 8);
        if (span.seal) {
            EXPECT_EQ(span.seal->entry, covered);
            EXPECT_TRUE(sealing_.key->verifies(span.seal->text(hash, SealMethod::HmacSm3), span.seal->seal));
        }
    }
    EXPECT_EQ(found, extract.entries.size());
    EXPECT_TRUE(store_->evidenceExtract(numberOf(9999)).value().entries.empty());
    database_.run("UPDATE evidence SET operation = 'x' WHERE seq = 3");
    EXPECT_EQ(store_->evidenceExtract(numberOf(2)).error().code, "evidence_chain");
}

// A chain begun by a version that linked its entries by their whole text goes on, and verifies.
TEST_P(SealTest, OlderEntriesStillVerify) {
    addEntries(2);
    std::string hash;
    for (int seq = 1; seq <= 2; ++seq) {
        const std::string text = database_.value(
            "SELECT seq || '\t' || request_id || '\t' || operation || '\t' || sent_at || '\t' || answered_at || '\t' "
            "|| "
            "business_digest || '\t' || reply_digest FROM evidence WHERE seq = " +
            std::to_string(seq));
        std::string items = database_.value("SELECT items FROM evidence WHERE seq = " + std::to_string(seq));
        std::string escaped;
        for (const char c : items) {
            if (c == '\\')
                escaped += "\\\\";
            else if (c == '\t')
                escaped += "\\t";
            else
                escaped += c;
        }
        hash = sm3Hex(hash + "\n" + text + "\t" + escaped);
        database_.run("UPDATE evidence SET hash = '" + hash + "' WHERE seq = " + std::to_string(seq));
    }
    database_.run("UPDATE evidence_head SET hash = '" + hash + "'");
    addEntries(4);
    EXPECT_EQ(verified().entries, 6U);
    EXPECT_FALSE(verified().brokenAt);
    EXPECT_EQ(store_->evidenceExtract(numberOf(1)).error().code, "evidence_older_form");
}

}  // namespace
}  // namespace lianzheng::test
