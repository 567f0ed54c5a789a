#include "gateway/reconcile/judge.h"

#include <gtest/gtest.h>

#include "tests/unit/reconcile/fakes.h"

namespace lianzheng {
namespace {

using testing::nationalOf;
using testing::provincialOf;
using testing::soundRecord;

const std::string kNumber = "鲁建安B（2023）0000001";

class JudgeTest : public ::testing::Test {
protected:
    Judge judge() {
        JudgeSettings settings{
            policy_, now_, {Field::Name, Field::CompanyName, Field::IdentityCard}, ledgerOnly_, std::chrono::hours{72}};
        return Judge(
            std::move(settings), memory_, tally_,
            [this](Finding& finding) {
                findings_.push_back(finding);
                return true;
            },
            [this](Repair repair) {
                repairs_.push_back(std::move(repair));
                return true;
            });
    }
    void compare(const Certificate& ours, const Certificate& theirs) {
        EXPECT_TRUE(judge().both(provincialOf(ours), nationalOf(theirs)));
    }
    /// The ledger says that `record` was the last thing acknowledged.
    LedgerEntry& remember(const Certificate& record) {
        Recollection& past = memory_.past[kNumber];
        past.ledger.emplace();
        past.ledger->number = kNumber;
        past.ledger->state = *certStateOf(record[Field::CertState]);
        past.ledger->stage = Stage::Collected;
        past.ledger->lastECertId = "0123456789abcdef0123456789abcdef";
        past.acknowledged.record = record;
        past.acknowledged.known.set();
        return *past.ledger;
    }
    void expectOne(const char* kind, const char* step) {
        ASSERT_EQ(findings_.size(), 1U);
        EXPECT_EQ(findings_[0].kind, kind);
        EXPECT_EQ(findings_[0].nextStep, step);
        EXPECT_EQ(findings_[0].authority, "370100");
        EXPECT_FALSE(findings_[0].cause.empty());
    }

    Policy policy_;
    TimePoint now_ = testing::at("2026-03-01");
    bool ledgerOnly_ = false;
    testing::FakeMemory memory_;
    Tally tally_;
    std::vector<Finding> findings_;
    std::vector<Repair> repairs_;
};

TEST_F(JudgeTest, EqualOnesAreCountedAndNothingElse) {
    compare(soundRecord(kNumber), soundRecord(kNumber));
    EXPECT_TRUE(findings_.empty());
    EXPECT_EQ(tally_.equal, 1U);
    EXPECT_EQ(tally_.of("370100").compared, 1U);
}

TEST_F(JudgeTest, TheMiddleDotOfANameHasManyForms) {
    Certificate ours = soundRecord(kNumber);
    Certificate theirs = ours;
    ours[Field::Name] = "买买提·艾力";
    theirs[Field::Name] = "买买提•艾力";
    compare(ours, theirs);
    EXPECT_TRUE(findings_.empty());
}

TEST_F(JudgeTest, WhatTheViewCannotShowIsNotCompared) {
    Certificate theirs = soundRecord(kNumber);
    theirs[Field::CompanyName].clear();
    NationalItem item = nationalOf(theirs);
    item.known.reset(static_cast<std::size_t>(Field::CompanyName));
    EXPECT_TRUE(judge().both(provincialOf(soundRecord(kNumber)), item));
    EXPECT_TRUE(findings_.empty());
}

TEST_F(JudgeTest, AValueChangedElsewhereIsSaidToBeSo) {
    remember(soundRecord(kNumber));
    Certificate theirs = soundRecord(kNumber);
    theirs[Field::CompanyName] = "改过的公司";
    compare(soundRecord(kNumber), theirs);
    expectOne("field_mismatch", "assign.09");
    EXPECT_EQ(findings_[0].field, "companyName");
    EXPECT_EQ(findings_[0].provincialValue, "一建公司");
    EXPECT_EQ(findings_[0].nationalValue, "改过的公司");
    EXPECT_NE(findings_[0].cause.find("可能在别处被改动"), std::string::npos);
    ASSERT_EQ(repairs_.size(), 1U);
    EXPECT_EQ(repairs_[0].number, kNumber);
    EXPECT_EQ(repairs_[0].national->record[Field::CompanyName], "改过的公司");
}

TEST_F(JudgeTest, AnotherIdentityNumberIsAClassOfItsOwn) {
    remember(soundRecord(kNumber));
    Certificate theirs = soundRecord(kNumber);
    theirs[Field::IdentityCard] = "440524188001010014";
    compare(soundRecord(kNumber), theirs);
    expectOne("identity_mismatch", "identity");
}

TEST_F(JudgeTest, ASuspensionThePlatformLostIsAStateMismatch) {
    remember(soundRecord(kNumber, "02"));
    compare(soundRecord(kNumber, "02"), soundRecord(kNumber, "01"));
    expectOne("state_mismatch", "update.03");
    EXPECT_EQ(findings_[0].provincialValue, "暂扣");
    EXPECT_EQ(findings_[0].nationalValue, "有效");
}

TEST_F(JudgeTest, AFinalStateAtThePlatformHasNoStep) {
    remember(soundRecord(kNumber));
    compare(soundRecord(kNumber), soundRecord(kNumber, "07"));
    expectOne("state_mismatch", "");
}

TEST_F(JudgeTest, State99IsStuck) {
    remember(soundRecord(kNumber));
    compare(soundRecord(kNumber), soundRecord(kNumber, "99"));
    expectOne("stuck_99", "");
}

TEST_F(JudgeTest, WhatIsPastItsEndMustBeEnded) {
    now_ = testing::at("2027-01-02");
    compare(soundRecord(kNumber), soundRecord(kNumber));
    expectOne("expired_not_cancelled", "update.05");
}

TEST_F(JudgeTest, TheEndDateItselfStillCounts) {
    now_ = testing::at("2027-01-01");
    compare(soundRecord(kNumber), soundRecord(kNumber));
    EXPECT_TRUE(findings_.empty());
}

TEST_F(JudgeTest, ARenewalInHandHoldsTheEndBack) {
    now_ = testing::at("2027-01-10");
    ProvincialItem ours = provincialOf(soundRecord(kNumber));
    ours.desired.facts.renewalInHand = true;
    EXPECT_TRUE(judge().both(ours, nationalOf(soundRecord(kNumber))));
    EXPECT_TRUE(findings_.empty());
    now_ = testing::at("2027-02-10");
    EXPECT_TRUE(judge().both(ours, nationalOf(soundRecord(kNumber))));
    expectOne("expired_not_cancelled", "update.05");
}

TEST_F(JudgeTest, AnExpiredOneThatWasCancelledIsInStep) {
    now_ = testing::at("2027-02-10");
    compare(soundRecord(kNumber), soundRecord(kNumber, "04"));
    EXPECT_TRUE(findings_.empty());
    EXPECT_EQ(tally_.equal, 1U);
}

TEST_F(JudgeTest, FieldsOfASuspendedOneWaitUnlessSomebodyChangedThem) {
    Certificate ours = soundRecord(kNumber, "02");
    ours[Field::CompanyName] = "新公司";
    remember(soundRecord(kNumber, "02"));
    compare(ours, soundRecord(kNumber, "02"));
    EXPECT_TRUE(findings_.empty());
    EXPECT_EQ(tally_.waiting, 1U);
    Certificate theirs = soundRecord(kNumber, "02");
    theirs[Field::Name] = "王五";
    compare(ours, theirs);
    expectOne("field_mismatch", "");
    EXPECT_EQ(findings_[0].field, "name");
}

TEST_F(JudgeTest, AChangeThatWaitsForALicenceFileIsExcused) {
    LedgerEntry& ledger = remember(soundRecord(kNumber));
    ledger.stage = Stage::WaitingLicence;
    ledger.codeId = "code";
    ledger.codeAt = now_;
    Certificate ours = soundRecord(kNumber);
    ours[Field::CompanyName] = "新公司";
    compare(ours, soundRecord(kNumber));
    EXPECT_TRUE(findings_.empty());
    EXPECT_EQ(tally_.waiting, 1U);
}

TEST_F(JudgeTest, AnUncollectedLicenceIsNoDifference) {
    remember(soundRecord(kNumber)).stage = Stage::WaitingLicence;
    compare(soundRecord(kNumber), soundRecord(kNumber));
    EXPECT_TRUE(findings_.empty());
    EXPECT_EQ(tally_.equal, 1U);
}

TEST_F(JudgeTest, AnIntentInHandExcusesForThreeDays) {
    memory_.past[kNumber].intent = testing::intentOf(kNumber, now_ - std::chrono::hours{71});
    EXPECT_TRUE(judge().onlyProvincial(provincialOf(soundRecord(kNumber))));
    EXPECT_TRUE(findings_.empty());
    EXPECT_EQ(tally_.inFlight, 1U);
    memory_.past[kNumber].intent = testing::intentOf(kNumber, now_ - std::chrono::hours{73});
    EXPECT_TRUE(judge().onlyProvincial(provincialOf(soundRecord(kNumber))));
    expectOne("missing_national", "assign.01");
}

TEST_F(JudgeTest, NeverRegisteredOnesThatEndedAreNotMissing) {
    EXPECT_TRUE(judge().onlyProvincial(provincialOf(soundRecord(kNumber, "04"))));
    now_ = testing::at("2027-01-02");
    EXPECT_TRUE(judge().onlyProvincial(provincialOf(soundRecord(kNumber))));
    EXPECT_TRUE(findings_.empty());
    EXPECT_EQ(tally_.neverRegistered, 2U);
}

TEST_F(JudgeTest, ALostRegistrationIsToldFromOneThatNeverWas) {
    EXPECT_TRUE(judge().onlyProvincial(provincialOf(soundRecord(kNumber))));
    remember(soundRecord(kNumber));
    EXPECT_TRUE(judge().onlyProvincial(provincialOf(soundRecord(kNumber))));
    ASSERT_EQ(findings_.size(), 2U);
    EXPECT_NE(findings_[0].cause.find("从未推送"), std::string::npos);
    EXPECT_NE(findings_[1].cause.find("曾经受理"), std::string::npos);
    EXPECT_FALSE(repairs_[1].national);
}

TEST_F(JudgeTest, ABlockedOneHasOneFindingWhateverDiffers) {
    BlockedRow& row = memory_.blocked[kNumber];
    row.number = kNumber;
    row.authority = "370100";
    row.advice = {"check_digit", "identityCard", "证件号码校验位不符。", "请核对。", Owner::Holder};
    Certificate theirs = soundRecord(kNumber, "02");
    theirs[Field::Name] = "王五";
    compare(soundRecord(kNumber), theirs);
    expectOne("blocked", "");
    EXPECT_EQ(findings_[0].field, "identityCard");
    EXPECT_EQ(findings_[0].owner, Owner::Holder);
    EXPECT_TRUE(repairs_.empty());
}

TEST_F(JudgeTest, OneThatAHoldingRuleHoldsBackIsARuleConflict) {
    BlockedRow& row = memory_.blocked[kNumber];
    row.number = kNumber;
    row.authority = "370100";
    row.origin = BlockedRow::kRules;
    row.advice = {"rule_3", "", "持证人已有B证。", "请持证人先注销。", Owner::Holder};
    EXPECT_TRUE(judge().onlyProvincial(provincialOf(soundRecord(kNumber))));
    expectOne("rule_conflict", "");
    EXPECT_EQ(findings_[0].cause, row.advice.why);
    EXPECT_EQ(findings_[0].help, row.advice.help);
    EXPECT_TRUE(repairs_.empty());
}

TEST_F(JudgeTest, ARowThatCannotGoOutIsBlockedBeforeAnySync) {
    ProvincialItem ours = provincialOf(soundRecord(kNumber));
    ours.desired.problems = {{"companyName", Rule::PrivateUse}};
    EXPECT_TRUE(judge().onlyProvincial(ours));
    expectOne("blocked", "");
}

TEST_F(JudgeTest, ADismissedOneIsNotListed) {
    BlockedRow& row = memory_.blocked[kNumber];
    row.number = kNumber;
    row.dismissed = true;
    EXPECT_TRUE(judge().onlyProvincial(provincialOf(soundRecord(kNumber))));
    EXPECT_TRUE(findings_.empty());
}

TEST_F(JudgeTest, AgainstTheLedgerOnlyTheFieldsItKnowsCount) {
    ledgerOnly_ = true;
    remember(soundRecord(kNumber));
    memory_.past[kNumber].acknowledged.known.reset(static_cast<std::size_t>(Field::Name));
    NationalItem item = nationalOf(soundRecord(kNumber));
    item.complete = false;
    Certificate ours = soundRecord(kNumber);
    ours[Field::Name] = "王五";
    EXPECT_TRUE(judge().both(provincialOf(ours), item));
    EXPECT_TRUE(findings_.empty());
    ours[Field::CompanyName] = "新公司";
    EXPECT_TRUE(judge().both(provincialOf(ours), item));
    expectOne("field_mismatch", "assign.09");
}

}  // namespace
}  // namespace lianzheng
