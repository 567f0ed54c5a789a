#include "adapters/sql/describe.h"

#include <soci/postgresql/soci-postgresql.h>

#include "adapters/sql/sqlite_statement.h"

namespace lianzheng {

// SOCI's own description throws on PostgreSQL types it does not know (uuid, enumerations), hence the backends' calls.
namespace {

using PostgresResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::vector<std::string> describeSqlite(soci::session& session, const std::string& query) {
    const SqliteStatement statement = prepareSqlite(sqliteConnection(session), query);
    std::vector<std::string> names;
    const int count = sqlite_api::sqlite3_column_count(statement.get());
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) names.emplace_back(sqlite_api::sqlite3_column_name(statement.get(), i));
    return names;
}

std::vector<std::string> describePostgres(soci::session& session, const std::string& query) {
    // SOCI keeps its types' names to itself, so a dynamic_cast does not link.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-static-cast-downcast)
    const auto& backend = static_cast<soci::postgresql_session_backend&>(*session.get_backend());
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
    return database.dialect() == Dialect::Sqlite ? describeSqlite(database.session(), query)
                                                 : describePostgres(database.session(), query);
}

}  // namespace lianzheng
