#include "gateway/reconcile/tally.h"

#include <numeric>

#include <fmt/format.h>
#include <rapidjson/document.h>

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

std::uint64_t number(const rapidjson::Value& object, const char* name) {
    const auto found = object.FindMember(name);
    return found != object.MemberEnd() && found->value.IsUint64() ? found->value.GetUint64() : 0;
}

KindCounts kinds(const rapidjson::Value& object) {
    KindCounts counts{};
    const auto found = object.FindMember("findings");
    if (found == object.MemberEnd() || !found->value.IsObject()) return counts;
    for (const auto& each : found->value.GetObject()) {
        const auto kind = findingKindOf({each.name.GetString(), each.name.GetStringLength()});
        if (kind && each.value.IsUint64()) counts.at(static_cast<std::size_t>(*kind)) = each.value.GetUint64();
    }
    return counts;
}

}  // namespace

Tally Tally::fromJson(std::string_view text) {
    Tally tally;
    rapidjson::Document json;
    json.Parse(text.data(), text.size());
    if (json.HasParseError() || !json.IsObject()) return tally;
    tally.provincial = number(json, "provincial");
    tally.national = number(json, "national");
    tally.compared = number(json, "compared");
    tally.equal = number(json, "equal");
    tally.neverRegistered = number(json, "never_registered");
    tally.differing = number(json, "differing");
    tally.inFlight = number(json, "in_flight");
    tally.waiting = number(json, "waiting");
    tally.fresher = number(json, "fresher");
    tally.findings = kinds(json);
    const auto cities = json.FindMember("authorities");
    if (cities == json.MemberEnd() || !cities->value.IsObject()) return tally;
    for (const auto& each : cities->value.GetObject()) {
        if (each.value.IsObject())
            tally.of(each.name.GetString()) = {number(each.value, "compared"), kinds(each.value)};
    }
    return tally;
}

std::string againstOf(std::string_view json) {
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return {};
    const auto found = document.FindMember("against");
    return found != document.MemberEnd() && found->value.IsString() ? found->value.GetString() : "";
}

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
        cities += fmt::format("{}\"{}\":{{\"compared\":{},\"findings\":{}}}", cities.empty() ? "" : ",", id,
                              each.compared, counts(each.findings));
    }
    return fmt::format(
        "{{\"against\":\"{}\",\"provincial\":{},\"national\":{},\"compared\":{},\"equal\":{},\"never_registered\":{},"
        "\"differing\":{},\"in_flight\":{},\"waiting\":{},\"fresher\":{},\"findings\":{},\"authorities\":{{{}}}}}",
        against, provincial, national, compared, equal, neverRegistered, differing, inFlight, waiting, fresher,
        counts(findings), cities);
}

}  // namespace lianzheng
