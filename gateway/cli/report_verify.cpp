#include <fmt/format.h>

#include "gateway/cli/check_notes.h"
#include "gateway/reporting/report_manifest.h"

namespace lianzheng {
namespace {

void sayProblem(const CommandContext& context, const ManifestReport::Problem& problem, Output& output) {
    output.items.push_back({{"file", problem.file}, {"problem", std::string(word(problem.fault))}});
    switch (problem.fault) {
        case ManifestFault::Changed:
            output.problems.push_back(said(context, "{}：内容被改动过", "{}: its content was changed", problem.file));
            break;
        case ManifestFault::Missing:
            output.problems.push_back(said(context, "{}：文件缺失", "{}: the file is missing", problem.file));
            break;
        case ManifestFault::Added:
            output.problems.push_back(said(context, "{}：任何清单均未列出，系后来放入，或其清单被删除",
                                           "{}: no manifest names it; it was added, or its manifest was removed",
                                           problem.file));
            break;
        case ManifestFault::Malformed:
            output.problems.push_back(
                said(context, "{}：清单被改动过，或签名所用密钥不在配置中（evidence.seal.former.key.file）",
                     "{}: the manifest was changed, or the key that sealed it is not in the configuration "
                     "(evidence.seal.former.key.file)",
                     problem.file));
            break;
    }
}

/// What nothing sealed, or no key here can look at, is no proof.
void sayUnproven(const CommandContext& context, const ManifestReport& report, Output& output) {
    const bool sealing = context.parts.sealing().key.has_value();
    for (const std::string& file : report.unsealed) {
        output.line(said(context, "{}：未签名，只能发现无意的改动", "{}: not sealed; it shows accidents alone", file));
        // Who changes a file can also take the seal away.
        if (!sealing) continue;
        output.problems.push_back(said(context,
                                       "{}：已配置 evidence.seal 而此清单未签名：写于启用签名之前，或签名被去除",
                                       "{}: evidence.seal is set and this manifest has no seal: it was written before, "
                                       "or the seal was taken away",
                                       file));
    }
    for (const std::string& file : report.unchecked) {
        output.problems.push_back(
            said(context, "{}：签名未核验，请配置 evidence.seal 或 evidence.seal.former.key.file",
                 "{}: its seal was not checked; set evidence.seal or evidence.seal.former.key.file", file));
    }
    if (output.problems.empty()) return;
    output.result = "unproven";
    output.exitCode = ExitCode::NeedsPerson;
}

}  // namespace

Output reportVerify(const CommandContext& context) {
    Output output;
    output.command = "report verify";
    const std::string& directory = context.options.directory;
    const auto report = verifyManifests(directory, context.parts.sealing());
    if (!report && report.error().code == "no_directory") {
        output.result = "usage";
        output.problems.push_back(
            said(context, "{} 不是目录", "{} is no directory; name the folder of the reports", directory));
        output.exitCode = ExitCode::Usage;
        return output;
    }
    if (!report) {
        output.fail(report.error(), context.options.english);
        return output;
    }
    output.counts = {{"manifests", report->manifests},
                     {"files", report->files},
                     {"problems", report->problems.size()},
                     {"unsealed", report->unsealed.size()}};
    output.line(said(context, "清单 {} 份，文件 {} 个与清单相符", "{} manifests, {} files as they say",
                     report->manifests, report->files));
    sayUnproven(context, *report, output);
    for (const ManifestReport::Problem& problem : report->problems) sayProblem(context, problem, output);
    if (report->manifests == 0 && report->problems.empty()) {
        output.result = "no_manifest";
        output.problems.push_back(said(context, "{} 中没有清单，无从核验", "there is no manifest in {}", directory));
        output.exitCode = ExitCode::NeedsPerson;
    }
    if (!report->problems.empty()) {
        output.result = "broken";
        output.exitCode = ExitCode::EvidenceBroken;
    }
    return output;
}

}  // namespace lianzheng
