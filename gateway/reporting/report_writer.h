#pragma once

#include <filesystem>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

enum class ReportFormat : std::uint8_t { Html, Csv, Json };

/// The report in one format. Corrupt, code `write` or `disk_full`, when the stream does not take it.
Status writeReport(const ReportInput& input, ReportFormat format, std::ostream& out);

/// Where writeReports put a report: <directory>/<run>.html, .csv or .json.
std::filesystem::path reportPath(const std::filesystem::path& directory, std::int64_t run, ReportFormat format);

/// All three files of a run. Each is written beside its place and moved there when it is whole; readable by owner and
/// group only, because it names people's companies and certificates.
Status writeReports(const ReportInput& input, const std::filesystem::path& directory);

}  // namespace lianzheng
