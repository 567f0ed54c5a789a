#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <fstream>
#include <set>

#include "tests/contract/exchange/view_reading.h"
#include "tests/postgres/test_database.h"

namespace lianzheng::test {
namespace {

class FileViewTest : public ::testing::Test {
protected:
    std::unique_ptr<ExchangeView> view(const std::string& name, std::string_view content) {
        const std::filesystem::path file = place_.directory() / name;
        std::ofstream(file, std::ios::binary) << content;
        return opened(file);
    }

    std::unique_ptr<ExchangeView> compressed(const std::string& name, std::string_view content, std::size_t cut = 0) {
        const std::filesystem::path file = place_.directory() / name;
        const gzFile out = ::gzopen(file.c_str(), "wb");
        ::gzwrite(out, content.data(), static_cast<unsigned>(content.size()));
        ::gzclose(out);
        if (cut != 0) std::filesystem::resize_file(file, std::filesystem::file_size(file) - cut);
        return opened(file);
    }

    std::unique_ptr<ExchangeView> opened(const std::filesystem::path& file) {
        return makeExchangeView(
            {.address = {}, .file = file.string(), .table = {}, .scratchDirectory = place_.directory().string()});
    }

    static std::string codeOf(ExchangeView& view) {
        const ViewReading reading = readAll(view);
        return reading.count ? "none" : reading.count.error().code;
    }

    TestDatabase place_{Dialect::Sqlite};
};

TEST_F(FileViewTest, CsvWithMarkQuotesAndLineEndsOfBothKinds) {
    const auto csv =
        view("a.csv",
             "\xEF\xBB\xBF"
             "certNum,name,\"companyName\",unknown,collected\r\n" +
                 kB1 + ",张三,\"甲,\"\"乙\"\"\n公司\",1,true\r\n\r\n" + kB2 + ",李四,丙,2,0\n" + kC1 + ",,,3,");
    const ViewReading reading = readAll(*csv);
    ASSERT_TRUE(reading.count) << reading.count.error().code;
    EXPECT_EQ(reading.numbers(), (Numbers{kB1, kB2, kC1}));
    EXPECT_EQ(reading.rows[0].record[Field::CompanyName], "甲,\"乙\"\n公司");
    EXPECT_TRUE(reading.rows[0].collected);
    EXPECT_FALSE(reading.rows[1].collected);
    EXPECT_EQ(*csv->shownFields(), (std::vector<Field>{Field::CertNum, Field::Name, Field::CompanyName}));
}

TEST_F(FileViewTest, DaysAreReadInTheWaysViewsWriteThem) {
    std::string csv = "certNum,expiringDate\n";
    for (const char* day :
         {"2026-07-01", "2026-07-01 00:00:00", "2026/7/1", "2026/07/01 0:00", "20260701", "2026.7.1", "2026年7月1日"}) {
        csv += "鲁建安A（2023）0000001," + std::string(day) + "\n";
    }
    csv += "鲁建安A（2023）0000001,soon\n";
    const auto days = view("d.csv", csv);
    std::size_t same = 0;
    std::vector<std::string> other;
    const auto count = days->ordered(
        [&](const NationalRow& row) {
            const std::string& day = row.record[Field::ExpiringDate];
            if (day == "2026-07-01") {
                same += 1;
            } else {
                other.push_back(day);
            }
            return true;
        },
        {});
    ASSERT_TRUE(count);
    EXPECT_EQ(same, 7U);
    EXPECT_EQ(other, std::vector<std::string>{"soon"});
}

TEST_F(FileViewTest, CsvThatIsNotInOrderIsSorted) {
    const auto csv = view("a.csv", "certNum,name\n" + kC1 + ",c\nrubbish,r\n" + kB1 + ",b1\n鲁建安B(2023)0000002,b2\n");
    const ViewReading reading = readAll(*csv);
    ASSERT_TRUE(reading.count);
    EXPECT_EQ(reading.numbers(), (Numbers{kB1, kB2, kC1, "?rubbish"}));
    EXPECT_EQ(reading.rows[0].record[Field::Name], "b1");
    EXPECT_EQ(reading.rows[3].record[Field::Name], "r");
}

TEST_F(FileViewTest, UnreadableNumbersOfAnOrderedFileComeLast) {
    const auto csv = view("a.csv", "certNum\nrubbish\n" + kB1 + "\n\"\"\n" + kC1 + "\n");
    EXPECT_EQ(readAll(*csv).numbers(), (Numbers{kB1, kC1, "?rubbish"})) << "a line of nothing is no record";
}

TEST_F(FileViewTest, ErrorsOfCsvNameTheLineOnWhichTheRecordBegan) {
    EXPECT_EQ(codeOf(*view("a.csv", "certNum,name\n" + kB1 + ",\"a\nb\"\n" + kB2 + ",\"open\n")), "line:4");
    EXPECT_EQ(codeOf(*view("b.csv", "certNum,name\n" + kB1 + ",a\n" + kB2 + "\n")), "line:3");
    EXPECT_EQ(codeOf(*view("c.csv", "certNum,name\n" + kB1 + ",\"a\"b\n")), "line:2");
    EXPECT_EQ(codeOf(*view("d.csv", "certNum,certnum\n")), "line:1");
    EXPECT_EQ(codeOf(*view("e.csv", "certNum,name\n" + kB1 + "," + std::string(2'000'000, 'x') + "\n")), "line:2");
    EXPECT_EQ(codeOf(*view("f.csv", "certNum,name\n" + kB1 + ",a\n" + kB2 + ",\xD5\xC5\n")), "line:3") << "GBK";
    EXPECT_EQ(codeOf(*view("f.csv", "name\nx\n")), "column_gone:certNum");
    EXPECT_EQ(codeOf(*view("g.csv", "")), "column_gone:certNum");
}

TEST_F(FileViewTest, JsonLines) {
    const auto json = view("a.jsonl", R"({"certNum":")" + kC1 + R"(","name":"丙","collected":true,"x":[1]})" + "\n\n" +
                                          R"({"certNum":")" + kB1 + R"(","gender":1,"name":null,"codeId":"abc"})");
    const ViewReading reading = readAll(*json);
    ASSERT_TRUE(reading.count) << reading.count.error().code;
    EXPECT_EQ(reading.numbers(), (Numbers{kB1, kC1}));
    EXPECT_EQ(reading.rows[0].record[Field::Gender], "1");
    EXPECT_EQ(reading.rows[0].record[Field::Name], "");
    EXPECT_EQ(reading.rows[0].codeId, "abc");
    EXPECT_TRUE(reading.rows[1].collected);
    EXPECT_EQ(*json->shownFields(), (std::vector<Field>{Field::CertNum, Field::Name, Field::Gender}));
}

TEST_F(FileViewTest, ErrorsOfJsonNameTheLine) {
    const std::string good = R"({"certNum":")" + kB1 + "\"}\n";
    EXPECT_EQ(codeOf(*view("a.jsonl", good + "{\"certNum\":\n")), "line:2");
    EXPECT_EQ(codeOf(*view("b.jsonl", good + "\n[]\n")), "line:3");
    EXPECT_EQ(codeOf(*view("c.jsonl", good + R"({"certNum":{}})")), "line:2");
    EXPECT_EQ(codeOf(*view("e.jsonl", good + R"({"certNum":"a","name":"\u0000"})")), "line:2");
    EXPECT_EQ(codeOf(*view("d.jsonl", good + std::string(2'000'000, ' '))), "line:2");
}

TEST_F(FileViewTest, AFieldThatALineNamesLateIsShownFromThenOn) {
    std::string content;
    for (int line = 1; line <= 1100; ++line) {
        content += R"({"certNum":")" + kB1 + (line == 1050 ? R"(","technicalTitle":"05"})" : R"("})") + "\n";
    }
    const auto json = view("a.jsonl", content);
    EXPECT_EQ(readAll(*json).rows.size(), 1100U) << "nobody has been told that it is not there";
    EXPECT_EQ(*json->shownFields(), (std::vector<Field>{Field::CertNum}));
    const ViewReading reading = readAsTheyLie(*json, std::array{Field::Name});
    ASSERT_FALSE(reading.count);
    EXPECT_EQ(reading.count.error().code, "late_field:technicalTitle:1050");
    EXPECT_EQ(*json->shownFields(), (std::vector<Field>{Field::CertNum, Field::TechnicalTitle}));
    EXPECT_EQ(readAsTheyLie(*json, std::array{Field::TechnicalTitle}).count.value_or(0), 1100U);
}

TEST_F(FileViewTest, GzipIsKnownByItsContent) {
    EXPECT_EQ(readAll(*compressed("a.csv.gz", "certNum\n" + kB1 + "\n")).numbers(), (Numbers{kB1}));
    EXPECT_EQ(readAll(*compressed("b.csv", "certNum\n" + kB1 + "\n")).numbers(), (Numbers{kB1}));
    EXPECT_EQ(readAll(*compressed("c.jsonl.gz", R"({"certNum":")" + kB1 + "\"}")).numbers(), (Numbers{kB1}));
}

TEST_F(FileViewTest, ACutGzipIsNotTakenForAnEnd) {
    std::string content = "certNum,name\n";
    for (int i = 0; i < 2000; ++i) content += "鲁建安B（2023）000" + std::to_string(1000 + i) + ",x\n";
    EXPECT_NE(codeOf(*compressed("a.csv.gz", content, 12)), "none");
}

TEST_F(FileViewTest, AFileThatIsNotThereIsUnavailable) {
    const auto absent = opened(place_.directory() / "none.csv");
    const ViewReading reading = readAll(*absent);
    ASSERT_FALSE(reading.count);
    EXPECT_EQ(reading.count.error().fault, Fault::Unavailable);
    EXPECT_EQ(reading.count.error().code, "no_file");
}

/// The numbers of the rows that a view gives when asked for some places.
Numbers atPlaces(ExchangeView& view, const std::set<std::uint64_t>& places) {
    ViewReading reading;
    const auto count = view.atPlaces([&](std::uint64_t place) { return places.contains(place); },
                                     [&](const NationalRow& row) {
                                         reading.rows.push_back(row);
                                         return true;
                                     },
                                     {});
    if (!count) return {count.error().code};
    EXPECT_EQ(*count, reading.rows.size());
    return reading.numbers();
}

TEST_F(FileViewTest, LinesAreReadAgainByTheirPlacesWhole) {
    const std::string lines = R"({"certNum":")" + kB1 + R"(","name":"张三"})" + "\n\n" +
                              R"({"name":"李四","certNum":")" + kB2 + R"("})" + "\n" + R"({"certNum":")" + kC1 +
                              R"(","name":"王五"})" + "\n";
    for (const auto& json : {view("a.jsonl", lines), compressed("b.jsonl.gz", lines)}) {
        const ViewReading glance = readAsTheyLie(*json, {});
        ASSERT_EQ(glance.rows.size(), 3U);
        EXPECT_EQ(glance.rows[1].place, 3U);
        EXPECT_EQ(glance.rows[1].record[Field::Name], "");
        EXPECT_EQ(atPlaces(*json, {3}), Numbers{kB2});
        EXPECT_EQ(atPlaces(*json, {1, 4}), (Numbers{kB1, kC1}));
        EXPECT_EQ(atPlaces(*json, {}), Numbers{});
    }
}

TEST_F(FileViewTest, AFileThatIsAnotherOneByNowGivesEveryRow) {
    const auto line = [](const std::string& number) { return R"({"certNum":")" + number + R"("})" + "\n"; };
    const auto json = view("a.jsonl", line(kB1) + line(kB2));
    EXPECT_EQ(atPlaces(*json, {2}), (Numbers{kB1, kB2})) << "nobody has told its places";
    ASSERT_TRUE(readAsTheyLie(*json, {}).count);
    EXPECT_EQ(atPlaces(*json, {2}), Numbers{kB2});
    (void)view("b.jsonl", line(kC1) + line(kB1));
    std::filesystem::rename(place_.directory() / "b.jsonl", place_.directory() / "a.jsonl");
    EXPECT_EQ(atPlaces(*json, {2}), (Numbers{kC1, kB1}));
}

TEST_F(FileViewTest, RowsOfACsvHaveNoPlaces) {
    const auto csv = view("a.csv", "certNum\n" + kB1 + "\n" + kB2 + "\n");
    EXPECT_EQ(readAsTheyLie(*csv, {}).rows[1].place, 0U);
    EXPECT_EQ(atPlaces(*csv, {2}), (Numbers{kB1, kB2}));
}

TEST_F(FileViewTest, ATruncatedFileIsNoticedWhereverOneLooks) {
    const std::string lines = R"({"certNum":")" + kB1 + R"("})" + "\n" + std::string(5000, ' ') + "\n";
    const auto json = compressed("a.jsonl.gz", lines, 9);
    EXPECT_FALSE(readAsTheyLie(*json, {}).count);
    EXPECT_EQ(atPlaces(*json, {7}).size(), 1U);
}

/// Each line names its fields in another order, some in none that is known.
TEST_F(FileViewTest, KeysMayComeInAnyOrder) {
    std::string lines;
    for (int i = 0; i < 8; ++i) {
        const std::string name = "持证人" + std::to_string(i);
        lines += i % 2 == 0 ? R"({"certNum":")" + kB1 + R"(","name":")" + name + "\"}\n"
                            : R"({"x":{},"name":")" + name + R"(","CERTNUM":")" + kB2 + "\"}\n";
    }
    const auto json = view("a.jsonl", lines);
    const ViewReading reading = readAsTheyLie(*json, kFields);
    ASSERT_EQ(reading.rows.size(), 8U);
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_EQ(reading.rows[i].record[Field::CertNum], i % 2 == 0 ? kB1 : kB2);
        EXPECT_EQ(reading.rows[i].record[Field::Name], "持证人" + std::to_string(i));
    }
}

}  // namespace
}  // namespace lianzheng::test
