#include <algorithm>

#include "tests/contract/provincial/source_fixture.h"

namespace lianzheng::test {
namespace {

class RangesTest : public SourceTest {
protected:
    RangesTest() {
        makeTable();
        for (int id = 1; id <= 20; ++id) insert(id, "鲁建安C3（2023）00000" + std::to_string(id), "2026-01-01");
        settings_.portionRows = 3;
    }

    /// Reads those of `wanted`, or else all; what the ranges come to stays in digests_, where they lie in ranges_.
    bool read(const std::optional<WantedRanges>& wanted = WantedRanges(kRanges, true),
              const std::vector<bool>& columns = {true, true, true}) {
        rows_.clear();
        ranges_.clear();
        const ChooseRanges choose = [&](const RangeDigests& digests) {
            digests_ = digests;
            if (meanwhile_) meanwhile_();
            return wanted;
        };
        const RowSink sink = collecting();
        const auto there = source().sweepRanges(
            columns, choose,
            [&](std::uint32_t range, std::span<const Cell> cells) {
                ranges_.push_back(range);
                return sink(cells);
            },
            stop_.get_token());
        EXPECT_TRUE(there) << there.error().code;
        return there.value_or(false);
    }

    /// The ranges that have come to something else by now.
    std::vector<std::uint32_t> changed(const std::vector<bool>& columns = {true, true, true}) {
        const RangeDigests before = digests_;
        EXPECT_TRUE(read(std::nullopt, columns));
        EXPECT_TRUE(rows_.empty());
        std::vector<std::uint32_t> ranges;
        for (std::uint32_t range = 0; range < kRanges; ++range) {
            if (before.at(range) != digests_.at(range)) ranges.push_back(range);
        }
        return ranges;
    }

    std::uint32_t rangeOf(std::string_view key) {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (rows_[i].at(0) == key) return ranges_.at(i);
        }
        ADD_FAILURE() << key << " was not read";
        return 0;
    }

    [[nodiscard]] Keys keys() const {
        Keys all = seen();
        std::ranges::sort(all, {}, [](const std::string& key) { return std::stoi(key); });
        return all;
    }

    RangeDigests digests_;
    std::vector<std::uint32_t> ranges_;
    std::function<void()> meanwhile_;
    std::stop_source stop_;
};

class RangesOfSqliteTest : public RangesTest {};
class RangesOfPostgresTest : public RangesTest {};
INSTANTIATE_TEST_SUITE_P(One, RangesOfSqliteTest, ::testing::Values(Dialect::Sqlite), dialectName);
INSTANTIATE_TEST_SUITE_P(One, RangesOfPostgresTest, ::testing::Values(Dialect::Postgres), dialectName);

TEST_P(RangesOfSqliteTest, ItMakesNoDigestsAndReadsNothing) {
    EXPECT_FALSE(read());
    EXPECT_TRUE(digests_.empty());
    EXPECT_TRUE(rows_.empty());
}

TEST_P(RangesOfPostgresTest, EveryRowOfEveryRangeComesOnceAndNothingChangesByReading) {
    ASSERT_TRUE(read());
    EXPECT_EQ(rows_.size(), 20U);
    EXPECT_EQ(keys().front(), "1");
    EXPECT_EQ(keys().back(), "20");
    EXPECT_EQ(rows_.at(0).at(2), "张三");
    for (const std::uint32_t range : ranges_) EXPECT_FALSE(digests_.at(range).none());
    std::ranges::sort(ranges_);
    const auto twice = std::ranges::unique(ranges_);
    ranges_.erase(twice.begin(), twice.end());
    const auto filled = std::ranges::count_if(digests_, [](const Digest& digest) { return !digest.none(); });
    EXPECT_EQ(static_cast<std::size_t>(filled), ranges_.size());
    EXPECT_TRUE(changed().empty());
}

TEST_P(RangesOfPostgresTest, OnlyTheWantedRangesAreRead) {
    ASSERT_TRUE(read());
    const std::uint32_t seventh = rangeOf("7");
    WantedRanges one(kRanges);
    one[seventh] = true;
    ASSERT_TRUE(read(one));
    EXPECT_EQ(keys(), Keys{"7"});
    // So many that the statement does not name them.
    WantedRanges allButOne(kRanges, true);
    allButOne[seventh] = false;
    ASSERT_TRUE(read(allButOne));
    EXPECT_EQ(rows_.size(), 19U);
    ASSERT_TRUE(read(WantedRanges(kRanges)));
    EXPECT_TRUE(rows_.empty());
}

TEST_P(RangesOfPostgresTest, WhateverChangesInARowChangesItsRangeAlone) {
    ASSERT_TRUE(read());
    const std::vector<std::uint32_t> fifth{rangeOf("5")};
    for (const char* change : {"xm = '李四'", "xm = ''", "xm = NULL", "xm = zsbh, zsbh = '张三'", "zsbh = 'x,y'",
                               "zsbh = 'x', xm = 'y'", "xm = 'Y'", "xm = 'y '"}) {
        database_.run(std::string("UPDATE zs SET ") + change + " WHERE id = 5");
        EXPECT_EQ(changed(), fifth) << change;
        EXPECT_TRUE(changed().empty());
    }
    database_.run("DELETE FROM zs WHERE id = 5");
    EXPECT_EQ(changed(), fifth);
    EXPECT_TRUE(digests_.at(fifth.front()).none());
    insert(5, "x", "2026-01-01");
    EXPECT_EQ(changed(), fifth);
}

TEST_P(RangesOfPostgresTest, TwoRowsThatAreAlikeAreNotNone) {
    database_.run("ALTER TABLE zs DROP CONSTRAINT zs_pkey");
    ASSERT_TRUE(read());
    const std::vector<std::uint32_t> fifth{rangeOf("5")};
    insert(5, "n", "2026-01-01");
    EXPECT_EQ(changed(), fifth);
    insert(5, "n", "2026-01-01");
    EXPECT_EQ(changed(), fifth);
    database_.run("UPDATE zs SET zsbh = 'm' WHERE zsbh = 'n'");
    EXPECT_EQ(changed(), fifth);
}

TEST_P(RangesOfPostgresTest, WhereTheyLieAndWhatIsNotReadChangesNothing) {
    const std::vector<bool> columns{true, true, false};
    ASSERT_TRUE(read(WantedRanges(kRanges, true), columns));
    EXPECT_EQ(rows_.at(0).at(2), kNull);
    database_.run("UPDATE zs SET xm = '李四', gxsj = '2026-02-02' WHERE id < 9");
    EXPECT_TRUE(changed(columns).empty());
}

TEST_P(RangesOfPostgresTest, TextsThatACollationHoldsEqualAreNotTheSame) {
    database_.run("CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
    database_.run("ALTER TABLE zs ALTER COLUMN xm TYPE VARCHAR(60) COLLATE any_case");
    database_.run("UPDATE zs SET xm = 'abc' WHERE id = 5");
    ASSERT_TRUE(read());
    const std::vector<std::uint32_t> fifth{rangeOf("5")};
    database_.run("UPDATE zs SET xm = 'ABC' WHERE id = 5");
    EXPECT_EQ(changed(), fifth);
}

TEST_P(RangesOfPostgresTest, WhatIsReadIsWhatTheDigestsStandFor) {
    meanwhile_ = [this] {
        database_.run("UPDATE zs SET xm = '李四'");
        database_.run("DELETE FROM zs WHERE id = 3");
    };
    ASSERT_TRUE(read());
    EXPECT_EQ(rows_.size(), 20U);
    for (const SeenRow& row : rows_) EXPECT_EQ(row.at(2), "张三");
    meanwhile_ = {};
    EXPECT_FALSE(changed().empty());
}

TEST_P(RangesOfPostgresTest, ADatabaseThatCannotSayIsReadInAnotherWay) {
    database_.run(
        "CREATE FUNCTION hashtextextended(text, bigint) RETURNS bigint LANGUAGE plpgsql AS "
        "'BEGIN RAISE undefined_function; END'");
    settings_.address.url += " options='-csearch_path=" + database_.value("SELECT current_schema()") + ",pg_catalog'";
    EXPECT_FALSE(read());
    EXPECT_TRUE(digests_.empty());
    EXPECT_EQ(*source().sweepUnordered({true, true, true}, collecting(), {}), 20U);
}

TEST_P(RangesOfPostgresTest, ItKeepsThePaceAndEndsWithTheSinkOrAStop) {
    settings_.rowsPerSecond = 3;
    ASSERT_TRUE(read());
    EXPECT_EQ(rows_.size(), 20U);
    EXPECT_GE(clock_.waited(), std::chrono::seconds{6});
    endAfter_ = 2;
    ASSERT_TRUE(read());
    EXPECT_EQ(rows_.size(), 2U);
    stop_.request_stop();
    const auto stopped = source().sweepRanges(
        {true, true, true}, [](const RangeDigests&) { return std::nullopt; },
        [](std::uint32_t, std::span<const Cell>) { return true; }, stop_.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().fault, Fault::Cancelled);
}

}  // namespace
}  // namespace lianzheng::test
