#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lianzheng {

/// UTF-8 as GB18030, for looking things up in a source of that character set; nothing when it is no UTF-8.
std::optional<std::string> toGb18030(std::string_view utf8);

}  // namespace lianzheng
