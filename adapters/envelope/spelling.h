#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mappings/date.h"

namespace lianzheng {

/// How a hub wants bytes written (`envelope.encoding`).
enum class Spelling : std::uint8_t { LowerHex, UpperHex, Base64 };
/// How a hub wants the time (`envelope.*.timestamp`).
enum class Timestamp : std::uint8_t { Milliseconds, Seconds };

std::string spelt(std::span<const unsigned char> bytes, Spelling spelling);
std::string spelt(std::string_view bytes, Spelling spelling);
/// Since 1970, as digits.
std::string spelt(TimePoint time, Timestamp unit);

}  // namespace lianzheng
