#include <gtest/gtest.h>

#include "adapters/sql/database.h"
#include "tests/postgres/test_database.h"

namespace lianzheng {
namespace {

const Migration kFirst{1, {"CREATE TABLE t (a TEXT)"}, {"CREATE TABLE t (a text)"}};
const Migration kSecond{2, {"ALTER TABLE t ADD COLUMN b TEXT"}, {"ALTER TABLE t ADD COLUMN b text"}};
const Migration kBroken{2, {"DROP TABLE t", "SELEKT"}, {"DROP TABLE t", "SELEKT"}};

class MigrationsTest : public ::testing::TestWithParam<Dialect> {
protected:
    test::TestDatabase database_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Both, MigrationsTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres),
                         [](const auto& tested) { return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres"; });

TEST_P(MigrationsTest, EachStepRunsOnce) {
    ASSERT_TRUE(migrate(database_.connection(), "store", {kFirst}));
    ASSERT_TRUE(migrate(database_.connection(), "store", {kFirst, kSecond}));
    ASSERT_TRUE(migrate(database_.connection(), "store", {kFirst, kSecond}));
    database_.run("INSERT INTO t (a, b) VALUES ('1', '2')");
}

TEST_P(MigrationsTest, AStepThatFailsLeavesTheSchemaAsItWas) {
    ASSERT_TRUE(migrate(database_.connection(), "store", {kFirst}));
    EXPECT_FALSE(migrate(database_.connection(), "store", {kFirst, kBroken}));
    database_.run("INSERT INTO t (a) VALUES ('1')");
    EXPECT_TRUE(migrate(database_.connection(), "store", {kFirst, kSecond}));
}

TEST_P(MigrationsTest, ANewerSchemaIsRefusedAndLeftAlone) {
    ASSERT_TRUE(migrate(database_.connection(), "store", {kFirst, kSecond}));
    const Status older = migrate(database_.connection(), "store", {kFirst});
    ASSERT_FALSE(older);
    EXPECT_EQ(older.error().fault, Fault::Corrupt);
    EXPECT_EQ(older.error().code, "schema_newer");
    EXPECT_EQ(database_.value("SELECT version FROM lianzheng_schema WHERE name = 'store'"), "2");
}

TEST_P(MigrationsTest, NamesAreKeptApart) {
    ASSERT_TRUE(migrate(database_.connection(), "store", {kFirst}));
    const Migration other{1, {"CREATE TABLE u (a TEXT)"}, {"CREATE TABLE u (a text)"}};
    ASSERT_TRUE(migrate(database_.connection(), "other", {other}));
    database_.run("INSERT INTO u VALUES ('1')");
}

}  // namespace
}  // namespace lianzheng
