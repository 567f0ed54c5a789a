#include "tests/simulator/national/clock.h"

#include <fmt/format.h>

namespace lianzheng::sim::national {

namespace {

std::string dayText(std::chrono::year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

}  // namespace

Now systemNow() {
    return [] { return std::chrono::system_clock::now(); };
}

std::string utcText(TimePoint time) {
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(time);
    const auto day = std::chrono::floor<std::chrono::days>(ms);
    const std::chrono::hh_mm_ss clock{ms - day};
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", dayText(std::chrono::year_month_day{day}), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::string shanghaiDay(TimePoint time) {
    return dayText(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(time + std::chrono::hours{8})});
}

}  // namespace lianzheng::sim::national
