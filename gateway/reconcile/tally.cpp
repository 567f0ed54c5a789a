#include "gateway/reconcile/tally.h"

#include <numeric>

#include <fmt/format.h>

namespace lianzheng {
namespace {

std::string counts(const KindCounts& findings) {
    std::string text;
    for (const FindingKind kind : kFindingKinds) {
        const std::uint64_t count = findings.at(static_cast<std::size_t>(kind));
        if (count == 0) continue;
        text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", word(kind), count);
    }
    return "{" + text + "}";
}

}  // namespace

std::uint64_t Tally::total() const { return std::accumulate(findings.begin(), findings.end(), std::uint64_t{0}); }

Tally::OfAuthority& Tally::of(std::string_view authority) {
    auto found = authorities.find(authority);
    if (found == authorities.end()) found = authorities.emplace(std::string(authority), OfAuthority{}).first;
    return found->second;
}

void Tally::count(FindingKind kind, std::string_view authority) {
    ++findings.at(static_cast<std::size_t>(kind));
    ++of(authority).findings.at(static_cast<std::size_t>(kind));
}

std::string Tally::json(std::string_view against) const {
    std::string cities;
    for (const auto& [id, each] : authorities) {
        cities += fmt::format("{}\"{}\":{{\"compared\":{},\"findings\":{}}}", cities.empty() ? "" : ",", id, each.compared,
                              counts(each.findings));
    }
    return fmt::format(
        "{{\"against\":\"{}\",\"provincial\":{},\"national\":{},\"compared\":{},\"equal\":{},\"never_registered\":{},"
        "\"differing\":{},\"in_flight\":{},\"waiting\":{},\"findings\":{},\"authorities\":{{{}}}}}",
        against, provincial, national, compared, equal, neverRegistered, differing, inFlight, waiting, counts(findings),
        cities);
}

}  // namespace lianzheng
