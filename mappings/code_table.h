#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mappings/problem.h"

namespace lianzheng {

class YamlFile;
struct YamlNode;

/// From a source's word to a national code: first an exact one, then an alias, then the first `contains` rule in order.
class CodeTable {
public:
    /// Reads mappings/codes/NAME.yaml; every problem with file and line.
    static Loaded<CodeTable> load(const std::filesystem::path& file);
    /// The code for `word` (trimmed before); nothing when none fits. An empty word has a code only where the table says
    /// so.
    [[nodiscard]] std::optional<std::string_view> code(std::string_view word) const;
    /// The Chinese name of a code, for people; empty when unknown.
    [[nodiscard]] std::string_view name(std::string_view code) const;

private:
    void readNames(YamlFile& file, const YamlNode& names);
    void addRule(YamlFile& file, int line, const std::string& word, const std::string& code);

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::string, Hash, std::equal_to<>> exact_;
    std::vector<std::pair<std::string, std::string>> contains_;
    std::unordered_map<std::string, std::string, Hash, std::equal_to<>> names_;
};

}  // namespace lianzheng
