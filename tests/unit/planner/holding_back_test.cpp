#include <gtest/gtest.h>

#include "plan_cases.h"

namespace lianzheng {
namespace {

PlanCase refused(PlanCase test) {
    test.refusal = StandingRefusal{test.desired.seen, Advice{"rule_6", "", "理由", "办法", Owner::Holder}};
    return test;
}

PlanCase flawed(PlanCase test, std::string field, Rule rule) {
    test.desired.problems.push_back({std::move(field), rule});
    return test;
}

TEST(RefusalTest, HoldsBackWhatWouldBeRefusedAgain) {
    EXPECT_EQ(said(refused(neverRegistered()).plan()), "blocked rule_6");
    EXPECT_EQ(said(refused(registered(CertState::Valid, withField(Field::CompanyName, "另一公司"))).plan()),
              "blocked rule_6");
    EXPECT_EQ(said(refused(registered(CertState::Suspended)).plan()), "blocked rule_6");
    EXPECT_EQ(said(refused(registered(CertState::Valid, withField(Field::IdentityCard, "370102199001010029"))).plan()),
              "blocked rule_6");
}

TEST(RefusalTest, IsForgottenWhenTheProvinceSaysSomethingElse) {
    PlanCase test = refused(neverRegistered());
    test.desired = withField(Field::CompanyName, "另一公司");
    EXPECT_EQ(said(test.plan()), "assign.01");
}

TEST(RefusalTest, NeverHoldsBackAReleasingStep) {
    for (const CertState want : {CertState::Suspended, CertState::Revoked, CertState::Cancelled, CertState::Lapsed,
                                 CertState::TransferredOut, CertState::Rescinded}) {
        const Plan next = refused(registered(CertState::Valid, soundRow(want))).plan();
        EXPECT_TRUE(std::holds_alternative<Step>(next)) << code(want);
    }
}

TEST(RefusalTest, SaysNothingAboutOneThatIsInStep) {
    EXPECT_EQ(said(refused(registered(CertState::Valid)).plan()), "in step");
}

TEST(DoubtTest, HoldsBackEverythingWhateverTheRowSays) {
    const auto inDoubt = [](PlanCase test, Digest seen) {
        test.refusal = StandingRefusal{seen, Advice{"unconfirmed", "", "理由", "办法", Owner::ProvinceCentre}, true};
        return said(test.plan());
    };
    const Digest another{1, 2};
    const PlanCase change = registered(CertState::Valid, withField(Field::CompanyName, "另一公司"));
    EXPECT_EQ(inDoubt(change, change.desired.seen), "blocked unconfirmed");
    EXPECT_EQ(inDoubt(change, another), "blocked unconfirmed");
    // The change was taken back, but the platform may have it.
    EXPECT_EQ(inDoubt(registered(CertState::Valid), another), "blocked unconfirmed");
    EXPECT_EQ(inDoubt(neverRegistered(soundRow(CertState::TransferredOut)), another), "blocked unconfirmed");
    // Another event than the one in doubt, and one that must not wait; from the same row it is the one in doubt.
    const PlanCase end = registered(CertState::Valid, soundRow(CertState::Revoked));
    EXPECT_EQ(inDoubt(end, another), "update.05>03");
    EXPECT_EQ(inDoubt(end, end.desired.seen), "blocked unconfirmed");
    PlanCase again = end;
    again.refusal =
        StandingRefusal{another, Advice{"unconfirmed", "", "理由", "办法", Owner::ProvinceCentre}, true, "update.05"};
    EXPECT_EQ(said(again.plan()), "blocked unconfirmed");
}

TEST(ProblemTest, AnyProblemBlocksAnAssignedCode) {
    EXPECT_EQ(said(flawed(neverRegistered(), "photo", Rule::PhotoMissing).plan()), "blocked photo_missing");
    EXPECT_EQ(said(flawed(neverRegistered(), "name", Rule::PrivateUse).plan()), "blocked private_use");
    PlanCase change = registered(CertState::Valid, withField(Field::CompanyName, "另一公司"));
    EXPECT_EQ(said(flawed(change, "educationDegree", Rule::NoCode).plan()), "blocked no_code");
    PlanCase renewal = registered(CertState::Valid, withField(Field::ExpiringDate, "2029-12-31"));
    EXPECT_EQ(said(flawed(renewal, "photo", Rule::PhotoTooLarge).plan()), "blocked photo_too_large");
}

TEST(ProblemTest, DoesNotBlockAnEndThatDoesNotCarryTheField) {
    for (const char* field : {"photo", "educationDegree", "name", "birthDate", "companyName", "identityCard"}) {
        const PlanCase test = flawed(registered(CertState::Valid, soundRow(CertState::Revoked)), field, Rule::Pattern);
        EXPECT_EQ(said(test.plan()), "update.05>03") << field;
    }
}

TEST(ProblemTest, BlocksAnEndThatCarriesTheField) {
    for (const char* field : {"certNum", "categoryCode", "provinceNum"}) {
        const PlanCase test = flawed(registered(CertState::Valid, soundRow(CertState::Revoked)), field, Rule::Pattern);
        EXPECT_EQ(said(test.plan()), "blocked pattern") << field;
    }
    // Held values stand in for a bad one; with nothing known of the holder the bad one would have to be sent.
    PlanCase adopted = registered(CertState::Valid, soundRow(CertState::Revoked));
    adopted.forget(Field::IdentityCard);
    EXPECT_EQ(said(flawed(adopted, "identityCard", Rule::CheckDigit).plan()), "blocked check_digit");
}

TEST(ProblemTest, BlocksAChangeOfIdentityOnlyInWhatItCarries) {
    const PlanCase test = registered(CertState::Valid, withField(Field::IdentityCard, "370102199001010029"));
    EXPECT_EQ(said(flawed(test, "identityCard", Rule::CheckDigit).plan()), "blocked check_digit");
    EXPECT_EQ(said(flawed(test, "birthDate", Rule::BadDate).plan()), "blocked bad_date");
    EXPECT_EQ(said(flawed(test, "photo", Rule::PhotoMissing).plan()), "identity");
}

TEST(ProblemTest, DoesNotBlockACollect) {
    PlanCase test = registered(CertState::Valid);
    test.ledger.stage = Stage::WaitingLicence;
    test.desired.facts.licenceUrl = "https://licences.example/1";
    test.desired.facts.licenceTime = test.now;
    EXPECT_EQ(said(flawed(test, "photo", Rule::PhotoMissing).plan()), "collect");
}

TEST(ProblemTest, DoesNotMatterToOneThatIsInStepOrNeverRegistered) {
    EXPECT_EQ(said(flawed(registered(CertState::Valid), "photo", Rule::PhotoMissing).plan()), "in step");
    EXPECT_EQ(said(flawed(neverRegistered(soundRow(CertState::Revoked)), "photo", Rule::PhotoMissing).plan()),
              "never registered");
}

TEST(ProblemTest, ADuplicateBlocksEverything) {
    for (const CertState held : {CertState::None, CertState::Valid, CertState::Suspended, CertState::Revoked}) {
        for (const CertState want : {CertState::Valid, CertState::Suspended, CertState::Revoked, CertState::Other}) {
            PlanCase test = held == CertState::None ? neverRegistered() : registered(held);
            test.desired = soundRow(want);
            EXPECT_EQ(said(flawed(test, "certNum", Rule::Duplicate).plan()), "blocked duplicate")
                << code(held) << " -> " << code(want);
        }
    }
}

}  // namespace
}  // namespace lianzheng
