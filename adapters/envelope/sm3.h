#pragma once

#include <string>
#include <string_view>

namespace lianzheng {

/// SM3 (GB/T 32905) as 64 lower-case hex characters.
std::string sm3Hex(std::string_view bytes);
/// HMAC-SM3 as 64 lower-case hex characters.
std::string hmacSm3Hex(std::string_view key, std::string_view bytes);

}  // namespace lianzheng
