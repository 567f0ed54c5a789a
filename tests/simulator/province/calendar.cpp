#include "tests/simulator/province/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace lianzheng::sim::province {

using std::chrono::year_month_day;

std::optional<Date> parseDate(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    std::string digits{text};
    std::erase(digits, '-');
    const bool allDigits = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits.size() != 8 || !allDigits) return std::nullopt;
    const int number = std::atoi(digits.c_str());
    const year_month_day day{std::chrono::year{number / 10000},
                             std::chrono::month{static_cast<unsigned>(number / 100 % 100)},
                             std::chrono::day{static_cast<unsigned>(number % 100)}};
    if (!day.ok()) return std::nullopt;
    return Date{day};
}

std::string written(Date date, DateForm form) {
    const year_month_day day{date};
    const int year = static_cast<int>(day.year());
    const auto month = static_cast<unsigned>(day.month());
    const auto number = static_cast<unsigned>(day.day());
    switch (form) {
        case DateForm::Dashes:
            return fmt::format("{:04}-{:02}-{:02}", year, month, number);
        case DateForm::Slashes:
            return fmt::format("{:04}/{:02}/{:02}", year, month, number);
        case DateForm::Compact:
            return fmt::format("{:04}{:02}{:02}", year, month, number);
        case DateForm::Midnight:
            return fmt::format("{:04}-{:02}-{:02} 00:00:00", year, month, number);
        case DateForm::Chinese:
            return fmt::format("{}年{}月{}日", year, month, number);
    }
    return {};
}

std::string writtenTime(Date date, std::chrono::seconds sinceMidnight) {
    const auto days = std::chrono::floor<std::chrono::days>(sinceMidnight);
    const long long rest = (sinceMidnight - days).count();
    return fmt::format("{} {:02}:{:02}:{:02}", written(date + days), rest / 3600, rest / 60 % 60, rest % 60);
}

std::string timeMoved(const std::string& time, std::chrono::seconds by) {
    const auto day = parseDate(std::string_view{time}.substr(0, 10));
    if (!day || time.size() < 19) return time;
    const auto part = [&](std::size_t at) { return std::atoi(time.substr(at, 2).c_str()); };
    return writtenTime(*day, std::chrono::seconds{part(11) * 3600 + part(14) * 60 + part(17)} + by);
}

Date plusYears(Date date, int count) {
    const year_month_day moved = year_month_day{date} + std::chrono::years{count};
    return moved.ok() ? Date{moved} : Date{moved.year() / moved.month() / std::chrono::last};
}

Date lastDayOf(Date issued) { return plusYears(issued, 3) - std::chrono::days{1}; }

int yearOf(Date date) { return static_cast<int>(year_month_day{date}.year()); }

}  // namespace lianzheng::sim::province
