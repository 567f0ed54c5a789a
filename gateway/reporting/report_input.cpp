#include "gateway/reporting/report_input.h"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

namespace lianzheng {
namespace {

constexpr std::size_t kRunsLookedAt = 1000;

std::size_t rankOf(const Districts& districts, std::string_view id) {
    const auto& all = districts.all();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Authority& each) { return each.id == id; });
    return static_cast<std::size_t>(found - all.begin());
}

std::size_t rankOf(std::string_view kind) {
    const auto known = findingKindOf(kind);
    return known ? static_cast<std::size_t>(*known) : kFindingKinds.size();
}

}  // namespace

FindingSource findingSourceOf(std::vector<Finding> findings, const Districts& districts) {
    const auto kept = std::make_shared<std::vector<Finding>>(std::move(findings));
    const auto order = std::make_shared<std::vector<std::tuple<std::size_t, std::size_t, std::size_t>>>();
    order->reserve(kept->size());
    for (std::size_t i = 0; i < kept->size(); ++i) {
        order->emplace_back(rankOf(districts, (*kept)[i].authority), rankOf((*kept)[i].kind), i);
    }
    std::sort(order->begin(), order->end(), [&](const auto& one, const auto& other) {
        const auto& [city, kind, place] = one;
        const auto& [otherCity, otherKind, otherPlace] = other;
        return std::tie(city, kind, (*kept)[place].number, (*kept)[place].field) <
               std::tie(otherCity, otherKind, (*kept)[otherPlace].number, (*kept)[otherPlace].field);
    });
    return [kept, order](const std::function<bool(const Finding&)>& sink) -> Status {
        for (const auto& [city, kind, place] : *order) {
            if (!sink((*kept)[place])) break;
        }
        return ok();
    };
}

Result<ReportInput> reportInputOf(Store& store, std::int64_t run, const Districts& districts, Language language) {
    const auto runs = store.runs(kRunsLookedAt);
    if (!runs) return tl::unexpected<Error>(runs.error());
    const RunRow* wanted = nullptr;
    for (const RunRow& each : *runs) {
        if (each.kind != "reconcile" || (run != 0 && each.id != run)) continue;
        if (wanted == nullptr || each.id > wanted->id) wanted = &each;
    }
    if (wanted == nullptr) return failed(Fault::Corrupt, "report", "no_run");
    auto findings = store.findings(true);
    if (!findings) return tl::unexpected<Error>(findings.error());
    auto head = store.evidenceHead();
    if (!head) return tl::unexpected<Error>(head.error());
    ReportInput input;
    input.run = *wanted;
    input.against = againstOf(wanted->counts);
    input.tally = Tally::fromJson(wanted->counts);
    input.districts = &districts;
    input.evidenceHead = std::move(*head);
    input.findings = findingSourceOf(std::move(*findings), districts);
    input.language = language;
    return input;
}

}  // namespace lianzheng
