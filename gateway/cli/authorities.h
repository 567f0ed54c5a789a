#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/cli/commands.h"

namespace lianzheng {

/// The id of the authority that `text`, the value of `option`, names: its id, its whole name, or a city that has one
/// authority alone. Nothing: `output` names those there are.
std::optional<std::string> authorityOf(const CommandContext& context, std::string_view option, std::string_view text,
                                       Output& output);

}  // namespace lianzheng
