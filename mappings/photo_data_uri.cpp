#include "mappings/field_map.h"

#include <cstddef>

namespace lianzheng {
namespace {

/// What the platform takes at most, decoded (national interface, section 3).
constexpr std::size_t kLargestPhoto = std::size_t{50} * 1024;

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends `bytes` in Base64: whole groups of three straight into their place, for pictures are the bulk of a push.
void appendBase64(std::string& out, std::string_view bytes) {
    const auto byte = [bytes](std::size_t at) -> unsigned {
        return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
    };
    const auto group = [&](std::size_t at) { return byte(at) << 16U | byte(at + 1) << 8U | byte(at + 2); };
    std::size_t to = out.size();
    out.resize(to + (bytes.size() + 2) / 3 * 4);
    std::size_t at = 0;
    for (; at + 2 < bytes.size(); at += 3, to += 4) {
        const unsigned bits = group(at);
        out[to] = kDigits[bits >> 18U];
        out[to + 1] = kDigits[bits >> 12U & 63U];
        out[to + 2] = kDigits[bits >> 6U & 63U];
        out[to + 3] = kDigits[bits & 63U];
    }
    if (at == bytes.size()) return;
    const unsigned bits = group(at);
    out[to] = kDigits[bits >> 18U];
    out[to + 1] = kDigits[bits >> 12U & 63U];
    out[to + 2] = at + 1 < bytes.size() ? kDigits[bits >> 6U & 63U] : '=';
    out[to + 3] = '=';
}

}  // namespace

Checked<std::string> FieldMap::photoDataUri(std::string_view bytes) {
    const auto refuse = [](Rule rule) { return tl::unexpected(Invalid{"photo", rule}); };
    if (bytes.empty()) return refuse(Rule::PhotoMissing);
    const bool jpg = bytes.starts_with("\xFF\xD8\xFF");
    const bool png = bytes.starts_with("\x89PNG\r\n\x1A\n");
    if (!jpg && !png) return refuse(Rule::PhotoFormat);
    if (bytes.size() > kLargestPhoto) return refuse(Rule::PhotoTooLarge);
    std::string uri = jpg ? "data:image/jpg;base64," : "data:image/png;base64,";
    appendBase64(uri, bytes);
    return uri;
}

}  // namespace lianzheng
