#include "mappings/cell_text.h"

#include "mappings/text.h"

#include <iconv.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace lianzheng {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;

/// Whether each of eight bytes is printable ASCII. A byte below 0x20 borrows into its high bit; the bytes that are
/// not ASCII are found first, so a borrow cannot come from anywhere else unseen.
bool printableEight(std::uint64_t word) {
    constexpr std::uint64_t kBlanks = 0x2020202020202020ULL;
    constexpr std::uint64_t kDeletes = 0x7f7f7f7f7f7f7f7fULL;
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    if ((word & kHighBits) != 0) return false;
    if (((word - kBlanks) & kHighBits) != 0) return false;
    const std::uint64_t deleted = word ^ kDeletes;
    return ((deleted - kOnes) & ~deleted & kHighBits) == 0;
}

unsigned byteAt(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

bool follows(std::string_view text, std::size_t at) { return at < text.size() && (byteAt(text, at) & 0xC0U) == 0x80U; }

/// The character that begins at `at` with a byte above ASCII; its length, or 0 when it is malformed.
std::size_t decode(std::string_view text, std::size_t at, char32_t& point) {
    const unsigned first = byteAt(text, at);
    if (first >= 0xE0 && first < 0xF0) {
        if (!follows(text, at + 1) || !follows(text, at + 2)) return 0;
        point = (first & 0x0FU) << 12U | (byteAt(text, at + 1) & 0x3FU) << 6U | (byteAt(text, at + 2) & 0x3FU);
        return point < 0x800 || (point >= 0xD800 && point < 0xE000) ? 0 : 3;
    }
    if (first >= 0xC2 && first < 0xE0) {
        if (!follows(text, at + 1)) return 0;
        point = (first & 0x1FU) << 6U | (byteAt(text, at + 1) & 0x3FU);
        return 2;
    }
    if (first >= 0xF0 && first < 0xF5) {
        if (!follows(text, at + 1) || !follows(text, at + 2) || !follows(text, at + 3)) return 0;
        point = (first & 0x07U) << 18U | (byteAt(text, at + 1) & 0x3FU) << 12U | (byteAt(text, at + 2) & 0x3FU) << 6U |
                (byteAt(text, at + 3) & 0x3FU);
        return point < 0x10000 || point > 0x10FFFF ? 0 : 4;
    }
    return 0;
}

bool isPrivateUse(char32_t point) {
    return (point >= 0xE000 && point <= 0xF8FF) || (point >= 0xF0000 && point <= 0xFFFFD) ||
           (point >= 0x100000 && point <= 0x10FFFD);
}

/// iconv's state, closed with its thread.
class Converter {
public:
    Converter() : handle_(iconv_open("UTF-8", "GB18030")) {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (usable()) iconv_close(handle_);
    }
    bool convert(std::string_view text, std::string& out) {
        if (!usable()) return false;
        // No character of GB18030 grows to more than twice its bytes in UTF-8.
        out.resize(text.size() * 2 + 4);
        // iconv takes its input as char* but does not write to it.
        std::string input{text};
        char* from = input.data();
        char* to = out.data();
        std::size_t fromLeft = input.size();
        std::size_t toLeft = out.size();
        iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        if (iconv(handle_, &from, &fromLeft, &to, &toLeft) == static_cast<std::size_t>(-1)) return false;
        out.resize(out.size() - toLeft);
        return true;
    }

private:
    [[nodiscard]] bool usable() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }
    iconv_t handle_;
};

}  // namespace

TextFacts factsOf(std::string_view text) noexcept {
    TextFacts facts;
    std::size_t at = 0;
    const std::size_t size = text.size();
    while (at + 8 <= size) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        if (!printableEight(word)) break;
        at += 8;
    }
    if (at + 8 > size && size >= 8) {
        // The rest of an ASCII text, together with some of what has been looked at already.
        std::uint64_t last = 0;
        std::memcpy(&last, text.data() + size - 8, 8);
        if (printableEight(last)) return facts;
    }
    while (at < size) {
        const unsigned byte = byteAt(text, at);
        if (byte < 0x80) {
            if (byte < 0x20 || byte == 0x7F) facts.clean = facts.ascii = false;
            ++at;
            continue;
        }
        facts.ascii = false;
        // The common Chinese characters, U+4000 to U+9FFF, need nothing beyond their form.
        if (byte >= 0xE4 && byte <= 0xE9 && at + 3 <= size &&
            ((byteAt(text, at + 1) & 0xC0U) | (byteAt(text, at + 2) & 0xC0U) << 8U) == 0x8080U) {
            at += 3;
            continue;
        }
        char32_t point = 0;
        const std::size_t length = decode(text, at, point);
        if (length == 0) {
            facts.clean = false;
            return facts;
        }
        if (point < 0xA0) facts.clean = false;
        facts.privateUse = facts.privateUse || isPrivateUse(point);
        at += length;
    }
    return facts;
}

std::string_view quicklyTrimmed(std::string_view text) {
    while (text.size() >= 8 && std::memcmp(text.data() + text.size() - 8, "        ", 8) == 0) text.remove_suffix(8);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    if (text.empty()) return text;
    const auto rare = [](char first, char last) {
        // ASCII white space; U+00A0 and U+3000 by their first and last bytes.
        const auto begin = static_cast<unsigned char>(first);
        const auto end = static_cast<unsigned char>(last);
        return begin <= 0x20 || begin == 0xC2 || begin == 0xE3 || end <= 0x20 || end == 0xA0 || end == 0x80;
    };
    return rare(text.front(), text.back()) ? trimmed(text) : text;
}

bool fromGb18030(std::string_view text, std::string& out) {
    thread_local Converter converter;
    return converter.convert(text, out);
}

}  // namespace lianzheng
