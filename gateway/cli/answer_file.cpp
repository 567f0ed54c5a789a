#include "gateway/cli/answer_file.h"

#include <fmt/format.h>

#include "adapters/runtime/whole_file.h"

namespace lianzheng {
void deliver(const std::string& content, const std::string& file, std::string_view option, bool english,
             Output& output) {
    if (file.empty()) {
        output.line(content);
    } else if (writeWhole(file, "answer.file", content)) {
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
