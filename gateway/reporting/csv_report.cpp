#include "gateway/reporting/csv_report.h"

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

}  // namespace

std::string csvCell(std::string_view text) {
    std::string cell;
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell = "'";
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
