#include "mappings/code_table.h"

#include "tests/unit/mappings/scratch_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

namespace lianzheng {
namespace {

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

CodeTable shipped(std::string_view name) {
    const auto file = std::filesystem::path(LIANZHENG_MAPPINGS) / "codes" / (std::string(name) + ".yaml");
    Loaded<CodeTable> table = CodeTable::load(file);
    if (!table) {
        for (const FileProblem& problem : table.error()) ADD_FAILURE() << str(problem);
        return {};
    }
    return *table;
}

void expectCodes(const CodeTable& table, const Pairs& pairs) {
    for (const auto& [word, code] : pairs) {
        const std::optional<std::string_view> found = table.code(word);
        ASSERT_TRUE(found) << word;
        EXPECT_EQ(*found, code) << word;
    }
}

void expectNames(const CodeTable& table, const Pairs& pairs) {
    for (const auto& [code, name] : pairs) {
        EXPECT_EQ(table.name(code), name);
        EXPECT_EQ(table.code(name), code);
    }
}

std::string problemsIn(std::string_view text) {
    const ScratchFile file(text);
    const Loaded<CodeTable> table = CodeTable::load(file.path());
    std::string all;
    if (table) return all;
    for (const FileProblem& problem : table.error()) {
        all += std::to_string(problem.line) + ": " + problem.message + "\n";
    }
    return all;
}

TEST(CodeTableTest, ExactBeforeAliasBeforeTheFirstContainsRule) {
    const ScratchFile file(
        "names: {'1': 红, '2': 深红}\naliases: {赤: '1', 粉红: '2'}\n"
        "contains:\n  - 深红: '2'\n  - 红: '1'\n");
    const Loaded<CodeTable> table = CodeTable::load(file.path());
    ASSERT_TRUE(table);
    expectCodes(*table,
                {{"红", "1"}, {" 深红\u3000", "2"}, {"赤", "1"}, {"粉红", "2"}, {"很深红色", "2"}, {"大红", "1"}});
    EXPECT_FALSE(table->code("蓝"));
    EXPECT_FALSE(table->code("")) << "an empty word has a code only where the table says so";
    EXPECT_FALSE(table->code("1")) << "a national code is no word unless the table says so";
    EXPECT_EQ(table->name("3"), "");
}

TEST(CodeTableTest, EveryProblemHasItsLine) {
    EXPECT_EQ(problemsIn("names:\n  '1': a\n  '1': b\n"), "3: duplicate key `1`\n");
    EXPECT_EQ(problemsIn("names:\n  '1': a\n  '2': a\n"), "3: names: `a` is known already\n");
    EXPECT_EQ(
        problemsIn("names:\n  '1': a\naliases:\n  a: '1'\n  b: '7'\ncontains:\n  - x: '1'\n  - xy: '1'\nblnk: ''\n"),
        "4: aliases: `a` is known already\n"
        "5: aliases: there is no code `7` under names\n"
        "8: contains: `xy` is never reached, because `x` stands before it\n"
        "9: unknown key `blnk` in a code table; known are names, aliases, contains, blank\n");
    EXPECT_EQ(problemsIn("names: {'1': a}\ncontains:\n  - '': '1'\n  - b\n"),
              "3: contains: an empty word would fit everything\n"
              "4: contains: write one `word: code` per list entry, the order decides\n");
    EXPECT_EQ(problemsIn("aliases: {}\n"), "1: a code table lacks `names`\n");
    EXPECT_EQ(problemsIn("- a\n"), "1: a code table must be a map (key: value)\n");
    EXPECT_NE(problemsIn(""), "");
}

TEST(ShippedCodeTableTest, EveryFileIsRead) {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(LIANZHENG_MAPPINGS) / "codes")) {
        shipped(entry.path().stem().string());
    }
}

TEST(ShippedCodeTableTest, Appointment) {
    const CodeTable table = shipped("appointment");
    expectNames(table, {{"01", "法定代表人"},
                        {"02", "总经理（总裁）"},
                        {"03", "分管安全生产的副总经理（副总裁）"},
                        {"04", "分管生产经营的副总经理（副总裁）"},
                        {"05", "技术负责人"},
                        {"06", "安全总监"},
                        {"07", "项目负责人（项目经理）"},
                        {"08", "专职安全生产管理人员"},
                        {"99", "其他"}});
    expectCodes(table, {{"总经理(总裁)", "02"},
                        {"总经理", "02"},
                        {"常务副总经理", "99"},
                        {"副总经理（分管安全）", "03"},
                        {"安全副总经理", "03"},
                        {"分管生产副总", "04"},
                        {"执行董事兼总经理", "02"},
                        {"法定代表人兼总经理", "01"},
                        {"非法定代表人", "99"},
                        {"总经理助理", "99"},
                        {"企业技术负责人", "05"},
                        {"总工程师", "05"},
                        {"副总工程师", "99"},
                        {"项目技术负责人", "99"},
                        {"项目副经理", "99"},
                        {"项目经理", "07"},
                        {"施工项目经理", "07"},
                        {"专职安全员", "08"}});
    EXPECT_FALSE(table.code(""));
    EXPECT_FALSE(table.code("会计"));
}

TEST(ShippedCodeTableTest, TechnicalTitle) {
    const CodeTable table = shipped("technical_title");
    expectNames(
        table,
        {{"01", "正高级工程师"}, {"02", "高级工程师"}, {"03", "工程师"}, {"04", "助理工程师"}, {"05", "技术员"}});
    expectCodes(table, {{"", ""},
                        {"  ", ""},
                        {"无", ""},
                        {"高工", "02"},
                        {"建筑高级工程师", "02"},
                        {"教授级高工", "01"},
                        {"正高级工程师（建筑）", "01"},
                        {"助工", "04"},
                        {"土建助理工程师", "04"},
                        {"机械工程师", "03"},
                        {"施工技术员", "05"}});
    EXPECT_FALSE(table.code("高级技师"));
    EXPECT_FALSE(table.code("经济师"));
}

TEST(ShippedCodeTableTest, EducationDegree) {
    const CodeTable table = shipped("education_degree");
    expectNames(table, {{"01", "博士研究生"},
                        {"02", "硕士研究生"},
                        {"03", "大学本科"},
                        {"04", "大学专科"},
                        {"05", "中专"},
                        {"06", "高中"},
                        {"07", "初中及以下"},
                        {"99", "其他"}});
    expectCodes(table, {{"大专", "04"},
                        {"大专（函授）", "04"},
                        {"专科", "04"},
                        {"高职", "04"},
                        {"中等专科学校", "05"},
                        {"职业高中", "05"},
                        {"普通高中", "06"},
                        {"本科", "03"},
                        {"专升本", "03"},
                        {"研究生", "02"},
                        {"博士后", "01"},
                        {"初中", "07"}});
    EXPECT_FALSE(table.code(""));
}

TEST(ShippedCodeTableTest, GenderAndDocuments) {
    const CodeTable gender = shipped("gender");
    expectNames(gender, {{"1", "男"}, {"2", "女"}});
    expectCodes(gender, {{"男性", "1"}, {"2", "2"}});
    EXPECT_FALSE(gender.code("未知"));
    const CodeTable document = shipped("identity_card_type");
    expectCodes(document, {{"居民身份证", "111"},
                           {"身份证", "111"},
                           {"临时居民身份证", "111"},
                           {"香港居民身份证", "999"},
                           {"港澳台居民居住证", "999"},
                           {"台湾居民来往大陆通行证", "999"},
                           {"中国护照", "999"},
                           {"外国人永久居留身份证", "999"}});
    EXPECT_FALSE(document.code(""));
}

}  // namespace
}  // namespace lianzheng
