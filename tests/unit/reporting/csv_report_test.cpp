#include "gateway/reporting/csv_report.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

TEST(CsvReportTest, WhatASpreadsheetWouldComputeIsText) {
    EXPECT_EQ(csvCell("=1+1"), "'=1+1");
    EXPECT_EQ(csvCell("+1"), "'+1");
    EXPECT_EQ(csvCell("-1"), "'-1");
    EXPECT_EQ(csvCell("@x"), "'@x");
    EXPECT_EQ(csvCell("\tx"), "'\tx");
    EXPECT_EQ(csvCell("有效"), "有效");
    EXPECT_EQ(csvCell("＝1+1"), "'＝1+1");
    EXPECT_EQ(csvCell("＋1"), "'＋1");
    EXPECT_EQ(csvCell("－1"), "'－1");
    EXPECT_EQ(csvCell("＠x"), "'＠x");
    EXPECT_EQ(csvCell("  =1"), "'  =1");
    EXPECT_EQ(csvCell(" 　\xC2\xA0＝1"), "' 　\xC2\xA0＝1");
    EXPECT_EQ(csvCell("\n=1"), "\"'\n=1\"");
    EXPECT_EQ(csvCell(" 有效 =1"), " 有效 =1");
    EXPECT_EQ(csvCell("  "), "  ");
    EXPECT_EQ(csvCell(""), "");
}

TEST(CsvReportTest, QuotesWhatRfc4180Quotes) {
    EXPECT_EQ(csvCell("a,b"), "\"a,b\"");
    EXPECT_EQ(csvCell("say \"x\""), "\"say \"\"x\"\"\"");
    EXPECT_EQ(csvCell("a\r\nb"), "\"a\r\nb\"");
}

TEST(CsvReportTest, HasEveryFindingInTheOrderOfCityAndClass) {
    std::ostringstream out;
    ASSERT_TRUE(writeCsv(testing::inputOf(testing::someFindings()), out));
    const std::string text = out.str();
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 5);
    const auto first = text.find("0000001");
    EXPECT_LT(first, text.find("0000002"));
    EXPECT_LT(text.find("0000002"), text.find("0000003"));
    EXPECT_LT(text.find("0000003"), text.find("0000004"));
    EXPECT_NE(text.find("\"'=HYPERLINK(\"\"x\"\",1) <b>&</b>\""), std::string::npos);
    EXPECT_NE(text.find("0531-61378779"), std::string::npos);
    EXPECT_NE(text.find("状态更新·暂扣发还"), std::string::npos);
}

TEST(CsvReportTest, MasksIdentityNumbers) {
    std::ostringstream out;
    ASSERT_TRUE(writeCsv(testing::inputOf(testing::someFindings()), out));
    EXPECT_EQ(out.str().find("11010519491231002X"), std::string::npos);
    EXPECT_NE(out.str().find("110105"), std::string::npos);
    EXPECT_NE(out.str().find("002X"), std::string::npos);
}

}  // namespace
}  // namespace lianzheng
