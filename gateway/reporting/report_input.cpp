#include "gateway/reporting/report_input.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace lianzheng {
namespace {

constexpr std::string_view kKind = "reconcile";
constexpr std::size_t kRunsLookedAt = 1000;
constexpr std::size_t kPage = 1000;
constexpr std::ptrdiff_t kTrend = 30;

/// Those that stood when the run had ended.
Result<FindingSource> findingsOf(Store& store, const RunRow& run, const Districts& districts,
                                 const std::string& scratchDirectory) {
    auto made = FindingShelf::make(scratchDirectory, districts);
    if (!made) return tl::unexpected<Error>(made.error());
    const auto shelf = std::make_shared<FindingShelf>(std::move(*made));
    Finding last;
    for (bool more = true; more;) {
        const auto page = store.findingsOfRun(run, last, kPage);
        if (!page) return tl::unexpected<Error>(page.error());
        for (const Finding& finding : *page) {
            if (const Status kept = shelf->add(finding); !kept) return tl::unexpected<Error>(kept.error());
        }
        more = page->size() == kPage;
        if (more) last = page->back();
    }
    if (const Status closed = shelf->close(); !closed) return tl::unexpected<Error>(closed.error());
    return FindingSource([shelf](std::string_view authority, const FindingSink& sink) -> Status {
        return shelf->each(authority, sink);
    });
}

/// What is not whole has no figures.
bool endedWell(const RunRow& run) { return run.result == "ok"; }

/// The run that is asked for, 0: the last that ended well.
Result<RunRow> chosen(const std::vector<RunRow>& runs, std::int64_t run) {
    const auto found = std::ranges::find_if(runs, [run](const RunRow& each) {
        return each.kind == kKind && (run == 0 ? endedWell(each) : each.id == run);
    });
    if (found == runs.end()) return failed(Fault::Corrupt, "report", "no_run");
    if (endedWell(*found)) return *found;
    return failed(Fault::Corrupt, "report", "run_" + (found->result.empty() ? "unfinished" : found->result));
}

/// Whether another one has begun since that may have opened findings or closed them.
bool superseded(const std::vector<RunRow>& runs, const RunRow& run) {
    return std::ranges::any_of(
        runs, [&](const RunRow& each) { return each.id > run.id && (each.kind == kKind || each.kind == "sample"); });
}

/// The last runs up to `run` that compared with the same, oldest first.
std::vector<TrendPoint> trendOf(const std::vector<RunRow>& runs, const RunRow& run) {
    std::vector<TrendPoint> trend;
    const std::string against = againstOf(run.counts);
    for (const RunRow& each : runs) {
        if (each.kind != kKind || each.id > run.id || !endedWell(each) || againstOf(each.counts) != against) continue;
        trend.push_back({each.id, each.startedAt, Tally::fromJson(each.counts)});
    }
    std::ranges::sort(trend, {}, &TrendPoint::run);
    if (std::ssize(trend) > kTrend) trend.erase(trend.begin(), trend.end() - kTrend);
    return trend;
}

/// What a run's counts say of one authority alone.
Tally partOf(const Tally& tally, const std::string& authority) {
    Tally part;
    const auto found = tally.authorities.find(authority);
    if (found == tally.authorities.end()) return part;
    part.compared = found->second.compared;
    part.findings = found->second.findings;
    part.authorities.emplace(authority, found->second);
    return part;
}

}  // namespace

Result<ReportInput> partOf(const ReportInput& input, const Authority& authority) {
    ReportInput part = input;
    part.only = &authority;
    part.tally = partOf(input.tally, authority.id);
    for (TrendPoint& point : part.trend) point.tally = partOf(point.tally, authority.id);
    std::unordered_set<std::string> numbers;
    const Status read = part.findings([&](const Finding& finding) {
        numbers.insert(finding.number);
        return true;
    });
    if (!read) return tl::unexpected<Error>(read.error());
    part.tally.differing = numbers.size();
    return part;
}

Result<ReportInput> reportInputOf(Store& store, std::int64_t run, const Districts& districts, Language language,
                                  const std::string& scratchDirectory, TimePoint now) {
    const auto runs = store.runs(kRunsLookedAt);
    if (!runs) return tl::unexpected<Error>(runs.error());
    auto wanted = chosen(*runs, run);
    if (!wanted) return tl::unexpected<Error>(wanted.error());
    auto head = store.evidenceHead();
    if (!head) return tl::unexpected<Error>(head.error());
    auto findings = findingsOf(store, *wanted, districts, scratchDirectory);
    if (!findings) return tl::unexpected<Error>(findings.error());
    ReportInput input;
    input.run = *wanted;
    input.madeAt = now;
    input.superseded = superseded(*runs, *wanted);
    input.against = againstOf(wanted->counts);
    input.tally = Tally::fromJson(wanted->counts);
    input.trend = trendOf(*runs, *wanted);
    input.districts = &districts;
    input.evidenceHead = std::move(*head);
    input.source = std::move(*findings);
    input.language = language;
    return input;
}

}  // namespace lianzheng
