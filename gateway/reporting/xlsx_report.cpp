#include "gateway/reporting/xlsx_report.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/reporting/finding_row.h"
#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/report_summary.h"
#include "gateway/reporting/xlsx_book.h"
#include "mappings/date.h"

namespace lianzheng {
namespace {

using namespace labels;

/// Findings of an enterprise in one city's charge.
struct OfCompany {
    std::array<std::uint32_t, kFindingKinds.size()> byKind{};
    std::uint32_t total = 0;
};
/// By the place of the authority in the directory, then by name.
using Companies = std::map<std::pair<std::size_t, std::string>, OfCompany>;

/// One workbook on its way to `file`.
class XlsxReport {
public:
    XlsxReport(const ReportInput& input, const ReportSummary& summary, const std::filesystem::path& file)
        : input_(input), summary_(summary), language_(input.language), book_(file) {
        std::ranges::copy_if(kFindingKinds, std::back_inserter(kinds_),
                             [this](FindingKind kind) { return summary_.of(kind) != 0; });
    }

    Status write() {
        summarySheet();
        if (Status read = findingsSheet(); !read) return read;
        citiesSheet();
        companiesSheet();
        return book_.finish();
    }

private:
    [[nodiscard]] std::string in(const Label& label) const { return std::string(label.in(language_)); }

    void summarySheet() {
        std::vector<XlsxColumn> columns{{in({"项目", "Item"}), 26}, {in({"内容", "Value"}), 16}};
        for (std::size_t i = 1; i <= kOwners.size(); ++i) columns.push_back({"", 16});
        XlsxBook::Sheet& sheet = book_.sheet(in({"汇总", "Summary"}), columns);
        const Tally& tally = input_.tally;
        const auto text = [&](const Label& label, std::string_view value) {
            sheet.add(std::array<XlsxCell, 2>{label.in(language_), value});
        };
        const auto count = [&](const Label& label, std::uint64_t value) {
            sheet.add(std::array<XlsxCell, 2>{label.in(language_), value});
        };
        text(kAsOf, shanghaiText(input_.run.startedAt));
        text(kMade, shanghaiText(input_.madeAt));
        if (input_.superseded) text(kDetails, tableNote(input_, summary_));
        if (input_.only != nullptr) {
            text(kAuthority, input_.only->name);
            text(kTelephone, telephonesOf(*input_.only));
        }
        count(kRun, static_cast<std::uint64_t>(input_.run.id));
        text(kScope, scopeName(input_.against, language_));
        count(kCompared, tally.compared);
        if (input_.only == nullptr) count(kEqual, tally.equal);
        const RateShown rate = rateOf(input_);
        text(rate.label, rate.ratio.text());
        count(kDiffering, tally.differing);
        count(kFindings, summary_.total);
        count(kNew, summary_.fresh);
        if (input_.only == nullptr) count(kExcused, tally.excused());
        text(kEvidence, input_.evidenceHead.empty() ? "–" : std::string_view(input_.evidenceHead));
        text(kPhonesAsOf, input_.districts->asOf());
        constexpr std::uint64_t kListed = 1'048'575;
        if (summary_.total > kListed) count(kMore, summary_.total - kListed);
        sheet.blank();
        classesBelow(sheet);
    }

    void classesBelow(XlsxBook::Sheet& sheet) {
        std::vector<XlsxCell> cells{kClass.in(language_)};
        for (const Owner owner : kOwners) cells.emplace_back(nameOf(owner, language_));
        cells.emplace_back(kTotal.in(language_));
        sheet.addHeads(cells);
        for (const FindingKind kind : kinds_) {
            cells.assign({nameOf(kind, language_)});
            for (const auto each : summary_.byKindAndOwner.at(static_cast<std::size_t>(kind))) cells.emplace_back(each);
            cells.emplace_back(summary_.of(kind));
            sheet.add(cells);
        }
        cells.assign({kTotal.in(language_)});
        for (const Owner owner : kOwners) cells.emplace_back(summary_.of(owner));
        cells.emplace_back(summary_.total);
        sheet.addHeads(cells);
    }

    Status findingsSheet() {
        constexpr std::array<double, kFindingColumns> kWidths{10, 26, 30, 20, 22, 26, 14, 30, 30, 50,
                                                              40, 12, 30, 20, 17, 17, 16, 12, 12, 28};
        std::vector<XlsxColumn> columns;
        const auto heads = findingHeads(language_);
        for (std::size_t i = 0; i < heads.size(); ++i) columns.push_back({std::string(heads.at(i)), kWidths.at(i)});
        columns.push_back({in(kAgeDays), 10});
        XlsxBook::Sheet& sheet = book_.sheet(in({"差异", "Findings"}), columns);
        sheet.filtered();
        std::vector<XlsxCell> cells;
        return input_.findings([&](const Finding& finding) {
            const FindingRow row = findingRow(input_, finding);
            cells.assign(row.begin(), row.end());
            cells.emplace_back(ageInDays(finding, input_.run));
            sheet.add(cells);
            count(finding);
            return true;
        });
    }

    void count(const Finding& finding) {
        const auto kind = findingKindOf(finding.kind);
        OfCompany& company = companies_[{placeOf(finding.authority), shownFinding(finding, input_.inFull).company}];
        if (kind) ++company.byKind.at(static_cast<std::size_t>(*kind));
        ++company.total;
    }

    [[nodiscard]] std::size_t placeOf(std::string_view authority) const {
        return static_cast<std::size_t>(&input_.districts->find(authority) - input_.districts->all().data());
    }

    void addKinds(std::vector<XlsxColumn>& columns) const {
        for (const FindingKind kind : kinds_) columns.push_back({std::string(nameOf(kind, language_)), 14});
        columns.push_back({in(kTotal), 12});
    }

    void citiesSheet() {
        std::vector<XlsxColumn> columns{
            {in(kCity), 12}, {in(kAuthority), 30}, {in(kTelephone), 44}, {in(kCompared), 14}};
        addKinds(columns);
        XlsxBook::Sheet& sheet = book_.sheet(in({"按市", "By city"}), columns);
        sheet.filtered();
        for (const Authority& authority : input_.authorities()) {
            const auto tally = input_.tally.authorities.find(authority.id);
            const std::string telephones = telephonesOf(authority);
            std::vector<XlsxCell> cells{std::string_view(authority.city), std::string_view(authority.name),
                                        std::string_view(telephones),
                                        tally == input_.tally.authorities.end() ? 0 : tally->second.compared};
            for (const FindingKind kind : kinds_) cells.emplace_back(summary_.of(authority.id, kind));
            cells.emplace_back(summary_.of(authority.id));
            sheet.add(cells);
        }
    }

    /// The authorities as the directory has them; in each the enterprise with the most findings first.
    void companiesSheet() {
        std::vector<XlsxColumn> columns{{in(kCompany), 44}, {in(kCity), 12}, {in(kAuthority), 30}};
        addKinds(columns);
        XlsxBook::Sheet& sheet = book_.sheet(in({"按企业", "By enterprise"}), columns);
        sheet.filtered();
        std::vector<const Companies::value_type*> order;
        for (const auto& each : companies_) order.push_back(&each);
        std::ranges::stable_sort(order, [](const auto* one, const auto* other) {
            return std::pair(one->first.first, other->second.total) < std::pair(other->first.first, one->second.total);
        });
        for (const auto* each : order) {
            const auto& [place, name] = each->first;
            const Authority& authority = input_.districts->all().at(place);
            std::vector<XlsxCell> cells{name.empty() ? kNoCompany.in(language_) : std::string_view(name),
                                        std::string_view(authority.city), std::string_view(authority.name)};
            for (const FindingKind kind : kinds_)
                cells.emplace_back(std::uint64_t{each->second.byKind.at(static_cast<std::size_t>(kind))});
            cells.emplace_back(std::uint64_t{each->second.total});
            sheet.add(cells);
        }
    }

    const ReportInput& input_;
    const ReportSummary& summary_;
    Language language_;
    XlsxBook book_;
    std::vector<FindingKind> kinds_;
    Companies companies_;
};

}  // namespace

Status writeXlsx(const ReportInput& input, const std::filesystem::path& file) {
    const Result<ReportSummary> summary = summaryOf(input);
    if (!summary) return tl::unexpected<Error>(summary.error());
    return XlsxReport(input, *summary, file).write();
}

}  // namespace lianzheng
