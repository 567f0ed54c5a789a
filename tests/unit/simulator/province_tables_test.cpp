#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/simulator/province_truth.h"

namespace lianzheng::sim::province {
namespace {

std::string planOf(SmallProvince& province, const std::string& sql) {
    std::string plan;
    for (const Row& row : province.database->read("EXPLAIN QUERY PLAN " + sql)) plan += row[3].value_or("") + "\n";
    return plan;
}

TEST(ProvinceTablesTest, TheViewHasOneRowACertificate) {
    SmallProvince province(1500, 700);
    EXPECT_EQ(province.value("SELECT count(*) FROM V_ANGUAN"), "1500");
    EXPECT_EQ(province.value("SELECT count(DISTINCT ZSID) FROM V_ANGUAN"), "1500");
}

TEST(ProvinceTablesTest, AKeysetScanAndALookUpByNumberAreServedByAnIndex) {
    SmallProvince province(1500);
    const std::string scan = planOf(
        province,
        "SELECT * FROM V_ANGUAN WHERE (GXSJ, ZSID) > ('2026-01-01 00:00:00', 'SD') ORDER BY GXSJ, ZSID LIMIT 10");
    EXPECT_NE(scan.find("IX_ZS_GXSJ"), std::string::npos) << scan;
    EXPECT_EQ(scan.find("TEMP B-TREE"), std::string::npos) << scan;
    const std::string byNumber = planOf(province, "SELECT * FROM V_ANGUAN WHERE ZSBH = 'x'");
    EXPECT_NE(byNumber.find("IX_ZS_ZSBH"), std::string::npos) << byNumber;
}

TEST(ProvinceTablesTest, NothingChangedTodayOrLater) {
    SmallProvince province(1500, 700);
    EXPECT_LT(province.value("SELECT max(GXSJ) FROM V_ANGUAN"), "2026-11-23");
    EXPECT_EQ(province.value("SELECT count(*) FROM V_ANGUAN WHERE ZZSJ > GXSJ"), "0");
}

TEST(ProvinceTablesTest, ShuffledRowsAreStoredOutOfKeyOrder) {
    const Scratch scratch;
    ProvinceOptions options;
    options.population = {.size = 500, .seed = 3, .today = *parseDate("2026-11-23"), .shuffle = true};
    options.photos = false;
    options.population.scope = {.anyBytes = true, .photos = false};
    options.out = scratch.str();
    const auto database = openSqlite(scratch.path("p.db").string());
    makeProvince(*database, options);
    std::vector<std::string> keys;
    for (const Row& row : database->read("SELECT ZSID FROM T_AQSC_ZS NOT INDEXED ORDER BY rowid"))
        keys.push_back(*row[0]);
    EXPECT_FALSE(std::is_sorted(keys.begin(), keys.end()));
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
    EXPECT_EQ(keys.front(), "SD0000000001");
    EXPECT_EQ(keys.back(), "SD0000000500");
    EXPECT_EQ(database->read("SELECT count(*) FROM V_ANGUAN WHERE ZP IS NOT NULL")[0][0], "0");
    EXPECT_EQ(database->read("SELECT count(*) FROM V_ANGUAN WHERE ZPBB IS NULL")[0][0], "0");
}

}  // namespace
}  // namespace lianzheng::sim::province
