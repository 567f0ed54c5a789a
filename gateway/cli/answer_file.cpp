#include "gateway/cli/answer_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <system_error>

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

bool written(const std::string& content, const fs::path& file) {
    fs::path unfinished = file;
    unfinished += ".part";
    std::error_code error;
    std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
    if (!out) return false;
    fs::permissions(unfinished, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read, error);
    out << content;
    out.close();
    if (out) fs::rename(unfinished, file, error);
    if (out && !error) return true;
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    return false;
}

}  // namespace

void deliver(const std::string& content, const std::string& file, std::string_view option, bool english,
             Output& output) {
    if (file.empty()) {
        output.line(content);
    } else if (written(content, file)) {
        output.line((english ? "written: " : "已写入：") + file);
    } else {
        output.problems.push_back(fmt::format(
            fmt::runtime(english ? "{}: {}: cannot be written; check the folder, its rights and the room on its disk"
                                 : "{}：{}：无法写入，请检查目录、权限与磁盘空间"),
            option, file));
        output.exitCode = ExitCode::Store;
    }
}

}  // namespace lianzheng
