#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mappings/field_map.h"

namespace lianzheng {
namespace {

constexpr std::size_t kRows = 4096;

using Row = std::vector<std::pair<std::string_view, std::string>>;

/// A resident number with its check character; the first 17 digits are given.
std::string identityNumber(std::string digits) {
    static constexpr std::array<unsigned, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    unsigned sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += static_cast<unsigned>(digits[i] - '0') * kWeights[i];
    digits.push_back("10X98765432"[sum % 11]);
    return digits;
}

std::string padded(std::size_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width - text.size(), '0') + text;
}

/// A sound row of the demonstration province's view; `i` varies what varies in earnest.
Row rowOf(std::size_t i) {
    static constexpr std::array<std::string_view, 8> kEducation{"博士", "硕士", "本科", "大专",
                                                                "专科", "中专", "高中", "其他"};
    static constexpr std::array<std::string_view, 6> kTitles{"高工    ",   "工程师    ", "助工    ",
                                                             "技术员    ", "          ", "无"};
    static constexpr std::array<std::string_view, 6> kPositions{"法人",     "总经理",   "安全副总",
                                                                "生产副总", "安全总监", "总工"};
    static constexpr std::array<std::string_view, 4> kKinds{"1", "2", "33", "2"};
    static constexpr std::array<std::string_view, 4> kLetters{"A", "B", "C3", "B"};
    const std::size_t day = i % 28 + 1;
    const std::size_t month = i % 12 + 1;
    const std::string date = "2024-" + padded(month, 2) + "-" + padded(day, 2);
    const std::string birth = std::to_string(1960 + i % 40) + padded(month, 2) + padded(day, 2);
    return {{"ZSID", "SD" + padded(i, 10)},
            {"ZSBH", "鲁建安" + std::string{kLetters[i % 4]} + "（2024）" + padded(i, 7)},
            {"ZSLX", std::string{kKinds[i % 4]}},
            {"FZJG", "山东省住房和城乡建设厅          "},
            {"SCFZRQ", i % 3 == 0 ? "2019/03/05" : "1950/01/01"},
            {"FZRQ", date + " 00:00:00"},
            {"YXQQ", date},
            {"YXQZ", "2027年" + std::to_string(month) + "月" + std::to_string(day) + "日"},
            {"XM", i % 50 == 0 ? "买买提•艾力        " : "张示例              "},
            {"XB", i % 2 == 0 ? "0" : "1"},
            {"CSRQ", birth},
            {"ZJLX", "身份证"},
            {"ZJHM", identityNumber("370102" + birth + padded(i % 500 * 2 + i % 2, 3))},
            {"XL", std::string{kEducation[i % 8]}},
            {"ZC", std::string{kTitles[i % 6]}},
            {"ZY", "土木工程                      "},
            {"ZW", i % 4 == 0 ? std::string{kPositions[i % 6]} : std::string{}},
            {"DWMC", "山东示例" + std::to_string(i % 300) + "建设集团有限公司              "},
            {"TYXYDM", "91370100MA3C000X0C"},
            {"XZQH", "37" + padded(i % 17 + 1, 2) + "02"},
            {"HYLB", i % 5 == 0 ? "市政" : "建筑"},
            {"RYBH", std::to_string(100000 + i)},
            {"ZPBB", "00112233445566aa"},
            {"ZZDZ", "https://licence.example/files/" + padded(i, 10) + ".ofd"},
            {"ZZSJ", date + " 08:30:00"},
            {"ZZBS", i % 2 == 0 ? "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U" : ""},
            {"GXSJ", date + " 08:30:01"},
            {"JJBZ", "0"},
            {"QTBZ", "0"}};
}

struct Table {
    std::vector<Row> rows;
    std::vector<std::vector<Cell>> cells;
};

Table tableFor(const FieldMap& map) {
    Table table;
    for (std::size_t i = 0; i < kRows; ++i) table.rows.push_back(rowOf(i));
    for (const Row& row : table.rows) {
        std::vector<Cell>& cells = table.cells.emplace_back();
        for (const std::string& column : map.columns()) {
            Cell cell;
            for (const auto& [name, text] : row) {
                if (name == column) cell = {text, false};
            }
            cells.push_back(cell);
        }
    }
    return table;
}

/// Mapping, checking and digesting one row of the demonstration province.
void mapRows(benchmark::State& state) {
    const auto map = FieldMap::load(std::filesystem::path{LIANZHENG_MAPPINGS} / "anguan.yaml");
    if (!map) {
        state.SkipWithError("anguan.yaml has problems");
        return;
    }
    const Table table = tableFor(*map);
    Desired desired;
    std::size_t problems = 0;
    std::size_t at = 0;
    for ([[maybe_unused]] auto _ : state) {
        map->map(table.cells[at % kRows], desired);
        problems += desired.problems.size();
        benchmark::DoNotOptimize(desired.seen);
        ++at;
    }
    if (problems != 0) state.SkipWithError("the rows were to be sound");
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(mapRows);

/// The yardstick: copying the text of the same cells.
void copyRows(benchmark::State& state) {
    const auto map = FieldMap::load(std::filesystem::path{LIANZHENG_MAPPINGS} / "anguan.yaml");
    if (!map) {
        state.SkipWithError("anguan.yaml has problems");
        return;
    }
    const Table table = tableFor(*map);
    std::vector<std::string> copies(map->columns().size());
    std::size_t at = 0;
    for ([[maybe_unused]] auto _ : state) {
        const std::vector<Cell>& cells = table.cells[at % kRows];
        for (std::size_t i = 0; i < cells.size(); ++i) copies[i].assign(cells[i].text);
        benchmark::DoNotOptimize(copies.data());
        ++at;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(copyRows);

}  // namespace
}  // namespace lianzheng
