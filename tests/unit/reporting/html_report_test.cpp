#include "gateway/reporting/html_report.h"

#include <gtest/gtest.h>

#include <sstream>

#include "adapters/envelope/digest.h"
#include "adapters/envelope/spelling.h"
#include "gateway/reporting/html_page.h"
#include "gateway/reporting/report_summary.h"
#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

using testing::districts;

std::string pageOf(const ReportInput& input) {
    std::ostringstream out;
    EXPECT_TRUE(writeHtml(input, out));
    return out.str();
}

TEST(HtmlReportTest, NeedsNothingFromElsewhere) {
    const std::string page = pageOf(testing::inputOf(testing::someFindings()));
    for (const char* outside : {"<script src", "http://", "https://", "@import", "url(", "src="}) {
        EXPECT_EQ(page.find(outside), std::string::npos) << outside;
    }
    EXPECT_NE(page.find("lang=\"zh-CN\""), std::string::npos);
    EXPECT_NE(page.find("@page"), std::string::npos);
}

TEST(HtmlReportTest, AdmitsItsOwnScriptAlone) {
    const std::string page = pageOf(testing::inputOf(testing::someFindings()));
    EXPECT_EQ(page.find("<script"), page.rfind("<script"));
    EXPECT_NE(page.find("script-src 'sha256-" + spelt(digest(Hash::Sha256, pageScript()), Spelling::Base64) + "'"),
              std::string::npos);
    EXPECT_NE(page.find("<script>" + std::string(pageScript()) + "</script>"), std::string::npos);
    EXPECT_EQ(pageScript().find("</"), std::string_view::npos);
}

TEST(HtmlReportTest, APartNamesOneAuthorityAlone) {
    const ReportInput whole = testing::inputOf(testing::someFindings());
    const auto part = partOf(whole, districts().find("370100"));
    ASSERT_TRUE(part);
    EXPECT_EQ(part->tally.compared, 5'000U);
    EXPECT_EQ(part->tally.differing, 2U);
    const std::string page = pageOf(*part);
    EXPECT_NE(page.find("济南市住房和城乡建设局"), std::string::npos);
    EXPECT_NE(page.find("鲁建安B（2023）0000002"), std::string::npos);
    for (const Authority& other : districts().all()) {
        if (other.id == "370100") continue;
        EXPECT_EQ(page.find(other.name), std::string::npos) << other.name;
    }
    for (const char* others : {"0000003", "0000004", "20,000"})
        EXPECT_EQ(page.find(others), std::string::npos) << others;
}

TEST(HtmlReportTest, WhatIsAssignedToAnAuthorityIsInItsPartToo) {
    std::vector<Finding> findings = testing::someFindings();
    findings[0].assigned = "370300";
    findings[0].stage = FindingStage::Assigned;
    const ReportInput whole = testing::inputOf(findings);
    for (const char* authority : {"370200", "370300"}) {
        const auto part = partOf(whole, districts().find(authority));
        ASSERT_TRUE(part);
        const auto summary = summaryOf(*part);
        ASSERT_TRUE(summary);
        EXPECT_EQ(summary->total, 1U) << authority;
        EXPECT_EQ(summary->of(authority), 1U) << authority;
        const std::string page = pageOf(*part);
        EXPECT_NE(page.find("鲁建安B（2023）0000003"), std::string::npos) << authority;
        EXPECT_NE(page.find("已转办 " + districts().find("370300").name), std::string::npos) << authority;
    }
    const auto summary = summaryOf(whole);
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->total, 4U);
}

TEST(HtmlReportTest, IdentityNumbersStandInFullWhereThatIsWanted) {
    ReportInput input = testing::inputOf(testing::someFindings());
    input.inFull = true;
    const std::string page = pageOf(input);
    EXPECT_NE(page.find("11010519491231002X"), std::string::npos);
    EXPECT_NE(page.find("本报告含身份证件号码全文"), std::string::npos);
}

TEST(HtmlReportTest, ShowsCitiesTelephonesValuesAndTheHeadOfTheChain) {
    const std::string page = pageOf(testing::inputOf(testing::someFindings()));
    for (const char* there : {"济南市住房和城乡建设局", "0532-66209611（证书管理）", "鲁建安B（2023）0000003",
                              "省属/未归属", "99.93%", "20,000", "省中心", "证件号码变更", "66c7f0f462eeedd9"}) {
        EXPECT_NE(page.find(there), std::string::npos) << there;
    }
}

TEST(HtmlReportTest, TakesNoValueForMarkupAndMasksIdentityNumbers) {
    const std::string page = pageOf(testing::inputOf(testing::someFindings()));
    EXPECT_EQ(page.find("<b>&</b>"), std::string::npos);
    EXPECT_NE(page.find("=HYPERLINK(&quot;x&quot;,1) &lt;b&gt;&amp;&lt;/b&gt;"), std::string::npos);
    EXPECT_EQ(page.find("11010519491231002X"), std::string::npos);
    EXPECT_EQ(page.find("440524188001010014"), std::string::npos);
    EXPECT_EQ(escaped("a<b>'\"&"), "a&lt;b&gt;&#39;&quot;&amp;");
}

TEST(HtmlReportTest, EveryElementThatOpensCloses) {
    const std::string page = pageOf(testing::inputOf(testing::someFindings()));
    for (const char* name : {"table", "tr", "thead", "tbody", "section", "main", "dl", "h3", "footer", "figure", "svg",
                             "form", "select", "label", "div", "span"}) {
        const auto count = [&](const std::string& mark) {
            std::size_t found = 0;
            for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1)) {
                const char next = page[at + mark.size()];
                if (next == '>' || next == ' ') ++found;
            }
            return found;
        };
        EXPECT_EQ(count(std::string("<") + name), count(std::string("</") + name)) << name;
    }
}

TEST(HtmlReportTest, PointsToTheRestWhenThereIsTooMuch) {
    ReportInput input = testing::inputOf(testing::someFindings());
    input.detailLimit = 1;
    const std::string page = pageOf(input);
    EXPECT_EQ(page.find("0000003"), std::string::npos);
    EXPECT_NE(page.find("其余明细见同名 CSV 文件：3"), std::string::npos);
}

TEST(HtmlReportTest, SaysThatThereIsNothing) {
    EXPECT_NE(pageOf(testing::inputOf({})).find("没有差异。"), std::string::npos);
}

TEST(HtmlReportTest, HasEnglishHeadings) {
    ReportInput input = testing::inputOf(testing::someFindings());
    input.language = Language::English;
    const std::string page = pageOf(input);
    EXPECT_NE(page.find("lang=\"en\""), std::string::npos);
    EXPECT_NE(page.find("By city authority"), std::string::npos);
    EXPECT_NE(page.find("部平台登记的证书状态"), std::string::npos);  // what is said of a finding stays Chinese
}

}  // namespace
}  // namespace lianzheng
