#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

/// RFC 4180 with CRLF and, for Excel, a byte order mark: every finding a row.
Status writeCsv(const ReportInput& input, std::ostream& out);

/// One cell: quoted where it must be; what a spreadsheet would take for a formula (= + - @ of either width, tab, CR or
/// LF first, or after blanks) gets an apostrophe before it.
std::string csvCell(std::string_view text);

}  // namespace lianzheng
