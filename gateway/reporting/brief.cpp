#include "gateway/reporting/brief.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace lianzheng {
namespace {

Date dayOf(std::int64_t days) { return Date::inShanghai(TimePoint{std::chrono::sys_days{std::chrono::days{days}}}); }

void countClosings(const WorkdayCalendar& calendar, Brief& brief) {
    const Date today = Date::inShanghai(brief.scope.at);
    for (const BriefFigures::Closing& closing : brief.figures.closings) {
        const Date due = afterWorkdays(calendar, dayOf(closing.decided), brief.scope.workdays);
        if (!closing.closed && due >= today) {
            brief.running += closing.count;
            continue;
        }
        brief.timely.whole += closing.count;
        if (closing.closed && dayOf(*closing.closed) <= due) brief.timely.part += closing.count;
    }
}

}  // namespace

std::string_view nameOf(BriefKind kind, Language language) {
    constexpr std::array<Label, 3> kNames{
        {{"日报", "Daily brief"}, {"周报", "Weekly brief"}, {"月报", "Monthly brief"}}};
    return kNames.at(static_cast<std::size_t>(kind)).in(language);
}

BriefScope briefScope(BriefKind kind, const Date& day, TimePoint at) {
    BriefScope scope{.kind = kind, .first = day, .last = day, .at = at};
    const std::chrono::year_month_day parts{day.days()};
    if (kind == BriefKind::Weekly) {
        scope.first = day.plusDays(1 - static_cast<int>(std::chrono::weekday{day.days()}.iso_encoding()));
        scope.last = scope.first.plusDays(6);
    } else if (kind == BriefKind::Monthly) {
        scope.first = day.plusDays(1 - static_cast<int>(static_cast<unsigned>(parts.day())));
        const std::chrono::year_month_day_last end{parts.year(), std::chrono::month_day_last{parts.month()}};
        scope.last = scope.first.plusDays(static_cast<int>(static_cast<unsigned>(end.day())) - 1);
    }
    return scope;
}

BriefQuestion questionOf(const BriefScope& scope, const WorkdayCalendar& calendar) {
    const Date today = Date::inShanghai(scope.at);
    BriefQuestion question;
    question.from = scope.first.beginsInShanghai();
    question.at = scope.at;
    question.till = scope.last.plusDays(1).beginsInShanghai();
    question.today = today.str();
    question.in7 = today.plusDays(7).str();
    question.in30 = today.plusDays(30).str();
    question.in90 = today.plusDays(90).str();
    question.licences = scope.licences;
    Date latest = today;  // the first day of which something may still be in time
    while (afterWorkdays(calendar, latest.plusDays(-1), scope.workdays) >= today) latest = latest.plusDays(-1);
    question.overdueBefore = latest.beginsInShanghai();
    return question;
}

Brief briefOf(const BriefScope& scope, BriefFigures figures, const WorkdayCalendar& calendar) {
    Brief brief{.scope = scope, .figures = std::move(figures)};
    const BriefFigures& told = brief.figures;
    if (scope.licences) brief.collected = {told.collected, told.valid};
    countClosings(calendar, brief);
    if (told.reconciliation) {
        brief.tally = Tally::fromJson(told.reconciliation->counts);
        brief.equal = {brief.tally.equal, brief.tally.compared};
    }
    for (const auto& done : told.operations) {
        if (isAccepted(done.outcome)) brief.accepted += done.count;
        if (done.outcome == "refused") brief.refused += done.count;
    }
    for (const auto& problem : told.problems) (problem.blocked ? brief.blocked : brief.differing) += problem.count;
    for (const auto& expiring : told.expiring) {
        brief.expiring.in7 += expiring.in7;
        brief.expiring.in30 += expiring.in30;
        brief.expiring.in90 += expiring.in90;
    }
    return brief;
}

std::size_t charactersOf(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace lianzheng
