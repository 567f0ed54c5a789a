#include "settlement_fixture.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
using Health = Settlement::Health;
using Next = Settlement::Next;
using Tally = Settlement::Tally;

TEST_F(SettlementTest, AReadBackRefusedForItsSpeedCountsNoTryAndKeepsTheDoubt) {
    const Settler settler(refusals_, settings_);
    Completion http = faultedBy(Fault::Throttled);
    http.outcome.error().retryAfter = 7s;
    for (const Completion& completion : {http, refusedWith("操作太快，请稍后再试")}) {
        EXPECT_TRUE(Settler::isThrottled(completion, refusals_));
        const OutboxRow row = sendingRow(changeStep(), 2);
        const Settlement settlement = settler.askedTooFast(row, completion, kThen);
        expectDoubtKept(row, settlement);
        ASSERT_NE(changeIn<MoveIntent>(settlement), nullptr);
        EXPECT_EQ(changeIn<MoveIntent>(settlement)->attempts, row.attempts);
        EXPECT_EQ(changeIn<MoveIntent>(settlement)->sends, 2);
        EXPECT_EQ(changeIn<MoveIntent>(settlement)->dueAt, completion.outcome ? kThen + 1s : kThen + 7s);
        EXPECT_EQ(settlement.health, Health::Throttled);
    }
    EXPECT_FALSE(Settler::isThrottled(faultedBy(Fault::InDoubt), refusals_));
    EXPECT_FALSE(Settler::isThrottled(refusedWith("证书编号已存在"), refusals_));
}

/// An event in doubt whose picture is another by now is not sent; what the platform shows decides.
class UnrepeatableTest : public SettlementTest {
protected:
    static OutboxRow doubtful(Step step) {
        OutboxRow row = sendingRow(std::move(step), 1);
        row.state = OutboxState::Unconfirmed;
        return row;
    }
    Settlement shows(const OutboxRow& row, const Holdings* holdings, const Standing& standing) {
        return Settler(refusals_, settings_).settleReadBack(row, standing, "", holdings, kThen, 0);
    }
};

TEST_F(UnrepeatableTest, ShownAsSentItWasAccepted) {
    const Holdings holdings = shown(sentRecord());
    const Settlement settlement = shows(doubtful(changeStep()), &holdings, knownStanding());
    EXPECT_EQ(settlement.tally, Tally::Accepted);
    EXPECT_EQ(changeIn<RemoveIntent>(settlement)->from, OutboxState::Unconfirmed);
    EXPECT_TRUE(changeIn<PutLedger>(settlement)->entry.codeMissing);
}

TEST_F(UnrepeatableTest, ShownOtherwiseOrNeverRegisteredItIsPlannedAnew) {
    const Holdings before = shown(knownStanding().acknowledged.record);
    const Holdings nothing;
    for (const bool registering : {false, true}) {
        const Settlement settlement = registering ? shows(doubtful(issueStep()), &nothing, unknownStanding())
                                                  : shows(doubtful(changeStep()), &before, knownStanding());
        EXPECT_EQ(changeIn<RemoveIntent>(settlement)->from, OutboxState::Unconfirmed);
        EXPECT_TRUE(changeIn<PutLedger>(settlement)->entry.dirty);
        EXPECT_EQ(changeIn<PutBlocked>(settlement), nullptr);
    }
}

/// The query answers for others only: that it shows nothing says nothing of the event.
TEST_F(UnrepeatableTest, ARegisteredOneThatIsNotShownGoesToAPerson) {
    const Holdings nothing;
    const Settlement settlement = shows(doubtful(changeStep()), &nothing, knownStanding());
    EXPECT_EQ(changeIn<RemoveIntent>(settlement)->from, OutboxState::Unconfirmed);
    ASSERT_NE(changeIn<PutBlocked>(settlement), nullptr);
    EXPECT_TRUE(changeIn<PutBlocked>(settlement)->row.isDoubt());
}

TEST_F(UnrepeatableTest, WhereNothingShowsAPersonDecides) {
    Standing standing = knownStanding();
    standing.acknowledged.record = sentRecord();
    const Holdings holdings = shown(sentRecord());
    const Settlement unclear = shows(doubtful(changeStep()), &holdings, standing);
    const Settlement unasked = Settler(refusals_, settings_).unrepeatable(doubtful(changeStep()), standing, kThen);
    for (const Settlement* settlement : {&unclear, &unasked}) {
        EXPECT_EQ(changeIn<RemoveIntent>(*settlement)->from, OutboxState::Unconfirmed);
        EXPECT_EQ(changeIn<PutBlocked>(*settlement)->row.advice.reason, "unconfirmed");
        EXPECT_NE(changeIn<PutBlocked>(*settlement)->row.advice.help.find("--force"), std::string::npos);
    }
}

TEST_F(UnrepeatableTest, NotAnsweredItStaysInDoubt) {
    const Settlement settlement = shows(doubtful(changeStep()), nullptr, knownStanding());
    EXPECT_EQ(changeIn<MoveIntent>(settlement)->from, OutboxState::Unconfirmed);
    EXPECT_EQ(changeIn<MoveIntent>(settlement)->to, OutboxState::Unconfirmed);
    EXPECT_EQ(changeIn<MoveIntent>(settlement)->sends, 1);
}

TEST_F(SettlementTest, ARefusalOfADoubtfulOneIsReadBackFirst) {
    const Settlement settlement = settle(sendingRow(changeStep(), 2), refusedWith("B证和C证必须在同一个企业下"));
    EXPECT_EQ(settlement.next, Next::ReadBack);
    EXPECT_EQ(changeIn<RemoveIntent>(settlement), nullptr);
    EXPECT_EQ(changeIn<PutBlocked>(settlement), nullptr);
}

TEST_F(SettlementTest, AKnownNumberIsReadBackEvenAtTheFirstSend) {
    EXPECT_EQ(settle(sendingRow(issueStep(), 1), refusedWith("证书编号已存在"), unknownStanding()).next,
              Next::ReadBack);
    settings_.readBack = false;
    const Settlement none = settle(sendingRow(issueStep(), 1), refusedWith("证书编号已存在"), unknownStanding());
    EXPECT_EQ(none.next, Next::Done);
    EXPECT_EQ(changeIn<PutBlocked>(none)->row.advice.reason, "number_exists");
}

TEST_F(SettlementTest, AKnownNumberThatCannotBeReadBackLeavesTheDoubtOfARepeat) {
    settings_.readBack = false;
    const Settlement repeat = settle(sendingRow(changeStep(), 2), refusedWith("证书编号已存在"));
    ASSERT_NE(changeIn<PutBlocked>(repeat), nullptr);
    EXPECT_TRUE(changeIn<PutBlocked>(repeat)->row.isDoubt());
    EXPECT_FALSE(changeIn<PutBlocked>(repeat)->row.checkAt);  // `check` would take a change that is in doubt
}

TEST_F(SettlementTest, AKnownNumberThatIsNotShownLeavesTheDoubtOfARepeat) {
    const Holdings nothing;
    const Settlement repeat = readBack(sendingRow(issueStep(), 2), &nothing, unknownStanding());
    EXPECT_TRUE(changeIn<PutBlocked>(repeat)->row.isDoubt());
    const Settlement first = readBack(sendingRow(issueStep(), 1), &nothing, unknownStanding());
    EXPECT_EQ(changeIn<PutBlocked>(first)->row.advice.reason, "number_exists");
    const Settlement ruled = readBack(sendingRow(issueStep(), 2), &nothing, unknownStanding(), "必须在同一个企业下");
    EXPECT_EQ(changeIn<PutBlocked>(ruled)->row.advice.reason, "rule_6");
}

TEST_F(SettlementTest, AThrottledQuerySaysNothingOfWhatThePlatformHolds) {
    EXPECT_FALSE(Settler::answersQuery(refusedWith("操作太快，请稍后再试"), refusals_));
    EXPECT_FALSE(Settler::answersQuery(faultedBy(Fault::Unavailable), refusals_));
    EXPECT_TRUE(Settler::answersQuery(refusedWith("未查询到证书信息"), refusals_));
    EXPECT_TRUE(Settler::answersQuery(answered({}), refusals_));
}

TEST_F(SettlementTest, EndingWhatThePlatformNeverHadIsAskedForFirst) {
    const OutboxRow end = sendingRow(endStep(CertState::Revoked), 1);
    EXPECT_EQ(settle(end, refusedWith("匹配关系校验失败")).next, Next::ReadBack);
    const Holdings nothing;
    const Settlement absent = readBack(end, &nothing, knownStanding(), "匹配关系校验失败");
    EXPECT_EQ(absent.tally, Tally::Accepted);
    const Holdings valid = shown(sentRecord());
    const Settlement still = readBack(end, &valid, knownStanding(), "匹配关系校验失败");
    EXPECT_EQ(still.tally, Tally::Refused);
    EXPECT_EQ(changeIn<PutBlocked>(still)->row.advice.reason, "not_matched");
    EXPECT_EQ(changeIn<PutLedger>(still)->entry.state, CertState::Valid);
}

TEST_F(SettlementTest, EndingWhatThePlatformNeverHadIsDone) {
    settings_.readBack = false;
    const Settlement end = settle(sendingRow(endStep(CertState::Revoked), 1), refusedWith("匹配关系校验失败"));
    EXPECT_EQ(end.tally, Tally::Accepted);
    EXPECT_EQ(changeIn<PutLedger>(end)->entry.state, CertState::Revoked);
    const Settlement change = settle(sendingRow(changeStep(), 1), refusedWith("匹配关系校验失败"));
    EXPECT_EQ(change.tally, Tally::Refused);
    EXPECT_NE(changeIn<PutBlocked>(change), nullptr);
}

TEST_F(SettlementTest, AReadBackThatShowsTheEventIsAnAcceptanceWithoutItsCode) {
    const Holdings holdings = shown(sentRecord());
    const Settlement settlement = readBack(sendingRow(changeStep(), 2), &holdings, knownStanding());
    EXPECT_EQ(settlement.tally, Tally::Accepted);
    EXPECT_TRUE(changeIn<PutLedger>(settlement)->entry.codeMissing);
}

TEST_F(SettlementTest, AReadBackThatCouldNotBeAskedLeavesTheDoubt) {
    for (const int sends : {1, 2}) {
        const Settlement settlement = readBack(sendingRow(issueStep(), sends), nullptr, unknownStanding());
        EXPECT_EQ(settlement.tally, Tally::Unconfirmed);
        EXPECT_EQ(changeIn<MoveIntent>(settlement)->to, OutboxState::Unconfirmed);
    }
}

TEST_F(SettlementTest, ANumberThatSomebodyElseRegisteredIsTakenOver) {
    Certificate other = sentRecord();
    other[Field::CompanyName] = "旧公司";
    const Holdings holdings = shown(other, "ID-1");
    for (const int sends : {1, 2}) {
        const Settlement settlement = readBack(sendingRow(issueStep(), sends), &holdings, unknownStanding());
        ASSERT_NE(changeIn<PutLedger>(settlement), nullptr);
        EXPECT_EQ(changeIn<PutLedger>(settlement)->entry.origin, Origin::Adopted);
        EXPECT_NE(changeIn<RemoveIntent>(settlement), nullptr);
        EXPECT_EQ(changeIn<PutAcknowledged>(settlement)->acknowledged.record[Field::CompanyName], "旧公司");
        EXPECT_NE(changeIn<ClearBlocked>(settlement), nullptr);
    }
}

TEST_F(SettlementTest, AnUnclearOneGoesToAPerson) {
    Standing standing = knownStanding();
    standing.acknowledged.record = sentRecord();
    const Holdings holdings = shown(sentRecord());
    const Settlement settlement = readBack(sendingRow(changeStep(), 2), &holdings, standing);
    EXPECT_EQ(changeIn<PutBlocked>(settlement)->row.advice.reason, "unconfirmed");
    EXPECT_EQ(changeIn<PutLedger>(settlement)->entry.codeId, "CODE-1");
}

TEST_F(SettlementTest, AnotherCertificateOfThePersonSaysNothingOfACollect) {
    Certificate other = sentRecord();
    other[Field::CertNum] = "鲁建安A（2023）0012345";
    const Holdings holdings = shown(other, "ID-2");  // identifiers drop the category and are not unique
    const Settlement settlement = readBack(sendingRow(collectStep(), 2), &holdings, knownStanding());
    EXPECT_NE(settlement.tally, Tally::Accepted);
}

}  // namespace
}  // namespace lianzheng
