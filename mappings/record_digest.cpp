#include "mappings/record_digest.h"

#include <xxhash.h>

#include <array>
#include <cstddef>
#include <cstring>

namespace lianzheng {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::size_t kHexOf64 = 16;

void appendHex(std::string& out, std::uint64_t value) {
    for (unsigned shift = 64; shift > 0; shift -= 4) out += kHex[(value >> (shift - 4)) & 0xFU];
}

std::optional<std::uint64_t> readHex(std::string_view text) {
    std::uint64_t value = 0;
    for (const char c : text) {
        const std::size_t digit = kHex.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        value = (value << 4U) | digit;
    }
    return value;
}

/// Length-prefixed texts, in a row on the stack while they fit.
class Row {
public:
    void add(std::string_view text) {
        // Byte by byte, so that a digest means the same on every machine.
        const auto size = static_cast<std::uint32_t>(text.size());
        const std::array<char, 4> prefix{static_cast<char>(size & 0xFFU), static_cast<char>((size >> 8U) & 0xFFU),
                                         static_cast<char>((size >> 16U) & 0xFFU), static_cast<char>(size >> 24U)};
        append({prefix.data(), prefix.size()});
        append(text);
    }
    [[nodiscard]] std::string_view bytes() const {
        return large_.empty() ? std::string_view(small_.data(), used_) : std::string_view(large_);
    }

private:
    void append(std::string_view bytes) {
        if (large_.empty() && used_ + bytes.size() <= small_.size()) {
            if (!bytes.empty()) std::memcpy(small_.data() + used_, bytes.data(), bytes.size());
            used_ += bytes.size();
            return;
        }
        if (large_.empty()) large_.assign(small_.data(), used_);
        large_ += bytes;
    }

    std::array<char, 2048> small_;
    std::size_t used_ = 0;
    std::string large_;
};

}  // namespace

std::string Digest::hex() const {
    std::string out;
    if (none()) return out;
    out.reserve(2 * kHexOf64);
    appendHex(out, high);
    appendHex(out, low);
    return out;
}

std::optional<Digest> Digest::fromHex(std::string_view text) {
    if (text.empty()) return Digest{};
    if (text.size() != 2 * kHexOf64) return std::nullopt;
    const std::optional<std::uint64_t> high = readHex(text.substr(0, kHexOf64));
    const std::optional<std::uint64_t> low = readHex(text.substr(kHexOf64));
    if (!high || !low) return std::nullopt;
    return Digest{*high, *low};
}

Digest digestOf(const Certificate& record, std::span<const Field> fields, std::span<const std::string_view> extra) {
    Row row;
    for (const Field field : fields) row.add(record[field]);
    for (const std::string_view text : extra) row.add(text);
    const std::string_view bytes = row.bytes();
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    Digest digest{hash.high64, hash.low64};
    // Zero is kept for "none".
    if (digest.none()) digest.low = 1;
    return digest;
}

}  // namespace lianzheng
