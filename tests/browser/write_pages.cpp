// Writes into a directory the statement on a certificate, once with little and once with long and hostile text, and a
// monthly brief, as the report library makes them.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>

#include "gateway/reporting/brief_page.h"
#include "gateway/reporting/statement_page.h"
#include "tests/unit/reporting/sample.h"

namespace {

using namespace lianzheng;

CertificateSide side(CertState state, const std::string& name, const std::string& company) {
    CertificateSide made;
    made.answer = CertificateSide::Answer::Told;
    made.told.known.set();
    made.told.record[Field::CertState] = code(state);
    made.told.record[Field::Name] = name;
    made.told.record[Field::IdentityCard] = "11010519491231002X";
    made.told.record[Field::CompanyName] = company;
    made.told.record[Field::ExpiringDate] = "2027-01-01";
    made.identifier = "1.2.156.3005.2.11370000MB28446955001.11370000MB2844695502.0000001.001.X";
    made.readAt = testing::at("2026-03-02");
    made.rows = 1;
    return made;
}

Verification verification(const std::string& name, const std::string& company) {
    Verification made;
    made.number = "鲁建安B（2023）0000001";
    made.province = side(CertState::Suspended, name, company);
    made.ledger = side(CertState::Valid, name, company);
    made.national = side(CertState::Valid, name + "一", company);
    made.at = testing::at("2026-03-02");
    made.evidenceHead = "12:abcdef";
    made.pending = company;
    made.look = HumanLook{made.number, testing::at("2026-03-01"), "张三", name + company};
    return made;
}

BriefFigures figures() {
    const auto day = [](const char* text) { return Date::parse(text)->days().time_since_epoch().count(); };
    BriefFigures told;
    told.valid = 20'000;
    told.collected = 19'999;
    told.operations = {{"assign.01", "accepted", 100}, {"update.05", "warned", 20}};
    told.closings = {{day("2026-02-24"), day("2026-03-03"), 5},
                     {day("2026-02-24"), day("2026-03-04"), 2},
                     {day("2026-02-24"), std::nullopt, 1}};
    told.problems = {{"370100", true, "rule_6", Owner::Holder, 12, testing::at("2026-02-01"),
                      "<script>document.title = 'taken'</script>", "</td></tr></table><h1>变更单位</h1>"}};
    told.foreign = {{"鲁建安B（2023）0000007", "370100", "外省已存在B证。", "请外省注销。", testing::at("2026-02-04")}};
    told.foreignTotal = 1;
    told.overdue = {{"鲁建安B（2023）0000008", "370100", "licence", "", testing::at("2026-02-20")}};
    told.overdueTotal = 1;
    told.lateFindings = {testing::finding("鲁建安B（2023）0000009", FindingKind::StateMismatch, "370100")};
    told.lateFindings.front().dueAt = testing::at("2026-03-03");
    told.lateFindingsTotal = 1;
    told.expiring = {{"370100", 1, 20, 300}};
    told.reconciliation = RunRow{7,
                                 "reconcile",
                                 testing::at("2026-03-05"),
                                 testing::at("2026-03-05"),
                                 "ok",
                                 R"({"against":"exchange","compared":20000,"equal":19990,"in_flight":4})"};
    return told;
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::cerr << "usage: write_pages DIRECTORY\n";
        return EXIT_FAILURE;
    }
    const std::filesystem::path directory = words[1];
    const auto put = [&](const char* name, const std::string& page) { std::ofstream(directory / name) << page; };
    const std::string hostile = "</td></tr></table><h1>部平台</h1><script>document.title = 'taken'</script>" +
                                std::string(120, 'W') + "山东某某建设工程（集团）有限责任公司第一分公司";
    put("statement.html", statementPage(verification("王小明", "山东一建有限公司"), Language::Chinese));
    put("statement_long.html", statementPage(verification("阿卜杜热合曼·买买提明", hostile), Language::Chinese));
    const BriefScope scope = briefScope(BriefKind::Monthly, *Date::parse("2026-03-05"), testing::at("2026-03-06"));
    put("brief.html",
        briefPage(briefOf(scope, figures(), WorkdayCalendar{}), testing::districts(), "12:abcdef", Language::Chinese));
    return EXIT_SUCCESS;
}
