#include "gateway/reporting/html_charts.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/html_page.h"
#include "mappings/date.h"

namespace lianzheng {
namespace {

using Bars = std::vector<std::pair<std::string, std::uint64_t>>;

std::string figure(std::string_view id, const Label& title, Language language, const std::string& body) {
    return fmt::format("<figure id=\"{}\"><figcaption>{}</figcaption>{}</figure>\n", id, title.in(language), body);
}

/// A bar a line, the longest as wide as there is room.
std::string bars(const Bars& all) {
    std::uint64_t most = 1;
    for (const auto& [name, count] : all) most = std::max(most, count);
    std::string text;
    for (const auto& [name, count] : all) {
        const std::uint64_t thousandths = count * 1000 / most;
        text += fmt::format(
            "<div class=\"bar\"><span>{}</span><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\">"
            "<rect width=\"{}\" height=\"10\"/></svg><b>{}</b></div>",
            escaped(name), count == 0 ? 0 : std::max<std::uint64_t>(thousandths, 4), grouped(count));
    }
    return text;
}

/// Where the number over column `at` of `most` is anchored, so that it stays on the picture.
const char* anchorOf(std::size_t at, std::size_t most) {
    if (at < 2) return "start";
    return at + 2 >= most ? "end" : "middle";
}

/// A column a run, over a line with the first and the last day; the highest and the last bear their numbers.
std::string columns(const std::vector<TrendPoint>& trend) {
    constexpr std::uint64_t kHeight = 120;
    constexpr std::size_t kStep = 20;  // 16 of them the column
    constexpr std::size_t kRuns = 30;
    std::uint64_t most = 1;
    for (const TrendPoint& point : trend) most = std::max(most, point.tally.total());
    std::string text = fmt::format(R"(<svg class="trend" viewBox="0 0 {} 160">)", kStep * kRuns);
    const auto middle = [](std::size_t at) { return at * kStep + 8; };
    const auto top = [&](const TrendPoint& point) { return 20 + kHeight - point.tally.total() * kHeight / most; };
    bool mostShown = false;
    for (std::size_t i = 0; i < trend.size(); ++i) {
        const TrendPoint& point = trend[i];
        const std::uint64_t count = point.tally.total();
        const bool last = i + 1 == trend.size();
        text += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"16\" height=\"{}\"{}><title>{} · {} · {}</title></rect>",
                            i * kStep, top(point), 20 + kHeight - top(point), last ? " class=\"now\"" : "", point.run,
                            shanghaiText(point.startedAt), grouped(count));
        if (!last && (count != most || mostShown)) continue;
        mostShown = mostShown || count == most;
        text += fmt::format(R"(<text x="{}" y="{}" text-anchor="{}">{}</text>)", middle(i), top(point) - 5,
                            anchorOf(i, kRuns), grouped(count));
    }
    text += fmt::format("<path d=\"M0 140.5H{}\"/>", kStep * kRuns);
    const auto day = [&](std::size_t at, const char* anchor) {
        text += fmt::format(R"(<text x="{}" y="155" text-anchor="{}">{}</text>)", at == 0 ? 0 : middle(at) + 8, anchor,
                            shanghaiText(trend[at].startedAt).substr(0, 10));
    };
    if (!trend.empty()) day(0, "start");
    // Two days side by side need room.
    if (trend.size() > 8) day(trend.size() - 1, "end");
    return text + "</svg>";
}

/// 青岛, and of a further authority of the same city what its name says beyond: 青岛·西海岸新区.
std::string shortName(const Authority& authority, bool further) {
    constexpr std::string_view kUsual = "住房和城乡建设局";
    std::string_view rest = authority.name;
    const std::string city = authority.city + "市";
    if (!further || !rest.starts_with(city)) return authority.city;
    rest.remove_prefix(city.size());
    if (rest.size() > kUsual.size() && rest.ends_with(kUsual)) rest.remove_suffix(kUsual.size());
    return authority.city + "·" + std::string(rest);
}

}  // namespace

std::string chartsOf(const ReportInput& input, const ReportSummary& summary) {
    const Language language = input.language;
    Bars classes;
    Bars ages;
    Bars cities;
    for (const FindingKind kind : kFindingKinds) {
        if (summary.of(kind) != 0) classes.emplace_back(nameOf(kind, language), summary.of(kind));
    }
    for (std::size_t i = 0; i < kAges.size(); ++i) ages.emplace_back(kAges.at(i).in(language), summary.byAge.at(i));
    std::set<std::string_view> seen;
    for (const Authority& authority : input.authorities()) {
        const bool further = !seen.insert(authority.city).second;
        cities.emplace_back(shortName(authority, further), summary.of(authority.id));
    }
    std::string text = "<section class=\"charts\">\n";
    text += figure("by-class", {"按差异类别", "By class"}, language, bars(classes));
    text += figure("by-age", {"按存在时间", "By age"}, language, bars(ages));
    text += figure("trend", {"最近 30 次对账的差异项", "Findings of the last 30 runs"}, language, columns(input.trend));
    if (input.only == nullptr) text += figure("by-city", {"按市", "By city"}, language, bars(cities));
    return text + "</section>\n";
}

}  // namespace lianzheng
