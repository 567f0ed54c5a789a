#include <gtest/gtest.h>

#include <array>
#include <map>
#include <optional>

#include "tests/contract/exchange/view_reading.h"
#include "tests/postgres/test_database.h"

namespace lianzheng::test {
namespace {

class DatabaseViewTest : public ::testing::TestWithParam<Dialect> {
protected:
    ExchangeView& view() {
        if (!view_) {
            view_ = makeExchangeView({.address = database_.address(),
                                      .file = {},
                                      .table = "v_anguan",
                                      .scratchDirectory = database_.directory().string()});
        }
        return *view_;
    }

    void makeTable() {
        database_.run(
            "CREATE TABLE v_anguan (certNum VARCHAR(60), name VARCHAR(60), expiringDate VARCHAR(30), "
            "zzeCertID VARCHAR(90), collected INTEGER, other VARCHAR(10))");
    }

    void insert(const std::string& number, const std::string& name = "张三") {
        database_.run("INSERT INTO v_anguan VALUES ('" + number + "', '" + name +
                      "', '2026-03-01 00:00:00', '1.2.156', 1, 'x')");
    }

    TestDatabase database_{GetParam()};
    std::unique_ptr<ExchangeView> view_;
};

INSTANTIATE_TEST_SUITE_P(Both, DatabaseViewTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres),
                         [](const auto& tested) { return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres"; });

TEST_P(DatabaseViewTest, RowsComeInTheOrderOfTheirNumbers) {
    makeTable();
    insert(kC1);
    insert(kB2);
    insert(kB1);
    const ViewReading reading = readAll(view());
    ASSERT_TRUE(reading.count) << reading.count.error().code;
    EXPECT_EQ(*reading.count, 3U);
    EXPECT_EQ(reading.numbers(), (Numbers{kB1, kB2, kC1}));
    EXPECT_EQ(reading.rows[0].record[Field::ExpiringDate], "2026-03-01");
    EXPECT_EQ(reading.rows[0].record[Field::Name], "张三");
    EXPECT_EQ(reading.rows[0].zzeCertId, "1.2.156");
    EXPECT_TRUE(reading.rows[0].collected);
}

TEST_P(DatabaseViewTest, NumbersInOtherSpellingsAreSortedAsWhatTheyMean) {
    makeTable();
    insert(kC1);
    insert("鲁建安b(2023)0000002", "ascii brackets come first as bytes");
    insert(kB1);
    insert("garbage");
    const ViewReading reading = readAll(view());
    ASSERT_TRUE(reading.count) << reading.count.error().code;
    EXPECT_EQ(reading.numbers(), (Numbers{kB1, kB2, kC1, "?garbage"}));
    EXPECT_EQ(reading.rows[1].record[Field::Name], "ascii brackets come first as bytes");
}

TEST_P(DatabaseViewTest, KnowsWhatTheViewCanShow) {
    makeTable();
    const auto fields = view().shownFields();
    ASSERT_TRUE(fields) << fields.error().code;
    EXPECT_EQ(*fields, (std::vector<Field>{Field::CertNum, Field::ExpiringDate, Field::Name}));
}

TEST_P(DatabaseViewTest, AViewWithoutNumbersOrNoViewIsNamed) {
    database_.run("CREATE TABLE something (a INTEGER)");
    EXPECT_EQ(view().shownFields().error().code, "table_gone");
    database_.run("CREATE TABLE v_anguan (name VARCHAR(60))");
    EXPECT_EQ(view().shownFields().error().code, "column_gone:certNum");
    EXPECT_EQ(readAll(view()).count.error().fault, Fault::Corrupt);
}

TEST_P(DatabaseViewTest, ManyRowsAndAnEarlyEnd) {
    makeTable();
    for (int i = 0; i < 45; ++i) insert("鲁建安B（2023）00000" + std::to_string(10 + i));
    int rows = 0;
    const auto count = view().ordered([&](const NationalRow&) { return ++rows < 7; }, {});
    ASSERT_TRUE(count);
    EXPECT_EQ(*count, 7U);
    EXPECT_EQ(readAll(view()).rows.size(), 45U);
}

TEST_P(DatabaseViewTest, AStopIsCancelledAndNotAnEnd) {
    makeTable();
    insert(kB1);
    std::stop_source stop;
    stop.request_stop();
    const auto count = view().ordered([](const NationalRow&) { return true; }, stop.get_token());
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().fault, Fault::Cancelled);
}

TEST_P(DatabaseViewTest, AsTheyLieOnlyWhatIsAskedForIsFilled) {
    makeTable();
    insert(kC1);
    insert("鲁建安b(2023)0000002");
    insert("garbage");
    const ViewReading reading = readAsTheyLie(view(), std::array{Field::ExpiringDate});
    ASSERT_TRUE(reading.count) << reading.count.error().code;
    EXPECT_EQ(*reading.count, 3U);
    EXPECT_EQ(reading.numbers(), (Numbers{kC1, kB2, "?garbage"}));
    EXPECT_EQ(reading.rows[0].record[Field::ExpiringDate], "2026-03-01");
    EXPECT_EQ(reading.rows[0].record[Field::Name], "");
    EXPECT_EQ(reading.rows[0].zzeCertId, "1.2.156");
}

TEST_P(DatabaseViewTest, RowsAreFoundByTheirNumbers) {
    makeTable();
    std::vector<std::string> wanted;
    for (int i = 0; i < 4500; ++i) wanted.push_back("鲁建安B（2023）" + std::to_string(1'000'000 + i));
    for (const std::string& number : {wanted.front(), kC1, wanted.back(), wanted.back()}) insert(number);
    std::vector<NationalRow> rows;
    const auto found = view().ofNumbers(wanted,
                                        [&](const NationalRow& row) {
                                            rows.push_back(row);
                                            return true;
                                        },
                                        {});
    ASSERT_TRUE(found) << found.error().code;
    EXPECT_TRUE(*found);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].record[Field::CertNum], wanted.front());
    EXPECT_EQ(rows[0].record[Field::Name], "张三");
    EXPECT_EQ(rows[2].record[Field::CertNum], wanted.back());
}

TEST_P(DatabaseViewTest, ACellThatIsNoTextIsNamedByItsColumnAndRow) {
    makeTable();
    insert(kB1);
    insert(kB2, GetParam() == Dialect::Sqlite ? "张\xFF" : "张\x01");  // PostgreSQL itself refuses the other
    insert(kC1);
    const ViewReading reading = readAsTheyLie(view(), std::array{Field::Name});
    ASSERT_FALSE(reading.count);
    EXPECT_EQ(reading.count.error().fault, Fault::Corrupt);
    EXPECT_EQ(reading.count.error().code, "cell:name:2");
    EXPECT_EQ(reading.numbers(), Numbers{kB1});
    const std::array wanted{kC1, kB2};
    const auto found = view().ofNumbers(wanted, [](const NationalRow&) { return true; }, {});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "cell:name:2");
}

class ViewRangesTest : public DatabaseViewTest {
protected:
    ViewRangesTest() {
        makeTable();
        for (const auto& number : {kC1, kB1, kB2}) insert(number);
    }
    /// The numbers of what is read of all ranges but `left`, with the ranges where they lie.
    std::map<std::string, std::uint32_t> read(std::optional<std::uint32_t> left = std::nullopt) {
        std::map<std::string, std::uint32_t> numbers;
        there_ = view().inRanges(
            fields_,
            [&](const RangeDigests& digests) {
                digests_ = digests;
                WantedRanges wanted(kRanges, true);
                if (left) wanted[*left] = false;
                return wanted;
            },
            [&](std::uint32_t range, const NationalRow& row) {
                last_ = row;
                EXPECT_TRUE(numbers.emplace(row.record[Field::CertNum], range).second);
                return true;
            },
            {});
        return numbers;
    }
    const std::vector<Field> fields_{Field::Name};
    Result<bool> there_ = false;
    RangeDigests digests_;
    NationalRow last_;
};
INSTANTIATE_TEST_SUITE_P(Both, ViewRangesTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres),
                         [](const auto& tested) { return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres"; });

TEST_P(ViewRangesTest, PostgresqlSaysWhatHasChangedAndSqliteIsReadWhole) {
    const auto numbers = read();
    ASSERT_TRUE(there_);
    EXPECT_EQ(*there_, GetParam() == Dialect::Postgres);
    if (!*there_) {
        EXPECT_TRUE(numbers.empty());
        return;
    }
    ASSERT_EQ(numbers.size(), 3U);
    EXPECT_EQ(last_.record[Field::Name], "张三");
    EXPECT_EQ(last_.zzeCertId, "1.2.156");
    EXPECT_TRUE(last_.record[Field::ExpiringDate].empty());
    const RangeDigests before = digests_;
    database_.run("UPDATE v_anguan SET expiringDate = '2027-01-01', other = 'y'");
    database_.run("UPDATE v_anguan SET zzeCertID = '1.2.157' WHERE certNum = '" + kB1 + "'");
    const std::uint32_t first = numbers.at(kB1);
    EXPECT_EQ(read(first).size(), 2U);
    EXPECT_NE(digests_.at(first), before.at(first));
    digests_.at(first) = before.at(first);
    EXPECT_EQ(digests_, before);
}

TEST_P(ViewRangesTest, ACellThatIsNoTextIsNamedByItsRow) {
    if (GetParam() == Dialect::Sqlite) return;  // reads nothing in ranges
    database_.run("UPDATE v_anguan SET name = '张' || chr(7) WHERE certNum = '" + kB1 + "'");
    read();
    ASSERT_FALSE(there_);
    EXPECT_EQ(there_.error().code, "cell:name:3");
}

}  // namespace
}  // namespace lianzheng::test
