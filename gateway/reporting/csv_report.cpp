#include "gateway/reporting/csv_report.h"

#include <algorithm>
#include <array>

#include "gateway/reporting/finding_row.h"

namespace lianzheng {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

template <class Cells>
void line(std::ostream& out, const Cells& cells) {
    bool first = true;
    for (const auto& cell : cells) {
        if (!first) out << ',';
        first = false;
        out << csvCell(cell);
    }
    out << "\r\n";
}

/// Spreadsheets read past blanks of either width, and take a full-width sign for the plain one.
bool mayBeFormula(std::string_view text) {
    constexpr std::array<std::string_view, 3> kBlanks{" ", "　", "\xC2\xA0"};
    constexpr std::array<std::string_view, 11> kSigns{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    const auto begins = [&text](std::string_view with) { return text.starts_with(with); };
    for (const auto* blank = std::ranges::find_if(kBlanks, begins); blank != kBlanks.end();
         blank = std::ranges::find_if(kBlanks, begins)) {
        text.remove_prefix(blank->size());
    }
    return std::ranges::any_of(kSigns, begins);
}

}  // namespace

std::string csvCell(std::string_view text) {
    std::string cell = mayBeFormula(text) ? "'" : "";
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

Status writeCsv(const ReportInput& input, std::ostream& out) {
    out << kByteOrderMark;
    line(out, findingHeads(input.language));
    Status read = input.findings([&](const Finding& finding) {
        line(out, findingRow(input, finding));
        return out.good();
    });
    if (!read) return read;
    return out.good() ? ok() : failed(Fault::Corrupt, "report.csv", "write");
}

}  // namespace lianzheng
