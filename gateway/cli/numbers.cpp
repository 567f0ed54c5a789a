#include <fmt/format.h>

#include "gateway/cli/authorities.h"
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

std::optional<std::string> authorityOf(const CommandContext& context, std::string_view option, std::string_view text,
                                       Output& output) {
    std::string known;
    std::vector<std::string> named;
    for (const Authority& authority : context.parts.districts().all()) {
        if (text == authority.id || text == authority.name) return authority.id;
        if (text == authority.city || text == authority.city + "市") named.push_back(authority.id);
        known += fmt::format("{}{} {}", known.empty() ? "" : "、", authority.id, authority.city);
    }
    if (named.size() == 1) return named.front();
    output.problems.push_back(fmt::format(
        fmt::runtime(context.options.english
                         ? "{}: names no authority, or more than one; of mappings/districts.yaml there are: {}"
                         : "{}：没有这样的主管部门，或不止一个；mappings/districts.yaml 中有：{}"),
        option, known));
    output.exitCode = ExitCode::Usage;
    return std::nullopt;
}

std::string noNumber(const CommandContext& context, std::string_view where) {
    const bool special = context.parts.settings().type == CertificateType::Tezhong;
    return fmt::format(
        fmt::runtime(context.options.english ? "{}: no certificate number, such as {}" : "{}: 不是证书编号，例如 {}"),
        where, special ? "鲁A042025000123" : "鲁建安B（2023）0000001");
}

}  // namespace lianzheng
