#include "adapters/sql/cell_reader.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/postgres/test_database.h"

namespace lianzheng {
namespace {

class CellReaderTest : public ::testing::TestWithParam<Dialect> {
protected:
    CellReaderTest() {
        database_.run("CREATE TABLE t (k TEXT, n BIGINT, v TEXT)");
        database_.run("INSERT INTO t VALUES ('a', 5000000000, '甲'), ('b', NULL, ''), ('c', -1, NULL)");
    }
    using Row = std::vector<std::optional<std::string>>;
    /// The rows that are left.
    static std::vector<Row> rest(CellReader& reader) {
        std::vector<Row> rows;
        while (reader.next()) {
            Row& row = rows.emplace_back();
            for (const Cell& cell : reader.cells()) {
                row.push_back(cell.null ? std::nullopt : std::optional<std::string>(cell.text));
            }
        }
        return rows;
    }
    [[nodiscard]] std::string query(const std::string& rest) const {
        const char* number = GetParam() == Dialect::Sqlite ? "n" : "CAST(n AS text)";
        return std::string("SELECT k, ") + number + ", v FROM t " + rest;
    }
    test::TestDatabase database_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Both, CellReaderTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres),
                         [](const auto& tested) { return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres"; });

TEST_P(CellReaderTest, CellsAreTextOrNull) {
    CellReader reader(database_.connection().session(), query("ORDER BY k"), 3, {});
    reader.execute();
    EXPECT_EQ(rest(reader),
              (std::vector<Row>{{"a", "5000000000", "甲"}, {"b", std::nullopt, ""}, {"c", "-1", std::nullopt}}));
}

TEST_P(CellReaderTest, BehindTheLastRowThereIsNoneUntilTheQueryRunsAgain) {
    CellReader reader(database_.connection().session(), query("WHERE k >= :k ORDER BY k"), 3, {"c"});
    reader.execute();
    EXPECT_EQ(rest(reader).size(), 1U);
    EXPECT_FALSE(reader.next());
    const std::string from = "b";
    reader.setParameters(std::span(&from, 1));
    reader.execute();
    EXPECT_EQ(rest(reader).size(), 2U);
}

TEST_P(CellReaderTest, ARunThatWasLeftBeginsAnew) {
    CellReader reader(database_.connection().session(), query("ORDER BY k"), 3, {});
    reader.execute();
    ASSERT_TRUE(reader.next());
    reader.execute();
    EXPECT_EQ(rest(reader).size(), 3U);
}

TEST_P(CellReaderTest, AFailureIsThrownAsSociThrowsIt) {
    const Status status = guarded("test.read", [&]() -> Status {
        CellReader reader(database_.connection().session(), "SELECT k FROM nowhere", 1, {});
        reader.execute();
        reader.next();
        return ok();
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "table_gone");
}

}  // namespace
}  // namespace lianzheng
