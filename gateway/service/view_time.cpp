#include "gateway/service/view_time.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

std::optional<TimePoint> writtenAt(const fs::path& path) {
    std::error_code error;
    const fs::file_time_type at = fs::last_write_time(path, error);
    if (error) return std::nullopt;
    return std::chrono::time_point_cast<std::chrono::milliseconds>(fs::file_time_type::clock::to_sys(at));
}

}  // namespace

std::optional<TimePoint> viewMadeAt(const Settings& settings) {
    if (settings.exchangeAsOf) return settings.exchangeAsOf;
    if (!settings.exchange.file.empty()) return writtenAt(settings.exchange.file);
    if (dialectOf(settings.exchange.address.url) != Dialect::Sqlite) return std::nullopt;
    const std::string file = sqliteFile(settings.exchange.address);
    return std::max(writtenAt(file), writtenAt(file + "-wal"));
}

}  // namespace lianzheng
