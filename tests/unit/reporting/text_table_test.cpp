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

TEST(TextTableTest, NumbersAreGrouped) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'234'567), "1,234,567");
}

TEST(TextTableTest, TheRateIsEqualOfComparedAndNeverRoundedUp) {
    ReportInput input;
    EXPECT_EQ(rateOf(input).ratio.text(), "—");
    input.tally.compared = 1'500'000;
    input.tally.equal = 1'499'999;
    EXPECT_EQ(rateOf(input).ratio.text(), "99.99%");
    input.tally.equal = 1'350'000;
    input.tally.inFlight = 150'000;
    EXPECT_EQ(rateOf(input).ratio.text(), "90.00%") << "what is in hand is not equal yet";
    EXPECT_EQ(rateOf(input).label.chinese, "一致率");
}

TEST(TextTableTest, OfOneAuthorityTheRateIsOfWhatHasNoFinding) {
    ReportInput input;
    input.only = &testing::districts().all().front();
    input.tally.compared = 200;
    input.tally.differing = 3;
    EXPECT_EQ(rateOf(input).ratio.text(), "98.50%");
    EXPECT_EQ(rateOf(input).label.chinese, "无差异占比");
    input.tally.differing = 201;
    EXPECT_EQ(rateOf(input).ratio.text(), "0.00%");
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
