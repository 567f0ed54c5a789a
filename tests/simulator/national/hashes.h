#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lianzheng::sim::national {

using Digest = std::array<std::uint8_t, 32>;

/// GB/T 32905-2016, written from the standard so that it shares nothing with the gateway's.
Digest sm3(std::string_view bytes);
Digest sha256(std::string_view bytes);
/// RFC 2104 with a 64-byte block over SM3 or SHA-256.
Digest hmacSm3(std::string_view key, std::string_view bytes);
Digest hmacSha256(std::string_view key, std::string_view bytes);
std::string lowerHex(std::span<const std::uint8_t> bytes);
std::string upperHex(std::span<const std::uint8_t> bytes);

}  // namespace lianzheng::sim::national
