#include "tests/contract/provincial/source_fixture.h"

namespace lianzheng::test {
namespace {

class ScanTest : public SourceTest {};
LIANZHENG_ON_BOTH(ScanTest);

TEST_P(ScanTest, ComesInTheOrderOfTimeAndKeyOverSeveralPages) {
    makeTable();
    for (int id = 1; id <= 11; ++id) insert(id, "n" + std::to_string(id), id % 2 == 0 ? "2026-01-02" : "2026-01-01");
    const auto end = source().scan({}, "", 100, collecting());
    ASSERT_TRUE(end) << end.error().code;
    EXPECT_EQ(seen(), (Keys{"1", "3", "5", "7", "9", "11", "2", "4", "6", "8", "10"}));
    EXPECT_EQ(*end, (ScanCursor{"2026-01-02", "10"}));
}

TEST_P(ScanTest, GoesOnBehindItsCursorAndStaysThereWhenNothingIsNew) {
    makeTable();
    for (int id = 1; id <= 8; ++id) insert(id, "n", "2026-01-01");
    const auto first = source().scan({}, "", 5, collecting());
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, (ScanCursor{"2026-01-01", "5"}));
    const auto second = source().scan(*first, "", 5, collecting());
    ASSERT_TRUE(second);
    EXPECT_EQ(seen(), (Keys{"1", "2", "3", "4", "5", "6", "7", "8"}));
    const auto third = source().scan(*second, "", 5, collecting());
    ASSERT_TRUE(third);
    EXPECT_EQ(*third, *second);
    EXPECT_EQ(rows_.size(), 8U);
}

TEST_P(ScanTest, IsClosedAboveByTheHorizonAndLeavesRowsWithoutTimeAside) {
    makeTable();
    insert(1, "n", kNull);
    insert(2, "n", "2026-01-01");
    insert(3, "n", "2026-01-02");
    insert(4, "n", "2026-01-03");
    ASSERT_TRUE(source().scan({}, "2026-01-02", 100, collecting()));
    EXPECT_EQ(seen(), (Keys{"2", "3"}));
}

TEST_P(ScanTest, ATimeWithoutAKeyIncludesThatTime) {
    makeTable();
    for (int id = 1; id <= 6; ++id) insert(id, "n", "2026-01-0" + std::to_string(id));
    ASSERT_TRUE(source().scan({"2026-01-03", ""}, "", 100, collecting()));
    EXPECT_EQ(seen(), (Keys{"3", "4", "5", "6"}));
}

TEST_P(ScanTest, EndsWhereTheSinkWantsNoMore) {
    makeTable();
    for (int id = 1; id <= 9; ++id) insert(id, "n", "2026-01-01");
    endAfter_ = 4;
    const auto end = source().scan({}, "", 100, collecting());
    ASSERT_TRUE(end);
    EXPECT_EQ(end->key, "4");
}

TEST_P(ScanTest, TellsNullFromNothingAndKeepsLargeNumbers) {
    makeTable();
    insert(5'000'000'000, "", "2026-01-01");
    insert(5'000'000'001, kNull, "2026-01-01");
    insert(9, "x", "2026-01-01");
    ASSERT_TRUE(source().scan({}, "", 100, collecting()));
    ASSERT_EQ(rows_.size(), 3U);
    EXPECT_EQ(rows_[0], (SeenRow{"9", "x", "张三"}));
    EXPECT_EQ(rows_[1], (SeenRow{"5000000000", "", "张三"}));
    EXPECT_EQ(rows_[2], (SeenRow{"5000000001", kNull, "张三"}));
}

TEST_P(ScanTest, WatermarksMayBeNumbersOrTheGreatestOfSeveral) {
    database_.run("CREATE TABLE t (id BIGINT, zsbh VARCHAR(60), a BIGINT, b BIGINT)");
    database_.run("INSERT INTO t VALUES (1, 'x', 900, 1000), (2, 'y', 1100, 5), (3, 'z', 5, 7)");
    definition_.from = "t";
    definition_.person.clear();
    definition_.changedAt = GetParam() == Dialect::Sqlite ? "max(a, b)" : "greatest(a, b)";
    columns_ = {"id"};
    const auto first = source().scan({}, "", 2, collecting());
    ASSERT_TRUE(first) << first.error().code;
    EXPECT_EQ(*first, (ScanCursor{"1000", "1"}));
    ASSERT_TRUE(source().scan(*first, "", 2, collecting()));
    EXPECT_EQ(seen(), (Keys{"3", "1", "2"}));
}

TEST_P(ScanTest, HonoursTheConditionAndTheLatestOfAKey) {
    database_.run("CREATE TABLE t (id BIGINT, zsbh VARCHAR(60), v BIGINT, deleted BIGINT, gxsj VARCHAR(30))");
    database_.run(
        "INSERT INTO t VALUES (1, 'old', 1, 0, 'a'), (1, 'new', 2, 0, 'b'), (1, 'gone', 3, 1, 'c'), "
        "(2, 'none', NULL, 0, 'd'), (2, 'some', 1, 0, 'e')");
    definition_.from = "t";
    definition_.person.clear();
    definition_.where = "deleted = 0";
    definition_.latestBy = "v";
    columns_ = {"zsbh"};
    ASSERT_TRUE(source().scan({}, "", 100, collecting()));
    EXPECT_EQ(seen(), (Keys{"new", "some"}));
    rows_.clear();
    ASSERT_TRUE(source().sweep(collecting(), {}));
    EXPECT_EQ(seen(), (Keys{"new", "some"}));
}

TEST_P(ScanTest, AQueryOfTheUsersOwnAndNamesInAnotherCaseWork) {
    makeTable();
    insert(1, "n", "2026-01-01");
    definition_.from = "(SELECT * FROM zs WHERE id > 0)";
    columns_ = {"ID", "Zsbh"};
    definition_.number = "ZSBH";
    const auto end = source().scan({}, "", 100, collecting());
    ASSERT_TRUE(end) << end.error().code;
    EXPECT_EQ(rows_.at(0), (SeenRow{"1", "n"}));
}

TEST_P(ScanTest, StaysBelowTheRowsPerSecond) {
    makeTable();
    for (int id = 1; id <= 25; ++id) insert(id, "n", "2026-01-01");
    settings_.rowsPerSecond = 5;
    settings_.pageRows = 10;
    ASSERT_TRUE(source().scan({}, "", 100, collecting()));
    EXPECT_EQ(rows_.size(), 25U);
    EXPECT_GE(clock_.waited(), std::chrono::seconds{4});
    EXPECT_LE(clock_.waited(), std::chrono::seconds{5});
}

TEST_P(ScanTest, WithoutAWatermarkThereIsNoScan) {
    makeTable();
    definition_.changedAt.clear();
    const auto end = source().scan({}, "", 100, collecting());
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().code, "no_watermark");
}

}  // namespace
}  // namespace lianzheng::test
