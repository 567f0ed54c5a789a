#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lianzheng {

/// Bytes of an SM4 key and of its initialisation vector (GB/T 32907).
inline constexpr std::size_t kSm4Bytes = 16;

/// SM4/ECB/PKCS5 and SM4/CBC/PKCS5; `key` and `iv` have kSm4Bytes. Threads: any.
std::string sm4Ecb(std::string_view key, std::string_view text);
std::string sm4Cbc(std::string_view key, std::string_view iv, std::string_view text);

}  // namespace lianzheng
