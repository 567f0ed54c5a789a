#include "adapters/runtime/whole_file.h"

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

Status fileFailed(std::string_view where) {
    return failed(Fault::Corrupt, std::string(where), errno == ENOSPC || errno == EFBIG ? "disk_full" : "write");
}

/// An empty file that only owner and group can read, before anything is in it.
bool madePrivate(const fs::path& path) {
    std::error_code error;
    if (!std::ofstream(path, std::ios::binary | std::ios::trunc)) return false;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read, error);
    return !error;
}

}  // namespace

Status writeWhole(const fs::path& path, std::string_view where,
                  const std::function<Status(const fs::path& unfinished)>& fill) {
    fs::path unfinished = path;
    unfinished += kUnfinished;
    errno = 0;
    std::error_code error;
    if (!madePrivate(unfinished)) return fileFailed(where);
    if (Status filled = fill(unfinished); !filled) {
        fs::remove(unfinished, error);
        return filled;
    }
    fs::rename(unfinished, path, error);
    return error ? fileFailed(where) : ok();
}

Status writeWhole(const fs::path& path, std::string_view where, std::string_view text) {
    return writeWhole(path, where, [&](const fs::path& unfinished) {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        out << text;
        out.close();
        return out ? ok() : fileFailed(where);
    });
}

}  // namespace lianzheng
