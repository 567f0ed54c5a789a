#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "gateway/planner/ledger_key.h"
#include "gateway/reporting/brief.h"
#include "gateway/reporting/finding_text.h"
#include "mappings/masked.h"

namespace lianzheng {
namespace {

using Row = std::vector<std::string>;

/// The tables of one brief in one language.
class BriefTables {
public:
    BriefTables(const Brief& brief, const Districts& districts, Language language)
        : brief_(brief), figures_(brief.figures), districts_(districts), language_(language) {}

    [[nodiscard]] BriefTable rates() const {
        BriefTable table =
            begun("rates", {"三率", "Rates"},
                  {{"指标", "Rate"}, {"公式", "Formula"}, {"数值", "Value"}, {"分子", "Part"}, {"分母", "Whole"}}, 2);
        add(table, {"归集率", "Collected"},
            {"已归集电子证照的有效证书 ÷ 部平台登记为有效的证书", "valid with licence collected ÷ registered as valid"},
            brief_.collected);
        table.rows.push_back(
            {in({"及时率", "Timely"}),
             fmt::format(
                 fmt::runtime(
                     text("决定后 {} 个工作日内办结 ÷ 本期决定（未到期的在办件不计）",
                          "closed within {} workdays of the decision ÷ decided in the period (not yet due: left out)")),
                 brief_.scope.workdays),
             brief_.timely.text(), std::to_string(brief_.timely.part), std::to_string(brief_.timely.whole)});
        add(table, {"一致率", "Equal"},
            {"省部一致的证书 ÷ 最近一次对账比对的证书", "equal ÷ compared, of the last reconciliation"}, brief_.equal);
        return table;
    }

    [[nodiscard]] BriefTable operations() const {
        BriefTable table =
            begun("operations", {"本期业务量", "Operations in the period"},
                  {{"业务", "Operation"}, {"受理", "Accepted"}, {"退回", "Refused"}, {"未成", "Failed"}}, 3);
        std::map<std::string, std::array<std::uint64_t, 3>> counts;
        for (const auto& done : figures_.operations) {
            const std::size_t column = isAccepted(done.outcome) ? 0 : done.outcome == "refused" ? 1 : 2;
            counts[done.operation].at(column) += done.count;
        }
        for (const auto& [operation, count] : counts) {
            table.rows.push_back({stepLabel(operation, language_), std::to_string(count[0]), std::to_string(count[1]),
                                  std::to_string(count[2])});
        }
        table.note = in({"“未成”为通信中断、限速等，由网关自动重试。",
                         "\"Failed\": lost, throttled and the like; the gateway tries again."});
        return table;
    }

    [[nodiscard]] BriefTable problems() const {
        BriefTable table = begun("problems", {"各市问题清单", "Problems by city"},
                                 {{"主管部门", "Authority"},
                                  {"联系电话", "Telephone"},
                                  {"问题", "Problem"},
                                  {"怎么办", "What helps"},
                                  {"责任方", "Owner"},
                                  {"最早发现", "Since"},
                                  {"数量", "Count"}},
                                 1);
        for (const auto& problem : figures_.problems) {
            const Authority& authority = districts_.find(problem.authority);
            table.rows.push_back({authority.name, telephonesOf(authority), nameOfProblem(problem), problem.help,
                                  std::string(nameOf(problem.owner, language_)), dayText(problem.since),
                                  std::to_string(problem.count)});
        }
        table.note = in({"受阻的原因与怎么办为同类中的一例。",
                         "Why something is blocked, and what helps, is that of one among them."});
        return table;
    }

    [[nodiscard]] BriefTable otherProvinces() const {
        BriefTable table = begun("other_provinces", {"待外省处理", "Waiting for other provinces"},
                                 {{"证书编号", "Certificate"},
                                  {"主管部门", "Authority"},
                                  {"原因", "Reason"},
                                  {"怎么办", "What helps"},
                                  {"发现日期", "Since"},
                                  {"等待天数", "Days waiting"}},
                                 1);
        for (const auto& waiting : figures_.foreign) {
            table.rows.push_back({numberOf(waiting), districts_.find(waiting.authority).name,
                                  withoutIdentities(waiting.what), withoutIdentities(waiting.help),
                                  dayText(waiting.since), daysSince(waiting.since)});
        }
        table.note = remainder(figures_.foreignTotal, figures_.foreign.size());
        return table;
    }

    [[nodiscard]] BriefTable overdue() const {
        BriefTable table = begun("overdue", {"办理逾期清单", "Overdue operations"},
                                 {{"证书编号", "Certificate"},
                                  {"主管部门", "Authority"},
                                  {"环节", "Where it stands"},
                                  {"怎么办", "What helps"},
                                  {"起算日期", "Since"},
                                  {"已历天数", "Days"}},
                                 1);
        for (const auto& late : figures_.overdue) {
            table.rows.push_back({numberOf(late), districts_.find(late.authority).name, nameOfPlace(late.what),
                                  late.help.empty() ? in({"由网关自动办理", "the gateway goes on by itself"})
                                                    : withoutIdentities(late.help),
                                  dayText(late.since), daysSince(late.since)});
        }
        table.note = remainder(figures_.overdueTotal, figures_.overdue.size());
        return table;
    }

    [[nodiscard]] BriefTable lateFindings() const {
        BriefTable table = begun("overdue_findings", {"差异超期清单", "Overdue findings"},
                                 {{"证书编号", "Certificate"},
                                  {"主管部门", "Authority"},
                                  {"差异", "Finding"},
                                  {"处理状态", "Stage"},
                                  {"怎么办", "What helps"},
                                  {"期限", "Due"},
                                  {"超期天数", "Days overdue"}},
                                 1);
        for (const Finding& found : figures_.lateFindings) {
            const Finding late = shownFinding(found);
            const auto kind = findingKindOf(late.kind);
            const std::string whose = late.assigned.empty() ? "" : " " + districts_.find(late.assigned).name;
            table.rows.push_back({late.number, districts_.find(late.authority).name,
                                  std::string(kind ? nameOf(*kind, language_) : late.kind) +
                                      (late.field.empty() ? "" : " " + fieldLabel(late.field, language_)),
                                  std::string(nameOf(late.stage, language_)) + whose, late.help, dueDay(late),
                                  daysSince(late.dueAt)});
        }
        table.note = remainder(figures_.lateFindingsTotal, figures_.lateFindings.size());
        return table;
    }

    [[nodiscard]] BriefTable expiries() const {
        BriefTable table = begun(
            "expiries", {"到期预警", "Expiries"},
            {{"主管部门", "Authority"}, {"7 日内", "In 7 days"}, {"30 日内", "In 30 days"}, {"90 日内", "In 90 days"}},
            3);
        for (const auto& expiring : figures_.expiring) {
            table.rows.push_back({districts_.find(expiring.authority).name, std::to_string(expiring.in7),
                                  std::to_string(expiring.in30), std::to_string(expiring.in90)});
        }
        if (table.rows.size() > 1) {
            table.rows.push_back({in(labels::kTotal), std::to_string(brief_.expiring.in7),
                                  std::to_string(brief_.expiring.in30), std::to_string(brief_.expiring.in90)});
        }
        return table;
    }

private:
    [[nodiscard]] std::string in(const Label& label) const { return std::string(label.in(language_)); }
    [[nodiscard]] const char* text(const char* chinese, const char* english) const {
        return language_ == Language::Chinese ? chinese : english;
    }

    [[nodiscard]] BriefTable begun(std::string_view name, const Label& title, const std::vector<Label>& heads,
                                   std::size_t numbers) const {
        BriefTable table;
        table.name = name;
        table.title = in(title);
        for (const Label& head : heads) table.heads.push_back(in(head));
        table.numbers = numbers;
        return table;
    }

    void add(BriefTable& table, const Label& name, const Label& formula, const Ratio& ratio) const {
        table.rows.push_back(
            {in(name), in(formula), ratio.text(), std::to_string(ratio.part), std::to_string(ratio.whole)});
    }

    [[nodiscard]] std::string nameOfProblem(const BriefFigures::Problem& problem) const {
        if (problem.blocked) return in({"受阻：", "Blocked: "}) + problem.why;
        const auto kind = findingKindOf(problem.kind);
        return kind ? std::string(nameOf(*kind, language_)) : problem.kind;
    }

    [[nodiscard]] std::string nameOfPlace(std::string_view place) const {
        if (place == "blocked") return in({"受阻", "blocked"});
        if (place == "queued") return in({"已排队，未发送", "queued, not sent"});
        if (place == "licence") return in({"已赋码，待归集", "code assigned, licence awaited"});
        return in({"已发送，待确认", "sent, unconfirmed"});
    }

    [[nodiscard]] static std::string numberOf(const BriefFigures::Waiting& waiting) {
        return withoutIdentities(shownKey(waiting.number));
    }
    [[nodiscard]] static std::string dayText(TimePoint at) { return Date::inShanghai(at).str(); }
    [[nodiscard]] std::string daysSince(TimePoint at) const {
        const auto days = Date::inShanghai(brief_.scope.at).days() - Date::inShanghai(at).days();
        return std::to_string(std::max<std::int64_t>(days.count(), 0));
    }
    [[nodiscard]] std::string remainder(std::uint64_t total, std::size_t listed) const {
        if (total <= listed) return {};
        return fmt::format(fmt::runtime(text("共 {}，列出最早的 {}。", "{} in all; the oldest {} are listed.")), total,
                           listed);
    }

    const Brief& brief_;
    const BriefFigures& figures_;
    const Districts& districts_;
    Language language_;
};

}  // namespace

std::vector<BriefTable> tablesOf(const Brief& brief, const Districts& districts, Language language) {
    const BriefTables tables(brief, districts, language);
    return {tables.rates(),   tables.operations(),   tables.problems(), tables.otherProvinces(),
            tables.overdue(), tables.lateFindings(), tables.expiries()};
}

}  // namespace lianzheng
