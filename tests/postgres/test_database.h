#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "adapters/sql/database.h"
#include "tests/postgres/postgres_fixture.h"

namespace lianzheng::test {

/// An empty database of either dialect for one test: a SQLite file in a directory of its own, or a PostgreSQL schema.
class TestDatabase {
public:
    explicit TestDatabase(Dialect dialect);
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    [[nodiscard]] Dialect dialect() const noexcept { return dialect_; }
    [[nodiscard]] DatabaseAddress address() const;
    /// A directory for the test's files, removed at the end.
    [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }
    /// Runs one statement over a connection of the test's own.
    void run(const std::string& statement);
    /// The first value of the first row as text; empty for none and for NULL.
    std::string value(const std::string& query);
    /// That connection, made at the first use.
    Database& connection();

private:
    Dialect dialect_;
    std::filesystem::path directory_;
    std::optional<PostgresSchema> schema_;
    std::unique_ptr<Database> connection_;
};

}  // namespace lianzheng::test
