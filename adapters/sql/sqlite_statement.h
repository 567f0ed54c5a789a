#pragma once

#include <memory>
#include <string>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace lianzheng {

struct FinalizeStatement {
    void operator()(sqlite_api::sqlite3_stmt* statement) const { sqlite_api::sqlite3_finalize(statement); }
};
/// A statement of SQLite's own, for what SOCI hides or copies.
using SqliteStatement = std::unique_ptr<sqlite_api::sqlite3_stmt, FinalizeStatement>;

/// SQLite's connection behind a session whose backend it is.
sqlite_api::sqlite3* sqliteConnection(soci::session& session);
/// Throws as checkSqlite() does.
SqliteStatement prepareSqlite(sqlite_api::sqlite3* connection, const std::string& sql);
/// Throws what SOCI would, unless `code` is `wanted`. Of SQLite's text it carries the name of a table or column that is
/// missing, and nothing else: other texts might quote what the statement was about.
void checkSqlite(sqlite_api::sqlite3* connection, int code, int wanted = SQLITE_OK);

}  // namespace lianzheng
