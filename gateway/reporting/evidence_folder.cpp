#include "gateway/reporting/evidence_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "adapters/envelope/hex.h"
#include "gateway/reporting/evidence_texts.h"

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> fileFailed() {
    return failed(Fault::Corrupt, "evidence.folder", errno == ENOSPC || errno == EFBIG ? "disk_full" : "write");
}

Status writeFile(const fs::path& path, std::string_view content) {
    errno = 0;
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out) return fileFailed();
    return ok();
}

std::string chainText(const EvidenceExtract::Span& span) {
    std::string text = "before " + span.before + "\n";
    for (const EvidenceExtract::Link& link : span.links) {
        text.append(std::to_string(link.seq)).append(" ").append(link.digest).append("\n");
    }
    return text;
}

std::string tableOf(const EvidenceExtract& extract, const std::string& number) {
    std::string text = "| 序号 | 操作 | 发出时间 | 收到答复 | 业务流水号 | 结果 |\n|---|---|---|---|---|---|\n";
    for (const EvidenceExtract::Entry& entry : extract.entries) {
        for (const Evidence::Item& item : entry.evidence.items) {
            if (item.number != number) continue;
            text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", entry.seq, entry.evidence.operation,
                                shanghaiText(entry.evidence.sentAt), shanghaiText(entry.evidence.answeredAt),
                                item.eCertId, item.verdict);
        }
    }
    return text;
}

std::string sealsText(const EvidenceExtract& extract) {
    std::string text;
    for (const EvidenceExtract::Span& span : extract.spans) {
        const std::int64_t last = span.links.back().seq;
        if (span.seal) {
            text += fmt::format("- 第 {} 条之后的链由第 {} 号封印覆盖（封印时间 {}，密钥标识 {}）。\n", last,
                                span.seal->number, shanghaiText(span.seal->sealedAt), span.seal->keyId);
        } else {
            text += fmt::format("- 第 {} 条之前尚未封印：此后再行导出即可得到封印。\n", last);
        }
    }
    return text;
}

Status writeSeal(const EvidenceExtract::Span& span, const EvidenceSealing& sealing, const fs::path& directory) {
    if (!span.seal) return ok();
    const SealKey* const key = sealing.find(span.seal->keyId);
    if (key == nullptr) return failed(Fault::Corrupt, "evidence.folder", "seal_key");
    const std::string stem = std::to_string(span.seal->entry);
    if (Status done = writeFile(directory / "seals" / (stem + ".txt"), span.seal->text(span.after, key->method()));
        !done) {
        return done;
    }
    if (key->method() == SealMethod::HmacSm3) {
        return writeFile(directory / "seals" / (stem + ".hmac"), span.seal->seal + "\n");
    }
    const auto signature = fromHex(span.seal->seal);
    if (!signature) return failed(Fault::Corrupt, "evidence.folder", "evidence_chain");
    if (Status done = writeFile(directory / "seals" / (stem + ".sig"), *signature); !done) return done;
    return writeFile(directory / "keys" / (key->id() + ".pem"), key->publicPem());
}

}  // namespace

Status writeEvidenceFolder(const EvidenceFolder& folder, const fs::path& directory) {
    std::error_code error;
    if (fs::exists(directory, error) && !(fs::is_directory(directory, error) && fs::is_empty(directory, error))) {
        return failed(Fault::Corrupt, "evidence.folder", "exists");
    }
    for (const char* name : {"entries", "chains", "seals", "keys"}) {
        errno = 0;
        if (!fs::create_directories(directory / name, error) || error) return fileFailed();
    }
    // It names a certificate and the times of its business.
    fs::permissions(directory, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec, error);
    for (const EvidenceExtract::Entry& entry : folder.extract.entries) {
        const fs::path path = directory / "entries" / (std::to_string(entry.seq) + ".txt");
        if (Status done = writeFile(path, entry.text); !done) return done;
    }
    for (const EvidenceExtract::Span& span : folder.extract.spans) {
        const fs::path path = directory / "chains" / (std::to_string(span.links.back().seq) + ".txt");
        if (Status done = writeFile(path, chainText(span)); !done) return done;
        if (Status done = writeSeal(span, folder.sealing, directory); !done) return done;
    }
    if (Status done = writeFile(directory / "verify.sh", kEvidenceScript); !done) return done;
    return writeFile(directory / "README.md",
                     fmt::format(fmt::runtime(kEvidenceReadme), fmt::arg("number", folder.number),
                                 fmt::arg("made", shanghaiText(folder.madeAt)),
                                 fmt::arg("entries", tableOf(folder.extract, folder.number)),
                                 fmt::arg("seals", sealsText(folder.extract))));
}

}  // namespace lianzheng
