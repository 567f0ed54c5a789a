#pragma once

#include <string>
#include <string_view>

#include "adapters/exchange/exchange_view.h"

namespace lianzheng {

/// What a row is ordered by: its number's bytes; rows with an unreadable one behind all others.
void orderKey(const NationalRow& row, std::string& key);
/// A row as bytes, for the sort's files of one run.
void pack(const NationalRow& row, std::string& bytes);
void unpack(std::string_view bytes, NationalRow& row);

}  // namespace lianzheng
