#include "gateway/cli/finding_number.h"

#include <algorithm>
#include <iostream>
#include <set>

#include "gateway/cli/check_notes.h"
#include "gateway/planner/ledger_key.h"
#include "mappings/certificate_number.h"
#include "mappings/masked.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

/// As it is compared: whoever copies it from a page may have lost or won a blank.
std::string bare(std::string_view text) {
    std::string out = upper(halfWidth(text));
    std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
    return out;
}

/// A number of any type in its usual spelling, and the one it was converted to.
std::vector<std::string> spellingsOf(const CommandContext& context, std::string_view text) {
    std::vector<std::string> spellings;
    const auto ledger = ledgerNumber(context, text);
    if (!ledger) return spellings;
    if (const auto number = CertificateNumber::parse(text); number && number->str() != *ledger) {
        spellings.push_back(number->str());
    }
    spellings.push_back(*ledger);
    return spellings;
}

/// The numbers that are shown so.
Result<std::set<std::string>> shownSo(const CommandContext& context, std::string_view text) {
    const auto findings = context.parts.store().findings(false);
    if (!findings) return tl::unexpected<Error>(findings.error());
    const std::string wanted = bare(shownKey(text));
    std::set<std::string> numbers;
    for (const Finding& finding : *findings) {
        if (bare(withoutIdentities(finding.number)) == wanted) numbers.insert(finding.number);
    }
    return numbers;
}

std::nullopt_t refuse(Output& output, std::string problem) {
    output.problems.push_back(std::move(problem));
    output.exitCode = ExitCode::Usage;
    return std::nullopt;
}

}  // namespace

std::optional<std::vector<std::string>> findingNumbers(const CommandContext& context, std::string_view text,
                                                       Output& output) {
    std::string line;
    if (text == "-") {
        if (!std::getline(std::cin, line)) {
            return refuse(output, said(context, "NUMBER：- 表示从标准输入读一行编号，但那里没有内容",
                                       "NUMBER: - takes the number from a line of standard input, and there is none"));
        }
        text = line;
    }
    text = trimmed(text);
    std::vector<std::string> numbers = spellingsOf(context, text);
    if (std::ranges::find(numbers, text) != numbers.end()) return numbers;
    const auto filed = context.parts.store().findingEvents(text);
    if (!filed) {
        output.fail(filed.error(), context.options.english);
        return std::nullopt;
    }
    if (!filed->empty()) numbers.insert(numbers.begin(), std::string(text));
    if (!numbers.empty()) return numbers;
    const auto shown = shownSo(context, text);
    if (!shown) {
        output.fail(shown.error(), context.options.english);
        return std::nullopt;
    }
    if (shown->empty()) {
        return refuse(output, said(context, "{}，也不是 finding list 所示的编号（照其原样，加引号）",
                                   "{}, nor what finding list shows for one (as it stands there, quoted)",
                                   noNumber(context, "NUMBER")));
    }
    if (shown->size() > 1) {
        return refuse(
            output,
            said(context,
                 "NUMBER：有 {} 个不同的编号都显示成这样，请以 - 代替编号，从标准输入给出全文（见 report export "
                 "--unmask）",
                 "NUMBER: {} different numbers are shown so; put - for it and give the whole on standard "
                 "input (report export --unmask shows it)",
                 shown->size()));
    }
    return std::vector<std::string>(shown->begin(), shown->end());
}

std::string howToName(const CommandContext& context, const std::string& shown) {
    if (ledgerNumber(context, shown)) return {};
    // What a shell or the options would take for something else is typed where neither reads it.
    if (shown.starts_with('-') || shown.find('\'') != std::string::npos) {
        return said(context, "编号无法识别的，以 - 代替编号，再照所示原样输入一行：lianzheng finding acknowledge -",
                    "a number nobody can read is typed as it is shown, on a line after: lianzheng finding "
                    "acknowledge -");
    }
    return said(context, "编号无法识别的，照所示原样加引号输入，例如：lianzheng finding acknowledge '{}'",
                "a number nobody can read is typed as it is shown, quoted: lianzheng finding acknowledge '{}'", shown);
}

}  // namespace lianzheng
