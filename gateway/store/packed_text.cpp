#include "gateway/store/packed_text.h"

#include <charconv>

namespace lianzheng {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

unsigned byteOf(char c) { return static_cast<unsigned char>(c); }

bool continues(std::string_view text, std::size_t at) {
    return at < text.size() && (byteOf(text[at]) & 0xC0U) == 0x80U;
}

int hexValue(char c) {
    const std::size_t at = kHex.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

void addEscaped(std::string& out, std::string_view value) {
    std::size_t at = 0;
    while (at < value.size()) {
        const char c = value[at];
        switch (c) {
            case '\t':
                out += "\\t";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\\':
                out += "\\\\";
                break;
            default: {
                const std::size_t length = utf8Length(value.substr(at));
                if (length == 0) {
                    out += "\\x";
                    out += kHex[byteOf(c) >> 4U];
                    out += kHex[byteOf(c) & 0xFU];
                } else {
                    out.append(value, at, length);
                    at += length - 1;
                }
            }
        }
        ++at;
    }
}

/// One escape at the beginning of `rest`, after its backslash; false when it is none.
bool takeEscape(std::string_view& rest, std::string& out) {
    if (rest.empty()) return false;
    const char kind = rest.front();
    rest.remove_prefix(1);
    switch (kind) {
        case 't':
            out += '\t';
            return true;
        case 'n':
            out += '\n';
            return true;
        case 'r':
            out += '\r';
            return true;
        case '\\':
            out += '\\';
            return true;
        case 'x':
            break;
        default:
            return false;
    }
    if (rest.size() < 2 || hexValue(rest[0]) < 0 || hexValue(rest[1]) < 0) return false;
    out += static_cast<char>(hexValue(rest[0]) * 16 + hexValue(rest[1]));
    rest.remove_prefix(2);
    return true;
}

}  // namespace

std::size_t utf8Length(std::string_view text) noexcept {
    if (text.empty() || text.front() == '\0') return 0;
    const unsigned lead = byteOf(text[0]);
    if (lead < 0x80U) return 1;
    if (lead < 0xC2U || !continues(text, 1)) return 0;
    if (lead < 0xE0U) return 2;
    const unsigned second = byteOf(text[1]);
    if (!continues(text, 2)) return 0;
    if (lead < 0xF0U) {
        const bool overlong = lead == 0xE0U && second < 0xA0U;
        const bool surrogate = lead == 0xEDU && second >= 0xA0U;
        return overlong || surrogate ? 0 : 3;
    }
    if (lead > 0xF4U || !continues(text, 3)) return 0;
    const bool overlong = lead == 0xF0U && second < 0x90U;
    const bool beyond = lead == 0xF4U && second >= 0x90U;
    return overlong || beyond ? 0 : 4;
}

void PackedWriter::separate() {
    if (begun_) text_ += '\t';
    begun_ = true;
}

PackedWriter& PackedWriter::add(std::string_view value) {
    separate();
    addEscaped(text_, value);
    return *this;
}

PackedWriter& PackedWriter::add(std::int64_t value) {
    separate();
    text_ += std::to_string(value);
    return *this;
}

std::string_view PackedReader::field() {
    if (ended_) {
        good_ = false;
        return {};
    }
    const std::size_t tab = rest_.find('\t');
    const std::string_view value = rest_.substr(0, tab);
    if (tab == std::string_view::npos) {
        ended_ = true;
        rest_ = {};
    } else {
        rest_.remove_prefix(tab + 1);
    }
    return value;
}

std::string PackedReader::text() {
    std::string_view rest = field();
    std::string out;
    out.reserve(rest.size());
    while (!rest.empty()) {
        const std::size_t backslash = rest.find('\\');
        out += rest.substr(0, backslash);
        if (backslash == std::string_view::npos) break;
        rest.remove_prefix(backslash + 1);
        if (!takeEscape(rest, out)) {
            good_ = false;
            return {};
        }
    }
    return out;
}

std::int64_t PackedReader::integer() {
    const std::string_view value = field();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || error != std::errc{} || end != value.data() + value.size()) {
        good_ = false;
        return 0;
    }
    return number;
}

Digest PackedReader::digest() {
    const std::string value = text();
    if (value.empty()) return {};
    const std::optional<Digest> digest = Digest::fromHex(value);
    if (!digest) good_ = false;
    return digest.value_or(Digest{});
}

}  // namespace lianzheng
