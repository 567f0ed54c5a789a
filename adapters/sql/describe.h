#pragma once

#include <string>
#include <vector>

#include "adapters/sql/database.h"

namespace lianzheng {

/// The names of the columns that `query` gives, without reading a row. Throws as SOCI does: call it inside guarded().
std::vector<std::string> columnsOf(Database& database, const std::string& query);

}  // namespace lianzheng
