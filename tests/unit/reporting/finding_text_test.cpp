#include "gateway/reporting/finding_text.h"

#include <gtest/gtest.h>

#include <sstream>

#include "gateway/reporting/csv_report.h"
#include "gateway/reporting/html_report.h"
#include "gateway/reporting/json_report.h"
#include "gateway/reporting/lookup_answer.h"
#include "gateway/reporting/table_report.h"
#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

constexpr const char* kPerson = "370523199001010460";

/// One whose identity number stands everywhere but in the identity number's own field.
Finding misplaced() {
    Finding finding = testing::finding("鲁建安B（2023）0000003", FindingKind::FieldMismatch, "370200");
    const std::string person = kPerson;
    finding.field = "major";
    finding.provincialValue = "专业" + person;
    finding.nationalValue = person + "x";
    finding.company = "张三" + person + "建筑公司";
    finding.cause = "推送时被部平台退回：" + person;
    finding.help = "请核对 " + person;
    finding.note = person;
    return finding;
}

TEST(FindingTextTest, AnIdentityNumberIsMaskedInWhateverFieldItStands) {
    ReportInput input = testing::inputOf({misplaced()});
    std::ostringstream csv;
    std::ostringstream html;
    std::ostringstream json;
    ASSERT_TRUE(writeCsv(input, csv) && writeHtml(input, html) && writeJson(input, json));
    const auto table = tableOf(input, 10);
    ASSERT_TRUE(table);
    KnownCertificate known;
    known.findings = {misplaced()};
    const LookupAnswer answer = answerFor(known, *Date::parse("2026-03-02"), true, Language::Chinese);
    for (const std::string& text : {csv.str(), html.str(), json.str(), *table, answer.reason + answer.help}) {
        EXPECT_EQ(text.find(kPerson), std::string::npos) << text;
        EXPECT_NE(text.find("370523********0460"), std::string::npos) << text;
    }
    input.inFull = true;
    std::ostringstream full;
    ASSERT_TRUE(writeCsv(input, full));
    EXPECT_NE(full.str().find("张三370523199001010460建筑公司"), std::string::npos);
}

TEST(FindingTextTest, AnOlderRunsReportSaysAsOfWhenItIsAndWhatHasBeenClosedSince) {
    std::vector<Finding> findings = testing::someFindings();
    findings[0].open = false;
    findings[1].stage = FindingStage::Accepted;
    ReportInput input = testing::inputOf(findings);
    input.madeAt = testing::at("2026-03-20");
    input.superseded = true;
    std::ostringstream csv;
    std::ostringstream html;
    std::ostringstream json;
    ASSERT_TRUE(writeCsv(input, csv) && writeHtml(input, html) && writeJson(input, json));
    const auto table = tableOf(input, 10);
    ASSERT_TRUE(table);
    for (const std::string& text : {html.str(), *table}) {
        EXPECT_NE(text.find("所列为第 7 次对账结束时存在的差异"), std::string::npos) << text;
        EXPECT_NE(text.find("状态截至 2026-03-20 10:00:00，其中 1 项此后已关闭"), std::string::npos) << text;
    }
    for (const std::string& text : {html.str(), csv.str()}) {
        EXPECT_NE(text.find("此后已关闭"), std::string::npos);
        EXPECT_NE(text.find("已接受"), std::string::npos);
    }
    EXPECT_NE(json.str().find("\"stage\":\"closed\""), std::string::npos) << json.str();
    EXPECT_NE(json.str().find("\"closed_since\":1"), std::string::npos);
    EXPECT_NE(json.str().find("\"made_at\":\"2026-03-20T02:00:00.000Z\",\"superseded\":true"), std::string::npos)
        << json.str().substr(0, 200);

    ReportInput last = testing::inputOf(findings);
    std::ostringstream page;
    ASSERT_TRUE(writeHtml(last, page));
    EXPECT_EQ(page.str().find("次对账结束时"), std::string::npos);
}

TEST(FindingTextTest, NothingOfAFindingIsLeftOut) {
    const Finding shown = shownFinding(misplaced());
    EXPECT_EQ(shown.provincialValue, "专业370523********0460");
    EXPECT_EQ(shown.nationalValue, "370523*********460x");
    EXPECT_EQ(shown.company, "张三370523********0460建筑公司");
    EXPECT_EQ(shown.note, "370523********0460");
    EXPECT_EQ(shownFinding(misplaced(), true).company, misplaced().company);
}

TEST(FindingTextTest, CreditCodesAndLicenceIdentifiersKeepTheirDigits) {
    EXPECT_EQ(shownValue("creditCode", "91370000163050007B"), "91370000163050007B");
    const std::string licence = "1.2.156.3005.2.11100000000013338W011.113700000045030270.20230000001.001.3";
    EXPECT_EQ(shownValue("zzeCertID", licence), licence);
    EXPECT_EQ(shownValue("zzeCertID", "1.2.156.3005.2.11010519491231002X"), "1.2.156.3005.2.110105********002X");
    EXPECT_EQ(shownValue("zzeCertID", "1.2.156.3005.2.110105 19491231 002X"), "1.2.156.3005.2.110105********002X");
    EXPECT_EQ(shownValue("zzeCertID", kPerson), "370523********0460");
    EXPECT_EQ(shownValue("creditCode", kPerson), "370523********0460");
    EXPECT_EQ(shownValue("identityCard", "E12345678"), "E*******8");
    EXPECT_EQ(shownValue("identityCard", ""), "");
}

}  // namespace
}  // namespace lianzheng
