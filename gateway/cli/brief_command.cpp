#include <fmt/format.h>

#include "gateway/cli/answer_file.h"
#include "gateway/cli/commands.h"
#include "gateway/reporting/brief_page.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

BriefKind kindOf(const Options& options) {
    return options.briefKind == "daily"    ? BriefKind::Daily
           : options.briefKind == "weekly" ? BriefKind::Weekly
                                           : BriefKind::Monthly;
}

/// The day asked for, or today's; nothing when it is none or to come.
std::optional<Date> dayOf(const Options& options, const Date& today) {
    if (options.date.empty()) return today;
    const auto day = Date::parse(options.date);
    return day && *day <= today ? day : std::nullopt;
}

Result<Brief> readBrief(const CommandContext& context, const Date& day) {
    const Settings& settings = context.parts.settings();
    BriefScope scope = briefScope(kindOf(context.options), day, context.parts.clock().now());
    scope.workdays = settings.closingWorkdays;
    scope.findingWorkdays = settings.findingWorkdays;
    scope.licences = context.parts.map().tellsOfLicences();
    scope.hasCalendar = settings.sync.ceilings.hasCalendar;
    scope.kept = settings.keepAttempts;
    const WorkdayCalendar& calendar = settings.sync.ceilings.calendar;
    auto figures = context.parts.store().briefFigures(questionOf(scope, calendar));
    if (!figures) return tl::unexpected(figures.error());
    return briefOf(scope, std::move(*figures), calendar);
}

void addItems(const Brief& brief, const std::vector<BriefTable>& tables, Output& output) {
    output.counts = {{"accepted", brief.accepted},
                     {"refused", brief.refused},
                     {"blocked", brief.blocked},
                     {"findings", brief.differing},
                     {"overdue", brief.figures.overdueTotal},
                     {"overdue_findings", brief.figures.lateFindingsTotal},
                     {"other_provinces", brief.figures.foreignTotal},
                     {"ending_in_7_days", brief.expiring.in7},
                     {"ending_in_30_days", brief.expiring.in30},
                     {"ending_in_90_days", brief.expiring.in90},
                     {"valid", brief.figures.valid},
                     {"closed_in_time", brief.timely.part},
                     {"decided", brief.timely.whole},
                     {"still_in_time", brief.running},
                     {"equal", brief.equal.part},
                     {"compared", brief.equal.whole}};
    if (brief.scope.licences) output.counts["collected"] = brief.collected.part;  // else nobody knows
    output.items.push_back({{"table", "period"},
                            {"first", brief.scope.first.str()},
                            {"last", brief.scope.last.str()},
                            {"made", isoUtc(brief.scope.at)}});
    for (const BriefTable& table : tables) {
        for (const auto& row : table.rows) {
            OutputItem item{{"table", std::string(table.name)}};
            for (std::size_t i = 0; i < row.size(); ++i) item.emplace_back(table.heads[i], row[i]);
            output.items.push_back(std::move(item));
        }
    }
}

/// A day is a text, a longer period a page or a workbook.
void deliverBrief(const Brief& brief, const Districts& districts, const std::string& head, const Options& options,
                  Output& output) {
    const bool english = options.english;
    const Language language = english ? Language::English : Language::Chinese;
    if (brief.scope.kind == BriefKind::Daily) {
        output.items.push_back({{"text", dailyText(brief, language)}});
        deliver(dailyText(brief, language) + (options.outputFile.empty() ? "" : "\n"), options.outputFile, "-o",
                english, output);
    } else if (upper(options.outputFile).ends_with(".XLSX")) {
        const Status written = writeBriefBook(brief, districts, head, language, options.outputFile);
        if (!written) output.fail(written.error(), english);
        if (written) output.line((english ? "written: " : "已写入：") + options.outputFile);
    } else {
        deliver(briefPage(brief, districts, head, language), options.outputFile, "-o", english, output);
    }
}

}  // namespace

Output briefCommand(const CommandContext& context) {
    Output output;
    output.command = "brief";
    const Options& options = context.options;
    const bool english = options.english;
    const Language language = english ? Language::English : Language::Chinese;
    const Date today = Date::inShanghai(context.parts.clock().now());
    const auto day = dayOf(options, today);
    if (!day) {
        output.problems.emplace_back(english ? "--date: must be a day as yyyy-MM-dd, today at the latest"
                                             : "--date：须为 yyyy-MM-dd，且不晚于今天");
        output.exitCode = ExitCode::Usage;
        return output;
    }
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), english);
        return output;
    }
    const auto brief = readBrief(context, *day);
    const auto head = context.parts.store().evidenceHead();
    if (!brief || !head) {
        output.fail(brief ? head.error() : brief.error(), english);
        return output;
    }
    const Districts& districts = context.parts.districts();
    addItems(*brief, tablesOf(*brief, districts, language), output);
    for (const std::string& note : notesOf(*brief, language)) output.items.push_back({{"note", note}});
    deliverBrief(*brief, districts, *head, options, output);
    return output;
}

}  // namespace lianzheng
