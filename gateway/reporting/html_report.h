#pragma once

#include <ostream>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

/// A self-contained page: numbers, classes by owner, cities with telephones, drawings of them, details by city and
/// class, a line to sign. A script of our own filters and sorts the details; without it everything is there. Nothing
/// comes from elsewhere. Details stream; beyond ReportInput::detailLimit the page points to the CSV file.
Status writeHtml(const ReportInput& input, std::ostream& out);

}  // namespace lianzheng
