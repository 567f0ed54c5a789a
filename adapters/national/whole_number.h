#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include <simdjson.h>

namespace lianzheng {

/// A whole number in a reply, which the platform writes as a number or as text (national interface, sections 1, 2);
/// nothing for anything else.
inline std::optional<std::int64_t> wholeNumber(const simdjson::dom::element& value) {
    std::int64_t number = 0;
    if (value.get(number) == simdjson::SUCCESS) return number;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace lianzheng
