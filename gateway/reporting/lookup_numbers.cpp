#include "gateway/reporting/lookup_numbers.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "mappings/certificate_number.h"
#include "mappings/special_number.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view unquoted(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = trimmed(cell.substr(1, cell.size() - 2));
    return cell;
}

std::string numberIn(std::string_view text, CertificateType type) {
    if (type == CertificateType::Tezhong) {
        const auto number = SpecialNumber::parse(text);
        return number ? number->str() : std::string{};
    }
    const auto number = CertificateNumber::parse(text);
    return number ? number->converted().str() : std::string{};
}

/// How much of `half` belongs to a number that begins there: letters, digits, brackets and blanks between them.
std::size_t extentOf(std::string_view half) {
    constexpr std::array<std::string_view, 4> kBrackets{"〔", "〕", "【", "】"};
    constexpr std::size_t kHead = 9;  // 鲁建安
    std::size_t end = kHead;
    while (end < half.size()) {
        const auto bracket =
            std::ranges::find_if(kBrackets, [&](std::string_view each) { return half.substr(end).starts_with(each); });
        const char c = half[end];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (bracket != kBrackets.end()) {
            end += bracket->size();
        } else if (letter || isDigit(c) || std::string_view("()[]{} ").find(c) != std::string_view::npos) {
            end += 1;
        } else {
            break;
        }
    }
    return end;
}

/// How much of `text`, which begins as a number does, is one: of what ends at a blank the longest. When nothing is, all
/// of it is a malformed one, unless it has next to no digits: 0.
std::size_t readNumber(std::string_view text, CertificateType type, NumbersOn& found) {
    for (std::size_t end = text.size(); end != std::string_view::npos && end > 0; end = text.rfind(' ', end - 1)) {
        const std::string number = numberIn(text.substr(0, end), type);
        if (number.empty()) continue;
        found.read.insert(number);
        return end;
    }
    constexpr std::ptrdiff_t kLeast = 4;  // digits that a company's name does not have
    if (std::count_if(text.begin(), text.end(), isDigit) < kLeast) return 0;
    found.malformed = true;
    return text.size();
}

}  // namespace

std::vector<std::string> cellsOf(std::string_view half, std::string_view separators) {
    std::vector<std::string> cells;
    while (!half.empty()) {
        const std::size_t end = std::min(half.find_first_of(separators), half.size());
        const std::string_view cell = unquoted(half.substr(0, end));
        if (!cell.empty()) cells.emplace_back(cell);
        half.remove_prefix(std::min(end + 1, half.size()));
    }
    return cells;
}

NumbersOn numbersOn(std::string_view half, CertificateType type) {
    constexpr std::size_t kHan = 3;  // bytes of a Chinese character
    NumbersOn found;
    std::size_t done = 0;
    for (std::size_t at = half.find("建安"); at != std::string_view::npos; at = half.find("建安", at + 1)) {
        if (type != CertificateType::Anguan || at < done + kHan) continue;
        const std::size_t begin = at - kHan;
        const std::size_t length = readNumber(half.substr(begin, extentOf(half.substr(begin))), type, found);
        if (length == 0) continue;
        found.rest.append(half, done, begin - done).append(",");
        done = begin + length;
    }
    for (const std::string& cell : cellsOf(half.substr(done), ",;\t")) {
        const std::string number = numberIn(cell, type);
        if (number.empty()) found.rest.append(",").append(cell);
        if (!number.empty()) found.read.insert(number);
    }
    return found;
}

}  // namespace lianzheng
