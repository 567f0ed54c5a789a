#include <fmt/format.h>

#include "gateway/cli/commands.h"

namespace lianzheng {
namespace {

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
    note(output, "mapping", true, "版本 " + context.parts.map().version() + "，所需列齐全");
    const std::string base = health->baseRows ? fmt::format("，基表 {} 行", *health->baseRows) : "";
    note(output, "province", true, fmt::format("视图 {} 行{}", health->rows, base));
    note(output, "index", health->scanUsesIndex && health->sweepUsesIndex,
         health->scanUsesIndex && health->sweepUsesIndex
             ? "增量与全量读取均走索引"
             : "增量或全量读取未走索引，请建索引：（水位列，主键）、（证书编号，主键）；PostgreSQL "
               "的编号列须加 COLLATE \"C\"");
    const bool writes = context.parts.settings().province.writeBack != SourceSettings::WriteBackTarget::None;
    note(output, "writeback", health->canWrite || !writes,
         health->canWrite ? "账号可写"
         : writes         ? "账号只读，但配置了回写；请授权或设 writeback.target = none"
                          : "账号只读，未配置回写");
    for (const std::string& feature : context.parts.map().disabledFeatures()) note(output, "feature", true, feature);
}

void checkStore(CommandContext context, Output& output) {
    if (const Status opened = context.parts.openStore(); !opened) return fail(output, context, "store", opened.error());
    const auto size = context.parts.store().ledgerSize();
    if (!size) return fail(output, context, "store", size.error());
    note(output, "store", true, fmt::format("台账 {} 本", *size));
}

void checkNational(CommandContext context, Output& output) {
    if (const Status opened = context.parts.openPlatform(); !opened)
        return fail(output, context, "key", opened.error());
    note(output, "key", true, "赋码私钥可用");
    // A number that no province issues: the answer shows login, signature and read-back without touching anybody.
    const QueryCertificate nobody{context.parts.settings().policy.provinceCharacter + "建安B（1900）0000000", ""};
    const Completion answer = callAndWait(context.parts.platform(), Request{nobody}, context.stop);
    if (!answer.outcome) return fail(output, context, "national", answer.outcome.error());
    note(output, "national", true, fmt::format("登录、签名与回读正常，{} 毫秒", answer.elapsed.count() / 1000));
    if (answer.clockSkew) {
        const auto skew = answer.clockSkew->count();
        note(output, "clock", skew > -60 && skew < 60, fmt::format("与部平台时钟相差 {} 秒", skew));
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
            note(output, "exchange", true, fmt::format("前置库可见 {} 个字段", fields->size()));
        } else {
            fail(output, context, "exchange", fields.error());
        }
    } else {
        note(output, "exchange", true, "未配置前置库：不能接管，也不能与部平台逐本核对");
    }
    if (output.counts["bad"] != 0) {
        output.result = "problems";
        if (output.exitCode == ExitCode::InStep) output.exitCode = ExitCode::NeedsPerson;
    }
    return output;
}

}  // namespace lianzheng
