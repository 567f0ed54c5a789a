#include "field_map_fixture.h"

#include "mappings/cell_text.h"
#include "mappings/date_spelling.h"
#include "mappings/text.h"

#include <random>

namespace lianzheng {
namespace {

/// The name that a chain of transforms on XM makes of `text`; its problems behind a bar.
std::string chained(const std::string& transforms, const std::string& text) {
    const MappingDirectory directory;
    const auto map = directory.load(
        shippedWith("name: {from: XM, transforms: [middle_dot]", "name: {from: XM, transforms: " + transforms));
    if (!map) return "not loaded: " + str(map.error().front());
    NamedRow row = soundRow();
    row["XM"] = text;
    const Desired desired = mapped(*map, row);
    std::string result = desired.record[Field::Name];
    for (const Invalid& problem : desired.problems) result += "|" + std::string{word(problem.rule)};
    return result;
}

TEST(TransformTest, EachDoesWhatItsNameSays) {
    EXPECT_EQ(chained("[half_width]", "ＡＢ１２（a）　x"), "AB12(a) x");
    EXPECT_EQ(chained("[upper]", "ab张Cd"), "AB张CD");
    EXPECT_EQ(chained("[lower]", "aB张CD"), "ab张cd");
    EXPECT_EQ(chained("[middle_dot]", "买买提・艾力"), "买买提·艾力");
    EXPECT_EQ(chained("[{remove: \" 先-\"}]", "张 先-生"), "张生");
    EXPECT_EQ(chained("[{before: （}, trim]", "张三 （副）"), "张三");
    EXPECT_EQ(chained("[{after: \"/\"}]", "37/张三"), "张三");
    EXPECT_EQ(chained("[{before: \"/\"}]", "张三"), "张三");
    EXPECT_EQ(chained("[{prepend: 小}, {append: 工}]", "张"), "小张工");
    EXPECT_EQ(chained("[{prepend: 小}]", ""), "|missing");
    EXPECT_EQ(chained("[{default: 无名}]", ""), "无名");
    EXPECT_EQ(chained("[date, {plus_years: 3}, {plus_days: -1}]", "2024年2月29日"), "2027-02-27");
    EXPECT_EQ(chained("[date]", "2024年2月30日"), "|bad_date");
    EXPECT_EQ(chained("[date]", "1950/01/01"), "|missing");
    EXPECT_EQ(chained("[{code: gender}]", "女"), "2");
    EXPECT_EQ(chained("[{code: gender}]", "?"), "|no_code");
    EXPECT_EQ(chained("[{map: {a: b}}]", "a"), "b");
    EXPECT_EQ(chained("[{map: {a: b}}]", "c"), "|no_code");
    EXPECT_EQ(chained("[certificate_number]", "鲁建安c(2021) 0000304"), "鲁建安C（2021）0000304");
    EXPECT_EQ(chained("[convert_legacy]", "鲁建安c(2021) 0000304"), "鲁建安C3（2021）0000304");
    EXPECT_EQ(chained("[certificate_category]", "鲁建安C2（2021）0000304"), "C2");
    EXPECT_EQ(chained("[birth_date]", "11010519491231002X"), "1949-12-31");
    EXPECT_EQ(chained("[gender]", "11010519491231002X"), "2");
    EXPECT_EQ(chained("[identity_type]", "11010519491231002X"), "111");
    EXPECT_EQ(chained("[identity_type]", "E12345678"), "999");
}

TEST(TransformTest, AFieldMayBeMadeOfAnother) {
    const MappingDirectory directory;
    const auto map = directory.load(shippedWith("birthDate: {from: CSRQ, transforms: [date]",
                                                "birthDate: {from: $identityCard, transforms: [birth_date]"));
    ASSERT_TRUE(map) << str(map.error().front());
    EXPECT_EQ(mapped(*map, soundRow()).record[Field::BirthDate], "1949-12-31");
}

TEST(TransformTest, TheFirstColumnThatIsNotEmptyInTheEndCounts) {
    const MappingDirectory directory;
    const auto map = directory.load(shippedWith("name: {from: XM, transforms: [middle_dot]",
                                                "name: {from: [A, B, XM], transforms: [{remove: x}, {default: y}]"));
    ASSERT_TRUE(map) << str(map.error().front());
    NamedRow row = soundRow();
    row["XM"] = "丙";
    EXPECT_EQ(mapped(*map, row).record[Field::Name], "丙");
    row["A"] = "x";
    row["B"] = "乙";
    EXPECT_EQ(mapped(*map, row).record[Field::Name], "乙");
    EXPECT_EQ(mapped(*map, NamedRow{}).record[Field::Name], "y");
}

TEST(ConditionTest, EmptyAndNotAmong) {
    const MappingDirectory directory;
    std::string yaml = shippedWith("{when: {ZXLX: \"1\"}, is", "{when: {ZXLX: {not_in: [\"\", \"2\", \"3\"]}}, is");
    yaml.replace(yaml.find("{when: {ZKBZ: \"1\"}"), 18, "{when: {ZKBZ: {empty: false}, $categoryCode: [A, B]}");
    const auto map = directory.load(yaml);
    ASSERT_TRUE(map) << str(map.error().front());
    NamedRow row = soundRow();
    EXPECT_EQ(mapped(*map, row).record[Field::CertState], "01");
    row["ZKBZ"] = "x";
    EXPECT_EQ(mapped(*map, row).record[Field::CertState], "02");
    row["ZSLX"] = "33";
    EXPECT_EQ(mapped(*map, row).record[Field::CertState], "01");
    row["ZXLX"] = "9";
    EXPECT_EQ(mapped(*map, row).record[Field::CertState], "04");
}

TEST(DateSpellingTest, PatternsThatSayNoDayAreRefused) {
    for (const char* pattern :
         {"", "yyyy-MM", "yyyy-MM-dd-dd", "yyyy*MMdd", "dd yyyy", "yyyyMMdd HHHH", "yyyy-MM-01dd"}) {
        EXPECT_FALSE(DateSpelling::compile(pattern)) << pattern;
    }
}

TEST(DateSpellingTest, SpellingsAreTriedInOrder) {
    DateSpellings spellings;
    for (const char* pattern : {"yyyy-MM-dd HH:mm:ss", "yyyyMMdd", "yyyy年M月d日", "d.M.yyyy*"}) {
        spellings.add(*DateSpelling::compile(pattern));
    }
    std::string day;
    EXPECT_TRUE(spellings.day("2024-02-29 23:59:59", day));
    EXPECT_EQ(day, "2024-02-29");
    EXPECT_TRUE(spellings.day("20240301", day));
    EXPECT_EQ(day, "2024-03-01");
    EXPECT_TRUE(spellings.day("2024年12月9日", day));
    EXPECT_EQ(day, "2024-12-09");
    EXPECT_TRUE(spellings.day("1.2.2024 something", day));
    EXPECT_EQ(day, "2024-02-01");
    for (const char* bad :
         {"2024-02-30 00:00:00", "2024-02-28 24:00:00", "2024-02-28", "20241301", "2024年2月", "", "x"}) {
        EXPECT_FALSE(spellings.day(bad, day)) << bad;
    }
    EXPECT_EQ(isoUtc(*spellings.instant("2024-03-01 07:30:00", std::chrono::minutes{480})), "2024-02-29T23:30:00.000Z");
}

TEST(CellTextTest, OnePassAgreesWithTheTextFunctions) {
    std::mt19937 random{20230701};
    const std::vector<std::string> pieces{
        "a",          "Z9", " ",        "\t",           "\x7F",     "\n",   "张",       "\uE000",   "\U000F0000",
        "\U0001F600", "·",  "\xC2\x85", "\xED\xA0\x80", "\xE5\xBC", "\xFF", "\xC0\x80", "12345678", "\xF4\x90\x80\x80"};
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (auto n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
        const TextFacts facts = factsOf(text);
        ASSERT_EQ(facts.clean, isCleanUtf8(text)) << testing::PrintToString(text);
        ASSERT_EQ(facts.clean && facts.privateUse, facts.clean && hasPrivateUse(text)) << testing::PrintToString(text);
        ASSERT_LE(facts.ascii, facts.clean) << testing::PrintToString(text);
        ASSERT_EQ(quicklyTrimmed(text), trimmed(text)) << testing::PrintToString(text);
    }
}

}  // namespace
}  // namespace lianzheng
