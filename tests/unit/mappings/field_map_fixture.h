#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/field_map.h"

namespace lianzheng {

/// A row by column name; what it does not name is null.
using NamedRow = std::map<std::string, std::string, std::less<>>;

/// A mapping file in a directory of its own, with the shipped code tables and districts beside it.
class MappingDirectory {
public:
    MappingDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "field_map_XXXXXX").string();
        directory_ = mkdtemp(pattern.data());
        const std::filesystem::path shipped{LIANZHENG_MAPPINGS};
        std::filesystem::create_directory_symlink(shipped / "codes", directory_ / "codes");
        std::filesystem::create_symlink(shipped / "districts.yaml", directory_ / "districts.yaml");
    }
    MappingDirectory(const MappingDirectory&) = delete;
    MappingDirectory& operator=(const MappingDirectory&) = delete;
    ~MappingDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return directory_; }
    [[nodiscard]] Loaded<FieldMap> load(const std::string& yaml) const {
        std::ofstream{directory_ / "test.yaml", std::ios::binary} << yaml;
        return FieldMap::load(directory_ / "test.yaml");
    }

private:
    std::filesystem::path directory_;
};

inline std::string readFile(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// The shipped mapping with one text of it replaced by another, for tests that differ from it in one entry.
inline std::string shippedWith(std::string_view old, std::string_view replacement) {
    std::string text = readFile(std::filesystem::path{LIANZHENG_MAPPINGS} / "anguan.yaml");
    const std::size_t at = text.find(old);
    if (at == std::string::npos) {
        ADD_FAILURE() << "anguan.yaml has no " << old;
        return text;
    }
    return text.replace(at, old.size(), replacement);
}

/// A row of the demonstration province's view in which nothing is wrong.
inline NamedRow soundRow() {
    return {{"ZSID", "SD0000000001"},
            {"ZSBH", "鲁建安A（2023）0012345"},
            {"ZSLX", "1"},
            {"FZJG", "山东省住房和城乡建设厅        "},
            {"SCFZRQ", "1950/01/01"},
            {"FZRQ", "2023-08-01 00:00:00"},
            {"YXQQ", "2023-08-01"},
            {"YXQZ", "2026年7月31日"},
            {"XM", "买买提·艾力         "},
            {"CSRQ", "19491231"},
            {"ZJLX", "身份证"},
            {"ZJHM", "11010519491231002X"},
            {"XB", "0"},
            {"XL", "大专"},
            {"ZC", "          "},
            {"ZY", "土木工程    "},
            {"ZW", "法人"},
            {"DWMC", "山东示例建设有限公司    "},
            {"TYXYDM", "113700000045030270"},
            {"XZQH", "370102"},
            {"HYLB", "建筑"},
            {"RYBH", "17"},
            {"ZPBB", "00112233445566aa"},
            {"ZZDZ", "https://licence.example/1"},
            {"ZZSJ", "2023-08-02 08:30:00"},
            {"GXSJ", "2023-08-02 08:30:01"}};
}

/// The cells of `row` in the order that `map` wants, mapped.
inline Desired mapped(const FieldMap& map, const NamedRow& row) {
    std::vector<Cell> cells;
    for (const std::string& column : map.columns()) {
        const auto found = row.find(column);
        cells.push_back(found == row.end() ? Cell{} : Cell{found->second, false});
    }
    Desired out;
    map.map(cells, out);
    return out;
}

/// `field: rule`, for comparing in one line.
inline std::vector<std::string> words(const std::vector<Invalid>& problems) {
    std::vector<std::string> all;
    for (const Invalid& problem : problems) all.push_back(problem.field + ": " + std::string{word(problem.rule)});
    return all;
}

}  // namespace lianzheng
