#include "tests/simulator/national/photo.h"

#include <openssl/evp.h>

#include <array>
#include <vector>

namespace lianzheng::sim::national {

namespace {

std::optional<std::string> decoded(std::string_view base64) {
    if (base64.empty() || base64.size() % 4 != 0 || base64.front() <= ' ' || base64.back() <= ' ') return std::nullopt;
    std::string bytes(base64.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(base64.data()), static_cast<int>(base64.size()));
    if (size < 0) return std::nullopt;
    const std::size_t padding = base64.ends_with("==") ? 2 : base64.ends_with('=') ? 1 : 0;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

}  // namespace

std::optional<std::string> photoProblem(std::string_view dataUri, std::size_t maxBytes) {
    static constexpr std::array<std::string_view, 3> kPrefixes{"data:image/jpg;base64,", "data:image/jpeg;base64,",
                                                               "data:image/png;base64,"};
    std::string_view base64;
    for (const std::string_view prefix : kPrefixes) {
        if (dataUri.starts_with(prefix)) base64 = dataUri.substr(prefix.size());
    }
    if (base64.empty()) return "照片须为data:image/jpg;base64格式";
    if (base64.size() / 4 * 3 > maxBytes + 3) return "照片大小超出限制";
    const std::optional<std::string> bytes = decoded(base64);
    if (!bytes) return "照片不是有效的Base64";
    if (bytes->size() > maxBytes) return "照片大小超出限制";
    using namespace std::string_view_literals;
    if (!bytes->starts_with("\xFF\xD8\xFF"sv) && !bytes->starts_with("\x89PNG\r\n\x1A\n"sv)) {
        return "照片须为jpg或png图片";
    }
    return std::nullopt;
}

}  // namespace lianzheng::sim::national
