#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lianzheng {

/// Whether `text` is well-formed UTF-8 without control characters (tab and line feed included).
bool isCleanUtf8(std::string_view text);
/// The same, with tabs and line ends allowed.
bool isText(std::string_view text);
/// Whether a character of a private use area occurs (自造字).
bool hasPrivateUse(std::string_view text);
/// Length in bytes once written in GBK, which is what the platform's lengths count: ASCII 1, four-byte UTF-8 4, else 2.
std::size_t gbkLength(std::string_view text);
/// Without blanks at both ends: ASCII white space, U+00A0, U+3000.
std::string_view trimmed(std::string_view text);
/// Full-width letters, digits and signs (U+FF01–FF5E) and the ideographic blank as ASCII.
std::string halfWidth(std::string_view text);
/// ASCII letters as capitals.
std::string upper(std::string_view text);
/// `text` trimmed, half-width and in capitals, written to `out`: how many characters, or nothing when it does not fit
/// or something beyond ASCII is left. For reading numbers without an allocation.
std::optional<std::size_t> asciiForm(std::string_view text, std::span<char> out);
/// Middle dots (U+2022, U+30FB, U+FF65) as U+00B7: for comparing names.
std::string foldedDots(std::string_view text);

}  // namespace lianzheng
