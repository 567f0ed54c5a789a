#pragma once

#include <string>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

/// The report for a terminal: numbers, classes by owner, cities, and the first `listed` findings.
Result<std::string> tableOf(const ReportInput& input, std::size_t listed = 20);

}  // namespace lianzheng
