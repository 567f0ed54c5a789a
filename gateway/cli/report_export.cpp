#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <system_error>

#include "gateway/cli/check_notes.h"
#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/report_summary.h"
#include "gateway/reporting/report_writer.h"

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

/// Who has identity numbers written out, when, where to and why stands in the store before the first of them does.
Status recordUnmasking(const CommandContext& context, std::int64_t run) {
    const Options& options = context.options;
    const std::string where = !options.perCity.empty() ? options.perCity
                              : options.file.empty()   ? "standard output"
                                                       : options.file;
    const std::vector<Change> changes{AddAudit{{context.parts.clock().now(), "cli:" + accountName(), "report.unmask",
                                                fmt::format("run {} to {}: {}", run, where, options.reason)}}};
    return context.parts.store().commit(changes);
}

std::string folderOf(const Authority& authority) {
    std::string name = authority.id + "-" + authority.city;
    std::ranges::replace(name, '/', '-');
    return name;
}

/// One city's package; false when it has nothing to be told.
Result<bool> writePackage(const CommandContext& context, const ReportInput& input, const Authority& authority,
                          const fs::path& root, Output& output) {
    const auto part = partOf(input, authority);
    if (!part) return tl::unexpected<Error>(part.error());
    const auto summary = summaryOf(*part);
    if (!summary) return tl::unexpected<Error>(summary.error());
    if (summary->total == 0) return false;
    const fs::path directory = root / folderOf(authority);
    std::error_code error;
    fs::create_directories(directory, error);
    fs::permissions(directory, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec, error);
    const Status written = writeReports(*part, directory, context.parts.sealing(), context.parts.clock().now());
    if (!written) return tl::unexpected<Error>(written.error());
    output.items.push_back({{"authority", authority.id},
                            {"name", authority.name},
                            {"telephones", telephonesOf(authority)},
                            {"findings", std::to_string(summary->total)},
                            {"folder", directory.string()}});
    output.line(fmt::format("{}  {}  {}  {}", directory.string(), authority.name, telephonesOf(authority),
                            grouped(summary->total)));
    return true;
}

Output exportPerCity(const CommandContext& context, const ReportInput& input, Output output) {
    const fs::path root = context.options.perCity;
    std::error_code error;
    if (fs::exists(root, error) && !(fs::is_directory(root, error) && fs::is_empty(root, error))) {
        output.result = "exists";
        output.exitCode = ExitCode::Usage;
        output.problems.push_back(said(context, "{} 已存在且非空，请为 --per-city 另行指定目录",
                                       "{} is there and not empty: name another folder for --per-city", root.string()));
        return output;
    }
    std::uint64_t packages = 0;
    for (const Authority& authority : input.districts->all()) {
        const auto written = writePackage(context, input, authority, root, output);
        if (!written) {
            output.fail(written.error(), context.options.english);
            return output;
        }
        if (*written) ++packages;
    }
    output.counts["packages"] = packages;
    output.line(said(context, "{} 个主管部门各一份，其余没有差异",
                     "a package each for {} authorities; the others have no findings", packages));
    return output;
}

}  // namespace

Output exportReport(const CommandContext& context, ReportInput input, Output output) {
    const Options& options = context.options;
    if (options.unmask) {
        if (const Status recorded = recordUnmasking(context, input.run.id); !recorded) {
            output.fail(recorded.error(), options.english);
            return output;
        }
        input.inFull = true;
    }
    if (!options.perCity.empty()) return exportPerCity(context, input, std::move(output));
    const ReportFormat format = reportFormatOf(options.format).value_or(ReportFormat::Html);
    Status written = ok();
    if (!options.file.empty()) {
        written = writeReportFile(input, format, options.file);
    } else if (!options.json) {
        // As it is made, for it may be large.
        written = writeReport(input, format, std::cout);
        std::cout.flush();
    }
    if (!written) {
        output.fail(written.error(), options.english);
    } else if (!options.file.empty()) {
        output.items.push_back({{"file", options.file}});
        output.line(said(context, "报告：{}", "the report: {}", options.file));
    }
    return output;
}

}  // namespace lianzheng
