#include "gateway/service/ceiling_settings.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/service/calendar_file.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

constexpr std::string_view kForm =
    "must be hours as `HH:MM-HH:MM RATE`, separated by commas, in their order and not over one another; RATE is items "
    "a "
    "second above 0, `none` or `stop`";

template <class Number>
std::optional<Number> numberIn(std::string_view text) {
    Number value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

/// HH:MM, to 24:00.
std::optional<std::chrono::minutes> hourOf(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = numberIn<unsigned>(text.substr(0, 2));
    const auto minute = numberIn<unsigned>(text.substr(3));
    if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > 24 * 60) return std::nullopt;
    return std::chrono::minutes{*hour * 60 + *minute};
}

std::optional<double> rateOf(std::string_view text) {
    if (text == "none") return 0;
    if (text == "stop") return CeilingHours::kStopped;
    const auto rate = numberIn<double>(text);
    return rate && *rate > 0 && *rate <= 1'000'000 ? rate : std::nullopt;
}

std::optional<CeilingHours> hoursOf(std::string_view text) {
    if (text.size() < 13 || text[5] != '-' || text[11] != ' ') return std::nullopt;
    const auto from = hourOf(text.substr(0, 5));
    const auto till = hourOf(text.substr(6, 5));
    const auto rate = rateOf(trimmed(text.substr(12)));
    if (!from || !till || !rate || *from >= *till) return std::nullopt;
    return CeilingHours{*from, *till, *rate};
}

void readHours(SettingsReader& in, std::string_view key, std::vector<CeilingHours>& out) {
    std::string text;
    in.text(key, text);
    for (std::string_view left = text; !left.empty();) {
        const std::size_t end = std::min(left.find(','), left.size());
        const auto hours = hoursOf(trimmed(left.substr(0, end)));
        left.remove_prefix(std::min(end + 1, left.size()));
        if (!hours || (!out.empty() && hours->from < out.back().till)) {
            in.problem(key, std::string(kForm));
            out.clear();
            return;
        }
        out.push_back(*hours);
    }
}

}  // namespace

void readCeilings(SettingsReader& in, Ceilings& out) {
    readHours(in, "push.rate.ceiling.workday", out.workdays);
    readHours(in, "push.rate.ceiling.holiday", out.holidays);
    std::string file;
    in.readableFile("calendar.file", file);
    if (file.empty()) return;
    auto calendar = loadCalendar(file);
    if (calendar) {
        out.calendar = std::move(*calendar);
        out.hasCalendar = true;
    } else {
        in.add(std::move(calendar.error()));
    }
}

}  // namespace lianzheng
