#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <span>

#include "mappings/certificate.h"

namespace lianzheng {

/// 128 bits for comparing (XXH3), never for proof. Zero means "none".
struct Digest {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    [[nodiscard]] bool none() const noexcept { return high == 0 && low == 0; }
    /// 32 lower-case hex characters; empty for none.
    [[nodiscard]] std::string hex() const;
    static std::optional<Digest> fromHex(std::string_view text);
    friend auto operator<=>(const Digest&, const Digest&) = default;
};

/// The version of how digests are computed; stored with each, so that a new way is not mistaken for a change.
inline constexpr int kDigestVersion = 2;

/// The digest of `fields` of `record`, each length-prefixed, followed by `extra` (photo version, facts).
Digest digestOf(const Certificate& record, std::span<const Field> fields, std::span<const std::string_view> extra);

}  // namespace lianzheng
