#include "gateway/reporting/brief.h"

#include <gtest/gtest.h>

#include "gateway/reporting/brief_page.h"
#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

Date day(const char* text) { return *Date::parse(text); }
TimePoint noonOf(const char* text) { return day(text).beginsInShanghai() + std::chrono::hours{12}; }
std::int64_t number(const char* text) { return day(text).days().time_since_epoch().count(); }

// 2026-03-02 is a Monday.
BriefScope scope(BriefKind kind = BriefKind::Weekly) {
    return briefScope(kind, day("2026-03-05"), noonOf("2026-03-06"));
}

BriefFigures figures() {
    BriefFigures told;
    told.valid = 20'000;
    told.collected = 19'999;
    told.transferredOut = 3;
    told.operations = {{"assign.01", "accepted", 100},
                       {"assign.01", "refused", 4},
                       {"update.05", "warned", 20},
                       {"update.05", "in_doubt", 2}};
    told.closings = {{number("2026-02-24"), number("2026-03-03"), 5},  // on the fifth workday
                     {number("2026-02-24"), number("2026-03-04"), 2},  // on the sixth
                     {number("2026-02-24"), std::nullopt, 1},          // late and open
                     {number("2026-03-04"), std::nullopt, 7}};         // still in time
    told.undated = 9;
    told.problems = {
        {"370100", true, "rule_6", Owner::Holder, 12, noonOf("2026-02-01"), "B、C 证不在同一企业。", "变更单位。"},
        {"370200", false, "state_mismatch", Owner::ProvinceCentre, 3, noonOf("2026-03-01"), "", "重推。"}};
    told.foreign = {{"鲁建安B（2023）0000007", "370100", "外省已存在B证。", "请外省注销。", noonOf("2026-02-04")}};
    told.foreignTotal = 2;
    told.overdue = {{"鲁建安B（2023）0000008", "370100", "licence", "", noonOf("2026-02-20")}};
    told.overdueTotal = 1;
    Finding late = testing::finding("370523199001010460", FindingKind::StateMismatch, "370100");
    late.stage = FindingStage::Assigned;
    late.assigned = "370200";
    late.dueAt = day("2026-03-04").beginsInShanghai() - std::chrono::milliseconds{1};
    told.lateFindings = {late};
    told.lateFindingsTotal = 2;
    told.expiring = {{"370100", 1, 20, 300}, {"370200", 2, 10, 45}};
    told.reconciliation = RunRow{7,
                                 "reconcile",
                                 noonOf("2026-03-05"),
                                 noonOf("2026-03-05"),
                                 "ok",
                                 R"({"against":"exchange","compared":20000,"equal":19990,"in_flight":4})"};
    return told;
}

Brief brief(BriefKind kind = BriefKind::Weekly) { return briefOf(scope(kind), figures(), WorkdayCalendar{}); }

TEST(BriefTest, APeriodIsADayAWeekFromMondayOrAMonth) {
    EXPECT_EQ(scope(BriefKind::Daily).first, day("2026-03-05"));
    EXPECT_EQ(scope(BriefKind::Daily).last, day("2026-03-05"));
    EXPECT_EQ(scope(BriefKind::Weekly).first, day("2026-03-02"));
    EXPECT_EQ(scope(BriefKind::Weekly).last, day("2026-03-08"));
    EXPECT_EQ(briefScope(BriefKind::Weekly, day("2026-03-08"), {}).first, day("2026-03-02"));
    EXPECT_EQ(scope(BriefKind::Monthly).first, day("2026-03-01"));
    EXPECT_EQ(scope(BriefKind::Monthly).last, day("2026-03-31"));
    EXPECT_EQ(briefScope(BriefKind::Monthly, day("2028-02-10"), {}).last, day("2028-02-29"));
}

TEST(BriefTest, OverdueIsWhatsLastWorkdayHasPassed) {
    const BriefQuestion question = questionOf(scope(), WorkdayCalendar{});  // made on a Friday
    // What began on Friday 02-27 is due on Friday 03-06, today; what began on Thursday was due yesterday.
    EXPECT_EQ(question.overdueBefore, day("2026-02-27").beginsInShanghai());
    EXPECT_EQ(question.at, noonOf("2026-03-06"));
    EXPECT_EQ(question.till, day("2026-03-09").beginsInShanghai());
    EXPECT_EQ(question.in90, "2026-06-04");
}

TEST(BriefTest, TheRatesAreWhatTheirFormulasSay) {
    const Brief made = brief();
    EXPECT_EQ(made.collected.text(), "99.99%");  // never rounded up to 100
    EXPECT_EQ(made.timely.part, 5U);
    EXPECT_EQ(made.timely.whole, 8U);
    EXPECT_EQ(made.timely.text(), "62.50%");
    EXPECT_EQ(made.running, 7U);
    EXPECT_EQ(made.equal.text(), "99.95%");
    EXPECT_EQ(made.accepted, 120U);
    EXPECT_EQ(made.refused, 4U);
    EXPECT_EQ(made.blocked, 12U);
    EXPECT_EQ(made.differing, 3U);
    EXPECT_EQ(made.expiring.in90, 345U);
    EXPECT_EQ(Ratio{}.text(), "—");
}

TEST(BriefTest, TheDailyTextHasItsFiguresInTwoHundredCharacters) {
    const std::string text = dailyText(brief(BriefKind::Daily), Language::Chinese);
    EXPECT_EQ(text,
              "联证日报3月5日：受理120件，退回4件。归集率与存量为3月6日的数，当日未留存。归集率99.99%（已归集/"
              "有效）。及时率62.50%（5个工作日内办结/已决定）。"
              "一致率99.95%（一致/比对，3月5日对账）。受阻12本，差异3项，办理逾期1本，差异超期2项，待外省2本。90/30/"
              "7日内到期345/30/3本。");
    EXPECT_LE(charactersOf(text), kDailyLength);
    const std::string english = dailyText(brief(BriefKind::Daily), Language::English);
    EXPECT_LE(charactersOf(english), kDailyLength);
    EXPECT_NE(english.find("Ends in 90/30/7d: 345/30/3."), std::string::npos) << english;
}

TEST(BriefTest, OfAPastDayTheDailyTextSaysWhoseStocksItShows) {
    Brief past = brief(BriefKind::Daily);
    past.scope.at = past.scope.last.plusDays(20).beginsInShanghai();
    const std::string text = dailyText(past, Language::Chinese);
    EXPECT_NE(text.find("归集率与存量为3月25日的数，当日未留存。"), std::string::npos) << text;
    EXPECT_NE(text.find("日内到期"), std::string::npos) << text;
    EXPECT_LE(charactersOf(text), kDailyLength);
    const std::string english = dailyText(past, Language::English);
    EXPECT_NE(english.find("stocks are of 03-25"), std::string::npos) << english;
    EXPECT_LE(charactersOf(english), kDailyLength);
}

TEST(BriefTest, GreatNumbersKeepTheDailyTextWithinItsLength) {
    BriefFigures great = figures();
    great.operations = {{"assign.01", "accepted", 1'500'000}, {"assign.01", "refused", 1'500'000}};
    great.problems.front().count = great.problems.back().count = 1'500'000;
    great.foreignTotal = great.overdueTotal = great.lateFindingsTotal = 1'500'000;
    great.expiring = {{"370100", 1'500'000, 1'500'000, 1'500'000}};
    const Brief made = briefOf(scope(BriefKind::Daily), great, WorkdayCalendar{});
    for (const Language language : {Language::Chinese, Language::English}) {
        const std::string text = dailyText(made, language);
        EXPECT_LE(charactersOf(text), kDailyLength);
        EXPECT_NE(text.find("99.99%"), std::string::npos) << text;
    }
}

TEST(BriefTest, OfNothingNothingIsGuessed) {
    const Brief empty = briefOf(scope(BriefKind::Daily), {}, WorkdayCalendar{});
    EXPECT_EQ(dailyText(empty, Language::Chinese),
              "联证日报3月5日：受理0件，退回0件。归集率与存量为3月6日的数，当日未留存。归集率—（已归集/"
              "有效）。及时率：无到期件。一致率：尚未对账。"
              "受阻0本，差异0项，办理逾期0本，差异超期0项，待外省0本。90/30/7日内到期0/0/0本。");
    std::string notes;
    for (const std::string& note : notesOf(empty, Language::Chinese)) notes += note;
    EXPECT_NE(notes.find("一致率不知"), std::string::npos);
}

TEST(BriefTest, WhereTheProvinceTellsOfNoLicencesNothingIsSaidOfTheirCollection) {
    BriefScope told = scope(BriefKind::Daily);
    told.licences = false;
    const Brief made = briefOf(told, figures(), WorkdayCalendar{});
    EXPECT_EQ(made.collected.text(), "—");
    const auto tables = tablesOf(made, testing::districts(), Language::Chinese);
    EXPECT_EQ(tables.front().rows.front()[2], "—");
    EXPECT_NE(dailyText(made, Language::Chinese).find("归集率—（省系统不提供电子证照）。"), std::string::npos);
    for (const Language language : {Language::Chinese, Language::English}) {
        EXPECT_LE(charactersOf(dailyText(made, language)), kDailyLength);
        EXPECT_EQ(notesOf(made, language).size(), notesOf(brief(BriefKind::Daily), language).size());
    }
}

TEST(BriefTest, WhatIsNotKnownIsSaid) {
    Brief made = brief();
    made.scope.hasCalendar = false;
    made.scope.kept = std::chrono::days{2};
    made.figures.endless = 6;
    for (const Language language : {Language::Chinese, Language::English}) {
        EXPECT_EQ(notesOf(made, language).size(), 11U);
    }
}

TEST(BriefTest, WhatIsLateByTwoMeasuresHasTwoNamesAndTwoLists) {
    const std::vector<BriefTable> tables = tablesOf(brief(), testing::districts(), Language::Chinese);
    EXPECT_EQ(tables[4].title, "办理逾期清单");
    EXPECT_EQ(tables[5].title, "差异超期清单");
    const auto& late = tables[5].rows.front();
    EXPECT_EQ(late.front(), "370523********0460") << "what stands for a number may be a person's";
    EXPECT_EQ(late[3], "已转办 " + testing::districts().find("370200").name);
    EXPECT_EQ(late[5], "2026-03-03");
    EXPECT_EQ(late[6], "3");
    EXPECT_EQ(tables[5].note, "共 2，列出最早的 1。");
    std::string notes;
    for (const std::string& note : notesOf(brief(), Language::Chinese)) notes += note;
    EXPECT_NE(notes.find("已超过 5 个工作日"), std::string::npos) << notes;
    EXPECT_NE(notes.find("发现之日起 10 个工作日"), std::string::npos) << notes;
    Brief row = brief();
    row.figures.overdue.front().number = "row:K17";
    EXPECT_EQ(tablesOf(row, testing::districts(), Language::Chinese)[4].rows.front().front(), "源主键 K17");
}

TEST(BriefTest, ThePageHasEveryFormulaAndTable) {
    for (const Language language : {Language::Chinese, Language::English}) {
        const std::string page = briefPage(brief(), testing::districts(), "12:abc", language);
        for (const char* part : {"99.99%", "62.50%", "99.95%", "鲁建安B（2023）0000007", "鲁建安B（2023）0000008",
                                 "12:abc", "2026-03-02 – 2026-03-08", "÷"}) {
            EXPECT_NE(page.find(part), std::string::npos) << part;
        }
        EXPECT_EQ(page.find("<script"), std::string::npos);
    }
    const std::vector<BriefTable> tables = tablesOf(brief(), testing::districts(), Language::Chinese);
    ASSERT_EQ(tables.size(), 7U);
    EXPECT_EQ(tables[3].rows.front().back(), "30");  // days waiting
    for (const BriefTable& table : tables) {
        for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.heads.size()) << table.name;
    }
}

}  // namespace
}  // namespace lianzheng
