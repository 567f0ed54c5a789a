#include <fmt/format.h>

#include "gateway/cli/check_notes.h"

namespace lianzheng {

void note(Output& output, const std::string& what, bool good, const std::string& text) {
    output.items.push_back({{"check", what}, {"ok", good ? "true" : "false"}, {"text", text}});
    output.line(fmt::format("{} {:<10} {}", good ? "✓" : "✗", what, text));
    output.counts[good ? "good" : "bad"] += 1;
}

void noteFailure(Output& output, const CommandContext& context, const std::string& what, const Error& error) {
    note(output, what, false, explain(error, context.options.english));
    if (output.exitCode == ExitCode::InStep) output.exitCode = exitCodeOf(error);
}

namespace {

void checkProvince(const CommandContext& context, Output& output) {
    const auto health = context.parts.source().health();
    if (!health) return noteFailure(output, context, "province", health.error());
    const FileProblems missing = context.parts.map().missingColumns(health->columns);
    for (const FileProblem& problem : missing) note(output, "mapping", false, str(problem));
    if (!missing.empty()) {
        output.exitCode = ExitCode::Configuration;
        return;
    }
    note(output, "mapping", true,
         said(context, "版本 {}，所需列齐全", "version {}, every column it needs is there",
              context.parts.map().version()));
    const std::string base =
        health->baseRows ? said(context, "，基表 {} 行", ", {} in the base table", *health->baseRows) : "";
    note(output, "province", true, said(context, "视图 {} 行{}", "{} rows in the view{}", health->rows, base));
    note(
        output, "index", health->scanUsesIndex && health->sweepUsesIndex,
        health->scanUsesIndex && health->sweepUsesIndex
            ? said(context, "增量与全量读取均走索引", "an index serves the scan and the sweep")
            : said(
                  context,
                  "增量或全量读取未走索引，请建索引：（水位列，主键）、（证书编号，主键）；PostgreSQL "
                  "的编号列须加 COLLATE \"C\"",
                  "no index serves the scan or the sweep: make them on (watermark, key) and (certificate number, key); "
                  "on PostgreSQL the number's with COLLATE \"C\""));
    const bool writes = context.parts.settings().province.writeBack != SourceSettings::WriteBackTarget::None;
    note(output, "writeback", health->canWrite || !writes,
         health->canWrite ? said(context, "账号可写", "the account can write")
         : writes
             ? said(context, "账号只读，但配置了回写；请授权或设 writeback.target = none",
                    "the account cannot write, but write-back is configured: grant it, or set writeback.target = none")
             : said(context, "账号只读，未配置回写", "the account cannot write, and need not"));
    for (const std::string& feature : context.parts.map().disabledFeatures()) note(output, "feature", true, feature);
}

/// Whether the store is there to be asked.
bool checkStore(const CommandContext& context, Output& output) {
    if (const Status opened = context.parts.openStore(); !opened) {
        noteFailure(output, context, "store", opened.error());
        return false;
    }
    const auto size = context.parts.store().ledgerSize();
    if (!size) {
        noteFailure(output, context, "store", size.error());
        return false;
    }
    note(output, "store", true, said(context, "台账 {} 本", "{} certificates in the ledger", *size));
    return true;
}

/// Next year's days are announced in autumn.
void checkCalendar(const CommandContext& context, Output& output) {
    const Ceilings& ceilings = context.parts.settings().sync.ceilings;
    if (!ceilings.hasCalendar) return;
    const Date today = Date::inShanghai(context.parts.clock().now());
    const int missing = missingCalendarYear(ceilings.calendar, today);
    note(output, "calendar", missing == 0,
         missing == 0 ? said(context, "节假日齐全", "the holidays are known")
                      : said(context, "缺少 {} 年的节假日与调休日，请补充 calendar.file",
                             "the holidays and make-up days of {} are missing: add them to calendar.file", missing));
}

void checkExchange(const CommandContext& context, Output& output) {
    const auto view = context.parts.exchange();
    if (!view) {
        note(output, "exchange", true,
             said(context, "未配置前置库：不能接管，也不能与部平台逐本核对",
                  "none is configured: nothing can be adopted or compared one by one"));
        return;
    }
    const auto fields = view->shownFields();
    if (!fields) return noteFailure(output, context, "exchange", fields.error());
    note(output, "exchange", true, said(context, "前置库可见 {} 个字段", "the view shows {} fields", fields->size()));
}

/// For machines; people see them among the rest.
void listProblems(Output& output) {
    for (const OutputItem& item : output.items) {
        if (item[1].second == "false") output.problems.push_back(item[0].second + ": " + item[2].second);
    }
}

}  // namespace

Output checkCommand(const CommandContext& context) {
    Output output;
    output.command = "check";
    if (context.options.explainSignature) return explainSignature(context, std::move(output));
    note(output, "settings", true, context.options.configuration.string());
    checkCalendar(context, output);
    checkProvince(context, output);
    const bool opened = checkStore(context, output);
    checkCertificates(context, output);
    if (opened) checkPlatform(context, output);
    checkExchange(context, output);
    if (output.counts["bad"] != 0) {
        output.result = "problems";
        if (context.options.json) listProblems(output);
        if (output.exitCode == ExitCode::InStep) output.exitCode = ExitCode::NeedsPerson;
    }
    return output;
}

}  // namespace lianzheng
