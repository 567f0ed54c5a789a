#include "gateway/sync/settlement.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "settlement_cases.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
using Health = Settlement::Health;
using Next = Settlement::Next;
using Tally = Settlement::Tally;

class SettlementTest : public testing::Test {
protected:
    Settlement settle(const OutboxRow& row, const Completion& completion, const Standing& standing = knownStanding()) {
        const Settler settler(refusals_, settings_);
        Settlement settlement = settler.settle(row, standing, completion, kThen - 1s, kThen, 0);
        EXPECT_NE(changeIn<AddAttempt>(settlement), nullptr);
        EXPECT_NE(changeIn<AddEvidence>(settlement), nullptr);
        expectDoubtKept(row, settlement);
        return settlement;
    }
    Settlement readBack(const OutboxRow& row, const Holdings* holdings, const Standing& standing,
                        const std::string& refusal = "证书编号已存在") {
        const Settler settler(refusals_, settings_);
        Settlement settlement = settler.settleReadBack(row, standing, refusal, holdings, kThen, 0);
        expectDoubtKept(row, settlement);
        return settlement;
    }
    Settlement readBackOf(const OutboxRow& row, const Holdings* holdings) {
        return Settler(refusals_, settings_)
            .settleReadBack(row, unknownStanding(), "证书编号已存在", holdings, kThen, 0);
    }
    /// Whatever comes, an intent that may have been accepted is never taken for one that was not sent.
    static void expectDoubtKept(const OutboxRow& row, const Settlement& settlement) {
        const auto* move = changeIn<MoveIntent>(settlement);
        if (move == nullptr) return;
        EXPECT_EQ(move->from, OutboxState::Sending);
        if (row.sends > 1) {
            EXPECT_EQ(move->to, OutboxState::Unconfirmed);
            EXPECT_GE(move->sends, 1);
        }
    }

    RefusalCatalogue refusals_ = *RefusalCatalogue::load(std::filesystem::path(LIANZHENG_MAPPINGS) / "refusals.yaml");
    SyncSettings settings_{};
};

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
