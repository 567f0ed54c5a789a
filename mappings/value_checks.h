#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mappings/certificate.h"
#include "mappings/checked.h"

namespace lianzheng {

/// A form that a mapping may demand of a field, compiled from its name.
enum class Form : std::uint8_t {
    Any,
    Digits,             ///< `digits`
    LettersAndDigits,   ///< `letters_and_digits`
    Date,               ///< `date`: yyyy-MM-dd
    Code,               ///< `code`: two digits
    Category,           ///< `category`: A, B, C1, C2 or C3
    CertificateNumber,  ///< `certificate_number`: as printed, not legacy
    CreditCode,         ///< `credit_code`: with its check character
    SpecialNumber,      ///< `special_number`: a 特种作业 certificate's, as printed
};
inline constexpr std::string_view kFormNames =
    "digits, letters_and_digits, date, code, category, certificate_number, credit_code, special_number";
std::optional<Form> formOf(std::string_view name);

/// Why `text`, which is not empty, is not of `form`; nothing when it is.
std::optional<Rule> refused(Form form, std::string_view text);

/// 18 characters, digits and perhaps an X at the end, and no residence permit of 港澳台 (81, 82, 83): whatever a source
/// calls it, this is meant as a resident identity number.
bool looksResident(std::string_view text);

/// Problems of one row, at most one a field: the first one found.
class ProblemList {
public:
    explicit ProblemList(std::vector<Invalid>& out) : out_(out) { out_.clear(); }
    void add(Field field, Rule rule);
    [[nodiscard]] bool has(Field field) const { return fields_[static_cast<std::size_t>(field)]; }

private:
    std::vector<Invalid>& out_;
    std::bitset<kFieldCount> fields_;
};

/// Checks the identity document (domain: identifiers) and settles its type: 111 for a valid resident number, 999 for a
/// residence permit of 港澳台; a number that only looks like one of them is a problem, whatever its type.
void checkIdentity(Certificate& record, ProblemList& problems);

/// Checks that an operation category of 99 其他 is described, and that the number names the category it is of.
void checkCategory(const Certificate& record, ProblemList& problems);

/// Checks that the certificate does not end before it begins, and that this issue is not before the first one.
void checkDates(const Certificate& record, ProblemList& problems);

}  // namespace lianzheng
