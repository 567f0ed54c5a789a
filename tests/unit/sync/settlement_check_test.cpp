#include "settlement_fixture.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
using Health = Settlement::Health;
using Tally = Settlement::Tally;

/// A check goes out while the intent rests in the queue, of which nothing has left.
class CheckSettlementTest : public SettlementTest {
protected:
    static OutboxRow queuedRow(int attempts = 0) {
        OutboxRow row = sendingRow(issueStep(), 0);
        row.state = OutboxState::Queued;
        row.attempts = attempts;
        return row;
    }
    Settlement check(const OutboxRow& row, const Completion& completion) {
        const Settler settler(refusals_, settings_);
        Settlement settlement = settler.settleCheck(row, unknownStanding(), completion, kThen - 1s, kThen, 0);
        EXPECT_EQ(changeIn<AddAttempt>(settlement)->attempt.operation, "check.01");
        EXPECT_EQ(changeIn<AddEvidence>(settlement)->evidence.operation, "check.01");
        if (const auto* move = changeIn<MoveIntent>(settlement)) {
            EXPECT_EQ(move->from, OutboxState::Queued);
            EXPECT_EQ(move->to, OutboxState::Queued);
            EXPECT_EQ(move->sends, 0);
        }
        return settlement;
    }
    static Completion faulted(Fault fault, int httpStatus) {
        Completion completion = faultedBy(fault);
        completion.httpStatus = httpStatus;
        return completion;
    }
};

TEST_F(CheckSettlementTest, AnAdmissionChangesNothingOfTheIntent) {
    const Settlement settlement = check(queuedRow(), answered({}));
    EXPECT_EQ(settlement.tally, Tally::None);
    EXPECT_EQ(settlement.health, Health::Answered);
    EXPECT_EQ(settlement.changes.size(), 2U);  // what was asked and answered
}

TEST_F(CheckSettlementTest, ARefusalSetsAsideAndIsCheckedAgainDaily) {
    const Settlement settlement = check(queuedRow(), refusedWith("必须在同一个企业下"));
    EXPECT_EQ(settlement.tally, Tally::Refused);
    ASSERT_NE(changeIn<RemoveIntent>(settlement), nullptr);
    EXPECT_EQ(changeIn<RemoveIntent>(settlement)->from, OutboxState::Queued);
    ASSERT_NE(changeIn<PutBlocked>(settlement), nullptr);
    EXPECT_EQ(changeIn<PutBlocked>(settlement)->row.origin, "platform");
    EXPECT_EQ(changeIn<PutBlocked>(settlement)->row.checkAt, kThen + settings_.blockedReview);
}

TEST_F(CheckSettlementTest, WhoeverIsAwayOrThrottlesCountsNothing) {
    for (const Fault fault : {Fault::Unavailable, Fault::Throttled, Fault::Denied, Fault::Cancelled}) {
        const Settlement settlement = check(queuedRow(), faulted(fault, 0));
        ASSERT_NE(changeIn<MoveIntent>(settlement), nullptr) << word(fault);
        EXPECT_EQ(changeIn<MoveIntent>(settlement)->attempts, 0) << word(fault);
    }
    EXPECT_EQ(changeIn<MoveIntent>(check(queuedRow(), refusedWith("操作太快，请稍后再试")))->dueAt, kThen + 1s);
}

TEST_F(CheckSettlementTest, AnAnswerThatIsNoVerdictCountsATryAndTheLastGoesToAPerson) {
    for (const Completion& completion :
         {faulted(Fault::InDoubt, 0), faulted(Fault::Unavailable, 502), faulted(Fault::Corrupt, 200)}) {
        const Settlement settlement = check(queuedRow(), completion);
        ASSERT_NE(changeIn<MoveIntent>(settlement), nullptr);
        EXPECT_EQ(changeIn<MoveIntent>(settlement)->attempts, 1);
        EXPECT_EQ(changeIn<MoveIntent>(settlement)->dueAt, kThen + 15s);
        EXPECT_EQ(settlement.tally, Tally::Deferred);
        EXPECT_EQ(settlement.health, Health::Away);

        const Settlement last = check(queuedRow(settings_.retry.maxAttempts - 1), completion);
        EXPECT_EQ(changeIn<MoveIntent>(last), nullptr);
        EXPECT_NE(changeIn<RemoveIntent>(last), nullptr);
        EXPECT_EQ(changeIn<PutBlocked>(last)->row.advice.reason, "check_unanswered");
        EXPECT_TRUE(changeIn<PutBlocked>(last)->row.checkAt);
    }
}

TEST_F(CheckSettlementTest, AReadBackThatCouldNotBeAskedLeavesItUnsent) {
    const Settlement settlement = readBackOf(queuedRow(), nullptr);
    EXPECT_EQ(changeIn<MoveIntent>(settlement)->to, OutboxState::Queued);
    EXPECT_EQ(changeIn<MoveIntent>(settlement)->sends, 0);
    EXPECT_EQ(settlement.tally, Tally::Deferred);
}

}  // namespace
}  // namespace lianzheng
