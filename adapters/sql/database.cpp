#include "adapters/sql/database.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace lianzheng {

namespace {

constexpr std::string_view kWhere = "sql.open";
constexpr std::string_view kSqliteScheme = "sqlite3://";
constexpr std::string_view kPostgresScheme = "postgresql://";

Result<std::string> readPassword(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (in) text << in.rdbuf();
    if (!in) return failed(Fault::Denied, std::string(kWhere), "password_file");
    std::string password = text.str();
    if (password.ends_with('\n')) password.pop_back();
    if (password.ends_with('\r')) password.pop_back();
    return password;
}

/// A value as libpq's connection strings quote it.
std::string quotedForPostgres(std::string_view value) {
    std::string quoted = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "'";
}

/// libpq shows no SQLSTATE for a connection that was never made, so its words decide; they are not kept.
bool soundsDenied(std::string_view message) {
    constexpr std::array<std::string_view, 7> kWords{"authentication", "password", "pg_hba.conf", R"(role ")",
                                                     "认证",           "口令",     "密码"};
    return std::any_of(std::begin(kWords), std::end(kWords),
                       [&](std::string_view word) { return message.find(word) != std::string_view::npos; });
}

/// SQLite's own locks, taken for every cell, are a quarter of what reading costs; a connection is used by one thread at
/// a time anyway. Takes effect in a program that has opened nothing yet.
void leaveLocksOut() {
    // NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): SQLite's form
    [[maybe_unused]] static const int kOnce =
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD) | sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    // NOLINTEND(cppcoreguidelines-pro-type-vararg)
}

void setUpSqlite(soci::session& session, const DatabaseAddress& address, bool durable) {
    session << "PRAGMA busy_timeout = " + std::to_string(address.busyTimeout.count());
    if (durable && !address.readOnly) {
        std::string mode;
        session << "PRAGMA journal_mode = WAL", soci::into(mode);
        session << "PRAGMA synchronous = FULL";
    }
    // SQLite opens lazily: only reading the header tells whether this is a database at all.
    long long version = 0;
    session << "PRAGMA schema_version", soci::into(version);
}

Status openSqlite(soci::session& session, const DatabaseAddress& address, bool durable) {
    const std::string path = address.url.substr(kSqliteScheme.size());
    std::error_code ignored;
    leaveLocksOut();
    const bool mayMake = durable && !address.readOnly;
    if (!mayMake && !std::filesystem::exists(path, ignored)) {
        return failed(Fault::Unavailable, std::string(kWhere), "no_file");
    }
    session.open(soci::sqlite3, "db=\"" + path + "\"" + (address.readOnly ? " readonly=true" : ""));
    setUpSqlite(session, address, durable);
    return ok();
}

Status openPostgres(soci::session& session, const DatabaseAddress& address) {
    std::string parameters = address.url.substr(kPostgresScheme.size());
    if (parameters.find("password=") != std::string::npos) {
        return failed(Fault::Denied, std::string(kWhere), "password_in_url");
    }
    if (parameters.find("connect_timeout=") == std::string::npos) parameters += " connect_timeout=10";
    if (parameters.find("application_name=") == std::string::npos) parameters += " application_name=lianzheng";
    if (!address.passwordFile.empty()) {
        const Result<std::string> password = readPassword(address.passwordFile);
        if (!password) return tl::unexpected<Error>(password.error());
        // In front, because SOCI misreads a quoted value with a blank at the very end.
        parameters = "password=" + quotedForPostgres(*password) + " " + parameters;
    }
    try {
        session.open(soci::postgresql, parameters);
    } catch (const soci::soci_error& error) {
        if (soundsDenied(error.get_error_message())) {
            return failed(Fault::Denied, std::string(kWhere), "authentication");
        }
        return failed(Fault::Unavailable, std::string(kWhere), "connection");
    }
    // Notices would go to standard error, past the log and its rules.
    session << "SET client_min_messages = error";
    session << "SET datestyle = 'ISO, YMD'";
    session << "SET lock_timeout = " + std::to_string(address.busyTimeout.count());
    session << "SET statement_timeout = " + std::to_string(address.statementTimeout.count());
    session << "SET synchronous_commit = on";
    if (address.readOnly) session << "SET default_transaction_read_only = on";
    return ok();
}

}  // namespace

std::string sqliteFile(const DatabaseAddress& address) { return address.url.substr(kSqliteScheme.size()); }

std::optional<Dialect> dialectOf(std::string_view url) {
    if (url.starts_with(kSqliteScheme)) return Dialect::Sqlite;
    if (url.starts_with(kPostgresScheme)) return Dialect::Postgres;
    return std::nullopt;
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseAddress& address, bool durable, std::string_view where) {
    const std::optional<Dialect> dialect = dialectOf(address.url);
    if (!dialect) return failed(Fault::Rejected, std::string(where), "unknown_scheme");
    auto opened = guarded(where, [&]() -> Result<std::unique_ptr<Database>> {
        std::unique_ptr<Database> database(new Database(*dialect));
        const Status done = *dialect == Dialect::Sqlite ? openSqlite(database->session_, address, durable)
                                                        : openPostgres(database->session_, address);
        if (!done) return tl::unexpected<Error>(done.error());
        return database;
    });
    if (!opened) opened.error().where = where;
    return opened;
}

}  // namespace lianzheng
