#include <fmt/format.h>

#include "gateway/cli/commands.h"

namespace lianzheng {
namespace {

/// One text in the operator's language.
std::string said(CommandContext context, const char* chinese, const char* english) {
    return context.options.english ? english : chinese;
}

/// The outcome of one thing that was looked at.
void note(Output& output, const std::string& what, bool good, const std::string& text) {
    output.items.push_back({{"check", what}, {"ok", good ? "true" : "false"}, {"text", text}});
    output.line(fmt::format("{} {:<10} {}", good ? "✓" : "✗", what, text));
    output.counts[good ? "good" : "bad"] += 1;
}

void fail(Output& output, CommandContext context, const std::string& what, const Error& error) {
    note(output, what, false, explain(error, context.options.english));
    if (output.exitCode == ExitCode::InStep) output.exitCode = exitCodeOf(error);
}

void checkProvince(CommandContext context, Output& output) {
    const auto health = context.parts.source().health();
    if (!health) return fail(output, context, "province", health.error());
    const FileProblems missing = context.parts.map().missingColumns(health->columns);
    for (const FileProblem& problem : missing) note(output, "mapping", false, str(problem));
    if (!missing.empty()) {
        output.exitCode = ExitCode::Configuration;
        return;
    }
    note(output, "mapping", true,
         fmt::format(fmt::runtime(said(context, "版本 {}，所需列齐全", "version {}, every column it needs is there")),
                     context.parts.map().version()));
    const std::string base =
        health->baseRows
            ? fmt::format(fmt::runtime(said(context, "，基表 {} 行", ", {} in the base table")), *health->baseRows)
            : "";
    note(output, "province", true,
         fmt::format(fmt::runtime(said(context, "视图 {} 行{}", "{} rows in the view{}")), health->rows, base));
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

void checkStore(CommandContext context, Output& output) {
    if (const Status opened = context.parts.openStore(); !opened) return fail(output, context, "store", opened.error());
    const auto size = context.parts.store().ledgerSize();
    if (!size) return fail(output, context, "store", size.error());
    note(output, "store", true,
         fmt::format(fmt::runtime(said(context, "台账 {} 本", "{} certificates in the ledger")), *size));
}

void checkNational(CommandContext context, Output& output) {
    if (const Status opened = context.parts.openPlatform(); !opened)
        return fail(output, context, "key", opened.error());
    note(output, "key", true, said(context, "赋码私钥可用", "the private key for code ids is in order"));
    // A number that no province issues: the answer shows login, signature and read-back without touching anybody.
    const QueryCertificate nobody{context.parts.settings().policy.provinceCharacter + "建安B（1900）0000000", ""};
    const Completion answer = callAndWait(context.parts.platform(), Request{nobody}, context.stop);
    if (!answer.outcome) return fail(output, context, "national", answer.outcome.error());
    note(output, "national", true,
         fmt::format(
             fmt::runtime(said(context, "登录、签名与查询正常，{} 毫秒", "login, signature and query work, {} ms")),
             answer.elapsed.count() / 1000));
    if (answer.clockSkew) {
        const auto skew = answer.clockSkew->count();
        note(output, "clock", skew > -60 && skew < 60,
             fmt::format(fmt::runtime(said(context, "与部平台时钟相差 {} 秒", "{} seconds from the platform's clock")),
                         skew));
    }
}

}  // namespace

Output checkCommand(CommandContext context) {
    Output output;
    output.command = "check";
    note(output, "settings", true, context.options.configuration.string());
    checkProvince(context, output);
    checkStore(context, output);
    checkNational(context, output);
    if (const auto view = context.parts.exchange()) {
        const auto fields = view->shownFields();
        if (fields) {
            note(output, "exchange", true,
                 fmt::format(fmt::runtime(said(context, "前置库可见 {} 个字段", "the view shows {} fields")),
                             fields->size()));
        } else {
            fail(output, context, "exchange", fields.error());
        }
    } else {
        note(output, "exchange", true,
             said(context, "未配置前置库：不能接管，也不能与部平台逐本核对",
                  "none is configured: nothing can be adopted or compared one by one"));
    }
    if (output.counts["bad"] != 0) {
        output.result = "problems";
        // For machines; people see them among the rest.
        if (context.options.json) {
            for (const OutputItem& item : output.items) {
                if (item[1].second == "false") output.problems.push_back(item[0].second + ": " + item[2].second);
            }
        }
        if (output.exitCode == ExitCode::InStep) output.exitCode = ExitCode::NeedsPerson;
    }
    return output;
}

}  // namespace lianzheng
