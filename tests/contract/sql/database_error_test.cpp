#include <gtest/gtest.h>

#include "adapters/sql/database.h"
#include "tests/postgres/test_database.h"

namespace lianzheng {
namespace {

class DatabaseErrorTest : public ::testing::TestWithParam<Dialect> {
protected:
    Error failing(const std::string& statement) { return failing(database_.connection(), statement); }

    static Error failing(Database& database, const std::string& statement) {
        const Status status = guarded("test.step", [&]() -> Status {
            database.session() << statement;
            return ok();
        });
        EXPECT_FALSE(status) << statement;
        return status ? Error{} : status.error();
    }

    test::TestDatabase database_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Both, DatabaseErrorTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres),
                         [](const auto& tested) { return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres"; });

TEST_P(DatabaseErrorTest, NamesWhatIsGone) {
    database_.run("CREATE TABLE t (a TEXT)");
    EXPECT_EQ(failing("SELECT a FROM nowhere").code, "table_gone");
    EXPECT_EQ(failing("SELECT t.b FROM t").code, "column_gone");
    EXPECT_EQ(failing("SELEKT 1").code, "sql");
}

TEST_P(DatabaseErrorTest, NeverQuotesAValue) {
    database_.run("CREATE TABLE t (a TEXT PRIMARY KEY)");
    database_.run("INSERT INTO t VALUES ('private')");
    const Error error = failing("INSERT INTO t VALUES ('private')");
    EXPECT_EQ(error.fault, Fault::Corrupt);
    EXPECT_EQ(error.where, "test.step");
    EXPECT_EQ(error.code, "constraint");
}

TEST_P(DatabaseErrorTest, ALockThatIsHeldTooLongIsUnavailable) {
    database_.run("CREATE TABLE t (a TEXT)");
    DatabaseAddress address = database_.address();
    address.busyTimeout = std::chrono::milliseconds{10};
    auto other = Database::open(address);
    ASSERT_TRUE(other);
    const WriteTransaction transaction(database_.connection());
    if (GetParam() == Dialect::Postgres) database_.run("LOCK TABLE t");
    const Error error = failing(**other, "INSERT INTO t VALUES ('x')");
    EXPECT_EQ(error.fault, Fault::Unavailable);
    EXPECT_EQ(error.code, "locked");
}

TEST(DatabaseErrorOfSqliteTest, AFullDiskIsCorruptAndTheTransactionEnds) {
    test::TestDatabase database(Dialect::Sqlite);
    database.run("CREATE TABLE t (a TEXT)");
    database.run("PRAGMA max_page_count = 4");
    const Status status = guarded("test.write", [&]() -> Status {
        WriteTransaction transaction(database.connection());
        database.run("INSERT INTO t VALUES (hex(zeroblob(100000)))");
        transaction.commit();
        return ok();
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Corrupt);
    EXPECT_EQ(status.error().code, "disk_full");
    EXPECT_EQ(database.value("SELECT count(*) FROM t"), "0");
}

TEST(DatabaseErrorOfPostgresTest, AConnectionThatWasCutIsUnavailableAndItsCommitInDoubt) {
    test::TestDatabase database(Dialect::Postgres);
    auto victim = Database::open(database.address());
    ASSERT_TRUE(victim);
    std::string process;
    (*victim)->session() << "SELECT CAST(pg_backend_pid() AS text)", soci::into(process);
    const Status status = guarded("test.write", [&]() -> Status {
        WriteTransaction transaction(**victim);
        EXPECT_EQ(database.value("SELECT CAST(pg_terminate_backend(" + process + ", 5000) AS text)"), "true");
        transaction.commit();
        return ok();
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::InDoubt);
    const Status again = guarded("test.write", [&]() -> Status {
        (*victim)->session() << "SELECT 1";
        return ok();
    });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().fault, Fault::Unavailable);
    EXPECT_EQ(again.error().code, "connection");
}

}  // namespace
}  // namespace lianzheng
