#include <gtest/gtest.h>

#include "plan_cases.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

/// Registered, valid or suspended, last valid day 2026-03-10.
PlanCase endsToday(CertState state = CertState::Valid) {
    PlanCase test = registered(state, withField(Field::ExpiringDate, "2026-03-10", state));
    test.acknowledged.record = test.desired.record;
    test.ledger.push = test.desired.push;
    test.ledger.expiringDate = "2026-03-10";
    return test;
}

TEST(ExpiryTest, TheEndDateIsInclusiveUntilMidnightInShanghai) {
    PlanCase test = endsToday();
    test.now = shanghai("2026-03-10 23:59:59");
    const Plan before = test.plan();
    ASSERT_EQ(said(before), "in step");
    EXPECT_EQ(std::get<InStep>(before).reviewAt, shanghai("2026-03-11 00:00:00"));
    test.now += 999ms;
    EXPECT_EQ(said(test.plan()), "in step");
    test.now = shanghai("2026-03-11 00:00:00");
    EXPECT_EQ(said(test.plan()), "update.05>04");
}

TEST(ExpiryTest, ThePolicySaysWhatBecomesOfIt) {
    PlanCase test = endsToday();
    test.now = shanghai("2026-03-11 00:00:00");
    test.policy.expired = Policy::Expired::Lapse;
    EXPECT_EQ(said(test.plan()), "update.04>05");
    test.policy.expired = Policy::Expired::Cancel;
    const Plan next = test.plan();
    const auto* request = requestIn<UpdateState>(next);
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->record[Field::CertStatusDescription], "有效期届满");
    EXPECT_TRUE(std::get<Step>(next).dueToDate);
}

TEST(ExpiryTest, ASuspendedOneExpiresToo) {
    PlanCase test = endsToday(CertState::Suspended);
    EXPECT_EQ(said(test.plan()), "in step");
    test.now = shanghai("2026-03-11 00:00:00");
    EXPECT_EQ(said(test.plan()), "update.05>04");
}

TEST(ExpiryTest, ARenewalInHandHoldsItBackForTwentyDaysToTheMinute) {
    for (const CertState state : {CertState::Valid, CertState::Suspended}) {
        PlanCase test = endsToday(state);
        test.desired.facts.renewalInHand = true;
        test.now = shanghai("2026-03-11 00:00:00");
        const Plan held = test.plan();
        ASSERT_EQ(said(held), "waits for renewal");
        EXPECT_EQ(std::get<Waiting>(held).until, shanghai("2026-03-31 00:00:00"));
        test.now = shanghai("2026-03-30 23:59:59");
        EXPECT_EQ(said(test.plan()), "waits for renewal");
        test.now = shanghai("2026-03-31 00:00:00");
        EXPECT_EQ(said(test.plan()), "update.05>04");
    }
}

TEST(ExpiryTest, ARenewalInHandHoldsNoOtherEndBack) {
    PlanCase test = endsToday();
    test.now = shanghai("2026-03-15 12:00:00");
    test.desired.record[Field::CertState] = code(CertState::Rescinded);
    test.desired.facts.renewalInHand = true;
    EXPECT_EQ(said(test.plan()), "update.05>07");
}

TEST(ExpiryTest, ARenewalThatComesInTimeIsARenewal) {
    PlanCase test = endsToday();
    test.now = shanghai("2026-03-15 12:00:00");
    test.desired = withField(Field::ExpiringDate, "2029-03-10");
    EXPECT_EQ(said(test.plan()), "assign.02");
}

TEST(ExpiryTest, OurOwnExpiryMayTakeALateRenewal) {
    PlanCase test = endsToday();
    test.now = shanghai("2026-03-11 00:00:00");
    test.advance();
    EXPECT_EQ(test.ledger.state, CertState::Cancelled);
    EXPECT_TRUE(test.ledger.endedByExpiry);
    EXPECT_EQ(said(test.plan()), "in step");
    test.desired = withField(Field::ExpiringDate, "2029-03-10");
    EXPECT_EQ(said(test.plan()), "assign.02");
    test.policy.reviveOwnExpiry = false;
    EXPECT_EQ(said(test.plan()), "blocked final_state");
    test.policy.reviveOwnExpiry = true;
    test.advance();
    EXPECT_FALSE(test.ledger.endedByExpiry);
    EXPECT_EQ(test.ledger.state, CertState::Valid);
}

TEST(ExpiryTest, ACancellationOfTheProvincesOwnIsNotRevived) {
    PlanCase test = registered(CertState::Valid, soundRow(CertState::Cancelled));
    test.advance();
    EXPECT_FALSE(test.ledger.endedByExpiry);
    test.desired = withField(Field::ExpiringDate, "2029-12-31");
    EXPECT_EQ(said(test.plan()), "blocked final_state");
}

TEST(ExpiryTest, ALapsedOneTakesALateRenewalWhateverThePolicyOfRevival) {
    PlanCase test = registered(CertState::Lapsed, withField(Field::ExpiringDate, "2029-12-31"));
    test.policy.reviveOwnExpiry = false;
    EXPECT_EQ(said(test.plan()), "assign.02");
}

TEST(EndingTest, LanesReleaseAndTheFusesReason) {
    struct Expected {
        CertState want;
        Lane lane;
        bool releasing;
    };
    for (const Expected& each :
         {Expected{CertState::Suspended, Lane::Enforcement, true},
          Expected{CertState::Revoked, Lane::Enforcement, true},
          Expected{CertState::Cancelled, Lane::Enforcement, true},
          Expected{CertState::Rescinded, Lane::Enforcement, true},
          Expected{CertState::TransferredOut, Lane::Fresh, true}, Expected{CertState::Other, Lane::Fresh, false}}) {
        const PlanCase test = registered(CertState::Valid, soundRow(each.want));
        const Plan next = test.plan();
        const auto& step = std::get<Step>(next);
        EXPECT_EQ(step.lane, each.lane) << code(each.want);
        EXPECT_EQ(step.releasing, each.releasing) << code(each.want);
        EXPECT_FALSE(step.dueToDate) << code(each.want);
    }
}

TEST(EndingTest, AnEndByDateIsNoEnforcement) {
    for (const auto policy : {Policy::Expired::Cancel, Policy::Expired::Lapse}) {
        PlanCase test = endsToday();
        test.policy.expired = policy;
        test.now = shanghai("2026-03-11 00:00:00");
        const Plan next = test.plan();
        const auto& step = std::get<Step>(next);
        EXPECT_EQ(step.lane, Lane::Fresh);
        EXPECT_TRUE(step.releasing);
        EXPECT_TRUE(step.dueToDate);
    }
}

TEST(EndingTest, AssignRestoreIdentityAndCollectReleaseNothing) {
    EXPECT_FALSE(neverRegistered().advance().releasing);
    EXPECT_FALSE(registered(CertState::Suspended).advance().releasing);
    EXPECT_FALSE(registered(CertState::TransferredOut).advance().releasing);
    EXPECT_FALSE(
        registered(CertState::Valid, withField(Field::IdentityCard, "370102199001010029")).advance().releasing);
}

TEST(EndingTest, AnUpdateNamesTheHolderAsThePlatformHoldsHim) {
    PlanCase test = registered(CertState::Valid, soundRow(CertState::Revoked));
    test.desired.record[Field::IdentityCard] = "370102199001010029";
    test.desired.record[Field::CreditCode] = "91370100MA0000000B";
    const Plan next = test.plan();
    const auto* request = requestIn<UpdateState>(next);
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->record[Field::IdentityCard], "370102199001010010");
    EXPECT_EQ(request->record[Field::CreditCode], "91370100MA0000000A");
    EXPECT_EQ(request->zzeCertId, test.ledger.zzeCertId);
    test.forget(Field::CreditCode);  // what it holds is unknown: the province's word is the best there is
    const Plan adopted = test.plan();
    EXPECT_EQ(requestIn<UpdateState>(adopted)->record[Field::CreditCode], "91370100MA0000000B");
}

}  // namespace
}  // namespace lianzheng
