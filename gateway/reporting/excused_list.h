#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/runtime/spill.h"

namespace lianzheng {

/// <directory>/<run>.excused.txt.
std::filesystem::path excusedPath(const std::filesystem::path& directory, std::int64_t run);

/// The certificates whose differences a run excused, each with the reason, as they came. They lie in a scratch file.
/// Threads: one at a time. Errors: those of ScratchFile and of writeWhole().
class ExcusedList {
public:
    /// The scratch file is made in `directory`.
    static Result<ExcusedList> make(const std::string& directory);
    Status add(std::string_view number, std::string_view reason) { return appendPair(*file_, number, reason); }
    /// Ends adding: a text (UTF-8 with its mark), a line each: number, tab, reason.
    Status write(const std::filesystem::path& path);

private:
    explicit ExcusedList(std::unique_ptr<ScratchFile> file) : file_(std::move(file)) {}
    std::unique_ptr<ScratchFile> file_;
};

}  // namespace lianzheng
