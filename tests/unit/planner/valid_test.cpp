#include <gtest/gtest.h>

#include "plan_cases.h"

namespace lianzheng {
namespace {

constexpr std::string_view kNewIdentity = "370102199001010029";

TEST(ValidTest, NothingDiffersAndTheEndIsTheNextToLookAt) {
    const PlanCase test = registered(CertState::Valid);
    const Plan next = test.plan();
    ASSERT_EQ(said(next), "in step");
    EXPECT_EQ(std::get<InStep>(next).reviewAt, shanghai("2027-01-01 00:00:00"));
}

TEST(ValidTest, IdentityBeforeRenewalBeforeChange) {
    PlanCase test = registered(CertState::Valid);
    test.desired.record[Field::IdentityCard] = kNewIdentity;
    test.desired.record[Field::ExpiringDate] = "2029-12-31";
    test.desired.record[Field::CompanyName] = "另一公司";
    test.desired = sealed(test.desired);
    EXPECT_EQ(stepName(test.advance()), "identity");
    const Step renewal = test.advance();  // a renewal with a new employer is one renewal
    EXPECT_EQ(stepName(renewal), "assign.02");
    EXPECT_EQ(renewal.fields, "expiringDate,companyName");
    EXPECT_EQ(said(test.plan()), "waits for licence");
}

TEST(ValidTest, AChangeOfIdentityCarriesTheLastAcceptedEvent) {
    PlanCase test = registered(CertState::Valid, withField(Field::IdentityCard, std::string(kNewIdentity)));
    test.ledger.lastECertId = "01234567-89AB-cdef-0123-456789abcdef";  // of before 2023-03: with dashes, as it was sent
    const Plan next = test.plan();
    const auto* request = requestIn<ChangeIdentity>(next);
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->eCertId, "01234567-89AB-cdef-0123-456789abcdef");
    EXPECT_EQ(request->record[Field::IdentityCard], kNewIdentity);
    EXPECT_EQ(std::get<Step>(next).after, CertState::Valid);
}

TEST(ValidTest, AChangeOfIdentityWithoutAKnownEventGoesToAPerson) {
    PlanCase test = registered(CertState::Valid, withField(Field::IdentityCard, std::string(kNewIdentity)));
    test.ledger.lastECertId.clear();
    EXPECT_EQ(said(test.plan()), "blocked event_unknown");
}

TEST(ValidTest, TheKindOfDocumentIsPartOfTheIdentity) {
    PlanCase test = registered(CertState::Valid, withField(Field::IdentityCardType, "999"));
    EXPECT_EQ(said(test.plan()), "identity");
}

TEST(ValidTest, ABirthDateAloneIsAnOrdinaryChange) {
    PlanCase test = registered(CertState::Valid, withField(Field::BirthDate, "1990-01-02"));
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(ValidTest, AnEarlierEndIsAChangeAndNoRenewal) {
    PlanCase test = registered(CertState::Valid, withField(Field::ExpiringDate, "2026-12-30"));
    EXPECT_EQ(said(test.plan()), "assign.09");
    test.desired = withField(Field::ExpiringDate, "2027-01-01");
    EXPECT_EQ(said(test.plan()), "assign.02");
}

TEST(ValidTest, AChangeNamesItsPredecessorAndWhatDiffers) {
    PlanCase test = registered(CertState::Valid, withField(Field::CompanyName, "另一公司"));
    test.desired.facts.photoVersion = "photo-2";
    test.desired = sealed(test.desired);
    const Plan next = test.plan();
    ASSERT_EQ(said(next), "assign.09");
    EXPECT_EQ(requestIn<AssignCode>(next)->associatedZzeCertId, test.ledger.zzeCertId);
    EXPECT_EQ(std::get<Step>(next).fields, "companyName,photo");
    EXPECT_EQ(std::get<Step>(next).push, test.desired.push);
    EXPECT_EQ(std::get<Step>(next).photoVersion, "photo-2");
}

TEST(ValidTest, APhotoAloneIsAChange) {
    PlanCase test = registered(CertState::Valid);
    test.desired.facts.photoVersion = "photo-2";
    test.desired = sealed(test.desired);
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(ValidTest, AnEqualDigestNeedsNoLookAtTheFields) {
    PlanCase test = registered(CertState::Valid);
    test.acknowledged.record[Field::CompanyName] = "旧公司";
    EXPECT_EQ(said(test.plan()), "in step");
    test.ledger.digestVersion = kDigestVersion - 1;  // made in another way: says nothing
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(ValidTest, AFieldThatIsNotLoadedAsksForNothing) {
    PlanCase test = registered(CertState::Valid, withField(Field::Major, "土木工程"));
    test.policy.loaded.reset(static_cast<std::size_t>(Field::Major));
    EXPECT_EQ(said(test.plan()), "in step");
}

TEST(AdoptedTest, UnknownIsNeitherEqualNorDifferent) {
    PlanCase test = registered(CertState::Valid);
    test.forget(Field::Appointment);
    test.forget(Field::EducationDegree);
    test.ledger.photoVersion.clear();
    EXPECT_EQ(said(test.plan()), "in step");
    test.desired = withField(Field::CompanyName, "另一公司");
    const Plan next = test.plan();
    EXPECT_EQ(said(next), "assign.09");
    EXPECT_EQ(std::get<Step>(next).fields, "companyName");
}

TEST(AdoptedTest, UnknownIsLoadedWhenThePolicySaysSo) {
    PlanCase test = registered(CertState::Valid);
    test.forget(Field::Appointment);
    test.policy.pushAdopted = true;
    EXPECT_EQ(said(test.plan()), "assign.09");
    test.advance();
    EXPECT_TRUE(test.acknowledged.knows(Field::Appointment));
    EXPECT_EQ(said(test.plan()), "waits for licence");
}

TEST(AdoptedTest, AnUnknownIdentityIsLoadedByAChangeAndNotByAChangeOfIdentity) {
    for (const Field field : {Field::IdentityCard, Field::IdentityCardType}) {
        PlanCase test = registered(CertState::Valid);
        test.forget(field);
        EXPECT_EQ(said(test.plan()), "in step") << nationalName(field);
        test.policy.pushAdopted = true;
        EXPECT_EQ(said(test.plan()), "assign.09") << nationalName(field);
    }
}

TEST(AdoptedTest, AnUnknownEndIsTakenFromTheLedger) {
    PlanCase test = registered(CertState::Valid, withField(Field::ExpiringDate, "2029-12-31"));
    test.forget(Field::ExpiringDate);
    test.policy.pushAdopted = true;
    EXPECT_EQ(said(test.plan()), "assign.02");
    test.ledger.expiringDate.clear();
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(SuspendedTest, OtherDifferencesWaitForTheRestoration) {
    PlanCase test = registered(CertState::Suspended, withField(Field::CompanyName, "另一公司", CertState::Suspended));
    const Plan next = test.plan();
    ASSERT_EQ(said(next), "waits for restoration");
    EXPECT_EQ(std::get<Waiting>(next).until, shanghai("2027-01-01 00:00:00"));
    test.desired = withField(Field::IdentityCard, std::string(kNewIdentity), CertState::Suspended);
    EXPECT_EQ(said(test.plan()), "waits for restoration");
    test.desired = withField(Field::CompanyName, "另一公司");
    EXPECT_EQ(stepName(test.advance()), "update.06");
}

TEST(SuspendedTest, UnknownFieldsDoNotWait) {
    PlanCase test = registered(CertState::Suspended, soundRow(CertState::Suspended));
    test.forget(Field::Appointment);
    EXPECT_EQ(said(test.plan()), "in step");
}

}  // namespace
}  // namespace lianzheng
