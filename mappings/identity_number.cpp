#include "mappings/identity_number.h"

#include "mappings/check_digits.h"
#include "mappings/text.h"

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::size_t kOldLength = 15;
constexpr std::size_t kBirthAt = 6;

using Refused = tl::unexpected<Invalid>;

Refused refuse(Rule rule) { return tl::make_unexpected(Invalid{"identityCard", rule}); }

/// Digits, the first of them no 0: regions begin at 11.
bool areDigits(std::string_view text) {
    if (text[0] == '0') return false;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
    }
    return true;
}

/// The day that the eight digits at the birth date's place write; nobody alive was born before 1900.
std::optional<Date> birthOf(std::string_view digits) {
    const auto value = [&](std::size_t from, std::size_t count) {
        unsigned number = 0;
        for (const char c : digits.substr(from, count)) number = number * 10 + static_cast<unsigned>(c - '0');
        return number;
    };
    const unsigned year = value(kBirthAt, 4);
    if (year < 1900 || year > 2099) return std::nullopt;
    return Date::of(static_cast<int>(year), value(kBirthAt + 4, 2), value(kBirthAt + 6, 2));
}

/// The first 17 digits that a 15-digit number stands for.
std::array<char, kLength - 1> widened(std::string_view old) {
    std::array<char, kLength - 1> out{};
    old.copy(out.data(), kBirthAt);
    out[kBirthAt] = '1';
    out[kBirthAt + 1] = '9';
    old.copy(out.data() + kBirthAt + 2, kOldLength - kBirthAt, kBirthAt);
    return out;
}

}  // namespace

Checked<IdentityNumber> IdentityNumber::parse(std::string_view text) {
    std::array<char, kLength> buffer{};
    const std::optional<std::size_t> length = asciiForm(text, buffer);
    if (length == std::size_t{0}) return refuse(Rule::Missing);
    if (!length) return refuse(Rule::Pattern);
    const std::string_view number(buffer.data(), *length);
    if (number.size() == kOldLength && areDigits(number)) return refuse(Rule::Identity15);
    if (number.size() != kLength || !areDigits(number.substr(0, kLength - 1))) return refuse(Rule::Pattern);
    const char last = number.back();
    if ((last < '0' || last > '9') && last != 'X') return refuse(Rule::Pattern);
    if (!birthOf(number)) return refuse(Rule::BadDate);
    if (identityCheckCharacter(number.substr(0, kLength - 1)) != last) return refuse(Rule::CheckDigit);
    return IdentityNumber(std::string(number));
}

Checked<IdentityNumber> IdentityNumber::proposedFor15(std::string_view text) {
    std::array<char, kOldLength> buffer{};
    const std::optional<std::size_t> length = asciiForm(text, buffer);
    if (length == std::size_t{0}) return refuse(Rule::Missing);
    const std::string_view old(buffer.data(), length.value_or(0));
    if (old.size() != kOldLength || !areDigits(old)) return refuse(Rule::Pattern);
    const std::array<char, kLength - 1> wide = widened(old);
    const std::string_view first17(wide.data(), wide.size());
    if (!birthOf(first17)) return refuse(Rule::BadDate);
    std::string number(first17);
    number += identityCheckCharacter(first17);
    return IdentityNumber(std::move(number));
}

Date IdentityNumber::birthDate() const {
    // There is one: parse has seen it.
    return *birthOf(text_);
}

std::string_view IdentityNumber::gender() const { return (text_[kLength - 2] - '0') % 2 != 0 ? "1" : "2"; }

}  // namespace lianzheng
