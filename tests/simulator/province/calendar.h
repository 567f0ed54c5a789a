#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lianzheng::sim::province {

using Date = std::chrono::sys_days;

/// How a column writes its dates.
enum class DateForm { Dashes, Slashes, Compact, Midnight, Chinese };

/// yyyy-MM-dd, and nothing else, to a date that exists.
std::optional<Date> parseDate(std::string_view text);
std::string written(Date date, DateForm form = DateForm::Dashes);
/// `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai like every time of the province.
std::string writtenTime(Date date, std::chrono::seconds sinceMidnight);
/// Such a time moved by so many seconds; a text that is none comes back as it was.
std::string timeMoved(const std::string& time, std::chrono::seconds by);
/// The same day `count` years later; 29 February becomes 28.
Date plusYears(Date date, int count);
/// The last day of a certificate issued on `date`: three years, inclusive.
Date lastDayOf(Date issued);
int yearOf(Date date);

}  // namespace lianzheng::sim::province
