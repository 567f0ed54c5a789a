#pragma once

#include <string_view>

namespace lianzheng {

/// The script of an evidence folder: POSIX shell, openssl, and od, cut, tr, grep beside it.
extern const std::string_view kEvidenceScript;
/// Its README, with places for {number}, {made}, {entries} and {seals}.
extern const std::string_view kEvidenceReadme;

}  // namespace lianzheng
