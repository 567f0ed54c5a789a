#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string_view>

#include "gateway/reporting/excused_list.h"
#include "gateway/reporting/report_input.h"

namespace lianzheng {

enum class ReportFormat : std::uint8_t { Html, Xlsx, Csv, Json };
inline constexpr std::array kReportFormats{ReportFormat::Html, ReportFormat::Xlsx, ReportFormat::Csv,
                                           ReportFormat::Json};
/// html, xlsx … as options and file names spell it.
std::string_view word(ReportFormat format);
std::optional<ReportFormat> reportFormatOf(std::string_view word);

/// The report as text. Corrupt, code `write` or `disk_full`, when the stream does not take it; Rejected for XLSX, which
/// is a file.
Status writeReport(const ReportInput& input, ReportFormat format, std::ostream& out);

/// The report as a file: written beside its place and moved there when it is whole; readable by owner and group only,
/// because it names people's companies and certificates. Errors: Corrupt, code `write` or `disk_full`; nothing is left
/// then.
Status writeReportFile(const ReportInput& input, ReportFormat format, const std::filesystem::path& path);

/// Where writeReports put a report: <directory>/<run>.html, .xlsx, .csv or .json.
std::filesystem::path reportPath(const std::filesystem::path& directory, std::int64_t run, ReportFormat format);

/// All files of a run, each as writeReportFile does, and their manifest (report_manifest.h). The source of the findings
/// is asked by two threads at once.
/// `excused`: also the list of those whose differences were excused; null: there is none.
Status writeReports(const ReportInput& input, const std::filesystem::path& directory, const EvidenceSealing& sealing,
                    TimePoint madeAt, ExcusedList* excused = nullptr);

}  // namespace lianzheng
