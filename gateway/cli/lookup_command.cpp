#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/cli/answer_file.h"
#include "gateway/cli/check_notes.h"
#include "gateway/cli/commands.h"
#include "gateway/reporting/csv_report.h"
#include "adapters/runtime/whole_file.h"
#include "gateway/service/enterprise_lookup.h"

namespace lianzheng {
namespace {

std::optional<std::string> contentOf(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream content;
    if (!(in && content << in.rdbuf()) && in.peek() != std::ifstream::traits_type::eof()) return std::nullopt;
    return in.is_open() ? std::optional{content.str()} : std::nullopt;
}

std::string csvOf(const std::vector<LookupRow>& rows, Language language) {
    constexpr std::array kHeads{
        Label{"行号", "Line"},   Label{"原文", "As asked"},         Label{"证书编号", "Certificate"},
        Label{"姓名", "Name"},   Label{"证件号码后四位", "Ending"}, Label{"状态", "State"},
        Label{"原因", "Reason"}, Label{"怎么办", "What helps"}};
    std::string text = "\xEF\xBB\xBF";
    const auto line = [&](const auto& cells) {
        bool first = true;
        for (const auto& cell : cells) {
            text.append(first ? "" : ",").append(csvCell(cell));
            first = false;
        }
        text += "\r\n";
    };
    std::array<std::string, kHeads.size()> heads;
    for (std::size_t i = 0; i < heads.size(); ++i) heads.at(i) = kHeads.at(i).in(language);
    line(heads);
    for (const LookupRow& row : rows) {
        // Digits alone would lose their zeros in a spreadsheet.
        const std::string ending = row.ending.empty() ? "" : "*" + row.ending;
        line(std::array<std::string, kHeads.size()>{std::to_string(row.line), row.shown, row.number, row.name, ending,
                                                    row.answer.status, row.answer.reason, row.answer.help});
    }
    return text;
}

void addItems(const std::vector<LookupRow>& rows, Output& output) {
    for (const LookupRow& row : rows) {
        output.items.push_back({{"line", std::to_string(row.line)},
                                {"as_asked", row.shown},
                                {"number", row.number},
                                {"name", row.name},
                                {"ending", row.ending},
                                {"answer", std::string(row.answer.word)},
                                {"status", row.answer.status},
                                {"reason", row.answer.reason},
                                {"help", row.answer.help}});
        output.counts[std::string(row.answer.word)] += 1;
        if (row.answer.attention) output.counts["attention"] += 1;
    }
}

/// Whether writing the answers would destroy the list: one file by whatever name, or what is written beside it first.
bool overwrites(const std::filesystem::path& list, const std::filesystem::path& answers) {
    std::filesystem::path unfinished = answers;
    unfinished += kUnfinished;
    std::error_code error;
    return std::filesystem::equivalent(list, answers, error) || std::filesystem::equivalent(list, unfinished, error);
}

}  // namespace

Output lookupCommand(const CommandContext& context) {
    Output output;
    output.command = "lookup";
    const Options& options = context.options;
    if (!options.outputFile.empty() && overwrites(options.numbersFile, options.outputFile)) {
        output.problems.push_back(said(context, "-o：{}：就是 --file 的清单，会被覆盖；请另取文件名",
                                       "-o: {}: is the list of --file, and would be overwritten; give another name",
                                       options.outputFile));
        output.exitCode = ExitCode::Usage;
        return output;
    }
    const auto content = contentOf(options.numbersFile);
    if (!content || content->starts_with("\xFF\xFE") || content->starts_with("\xFE\xFF")) {
        output.problems.push_back(fmt::format(
            fmt::runtime(!content          ? (options.english ? "--file: {}: cannot be read; check its path and rights"
                                                              : "--file：{}：无法读取，请核对路径与权限")
                         : options.english ? "--file: {}: is UTF-16; save it as CSV UTF-8"
                                           : "--file：{}：是 UTF-16 编码，请另存为“CSV UTF-8”"),
            options.numbersFile));
        output.exitCode = ExitCode::Usage;
        return output;
    }
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), options.english);
        return output;
    }
    const Language language = options.english ? Language::English : Language::Chinese;
    const std::vector<LookupLine> lines = readLookupLines(*content, context.parts.settings().type);
    const auto rows = lookUp(context.parts, lines, language);
    if (!rows) {
        output.fail(rows.error(), options.english);
        return output;
    }
    output.counts = {{"lines", lines.size()}, {"attention", 0}};
    addItems(*rows, output);
    if (output.counts["attention"] != 0) output.exitCode = ExitCode::NeedsPerson;
    deliver(csvOf(*rows, language), options.outputFile, "-o", options.english, output);
    return output;
}

}  // namespace lianzheng
