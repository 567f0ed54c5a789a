#pragma once

#include <cstddef>
#include <string_view>

namespace lianzheng::sim::national {

/// yyyy-MM-dd, and such a day exists.
bool isDate(std::string_view text);
bool isDigits(std::string_view text, std::size_t size);
/// 32 hexadecimal digits without dashes.
bool isEventId(std::string_view text);
/// The form of before 2023-03 as well: 36 characters with dashes.
bool isEventIdOfAnyAge(std::string_view text);
/// One character for the province, 建安, the category, the year in full-width brackets, 7 digits.
bool isCertificateNumber(std::string_view text);
/// The category letters within a certificate number, empty when it is not one.
std::string_view categoryOf(std::string_view certificateNumber);
/// 特种作业 (assumed): one character for the province, a capital, two digits of the category, year, 6 digits.
bool isSpecialNumber(std::string_view text);
/// The category digits within it, empty when it is none.
std::string_view specialCategoryOf(std::string_view text);
/// GB 32100: 18 characters without I O Z S V; the check character only when asked for.
bool isCreditCode(std::string_view text, bool checkDigit);
/// GB 11643: 17 digits, the check character, a birth date that exists.
bool isResidentNumber(std::string_view text, bool checkDigit);
/// How many bytes the text has in GBK: one an ASCII character, two any other, four outside the basic plane.
std::size_t gbkLength(std::string_view utf8);

}  // namespace lianzheng::sim::national
