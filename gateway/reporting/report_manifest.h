#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gateway/store/evidence_seals.h"

namespace lianzheng {

/// <directory>/<run>.manifest.
std::filesystem::path manifestPath(const std::filesystem::path& directory, std::int64_t run);

/// Writes beside a run's files what they are: a line of name, size and SM3 each, sealed with the key that seals the
/// evidence; without one it says `method none`, and only tells what changed by accident (docs/reports.md).
/// `files` lie in `directory`. Errors: Corrupt, where `report.manifest`, code `read`, `write`, `disk_full` or `seal`.
Status writeManifest(const std::filesystem::path& directory, std::int64_t run,
                     std::span<const std::filesystem::path> files, const EvidenceSealing& sealing, TimePoint madeAt);

/// What is wrong with one file of a directory of reports.
enum class ManifestFault : std::uint8_t {
    Changed,   ///< its content is not what the manifest says
    Missing,   ///< the manifest names it
    Added,     ///< no manifest names it
    Malformed  ///< a manifest that cannot be read as one, or whose seal does not fit or is of a key nobody configured
};
std::string_view word(ManifestFault fault);

/// A directory of reports held against its manifests.
struct ManifestReport {
    struct Problem {
        ManifestFault fault{};
        std::string file;  ///< relative to the directory
    };
    std::uint64_t manifests = 0;
    std::uint64_t files = 0;             ///< that are what their manifest says
    std::vector<Problem> problems;       ///< in the order of the files' names
    std::vector<std::string> unsealed;   ///< manifests that nothing seals
    std::vector<std::string> unchecked;  ///< whose seal was not looked at, for no key is configured
};

/// Looks at `directory` and what lies below it; each manifest speaks for the files beside it. Files that are being
/// written (`.part`) do not count. Errors: Corrupt, where `report.manifest`, code `no_directory` or `read`.
Result<ManifestReport> verifyManifests(const std::filesystem::path& directory, const EvidenceSealing& sealing);

}  // namespace lianzheng
