#pragma once

#include <vector>

#include "adapters/sql/database.h"

namespace lianzheng {

/// The store's schema from its first version on: the same statements for both dialects but for a few words.
std::vector<Migration> storeMigrations();

}  // namespace lianzheng
