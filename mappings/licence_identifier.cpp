#include "mappings/licence_identifier.h"

#include "mappings/check_digits.h"
#include "mappings/credit_code.h"
#include "mappings/text.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace lianzheng {
namespace {

constexpr std::string_view kOid = "1.2.156.3005.2.";
constexpr std::string_view kSpecialOperationsLicenceType = "11100000000013338W032";
constexpr std::size_t kVersionDigits = 3;
constexpr int kLastVersion = 999;
constexpr std::size_t kLongest = 80;

bool allDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The parts between the dots after the prefix.
struct Parts {
    std::string_view type;
    std::string_view issuer;
    std::string_view serial;
    std::string_view version;
    std::string_view check;
};

bool split(std::string_view text, Parts& parts) {
    const std::array<std::string_view*, 5> all{&parts.type, &parts.issuer, &parts.serial, &parts.version, &parts.check};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::size_t dot = text.find('.');
        const bool last = i + 1 == all.size();
        if ((dot == std::string_view::npos) != last) return false;
        *all[i] = text.substr(0, dot);
        if (!last) text.remove_prefix(dot + 1);
    }
    return true;
}

bool wellFormed(const Parts& parts) {
    const std::size_t serialDigits = parts.type == kAnguanLicenceType ? 11 : 10;
    return (parts.type == kAnguanLicenceType || parts.type == kSpecialOperationsLicenceType) &&
           parts.issuer.size() == 18 && parts.serial.size() == serialDigits && allDigits(parts.serial) &&
           parts.version.size() == kVersionDigits && allDigits(parts.version) && parts.version != "000" &&
           parts.check.size() == 1;
}

std::string assemble(std::string_view type, std::string_view issuer, std::string_view serial, int version) {
    const int bounded = std::clamp(version, 1, kLastVersion);
    const std::array<char, kVersionDigits> digits{static_cast<char>('0' + bounded / 100),
                                                  static_cast<char>('0' + bounded / 10 % 10),
                                                  static_cast<char>('0' + bounded % 10)};
    const std::string_view versionText(digits.data(), digits.size());
    Mod3736 check;
    std::string out;
    out.reserve(kLongest);
    out += kOid;
    for (const std::string_view part : {type, issuer, serial, versionText}) {
        check.feed(part);
        out += part;
        out += '.';
    }
    out += check.checkCharacter();
    return out;
}

/// The parts of a text that is known to be an identifier.
Parts partsOf(std::string_view identifier) {
    Parts parts;
    split(identifier.substr(kOid.size()), parts);
    return parts;
}

int versionOf(const Parts& parts) {
    int version = 0;
    for (const char c : parts.version) version = version * 10 + (c - '0');
    return version;
}

}  // namespace

Checked<LicenceIdentifier> LicenceIdentifier::parse(std::string_view text) {
    const auto refuse = [](Rule rule) { return tl::make_unexpected(Invalid{"zzeCertID", rule}); };
    if (trimmed(text).empty()) return refuse(Rule::Missing);
    std::array<char, kLongest> buffer{};
    const std::optional<std::size_t> length = asciiForm(text, buffer);
    if (!length) return refuse(Rule::Pattern);
    const std::string_view ascii(buffer.data(), *length);
    Parts parts;
    if (!ascii.starts_with(kOid) || !split(ascii.substr(kOid.size()), parts) || !wellFormed(parts)) {
        return refuse(Rule::Pattern);
    }
    Mod3736 check;
    for (const std::string_view part : {parts.type, parts.issuer, parts.serial, parts.version}) {
        if (!check.feed(part)) return refuse(Rule::Pattern);
    }
    if (parts.check[0] != check.checkCharacter() || !CreditCode::parse(parts.issuer)) return refuse(Rule::CheckDigit);
    return LicenceIdentifier(std::string(ascii));
}

LicenceIdentifier LicenceIdentifier::compute(std::string_view type, std::string_view issuer,
                                             const CertificateNumber& number, int version) {
    std::string serial(number.year());
    serial += number.serial();
    return LicenceIdentifier(assemble(type, issuer, serial, version));
}

LicenceIdentifier LicenceIdentifier::first(std::string_view type, std::string_view issuer, std::string_view serial) {
    return LicenceIdentifier(assemble(type, issuer, serial, 1));
}

int LicenceIdentifier::version() const { return versionOf(partsOf(text_)); }

LicenceIdentifier LicenceIdentifier::next() const {
    const Parts parts = partsOf(text_);
    return LicenceIdentifier(assemble(parts.type, parts.issuer, parts.serial, versionOf(parts) + 1));
}

}  // namespace lianzheng
