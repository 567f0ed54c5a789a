#pragma once

#include <string>

#include "mappings/desired.h"

namespace lianzheng {

/// What the ledger knows a row by: its normalised certificate number, or `row:KEY` when the number cannot be read, so
/// that no row is lost for want of a name.
std::string ledgerKey(const Desired& desired);

}  // namespace lianzheng
