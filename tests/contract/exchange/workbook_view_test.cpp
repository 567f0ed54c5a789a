#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <array>
#include <fstream>
#include <stop_token>
#include <thread>
#include <utility>

#include "tests/contract/exchange/view_reading.h"
#include "tests/postgres/test_database.h"

namespace lianzheng::test {
namespace {

/// A sheet being written; rows and columns from 0.
class Workbook {
public:
    explicit Workbook(const std::filesystem::path& file)
        : book_(workbook_new(file.c_str())), sheet_(workbook_add_worksheet(book_, nullptr)) {}

    void text(unsigned row, std::uint16_t column, const std::string& value) {
        worksheet_write_string(sheet_, row, column, value.c_str(), nullptr);
    }
    void texts(unsigned row, std::initializer_list<std::string> values) {
        std::uint16_t column = 0;
        for (const std::string& value : values) text(row, column++, value);
    }
    void number(unsigned row, std::uint16_t column, double value, const char* shown = nullptr) {
        lxw_format* format = nullptr;
        if (shown != nullptr) {
            format = workbook_add_format(book_);
            format_set_num_format(format, shown);
        }
        worksheet_write_number(sheet_, row, column, value, format);
    }
    /// Shown in one of the formats that Excel numbers, which differ from country to country.
    void numberOf(unsigned row, std::uint16_t column, double value, std::uint8_t numbered) {
        lxw_format* const format = workbook_add_format(book_);
        format_set_num_format_index(format, numbered);
        worksheet_write_number(sheet_, row, column, value, format);
    }
    void blank(unsigned row, std::uint16_t column) {
        lxw_format* const format = workbook_add_format(book_);
        format_set_bold(format);
        worksheet_write_blank(sheet_, row, column, format);
    }
    void close() { ASSERT_EQ(workbook_close(book_), LXW_NO_ERROR); }

private:
    lxw_workbook* book_;
    lxw_worksheet* sheet_;
};

class WorkbookViewTest : public ::testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file() const { return place_.directory() / "view.xlsx"; }
    [[nodiscard]] std::unique_ptr<ExchangeView> view(std::string converter = "/usr/bin/xlsx2csv") const {
        return makeExchangeView({.address = {},
                                 .file = file().string(),
                                 .table = {},
                                 .scratchDirectory = place_.directory().string(),
                                 .xlsxConverter = std::move(converter)});
    }
    /// A program of ours in the converter's place.
    [[nodiscard]] std::string program(const std::string& script) const {
        const std::filesystem::path path = place_.directory() / "converter";
        std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        return path.string();
    }
    /// The one row of a sheet with a number and a day.
    void checkDay(std::string_view expected) {
        const ViewReading reading = readAll(*view());
        ASSERT_TRUE(reading.count) << reading.count.error().code;
        ASSERT_EQ(reading.rows.size(), 1U);
        EXPECT_EQ(reading.rows[0].record[Field::ExpiringDate], expected);
    }

    TestDatabase place_{Dialect::Sqlite};
};

TEST_F(WorkbookViewTest, RowsAreThoseOfTheFirstSheet) {
    Workbook book(file());
    book.texts(0, {"certNum", "name", "companyName", "note", "collected"});
    book.texts(1, {kC1, "丙", "甲,\"乙\"\n公司", "x", "1"});
    book.texts(3, {kB1, "乙"});
    book.blank(4, 0);
    book.blank(4, 9);
    book.texts(5, {"rubbish"});
    book.close();
    const ViewReading reading = readAll(*view());
    ASSERT_TRUE(reading.count) << reading.count.error().code;
    EXPECT_EQ(reading.numbers(), (Numbers{kB1, kC1, "?rubbish"})) << "what only has a format is no row";
    EXPECT_EQ(reading.rows[1].record[Field::CompanyName], "甲,\"乙\"\n公司");
    EXPECT_TRUE(reading.rows[1].collected);
    EXPECT_EQ(*view()->shownFields(), (std::vector<Field>{Field::CertNum, Field::Name, Field::CompanyName}));
}

TEST_F(WorkbookViewTest, TextCellsStayAsTheyAreAndASpoiledNumberIsSeenForWhatItIs) {
    Workbook book(file());
    book.texts(0, {"certNum", "identityCard", "creditCode", "certState", "gender"});
    book.texts(1, {kB1, "370102194912310020", "113700000045030270", "01", "0"});
    book.text(2, 0, kB2);
    book.number(2, 1, 370102194912310020.0);
    book.number(2, 4, 1);
    book.close();
    const ViewReading reading = readAll(*view());
    ASSERT_TRUE(reading.count) << reading.count.error().code;
    ASSERT_EQ(reading.rows.size(), 2U);
    const Certificate& sound = reading.rows[0].record;
    EXPECT_EQ(sound[Field::IdentityCard], "370102194912310020");
    EXPECT_EQ(sound[Field::CreditCode], "113700000045030270");
    EXPECT_EQ(sound[Field::CertState], "01");
    EXPECT_EQ(reading.rows[1].record[Field::Gender], "1");
    EXPECT_NE(reading.rows[1].record[Field::IdentityCard].find("E+17"), std::string::npos)
        << "not made up to eighteen digits that look sound";
}

TEST_F(WorkbookViewTest, DateCellsAreDaysHoweverTheyAreShown) {
    const std::array<const char*, 6> shown{"yyyy-mm-dd", "yyyy/m/d h:mm",   "[$-804]yyyy\"年\"m\"月\"d\"日\"",
                                           "m/d/yy",     "[$-zh-CN]yyyy年", "0"};
    for (const char* format : shown) {
        Workbook book(file());
        book.texts(0, {"certNum", "expiringDate"});
        book.text(1, 0, kB1);
        book.number(1, 1, 46204.5, format);
        book.close();
        SCOPED_TRACE(format);
        checkDay("2026-07-01");
    }
    for (const std::uint8_t numbered : std::to_array<std::uint8_t>({14, 22, 31, 57})) {
        Workbook book(file());
        book.texts(0, {"certNum", "expiringDate"});
        book.text(1, 0, kB1);
        book.numberOf(1, 1, 46204, numbered);
        book.close();
        SCOPED_TRACE(numbered);
        checkDay("2026-07-01");
    }
}

TEST_F(WorkbookViewTest, DaysThatAreTextOrEightDigitsAreReadToo) {
    Workbook book(file());
    book.texts(0, {"certNum", "expiringDate", "issuDate"});
    book.texts(1, {kB1, "2026年7月1日"});
    book.number(1, 2, 20260701);
    book.close();
    checkDay("2026-07-01");
    EXPECT_EQ(readAll(*view()).rows[0].record[Field::IssuDate], "2026-07-01");
}

TEST_F(WorkbookViewTest, ManyRowsAndAnEarlyEnd) {
    Workbook book(file());
    book.texts(0, {"certNum", "name"});
    for (unsigned row = 1; row <= 3000; ++row)
        book.texts(row, {"鲁建安B（2023）" + std::to_string(1'000'000 + row), "甲"});
    book.close();
    EXPECT_EQ(*readAll(*view()).count, 3000U);
    int rows = 0;
    const auto count = view()->asTheyLie({}, [&](const NationalRow&) { return ++rows < 7; }, {});
    ASSERT_TRUE(count) << "that the converter is ended then is no failure";
    EXPECT_EQ(*count, 7U);
}

TEST_F(WorkbookViewTest, ABrokenWorkbookIsNamed) {
    std::ofstream(file()) << "no workbook";
    ViewReading reading = readAll(*view());
    ASSERT_FALSE(reading.count);
    EXPECT_EQ(reading.count.error().fault, Fault::Corrupt);
    EXPECT_EQ(reading.count.error().code, "no_workbook:view.xlsx");
    EXPECT_EQ(view()->shownFields().error().code, "no_workbook:view.xlsx");

    Workbook book(file());
    book.texts(0, {"certNum", "name"});
    for (unsigned row = 1; row <= 3000; ++row)
        book.texts(row, {"鲁建安B（2023）" + std::to_string(1'000'000 + row), "甲"});
    book.close();
    std::filesystem::resize_file(file(), std::filesystem::file_size(file()) / 2);
    EXPECT_EQ(readAll(*view()).count.error().code, "no_workbook:view.xlsx");
}

TEST_F(WorkbookViewTest, AConverterThatFailsOnTheWayIsNoEnd) {
    std::ofstream(file()) << "";
    const std::string failing = program("echo certNum,name; echo '" + kB1 + ",a'; exit 3");
    EXPECT_EQ(readAll(*view(failing)).count.error().code, "no_workbook:view.xlsx");
    const std::string killed = program("echo certNum,name; printf '\"half'; kill -9 $$");
    EXPECT_EQ(readAll(*view(killed)).count.error().code, "no_workbook:view.xlsx");
}

TEST_F(WorkbookViewTest, AMissingProgramAndAMissingFileAreToldApart) {
    EXPECT_EQ(readAll(*view("/nowhere/xlsx2csv")).count.error().code, "no_file");
    Workbook book(file());
    book.texts(0, {"certNum"});
    book.close();
    const ViewReading reading = readAll(*view("/nowhere/xlsx2csv"));
    ASSERT_FALSE(reading.count);
    EXPECT_EQ(reading.count.error().fault, Fault::Unavailable);
    EXPECT_EQ(reading.count.error().code, "no_converter:view.xlsx");
}

TEST_F(WorkbookViewTest, ASheetWithoutNumbersIsNamed) {
    Workbook book(file());
    book.texts(0, {"name"});
    book.texts(1, {"甲"});
    book.close();
    EXPECT_EQ(readAll(*view()).count.error().code, "column_gone:certNum");
}

TEST_F(WorkbookViewTest, AStopEndsAConverterThatSaysNothing) {
    std::ofstream(file()) << "";
    std::stop_source stop;
    const std::jthread stopping([&] { stop.request_stop(); });
    const auto count = view(program("exec cat /dev/zero >/dev/null"))
                           ->asTheyLie(
                               {}, [](const NationalRow&) { return true; }, stop.get_token());
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().fault, Fault::Cancelled);
}

}  // namespace
}  // namespace lianzheng::test
