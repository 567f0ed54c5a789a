#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lianzheng {

/// Two lower-case hex characters a byte.
std::string lowerHex(std::span<const unsigned char> bytes);
/// The bytes of hex text in either case; nothing for an odd length or another character.
std::optional<std::string> fromHex(std::string_view text);
/// The bytes of padded Base64 without line breaks; nothing for anything else.
std::optional<std::string> fromBase64(std::string_view text);

}  // namespace lianzheng
