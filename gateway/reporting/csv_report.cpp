#include "gateway/reporting/csv_report.h"

#include <array>

#include "gateway/reporting/finding_text.h"
#include "mappings/date.h"

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
    using namespace labels;
    const Language language = input.language;
    out << kByteOrderMark;
    std::array<std::string_view, 17> heads{};
    const std::array<Label, 17> named{kCity,
                                      kAuthority,
                                      kTelephone,
                                      kClass,
                                      {"类别代码", "Kind"},
                                      kNumber,
                                      kField,
                                      kProvincial,
                                      kNational,
                                      kCause,
                                      kHelp,
                                      kOwner,
                                      kCompany,
                                      kNextStep,
                                      kSince,
                                      kLastSeen,
                                      {"字段代码", "Field code"}};
    for (std::size_t i = 0; i < named.size(); ++i) heads.at(i) = named.at(i).in(language);
    line(out, heads);
    const Status read = input.findings([&](const Finding& finding) {
        const Authority& authority = input.districts->find(finding.authority);
        const auto kind = findingKindOf(finding.kind);
        line(out, std::array<std::string, 17>{
                      authority.city, authority.name, telephonesOf(authority),
                      std::string(kind ? nameOf(*kind, language) : finding.kind), finding.kind, finding.number,
                      fieldLabel(finding.field, language), shownProvincial(finding), shownNational(finding),
                      finding.cause, finding.help, std::string(nameOf(finding.owner, language)), finding.company,
                      stepLabel(finding.nextStep, language), shanghaiText(finding.firstSeen),
                      shanghaiText(finding.lastSeen), finding.field});
        return out.good();
    });
    if (!read) return read;
    return out.good() ? ok() : failed(Fault::Corrupt, "report.csv", "write");
}

}  // namespace lianzheng
