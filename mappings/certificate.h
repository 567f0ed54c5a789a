#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lianzheng {

/// The national fields that a mapping fills, in the order of the *assign code* call (national interface, section 3);
/// which of them a certificate has is carries() (certificate_type.h).
/// What belongs to one event (eCertID, operateType, associatedZzeCertID, oldcertNum, photo) is not among them.
enum class Field : std::uint8_t {
    ProvinceNum,
    CertNum,
    IssuAuth,
    IssuAuthCode,
    IssuedDate,
    IssuDate,
    EffectiveDate,
    ExpiringDate,
    CategoryCode,
    Name,
    Gender,
    BirthDate,
    IdentityCard,
    IdentityCardType,
    CompanyName,
    CreditCode,
    Appointment,
    TechnicalTitle,
    EducationDegree,
    Major,
    CertState,
    CertStatusDescription,
    // Of 特种作业 alone, in the place of categoryCode; at the end, for the number of each is stored.
    OperationCategory,
    CategoryDescription,
};
inline constexpr std::size_t kFieldCount = 24;

/// The interface's name, e.g. `certNum`.
std::string_view nationalName(Field field);
std::optional<Field> fieldOf(std::string_view nationalName);
/// In Chinese, for people, e.g. 证书编号.
std::string_view chineseName(Field field);

/// A certificate as the platform is told of it: every value a string as sent, dates yyyy-MM-dd; '' is "none".
class Certificate {
public:
    [[nodiscard]] const std::string& operator[](Field field) const { return values_[static_cast<std::size_t>(field)]; }
    [[nodiscard]] std::string& operator[](Field field) { return values_[static_cast<std::size_t>(field)]; }
    [[nodiscard]] const std::array<std::string, kFieldCount>& values() const noexcept { return values_; }
    friend bool operator==(const Certificate&, const Certificate&) = default;

private:
    std::array<std::string, kFieldCount> values_;
};

/// All fields, for loops.
inline constexpr std::array<Field, kFieldCount> kFields = [] {
    std::array<Field, kFieldCount> all{};
    for (std::size_t i = 0; i < kFieldCount; ++i) all[i] = static_cast<Field>(i);
    return all;
}();

}  // namespace lianzheng
