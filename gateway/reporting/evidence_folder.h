#pragma once

#include <filesystem>
#include <string>

#include "gateway/store/evidence_extract.h"

namespace lianzheng {

/// What goes into the folder beside the extract itself.
struct EvidenceFolder {
    std::string number;  ///< the certificate's
    const EvidenceExtract& extract;
    const EvidenceSealing& sealing;  ///< whose public keys go along
    TimePoint madeAt;
};

/// Writes a folder with which somebody who has nothing else of ours checks what was sent for one certificate, with
/// openssl and a POSIX shell: the entries word by word, of other entries their digests alone, the seals, the public
/// keys, a script and a README in Chinese. It names the certificate's number and nobody: no name, no identity number,
/// no photo (docs/architecture.md).
/// Errors: Corrupt `exists` when the folder is there and not empty, `write` or `disk_full`.
Status writeEvidenceFolder(const EvidenceFolder& folder, const std::filesystem::path& directory);

}  // namespace lianzheng
