#include "gateway/reporting/text_table.h"

#include <gtest/gtest.h>

#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/report_summary.h"
#include "gateway/reporting/table_report.h"
#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

TEST(TextTableTest, ChineseCharactersTakeTwoColumns) {
    EXPECT_EQ(columnsOf("鲁建安B（2023）"), 15U);
    TextTable table({"类别", "n"}, {1});
    table.add({"状态不一致", "7"});
    table.add({"x", "1,200"});
    EXPECT_EQ(table.str(), "类别            n\n状态不一致      7\nx           1,200\n");
}

TEST(TextTableTest, NumbersAreGroupedAndAgreementIsNeverRoundedUp) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'234'567), "1,234,567");
    Tally tally;
    EXPECT_EQ(agreement(tally), "100.00%");
    tally.compared = 1'500'000;
    tally.differing = 1;
    EXPECT_EQ(agreement(tally), "99.99%");
    tally.differing = 1'500'000;
    EXPECT_EQ(agreement(tally), "0.00%");
}

TEST(TextTableTest, TheReportFitsATerminal) {
    const auto text = tableOf(testing::inputOf(testing::someFindings()), 2);
    ASSERT_TRUE(text);
    EXPECT_NE(text->find("部平台缺证"), std::string::npos);
    EXPECT_NE(text->find("0531-61378779"), std::string::npos);
    EXPECT_NE(text->find("0000002"), std::string::npos);
    EXPECT_EQ(text->find("0000003"), std::string::npos);
    EXPECT_NE(text->find("… 2"), std::string::npos);
    EXPECT_EQ(text->find("11010519491231002X"), std::string::npos);
}

}  // namespace
}  // namespace lianzheng
