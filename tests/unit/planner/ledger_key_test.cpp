#include "gateway/planner/ledger_key.h"

#include <gtest/gtest.h>

#include "plan_cases.h"

namespace lianzheng {
namespace {

TEST(LedgerKeyTest, IsTheNumberWhileItCanBeRead) {
    Desired row = soundRow();
    EXPECT_EQ(ledgerKey(row), row.record[Field::CertNum]);
    row.problems.push_back({"photo", Rule::PhotoMissing});
    EXPECT_EQ(ledgerKey(row), row.record[Field::CertNum]);
    row.problems.push_back({"certNum", Rule::Duplicate});
    EXPECT_EQ(ledgerKey(row), row.record[Field::CertNum]);
}

TEST(LedgerKeyTest, IsTheRowsOwnKeyWhenTheNumberCannotBeRead) {
    Desired row = soundRow();
    row.problems.push_back({"certNum", Rule::Pattern});
    EXPECT_EQ(ledgerKey(row), "row:1042");
    row = soundRow();
    row.record[Field::CertNum].clear();
    EXPECT_EQ(ledgerKey(row), "row:1042");
}

TEST(LedgerKeyTest, WhatIsShownOfItLeadsBackToIt) {
    for (const char* const key : {"row:1042", "鲁建安B（2023）0000001", ""}) EXPECT_EQ(keyShownAs(shownKey(key)), key);
    EXPECT_EQ(shownKey("row:1042"), "源主键 1042");
    EXPECT_EQ(keyShownAs("源主键　1042"), "row:1042");
    EXPECT_EQ(keyShownAs("源主键1042"), "row:1042");
}

}  // namespace
}  // namespace lianzheng
