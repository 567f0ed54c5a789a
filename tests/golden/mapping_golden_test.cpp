#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "mappings/field_map.h"
#include "mappings/yaml_reader.h"

namespace lianzheng {
namespace {

std::string readFile(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void line(std::string& out, std::string_view name, std::string_view value) {
    if (!value.empty()) out.append("  ").append(name).append(": ").append(value).append("\n");
}

/// A mapped row as text; what is empty is left out.
std::string str(const Desired& desired) {
    std::string out = "- key: " + desired.facts.sourceKey + "\n";
    for (const Field field : kFields) line(out, nationalName(field), desired.record[field]);
    const SourceFacts& facts = desired.facts;
    line(out, "changedAt", facts.changedAt);
    line(out, "authority", facts.authority);
    line(out, "photoVersion", facts.photoVersion);
    line(out, "photoReference", facts.photoReference);
    line(out, "licenceUrl", facts.licenceUrl);
    line(out, "licenceTime", facts.licenceTime ? isoUtc(*facts.licenceTime) : std::string{});
    line(out, "licenceIdentifier", facts.licenceIdentifier);
    line(out, "predecessorNumber", facts.predecessorNumber);
    line(out, "predecessorIdentifier", facts.predecessorIdentifier);
    line(out, "renewalInHand", facts.renewalInHand ? "true" : "");
    line(out, "urgent", facts.urgent ? "true" : "");
    for (const Invalid& problem : desired.problems) {
        line(out, "problem", problem.field + " " + std::string{word(problem.rule)});
    }
    return out;
}

/// What is wrong with the record itself: the licence's time is another fact.
std::vector<Invalid> ofRecord(std::vector<Invalid> problems) {
    std::erase_if(problems, [](const Invalid& problem) { return problem.field == kLicenceTime; });
    return problems;
}

/// The record alone is the same without the columns that only other facts come from.
void expectSameRecord(const FieldMap& map, std::vector<Cell> cells, const Desired& whole) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!map.recordColumns()[i]) cells[i] = Cell{};
    }
    Desired alone;
    map.mapRecord(cells, alone);
    EXPECT_EQ(alone.record, whole.record) << whole.facts.sourceKey;
    EXPECT_EQ(alone.problems, ofRecord(whole.problems)) << whole.facts.sourceKey;
    EXPECT_EQ(alone.facts.sourceKey, whole.facts.sourceKey);
    EXPECT_EQ(alone.facts.authority, whole.facts.authority) << whole.facts.sourceKey;
    EXPECT_EQ(alone.facts.licenceIdentifier, whole.facts.licenceIdentifier) << whole.facts.sourceKey;
}

/// The rows one by one, so that a difference shows the row and not the file.
std::vector<std::string> rowsOf(const std::string& text) {
    std::vector<std::string> rows;
    std::istringstream lines{text};
    for (std::string each; std::getline(lines, each);) {
        if (each.starts_with("- ")) rows.emplace_back();
        if (!rows.empty()) rows.back() += each + "\n";
    }
    return rows;
}

/// The rows of an input file: a list of maps from column to value; a column that a row does not name is null.
std::string mapAll(const FieldMap& map, YamlFile& input) {
    std::string out;
    Desired desired;
    for (const YamlNode& row : input.root().items) {
        std::vector<Cell> cells;
        for (const std::string& column : map.columns()) {
            const YamlNode* value = row.find(column);
            cells.push_back(value == nullptr ? Cell{} : Cell{value->text, false});
        }
        map.map(cells, desired);
        out += str(desired);
        expectSameRecord(map, std::move(cells), desired);
    }
    return out;
}

class MappingGoldenTest : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Shipped, MappingGoldenTest, testing::Values("anguan", "tezhong"),
                         [](const auto& tested) { return tested.param; });

TEST_P(MappingGoldenTest, EveryRowIsAsExpected) {
    const auto map = FieldMap::load(std::filesystem::path{LIANZHENG_MAPPINGS} / (GetParam() + ".yaml"));
    ASSERT_TRUE(map) << str(map.error().front());
    EXPECT_EQ(word(map->type()), GetParam());
    YamlFile input = YamlFile::read(std::filesystem::path{LIANZHENG_GOLDEN} / (GetParam() + ".input.yaml"));
    ASSERT_TRUE(input.good()) << str(input.problems().front());
    const auto got = rowsOf(mapAll(*map, input));
    const auto expected = rowsOf(readFile(std::filesystem::path{LIANZHENG_GOLDEN} / (GetParam() + ".expected.txt")));
    ASSERT_EQ(got.size(), expected.size());
    EXPECT_TRUE(std::ranges::find(map->recordColumns(), false) != map->recordColumns().end());
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_EQ(got[i], expected[i]);
}

}  // namespace
}  // namespace lianzheng
