#include "adapters/sql/database.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/postgres/test_database.h"

namespace lianzheng {
namespace {

class DatabaseTest : public ::testing::TestWithParam<Dialect> {
protected:
    test::TestDatabase database_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Both, DatabaseTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres),
                         [](const auto& tested) { return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres"; });

TEST_P(DatabaseTest, WhatIsCommittedIsThereAndTheRestIsRolledBack) {
    database_.run("CREATE TABLE t (a BIGINT)");
    {
        WriteTransaction transaction(database_.connection());
        database_.run("INSERT INTO t VALUES (5000000000)");
        transaction.commit();
    }
    {
        const WriteTransaction transaction(database_.connection());
        database_.run("INSERT INTO t VALUES (2)");
    }
    EXPECT_EQ(database_.value("SELECT CAST(sum(a) AS TEXT) FROM t"), "5000000000");
}

TEST_P(DatabaseTest, AReadOnlyConnectionCannotWrite) {
    database_.run("CREATE TABLE t (a TEXT)");
    DatabaseAddress address = database_.address();
    address.readOnly = true;
    auto opened = Database::open(address);
    ASSERT_TRUE(opened);
    const Status status = guarded("test.write", [&]() -> Status {
        (*opened)->session() << "INSERT INTO t VALUES ('x')";
        return ok();
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Corrupt);
    EXPECT_EQ(status.error().code, "read_only");
}

TEST(DatabaseOpenTest, ADialectIsKnownByItsScheme) {
    EXPECT_EQ(dialectOf("sqlite3:///var/lib/x.db"), Dialect::Sqlite);
    EXPECT_EQ(dialectOf("postgresql://dbname=x"), Dialect::Postgres);
    EXPECT_EQ(dialectOf("mysql://db=x"), std::nullopt);
    const auto opened = Database::open({.url = "mysql://db=x"});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "unknown_scheme");
}

TEST(DatabaseOpenTest, AFileThatIsNotThereIsNotMadeByLooking) {
    const test::TestDatabase place(Dialect::Sqlite);
    const std::filesystem::path file = place.directory() / "absent.db";
    const auto opened = Database::open({.url = "sqlite3://" + file.string()});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, Fault::Unavailable);
    EXPECT_EQ(opened.error().code, "no_file");
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(DatabaseOpenTest, APathMayHoldBlanksAndEqualSigns) {
    const test::TestDatabase place(Dialect::Sqlite);
    const std::filesystem::path file = place.directory() / "a b=c d.db";
    ASSERT_TRUE(Database::open({.url = "sqlite3://" + file.string()}, true));
    EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(DatabaseOpenTest, AFileOfSomethingElseIsRefused) {
    const test::TestDatabase place(Dialect::Sqlite);
    const std::filesystem::path file = place.directory() / "letter.db";
    std::ofstream(file) << std::string(4096, 'x');
    const auto opened = Database::open({.url = "sqlite3://" + file.string(), .readOnly = true});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, Fault::Corrupt);
    EXPECT_EQ(opened.error().code, "not_a_database");
}

TEST(DatabaseOpenTest, AFileThatMayNotBeWrittenCanBeRead) {
    const test::TestDatabase place(Dialect::Sqlite);
    const std::filesystem::path file = place.directory() / "given.db";
    const std::string url = "sqlite3://" + file.string();
    {
        auto made = Database::open({.url = url}, true);
        ASSERT_TRUE(made);
        (*made)->session() << "PRAGMA journal_mode = DELETE";
        (*made)->session() << "CREATE TABLE t (a TEXT)";
    }
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    auto opened = Database::open({.url = url, .readOnly = true});
    ASSERT_TRUE(opened);
    int rows = -1;
    (*opened)->session() << "SELECT count(*) FROM t", soci::into(rows);
    EXPECT_EQ(rows, 0);
}

TEST(DatabaseOpenTest, ADurableStoreIsInWalAndFull) {
    const test::TestDatabase place(Dialect::Sqlite);
    auto opened = Database::open({.url = "sqlite3://" + (place.directory() / "s.db").string()}, true);
    ASSERT_TRUE(opened);
    std::string mode;
    int synchronous = 0;
    (*opened)->session() << "PRAGMA journal_mode", soci::into(mode);
    (*opened)->session() << "PRAGMA synchronous", soci::into(synchronous);
    EXPECT_EQ(mode, "wal");
    EXPECT_EQ(synchronous, 2);
}

TEST(DatabaseOpenTest, AServerThatIsNotThereIsUnavailable) {
    const test::TestDatabase place(Dialect::Sqlite);
    const auto opened = Database::open({.url = "postgresql://host=" + place.directory().string() + " dbname=x"});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, Fault::Unavailable);
    EXPECT_EQ(opened.error().code, "connection");
}

TEST(DatabaseOpenTest, APasswordFileThatCannotBeReadIsDenied) {
    const test::TestDatabase place(Dialect::Postgres);
    DatabaseAddress address = place.address();
    address.passwordFile = (place.directory() / "none").string();
    const auto absent = Database::open(address);
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().fault, Fault::Denied);
    EXPECT_EQ(absent.error().code, "password_file");

    address.passwordFile = (place.directory() / "password").string();
    std::ofstream(address.passwordFile) << "it's \\ secret\n";
    EXPECT_TRUE(Database::open(address)) << "a server that trusts the socket takes any password";
}

TEST(DatabaseOpenTest, ALongStatementIsEnded) {
    const test::TestDatabase place(Dialect::Postgres);
    DatabaseAddress address = place.address();
    address.statementTimeout = std::chrono::milliseconds{20};
    auto opened = Database::open(address);
    ASSERT_TRUE(opened);
    const Status status = guarded("test.read", [&]() -> Status {
        (*opened)->session() << "SELECT pg_sleep(20)";
        return ok();
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Unavailable);
    EXPECT_EQ(status.error().code, "statement_timeout");
}

}  // namespace
}  // namespace lianzheng
