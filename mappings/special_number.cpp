#include "mappings/special_number.h"

#include <algorithm>
#include <cstddef>

#include "mappings/text.h"

namespace lianzheng {
namespace {

constexpr std::size_t kHan = 3;  // bytes of a Chinese character in UTF-8
constexpr std::size_t kCategoryDigits = 2;
constexpr std::size_t kSerialDigits = 10;  // year and serial
constexpr std::size_t kLength = kHan + 1 + kCategoryDigits + kSerialDigits;

bool isHan(std::string_view text) {
    // 一 to 鿿: three bytes, the first E4 to E9.
    const auto first = static_cast<unsigned char>(text[0]);
    return first >= 0xE4U && first <= 0xE9U;
}

}  // namespace

Checked<SpecialNumber> SpecialNumber::parse(std::string_view text) {
    const auto refuse = [](Rule rule) { return tl::make_unexpected(Invalid{"certNum", rule}); };
    std::string plain = upper(halfWidth(trimmed(text)));
    std::erase(plain, ' ');
    if (plain.empty()) return refuse(Rule::Missing);
    if (plain.size() != kLength || !isHan(plain) || plain[kHan] < 'A' || plain[kHan] > 'Z')
        return refuse(Rule::Pattern);
    const auto digits = std::string_view(plain).substr(kHan + 1);
    const bool all = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    const char century = digits[kCategoryDigits];
    if (!all || (century != '1' && century != '2')) return refuse(Rule::Pattern);
    return SpecialNumber(std::move(plain));
}

std::string_view SpecialNumber::category() const noexcept {
    return std::string_view(text_).substr(kHan + 1, kCategoryDigits);
}

std::string_view SpecialNumber::yearAndSerial() const noexcept {
    return std::string_view(text_).substr(kLength - kSerialDigits);
}

}  // namespace lianzheng
