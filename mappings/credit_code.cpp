#include "mappings/credit_code.h"

#include "mappings/check_digits.h"
#include "mappings/text.h"

#include <array>
#include <cstddef>
#include <optional>

namespace lianzheng {
namespace {

constexpr std::size_t kLength = 18;

}  // namespace

Checked<CreditCode> CreditCode::parse(std::string_view text) {
    const auto refuse = [](Rule rule) { return tl::make_unexpected(Invalid{"creditCode", rule}); };
    std::array<char, kLength> buffer{};
    const std::optional<std::size_t> length = asciiForm(text, buffer);
    if (length == std::size_t{0}) return refuse(Rule::Missing);
    if (length != kLength) return refuse(Rule::Pattern);
    const std::string_view code(buffer.data(), kLength);
    const char check = creditCheckCharacter(code.substr(0, kLength - 1));
    const bool letterOrDigit = (code.back() >= '0' && code.back() <= '9') || (code.back() >= 'A' && code.back() <= 'Z');
    if (check == 0 || !letterOrDigit || std::string_view("IOZSV").find(code.back()) != std::string_view::npos) {
        return refuse(Rule::Pattern);
    }
    if (check != code.back()) return refuse(Rule::CheckDigit);
    return CreditCode(std::string(code));
}

}  // namespace lianzheng
