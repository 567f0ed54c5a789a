#include "mappings/check_digits.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace lianzheng {
namespace {

constexpr std::string_view kMod37Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kCreditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

constexpr std::int8_t kNone = -1;
using Values = std::array<std::int8_t, 256>;

constexpr Values valuesOf(std::string_view characters) {
    Values values{};
    for (std::int8_t& value : values) value = kNone;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        values[static_cast<unsigned char>(characters[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}

constexpr Values kMod37Values = valuesOf(kMod37Characters);
constexpr Values kCreditValues = valuesOf(kCreditCharacters);

/// base^i modulo `modulus`, for 17 positions from the left.
constexpr std::array<unsigned, 17> weights(unsigned base, unsigned modulus, bool fromTheRight) {
    std::array<unsigned, 17> all{};
    unsigned power = fromTheRight ? base % modulus : 1;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[fromTheRight ? all.size() - 1 - i : i] = power;
        power = power * base % modulus;
    }
    return all;
}

constexpr std::array<unsigned, 17> kIdentityWeights = weights(2, 11, true);
constexpr std::array<unsigned, 17> kCreditWeights = weights(3, 31, false);

}  // namespace

char identityCheckCharacter(std::string_view first17) {
    if (first17.size() != kIdentityWeights.size()) return 0;
    unsigned sum = 0;
    for (std::size_t i = 0; i < first17.size(); ++i) {
        const char c = first17[i];
        if (c < '0' || c > '9') return 0;
        sum += static_cast<unsigned>(c - '0') * kIdentityWeights[i];
    }
    return std::string_view("10X98765432")[sum % 11];
}

char creditCheckCharacter(std::string_view first17) {
    if (first17.size() != kCreditWeights.size()) return 0;
    unsigned sum = 0;
    for (std::size_t i = 0; i < first17.size(); ++i) {
        const std::int8_t value = kCreditValues[static_cast<unsigned char>(first17[i])];
        if (value == kNone) return 0;
        sum += static_cast<unsigned>(value) * kCreditWeights[i];
    }
    return kCreditCharacters[(31 - sum % 31) % 31];
}

bool Mod3736::feed(std::string_view piece) {
    for (const char c : piece) {
        const std::int8_t value = kMod37Values[static_cast<unsigned char>(c)];
        if (value == kNone) return false;
        // Sum modulo 36 with 36 for 0, doubled modulo 37: both stay below twice the modulus, so no division.
        unsigned sum = product_ + static_cast<unsigned>(value);
        if (sum > 36) sum -= 36;
        product_ = sum * 2;
        if (product_ >= 37) product_ -= 37;
    }
    return true;
}

char Mod3736::checkCharacter() const { return kMod37Characters[(37 - product_) % 36]; }

}  // namespace lianzheng
