#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cli/commands.h"

namespace lianzheng {

/// What findings may be filed under that a person calls `text`, the likeliest first: what stands so in the store; a
/// certificate's number in any spelling, and the one it was converted to; what reports and `finding list` show so, as
/// 源主键 KEY, or a number nobody can read with what may be an identity number in it masked. `-`: the text is a line of
/// standard input, for what ought not to stand on a command line. Nothing: `output` says why.
std::optional<std::vector<std::string>> findingNumbers(const CommandContext& context, std::string_view text,
                                                       Output& output);
/// A line that says what to type of a finding whose number, as shown, is no certificate's; empty for any other.
std::string howToName(const CommandContext& context, const std::string& shown);

}  // namespace lianzheng
