#include "field_map_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>

namespace lianzheng {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> problemsOf(const std::string& yaml) {
    const MappingDirectory directory;
    const auto map = directory.load(yaml);
    std::vector<std::string> all;
    if (map) return all;
    for (const FileProblem& problem : map.error()) all.push_back(str(problem));
    return all;
}

std::string all(const std::vector<std::string>& problems) {
    std::string text;
    for (const std::string& problem : problems) text += problem + "\n";
    return text;
}

/// One entry of the shipped mapping replaced, and what load() says then.
struct Mistake {
    const char* name;
    const char* old;
    const char* replacement;
    const char* said;
};

class MistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(MistakeTest, IsToldOnceWithFileLineAndRemedy) {
    const Mistake& mistake = GetParam();
    const std::string yaml = shippedWith(mistake.old, mistake.replacement);
    const auto problems = problemsOf(yaml);
    ASSERT_EQ(problems.size(), 1U) << all(problems);
    EXPECT_THAT(problems.front(), HasSubstr(mistake.said));
    const auto before = yaml.substr(0, yaml.find(mistake.replacement));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    EXPECT_THAT(problems.front(), HasSubstr("test.yaml:" + std::to_string(line) + ": "));
}

INSTANTIATE_TEST_SUITE_P(
    FieldMap, MistakeTest,
    testing::Values(
        Mistake{"UnknownKey", "charset: UTF-8", "chraset: UTF-8", "unknown key `chraset` in source; known are table"},
        Mistake{"DuplicateKey", "number: ZSBH", "key: ZSBH2\n  number: ZSBH", "duplicate key `key`"},
        Mistake{"UnknownField", "certStatusDescription: {", "certStatusDescriptions: {",
                "fields.certStatusDescriptions is no national field; there are provinceNum"},
        Mistake{"UnknownTransform", "transforms: [middle_dot]", "transforms: [middle_dots]",
                "fields.name.transforms: unknown transform `middle_dots`; known are trim"},
        Mistake{"UnknownTable", "{code: education_degree}", "{code: education}",
                "there is no code table `education`: put it at codes/education.yaml"},
        Mistake{"TransformWithoutItsValue", "[{code: technical_title}]", "[code]",
                "code needs a value: write {code: …}"},
        Mistake{"TransformWithAValue", "[convert_legacy]", "[{convert_legacy: true}]", "takes no value"},
        Mistake{"UnknownPattern", "pattern: certificate_number", "pattern: number",
                "unknown pattern `number`; known are"},
        Mistake{"BadConstant", "constant: \"113700000045030270\"", "constant: \"113700000045030271\"",
                "is not of the pattern"},
        Mistake{"BothSources", "{from: DWMC, length", "{from: DWMC, constant: x, length", "must have one of from"},
        Mistake{"NoState", "is: \"06\"", "is: \"08\"", "`08` is no certState; there are 01 to 07 and 99"},
        Mistake{"StateAlwaysHolds", "- {when: {ZCBZ: \"1\"}, is", "- {is", "only the last rule may do without `when`"},
        Mistake{"TwoSources", "view: V_ANGUAN", "view: V_ANGUAN\n  table: T", "exactly one of table, view and query"},
        Mistake{"QueryInView", "view: V_ANGUAN", "view: (SELECT 1)", "must be a name; a SELECT goes to source.query"},
        Mistake{"BadZone", "changed_at: {column: GXSJ, zone: Asia/Shanghai}", "changed_at: {column: GXSJ, zone: CST}",
                "zone must be Asia/Shanghai, UTC or an offset as +08:00"},
        Mistake{"BadDatePattern", "yyyyMMdd,", "yyyyMMddMM,", "`yyyyMMddMM` must say yyyy"},
        Mistake{"BadNullDate", "null_dates: [1950-01-01]", "null_dates: [1950-02-30]", "is no day; write yyyy-MM-dd"},
        Mistake{"BadCharset", "charset: UTF-8", "charset: GBK", "must be UTF-8 or GB18030 (which reads GBK"},
        Mistake{"UnknownAuthority", "is: \"371700\"}", "is: \"379900\"}",
                "no authority `379900` in districts.yaml; there are 370100"},
        Mistake{"NotOneThing", "when: {ZW: 总工}", "when: {ZW: {in: [a], empty: true}}", "say one thing of a column"},
        Mistake{"BadColumn", "from: DWMC", "from: \"DW;MC\"", "`DW;MC` is no column name"},
        Mistake{"PhotoOfTwoKinds", "photo: {table: T_RYZP,", "photo: {directory: /photos, table: T_RYZP,",
                "must have one of table"},
        Mistake{"PhotoOfNoHost", "photo: {table: T_RYZP, key: RYBH, column: ZP,",
                "photo: {prefix: \"https://p.example\",", "source.photo.prefix must be http:// or https://"},
        Mistake{"PhotoWithAnAccount", "photo: {table: T_RYZP, key: RYBH, column: ZP,",
                "photo: {prefix: \"https://a:b@p.example/\",", "a host without an account"},
        Mistake{"RequiredForWhat", "required: never}\n  educationDegree", "required: often}\n  educationDegree",
                "`often` is none of always, assigning"},
        Mistake{"WrittenBackToo", "fields:\n", "writeback: [ZZBS, GWZT]\nfields:\n",
                "writeback: `ZZBS` is also read, by source.licence.identifier at line"}),
    [](const auto& test) { return test.param.name; });

TEST(FieldMapProblemsTest, AFieldThatIsNotThereIsNamedInBothLanguages) {
    const auto problems = problemsOf(shippedWith("  major: {from: ZY, length: 100, required: never}\n", ""));
    ASSERT_EQ(problems.size(), 1U) << all(problems);
    EXPECT_THAT(problems.front(), HasSubstr("fields lacks `major` (专业): say where it comes from"));
}

TEST(FieldMapProblemsTest, EverythingIsSaidAtOnce) {
    std::string yaml = shippedWith("charset: UTF-8", "chraset: UTF-8");
    yaml.replace(yaml.find("[middle_dot]"), 12, "[nothing]");
    yaml.replace(yaml.find("{code: education_degree}"), 24, "{code: no_such}");
    const auto problems = problemsOf(yaml);
    ASSERT_EQ(problems.size(), 3U) << all(problems);
    EXPECT_THAT(problems, ElementsAre(HasSubstr("chraset"), HasSubstr("nothing"), HasSubstr("no_such")));
}

TEST(FieldMapProblemsTest, AFieldMayNotReferToItself) {
    const auto problems = problemsOf(
        shippedWith("birthDate: {from: CSRQ, transforms: [date]", "birthDate: {from: $gender, transforms: [date]"));
    EXPECT_TRUE(problems.empty()) << all(problems);
    std::string yaml = shippedWith("birthDate: {from: CSRQ", "birthDate: {from: $gender");
    yaml.replace(yaml.find("    from: XB\n"), 13, "    from: $birthDate\n");
    const auto circle = problemsOf(yaml);
    ASSERT_EQ(circle.size(), 1U) << all(circle);
    EXPECT_THAT(circle.front(), HasSubstr("refers to itself through $names"));
}

TEST(FieldMapProblemsTest, BrokenYamlAndAMissingFileAreOneProblemEach) {
    EXPECT_EQ(problemsOf("source: [").size(), 1U);
    const auto missing = FieldMap::load("/nowhere/mapping.yaml");
    ASSERT_FALSE(missing);
    ASSERT_EQ(missing.error().size(), 1U);
    EXPECT_THAT(str(missing.error().front()), HasSubstr("/nowhere/mapping.yaml"));
}

TEST(FieldMapProblemsTest, MissingColumnsSayWhoWantsThem) {
    const auto map = FieldMap::load(std::filesystem::path{LIANZHENG_MAPPINGS} / "anguan.yaml");
    ASSERT_TRUE(map);
    std::vector<std::string> there = map->columns();
    EXPECT_TRUE(map->missingColumns(there).empty());
    std::erase(there, "DWMC");
    std::erase(there, "TYXYDM");
    const auto problems = map->missingColumns(there);
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_THAT(str(problems[0]), HasSubstr("source.company: the source has no column `TYXYDM`"));
    EXPECT_THAT(str(problems[1]), HasSubstr("fields.companyName.from: the source has no column `DWMC`"));
    EXPECT_GT(problems[1].line, problems[0].line);
    for (std::string& column : there) {
        for (char& c : column) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    EXPECT_EQ(map->missingColumns(there).size(), 2U) << "databases fold the case of names";
}

}  // namespace
}  // namespace lianzheng
