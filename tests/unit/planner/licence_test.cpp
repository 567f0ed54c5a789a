#include <gtest/gtest.h>

#include "mappings/licence_identifier.h"
#include "plan_cases.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

/// A code was assigned at noon of 2026-03-09; `fileAt` is the licence file's time, empty when there is none.
PlanCase coded(std::string_view fileAt) {
    PlanCase test = registered(CertState::Valid);
    test.ledger.stage = Stage::WaitingLicence;
    test.ledger.codeAt = shanghai("2026-03-09 12:00:00");
    if (!fileAt.empty()) {
        test.desired.facts.licenceUrl = "https://licences.example/1";
        test.desired.facts.licenceTime = shanghai(fileAt);
    }
    return test;
}

TEST(LicenceTest, WaitsForAFileNewerThanTheCode) {
    EXPECT_EQ(said(coded("").plan()), "waits for licence");
    EXPECT_EQ(said(coded("2026-03-09 11:59:59").plan()), "waits for licence");
    EXPECT_EQ(said(coded("2026-03-09 12:00:00").plan()), "waits for licence");
    EXPECT_EQ(said(coded("2026-03-09 12:00:01").plan()), "collect");
    PlanCase test = coded("2026-03-09 12:00:01");
    test.desired.facts.licenceUrl.clear();
    EXPECT_EQ(said(test.plan()), "waits for licence");
}

TEST(LicenceTest, NoneIsAwaitedWhereTheProvinceTellsOfNone) {
    PlanCase test = coded("");
    test.policy.collects = false;
    EXPECT_EQ(said(test.plan()), "in step");
    test.desired = withField(Field::CompanyName, "另一公司");
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(LicenceTest, ATimeThatCannotBeReadGoesToAPersonAndHoldsBackNothingElse) {
    PlanCase test = coded("");
    test.desired.problems.push_back({std::string(kLicenceTime), Rule::BadDate});
    EXPECT_EQ(said(test.plan()), "blocked bad_date");
    test.ledger.stage = Stage::Collected;
    EXPECT_EQ(said(test.plan()), "in step");
    test.desired.record[Field::CompanyName] = "另一公司";
    test.desired = sealed(test.desired);
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(LicenceTest, IsAskedForAgainByThePollAndByTheEndAtTheLatest) {
    PlanCase test = coded("");
    const Plan next = test.plan();
    EXPECT_EQ(std::get<Waiting>(next).until, test.now + 10min);
    test.now = shanghai("2026-12-31 23:55:00");
    const Plan last = test.plan();
    EXPECT_EQ(std::get<Waiting>(last).until, shanghai("2027-01-01 00:00:00"));
}

TEST(LicenceTest, TheSourcesIdentifierIsUsedWhenMapped) {
    PlanCase test = coded("2026-03-10 09:00:00");
    test.desired.facts.licenceIdentifier = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";
    const Plan next = test.plan();
    const auto* request = requestIn<CollectLicence>(next);
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->zzeCertId, test.desired.facts.licenceIdentifier);
    EXPECT_EQ(request->codeId, "CODE-1");
    EXPECT_EQ(request->url, "https://licences.example/1");
}

TEST(LicenceTest, TheFirstIdentifierIsComputedFromTheNumber) {
    PlanCase test = coded("2026-03-10 09:00:00");
    test.ledger.zzeCertId.clear();
    const Plan next = test.plan();
    const auto* request = requestIn<CollectLicence>(next);
    ASSERT_NE(request, nullptr);
    const auto identifier = LicenceIdentifier::parse(request->zzeCertId);
    ASSERT_TRUE(identifier);
    EXPECT_EQ(identifier->version(), 1);
    EXPECT_NE(request->zzeCertId.find(".113700000045030270.20230012345.001."), std::string::npos);
}

TEST(LicenceTest, EachNewLicenceIsAVersionUp) {
    PlanCase test = coded("2026-03-10 09:00:00");
    const std::string first = test.ledger.zzeCertId;
    test.advance();
    EXPECT_EQ(test.ledger.zzeCertId, LicenceIdentifier::parse(first)->next().str());
    EXPECT_EQ(test.ledger.predecessorId, first);
    EXPECT_EQ(said(test.plan()), "in step");
}

TEST(LicenceTest, AChangeMeanwhileWaitsForTheCollect) {
    PlanCase test = coded("");
    test.desired.record[Field::CompanyName] = "另一公司";
    test.desired = sealed(test.desired);
    EXPECT_EQ(said(test.plan()), "waits for collect");
    test.desired.facts.licenceUrl = "https://licences.example/1";
    test.desired.facts.licenceTime = shanghai("2026-03-10 09:00:00");
    EXPECT_EQ(stepName(test.advance()), "collect");
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(LicenceTest, AChangeMeanwhileSupersedesWhenThePolicySaysSo) {
    PlanCase test = coded("");
    test.desired = withField(Field::CompanyName, "另一公司");
    test.policy.supersedeUncollected = true;
    EXPECT_EQ(said(test.plan()), "assign.09");
}

TEST(LicenceTest, AChangeOfIdentityDoesNotWaitForTheCollect) {
    PlanCase test = coded("");
    test.desired = withField(Field::IdentityCard, "370102199001010029");
    EXPECT_EQ(said(test.plan()), "identity");
}

TEST(LicenceTest, ALostCodeGoesToAPersonButAChangeBringsANewOne) {
    PlanCase test = coded("2026-03-10 09:00:00");
    test.ledger.codeId.clear();
    test.ledger.codeMissing = true;
    const Plan next = test.plan();
    ASSERT_EQ(said(next), "blocked code_missing");
    EXPECT_EQ(std::get<Blocked>(next).advice.owner, Owner::ProvinceCentre);
    test.desired = withField(Field::CompanyName, "另一公司");
    test.advance();
    EXPECT_FALSE(test.ledger.codeMissing);
    EXPECT_EQ(test.ledger.codeId, "CODE-NEXT");
}

TEST(LicenceTest, AnEndDoesNotWaitForTheCollect) {
    PlanCase test = coded("");
    test.desired = soundRow(CertState::Revoked);
    EXPECT_EQ(said(test.plan()), "update.05>03");
    test.desired = soundRow(CertState::Suspended);
    EXPECT_EQ(said(test.plan()), "update.03>02");
}

TEST(LicenceTest, IsCollectedWhileSuspendedAndInState99Too) {
    for (const CertState state : {CertState::Suspended, CertState::Other}) {
        PlanCase test = registered(state, soundRow(state));
        test.ledger.stage = Stage::WaitingLicence;
        EXPECT_EQ(said(test.plan()), "waits for licence") << code(state);
        test.desired.facts.licenceUrl = "https://licences.example/1";
        test.desired.facts.licenceTime = test.now;
        EXPECT_EQ(stepName(test.advance()), "collect") << code(state);
        EXPECT_EQ(test.ledger.state, state);
        EXPECT_EQ(said(test.plan()), "in step") << code(state);
    }
}

TEST(LicenceTest, ARestorationAwaitsALicenceMadeAfterIt) {
    PlanCase test = registered(CertState::Suspended);
    test.desired.facts.licenceUrl = "https://licences.example/1";
    test.desired.facts.licenceTime = test.now - 1min;
    EXPECT_EQ(stepName(test.advance()), "update.06");
    EXPECT_EQ(said(test.plan()), "waits for licence");
    test.desired.facts.licenceTime = test.now + 1min;
    const Plan next = test.plan();
    const auto* request = requestIn<CollectLicence>(next);
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->codeId, "CODE-1");  // the same code, version + 1
    EXPECT_EQ(LicenceIdentifier::parse(request->zzeCertId)->version(), 2);
}

}  // namespace
}  // namespace lianzheng
