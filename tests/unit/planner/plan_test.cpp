#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "plan_cases.h"

namespace lianzheng {
namespace {

/// What the province says, as the columns of the table.
enum class Word : std::uint8_t { Valid, Later, Suspended, Revoked, Cancelled, Lapsed, Out, Rescinded, Other, PastEnd };

Desired rowFor(Word word) {
    switch (word) {
        case Word::Valid:
            return soundRow(CertState::Valid);
        case Word::Later:
            return withField(Field::ExpiringDate, "2029-12-31");
        case Word::Suspended:
            return soundRow(CertState::Suspended);
        case Word::Revoked:
            return soundRow(CertState::Revoked);
        case Word::Cancelled:
            return soundRow(CertState::Cancelled);
        case Word::Lapsed:
            return soundRow(CertState::Lapsed);
        case Word::Out:
            return soundRow(CertState::TransferredOut);
        case Word::Rescinded:
            return soundRow(CertState::Rescinded);
        case Word::Other:
            return soundRow(CertState::Other);
        case Word::PastEnd:
            return withField(Field::ExpiringDate, "2026-03-09");
    }
    return {};
}

struct Row {
    CertState held;
    bool ownExpiry;  ///< 04 set by our own expiry policy
    std::array<std::string_view, 10> expected;
};

constexpr std::string_view kIn = "in step";
constexpr std::string_view kNever = "never registered";
constexpr std::string_view kFinal = "blocked final_state";
constexpr std::string_view kStuck = "blocked stuck_99";
constexpr std::string_view kIssue = "assign.01";
constexpr std::string_view kRenew = "assign.02";
constexpr std::string_view kSuspend = "update.03>02";
constexpr std::string_view kRestore = "update.06>01";
constexpr std::string_view kRevoke = "update.05>03";
constexpr std::string_view kCancel = "update.05>04";
constexpr std::string_view kMoveOut = "update.05>06";
constexpr std::string_view kRescind = "update.05>07";
constexpr std::string_view kOther = "update.07>99";
constexpr std::string_view kComeBack = "update.10>01";

// clang-format off
constexpr std::array<Row, 10> kTable{{
    //                            01       01 later   02        03       04       05       06        07        99      past its end
    {CertState::None, false,      {kIssue, kIssue,    kIssue,   kNever,  kNever,  kNever,  kNever,   kNever,   kIssue, kNever}},
    {CertState::Valid, false,     {kIn,    kRenew,    kSuspend, kRevoke, kCancel, kCancel, kMoveOut, kRescind, kOther, kCancel}},
    {CertState::Suspended, false, {kRestore, kRestore, kIn,     kRevoke, kCancel, kCancel, kMoveOut, kRescind, kOther, kCancel}},
    {CertState::Revoked, false,   {kFinal, kFinal,    kFinal,   kIn,     kFinal,  kFinal,  kFinal,   kFinal,   kOther, kFinal}},
    {CertState::Cancelled, false, {kFinal, kFinal,    kFinal,   kFinal,  kIn,     kIn,     kFinal,   kFinal,   kOther, kIn}},
    {CertState::Cancelled, true,  {kFinal, kRenew,    kFinal,   kFinal,  kIn,     kIn,     kFinal,   kFinal,   kOther, kIn}},
    {CertState::Lapsed, false,    {kFinal, kRenew,    kFinal,   kFinal,  kFinal,  kIn,     kFinal,   kFinal,   kOther, kIn}},
    {CertState::TransferredOut, false, {kComeBack, kComeBack, kFinal, kFinal, kFinal, kFinal, kIn,   kFinal,   kOther, kFinal}},
    {CertState::Rescinded, false, {kFinal, kFinal,    kFinal,   kFinal,  kFinal,  kFinal,  kFinal,   kIn,      kOther, kFinal}},
    {CertState::Other, false,     {kStuck, kStuck,    kStuck,   kStuck,  kStuck,  kStuck,  kStuck,   kStuck,   kIn,    kStuck}},
}};
// clang-format on

TEST(PlanTest, IsTheDesignsTable) {
    for (const Row& row : kTable) {
        for (std::size_t i = 0; i < row.expected.size(); ++i) {
            const auto word = static_cast<Word>(i);
            PlanCase test = row.held == CertState::None ? neverRegistered() : registered(row.held);
            test.desired = rowFor(word);
            test.ledger.endedByExpiry = row.ownExpiry;
            EXPECT_EQ(said(test.plan()), row.expected[i]) << "held " << code(row.held) << ", province "
                                                          << test.desired.record[Field::CertState] << ", column " << i;
        }
    }
}

TEST(PlanTest, ARecordCarriesTheStateAfterItsStep) {
    for (const Row& row : kTable) {
        for (std::size_t i = 0; i < row.expected.size(); ++i) {
            PlanCase test = row.held == CertState::None ? neverRegistered() : registered(row.held);
            test.desired = rowFor(static_cast<Word>(i));
            const Plan next = test.plan();
            const auto* step = std::get_if<Step>(&next);
            if (step == nullptr) continue;
            const auto* assign = requestIn<AssignCode>(next);
            const Certificate& record =
                assign != nullptr ? assign->record : std::get<UpdateState>(step->request).record;
            EXPECT_EQ(record[Field::CertState], code(step->after)) << said(next);
            EXPECT_EQ(step->seen, test.desired.seen) << said(next);
        }
    }
}

TEST(PlanTest, AWordThatIsNoStateGoesToAPerson) {
    for (const std::string_view word : {"", "08", "有效"}) {
        PlanCase test = registered(CertState::Valid);
        test.desired.record[Field::CertState] = word;
        EXPECT_EQ(said(test.plan()), "blocked no_code") << word;
    }
}

TEST(PlanTest, AFinalStateIsForTheProvinceCentre) {
    const PlanCase test = registered(CertState::Revoked, soundRow(CertState::Valid));
    const Plan next = test.plan();
    const auto& advice = std::get<Blocked>(next).advice;
    EXPECT_EQ(advice.owner, Owner::ProvinceCentre);
    EXPECT_NE(advice.why.find("撤销"), std::string::npos);
}

TEST(PlanTest, ASuspendedOneIsIssuedFirstAndSuspendedThen) {
    PlanCase test = neverRegistered(soundRow(CertState::Suspended));
    EXPECT_EQ(stepName(test.advance()), "assign.01");
    EXPECT_EQ(test.ledger.state, CertState::Valid);
    EXPECT_EQ(said(test.plan()), "update.03>02");
    test.advance();
    EXPECT_EQ(said(test.plan()), "waits for licence");
}

TEST(PlanTest, AnotherOneIsIssuedFirstAndBecomes99Then) {
    PlanCase test = neverRegistered(soundRow(CertState::Other));
    const Step first = test.advance();
    EXPECT_EQ(std::get<AssignCode>(first.request).record[Field::CertStatusDescription], "");
    EXPECT_EQ(said(test.plan()), "update.07>99");
    const Step second = test.advance();
    EXPECT_EQ(std::get<UpdateState>(second.request).record[Field::CertStatusDescription], "待核实");
    EXPECT_EQ(said(test.plan()), "waits for licence");
}

TEST(PlanTest, A99WithoutADescriptionGoesToAPerson) {
    PlanCase test = registered(CertState::Valid, soundRow(CertState::Other));
    test.desired.record[Field::CertStatusDescription].clear();
    const Plan next = test.plan();
    EXPECT_EQ(said(next), "blocked missing");
    EXPECT_EQ(std::get<Blocked>(next).advice.field, "certStatusDescription");
}

TEST(PlanTest, WhatExpiredBeforeItWasEverPushedStaysSo) {
    PlanCase test = neverRegistered(withField(Field::ExpiringDate, "2026-03-09", CertState::Other));
    EXPECT_EQ(said(test.plan()), "never registered");
}

TEST(PlanTest, OlderThanPushSinceStaysUnregistered) {
    PlanCase test = neverRegistered();  // issued 2024-01-01
    test.policy.pushSince = Date::of(2024, 1, 2);
    EXPECT_EQ(said(test.plan()), "never registered");
    test.policy.pushSince = Date::of(2024, 1, 1);
    EXPECT_EQ(said(test.plan()), "assign.01");
    PlanCase known = registered(CertState::Valid, withField(Field::CompanyName, "另一公司"));
    known.policy.pushSince = Date::of(2025, 1, 1);
    EXPECT_EQ(said(known.plan()), "assign.09");
}

TEST(PlanTest, APredecessorOfAnotherProvinceIsATransferIn) {
    PlanCase test = neverRegistered();
    test.desired.facts.predecessorNumber = "湘建安B（2021）0000403";
    test.desired.facts.predecessorIdentifier =
        "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";
    const Plan next = test.plan();
    EXPECT_EQ(said(next), "assign.08");
    const auto* request = requestIn<AssignCode>(next);
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->oldCertNum, "湘建安B（2021）0000403");
    EXPECT_EQ(request->associatedZzeCertId, test.desired.facts.predecessorIdentifier);
    EXPECT_EQ(request->record[Field::CertState], "01");
}

TEST(PlanTest, AnOwnOrIncompletePredecessorIsAnOrdinaryIssue) {
    PlanCase test = neverRegistered();
    test.desired.facts.predecessorNumber = "鲁建安B（2020）0000001";
    test.desired.facts.predecessorIdentifier =
        "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";
    EXPECT_EQ(said(test.plan()), "assign.01");
    test.desired.facts.predecessorNumber = "湘建安B（2021）0000403";
    test.desired.facts.predecessorIdentifier.clear();
    EXPECT_EQ(said(test.plan()), "assign.01");
    test.desired.facts.predecessorNumber = "不是编号";
    test.desired.facts.predecessorIdentifier = "x";
    EXPECT_EQ(said(test.plan()), "assign.01");
}

}  // namespace
}  // namespace lianzheng
