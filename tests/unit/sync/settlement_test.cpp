#include "settlement_fixture.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
using Health = Settlement::Health;
using Next = Settlement::Next;
using Tally = Settlement::Tally;

TEST_F(SettlementTest, AcceptedIsRememberedWithItsCode) {
    Verdict verdict;
    verdict.code = CodeAssigned{"CODE-9"};
    const Settlement settlement = settle(sendingRow(issueStep(), 1), answered(verdict), unknownStanding());
    EXPECT_EQ(settlement.tally, Tally::Accepted);
    ASSERT_NE(changeIn<PutLedger>(settlement), nullptr);
    EXPECT_EQ(changeIn<PutLedger>(settlement)->entry.codeId, "CODE-9");
    EXPECT_EQ(changeIn<RemoveIntent>(settlement)->id, 42);
    EXPECT_EQ(changeIn<PutWriteBack>(settlement)->row.codeId, "CODE-9");
    EXPECT_NE(changeIn<PutAcknowledged>(settlement), nullptr);
    EXPECT_NE(changeIn<ClearBlocked>(settlement), nullptr);
    EXPECT_NE(changeIn<MarkRelatedDirty>(settlement), nullptr);
    EXPECT_EQ(changeIn<AddAttempt>(settlement)->attempt.outcome, "accepted");
}

TEST_F(SettlementTest, AWarningIsASuccess) {
    Verdict verdict;
    verdict.kind = Verdict::Kind::AcceptedWithWarnings;
    const Settlement settlement = settle(sendingRow(collectStep(), 1), answered(verdict));
    EXPECT_EQ(settlement.tally, Tally::Accepted);
    EXPECT_EQ(changeIn<AddAttempt>(settlement)->attempt.outcome, "warned");
    EXPECT_EQ(changeIn<MarkRelatedDirty>(settlement), nullptr);  // a collect changes nothing for the others
}

TEST_F(SettlementTest, AnAbsentOrThrottlingPlatformCountsNothing) {
    for (const Fault fault : {Fault::Unavailable, Fault::Throttled, Fault::Denied}) {
        for (const int sends : {1, 2}) {
            const Settlement settlement = settle(sendingRow(changeStep(), sends), faultedBy(fault));
            const auto* move = changeIn<MoveIntent>(settlement);
            ASSERT_NE(move, nullptr) << word(fault);
            EXPECT_EQ(move->to, sends == 1 ? OutboxState::Queued : OutboxState::Unconfirmed) << word(fault);
            EXPECT_EQ(move->attempts, 0) << word(fault);
            EXPECT_EQ(move->sends, sends - 1) << word(fault);
            EXPECT_EQ(settlement.tally, Tally::Deferred) << word(fault);
            EXPECT_EQ(settlement.health, fault == Fault::Denied      ? Health::Denied
                                         : fault == Fault::Throttled ? Health::Throttled
                                                                     : Health::Away)
                << word(fault);
            EXPECT_EQ(changeIn<PutBlocked>(settlement), nullptr) << word(fault);
        }
    }
}

TEST_F(SettlementTest, ThePlatformsRetryAfterIsKept) {
    Completion completion = faultedBy(Fault::Throttled);
    completion.outcome.error().retryAfter = 90s;
    const Settlement settlement = settle(sendingRow(changeStep(), 1), completion);
    EXPECT_EQ(changeIn<MoveIntent>(settlement)->dueAt, kThen + 90s);
    EXPECT_EQ(settlement.notBefore, 90s);
}

TEST_F(SettlementTest, ALostAnswerIsUnconfirmedAndTriedAgainLater) {
    for (const Fault fault : {Fault::InDoubt, Fault::Cancelled, Fault::Corrupt}) {
        for (const int sends : {1, 2}) {
            const Settlement settlement = settle(sendingRow(changeStep(), sends), faultedBy(fault));
            const auto* move = changeIn<MoveIntent>(settlement);
            ASSERT_NE(move, nullptr) << word(fault);
            EXPECT_EQ(move->to, OutboxState::Unconfirmed) << word(fault);
            EXPECT_EQ(move->attempts, 1) << word(fault);
            EXPECT_EQ(move->sends, sends) << word(fault);
            EXPECT_EQ(move->dueAt, kThen + 15s) << word(fault);
            EXPECT_EQ(settlement.next, fault == Fault::Corrupt ? Next::Stop : Next::Done) << word(fault);
            EXPECT_EQ(changeIn<PutLedger>(settlement), nullptr) << word(fault);
        }
    }
}

TEST_F(SettlementTest, AfterTheLastTryItGoesToAPersonAndTheDoubtStays) {
    OutboxRow row = sendingRow(changeStep(), 12);
    row.attempts = settings_.retry.maxAttempts - 1;
    const Settlement settlement = settle(row, faultedBy(Fault::InDoubt));
    EXPECT_EQ(changeIn<MoveIntent>(settlement)->dueAt, kThen + settings_.blockedReview);
    ASSERT_NE(changeIn<PutBlocked>(settlement), nullptr);
    EXPECT_EQ(changeIn<PutBlocked>(settlement)->row.advice.reason, "unconfirmed");
    EXPECT_EQ(changeIn<RemoveIntent>(settlement), nullptr);
}

TEST_F(SettlementTest, WhatTheTransportRejectsGoesToAPerson) {
    const Settlement first = settle(sendingRow(changeStep(), 1), faultedBy(Fault::Rejected));
    EXPECT_EQ(first.tally, Tally::Refused);
    EXPECT_NE(changeIn<RemoveIntent>(first), nullptr);
    EXPECT_EQ(changeIn<PutBlocked>(first)->row.advice.reason, "transport_rejected");
    EXPECT_EQ(changeIn<PutBlocked>(first)->row.seen, changeStep().seen);
    const Settlement doubtful = settle(sendingRow(changeStep(), 2), faultedBy(Fault::Rejected));
    EXPECT_EQ(changeIn<RemoveIntent>(doubtful), nullptr);
    EXPECT_EQ(changeIn<MoveIntent>(doubtful)->to, OutboxState::Unconfirmed);
    EXPECT_EQ(changeIn<PutBlocked>(doubtful)->row.advice.reason, "transport_rejected");
}

TEST_F(SettlementTest, AMissingPictureGoesToAPerson) {
    const Settler settler(refusals_, settings_);
    OutboxRow row = sendingRow(changeStep(), 0);
    row.state = OutboxState::Queued;
    const Settlement first = settler.unsendable(row, knownStanding(), {"photo", Rule::PhotoMissing}, kThen);
    EXPECT_EQ(changeIn<RemoveIntent>(first)->from, OutboxState::Queued);
    EXPECT_EQ(changeIn<PutBlocked>(first)->row.advice.reason, "photo_missing");
}

TEST_F(SettlementTest, ThrottledWithAnOrdinaryRefusalIsNoRefusal) {
    for (const int sends : {1, 2}) {
        const Settlement settlement = settle(sendingRow(changeStep(), sends), refusedWith("操作太快，请稍后再试"));
        EXPECT_EQ(settlement.tally, Tally::Deferred);
        EXPECT_EQ(settlement.health, Health::Throttled);
        EXPECT_EQ(changeIn<MoveIntent>(settlement)->attempts, 0);
        EXPECT_EQ(changeIn<PutBlocked>(settlement), nullptr);
        EXPECT_EQ(changeIn<AddAttempt>(settlement)->attempt.refusal, "throttled");
    }
}

TEST_F(SettlementTest, ARuleBlocksAtOnceAndIsCheckedDaily) {
    const Settlement settlement = settle(sendingRow(changeStep(), 1), refusedWith("B证和C证必须在同一个企业下"));
    EXPECT_EQ(settlement.tally, Tally::Refused);
    EXPECT_EQ(settlement.next, Next::Done);
    EXPECT_NE(changeIn<RemoveIntent>(settlement), nullptr);
    const auto* blocked = changeIn<PutBlocked>(settlement);
    ASSERT_NE(blocked, nullptr);
    EXPECT_EQ(blocked->row.advice.reason, "rule_6");
    EXPECT_EQ(blocked->row.origin, "platform");
    EXPECT_EQ(blocked->row.checkAt, kThen + 24h);
    EXPECT_EQ(changeIn<PutLedger>(settlement)->entry.reviewAt, kThen + 24h);
    EXPECT_EQ(changeIn<PutLedger>(settlement)->entry.state, CertState::Valid);
}

TEST_F(SettlementTest, NoIdentityNumberIsKept) {
    const std::string text = "证书370102199001010010、37010219900101001X存在证书，护照";
    const Settlement settlement = settle(sendingRow(changeStep(), 1), refusedWith(text));
    for (const std::string& kept :
         {changeIn<AddAttempt>(settlement)->attempt.message, changeIn<PutBlocked>(settlement)->row.message}) {
        EXPECT_EQ(kept.find("19900101"), std::string::npos) << kept;
        EXPECT_NE(kept.find("存在证书"), std::string::npos) << kept;
        EXPECT_NE(kept.find("护照"), std::string::npos) << kept;
    }
    OutboxRow foreigner = sendingRow(changeStep(), 1);
    foreigner.person = "E12345678";
    const Settlement other = settle(foreigner, refusedWith("E12345678存在证书鲁建安B（2023）0012345"));
    const std::string& kept = changeIn<PutBlocked>(other)->row.message;
    EXPECT_EQ(kept.find("12345678"), std::string::npos) << kept;
    EXPECT_NE(kept.find("0012345"), std::string::npos) << kept;  // a certificate number helps and is nobody's secret
}

}  // namespace
}  // namespace lianzheng
