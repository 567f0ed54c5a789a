#include "mappings/text.h"

#include "mappings/cell_text.h"

#include <algorithm>

namespace lianzheng {
namespace {

constexpr unsigned byteAt(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

constexpr bool continues(std::string_view text, std::size_t at) { return (byteAt(text, at) & 0xC0U) == 0x80U; }

/// Length of the clean character that begins at `at`, 0 when there is none.
std::size_t cleanCharacter(std::string_view text, std::size_t at) {
    const std::size_t left = text.size() - at;
    const unsigned first = byteAt(text, at);
    if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
    if (first < 0xC2 || first > 0xF4) return 0;
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (left < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!continues(text, at + i)) return 0;
    }
    const unsigned second = byteAt(text, at + 1);
    switch (first) {
        case 0xC2:
            return second >= 0xA0 ? 2 : 0;  // U+0080–009F are controls
        case 0xE0:
            return second >= 0xA0 ? 3 : 0;  // overlong
        case 0xED:
            return second < 0xA0 ? 3 : 0;  // surrogates
        case 0xF0:
            return second >= 0x90 ? 4 : 0;  // overlong
        case 0xF4:
            return second < 0x90 ? 4 : 0;  // beyond U+10FFFF
        default:
            return length;
    }
}

/// The ASCII character that the three bytes at `at` are the full width of, or 0.
char narrowAt(std::string_view text, std::size_t at) {
    const unsigned first = byteAt(text, at);
    if ((first != 0xEF && first != 0xE3) || text.size() - at < 3) return 0;
    if (!continues(text, at + 1) || !continues(text, at + 2)) return 0;
    const unsigned code =
        ((first & 0xFU) << 12U) | ((byteAt(text, at + 1) & 0x3FU) << 6U) | (byteAt(text, at + 2) & 0x3FU);
    if (code >= 0xFF01 && code <= 0xFF5E) return static_cast<char>(code - 0xFEE0);
    return code == 0x3000 ? ' ' : '\0';
}

constexpr char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Whether a blank can begin or end with this byte.
constexpr bool mayBeBlank(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x80 || byte == 0xA0 || byte == 0xC2 || byte == 0xE3;
}

/// Bytes of a blank that begins at `at`, 0 when it is none.
std::size_t blankAt(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
    if (c == '\xC2' && text.substr(at, 2) == "\u00A0") return 2;
    if (c == '\xE3' && text.substr(at, 3) == "\u3000") return 3;
    return 0;
}

/// Bytes of a blank that ends before `end`, 0 when it is none.
std::size_t blankBefore(std::string_view text, std::size_t end) {
    for (const std::size_t length : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
        if (end >= length && blankAt(text, end - length) == length) return length;
    }
    return 0;
}

}  // namespace

bool isCleanUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = cleanCharacter(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

bool isText(std::string_view text) {
    if (factsOf(text).clean) return true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\t\r\n"), text.size());
        if (!isCleanUtf8(text.substr(0, end))) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

bool hasPrivateUse(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const unsigned c = byteAt(text, at);
        if (c < 0xEE) continue;
        if (c == 0xEE) return true;  // U+E000–EFFF
        if (at + 1 >= text.size()) return false;
        const unsigned next = byteAt(text, at + 1);
        if (c == 0xEF && next < 0xA4) return true;                    // U+F000–F8FF
        if ((c == 0xF3 && next >= 0xB0) || (c == 0xF4)) return true;  // planes 15 and 16
    }
    return false;
}

std::size_t gbkLength(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const unsigned c = byteAt(text, at);
        if (c < 0x80) {
            length += 1;
        } else if (c >= 0xF0) {
            length += 4;
        } else if (c >= 0xC0) {
            length += 2;
        }
    }
    return length;
}

std::string_view trimmed(std::string_view text) {
    // Nearly every text has nothing to trim: one look at the byte at each end tells.
    if (!text.empty() && !mayBeBlank(text.front()) && !mayBeBlank(text.back())) return text;
    while (!text.empty()) {
        const std::size_t blank = blankAt(text, 0);
        if (blank == 0) break;
        text.remove_prefix(blank);
    }
    while (!text.empty()) {
        const std::size_t blank = blankBefore(text, text.size());
        if (blank == 0) break;
        text.remove_suffix(blank);
    }
    return text;
}

std::string halfWidth(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char narrow = narrowAt(text, at);
        out += narrow != 0 ? narrow : text[at];
        at += narrow != 0 ? 3 : 1;
    }
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = capital(c);
    return out;
}

std::optional<std::size_t> asciiForm(std::string_view text, std::span<char> out) {
    text = trimmed(text);
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (length == out.size()) return std::nullopt;
        char c = text[at];
        if (byteAt(text, at) < 0x80) {
            ++at;
        } else {
            c = narrowAt(text, at);
            if (c == 0) return std::nullopt;
            at += 3;
        }
        out[length++] = capital(c);
    }
    return length;
}

std::string foldedDots(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view three = text.substr(at, 3);
        if (three == "\u2022" || three == "\u30FB" || three == "\uFF65") {
            out += "\u00B7";
            at += 3;
        } else {
            out += text[at++];
        }
    }
    return out;
}

}  // namespace lianzheng
