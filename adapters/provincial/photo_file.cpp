#include "adapters/provincial/photo_file.h"

#include <algorithm>
#include <fstream>

namespace lianzheng {

namespace {

constexpr const char* kWhere = "province.photo";
constexpr std::size_t kMostBytes = 1U << 20U;

bool isWithin(const std::filesystem::path& root, const std::filesystem::path& file) {
    return std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first == root.end();
}

}  // namespace

Result<std::string> readPhotoFile(const std::filesystem::path& root, std::string_view reference) {
    std::string relative(reference);
    std::ranges::replace(relative, '\\', '/');
    const std::filesystem::path path(relative);
    if (path.is_absolute() || std::ranges::find(path, "..") != path.end() || relative.find('\0') != std::string::npos) {
        return failed(Fault::Rejected, kWhere, "outside_root");
    }
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(root, error);
    if (error) return failed(Fault::Unavailable, kWhere, "no_root");
    const std::filesystem::path file = std::filesystem::canonical(real / path, error);
    if (error) return std::string();
    if (!isWithin(real, file)) return failed(Fault::Rejected, kWhere, "outside_root");
    if (!std::filesystem::is_regular_file(file, error)) return std::string();

    std::ifstream in(file, std::ios::binary);
    if (!in) return failed(Fault::Unavailable, kWhere, "unreadable");
    std::string bytes(kMostBytes, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.bad()) return failed(Fault::Unavailable, kWhere, "unreadable");
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

}  // namespace lianzheng
