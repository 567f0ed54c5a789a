#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "mappings/checked.h"
#include "mappings/date.h"

namespace lianzheng {

/// A resident identity number (GB 11643): 18 characters, the check character by MOD 11-2, a birth date that exists.
/// Residence permits of 港澳台 (81, 82, 83) have the same form.
class IdentityNumber {
public:
    /// Rules of refusal: Missing, Identity15, Pattern, BadDate, CheckDigit; the field is `identityCard`.
    static Checked<IdentityNumber> parse(std::string_view text);
    /// The 18-digit number that a valid 15-digit one stands for (century 19), for proposals only.
    static Checked<IdentityNumber> proposedFor15(std::string_view text);
    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    [[nodiscard]] Date birthDate() const;
    /// The platform's code: 1 男, 2 女.
    [[nodiscard]] std::string_view gender() const;
    friend bool operator==(const IdentityNumber&, const IdentityNumber&) = default;

private:
    explicit IdentityNumber(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace lianzheng
