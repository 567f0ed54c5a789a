#include "field_map_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace lianzheng {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FieldMap loaded(const MappingDirectory& directory, const std::string& yaml) {
    auto map = directory.load(yaml);
    if (!map) {
        std::string all;
        for (const FileProblem& problem : map.error()) all += str(problem) + "\n";
        throw std::runtime_error(all);
    }
    return std::move(*map);
}

TEST(FieldMapSourceTest, TheShippedMappingTellsTheAdapterWhereItsRowsAre) {
    const auto map = FieldMap::load(std::filesystem::path{LIANZHENG_MAPPINGS} / "anguan.yaml");
    ASSERT_TRUE(map) << str(map.error().front());
    const SourceDefinition& source = map->source();
    EXPECT_EQ(source.from, "V_ANGUAN");
    EXPECT_EQ(source.where, "SPZT = '2' AND SCBZ = '0' AND CSBZ = '0'");
    EXPECT_EQ(source.key, "ZSID");
    EXPECT_FALSE(source.keyIsNumber);
    EXPECT_EQ(source.number, "ZSBH");
    EXPECT_EQ(source.person, "ZJHM");
    EXPECT_EQ(source.company, "TYXYDM");
    EXPECT_EQ(source.changedAt, "GXSJ");
    EXPECT_EQ(source.changedAtOffset, std::chrono::minutes{480});
    EXPECT_EQ(source.photo, SourceDefinition::Photo::Column);
    EXPECT_EQ(source.photoFrom, "T_RYZP");
    EXPECT_EQ(source.photoKey, "RYBH");
    EXPECT_EQ(source.photoColumn, "ZP");
    EXPECT_EQ(source.charset, SourceDefinition::Charset::Utf8);
    EXPECT_EQ(source.baseTable, "T_AQSC_ZS");
    EXPECT_THAT(map->disabledFeatures(), ElementsAre(HasSubstr("adopt is absent")));
    EXPECT_EQ(map->version().size(), 16U);
    const auto own =
        std::ranges::count_if(kFields, [](Field field) { return carries(CertificateType::Anguan, field); });
    EXPECT_EQ(std::ssize(map->pushFields()), own - 2) << "but for the state and its description";
    EXPECT_EQ(std::ssize(map->comparableFields()), own - 2);
}

TEST(FieldMapSourceTest, TheVersionFollowsTheFileAndItsTables) {
    const MappingDirectory directory;
    const std::string shipped = readFile(std::filesystem::path{LIANZHENG_MAPPINGS} / "anguan.yaml");
    const std::string first = loaded(directory, shipped).version();
    EXPECT_EQ(loaded(directory, shipped).version(), first);
    EXPECT_NE(loaded(directory, shipped + "# changed\n").version(), first);
    std::filesystem::remove(directory.path() / "codes");
    std::filesystem::copy(std::filesystem::path{LIANZHENG_MAPPINGS} / "codes", directory.path() / "codes");
    EXPECT_EQ(loaded(directory, shipped).version(), first);
    std::ofstream{directory.path() / "codes" / "appointment.yaml", std::ios::app} << "# changed\n";
    EXPECT_NE(loaded(directory, shipped).version(), first);
}

TEST(FieldMapSourceTest, AQueryStandsInBracketsReadyForFrom) {
    const MappingDirectory directory;
    const auto map = loaded(directory, shippedWith("view: V_ANGUAN", "query: SELECT * FROM T_AQSC_ZS"));
    EXPECT_EQ(map.source().from, "(SELECT * FROM T_AQSC_ZS)");
}

TEST(FieldMapSourceTest, TheGreatestOfSeveralTimesIsOneExpressionAndOneText) {
    const MappingDirectory directory;
    const auto map = loaded(directory, shippedWith("changed_at: {column: GXSJ, zone: Asia/Shanghai}",
                                                   "changed_at: {greatest: [GXSJ, ZPSJ, QYSJ], zone: \"-03:30\"}"));
    EXPECT_EQ(map.source().changedAt,
              "(CASE WHEN (ZPSJ IS NULL OR GXSJ >= ZPSJ) AND (QYSJ IS NULL OR GXSJ >= QYSJ) THEN GXSJ"
              " WHEN (QYSJ IS NULL OR ZPSJ >= QYSJ) THEN ZPSJ ELSE QYSJ END)");
    EXPECT_EQ(map.source().changedAtOffset, std::chrono::minutes{-210});
    NamedRow row = soundRow();
    EXPECT_EQ(mapped(map, row).facts.changedAt, "2023-08-02 08:30:01");
    row["QYSJ"] = "2024-01-01 00:00:00";
    EXPECT_EQ(mapped(map, row).facts.changedAt, "2024-01-01 00:00:00");
}

TEST(FieldMapSourceTest, WhatIsAbsentSaysWhatIsOff) {
    const MappingDirectory directory;
    const std::string lean = shippedWith(
        "  photo: {table: T_RYZP, key: RYBH, column: ZP, reference: RYBH, version: ZPBB}\n"
        "  licence: {url: ZZDZ, time: ZZSJ, identifier: ZZBS}\n"
        "  predecessor: {number: YZSBH, identifier: YZZBS}\n"
        "  renewal_in_hand: {YQBZ: \"1\"}\n"
        "  urgent: {JJBZ: \"1\"}\n",
        "");
    const auto map = loaded(directory, lean);
    EXPECT_EQ(map.disabledFeatures().size(), 9U);
    EXPECT_THAT(map.disabledFeatures(), Contains(HasSubstr("source.photo is absent: no code can be assigned")));
    EXPECT_THAT(map.disabledFeatures(),
                Contains(HasSubstr("source.licence.url is absent: licences are not collected")));
    EXPECT_EQ(map.source().photo, SourceDefinition::Photo::None);
    EXPECT_FALSE(map.tellsOfLicences());
    EXPECT_FALSE(loaded(directory, shippedWith("time: ZZSJ, ", "")).tellsOfLicences());
    EXPECT_TRUE(loaded(directory, shippedWith("identifier: ZZBS", "identifier: ZZBS")).tellsOfLicences());
    const Desired desired = mapped(map, soundRow());
    EXPECT_TRUE(desired.facts.photoReference.empty());
    EXPECT_FALSE(desired.facts.licenceTime);
    EXPECT_THAT(words(desired.problems), IsEmpty());
}

TEST(FieldMapSourceTest, NoWatermarkMeansSweeps) {
    const MappingDirectory directory;
    const auto map =
        loaded(directory, shippedWith("changed_at: {column: GXSJ, zone: Asia/Shanghai}", "changed_at: none"));
    EXPECT_TRUE(map.source().changedAt.empty());
    EXPECT_TRUE(mapped(map, soundRow()).facts.changedAt.empty());
    EXPECT_THAT(map.disabledFeatures(), Contains(HasSubstr("source.changed_at is absent: every pass is a sweep")));
}

TEST(FieldMapSourceTest, PhotosInFilesAndOverHttp) {
    const MappingDirectory directory;
    const std::string_view shipped = "{table: T_RYZP, key: RYBH, column: ZP, reference: RYBH, version: ZPBB}";
    const auto files = loaded(directory, shippedWith(shipped, "{directory: /srv/photos, reference: RYBH}"));
    EXPECT_EQ(files.source().photo, SourceDefinition::Photo::File);
    EXPECT_EQ(files.source().photoFrom, "/srv/photos");
    EXPECT_THAT(files.disabledFeatures(), Contains(HasSubstr("a changed photo is not noticed")));
    const auto http = loaded(
        directory, shippedWith(shipped, "{prefix: \"https://photos.example/\", reference: RYBH, version: ZPBB}"));
    EXPECT_EQ(http.source().photo, SourceDefinition::Photo::Http);
    EXPECT_EQ(http.source().photoFrom, "https://photos.example/");
}

TEST(FieldMapSourceTest, ALicencesTimeIsReadAsDatabasesWriteIt) {
    const MappingDirectory directory;
    // The province writes its days in one way only, and no time of day in any.
    const auto map =
        loaded(directory, shippedWith("[yyyy-MM-dd, yyyy-MM-dd HH:mm:ss, yyyy/M/d, yyyyMMdd, yyyy年M月d日]",
                                      "[yyyy/M/d, yyyyMMdd, yyyy年M月d日]"));
    NamedRow row = soundRow();
    const auto at = [&](const std::string& text) {
        row["ZZSJ"] = text;
        const Desired desired = mapped(map, row);
        const Invalid unreadable{std::string(kLicenceTime), Rule::BadDate};
        EXPECT_EQ(std::ranges::count(desired.problems, unreadable), desired.facts.licenceTime ? 0 : 1) << text;
        return desired.facts.licenceTime ? isoUtc(*desired.facts.licenceTime) : "none";
    };
    for (const char* text :
         {"2026-03-01 10:03:04", "2026-03-01T10:03:04", "2026-03-01 10:03:04.567", "2026-03-01 02:03:04+00",
          "2026-03-01T02:03:04Z", "2026-03-01 10:03:04.5+08:00", "2026-02-28 21:33:04-0430"}) {
        EXPECT_EQ(at(text), "2026-03-01T02:03:04.000Z") << text;
    }
    EXPECT_EQ(at("2026-03-01 10:03"), "2026-03-01T02:03:00.000Z");
    EXPECT_EQ(at("2026/3/1"), "2026-02-28T16:00:00.000Z");
    for (const char* text : {"yesterday", "2026-03-01 10:03:04.", "2026-03-01 25:03:04", "2026-02-30 10:03:04",
                             "2026-03-01 10:03:04+8", "2026-03-01 10:03:04 CST"}) {
        EXPECT_EQ(at(text), "none") << text;
    }
}

TEST(FieldMapSourceTest, NullValuesAreNothing) {
    const MappingDirectory directory;
    const auto map = loaded(directory, shippedWith("  charset: UTF-8", "  nulls: [\"NULL\", \"-\"]"));
    NamedRow row = soundRow();
    row["ZY"] = " NULL ";
    row["DWMC"] = "-";
    const Desired desired = mapped(map, row);
    EXPECT_EQ(desired.record[Field::Major], "");
    EXPECT_THAT(words(desired.problems), ElementsAre("companyName: missing"));
}

TEST(FieldMapSourceTest, Gb18030IsReadAsUtf8) {
    const MappingDirectory directory;
    const auto map = loaded(directory, shippedWith("charset: UTF-8", "charset: GB18030"));
    NamedRow row;
    for (auto& [column, text] : soundRow()) row[column] = text;
    // The Chinese texts of the sound row in GBK; the ASCII ones are the same in both.
    row["ZSBH"] =
        "\xC2\xB3\xBD\xA8\xB0\xB2"
        "A\xA3\xA8"
        "2023\xA3\xA9"
        "0012345";
    row["FZJG"] = "\xC9\xBD\xB6\xAB";
    row["XM"] = "\xD5\xC5\xC8\xFD   ";
    row["YXQZ"] =
        "2026\xC4\xEA"
        "7\xD4\xC2"
        "31\xC8\xD5";
    row["ZJLX"] = "\xC9\xED\xB7\xDD\xD6\xA4";
    row["XL"] = "\xB4\xF3\xD7\xA8";
    row["ZY"] = "";
    row["ZW"] = "\xB7\xA8\xC8\xCB";
    row["DWMC"] = "\xC9\xBD\xB6\xAB";
    row["HYLB"] = "\xBD\xA8\xD6\xFE";
    const Desired desired = mapped(map, row);
    EXPECT_THAT(words(desired.problems), IsEmpty());
    EXPECT_EQ(desired.record[Field::CertNum], "鲁建安A（2023）0012345");
    EXPECT_EQ(desired.record[Field::Name], "张三");
    EXPECT_EQ(desired.record[Field::ExpiringDate], "2026-07-31");
    row["XM"] = "\xD5";
    EXPECT_THAT(words(mapped(map, row).problems), ElementsAre("name: encoding"));
}

}  // namespace
}  // namespace lianzheng
