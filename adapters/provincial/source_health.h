#pragma once

#include "adapters/provincial/source_sql.h"
#include "adapters/sql/database.h"

namespace lianzheng {

/// Whether a page's order, and on SQLite its beginning, come from an index instead of from the whole source, by the
/// database's own plan. SQLite takes `sql` with its parameters, PostgreSQL one without. Throws as SOCI does.
bool orderComesFromIndex(Database& database, const std::string& sql);

}  // namespace lianzheng
