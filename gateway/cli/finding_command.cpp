#include <fmt/format.h>

#include "gateway/cli/authorities.h"
#include "gateway/cli/check_notes.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/finding_number.h"
#include "gateway/reporting/finding_text.h"
#include "mappings/masked.h"

namespace lianzheng {
namespace {

/// Whether it is `city`'s: by its certificate, or because it was assigned to it.
bool isOf(const Districts& districts, const std::string& city, const Finding& finding) {
    return districts.find(finding.authority).id == city || finding.assigned == city;
}

bool wanted(const CommandContext& context, const std::string& city, const Finding& finding, TimePoint now) {
    const Options& options = context.options;
    return (city.empty() || isOf(context.parts.districts(), city, finding)) &&
           (options.kind.empty() || finding.kind == options.kind) &&
           (options.stage.empty() || word(finding.stage) == options.stage) &&
           (!options.overdue || finding.dueAt <= now);
}

Language languageOf(const CommandContext& context) {
    return context.options.english ? Language::English : Language::Chinese;
}

std::string kindName(const CommandContext& context, const std::string& word) {
    const auto kind = findingKindOf(word);
    return kind ? std::string(nameOf(*kind, languageOf(context))) : word;
}

/// One finding: a row for machines, two lines for people.
void tell(const CommandContext& context, const Finding& found, TimePoint now, Output& output) {
    const Finding finding = shownFinding(found);
    const Authority& authority = context.parts.districts().find(finding.authority);
    output.items.push_back({{"number", finding.number},
                            {"kind", finding.kind},
                            {"field", finding.field},
                            {"provincial", finding.provincialValue},
                            {"national", finding.nationalValue},
                            {"cause", finding.cause},
                            {"help", finding.help},
                            {"owner", std::string(word(finding.owner))},
                            {"authority", finding.authority},
                            {"stage", std::string(word(finding.stage))},
                            {"assigned", finding.assigned},
                            {"accepted_until", finding.acceptedUntil ? isoUtc(*finding.acceptedUntil) : ""},
                            {"note", finding.note},
                            {"first_seen", isoUtc(finding.firstSeen)},
                            {"due", isoUtc(finding.dueAt)}});
    const std::string stage(context.options.english ? word(finding.stage) : chineseName(finding.stage));
    const std::string due = dueDay(finding);
    const std::string assigned =
        finding.assigned.empty() ? "" : " " + context.parts.districts().find(finding.assigned).name;
    output.line(fmt::format("{}  {} {}  {}  {}{}{}  {}{}", finding.number, kindName(context, finding.kind),
                            fieldLabel(finding.field, languageOf(context)), authority.city, stage, assigned,
                            finding.note.empty() ? "" : "（" + finding.note + "）",
                            said(context, "限期 {}", "due {}", due),
                            finding.dueAt <= now ? said(context, "，已超期", ", overdue") : ""));
    output.line("    " + finding.cause + finding.help);
}

Output list(const CommandContext& context, Output output) {
    const Options& options = context.options;
    const TimePoint now = context.parts.clock().now();
    std::string city = options.city;
    if (!city.empty()) {
        const auto named = authorityOf(context, "--city", city, output);
        if (!named) return output;
        city = *named;
    }
    const auto findings = context.parts.store().findings(options.stage != word(FindingStage::Accepted));
    if (!findings) {
        output.fail(findings.error(), options.english);
        return output;
    }
    std::uint64_t overdue = 0;
    std::string hint;
    for (const Finding& finding : *findings) {
        if (!finding.open || !wanted(context, city, finding, now)) continue;
        if (finding.dueAt <= now) ++overdue;
        tell(context, finding, now, output);
        if (hint.empty()) hint = howToName(context, withoutIdentities(finding.number));
    }
    if (!hint.empty()) output.line(hint);
    output.counts["findings"] = output.items.size();
    output.counts["overdue"] = overdue;
    if (!output.items.empty() && options.stage != word(FindingStage::Accepted)) {
        output.exitCode = ExitCode::NeedsPerson;
    }
    return output;
}

Output history(const CommandContext& context, Output output, const std::vector<std::string>& numbers) {
    auto events = context.parts.store().findingEvents(numbers.front());
    for (std::size_t i = 1; i < numbers.size() && events && events->empty(); ++i) {
        events = context.parts.store().findingEvents(numbers[i]);
    }
    if (!events) {
        output.fail(events.error(), context.options.english);
        return output;
    }
    for (const FindingEvent& event : *events) {
        output.items.push_back({{"at", isoUtc(event.at)},
                                {"kind", event.kind},
                                {"field", event.field},
                                {"what", event.what},
                                {"actor", withoutIdentities(event.actor)},
                                {"note", withoutIdentities(event.note)},
                                {"run", std::to_string(event.run)}});
        output.line(fmt::format(
            "{}  {} {}  {}  {}{}", shanghaiText(event.at), kindName(context, event.kind),
            fieldLabel(event.field, languageOf(context)), eventName(event.what, languageOf(context)),
            event.actor.empty() ? said(context, "第 {} 次运行", "run {}", event.run) : withoutIdentities(event.actor),
            event.note.empty() ? "" : "（" + withoutIdentities(event.note) + "）"));
    }
    output.counts["events"] = events->size();
    if (events->empty()) output.line(said(context, "没有差异记录", "no finding was ever recorded"));
    return output;
}

/// What the word on the command line means; nothing, with a problem said, when it cannot be so.
std::optional<MoveFinding> moveOf(const CommandContext& context, Output& output) {
    const Options& options = context.options;
    MoveFinding move;
    move.kind = options.kind;
    move.field = options.field;
    move.note = options.reason;
    move.actor = options.by.empty() ? accountName() : options.by;
    move.at = context.parts.clock().now();
    const auto refuse = [&](std::string problem) -> std::optional<MoveFinding> {
        output.problems.push_back(std::move(problem));
        output.exitCode = ExitCode::Usage;
        return std::nullopt;
    };
    if (options.subcommand == "acknowledge") move.stage = FindingStage::Acknowledged;
    if (options.subcommand == "assign") {
        move.stage = FindingStage::Assigned;
        const auto named = authorityOf(context, "--to", options.to, output);
        if (!named) return std::nullopt;
        move.assigned = *named;
    }
    if (options.subcommand == "accept") {
        move.stage = FindingStage::Accepted;
        const auto until = Date::parse(options.until);
        if (!until) return refuse(said(context, "--until：应为 yyyy-MM-dd", "--until: must be yyyy-MM-dd"));
        move.until = until->plusDays(1).beginsInShanghai() - std::chrono::milliseconds{1};  // that day included
        if (*move.until <= move.at) return refuse(said(context, "--until：已经过去", "--until: has passed"));
    }
    return move;
}

/// Why the store did not take a person's word; says it.
void refused(const CommandContext& context, const Error& error, const std::string& shown, Output& output) {
    if (error.code == "no_such_finding") {
        output.problems.push_back(said(context, "{}：没有这样的未关闭差异，见 finding list",
                                       "{}: there is no such open finding; see finding list", shown));
    } else if (error.code == "accepted") {
        output.problems.push_back(said(context, "{}：已接受至某日，请先执行 finding reopen 撤回",
                                       "{}: is accepted until a day; take that back first with finding reopen", shown));
    } else {
        return output.fail(error, context.options.english);
    }
    output.exitCode = ExitCode::Usage;
}

/// The word is on what is filed under the first of the numbers that has an open finding.
Output speak(const CommandContext& context, Output output, const std::vector<std::string>& numbers) {
    auto move = moveOf(context, output);
    if (!move) return output;
    Status done = failed(Fault::Rejected, "store.finding", "no_such_finding");
    std::string shown;
    for (std::size_t i = 0; i < numbers.size() && !done && done.error().code == "no_such_finding"; ++i) {
        move->number = numbers[i];
        shown = withoutIdentities(move->number);  // it may be anything that stands for one somewhere
        const std::vector<Change> changes{
            *move,
            AddAudit{{move->at, move->actor, "finding." + context.options.subcommand, shown + ": " + move->note}}};
        done = context.parts.store().commit(changes);
    }
    if (done) {
        output.counts["moved"] = 1;
        output.line(shown + "  " + std::string(context.options.english ? word(move->stage) : chineseName(move->stage)));
    } else if (done.error().code == "nothing_said") {
        output.counts["moved"] = 0;
        output.line(shown + "  " + said(context, "没有可撤回的处理", "there is nothing to take back"));
    } else {
        refused(context, done.error(), shown, output);
    }
    return output;
}

}  // namespace

Output findingCommand(const CommandContext& context) {
    Output output;
    output.command = "finding " + context.options.subcommand;
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    if (context.options.subcommand == "list") return list(context, std::move(output));
    const auto numbers = findingNumbers(context, context.options.numbers.front(), output);
    if (!numbers) return output;
    return context.options.subcommand == "history" ? history(context, std::move(output), *numbers)
                                                   : speak(context, std::move(output), *numbers);
}

}  // namespace lianzheng
