#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "mappings/field_map.h"
#include "tests/fuzz/fuzz.h"

namespace lianzheng {

/// A directory of its own with the shipped code tables and districts, for one mapping after another.
class MappingDirectory {
public:
    MappingDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "mapping_fuzz_XXXXXX").string();
        demand(mkdtemp(pattern.data()) != nullptr, "there is a temporary directory");
        directory_ = pattern;
        const std::filesystem::path shipped{LIANZHENG_MAPPINGS};
        std::filesystem::create_directory_symlink(shipped / "codes", directory_ / "codes");
        std::filesystem::create_symlink(shipped / "districts.yaml", directory_ / "districts.yaml");
    }
    MappingDirectory(const MappingDirectory&) = delete;
    MappingDirectory& operator=(const MappingDirectory&) = delete;
    ~MappingDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    [[nodiscard]] Loaded<FieldMap> load(std::string_view yaml) const {
        std::ofstream(directory_ / "m.yaml", std::ios::binary) << yaml;
        return FieldMap::load(directory_ / "m.yaml");
    }

private:
    std::filesystem::path directory_;
};

}  // namespace lianzheng
