#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "mappings/certificate_number.h"
#include "mappings/checked.h"

namespace lianzheng {

/// 证照类型 of safety personnel, inside a licence identifier.
inline constexpr std::string_view kAnguanLicenceType = "11100000000013338W011";

/// A licence identifier (证照标识): 1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK, check by ISO/IEC 7064 MOD 37,36.
/// Not unique between categories: never a key.
class LicenceIdentifier {
public:
    static Checked<LicenceIdentifier> parse(std::string_view text);
    /// The identifier of `number`'s licence at `version` (1 is the first). `issuer` is the authority's USCC.
    static LicenceIdentifier compute(std::string_view type, std::string_view issuer, const CertificateNumber& number,
                                     int version);
    /// The first one of a licence whose serial (year and digits) is known.
    static LicenceIdentifier first(std::string_view type, std::string_view issuer, std::string_view serial);
    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    [[nodiscard]] int version() const;
    /// The same licence, made anew: version one up.
    [[nodiscard]] LicenceIdentifier next() const;
    friend auto operator<=>(const LicenceIdentifier&, const LicenceIdentifier&) = default;

private:
    explicit LicenceIdentifier(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace lianzheng
