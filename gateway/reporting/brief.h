#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/planner/workday_calendar.h"
#include "gateway/reconcile/tally.h"
#include "gateway/reporting/labels.h"
#include "gateway/reporting/ratio.h"
#include "gateway/store/brief_figures.h"
#include "mappings/districts.h"

namespace lianzheng {

enum class BriefKind : std::uint8_t { Daily, Weekly, Monthly };
/// 日报, 周报, 月报.
std::string_view nameOf(BriefKind kind, Language language);

/// What a brief is about and by which rules it counts.
struct BriefScope {
    BriefKind kind{};
    Date first;  ///< of the period: that day; Monday to Sunday; the month
    Date last;
    TimePoint at{};            ///< when it is made: what is said of stocks holds for then
    int workdays = 5;          ///< brief.closing.workdays
    int findingWorkdays = 10;  ///< finding.deadline.workdays
    bool licences = true;      ///< whether the province tells of licence files
    bool hasCalendar = true;
    std::chrono::days kept{400};  ///< store.attempts.keep.days
};
/// The period that `day` lies in.
BriefScope briefScope(BriefKind kind, const Date& day, TimePoint at);
/// What the store is to be asked.
BriefQuestion questionOf(const BriefScope& scope, const WorkdayCalendar& calendar);

/// The figures, counted up.
struct Brief {
    BriefScope scope;
    BriefFigures figures;
    Ratio collected{};           ///< 归集率; of nothing when the province tells of no licences
    Ratio timely{};              ///< 及时率
    std::uint64_t running = 0;   ///< decided in the period, open, and still in time: in no rate
    Ratio equal{};               ///< 一致率; of nothing when no reconciliation is stored
    Tally tally{};               ///< of that reconciliation
    std::uint64_t accepted = 0;  ///< in the period
    std::uint64_t refused = 0;
    std::uint64_t blocked = 0;
    std::uint64_t differing = 0;  ///< open findings
    BriefFigures::Expiring expiring{};
};
/// Pure.
Brief briefOf(const BriefScope& scope, BriefFigures figures, const WorkdayCalendar& calendar);

/// The 日报: at most kDailyLength characters. The figures that matter most come first; what has no room is left out.
inline constexpr std::size_t kDailyLength = 200;
std::string dailyText(const Brief& brief, Language language);

/// One table of a brief, for the page, the workbook and JSON alike.
struct BriefTable {
    std::string_view
        name;  ///< stable: rates, operations, problems, other_provinces, overdue, overdue_findings, expiries
    std::string title;
    std::vector<std::string> heads;
    std::vector<std::vector<std::string>> rows;
    std::string note;
    std::size_t numbers = 0;  ///< so many of the last columns are numbers
};
std::vector<BriefTable> tablesOf(const Brief& brief, const Districts& districts, Language language);

/// What cannot be known from what is stored, and how the figures are meant.
std::vector<std::string> notesOf(const Brief& brief, Language language);

/// How many characters (code points) `utf8` has.
std::size_t charactersOf(std::string_view utf8);

}  // namespace lianzheng
