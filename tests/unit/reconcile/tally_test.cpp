#include "gateway/reconcile/tally.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

TEST(TallyTest, IsReadBackAsItWasWritten) {
    Tally tally;
    tally.compared = 10;
    tally.equal = 7;
    tally.inFlight = 1;
    tally.of("370100").compared = 9;
    tally.count(FindingKind::FieldMismatch, "370100");
    tally.count(FindingKind::FieldMismatch, "370100");
    tally.count(FindingKind::Blocked, "province");
    const std::string text = tally.json("exchange");
    EXPECT_EQ(Tally::fromJson(text).json("exchange"), text);
    EXPECT_EQ(againstOf(text), "exchange");
    EXPECT_EQ(tally.total(), 3U);
}

TEST(TallyTest, WhatIsNoTallyIsEmpty) {
    EXPECT_EQ(Tally::fromJson("").total(), 0U);
    EXPECT_EQ(Tally::fromJson("[1]").compared, 0U);
    EXPECT_EQ(againstOf("{}"), "");
}

TEST(FindingKindTest, EachHasAWordOfItsOwn) {
    for (const FindingKind kind : kFindingKinds) EXPECT_EQ(findingKindOf(word(kind)), kind);
    EXPECT_FALSE(findingKindOf("in_flight"));
}

}  // namespace
}  // namespace lianzheng
