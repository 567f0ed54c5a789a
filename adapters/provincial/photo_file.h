#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// The bytes of the picture `reference` under `root`; empty when there is no such file. Backslashes are taken for
/// slashes. At most 1 MiB is read: twenty times what the platform takes, enough to see that it is too large.
/// Faults: Rejected `outside_root` for a path, or a link, that leads out of `root`; Unavailable `no_root`.
Result<std::string> readPhotoFile(const std::filesystem::path& root, std::string_view reference);

}  // namespace lianzheng
