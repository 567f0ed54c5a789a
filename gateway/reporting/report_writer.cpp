#include "gateway/reporting/report_writer.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <thread>
#include <vector>

#include "gateway/reporting/csv_report.h"
#include "gateway/reporting/html_report.h"
#include "gateway/reporting/json_report.h"
#include "gateway/reporting/report_manifest.h"
#include "adapters/runtime/whole_file.h"
#include "gateway/reporting/xlsx_report.h"

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWhere = "report.file";

tl::unexpected<Error> fileFailed() {
    return failed(Fault::Corrupt, kWhere, errno == ENOSPC || errno == EFBIG ? "disk_full" : "write");
}

Status writeText(const ReportInput& input, ReportFormat format, const fs::path& path) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    Status written = writeReport(input, format, out);
    out.close();
    return written && !out ? Status(fileFailed()) : written;
}

}  // namespace

std::string_view word(ReportFormat format) {
    switch (format) {
        case ReportFormat::Html:
            return "html";
        case ReportFormat::Xlsx:
            return "xlsx";
        case ReportFormat::Csv:
            return "csv";
        case ReportFormat::Json:
            return "json";
    }
    return {};
}

std::optional<ReportFormat> reportFormatOf(std::string_view word) {
    for (const ReportFormat format : kReportFormats) {
        if (lianzheng::word(format) == word) return format;
    }
    return std::nullopt;
}

Status writeReportFile(const ReportInput& input, ReportFormat format, const fs::path& path) {
    return writeWhole(path, kWhere, [&](const fs::path& unfinished) {
        return format == ReportFormat::Xlsx ? writeXlsx(input, unfinished) : writeText(input, format, unfinished);
    });
}

Status writeReport(const ReportInput& input, ReportFormat format, std::ostream& out) {
    switch (format) {
        case ReportFormat::Html:
            return writeHtml(input, out);
        case ReportFormat::Csv:
            return writeCsv(input, out);
        case ReportFormat::Json:
            return writeJson(input, out);
        case ReportFormat::Xlsx:
            break;
    }
    return failed(Fault::Rejected, "report.stream", "xlsx");
}

fs::path reportPath(const fs::path& directory, std::int64_t run, ReportFormat format) {
    return directory / (std::to_string(run) + "." + std::string(word(format)));
}

Status writeReports(const ReportInput& input, const fs::path& directory, const EvidenceSealing& sealing,
                    TimePoint madeAt, ExcusedList* excused) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return failed(Fault::Corrupt, "report.directory", "write");
    std::vector<fs::path> files;
    for (const ReportFormat format : kReportFormats) files.push_back(reportPath(directory, input.run.id, format));
    std::array<Status, kReportFormats.size()> written;
    const auto write = [&](ReportFormat format) {
        const auto at = static_cast<std::size_t>(format);
        written[at] = writeReportFile(input, format, files[at]);
    };
    {
        // It takes as long as the others together.
        const std::jthread workbook(write, ReportFormat::Xlsx);
        for (const ReportFormat format : kReportFormats) {
            if (format != ReportFormat::Xlsx) write(format);
        }
    }
    const auto failure = std::ranges::find_if(written, [](const Status& status) { return !status; });
    if (failure != written.end()) return *failure;
    if (excused != nullptr) {
        files.push_back(excusedPath(directory, input.run.id));
        if (Status listed = excused->write(files.back()); !listed) return listed;
    }
    return writeManifest(directory, input.run.id, files, sealing, madeAt);
}

}  // namespace lianzheng
