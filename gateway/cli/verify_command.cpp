#include <fmt/format.h>

#include "gateway/cli/answer_file.h"
#include "gateway/cli/commands.h"
#include "gateway/reporting/statement_page.h"
#include "gateway/reporting/text_table.h"
#include "gateway/service/certificate_sides.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

constexpr std::size_t kLongestLook = 1000;

/// What a person saw becomes part of the store; an identity number in it does not.
bool recordLook(const CommandContext& context, const std::string& number, Output& output) {
    const Options& options = context.options;
    const auto text = [](const std::string& value, std::size_t most) {
        return !trimmed(value).empty() && value.size() <= most && isCleanUtf8(value);
    };
    if (!text(options.looked, kLongestLook) || !text(options.by, 100)) {
        output.problems.emplace_back(
            options.english
                ? "--looked, --by: one line of text each, at most 1000 and 100 bytes; say what the page showed"
                : "--looked、--by：各为一行文字，至多 1000 与 100 字节；请写明页面显示的内容");
        output.exitCode = ExitCode::Usage;
        return false;
    }
    const std::vector<Change> changes{
        AddLook{HumanLook{number, context.parts.clock().now(), options.by, options.looked}}};
    const Status done = context.parts.store().commit(changes);
    if (!done) output.fail(done.error(), options.english);
    return done.has_value();
}

void addSide(const char* name, const CertificateSide& side, Output& output) {
    OutputItem item{{"side", name},
                    {"answer", std::string(word(side.answer))},
                    {"read_at", side.readAt ? isoUtc(*side.readAt) : ""}};
    if (side.error) item.emplace_back("fault", std::string(word(side.error->fault)) + ":" + side.error->code);
    if (side.rows > 1) item.emplace_back("rows", std::to_string(side.rows));
    output.items.push_back(std::move(item));
}

void addItems(const Verification& verification, const std::vector<ComparedField>& fields,
              const std::vector<std::string>& conclusion, Output& output) {
    addSide("province", verification.province, output);
    addSide("ledger", verification.ledger, output);
    addSide("national", verification.national, output);
    for (const ComparedField& field : fields) {
        output.items.push_back({{"field", field.name},
                                {"label", field.label},
                                {"province", field.province},
                                {"ledger", field.ledger},
                                {"national", field.national},
                                {"agreement", std::string(word(field.agreement))}});
        output.counts[std::string(word(field.agreement))] += 1;
    }
    if (verification.look) {
        output.items.push_back({{"looked_at", isoUtc(verification.look->at)},
                                {"looked_by", verification.look->who},
                                {"saw", verification.look->saw}});
    }
    std::string text;
    for (const std::string& sentence : conclusion) text += sentence;
    output.items.push_back({{"number", verification.number},
                            {"conclusion", text},
                            {"link", verification.link},
                            {"evidence_head", verification.evidenceHead}});
}

/// Where a person may look instead, and how to record what was seen.
void addLookByHand(const Verification& verification, bool chinese, Output& output) {
    if (!verification.link.empty()) {
        output.line(fmt::format("{}{}", chinese ? "人工查询：" : "look it up by hand: ", verification.link));
    } else {
        output.line(chinese ? "未配置人工查询地址（verify.link）" : "no page to look it up by hand: set verify.link");
    }
    output.line(fmt::format(fmt::runtime(chinese ? "查询后登记：lianzheng verify {} --looked 所见内容 --by 姓名"
                                                 : "then: lianzheng verify {} --looked WHAT-YOU-SAW --by NAME"),
                            verification.number));
}

void addLines(const Verification& verification, const std::vector<ComparedField>& fields,
              const std::vector<std::string>& conclusion, Language language, Output& output) {
    const bool chinese = language == Language::Chinese;
    output.line(fmt::format("{} {}", chinese ? "证书" : "certificate", verification.number));
    TextTable table(chinese ? std::vector<std::string>{"项目", "省系统", "台账", "部平台", "比对"}
                            : std::vector<std::string>{"field", "province", "ledger", "platform", "agreement"});
    const auto shown = [](const std::string& value) { return value.empty() ? std::string("—") : value; };
    for (const ComparedField& field : fields) {
        table.add({field.label, shown(field.province), shown(field.ledger), shown(field.national),
                   std::string(nameOf(field.agreement, language))});
    }
    table.add({chinese ? "读取时间" : "read", readingOf(verification.province, language),
               readingOf(verification.ledger, language), readingOf(verification.national, language), ""});
    std::string text = table.str();
    text.pop_back();
    output.line(std::move(text));
    for (const std::string& sentence : conclusion) output.line(sentence);
    const auto answer = verification.national.answer;
    if (answer == CertificateSide::Answer::Told || answer == CertificateSide::Answer::Nothing) return;
    addLookByHand(verification, chinese, output);
}

/// A side that ought to answer and does not is the matter of whoever runs it; a difference is a person's.
ExitCode exitCodeFor(const Verification& verification, std::string_view result) {
    if (result == "different" || result == "not_found") return ExitCode::NeedsPerson;
    for (const CertificateSide* side : {&verification.province, &verification.national}) {
        if (side->error) return exitCodeOf(*side->error);
    }
    return ExitCode::InStep;
}

}  // namespace

Output verifyCommand(const CommandContext& context) {
    Output output;
    output.command = "verify";
    const bool english = context.options.english;
    const Language language = english ? Language::English : Language::Chinese;
    const auto number = ledgerNumber(context, context.options.numbers.front());
    if (!number) {
        output.problems.push_back(noNumber(context, "argument"));
        output.exitCode = ExitCode::Usage;
        return output;
    }
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), english);
        return output;
    }
    if (!context.options.looked.empty() && !recordLook(context, *number, output)) return output;
    const auto verification = readSides(context.parts, *number, context.stop);
    if (!verification) {
        output.fail(verification.error(), english);
        return output;
    }
    const std::vector<ComparedField> fields = comparedFields(*verification, language);
    const std::vector<std::string> conclusion = conclusionOf(*verification, fields, language);
    output.result = resultOf(*verification, fields);
    output.exitCode = exitCodeFor(*verification, output.result);
    for (const CertificateSide* side : {&verification->province, &verification->national}) {
        if (side->error) output.problems.push_back(explain(*side->error, english));
    }
    output.counts = {{"same", 0}, {"different", 0}, {"unknown", 0}};
    addItems(*verification, fields, conclusion, output);
    addLines(*verification, fields, conclusion, language, output);
    const std::string& statement = context.options.statement;
    if (!statement.empty()) deliver(statementPage(*verification, language), statement, "--statement", english, output);
    return output;
}

}  // namespace lianzheng
