#pragma once

#include <ostream>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

/// One object, schema docs/schema/report.json: the run, its counts, each city, and every finding as an item.
Status writeJson(const ReportInput& input, std::ostream& out);

}  // namespace lianzheng
