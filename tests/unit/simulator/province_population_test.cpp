#include <gtest/gtest.h>

#include <set>

#include "tests/simulator/common/check_digits.h"
#include "tests/simulator/province/photo.h"
#include "tests/unit/simulator/province_truth.h"

namespace lianzheng::sim::province {
namespace {

TEST(PopulationTest, TheSameSeedMakesTheSameProvinceAndAnotherSeedAnother) {
    const SmallProvince one(800, 300);
    const SmallProvince two(800, 300);
    const SmallProvince other(800, 300, 0.01, 8);
    for (const char* file : {"truth.jsonl", "manifest.jsonl", "national-seed.jsonl"}) {
        EXPECT_EQ(one.scratch.text(file), two.scratch.text(file)) << file;
    }
    EXPECT_NE(one.scratch.text("truth.jsonl"), other.scratch.text("truth.jsonl"));
    const std::string digest = "SELECT group_concat(ZSID || GXSJ || XM || ZJHM || YXQZ || ZPBB) FROM V_ANGUAN";
    EXPECT_EQ(one.value(digest), two.value(digest));
}

TEST(PopulationTest, TheTruthSatisfiesEveryHoldingRule) {
    const SmallProvince province(6000);
    const auto broken = brokenHoldingRules(province.truth());
    EXPECT_TRUE(broken.empty()) << broken.size() << " violations, first: " << broken.front();
}

TEST(PopulationTest, NumbersAndPeopleAreUniqueAndWellFormed) {
    const SmallProvince province(3000, 0, 0);
    std::set<std::string> numbers;
    std::map<std::string, std::string> people;
    for (const auto& line : province.scratch.lines("truth.jsonl"))
        EXPECT_TRUE(numbers.insert(line.at("certNum")).second);
    for (const TruthLine& line : province.truth()) {
        if (!line.pushed) continue;
        const std::string number = line.record.at("identityCard");
        if (line.record.at("identityCardType") == "111") {
            EXPECT_EQ(number.size(), 18U);
            EXPECT_EQ(number.back(), identityCheck(number.substr(0, 17)));
        }
        const auto [known, isNew] = people.emplace(number, line.record.at("name"));
        EXPECT_TRUE(isNew || known->second == line.record.at("name"));
        const std::string code = line.record.at("creditCode");
        EXPECT_EQ(code.back(), creditCheck(code.substr(0, 17)));
    }
}

TEST(PopulationTest, EveryCategoryStateAndPlaceOccurs) {
    const SmallProvince province(8000, 5000);
    std::map<std::string, int> categories;
    std::set<std::string> states;
    for (const TruthLine& line : province.truth()) {
        if (!line.pushed) continue;
        ++categories[line.record.at("categoryCode").substr(0, 1)];
        states.insert(line.record.at("certState"));
    }
    EXPECT_EQ(states, (std::set<std::string>{"01", "02", "03", "04", "06", "07", "99"}));
    EXPECT_NEAR(categories["A"], 0.2 * 8000, 400);
    EXPECT_NEAR(categories["B"], 0.3 * 8000, 400);
    EXPECT_NEAR(categories["C"], 0.5 * 8000, 500);
    EXPECT_EQ(province.value("SELECT count(DISTINCT ZSLX) FROM V_ANGUAN"), "6");
    EXPECT_EQ(province.value("SELECT count(DISTINCT substr(XZQH, 1, 4)) FROM V_ANGUAN"), "18");
    EXPECT_EQ(province.value("SELECT count(DISTINCT HYLB) FROM V_ANGUAN WHERE XZQH = '371100'"), "2");
    EXPECT_NE(province.value("SELECT count(*) FROM V_ANGUAN WHERE XZQH = '370211'"), "0");
}

TEST(PopulationTest, EveryReasonOfTheManifestOccursAndEachRowHasOneDefect) {
    const SmallProvince province(3000, 0, 0.05);
    const auto truth = province.truthByKey();
    std::set<std::string> reasons;
    std::set<std::string> keys;
    int normalised = 0;
    for (const auto& line : province.scratch.lines("manifest.jsonl")) {
        EXPECT_TRUE(keys.insert(line.at("sourceKey")).second);
        const TruthLine& expected = truth.at(line.at("sourceKey"));
        const bool blocked = line.at("expect") == "blocked";
        EXPECT_EQ(expected.sound, !blocked);
        EXPECT_EQ(expected.pushed, !blocked);
        if (blocked) {
            reasons.insert(line.at("reason"));
            continue;
        }
        ++normalised;
        if (line.at("field") != "certNum") {
            EXPECT_EQ(expected.record.at(line.at("field")), line.at("value"));
        }
    }
    const std::set<std::string> all{"missing",    "pattern",       "too_long",           "no_code",      "bad_date",
                                    "date_order", "check_digit",   "identity_disagrees", "identity_15",  "private_use",
                                    "encoding",   "photo_missing", "photo_too_large",    "photo_format", "duplicate"};
    EXPECT_EQ(reasons, all);
    EXPECT_GT(normalised, 10);
    EXPECT_EQ(static_cast<std::int64_t>(keys.size()), province.tally.blocked + province.tally.normalised);
}

TEST(PopulationTest, ExactlyAsManyAsAskedAreRegisteredAndTheSeedEqualsTheTruth) {
    const SmallProvince province(3000, 1800);
    const auto truth = province.truth();
    std::map<std::string, std::map<std::string, std::string>> seeds;
    std::size_t dashed = 0;
    for (const auto& line : province.scratch.lines("national-seed.jsonl")) {
        dashed += line.at("eCertID").size() == 36 ? 1U : 0U;
        EXPECT_TRUE(seeds.emplace(line.at("certNum"), line).second);
    }
    EXPECT_EQ(seeds.size(), 1800U);
    EXPECT_GT(dashed, 10U);
    const auto lines = province.scratch.lines("truth.jsonl");
    std::size_t met = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto seed = seeds.find(lines[i].at("certNum"));
        if (seed == seeds.end()) continue;
        ++met;
        ASSERT_TRUE(truth[i].pushed);
        for (const auto& [field, value] : truth[i].record) EXPECT_EQ(seed->second.at(field), value) << field;
    }
    EXPECT_EQ(met, 1800U);
}

TEST(PopulationTest, APhotoIsASmallJpegOf300DotsPerInchAndDiffersByPerson) {
    const std::string photo = makePhoto(42);
    EXPECT_GE(photo.size(), 1024U);
    EXPECT_LE(photo.size(), 3072U);
    EXPECT_EQ(photo.substr(0, 4), "\xFF\xD8\xFF\xE0");
    EXPECT_EQ(photo.substr(photo.size() - 2), "\xFF\xD9");
    EXPECT_EQ(photo.substr(13, 5), std::string("\x01\x01\x2C\x01\x2C", 5));
    EXPECT_NE(photoVersion(photo), photoVersion(makePhoto(43)));
}

}  // namespace
}  // namespace lianzheng::sim::province
