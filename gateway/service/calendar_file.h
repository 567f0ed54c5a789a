#pragma once

#include <filesystem>

#include "gateway/planner/workday_calendar.h"
#include "mappings/problem.h"

namespace lianzheng {

/// Reads config/calendar.properties' form: `yyyy-MM-dd = holiday` or `= workday`, one day a line. A day that does not
/// exist, another word, a holiday that is a weekend's make-up as well (a day given twice), and a workday from Monday to
/// Friday are problems with their line.
Loaded<WorkdayCalendar> loadCalendar(const std::filesystem::path& file);

}  // namespace lianzheng
