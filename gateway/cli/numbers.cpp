#include <fmt/format.h>

#include "gateway/cli/commands.h"
#include "mappings/certificate_number.h"
#include "mappings/special_number.h"

namespace lianzheng {

std::optional<std::string> ledgerNumber(const CommandContext& context, std::string_view text) {
    if (context.parts.settings().type == CertificateType::Tezhong) {
        const auto number = SpecialNumber::parse(text);
        return number ? std::optional{number->str()} : std::nullopt;
    }
    const auto number = CertificateNumber::parse(text);
    return number ? std::optional{number->converted().str()} : std::nullopt;
}

std::string noNumber(const CommandContext& context, std::string_view where) {
    const bool special = context.parts.settings().type == CertificateType::Tezhong;
    return fmt::format(
        fmt::runtime(context.options.english ? "{}: no certificate number, such as {}" : "{}: 不是证书编号，例如 {}"),
        where, special ? "鲁A042025000123" : "鲁建安B（2023）0000001");
}

}  // namespace lianzheng
