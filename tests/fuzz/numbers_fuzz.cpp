#include <algorithm>
#include <array>
#include <string>

#include "mappings/certificate_number.h"
#include "mappings/credit_code.h"
#include "mappings/identity_number.h"
#include "mappings/licence_identifier.h"
#include "mappings/masked.h"
#include "tests/fuzz/fuzz.h"

namespace lianzheng {
namespace {

/// What a value type holds is well formed: read again it is itself.
template <class Value>
void demandFixed(const Value& value) {
    const auto again = Value::parse(value.str());
    demand(again && again->str() == value.str(), "a normalised text stays as it is");
}

void certificateNumber(std::string_view text) {
    const auto number = CertificateNumber::parse(text);
    if (!number) return;
    demandFixed(*number);
    demandFixed(number->converted());
    demand(!number->converted().legacy(), "a converted number is no legacy one");
    constexpr std::array<std::string_view, 6> kCategories{"A", "B", "C", "C1", "C2", "C3"};
    demand(std::ranges::find(kCategories, number->category()) != kCategories.end(), "a category there is");
    for (const std::string& spelling : number->spellings()) {
        const auto read = CertificateNumber::parse(spelling);
        demand(read && read->converted() == number->converted(), "each of its spellings means the number");
    }
    static const std::string kIssuer = "113700000045030270";
    for (const int version : {1, 998}) {
        const auto identifier = LicenceIdentifier::compute(kAnguanLicenceType, kIssuer, *number, version);
        demandFixed(identifier);
        demand(identifier.version() == version, "a computed identifier has its version");
    }
}

void licenceIdentifier(std::string_view text) {
    const auto identifier = LicenceIdentifier::parse(text);
    if (!identifier) return;
    demandFixed(*identifier);
    demand(identifier->version() >= 1 && identifier->version() <= 999, "a version in bounds");
    demandFixed(identifier->next());
}

void identityNumber(std::string_view text) {
    masked(text);
    if (const auto proposed = IdentityNumber::proposedFor15(text)) demandFixed(*proposed);
    const auto number = IdentityNumber::parse(text);
    if (!number) return;
    demandFixed(*number);
    demand(number->gender() == "1" || number->gender() == "2", "a gender of the code table");
    std::string digits = number->birthDate().str();
    std::erase(digits, '-');
    demand(number->str().substr(6, 8) == digits, "the birth date is the one it carries");
    demand(masked(number->str()).find(digits) == std::string::npos, "and a masked one hides it");
}

}  // namespace
}  // namespace lianzheng

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    const std::string_view text = textOf(data, size);
    certificateNumber(text);
    licenceIdentifier(text);
    identityNumber(text);
    if (const auto code = CreditCode::parse(text)) demandFixed(*code);
    return 0;
}
