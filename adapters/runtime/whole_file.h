#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// What an unfinished file is called beside its name.
inline constexpr std::string_view kUnfinished = ".part";

/// Makes a file that is there whole or not at all, and that only owner and group can read: `fill` writes an unfinished
/// one beside it, which then takes the name. Errors: those of `fill`; Corrupt `disk_full` or `write` of `where`.
Status writeWhole(const std::filesystem::path& path, std::string_view where,
                  const std::function<Status(const std::filesystem::path& unfinished)>& fill);
/// The same with a text.
Status writeWhole(const std::filesystem::path& path, std::string_view where, std::string_view text);

}  // namespace lianzheng
