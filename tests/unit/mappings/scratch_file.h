#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace lianzheng {

/// A file with `text` that is gone when this is.
class ScratchFile {
public:
    explicit ScratchFile(std::string_view text) {
        std::string folder = (std::filesystem::temp_directory_path() / "lianzheng-XXXXXX").string();
        if (mkdtemp(folder.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
        folder_ = folder;
        std::ofstream(path(), std::ios::binary) << text;
    }
    ~ScratchFile() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "table.yaml"; }

private:
    std::filesystem::path folder_;
};

}  // namespace lianzheng
