#include "gateway/reporting/report_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "gateway/reporting/finding_text.h"
#include "mappings/date.h"

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
        if (!finding.open) ++summary.closedSince;
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

std::string tableNote(const ReportInput& input, const ReportSummary& summary) {
    if (!input.superseded) return {};
    return fmt::format(
        fmt::runtime(
            input.language == Language::Chinese
                ? "本次之后又做过对账或抽查。所列为第 {} 次对账结束时存在的差异，其后新发现的不在其中；所示内容与处理"
                  "状态截至 {}，其中 {} 项此后已关闭（关闭已久、按 store.findings.keep.days 清除的不再列出）。"
                : "There have been later runs. Listed are the differences there were when run {} had ended, none that "
                  "were found later; what they say, and their stage, is as of {}. {} of them have been closed "
                  "since (those closed so long ago that store.findings.keep.days removed them are gone)."),
        input.run.id, shanghaiText(input.madeAt), grouped(summary.closedSince));
}

RateShown rateOf(const ReportInput& input) {
    const Tally& tally = input.tally;
    if (input.only == nullptr) return {labels::kRate, {tally.equal, tally.compared}};
    return {labels::kWithoutFindings, {tally.compared - std::min(tally.differing, tally.compared), tally.compared}};
}

}  // namespace lianzheng
