#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "gateway/reporting/report_manifest.h"
#include "tests/fuzz/fuzz.h"

namespace {

namespace fs = std::filesystem;

/// A directory with one report in it; removed when the process ends.
class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "lianzheng-fuzz-XXXXXX").string();
        lianzheng::demand(::mkdtemp(pattern.data()) != nullptr, "there is a place for a directory");
        place_ = pattern;
        put("1.csv", "number\n");
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(place_); }
    void put(const std::string& name, const std::string& content) const {
        std::ofstream(place_ / name, std::ios::binary) << content;
    }
    [[nodiscard]] const fs::path& place() const { return place_; }

private:
    fs::path place_;
};

}  // namespace

/// Whatever a manifest says: one report and one manifest are looked at, every file is right, wrong or added, and
/// nothing outside the directory is ever named.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    static const Folder folder;
    static const EvidenceSealing sealing{.key = SealKey::hmacSm3("key")};
    folder.put("1.manifest", std::string(textOf(data, size)));
    const auto report = verifyManifests(folder.place(), sealing);
    demand(report.has_value(), "a manifest is no error of the directory");
    demand(report->manifests == 1 && report->files <= 1, "one manifest, one file");
    bool csv = report->files == 1;
    bool malformed = false;
    for (const auto& problem : report->problems) {
        demand(problem.file.find('/') == std::string::npos && problem.file != "..", "beside the manifest");
        csv = csv || problem.file == "1.csv";
        malformed = malformed || problem.fault == ManifestFault::Malformed;
    }
    demand(csv, "the report is judged");
    demand(malformed || !report->unsealed.empty(), "no text is a seal of a key made up here");
    return 0;
}
