#include "gateway/store/brief_figures.h"
#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {
namespace {

using AnswersTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(Both, AnswersTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

Acknowledged heldRecord(const std::string& person) {
    Acknowledged acknowledged;
    acknowledged.known.set();
    acknowledged.record[Field::CategoryCode] = "B";
    acknowledged.record[Field::IdentityCard] = person;
    return acknowledged;
}

TEST_P(AnswersTest, TheLastLookIsTheOneShown) {
    EXPECT_FALSE(store_->lastLook(numberOf(1)).value().has_value());
    put({AddLook{{numberOf(1), at(5), "甲", "有效"}}, AddLook{{numberOf(2), at(9), "乙", "暂扣"}},
         AddLook{{numberOf(1), at(7), "丙", "查无此证"}}});
    const HumanLook look = store_->lastLook(numberOf(1)).value().value();
    EXPECT_EQ(look.number, numberOf(1));
    EXPECT_EQ(look.at, at(7));
    EXPECT_EQ(look.who, "丙");
    EXPECT_EQ(look.saw, "查无此证");
}

TEST_P(AnswersTest, ALookNeedsNoPusher) {
    const auto other = open();
    const std::vector<Change> changes{AddLook{{numberOf(1), at(5), "甲", "有效"}}};
    EXPECT_TRUE(other->commit(changes));
    EXPECT_TRUE(store_->lastLook(numberOf(1)).value().has_value());
}

TEST_P(AnswersTest, FindingsOfOneCertificateAreThoseThatAreOpen) {
    Finding open;
    open.number = numberOf(1);
    open.kind = "state_mismatch";
    Finding closed = open;
    closed.kind = "duplicate";
    closed.open = false;
    Finding another = open;
    another.number = numberOf(2);
    put({PutFinding{open}, PutFinding{closed}, PutFinding{another}});
    const std::vector<Finding> found = store_->findingsOf(numberOf(1)).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().kind, "state_mismatch");
    MoveFinding accepted;
    accepted.number = numberOf(1);
    accepted.stage = FindingStage::Accepted;
    accepted.until = at(1000);
    put({accepted});
    EXPECT_TRUE(store_->findingsOf(numberOf(1)).value().empty());
}

TEST_P(AnswersTest, HoldersAreFoundByTheEndOfTheirNumberWhereverTheyStand) {
    put({PutLedger{fullEntry(1)}, PutAcknowledged{numberOf(1), heldRecord("370102199001011234")},
         PutLedger{fullEntry(2)}, PutAcknowledged{numberOf(2), heldRecord("37010219900101123X")},
         PutLedger{fullEntry(5)}, PutAcknowledged{numberOf(5), heldRecord("370102199001011235")}});
    OutboxRow queued = intent(3);
    queued.person = "370103198001011234";
    BlockedRow blocked = blockedRow(4);
    blocked.person = "370104198001011234";
    put({PutIntent{queued}, PutBlocked{blocked}});
    const std::vector<std::string> endings{"1234", "123X", "';--"};
    const std::vector<HolderOf> expected{{"370102199001011234", numberOf(1)},
                                         {"37010219900101123X", numberOf(2)},
                                         {"370103198001011234", numberOf(3)},
                                         {"370104198001011234", numberOf(4)}};
    EXPECT_EQ(store_->holdersEndingIn(endings).value(), expected);
    EXPECT_TRUE(store_->holdersEndingIn({}).value().empty());
}

TEST_P(AnswersTest, WhenAnEventWasDecidedIsKeptWithItsAttempt) {
    Attempt dated;
    dated.number = numberOf(1);
    dated.decidedAt = at(-100);
    Attempt undated;
    undated.number = numberOf(1);
    put({AddAttempt{dated}, AddAttempt{undated}});
    const std::vector<Attempt> attempts = store_->attemptsOf(numberOf(1)).value();
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(attempts[0].decidedAt, at(-100));
    EXPECT_EQ(attempts[1].decidedAt, std::nullopt);
}

}  // namespace
}  // namespace lianzheng::test
