#include <gtest/gtest.h>

#include "plan_cases.h"

namespace lianzheng {
namespace {

const std::string kEvent = "ffffeeeeddddccccbbbbaaaa99998888";

TEST(AcceptedTest, AnAssignedCodeIsRemembered) {
    PlanCase test = neverRegistered();
    test.ledger.reviewAt = test.now;
    const Step step = test.advance(kEvent, "CODE-9");
    EXPECT_EQ(test.ledger.state, CertState::Valid);
    EXPECT_EQ(test.ledger.stage, Stage::WaitingLicence);
    EXPECT_EQ(test.ledger.codeId, "CODE-9");
    EXPECT_FALSE(test.ledger.codeMissing);
    EXPECT_EQ(test.ledger.codeAt, test.now);
    EXPECT_EQ(test.ledger.lastECertId, kEvent);
    EXPECT_EQ(test.ledger.push, test.desired.push);
    EXPECT_EQ(test.ledger.comparable, test.desired.comparable);
    EXPECT_EQ(test.ledger.photoVersion, "photo-1");
    EXPECT_EQ(test.ledger.digestVersion, kDigestVersion);
    EXPECT_EQ(test.ledger.expiringDate, "2026-12-31");
    EXPECT_EQ(test.ledger.origin, Origin::Pushed);
    EXPECT_TRUE(test.ledger.dirty);
    EXPECT_FALSE(test.ledger.reviewAt);
    EXPECT_TRUE(test.acknowledged.known.all());
    EXPECT_EQ(test.acknowledged.record, std::get<AssignCode>(step.request).record);
}

TEST(AcceptedTest, WithoutItsCodeTheCodeIsMissing) {
    PlanCase test = neverRegistered();
    test.advance(kEvent, "");
    EXPECT_TRUE(test.ledger.codeMissing);
    EXPECT_EQ(test.ledger.state, CertState::Valid);
    EXPECT_EQ(said(test.plan()), "blocked code_missing");
}

TEST(AcceptedTest, AnAdoptedOneIsKnownWholeAfterAChange) {
    PlanCase test = registered(CertState::Valid, withField(Field::CompanyName, "另一公司"));
    test.forget(Field::Appointment);
    test.advance();
    EXPECT_TRUE(test.acknowledged.known.all());
    EXPECT_EQ(test.acknowledged.record[Field::Appointment], "07");
    EXPECT_EQ(test.ledger.origin, Origin::Pushed);
}

TEST(AcceptedTest, AnUpdateLeavesTheLoadedFieldsAlone) {
    PlanCase test = registered(CertState::Valid, withField(Field::CompanyName, "另一公司", CertState::Suspended));
    test.advance(kEvent);
    EXPECT_EQ(test.ledger.state, CertState::Suspended);
    EXPECT_EQ(test.ledger.stage, Stage::Collected);
    EXPECT_EQ(test.ledger.lastECertId, kEvent);
    EXPECT_TRUE(test.ledger.comparable.none());
    EXPECT_EQ(test.acknowledged.record[Field::CertState], "02");
    EXPECT_EQ(test.acknowledged.record[Field::CompanyName], "测试建筑公司");
    EXPECT_EQ(said(test.plan()), "waits for restoration");
}

TEST(AcceptedTest, ARestorationAwaitsALicenceAgain) {
    PlanCase test = registered(CertState::Suspended);
    test.advance();
    EXPECT_EQ(test.ledger.stage, Stage::WaitingLicence);
    EXPECT_EQ(test.ledger.codeAt, test.now);
    EXPECT_EQ(test.ledger.codeId, "CODE-1");
}

TEST(AcceptedTest, AnEndLeavesNothingToWaitFor) {
    PlanCase test = registered(CertState::Valid, soundRow(CertState::TransferredOut));
    test.advance();
    EXPECT_EQ(test.ledger.state, CertState::TransferredOut);
    EXPECT_FALSE(test.ledger.endedByExpiry);
    const Plan next = test.plan();
    ASSERT_EQ(said(next), "in step");
    EXPECT_FALSE(std::get<InStep>(next).reviewAt);
}

TEST(AcceptedTest, OnlyACancellationByDateIsOurOwnExpiry) {
    for (const auto policy : {Policy::Expired::Cancel, Policy::Expired::Lapse}) {
        PlanCase test = registered(CertState::Valid, withField(Field::ExpiringDate, "2026-03-09"));
        test.policy.expired = policy;
        test.advance();
        EXPECT_EQ(test.ledger.endedByExpiry, policy == Policy::Expired::Cancel);
    }
}

TEST(AcceptedTest, AChangeOfIdentityLeavesNoDigestAndItsThreeFields) {
    PlanCase test = registered(CertState::Valid);
    test.desired.record[Field::IdentityCard] = "370102199001020016";
    test.desired.record[Field::BirthDate] = "1990-01-02";
    test.desired.record[Field::CompanyName] = "另一公司";
    test.desired = sealed(test.desired);
    const std::string last = test.ledger.lastECertId;
    test.advance(kEvent);
    EXPECT_TRUE(test.ledger.push.none());
    EXPECT_TRUE(test.ledger.comparable.none());
    EXPECT_EQ(test.acknowledged.record[Field::IdentityCard], "370102199001020016");
    EXPECT_EQ(test.acknowledged.record[Field::BirthDate], "1990-01-02");
    EXPECT_EQ(test.acknowledged.record[Field::CompanyName], "测试建筑公司");
    EXPECT_EQ(test.ledger.lastECertId, last);  // it carried that one and is no event of its own
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(AcceptedTest, ACollectIsTheEndOfTheBusiness) {
    PlanCase test = registered(CertState::Valid);
    test.ledger.stage = Stage::WaitingLicence;
    test.desired.facts.licenceUrl = "https://licences.example/1";
    test.desired.facts.licenceTime = test.now;
    const std::string before = test.ledger.zzeCertId;
    const std::string last = test.ledger.lastECertId;
    test.advance(kEvent);
    EXPECT_EQ(test.ledger.stage, Stage::Collected);
    EXPECT_EQ(test.ledger.predecessorId, before);
    EXPECT_NE(test.ledger.zzeCertId, before);
    EXPECT_EQ(test.ledger.lastECertId, last);
    EXPECT_EQ(test.ledger.push, test.desired.push);
}

TEST(AcceptedTest, CollectingTheSameIdentifierAgainKeepsThePredecessor) {
    PlanCase test = registered(CertState::Valid);
    test.ledger.stage = Stage::WaitingLicence;
    test.ledger.predecessorId = "before";
    test.desired.facts.licenceIdentifier = test.ledger.zzeCertId;
    test.desired.facts.licenceUrl = "https://licences.example/1";
    test.desired.facts.licenceTime = test.now;
    test.advance();
    EXPECT_EQ(test.ledger.predecessorId, "before");
}

}  // namespace
}  // namespace lianzheng
