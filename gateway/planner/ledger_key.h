#pragma once

#include <string>
#include <string_view>

#include "mappings/desired.h"

namespace lianzheng {

/// What the ledger knows a row by: its normalised certificate number, or `row:KEY` when the number cannot be read, so
/// that no row is lost for want of a name.
std::string ledgerKey(const Desired& desired);
/// A key as people are shown it: 源主键 KEY for `row:KEY`, any other as it is.
std::string shownKey(std::string_view key);
/// The key that is shown so; `shown` itself when it is no 源主键.
std::string keyShownAs(std::string_view shown);

}  // namespace lianzheng
