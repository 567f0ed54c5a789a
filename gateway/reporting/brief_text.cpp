#include <fmt/format.h>

#include <string>
#include <vector>

#include "gateway/reporting/brief.h"

namespace lianzheng {
namespace {

std::string dayText(const Date& day, Language language) {
    if (language == Language::English) return day.str().substr(5);
    const std::chrono::year_month_day parts{day.days()};
    return fmt::format("{}月{}日", static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

std::string reconciled(const Brief& brief, Language language) {
    return dayText(Date::inShanghai(brief.figures.reconciliation->startedAt), language);
}

/// Whose numbers the stocks are when the day is not the one on which the brief is made; empty when it is.
std::string stocksOf(const Brief& brief, Language language) {
    const Date made = Date::inShanghai(brief.scope.at);
    if (made <= brief.scope.last) return {};
    const std::string day = dayText(made, language);
    return language == Language::Chinese ? fmt::format("归集率与存量为{}的数，当日未留存。", day)
                                         : fmt::format("Collected and stocks are of {}. ", day);
}

/// Sentences by what they matter.
std::vector<std::string> chinese(const Brief& brief) {
    const BriefFigures& told = brief.figures;
    return {fmt::format("{}：受理{}件，退回{}件。", dayText(brief.scope.first, Language::Chinese), brief.accepted,
                        brief.refused),
            stocksOf(brief, Language::Chinese),
            brief.scope.licences ? fmt::format("归集率{}（已归集/有效）。", brief.collected.text())
                                 : "归集率—（省系统不提供电子证照）。",
            brief.timely.whole == 0
                ? "及时率：无到期件。"
                : fmt::format("及时率{}（{}个工作日内办结/已决定）。", brief.timely.text(), brief.scope.workdays),
            told.reconciliation ? fmt::format("一致率{}（一致/比对，{}对账）。", brief.equal.text(),
                                              reconciled(brief, Language::Chinese))
                                : "一致率：尚未对账。",
            fmt::format("受阻{}本，差异{}项，办理逾期{}本，差异超期{}项，待外省{}本。", brief.blocked, brief.differing,
                        told.overdueTotal, told.lateFindingsTotal, told.foreignTotal),
            fmt::format("90/30/7日内到期{}/{}/{}本。", brief.expiring.in90, brief.expiring.in30, brief.expiring.in7)};
}

/// On which day was compared, when that is not the brief's own: English is short of room.
std::string otherDay(const Brief& brief) {
    const Date day = Date::inShanghai(brief.figures.reconciliation->startedAt);
    return day == brief.scope.first ? std::string() : " (" + dayText(day, Language::English) + ")";
}

std::vector<std::string> english(const Brief& brief) {
    const BriefFigures& told = brief.figures;
    return {fmt::format("{}: {} accepted, {} refused. ", dayText(brief.scope.first, Language::English), brief.accepted,
                        brief.refused),
            stocksOf(brief, Language::English),
            brief.scope.licences ? fmt::format("Collected/valid {}. ", brief.collected.text())
                                 : "Collected — (no licences told of). ",
            brief.timely.whole == 0
                ? "Nothing was due. "
                : fmt::format("In {} workdays/decided {}. ", brief.scope.workdays, brief.timely.text()),
            told.reconciliation ? fmt::format("Equal/compared {}{}. ", brief.equal.text(), otherDay(brief))
                                : "Not reconciled yet. ",
            fmt::format("Blocked {}, findings {}, late {} ops, {} findings, elsewhere {}. ", brief.blocked,
                        brief.differing, told.overdueTotal, told.lateFindingsTotal, told.foreignTotal),
            fmt::format("Ends in 90/30/7d: {}/{}/{}.", brief.expiring.in90, brief.expiring.in30, brief.expiring.in7)};
}

}  // namespace

std::string dailyText(const Brief& brief, Language language) {
    std::string text = language == Language::Chinese ? "联证日报" : "";
    for (const std::string& sentence : language == Language::Chinese ? chinese(brief) : english(brief)) {
        if (charactersOf(text) + charactersOf(sentence) <= kDailyLength) text += sentence;
    }
    return text;
}

}  // namespace lianzheng
