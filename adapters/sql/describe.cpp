#include "adapters/sql/describe.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace lianzheng {

// SOCI's own description throws on PostgreSQL types it does not know (uuid, enumerations), hence the backends' calls.
namespace {

using SqliteStatement = std::unique_ptr<sqlite_api::sqlite3_stmt, decltype(&sqlite_api::sqlite3_finalize)>;
using PostgresResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::vector<std::string> describe(soci::sqlite3_session_backend& backend, const std::string& query) {
    sqlite_api::sqlite3_stmt* prepared = nullptr;
    const int code = sqlite_api::sqlite3_prepare_v2(backend.conn_, query.c_str(), -1, &prepared, nullptr);
    const SqliteStatement statement(prepared, &sqlite_api::sqlite3_finalize);
    if (code != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(backend.conn_), code);
    std::vector<std::string> names;
    const int count = sqlite_api::sqlite3_column_count(statement.get());
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) names.emplace_back(sqlite_api::sqlite3_column_name(statement.get(), i));
    return names;
}

std::vector<std::string> describe(soci::postgresql_session_backend& backend, const std::string& query) {
    const PostgresResult result(PQexec(backend.conn_, (query + " LIMIT 0").c_str()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
        const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        throw soci::postgresql_soci_error("describe", state == nullptr ? "     " : state);
    }
    std::vector<std::string> names;
    const int count = PQnfields(result.get());
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) names.emplace_back(PQfname(result.get(), i));
    return names;
}

}  // namespace

std::vector<std::string> columnsOf(Database& database, const std::string& query) {
    soci::details::session_backend& backend = *database.session().get_backend();
    // SOCI keeps its types' names to itself, so a dynamic_cast does not link; the dialect says which one it is.
    // NOLINTBEGIN(cppcoreguidelines-pro-type-static-cast-downcast)
    if (database.dialect() == Dialect::Sqlite) {
        return describe(static_cast<soci::sqlite3_session_backend&>(backend), query);
    }
    return describe(static_cast<soci::postgresql_session_backend&>(backend), query);
    // NOLINTEND(cppcoreguidelines-pro-type-static-cast-downcast)
}

}  // namespace lianzheng
