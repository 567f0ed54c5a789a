#include "mappings/field_map.h"

#include <cstddef>

namespace lianzheng {
namespace {

/// What the platform takes at most, decoded (national interface, section 3).
constexpr std::size_t kLargestPhoto = std::size_t{50} * 1024;

std::string base64(std::string_view bytes) {
    static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto byte = [bytes](std::size_t at) -> unsigned {
        return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
    };
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const unsigned group = byte(at) << 16U | byte(at + 1) << 8U | byte(at + 2);
        out.push_back(kDigits[group >> 18U & 63U]);
        out.push_back(kDigits[group >> 12U & 63U]);
        out.push_back(at + 1 < bytes.size() ? kDigits[group >> 6U & 63U] : '=');
        out.push_back(at + 2 < bytes.size() ? kDigits[group & 63U] : '=');
    }
    return out;
}

}  // namespace

Checked<std::string> FieldMap::photoDataUri(std::string_view bytes) {
    const auto refuse = [](Rule rule) { return tl::unexpected(Invalid{"photo", rule}); };
    if (bytes.empty()) return refuse(Rule::PhotoMissing);
    const bool jpg = bytes.starts_with("\xFF\xD8\xFF");
    const bool png = bytes.starts_with("\x89PNG\r\n\x1A\n");
    if (!jpg && !png) return refuse(Rule::PhotoFormat);
    if (bytes.size() > kLargestPhoto) return refuse(Rule::PhotoTooLarge);
    return (jpg ? "data:image/jpg;base64," : "data:image/png;base64,") + base64(bytes);
}

}  // namespace lianzheng
