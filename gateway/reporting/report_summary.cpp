#include "gateway/reporting/report_summary.h"

#include <algorithm>
#include <numeric>

#include "gateway/reporting/finding_text.h"

namespace lianzheng {

std::uint64_t ReportSummary::of(FindingKind kind) const {
    const auto& row = byKindAndOwner.at(static_cast<std::size_t>(kind));
    return std::accumulate(row.begin(), row.end(), std::uint64_t{0});
}

std::uint64_t ReportSummary::of(Owner owner) const {
    std::uint64_t sum = 0;
    for (const auto& row : byKindAndOwner) sum += row.at(static_cast<std::size_t>(owner));
    return sum;
}

std::uint64_t ReportSummary::of(std::string_view authority) const {
    const auto found = byAuthority.find(authority);
    if (found == byAuthority.end()) return 0;
    return std::accumulate(found->second.begin(), found->second.end(), std::uint64_t{0});
}

std::uint64_t ReportSummary::of(std::string_view authority, FindingKind kind) const {
    const auto found = byAuthority.find(authority);
    return found == byAuthority.end() ? 0 : found->second.at(static_cast<std::size_t>(kind));
}

Result<ReportSummary> summaryOf(const ReportInput& input) {
    ReportSummary summary;
    const Status read = input.findings([&](const Finding& finding) {
        const auto kind = findingKindOf(finding.kind);
        if (!kind) return true;
        ++summary.byKindAndOwner.at(static_cast<std::size_t>(*kind)).at(static_cast<std::size_t>(finding.owner));
        // A city nobody has counts with the bucket it is listed under.
        ++summary.byAuthority[input.districts->find(finding.authority).id].at(static_cast<std::size_t>(*kind));
        ++summary.byAge.at(ageOf(finding, input.run));
        ++summary.total;
        if (finding.firstSeen >= input.run.startedAt) ++summary.fresh;
        return true;
    });
    if (!read) return tl::unexpected<Error>(read.error());
    return summary;
}

std::size_t ageOf(const Finding& finding, const RunRow& run) {
    if (finding.firstSeen >= run.startedAt) return 0;
    const std::uint64_t days = ageInDays(finding, run);
    return days <= 7 ? 1 : days <= 30 ? 2 : days <= 90 ? 3 : 4;
}

RateShown rateOf(const ReportInput& input) {
    const Tally& tally = input.tally;
    if (input.only == nullptr) return {labels::kRate, {tally.equal, tally.compared}};
    return {labels::kWithoutFindings, {tally.compared - std::min(tally.differing, tally.compared), tally.compared}};
}

}  // namespace lianzheng
