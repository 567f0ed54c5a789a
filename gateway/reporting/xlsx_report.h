#pragma once

#include <filesystem>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

/// A workbook: 汇总 (numbers, classes by owner), 差异 (every finding, the columns of the CSV file and its age in days),
/// 按市, 按企业. Heads stay in sight and the lists have filters; numbers of certificates and people are text.
/// Memory grows with the companies named, not with the findings. What is beyond a sheet's million rows is left out,
/// and 汇总 says so. Errors: Corrupt, code `write` or `disk_full`; no file is left then.
Status writeXlsx(const ReportInput& input, const std::filesystem::path& file);

}  // namespace lianzheng
