#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lianzheng {

/// A name as SQL quotes it. On SQLite qualify it: a bare name in quotes that is no column is taken for a text.
std::string quotedName(std::string_view name);

/// Whether two names are the same but for the case of ASCII letters: databases fold names that are not quoted.
bool sameName(std::string_view left, std::string_view right);

/// The name among `there` that `wanted` means: exactly, or else by sameName. Empty when there is none.
std::string nameAmong(std::span<const std::string> there, std::string_view wanted);

}  // namespace lianzheng
