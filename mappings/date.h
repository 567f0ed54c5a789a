#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lianzheng {

/// All instants are UTC.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// A calendar day that exists, in the proleptic Gregorian calendar; the platform writes it `yyyy-MM-dd`.
class Date {
public:
    /// Reads `yyyy-MM-dd`, nothing else.
    static std::optional<Date> parse(std::string_view text);
    static std::optional<Date> of(int year, unsigned month, unsigned day);
    /// The day on which `instant` falls in Asia/Shanghai (UTC+8, no summer time since 1991).
    static Date inShanghai(TimePoint instant);

    [[nodiscard]] std::string str() const;
    [[nodiscard]] std::chrono::sys_days days() const { return days_; }
    /// Midnight in Asia/Shanghai at which this day begins.
    [[nodiscard]] TimePoint beginsInShanghai() const;
    [[nodiscard]] Date plusDays(int days) const;
    friend auto operator<=>(const Date&, const Date&) = default;

private:
    explicit Date(std::chrono::sys_days days) : days_(days) {}
    std::chrono::sys_days days_;
};

/// An instant as ISO 8601 in UTC with milliseconds, e.g. 2026-03-01T02:03:04.005Z.
std::string isoUtc(TimePoint instant);
/// An instant as people in the province read it, e.g. 2026-03-01 10:03:04 (Asia/Shanghai).
std::string shanghaiText(TimePoint instant);

}  // namespace lianzheng
