#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "mappings/checked.h"

namespace lianzheng {

/// A unified social credit code (统一社会信用代码, GB 32100): 18 characters without I O Z S V, check by MOD 31.
class CreditCode {
public:
    /// Rules of refusal: Missing, Pattern, CheckDigit; the field is `creditCode`.
    static Checked<CreditCode> parse(std::string_view text);
    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    friend bool operator==(const CreditCode&, const CreditCode&) = default;

private:
    explicit CreditCode(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace lianzheng
