#include "gateway/reporting/table_report.h"

#include <fmt/format.h>

#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/report_summary.h"
#include "gateway/reporting/text_table.h"
#include "mappings/date.h"

namespace lianzheng {
namespace {

using namespace labels;

std::string head(const ReportInput& input, const ReportSummary& summary) {
    const Language language = input.language;
    const Tally& tally = input.tally;
    std::string text = fmt::format("{}\n{}: {}  {}: {}\n", kTitle.in(language), kRun.in(language), input.run.id,
                                   kAsOf.in(language), shanghaiText(input.run.startedAt));
    const RateShown rate = rateOf(input);
    text += fmt::format("{}: {}\n", kScope.in(language), scopeName(input.against, language));
    text += fmt::format("{} {}  {} {}  {} {}  {} {}  {} {}  {} {}\n", kCompared.in(language), grouped(tally.compared),
                        kEqual.in(language), grouped(tally.equal), rate.label.in(language), rate.ratio.text(),
                        kDiffering.in(language), grouped(tally.differing), kFindings.in(language),
                        grouped(summary.total), kExcused.in(language), grouped(tally.excused()));
    if (input.superseded) text += tableNote(input, summary) + "\n";
    return text;
}

std::string classes(const ReportInput& input, const ReportSummary& summary) {
    const Language language = input.language;
    std::vector<std::string> heads{std::string(kClass.in(language))};
    std::vector<std::size_t> numbers;
    for (const Owner owner : kOwners) {
        heads.emplace_back(nameOf(owner, language));
        numbers.push_back(heads.size() - 1);
    }
    heads.emplace_back(kTotal.in(language));
    numbers.push_back(heads.size() - 1);
    TextTable table(std::move(heads), std::move(numbers));
    for (const FindingKind kind : kFindingKinds) {
        if (summary.of(kind) == 0) continue;
        std::vector<std::string> cells{std::string(nameOf(kind, language))};
        for (const std::uint64_t count : summary.byKindAndOwner.at(static_cast<std::size_t>(kind))) {
            cells.push_back(grouped(count));
        }
        cells.push_back(grouped(summary.of(kind)));
        table.add(std::move(cells));
    }
    return table.str();
}

std::string cities(const ReportInput& input, const ReportSummary& summary) {
    const Language language = input.language;
    TextTable table({std::string(kAuthority.in(language)), std::string(kFindings.in(language)),
                     std::string(kTelephone.in(language))},
                    {1});
    for (const Authority& authority : input.districts->all()) {
        const std::uint64_t count = summary.of(authority.id);
        if (count != 0) table.add({authority.name, grouped(count), telephonesOf(authority)});
    }
    return table.str();
}

}  // namespace

Result<std::string> tableOf(const ReportInput& input, std::size_t listed) {
    const Result<ReportSummary> summary = summaryOf(input);
    if (!summary) return tl::unexpected<Error>(summary.error());
    const Language language = input.language;
    std::string text = head(input, *summary);
    if (summary->total == 0) return text + "\n" + std::string(kNothing.in(language)) + "\n";
    text += "\n" + classes(input, *summary) + "\n" + cities(input, *summary) + "\n";
    TextTable table({std::string(kNumber.in(language)), std::string(kClass.in(language)),
                     std::string(kField.in(language)), std::string(kProvincial.in(language)),
                     std::string(kNational.in(language)), std::string(kOwner.in(language)),
                     std::string(kNextStep.in(language))});
    std::size_t count = 0;
    const Status read = input.findings([&](const Finding& found) {
        if (count++ == listed) return false;
        const Finding finding = shownFinding(found);
        const auto kind = findingKindOf(finding.kind);
        table.add({finding.number, std::string(kind ? nameOf(*kind, language) : finding.kind),
                   fieldLabel(finding.field, language), finding.provincialValue, finding.nationalValue,
                   std::string(nameOf(finding.owner, language)), stepLabel(finding.nextStep, language)});
        return true;
    });
    if (!read) return tl::unexpected<Error>(read.error());
    text += table.str();
    if (count > listed) text += fmt::format("… {}\n", grouped(summary->total - listed));
    return text;
}

}  // namespace lianzheng
