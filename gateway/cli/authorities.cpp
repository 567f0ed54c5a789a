#include "gateway/cli/authorities.h"

#include <fmt/format.h>

#include <vector>

namespace lianzheng {

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

}  // namespace lianzheng
