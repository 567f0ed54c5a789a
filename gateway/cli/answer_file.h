#pragma once

#include <string>
#include <string_view>

#include "gateway/cli/output.h"

namespace lianzheng {

/// Writes what a command made to `file`, readable by its owner and group alone, and whole or not at all; on a fault
/// `output` names the option and what to look at, exit code 74. To standard output when `file` is empty.
void deliver(const std::string& content, const std::string& file, std::string_view option, bool english,
             Output& output);

}  // namespace lianzheng
