#include <fmt/format.h>

#include "gateway/cli/check_notes.h"
#include "gateway/reporting/evidence_folder.h"

namespace lianzheng {
namespace {

void refuse(Output& output, const char* result, ExitCode code, std::string problem) {
    output.result = result;
    output.exitCode = code;
    output.problems.push_back(std::move(problem));
}

void broken(Output& output, const char* result, std::string problem) {
    refuse(output, result, ExitCode::EvidenceBroken, std::move(problem));
}

void judgeSeals(const CommandContext& context, const Store::ChainReport& report, Output& output) {
    output.counts["seals"] = report.seals;
    output.counts["unsealed"] = report.unsealed;
    if (report.brokenSeal) {
        broken(output, "seal_broken",
               said(context, "第 {} 号封印缺失或与证据链不符：证据被改动过，或封印密钥不在配置中",
                    "seal {} is missing or does not fit the chain: the evidence was changed, or the key that sealed it "
                    "is not in the configuration",
                    *report.brokenSeal));
        return;
    }
    if (report.sealsUnchecked != 0) {
        output.line(said(context, "封印 {} 个未核验：未配置 evidence.seal 或 evidence.seal.former.key.file",
                         "{} seals were not checked: neither evidence.seal nor evidence.seal.former.key.file is set",
                         report.sealsUnchecked));
    } else if (report.seals != 0) {
        output.line(said(context, "封印 {} 个均有效，其后 {} 条尚未封印",
                         "{} seals hold, {} entries behind the last one", report.seals, report.unsealed));
    }
    if (context.parts.sealing().key) {
        output.items.push_back({{"seal_key", context.parts.sealing().key->id()}});
        output.line(said(context, "封印密钥标识 {}", "the seal's key is {}", context.parts.sealing().key->id()));
    }
    if (!report.neverSealed) return;
    refuse(output, "never_sealed", ExitCode::NeedsPerson,
           said(context, "尚无封印，下一次报送时开始；如早已启用封印，则封印被人删除",
                "nothing is sealed yet: the next push begins; if sealing began long ago, the seals were removed"));
}

Output verify(const CommandContext& context, Output output) {
    const auto report = context.parts.store().verifyEvidence(context.options.head);
    if (!report) {
        output.fail(report.error(), context.options.english);
        return output;
    }
    output.counts["entries"] = report->entries;
    output.items.push_back({{"head", report->head}});
    output.line(
        said(context, "证据链 {} 条，链头 {}", "{} entries of evidence, head {}", report->entries, report->head));
    if (report->brokenAt) {
        broken(output, "broken",
               said(context, "第 {} 条与前一条不相接：证据被改动过",
                    "entry {} does not follow from the one before: the evidence was changed", *report->brokenAt));
        return output;
    }
    judgeSeals(context, *report, output);
    if (!report->headFound && output.exitCode != ExitCode::EvidenceBroken) {
        broken(output, "head_missing",
               said(context, "给出的链头不在链中：链尾可能被截去",
                    "the head given is not in the chain: its tail may have been cut"));
    }
    return output;
}

/// Seals what is there, when nobody else pushes: the folder is then proven to its last entry.
Status sealTail(Store& store) {
    const auto pusher = store.tryBecomePusher();
    if (!pusher) return tl::unexpected<Error>(pusher.error());
    if (!*pusher) return ok();
    const std::vector<Change> changes{SealEvidence{}};
    return store.commit(changes);
}

/// What a folder could not be made of, in words.
void failed(const CommandContext& context, Output& output, const Error& error, const std::string& where) {
    if (error.code == "exists") {
        return refuse(output, "exists", ExitCode::Usage,
                      said(context, "{} 已存在且非空，请用 --to 另行指定",
                           "{} is there and not empty: choose another with --to", where));
    }
    if (error.code == "evidence_older_form") {
        return refuse(output, "older_form", ExitCode::NeedsPerson,
                      said(context, "该证书的证据写于逐条可证之前的版本，只能以 evidence verify 整链核验",
                           "this certificate's evidence was written by a version whose entries cannot be proven one by "
                           "one; evidence verify checks them all"));
    }
    if (error.code == "seal_key") {
        return refuse(output, "seal_key", ExitCode::Configuration,
                      said(context, "封印所用密钥不在配置中，请列入 evidence.seal.former.key.file",
                           "the key of a seal is not in the configuration: name it in evidence.seal.former.key.file"));
    }
    output.fail(error, context.options.english);
}

Output exportFolder(const CommandContext& context, Output output) {
    const std::string& text = context.options.numbers.front();
    const auto number = ledgerNumber(context, text);
    if (!number) {
        refuse(output, "usage", ExitCode::Usage, noNumber(context, "argument"));
        return output;
    }
    const EvidenceSealing& sealing = context.parts.sealing();
    if (!sealing.key && sealing.former.empty()) {
        refuse(output, "configuration", ExitCode::Configuration,
               said(context, "导出证据须先配置 evidence.seal：没有封印，第三方无从核验",
                    "evidence export needs evidence.seal: nobody else could check what is not sealed"));
        return output;
    }
    Store& store = context.parts.store();
    if (const Status sealed = sealTail(store); !sealed) {
        output.fail(sealed.error(), context.options.english);
        return output;
    }
    const std::string& name = *number;
    const auto extract = store.evidenceExtract(name);
    const std::filesystem::path directory = context.options.to.empty() ? std::filesystem::path("evidence-" + name)
                                                                       : std::filesystem::path(context.options.to);
    if (!extract) {
        failed(context, output, extract.error(), directory.string());
        return output;
    }
    output.counts["entries"] = extract->entries.size();
    if (extract->entries.empty()) {
        refuse(output, "none", ExitCode::NeedsPerson,
               said(context, "{} 没有报送证据：本系统未曾报送", "there is no evidence of {}: nothing was ever sent",
                    name));
        return output;
    }
    if (const Status done = writeEvidenceFolder({name, *extract, sealing, context.parts.clock().now()}, directory);
        !done) {
        failed(context, output, done.error(), directory.string());
        return output;
    }
    std::uint64_t unsealed = 0;
    for (const EvidenceExtract::Span& span : extract->spans) unsealed += span.seal ? 0U : 1U;
    output.counts["unsealed"] = unsealed;
    output.items.push_back({{"folder", directory.string()}});
    output.line(said(context, "证据 {} 条已导出到 {}，核验：sh verify.sh",
                     "{} entries went to {}; check with sh verify.sh", extract->entries.size(), directory.string()));
    if (unsealed != 0) {
        output.line(said(context, "最近的部分尚未封印（有进程正在推送），稍后再导出即可",
                         "the latest part is not sealed yet, for another process pushes; export again later"));
    }
    return output;
}

}  // namespace

Output evidenceCommand(const CommandContext& context) {
    Output output;
    output.command = "evidence " + context.options.subcommand;
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    return context.options.subcommand == "verify" ? verify(context, std::move(output))
                                                  : exportFolder(context, std::move(output));
}

}  // namespace lianzheng
