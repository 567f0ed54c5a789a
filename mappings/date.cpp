#include "mappings/date.h"

#include <array>
#include <cstddef>

namespace lianzheng {
namespace {

constexpr std::chrono::hours kShanghaiOffset{8};

/// The number that the digits of text[from, from + count) write, or -1.
int number(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// `value` in `count` digits, added to `out`.
void append(std::string& out, long value, std::size_t count) {
    std::array<char, 8> digits{};
    for (std::size_t i = count; i > 0; --i) {
        digits[i - 1] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out.append(digits.data(), count);
}

void appendDay(std::string& out, std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    append(out, static_cast<int>(date.year()), 4);
    out += '-';
    append(out, static_cast<long>(static_cast<unsigned>(date.month())), 2);
    out += '-';
    append(out, static_cast<long>(static_cast<unsigned>(date.day())), 2);
}

/// The instant as `yyyy-MM-dd?HH:mm:ss` of its own zone, with `between` where the ? stands.
std::string clockText(TimePoint instant, char between) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(instant) - day);
    std::string out;
    out.reserve(24);
    appendDay(out, day);
    out += between;
    append(out, clock.hours().count(), 2);
    out += ':';
    append(out, clock.minutes().count(), 2);
    out += ':';
    append(out, clock.seconds().count(), 2);
    return out;
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int year = number(text, 0, 4);
    const int month = number(text, 5, 2);
    const int day = number(text, 8, 2);
    if (year < 0 || month < 0 || day < 0) return std::nullopt;
    return of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

std::optional<Date> Date::of(int year, unsigned month, unsigned day) {
    // Four digits is what the platform's form can write.
    if (year < 1 || year > 9999 || month > 12 || day > 31) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) return std::nullopt;
    return Date(std::chrono::sys_days(date));
}

Date Date::inShanghai(TimePoint instant) {
    return Date(std::chrono::floor<std::chrono::days>(instant + kShanghaiOffset));
}

std::string Date::str() const {
    std::string out;
    out.reserve(10);
    appendDay(out, days_);
    return out;
}

TimePoint Date::beginsInShanghai() const { return TimePoint(days_) - kShanghaiOffset; }

Date Date::plusDays(int days) const { return Date(days_ + std::chrono::days(days)); }

std::string isoUtc(TimePoint instant) {
    std::string out = clockText(instant, 'T');
    out += '.';
    append(out, (instant - std::chrono::floor<std::chrono::seconds>(instant)).count(), 3);
    out += 'Z';
    return out;
}

std::string shanghaiText(TimePoint instant) { return clockText(instant + kShanghaiOffset, ' '); }

}  // namespace lianzheng
