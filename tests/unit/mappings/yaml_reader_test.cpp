#include "mappings/yaml_reader.h"

#include "tests/unit/mappings/scratch_file.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

std::string problemsOf(YamlFile& file) {
    std::string all;
    for (const FileProblem& problem : file.takeProblems()) all += str(problem) + "\n";
    return all;
}

std::string problemsIn(std::string text) {
    YamlFile file = YamlFile::parse(std::move(text), "f");
    return problemsOf(file);
}

TEST(YamlReaderTest, KeepsOrderTextAndLines) {
    YamlFile file = YamlFile::parse("b: 01\na:\n  - x\n  - 'y z'\n\nc: ''\nd:\ne: {k: v}\n", "f");
    ASSERT_TRUE(file.good());
    const YamlNode& root = file.root();
    ASSERT_EQ(root.entries.size(), 5U);
    EXPECT_EQ(root.entries[0].key, "b");
    EXPECT_EQ(root.entries[0].value.text, "01");
    EXPECT_FALSE(root.entries[0].value.quoted);
    EXPECT_EQ(root.find("a")->items[1].text, "y z");
    EXPECT_TRUE(root.find("a")->items[1].quoted);
    EXPECT_EQ(root.find("a")->items[1].line, 4);
    EXPECT_TRUE(root.find("c")->isScalar());
    EXPECT_TRUE(root.find("d")->isNull());
    EXPECT_EQ(root.find("d")->line, 7);
    EXPECT_EQ(root.entries[4].line, 8);
    EXPECT_EQ(root.find("e")->find("k")->text, "v");
    EXPECT_EQ(root.find("nothing"), nullptr);
    const YamlNode* kept = root.find("a");
    const YamlFile moved = std::move(file);
    EXPECT_EQ(moved.root().find("a"), kept);
}

TEST(YamlReaderTest, DuplicateKeysAreReportedWithTheirLine) {
    EXPECT_EQ(problemsIn("a: 1\nb: 2\na: 3\n"), "f:3: duplicate key `a`\n");
    EXPECT_EQ(problemsIn("x:\n  - {k: 1, k: 2}\ny:\n  n:\n    z: 1\n    \"z\": 2\n"),
              "f:2: duplicate key `k`\nf:6: duplicate key `z`\n");
    YamlFile file = YamlFile::parse("a: {x: 1}\na: {y: [1, 2]}\nb: 3", "f");
    EXPECT_EQ(file.root().entries.size(), 2U);
    EXPECT_NE(file.root().find("a")->find("x"), nullptr);
    EXPECT_EQ(file.root().find("b")->text, "3");
}

TEST(YamlReaderTest, WhatIsNoPlainYamlIsRefused) {
    EXPECT_EQ(problemsIn("a: &x 1\nb: *x\n"),
              "f:1: anchors (&name) are not used here: write the value out\n"
              "f:2: aliases (*name) are not used here: write the value out\n");
    EXPECT_EQ(problemsIn("a: !int 1\n"), "f:1: tags (!name) are not used here\n");
    EXPECT_EQ(problemsIn("a: 1\n---\nb: 2\n"),
              "f:2: a second document: one file holds one. A stray , ] or } begins one, too\n");
    EXPECT_EQ(problemsIn(",a"), "f:1: a second document: one file holds one. A stray , ] or } begins one, too\n");
    EXPECT_EQ(problemsIn("[1, 2]: 3\n"), "f:1: a key must be a word\n");
    EXPECT_NE(problemsIn("a: [1\nb: 2\n").find("not YAML"), std::string::npos);
    EXPECT_NE(problemsIn("a: b: c\n").find("f:1: not YAML"), std::string::npos);
    EXPECT_EQ(problemsIn("a: 1\nb: \xC2\xB3\xC2\xBD\xA8\n"),
              "f:2: not UTF-8, or a control character: save the file as UTF-8\n");
    EXPECT_EQ(problemsIn(std::string("a: 1\0", 5)), "f:1: not UTF-8, or a control character: save the file as UTF-8\n");
    EXPECT_NE(problemsIn(std::string(100, '[')).find("not YAML"), std::string::npos);
    EXPECT_EQ(problemsIn("a:\t1\r\nb: 2\r\n"), "");
}

TEST(YamlReaderTest, AMissingFileIsAProblemWithoutALine) {
    YamlFile file = YamlFile::read("/nowhere/at/all.yaml");
    EXPECT_EQ(problemsOf(file), "/nowhere/at/all.yaml: cannot be read: no such file\n");
    YamlFile folder = YamlFile::read("/");
    EXPECT_FALSE(folder.good());
}

TEST(YamlReaderTest, ReadersReportEverythingAtOnceInTheOrderOfLines) {
    YamlFile file = YamlFile::parse("number: 12x\nflag: yes\nname: [a]\nempty: ''\nextra: 1\nlist: {}\n", "f");
    const YamlNode& root = file.root();
    EXPECT_FALSE(file.isSequence(*root.find("list"), "list"));
    EXPECT_FALSE(file.integer(*root.find("number"), "number", 0, 99));
    EXPECT_FALSE(file.boolean(*root.find("flag"), "flag"));
    EXPECT_EQ(file.requiredText(root, "name", "it"), "");
    EXPECT_EQ(file.requiredText(root, "empty", "it"), "");
    EXPECT_EQ(file.requiredText(root, "absent", "it"), "");
    EXPECT_EQ(file.textOr(root, "absent", "it", "otherwise"), "otherwise");
    file.keys(root, "it", {"number", "flag", "name", "empty", "list"});
    EXPECT_EQ(problemsOf(file),
              "f:1: number must be a whole number from 0 to 99\n"
              "f:1: it lacks `absent`\n"
              "f:2: flag must be true or false\n"
              "f:3: it.name must be a text\n"
              "f:4: it.empty must not be empty\n"
              "f:5: unknown key `extra` in it; known are number, flag, name, empty, list\n"
              "f:6: list must be a list (- value)\n");
    EXPECT_TRUE(file.good());
}

TEST(YamlReaderTest, GoodValuesAreRead) {
    const std::string text = "n: -5\nyes: true\nno: false\none: x\nmany: [x, \"\", 3]\n";
    const ScratchFile scratch(text);
    YamlFile file = YamlFile::read(scratch.path());
    const YamlNode& root = file.root();
    EXPECT_EQ(file.integer(*root.find("n"), "n", -5, 0), -5);
    EXPECT_EQ(file.boolean(*root.find("yes"), "yes"), true);
    EXPECT_EQ(file.boolean(*root.find("no"), "no"), false);
    EXPECT_EQ(file.texts(*root.find("one"), "one"), std::vector<std::string>{"x"});
    EXPECT_EQ(file.texts(*root.find("many"), "many"), (std::vector<std::string>{"x", "", "3"}));
    EXPECT_TRUE(file.good()) << problemsOf(file);
    EXPECT_EQ(file.bytes(), text);
}

}  // namespace
}  // namespace lianzheng
