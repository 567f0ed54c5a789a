#include "gateway/reporting/report_manifest.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "adapters/envelope/digest.h"
#include "adapters/envelope/hex.h"
#include "adapters/runtime/whole_file.h"

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "lianzheng report manifest 1";
constexpr std::string_view kEnding = ".manifest";
constexpr std::uintmax_t kLongest = std::uintmax_t{4} * 1024 * 1024;  // of a manifest, in bytes

/// `SIZE SM3` of a file, read in parts; nothing when it cannot be read.
std::optional<std::string> contentOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    Digester digester(Hash::Sm3);
    std::uintmax_t size = 0;
    std::array<char, std::size_t{64} * 1024> part{};
    while (in.read(part.data(), part.size()) || in.gcount() > 0) {
        digester.add({part.data(), static_cast<std::size_t>(in.gcount())});
        size += static_cast<std::uintmax_t>(in.gcount());
    }
    if (in.bad()) return std::nullopt;
    return fmt::format("{} {}", size, lowerHex(digester.finish()));
}

struct Manifest {
    std::map<std::string, std::string> files;  ///< name, `SIZE SM3`
    std::string sealed;                        ///< the text that is sealed
    std::string method;
    std::string key;
    std::string seal;
};

/// What stands behind `name` and a blank; nothing for another line.
std::optional<std::string> valueOf(const std::string& line, std::string_view name) {
    if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ' ') return std::nullopt;
    return line.substr(name.size() + 1);
}

/// `file SIZE SM3 NAME`, a name without a directory.
bool takeFile(const std::string& value, Manifest& manifest) {
    const std::size_t sum = value.find(' ');
    const std::size_t name = sum == std::string::npos ? sum : value.find(' ', sum + 1);
    if (name == std::string::npos) return false;
    const std::string file = value.substr(name + 1);
    if (file.empty() || file.find('/') != std::string::npos || file == "." || file == "..") return false;
    return manifest.files.emplace(file, value.substr(0, name)).second;
}

/// One line before the seal; false: writeManifest has none such.
bool takeLine(const std::string& line, Manifest& manifest) {
    if (const auto file = valueOf(line, "file")) return takeFile(*file, manifest);
    if (const auto method = valueOf(line, "method")) {
        manifest.method = *method;
        return true;
    }
    if (const auto key = valueOf(line, "key")) {
        manifest.key = *key;
        return true;
    }
    return valueOf(line, "run") || valueOf(line, "made_at");
}

/// The one spelling that writeManifest has; nothing for any other text.
std::optional<Manifest> parsed(const std::string& text) {
    std::istringstream in(text);
    std::string line;
    if (!std::getline(in, line) || line != kFirstLine) return std::nullopt;
    Manifest manifest;
    manifest.sealed = line + "\n";
    while (std::getline(in, line)) {
        if (!manifest.seal.empty()) return std::nullopt;
        if (const auto seal = valueOf(line, "seal")) {
            manifest.seal = *seal;
            continue;
        }
        manifest.sealed += line + "\n";
        if (!takeLine(line, manifest)) return std::nullopt;
    }
    if (manifest.method.empty() || (manifest.method == "none") != manifest.seal.empty()) return std::nullopt;
    return manifest;
}

std::optional<Manifest> read(const fs::path& file) {
    std::error_code error;
    if (fs::file_size(file, error) > kLongest || error) return std::nullopt;
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return parsed(text.str());
}

/// One directory's part of a verification.
class Folder {
public:
    Folder(const fs::path& root, const EvidenceSealing& sealing, ManifestReport& report)
        : root_(root), sealing_(sealing), report_(report) {}

    void check(const fs::path& directory) {
        std::set<fs::path> manifests;
        std::set<std::string> there;
        for (const auto& entry : fs::directory_iterator(directory)) {
            if (entry.is_directory() && !entry.is_symlink()) continue;
            const std::string ending = entry.path().extension().string();
            if (ending == kEnding) manifests.insert(entry.path());
            if (ending != kEnding && ending != kUnfinished) there.insert(entry.path().filename().string());
        }
        std::set<std::string> named;
        for (const fs::path& file : manifests) checkManifest(directory, file, there, named);
        for (const std::string& name : there) {
            if (!named.contains(name)) problem(ManifestFault::Added, directory / name);
        }
    }

private:
    [[nodiscard]] std::string nameOf(const fs::path& file) const { return file.lexically_relative(root_).string(); }
    void problem(ManifestFault fault, const fs::path& file) { report_.problems.push_back({fault, nameOf(file)}); }

    /// `there`: the directory's files; those that the manifest names are added to `named`.
    void checkManifest(const fs::path& directory, const fs::path& file, const std::set<std::string>& there,
                       std::set<std::string>& named) {
        ++report_.manifests;
        const auto manifest = read(file);
        if (!manifest || !sealHolds(*manifest, file)) problem(ManifestFault::Malformed, file);
        if (!manifest) return;
        for (const auto& [name, content] : manifest->files) {
            named.insert(name);
            compare(directory / name, content, there.contains(name));
        }
    }

    void compare(const fs::path& file, const std::string& wanted, bool there) {
        if (!there) return problem(ManifestFault::Missing, file);
        if (contentOf(file) != wanted) return problem(ManifestFault::Changed, file);
        ++report_.files;
    }

    bool sealHolds(const Manifest& manifest, const fs::path& file) {
        if (manifest.method == "none") {
            report_.unsealed.push_back(nameOf(file));
            return true;
        }
        if (!sealing_.key && sealing_.former.empty()) {
            report_.unchecked.push_back(nameOf(file));
            return true;
        }
        const SealKey* const key = sealing_.find(manifest.key);
        return key != nullptr && word(key->method()) == manifest.method &&
               key->verifies(manifest.sealed, manifest.seal);
    }

    const fs::path& root_;
    const EvidenceSealing& sealing_;
    ManifestReport& report_;
};

}  // namespace

fs::path manifestPath(const fs::path& directory, std::int64_t run) {
    return directory / (std::to_string(run) + std::string(kEnding));
}

Status writeManifest(const fs::path& directory, std::int64_t run, std::span<const fs::path> files,
                     const EvidenceSealing& sealing, TimePoint madeAt) {
    std::string text = fmt::format("{}\nrun {}\nmade_at {}\n", kFirstLine, run, madeAt.time_since_epoch().count());
    for (const fs::path& file : files) {
        const auto content = contentOf(file);
        if (!content) return failed(Fault::Corrupt, "report.manifest", "read");
        text += fmt::format("file {} {}\n", *content, file.filename().string());
    }
    if (sealing.key) {
        text += fmt::format("method {}\nkey {}\n", word(sealing.key->method()), sealing.key->id());
        const auto seal = sealing.key->seal(text);
        if (!seal) return failed(Fault::Corrupt, "report.manifest", "seal");
        text += fmt::format("seal {}\n", *seal);
    } else {
        text += "method none\n";
    }
    return writeWhole(manifestPath(directory, run), "report.manifest", text);
}

std::string_view word(ManifestFault fault) {
    switch (fault) {
        case ManifestFault::Changed:
            return "changed";
        case ManifestFault::Missing:
            return "missing";
        case ManifestFault::Added:
            return "added";
        case ManifestFault::Malformed:
            return "malformed";
    }
    return {};
}

Result<ManifestReport> verifyManifests(const fs::path& directory, const EvidenceSealing& sealing) {
    std::error_code error;
    if (!fs::is_directory(directory, error)) return failed(Fault::Corrupt, "report.manifest", "no_directory");
    ManifestReport report;
    try {
        Folder folder(directory, sealing, report);
        folder.check(directory);
        for (const auto& entry : fs::recursive_directory_iterator(directory)) {
            if (entry.is_directory() && !entry.is_symlink()) folder.check(entry.path());
        }
    } catch (const fs::filesystem_error&) {
        return failed(Fault::Corrupt, "report.manifest", "read");
    }
    std::ranges::stable_sort(report.problems, {}, &ManifestReport::Problem::file);
    return report;
}

}  // namespace lianzheng
