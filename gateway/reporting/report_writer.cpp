#include "gateway/reporting/report_writer.h"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "gateway/reporting/csv_report.h"
#include "gateway/reporting/html_report.h"
#include "gateway/reporting/json_report.h"

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> fileFailed() {
    return failed(Fault::Corrupt, "report.file", errno == ENOSPC || errno == EFBIG ? "disk_full" : "write");
}

Status writeFile(const ReportInput& input, ReportFormat format, const fs::path& path) {
    fs::path unfinished = path;
    unfinished += ".part";
    errno = 0;
    std::error_code error;
    {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        if (!out) return fileFailed();
        fs::permissions(unfinished, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read, error);
        Status written = writeReport(input, format, out);
        out.close();
        if (written && !out) written = fileFailed();
        if (!written) {
            fs::remove(unfinished, error);
            return written;
        }
    }
    fs::rename(unfinished, path, error);
    return error ? Status(fileFailed()) : ok();
}

}  // namespace

Status writeReport(const ReportInput& input, ReportFormat format, std::ostream& out) {
    switch (format) {
        case ReportFormat::Html:
            return writeHtml(input, out);
        case ReportFormat::Csv:
            return writeCsv(input, out);
        case ReportFormat::Json:
            return writeJson(input, out);
    }
    return ok();
}

fs::path reportPath(const fs::path& directory, std::int64_t run, ReportFormat format) {
    const char* ending = format == ReportFormat::Html ? ".html" : format == ReportFormat::Csv ? ".csv" : ".json";
    return directory / (std::to_string(run) + ending);
}

Status writeReports(const ReportInput& input, const fs::path& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return failed(Fault::Corrupt, "report.directory", "write");
    for (const ReportFormat format : {ReportFormat::Html, ReportFormat::Csv, ReportFormat::Json}) {
        if (Status status = writeFile(input, format, reportPath(directory, input.run.id, format)); !status)
            return status;
    }
    return ok();
}

}  // namespace lianzheng
