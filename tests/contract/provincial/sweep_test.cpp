#include "tests/contract/provincial/source_fixture.h"

#include <algorithm>

namespace lianzheng::test {
namespace {

class SweepTest : public SourceTest {
protected:
    void insertSome() {
        insert(1, "鲁建安C3（2023）0000002", "2026-01-01");
        insert(2, "b", "2026-01-01");
        insert(3, "B", kNull);
        insert(4, kNull, "2026-01-01");
        insert(5, "b", "2026-01-01");
        insert(6, "鲁建安B（2023）0000001", "2026-01-01");
        insert(7, kNull, "2026-01-01");
        insert(8, "a", "2026-01-01");
        insert(9, "b", "2026-01-01");
        insert(10, kNull, "2026-01-01");
        insert(11, kNull, "2026-01-01");
    }

    /// Where the rows without a number stand differs.
    [[nodiscard]] Keys expected() const {
        return GetParam() == Dialect::Sqlite ? Keys{"4", "7", "10", "11", "3", "8", "2", "5", "9", "6", "1"}
                                             : Keys{"3", "8", "2", "5", "9", "6", "1", "4", "7", "10", "11"};
    }
};
LIANZHENG_ON_BOTH(SweepTest);

TEST_P(SweepTest, EveryRowComesInTheOrderOfTheNumbersBytes) {
    makeTable();
    insertSome();
    const auto rows = source().sweep(collecting(), {});
    ASSERT_TRUE(rows) << rows.error().code;
    EXPECT_EQ(*rows, 11U);
    EXPECT_EQ(seen(), expected());
}

TEST_P(SweepTest, WithoutAnIndexTheOrderIsTheSame) {
    makeTable();
    insertSome();
    database_.run("DROP INDEX zs_zsbh");
    ASSERT_TRUE(source().sweep(collecting(), {}));
    EXPECT_EQ(seen(), expected());
    EXPECT_FALSE(source().health()->sweepUsesIndex);
}

TEST_P(SweepTest, HealthKnowsTheIndexes) {
    makeTable();
    insertSome();
    const auto health = source().health();
    ASSERT_TRUE(health) << health.error().code;
    EXPECT_TRUE(health->sweepUsesIndex);
    EXPECT_TRUE(health->scanUsesIndex);
    EXPECT_EQ(health->rows, 11U);
    EXPECT_EQ(health->columns, (Keys{"id", "zsbh", "xm", "sfzh", "gxsj"}));
    database_.run("DROP INDEX zs_gxsj");
    EXPECT_FALSE(source().health()->scanUsesIndex);
}

TEST_P(SweepTest, EndsWhenTheSinkWantsNoMoreAndCanBeginAgain) {
    makeTable();
    insertSome();
    endAfter_ = 2;
    EXPECT_EQ(*source().sweep(collecting(), {}), 2U);
    rows_.clear();
    endAfter_ = SIZE_MAX;
    EXPECT_EQ(*source().sweep(collecting(), {}), 11U);
}

TEST_P(SweepTest, EndsAfterAPageWhenAStopIsRequested) {
    makeTable();
    insertSome();
    std::stop_source stop;
    std::size_t rows = 0;
    const RowSink stopping = [&](std::span<const Cell>) {
        ++rows;
        stop.request_stop();
        return true;
    };
    const auto stopped = source().sweep(stopping, stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().fault, Fault::Cancelled);
    EXPECT_LE(rows, settings_.pageRows);
}

TEST_P(SweepTest, HoldsNoLockBetweenPagesOfAnIndexedSource) {
    makeTable();
    insertSome();
    settings_.rowsPerSecond = 3;
    // SQLite's writers would wait for a reader of the old journal; the time-out is short, so a lock would show.
    if (GetParam() == Dialect::Sqlite) database_.run("PRAGMA journal_mode = DELETE");
    ASSERT_TRUE(source().sweep(collecting(), {}));
    EXPECT_EQ(rows_.size(), 11U);
    insert(12, "z", "2026-01-01");
}

TEST_P(SweepTest, AViewWithAJoinWorks) {
    makeTable();
    insertSome();
    database_.run("CREATE TABLE ry (sfzh VARCHAR(20), sr DATE)");
    database_.run("INSERT INTO ry VALUES ('p', '1990-01-02')");
    database_.run(
        "CREATE VIEW v AS SELECT z.id, z.zsbh, z.xm, z.sfzh, z.gxsj, r.sr FROM zs z LEFT JOIN ry r ON "
        "r.sfzh = z.sfzh");
    definition_.from = "v";
    definition_.baseTable = "zs";
    columns_ = {"id", "sr"};
    ASSERT_TRUE(source().sweep(collecting(), {}));
    EXPECT_EQ(seen(), expected());
    EXPECT_EQ(rows_.at(0).at(1), "1990-01-02");
    EXPECT_EQ(source().health()->baseRows, 11U);
}

TEST_P(SweepTest, UnorderedEveryRowComesOnceWithTheWantedColumnsAlone) {
    makeTable();
    insertSome();
    settings_.portionRows = 2;
    const auto rows = source().sweepUnordered({true, false, true}, collecting(), {});
    ASSERT_TRUE(rows) << rows.error().code;
    EXPECT_EQ(*rows, 11U);
    EXPECT_EQ(seen(), (Keys{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}));
    EXPECT_EQ(rows_.at(0), (SeenRow{"1", kNull, "张三"}));
}

TEST_P(SweepTest, UnorderedRowsOfOneKeyAndOfNoneAreNotTornApart) {
    database_.run(
        "CREATE TABLE zs (id VARCHAR(20), zsbh VARCHAR(60), xm VARCHAR(60), gxsj VARCHAR(30), sfzh VARCHAR(20))");
    database_.run("CREATE INDEX zs_id ON zs (id)");
    for (const char* id : {"NULL", "'b'", "'a'", "NULL", "'b'", "'b'", "'c'", "NULL", "'10'", "'9'"}) {
        database_.run(std::string("INSERT INTO zs VALUES (") + id + ", 'n', 'x', 't', 'p')");
    }
    definition_.keyIsNumber = false;
    settings_.portionRows = 1;
    ASSERT_EQ(*source().sweepUnordered({true, true, true}, collecting(), {}), 10U);
    Keys keys = seen();
    std::ranges::sort(keys);
    EXPECT_EQ(keys, (Keys{"10", "9", "a", "b", "b", "b", "c", kNull, kNull, kNull}));
}

TEST_P(SweepTest, UnorderedWithoutAnIndexOnTheKeyTheRowsComeAllTheSame) {
    database_.run("CREATE TABLE zs (id BIGINT, zsbh VARCHAR(60), xm VARCHAR(60), gxsj VARCHAR(30), sfzh VARCHAR(20))");
    for (int id = 7; id > 0; --id)
        database_.run("INSERT INTO zs VALUES (" + std::to_string(id) + ", 'n', 'x', 't', 'p')");
    settings_.portionRows = 2;
    EXPECT_EQ(*source().sweepUnordered({true, true, false}, collecting(), {}), 7U);
    EXPECT_EQ(seen(), (Keys{"7", "6", "5", "4", "3", "2", "1"}));
}

TEST_P(SweepTest, UnorderedItHoldsNoLockBetweenPortionsAndKeepsThePace) {
    makeTable();
    insertSome();
    settings_.rowsPerSecond = 3;
    if (GetParam() == Dialect::Sqlite) database_.run("PRAGMA journal_mode = DELETE");
    ASSERT_TRUE(source().sweepUnordered({true, true, true}, collecting(), {}));
    EXPECT_EQ(rows_.size(), 11U);
    EXPECT_GE(clock_.waited(), std::chrono::seconds{3});
    insert(12, "z", "2026-01-01");
}

TEST_P(SweepTest, UnorderedItEndsWithTheSinkAndIsCancelledByAStop) {
    makeTable();
    insertSome();
    endAfter_ = 2;
    EXPECT_EQ(*source().sweepUnordered({true, true, true}, collecting(), {}), 2U);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = source().sweepUnordered({true, true, true}, collecting(), stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().fault, Fault::Cancelled);
}

}  // namespace
}  // namespace lianzheng::test
