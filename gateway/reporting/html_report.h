#pragma once

#include <ostream>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

/// A self-contained page: numbers, classes by owner, cities with telephones, details by city and class. No scripts and
/// nothing from elsewhere. Details stream; beyond ReportInput::detailLimit the page points to the CSV file.
Status writeHtml(const ReportInput& input, std::ostream& out);

}  // namespace lianzheng
