#include "adapters/provincial/watermark_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace lianzheng {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// yyyyMMddHHmmssfff
std::string calendarDigits(TimePoint local) {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(local - day);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}{:03}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

}  // namespace

std::string watermarkText(TimePoint instant, std::chrono::minutes offset, std::string_view sample) {
    if (sample.empty()) sample = "2026-03-01 10:03:04";
    if (std::ranges::all_of(sample, isDigit) && sample.size() != 8 && sample.size() != 12 && sample.size() != 14 &&
        sample.size() != 17) {
        const std::chrono::milliseconds since = instant.time_since_epoch();
        return std::to_string(sample.size() > 11 ? since.count() : since.count() / 1000);
    }
    const std::string digits = calendarDigits(sample.ends_with('Z') ? instant : instant + offset);
    std::string text;
    std::size_t used = 0;
    for (const char c : sample) {
        if (!isDigit(c)) {
            text += c;
        } else {
            // Finer than milliseconds is written as zeros.
            text += used < digits.size() ? digits[used] : '0';
            ++used;
        }
    }
    return text;
}

}  // namespace lianzheng
