#include "adapters/envelope/spelling.h"

#include <algorithm>
#include <stdexcept>

#include <openssl/evp.h>

#include "adapters/envelope/hex.h"
#include "adapters/envelope/openssl_handle.h"

namespace lianzheng {

std::string spelt(std::span<const unsigned char> bytes, Spelling spelling) {
    if (spelling == Spelling::Base64) {
        std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // with the null that OpenSSL puts behind
        const int size = EVP_EncodeBlock(octets(text), bytes.data(), static_cast<int>(bytes.size()));
        if (size < 0) throw std::runtime_error("Base64 is not available");
        text.resize(static_cast<std::size_t>(size));
        return text;
    }
    std::string text = lowerHex(bytes);
    if (spelling == Spelling::UpperHex) {
        std::ranges::transform(text, text.begin(),
                               [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
    }
    return text;
}

std::string spelt(std::string_view bytes, Spelling spelling) {
    return spelt(std::span(octets(bytes), bytes.size()), spelling);
}

std::string spelt(TimePoint time, Timestamp unit) {
    const auto since = time.time_since_epoch();
    return std::to_string(unit == Timestamp::Seconds ? std::chrono::floor<std::chrono::seconds>(since).count()
                                                     : std::int64_t{since.count()});
}

}  // namespace lianzheng
