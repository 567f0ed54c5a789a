#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {
namespace {

using PusherTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(Both, PusherTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

TEST_P(PusherTest, ThereIsOneUntilItEnds) {
    auto second = open();
    EXPECT_TRUE(store_->pusherAlive().value());
    EXPECT_TRUE(second->pusherAlive().value());
    EXPECT_TRUE(store_->tryBecomePusher().value());
    EXPECT_FALSE(second->tryBecomePusher().value());
    store_.reset();
    EXPECT_FALSE(second->pusherAlive().value());
    EXPECT_TRUE(second->tryBecomePusher().value());
}

TEST_P(PusherTest, AskingWhetherOneIsAliveTakesNothing) {
    store_.reset();
    auto first = open();
    auto second = open();
    EXPECT_FALSE(first->pusherAlive().value());
    EXPECT_TRUE(second->tryBecomePusher().value());
    EXPECT_TRUE(first->pusherAlive().value());
}

TEST_P(PusherTest, WithoutTheLockOnlyWordsAndFindingsMayBeWritten) {
    auto other = open();
    const auto refused = [&](const Change& change) {
        const Status status = other->commit({&change, 1});
        return status ? std::string("ok") : status.error().code;
    };
    for (const Change& change :
         std::vector<Change>{PutLedger{fullEntry(1)}, PutAcknowledged{numberOf(1), {}}, RemoveLedger{numberOf(1)},
                             MarkDirty{numberOf(1)}, MarkRelatedDirty{}, PutBlocked{blockedRow(1)},
                             ClearBlocked{numberOf(1)}, PutIntent{intent(1)}, MoveIntent{}, RemoveIntent{},
                             AddAttempt{}, AddEvidence{evidence(1)}, PutWriteBack{}, RemoveWriteBack{}, MoveCursor{}}) {
        EXPECT_EQ(refused(change), "not_pusher") << change.index();
    }
    for (const Change& change :
         std::vector<Change>{PutFinding{Finding{.number = "n", .kind = "k"}},
                             MoveFinding{.number = "n", .stage = FindingStage::Acknowledged}, KeepFindings{},
                             CloseFindings{}, PutRun{}, PutRequest{}, AddAudit{}, PutWord{"w", "v"}}) {
        EXPECT_EQ(refused(change), "ok") << change.index();
    }
    EXPECT_EQ(store_->ledgerSize().value(), 0U);
    EXPECT_EQ(store_->wordOf("w").value(), "v");
}

TEST_P(PusherTest, AMixedCommitWithoutTheLockWritesNothing) {
    auto other = open();
    const std::vector<Change> changes{PutWord{"w", "v"}, PutLedger{fullEntry(1)}};
    EXPECT_EQ(other->commit(changes).error().code, "not_pusher");
    EXPECT_EQ(other->wordOf("w").value(), "");
}

TEST_P(PusherTest, ASupersededPusherWritesNothingMore) {
    put({PutLedger{fullEntry(1)}});
    // Its lock is gone without its knowing, and another took over.
    database_.run("UPDATE pusher SET epoch = epoch + 1");
    const std::vector<Change> changes{PutLedger{fullEntry(2)}};
    const Status status = store_->commit(changes);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Corrupt);
    EXPECT_EQ(status.error().code, "epoch");
    EXPECT_EQ(store_->ledgerSize().value(), 1U);
}

TEST_P(PusherTest, ANewEpochDoubtsWhatWasInTheAir) {
    put({PutIntent{intent(1)}, PutIntent{intent(2)}});
    put({MoveIntent{intentOf(1).id, OutboxState::Queued, OutboxState::Sending, 2, 3, at(900)}});
    put({PutRequest{RequestRow{.id = 1, .kind = "sync", .createdAt = at(0), .state = "taken"}}});
    store_.reset();
    clock_.set(at(50));
    store_ = open();
    EXPECT_EQ(intentOf(1).state, OutboxState::Sending);
    ASSERT_TRUE(store_->tryBecomePusher().value());
    EXPECT_EQ(intentOf(1).state, OutboxState::Unconfirmed);
    EXPECT_EQ(intentOf(1).dueAt, at(50));
    EXPECT_EQ(intentOf(1).attempts, 2);
    EXPECT_EQ(intentOf(1).sends, 3);
    EXPECT_EQ(intentOf(2).state, OutboxState::Queued);
    EXPECT_EQ(store_->openRequests().value().size(), 1U);
}

class LostServerTest : public StoreTest {
protected:
    /// The server ends the store's connection, as at its own restart.
    void cutConnection() {
        long long process = 0;
        store_->connection().session() << "SELECT pg_backend_pid()", soci::into(process);
        // With a waiting time, so that the lock is surely gone when it returns.
        database_.value("SELECT CAST(pg_terminate_backend(" + std::to_string(process) + ", 10000) AS TEXT)");
    }
};
INSTANTIATE_TEST_SUITE_P(Postgres, LostServerTest, ::testing::Values(Dialect::Postgres), dialectName);

TEST_P(LostServerTest, TheStoreConnectsAgainAndStaysThePusher) {
    put({PutLedger{fullEntry(1)}});
    cutConnection();
    const std::vector<Change> changes{PutLedger{fullEntry(2)}};
    const Status lost = store_->commit(changes);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().fault, Fault::Unavailable);
    EXPECT_EQ(lost.error().code, "connection");
    put({PutLedger{fullEntry(2)}});
    EXPECT_EQ(store_->ledgerSize().value(), 2U);
    EXPECT_FALSE(open()->tryBecomePusher().value());
}

TEST_P(LostServerTest, WhoWasReplacedMeanwhileIsNoPusherAnyMore) {
    cutConnection();
    EXPECT_FALSE(store_->ledgerSize());
    auto successor = open();
    ASSERT_TRUE(successor->tryBecomePusher().value());
    EXPECT_EQ(refusal({PutLedger{fullEntry(1)}}), "epoch");
    EXPECT_EQ(refusal({PutLedger{fullEntry(1)}}), "epoch");
    const std::vector<Change> changes{PutLedger{fullEntry(1)}};
    EXPECT_TRUE(successor->commit(changes));
}

}  // namespace
}  // namespace lianzheng::test
