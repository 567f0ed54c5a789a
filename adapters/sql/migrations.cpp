#include "adapters/sql/database.h"

namespace lianzheng {

namespace {

constexpr std::string_view kWhere = "sql.migrate";

constexpr const char* kMakeTable =
    "CREATE TABLE IF NOT EXISTS lianzheng_schema (name TEXT PRIMARY KEY, version INTEGER NOT NULL)";
constexpr const char* kReadVersion = "SELECT version FROM lianzheng_schema WHERE name = :name";
constexpr const char* kInsertVersion = "INSERT INTO lianzheng_schema (name, version) VALUES (:name, 0)";
constexpr const char* kMoveVersion =
    "UPDATE lianzheng_schema SET version = :next WHERE name = :name AND version = :before";
/// Two programs that start at once take turns; the number is our own.
constexpr const char* kTakeTurns = "SELECT pg_advisory_xact_lock(5321094417)";

int readVersion(Database& database, const std::string& name) {
    int version = 0;
    database.session() << kReadVersion, soci::into(version), soci::use(name);
    return database.session().got_data() ? version : -1;
}

/// Within the caller's transaction: the version, its row made when absent.
int currentVersion(Database& database, const std::string& name) {
    if (database.dialect() == Dialect::Postgres) database.session() << kTakeTurns;
    database.session() << kMakeTable;
    if (const int version = readVersion(database, name); version >= 0) return version;
    database.session() << kInsertVersion, soci::use(name);
    return 0;
}

void runStep(Database& database, const std::string& name, const Migration& step) {
    for (const std::string& statement : database.dialect() == Dialect::Sqlite ? step.sqlite : step.postgres) {
        database.session() << statement;
    }
    const int before = step.version - 1;
    database.session() << kMoveVersion, soci::use(step.version), soci::use(name), soci::use(before);
}

}  // namespace

Status migrate(Database& database, std::string_view name, const std::vector<Migration>& migrations) {
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        if (migrations[i].version != static_cast<int>(i) + 1) throw std::logic_error("migrations out of order");
    }
    const int newest = static_cast<int>(migrations.size());
    const std::string schema(name);
    return guarded(kWhere, [&]() -> Status {
        while (true) {
            WriteTransaction transaction(database);
            const int version = currentVersion(database, schema);
            if (version > newest) return failed(Fault::Corrupt, std::string(kWhere), "schema_newer");
            if (version < newest) runStep(database, schema, migrations[static_cast<std::size_t>(version)]);
            transaction.commit();
            if (version == newest) return ok();
        }
    });
}

}  // namespace lianzheng
