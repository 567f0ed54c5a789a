#include "mappings/value_checks.h"

#include "mappings/certificate_number.h"
#include "mappings/credit_code.h"
#include "mappings/date_spelling.h"
#include "mappings/identity_number.h"
#include "mappings/special_number.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::string_view kResident = "111";
constexpr std::string_view kOtherDocument = "999";

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool fits(Form form, std::string_view text) {
    switch (form) {
        case Form::Digits:
            return std::ranges::all_of(text, isDigit);
        case Form::LettersAndDigits:
            return std::ranges::all_of(text, [](char c) { return isDigit(c) || isLetter(c); });
        case Form::Date:
            return isIsoDay(text);
        case Form::Code:
            return text.size() == 2 && std::ranges::all_of(text, isDigit);
        case Form::Category:
            return text == "A" || text == "B" || text == "C1" || text == "C2" || text == "C3";
        case Form::Any:
        case Form::CertificateNumber:
        case Form::CreditCode:
        case Form::SpecialNumber:
            return true;
    }
    return true;
}

/// 18 characters in the form of GB 11643, residence permits included.
bool hasIdentityForm(std::string_view text) {
    return text.size() == 18 && std::all_of(text.begin(), text.end() - 1, isDigit) &&
           (isDigit(text.back()) || text.back() == 'X' || text.back() == 'x');
}

bool isResidencePermit(std::string_view text) {
    return hasIdentityForm(text) && text[0] == '8' && text[1] >= '1' && text[1] <= '3';
}

void checkAgreement(const Certificate& record, const IdentityNumber& number, ProblemList& problems) {
    const std::string_view digits = number.str();
    const std::string_view birth = record[Field::BirthDate];
    if (!birth.empty() && !(birth.size() == 10 && birth.substr(0, 4) == digits.substr(6, 4) &&
                            birth.substr(5, 2) == digits.substr(10, 2) && birth.substr(8, 2) == digits.substr(12, 2))) {
        problems.add(Field::BirthDate, Rule::IdentityDisagrees);
    }
    const std::string_view gender = record[Field::Gender];
    if (!gender.empty() && gender != number.gender()) problems.add(Field::Gender, Rule::IdentityDisagrees);
}

}  // namespace

std::optional<Form> formOf(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, Form>, 8> kForms{
        {{"digits", Form::Digits},
         {"letters_and_digits", Form::LettersAndDigits},
         {"date", Form::Date},
         {"code", Form::Code},
         {"category", Form::Category},
         {"certificate_number", Form::CertificateNumber},
         {"credit_code", Form::CreditCode},
         {"special_number", Form::SpecialNumber}}};
    const auto* const found = std::ranges::find(kForms, name, &std::pair<std::string_view, Form>::first);
    return found == kForms.end() ? std::nullopt : std::optional{found->second};
}

std::optional<Rule> refused(Form form, std::string_view text) {
    if (form == Form::CertificateNumber) {
        const auto number = CertificateNumber::parse(text);
        if (!number) return number.error().rule;
        return number->legacy() || number->str() != text ? std::optional{Rule::Pattern} : std::nullopt;
    }
    if (form == Form::SpecialNumber) {
        const auto number = SpecialNumber::parse(text);
        if (!number) return number.error().rule;
        return number->str() != text ? std::optional{Rule::Pattern} : std::nullopt;
    }
    if (form == Form::CreditCode) {
        const auto code = CreditCode::parse(text);
        return code ? std::nullopt : std::optional{code.error().rule};
    }
    if (fits(form, text)) return std::nullopt;
    return form == Form::Date ? Rule::BadDate : Rule::Pattern;
}

bool looksResident(std::string_view text) { return hasIdentityForm(text) && !isResidencePermit(text); }

void ProblemList::add(Field field, Rule rule) {
    if (has(field)) return;
    fields_.set(static_cast<std::size_t>(field));
    out_.push_back({std::string{nationalName(field)}, rule});
}

void checkIdentity(Certificate& record, ProblemList& problems) {
    const std::string& text = record[Field::IdentityCard];
    std::string& type = record[Field::IdentityCardType];
    if (text.empty()) return;
    const bool resident = looksResident(text);
    const bool permit = !resident && isResidencePermit(text);
    if (resident || permit) {
        const auto number = IdentityNumber::parse(text);
        if (!number) return problems.add(Field::IdentityCard, number.error().rule);
        type = resident ? kResident : kOtherDocument;
        if (resident) checkAgreement(record, *number, problems);
        return;
    }
    if (text.size() == 15 && IdentityNumber::proposedFor15(text)) {
        return problems.add(Field::IdentityCard, Rule::Identity15);
    }
    if (type != kResident) return;
    const auto number = IdentityNumber::parse(text);
    problems.add(Field::IdentityCard, number ? Rule::Pattern : number.error().rule);
}

void checkCategory(const Certificate& record, ProblemList& problems) {
    constexpr std::string_view kOther = "99";
    const std::string& category = record[Field::OperationCategory];
    if (category == kOther && record[Field::CategoryDescription].empty()) {
        problems.add(Field::CategoryDescription, Rule::Missing);
    }
    const auto number = SpecialNumber::parse(record[Field::CertNum]);
    if (number && !category.empty() && number->category() != category) {
        problems.add(Field::OperationCategory, Rule::Pattern);
    }
}

void checkDates(const Certificate& record, ProblemList& problems) {
    const auto inOrder = [&](Field first, Field second) {
        const std::string& begin = record[first];
        const std::string& end = record[second];
        if (!begin.empty() && !end.empty() && end < begin) problems.add(second, Rule::DateOrder);
    };
    inOrder(Field::IssuedDate, Field::IssuDate);
    inOrder(Field::EffectiveDate, Field::ExpiringDate);
}

}  // namespace lianzheng
