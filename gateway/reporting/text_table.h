#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lianzheng {

/// How many columns of a terminal `text` (UTF-8) takes: Chinese characters and full-width signs take two.
std::size_t columnsOf(std::string_view text);

/// Columns of text for a terminal, two blanks between them.
class TextTable {
public:
    /// `rightAligned`: columns of numbers, by position.
    explicit TextTable(std::vector<std::string> heads, const std::vector<std::size_t>& rightAligned = {});
    void add(std::vector<std::string> cells);
    [[nodiscard]] std::string str() const;

private:
    std::vector<std::vector<std::string>> rows_;
    std::vector<bool> right_;
};

}  // namespace lianzheng
