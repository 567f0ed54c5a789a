#include "adapters/provincial/photo_http.h"

#include <utility>

namespace lianzheng {

namespace {

constexpr const char* kWhere = "province.photo";

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~' || c == '/';
}

bool climbs(std::string_view path) {
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        if (segment == ".." || segment == ".") return true;
        if (slash == std::string_view::npos) return false;
        path.remove_prefix(slash + 1);
    }
}

}  // namespace

Result<std::string> photoUrl(std::string_view prefix, std::string_view reference) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string path(reference);
    for (char& c : path) c = c == '\\' ? '/' : c;
    if (climbs(path)) return failed(Fault::Rejected, kWhere, "outside_root");
    std::string url(prefix);
    for (const char c : path) {
        if (isPlain(c)) {
            url.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            url.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
        }
    }
    return url;
}

Result<std::string> PhotoHttp::bytes(std::string_view reference) {
    const auto url = photoUrl(prefix_, reference);
    if (!url) return tl::unexpected(url.error());
    auto fetched = fetch_.get(*url);
    if (!fetched) return failed(fetched.error().fault, kWhere, fetched.error().code);
    if (fetched->status == 200) return std::move(fetched->body);
    if (fetched->status == 404 || fetched->status == 410) return std::string();
    return failed(Fault::Unavailable, kWhere, "http_" + std::to_string(fetched->status));
}

}  // namespace lianzheng
