#include "gateway/planner/agreement.h"

#include <gtest/gtest.h>

#include <array>

#include "plan_cases.h"

namespace lianzheng {
namespace {

const std::string kMapping = "0123456789abcdef";

/// Taken over from a view without an appointment: nothing of it was ever digested.
PlanCase takenOver(Desired desired = soundRow()) {
    PlanCase test = registered(CertState::Valid, std::move(desired));
    test.forget(Field::Appointment);
    test.ledger.digestVersion = 0;
    return test;
}

/// What a look at the row leaves in the ledger.
LedgerEntry lookedAt(const PlanCase& test, const std::string& mapping = kMapping) {
    LedgerEntry entry = test.ledger;
    keepAgreement(entry, test.plan(), test.desired, test.acknowledged, kFields, mapping);
    return entry;
}

TEST(AgreementTest, WhatIsUnknownNeitherAgreesNorDiffers) {
    PlanCase test = takenOver();
    EXPECT_TRUE(agree(test.desired, test.acknowledged, kFields));
    test.desired = withField(Field::Appointment, "08");
    EXPECT_TRUE(agree(test.desired, test.acknowledged, kFields));
    test.desired = withField(Field::CompanyName, "另一公司");
    EXPECT_FALSE(agree(test.desired, test.acknowledged, kFields));
    constexpr std::array kOnlyNames{Field::Name};
    EXPECT_TRUE(agree(test.desired, test.acknowledged, kOnlyNames));
}

TEST(AgreementTest, TheStateIsComparedApart) {
    PlanCase test = takenOver(soundRow(CertState::Other));
    EXPECT_TRUE(agree(test.desired, test.acknowledged, kFields));
}

TEST(AgreementTest, WhatWasTakenOverAndIsInStepIsKnownByItsDigest) {
    const PlanCase test = takenOver();
    ASSERT_EQ(said(test.plan()), "in step");
    const LedgerEntry entry = lookedAt(test);
    EXPECT_EQ(entry.comparable, test.desired.comparable);
    EXPECT_EQ(entry.digestVersion, kDigestVersion);
    EXPECT_EQ(entry.mappingVersion, kMapping);
    EXPECT_EQ(entry.push, test.desired.push);
    EXPECT_EQ(entry.photoVersion, test.desired.facts.photoVersion);
}

TEST(AgreementTest, TheDigestHidesNothingFromThePlan) {
    PlanCase test = takenOver();
    test.policy.mappingVersion = kMapping;
    test.ledger = lookedAt(test);
    test.policy.pushAdopted = true;
    EXPECT_EQ(said(test.plan()), "assign.09");
    test.policy.pushAdopted = false;
    EXPECT_EQ(said(test.plan()), "in step");
    test.desired = withField(Field::CompanyName, "另一公司");
    EXPECT_EQ(said(test.plan()), "assign.09");
    // The row of before comes back: what it agreed with still stands.
    EXPECT_EQ(lookedAt(test).comparable, soundRow().comparable);
}

/// Somebody else's certificate until now: what it held then is unknown, that it changes is not.
TEST(AgreementTest, WhatTheProvinceChangesAfterTheTakeOverIsPushedThoughTheViewDoesNotShowIt) {
    PlanCase test = takenOver();
    test.policy.mappingVersion = kMapping;
    EXPECT_EQ(said(test.plan()), "in step");
    test.ledger = lookedAt(test);
    test.desired = withField(Field::Appointment, "08");
    const Plan next = test.plan();
    ASSERT_EQ(said(next), "assign.09");
    EXPECT_EQ(std::get<Step>(next).fields, "appointment");
    test.advance();
    EXPECT_EQ(said(test.plan()), "waits for licence") << "one event a change";
}

TEST(AgreementTest, APhotoThatChangesAfterTheTakeOverIsPushed) {
    PlanCase test = takenOver();
    test.policy.mappingVersion = kMapping;
    test.ledger.photoVersion.clear();
    test.ledger = lookedAt(test);
    test.desired.facts.photoVersion = "another";
    test.desired = sealed(test.desired);
    const Plan next = test.plan();
    ASSERT_EQ(said(next), "assign.09");
    EXPECT_EQ(std::get<Step>(next).fields, "photo");
}

TEST(AgreementTest, ASuspendedOnesUnseenChangeWaitsForItsRestoration) {
    PlanCase test = registered(CertState::Suspended, soundRow(CertState::Suspended));
    test.forget(Field::Appointment);
    test.policy.mappingVersion = kMapping;
    test.ledger = lookedAt(test);
    test.desired = withField(Field::Appointment, "08", CertState::Suspended);
    EXPECT_EQ(said(test.plan()), "waits for restoration");
    EXPECT_EQ(lookedAt(test).push, soundRow(CertState::Suspended).push) << "or nobody would know of it afterwards";
}

TEST(AgreementTest, AChangeOfStateIsNoChangeOfWhatIsUnknown) {
    PlanCase test = registered(CertState::Suspended, soundRow(CertState::Suspended));
    test.forget(Field::Appointment);
    test.policy.mappingVersion = kMapping;
    test.ledger = lookedAt(test);
    ASSERT_EQ(said(test.plan()), "in step");
    test.desired = soundRow(CertState::Valid);
    EXPECT_EQ(stepName(test.advance()), "update.06");
    EXPECT_EQ(said(test.plan()), "waits for licence");
    test.ledger.stage = Stage::Collected;
    EXPECT_EQ(said(test.plan()), "in step");
    EXPECT_EQ(lookedAt(test).push, test.desired.push);
}

TEST(AgreementTest, WhatASuspendedOneWaitedWithGoesAfterItsRestoration) {
    PlanCase test = registered(CertState::Suspended, soundRow(CertState::Suspended));
    test.forget(Field::Appointment);
    test.policy.mappingVersion = kMapping;
    test.ledger = lookedAt(test);
    test.desired = withField(Field::Appointment, "08", CertState::Suspended);
    test.ledger = lookedAt(test);
    ASSERT_EQ(said(test.plan()), "waits for restoration");
    test.desired = withField(Field::Appointment, "08");
    EXPECT_EQ(stepName(test.advance()), "update.06");
    test.ledger = lookedAt(test);
    test.ledger.stage = Stage::Collected;
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(AgreementTest, AnotherReasonOfASuspensionAsksForNothing) {
    PlanCase test = registered(CertState::Suspended, soundRow(CertState::Suspended));
    test.forget(Field::Appointment);
    test.policy.mappingVersion = kMapping;
    test.ledger = lookedAt(test);
    test.desired = withField(Field::CertStatusDescription, "另一原因", CertState::Suspended);
    EXPECT_EQ(said(test.plan()), "in step");
}

TEST(AgreementTest, AnotherMappingsDigestIsNoChangeOfTheProvinces) {
    PlanCase test = takenOver();
    test.ledger = lookedAt(test, "fedcba9876543210");
    test.policy.mappingVersion = kMapping;
    test.desired = withField(Field::Appointment, "08");
    ASSERT_EQ(said(test.plan()), "in step");
    test.ledger = lookedAt(test);
    EXPECT_EQ(test.ledger.push, test.desired.push);
    test.desired = soundRow();
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(AgreementTest, WhatEndedIsKnownByItsDigestAgain) {
    PlanCase test = registered(CertState::Valid, soundRow(CertState::Cancelled));
    test.advance();
    ASSERT_TRUE(test.ledger.comparable.none());
    ASSERT_EQ(said(test.plan()), "in step");
    EXPECT_EQ(lookedAt(test).comparable, test.desired.comparable);

    PlanCase late = registered(CertState::Valid, withField(Field::ExpiringDate, "2026-03-09"));
    late.acknowledged.record[Field::ExpiringDate] = "2026-03-09";
    late.advance();
    ASSERT_EQ(said(late.plan()), "in step");
    EXPECT_EQ(lookedAt(late).comparable, late.desired.comparable);
}

/// Ended before the province changed it: nothing is sent any more, and they do not agree.
TEST(AgreementTest, WhatIsInStepWithoutAgreeingKeepsNoDigest) {
    PlanCase test = registered(CertState::Cancelled, withField(Field::CompanyName, "另一公司", CertState::Cancelled));
    ASSERT_EQ(said(test.plan()), "in step");
    EXPECT_TRUE(lookedAt(test).comparable.none());
}

TEST(AgreementTest, WhatWaitsAgreesAsWell) {
    PlanCase test = registered(CertState::Valid);
    test.ledger.stage = Stage::WaitingLicence;
    test.ledger.comparable = Digest{};
    ASSERT_EQ(said(test.plan()), "waits for licence");
    EXPECT_EQ(lookedAt(test).comparable, test.desired.comparable);
    test.ledger.push = Digest{};
    EXPECT_EQ(lookedAt(test).push, test.desired.push);
}

TEST(AgreementTest, AnotherMappingsDigestIsForgotten) {
    PlanCase test = registered(CertState::Valid);
    test.ledger.mappingVersion = "fedcba9876543210";
    test.ledger.comparable = {1, 2};
    EXPECT_EQ(lookedAt(test).comparable, test.desired.comparable);
    // A step is planned: it is not known whether what is acknowledged is still so under this mapping.
    test.desired = withField(Field::CompanyName, "另一公司");
    ASSERT_EQ(said(test.plan()), "assign.09");
    EXPECT_TRUE(lookedAt(test).comparable.none());
    EXPECT_EQ(lookedAt(test, "fedcba9876543210").comparable, (Digest{1, 2}));
}

TEST(AgreementTest, AnotherWayOfDigestingIsNotMistakenForThisOne) {
    PlanCase test = registered(CertState::Valid);
    test.ledger.digestVersion = kDigestVersion + 1;
    test.ledger.mappingVersion = kMapping;
    test.ledger.comparable = {1, 2};
    const LedgerEntry entry = lookedAt(test);
    EXPECT_EQ(entry.digestVersion, kDigestVersion);
    EXPECT_EQ(entry.comparable, test.desired.comparable);
    EXPECT_EQ(entry.push, test.desired.push) << "the one before was made in another way";

    test.desired = withField(Field::CompanyName, "另一公司");
    EXPECT_EQ(lookedAt(test).digestVersion, kDigestVersion + 1);
    EXPECT_EQ(lookedAt(test).push, test.ledger.push);
}

TEST(AgreementTest, WhatIsNotRegisteredAgreesWithNothing) {
    const PlanCase test = neverRegistered(withField(Field::ExpiringDate, "2026-03-09"));
    ASSERT_EQ(said(test.plan()), "never registered");
    const LedgerEntry entry = lookedAt(test);
    EXPECT_TRUE(entry.comparable.none());
    EXPECT_EQ(entry.mappingVersion, kMapping);
}

}  // namespace
}  // namespace lianzheng
