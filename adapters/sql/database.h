#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/runtime/result.h"

#include <soci/soci.h>

namespace lianzheng {

enum class Dialect : std::uint8_t { Sqlite, Postgres };

/// Where a database is and how to enter it. `url` is SOCI's: sqlite3://PATH or postgresql://key=value …; never a
/// password.
struct DatabaseAddress {
    std::string url{};
    std::string passwordFile{};                     ///< empty: none; one trailing line end is not part of the password
    std::chrono::milliseconds busyTimeout{10'000};  ///< how long a lock is waited for
    std::chrono::milliseconds statementTimeout{0};  ///< PostgreSQL only; 0: none
    bool readOnly = false;
};

/// The dialect a URL means; nothing for a scheme we do not speak.
std::optional<Dialect> dialectOf(std::string_view url);

/// The file of an SQLite database, whose URL it is.
std::string sqliteFile(const DatabaseAddress& address);

/// One connection. Threads: one at a time.
class Database {
public:
    /// Opens with a busy time-out; SQLite stores of ours in WAL with synchronous=FULL when `durable`. A SQLite file
    /// that is not there is made only when `durable`: a source or a view is never made by looking at it.
    /// Faults: Denied (password), Unavailable (no server, no file), Corrupt (not a database).
    /// `where` says in an error whose database it is.
    static Result<std::unique_ptr<Database>> open(const DatabaseAddress& address, bool durable = false,
                                                  std::string_view where = "sql.open");

    [[nodiscard]] Dialect dialect() const noexcept { return dialect_; }
    [[nodiscard]] soci::session& session() noexcept { return session_; }

private:
    explicit Database(Dialect dialect) : dialect_(dialect) {}
    Dialect dialect_;
    soci::session session_;
};

/// Begins at once as a writer: BEGIN IMMEDIATE on SQLite, because a deferred one fails when it turns to writing.
/// Rolled back unless committed.
class WriteTransaction {
public:
    explicit WriteTransaction(Database& database);
    ~WriteTransaction();
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;
    /// Throws CommitUnknown when the connection was lost while committing.
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

/// Several reads of SQLite that take its locks once and see one state. Does nothing on PostgreSQL.
class ReadTransaction {
public:
    explicit ReadTransaction(Database& database);
    ~ReadTransaction();
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

private:
    Database& database_;
};

/// The server went away during a commit: whether it was made is not known. databaseError makes it Fault::InDoubt.
class CommitUnknown : public std::runtime_error {
public:
    CommitUnknown() : std::runtime_error("commit unknown") {}
};

/// The fault that a database exception means, by its category alone: its text may quote bound values.
/// Unavailable: `locked`, `connection`, `statement_timeout`, `conflict` … Denied: `authentication`, `no_privilege`.
/// InDoubt: `commit_unknown`. Corrupt: `disk_full`, `io`, `not_a_database`, `damaged`, `read_only`, `table_gone`,
/// `column_gone`, `constraint`, `sql`.
Error databaseError(std::string_view where, const std::exception& exception);

/// Runs `work` (which returns a Result or Status); any exception becomes databaseError.
template <class Work>
auto guarded(std::string_view where, Work&& work) -> decltype(work()) {
    try {
        return std::forward<Work>(work)();
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(databaseError(where, exception));
    }
}

/// A step of a schema's life. Versions count from 1 and have no gaps.
struct Migration {
    int version;
    std::vector<std::string> sqlite;
    std::vector<std::string> postgres;
};

/// Brings the schema of `name` up to date, each step in a transaction. Fault Corrupt, code `schema_newer`, when the
/// database was written by a newer program: it is left as it is.
Status migrate(Database& database, std::string_view name, const std::vector<Migration>& migrations);

}  // namespace lianzheng
