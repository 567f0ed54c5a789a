#include "adapters/sql/sqlite_statement.h"

namespace lianzheng {

sqlite_api::sqlite3* sqliteConnection(soci::session& session) {
    // SOCI keeps its types' names to itself, so a dynamic_cast does not link.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-static-cast-downcast)
    return static_cast<soci::sqlite3_session_backend&>(*session.get_backend()).conn_;
}

void checkSqlite(sqlite_api::sqlite3* connection, int code, int wanted) {
    if (code == wanted) return;
    const std::string text = sqlite_api::sqlite3_errmsg(connection);
    throw soci::sqlite3_soci_error(text.starts_with("no such ") ? text : "sqlite", code);
}

SqliteStatement prepareSqlite(sqlite_api::sqlite3* connection, const std::string& sql) {
    sqlite_api::sqlite3_stmt* prepared = nullptr;
    const int code = sqlite_api::sqlite3_prepare_v2(connection, sql.c_str(), -1, &prepared, nullptr);
    SqliteStatement statement(prepared);
    checkSqlite(connection, code);
    return statement;
}

}  // namespace lianzheng
