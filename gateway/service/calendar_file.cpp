#include "gateway/service/calendar_file.h"

#include <set>
#include <utility>

#include "gateway/service/properties.h"

namespace lianzheng {

Loaded<WorkdayCalendar> loadCalendar(const std::filesystem::path& file) {
    auto lines = readProperties(file);
    if (!lines) return tl::unexpected(lines.error());
    std::set<Date> holidays;
    std::set<Date> makeUps;
    FileProblems problems;
    const WorkdayCalendar weeks;
    for (const auto& [key, property] : *lines) {
        const auto day = Date::parse(key);
        if (!day) {
            problems.push_back({file.string(), property.line, "`" + key + "` is no day: yyyy-MM-dd, e.g. 2026-10-01"});
        } else if (property.value == "holiday") {
            holidays.insert(*day);
        } else if (property.value != "workday") {
            problems.push_back({file.string(), property.line, "`" + key + "` must be holiday or workday"});
        } else if (weeks.isWorkday(*day)) {
            problems.push_back({file.string(), property.line,
                                "`" + key + "` is a workday by itself; only Saturdays and Sundays are made up for"});
        } else {
            makeUps.insert(*day);
        }
    }
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return WorkdayCalendar(std::move(holidays), std::move(makeUps));
}

}  // namespace lianzheng
