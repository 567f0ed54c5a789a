#include "tests/simulator/national/text_form.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "tests/simulator/common/check_digits.h"

namespace lianzheng::sim::national {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

unsigned number(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
}

bool startsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

bool isDigits(std::string_view text, std::size_t size) {
    return text.size() == size && std::all_of(text.begin(), text.end(), isDigit);
}

bool isDate(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    if (!isDigits(text.substr(0, 4), 4) || !isDigits(text.substr(5, 2), 2) || !isDigits(text.substr(8), 2))
        return false;
    return std::chrono::year_month_day{std::chrono::year{static_cast<int>(number(text.substr(0, 4)))},
                                       std::chrono::month{number(text.substr(5, 2))},
                                       std::chrono::day{number(text.substr(8))}}
        .ok();
}

bool isEventId(std::string_view text) { return text.size() == 32 && std::all_of(text.begin(), text.end(), isHex); }

bool isEventIdOfAnyAge(std::string_view text) {
    if (text.size() != 36) return isEventId(text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isHex(text[i])) return false;
    }
    return true;
}

std::string_view categoryOf(std::string_view certificateNumber) {
    static constexpr std::string_view kAfterProvince = "建安";
    static constexpr std::string_view kOpen = "（";
    static constexpr std::string_view kClose = "）";
    std::size_t at = 1;
    while (at < certificateNumber.size() && !startsCharacter(certificateNumber[at])) ++at;
    if (at >= certificateNumber.size() || !certificateNumber.substr(at).starts_with(kAfterProvince)) return {};
    const std::size_t category = at + kAfterProvince.size();
    const std::size_t open = certificateNumber.find(kOpen, category);
    if (open == std::string_view::npos) return {};
    const std::string_view tail = certificateNumber.substr(open + kOpen.size());
    if (tail.size() != 4 + kClose.size() + 7 || !isDigits(tail.substr(0, 4), 4) ||
        tail.substr(4, kClose.size()) != kClose || !isDigits(tail.substr(4 + kClose.size()), 7)) {
        return {};
    }
    static constexpr std::array<std::string_view, 6> kCategories{"A", "B", "C", "C1", "C2", "C3"};
    const std::string_view letters = certificateNumber.substr(category, open - category);
    return std::find(kCategories.begin(), kCategories.end(), letters) == kCategories.end() ? std::string_view{}
                                                                                           : letters;
}

bool isCertificateNumber(std::string_view text) { return !categoryOf(text).empty(); }

std::string_view specialCategoryOf(std::string_view text) {
    constexpr std::size_t kHan = 3;
    if (text.size() != kHan + 1 + 12 || startsCharacter(text[1]) || startsCharacter(text[2])) return {};
    if (text[kHan] < 'A' || text[kHan] > 'Z' || !isDigits(text.substr(kHan + 1), 12)) return {};
    return text.substr(kHan + 1, 2);
}

bool isSpecialNumber(std::string_view text) { return !specialCategoryOf(text).empty(); }

bool isCreditCode(std::string_view text, bool checkDigit) {
    static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    if (text.size() != 18) return false;
    for (const char c : text) {
        if (kAlphabet.find(c) == std::string_view::npos) return false;
    }
    return !checkDigit || creditCheck(text.substr(0, 17)) == text[17];
}

bool isResidentNumber(std::string_view text, bool checkDigit) {
    if (text.size() != 18 || !isDigits(text.substr(0, 17), 17) || !(isDigit(text[17]) || text[17] == 'X')) return false;
    const std::string birth =
        std::string(text.substr(6, 4)) + '-' + std::string(text.substr(10, 2)) + '-' + std::string(text.substr(12, 2));
    return isDate(birth) && (!checkDigit || identityCheck(text.substr(0, 17)) == text[17]);
}

std::size_t gbkLength(std::string_view utf8) {
    std::size_t length = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            length += 1;
        } else if (byte >= 0xF0) {
            length += 4;
        } else if (byte >= 0xC0) {
            length += 2;
        }
    }
    return length;
}

}  // namespace lianzheng::sim::national
