#include "gateway/reporting/text_table.h"

#include <algorithm>
#include <utility>

namespace lianzheng {

std::size_t columnsOf(std::string_view text) {
    std::size_t columns = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) continue;  // not the first byte of a character
        columns += byte >= 0xE2U ? 2 : 1;       // from U+2000 on nearly all that we print is wide
    }
    return columns;
}

TextTable::TextTable(std::vector<std::string> heads, const std::vector<std::size_t>& rightAligned)
    : right_(heads.size()) {
    for (const std::size_t column : rightAligned) right_.at(column) = true;
    rows_.push_back(std::move(heads));
}

void TextTable::add(std::vector<std::string> cells) {
    cells.resize(right_.size());
    rows_.push_back(std::move(cells));
}

std::string TextTable::str() const {
    std::vector<std::size_t> widths(right_.size());
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columnsOf(row[i]));
    }
    std::string text;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string blanks(widths[i] - columnsOf(row[i]), ' ');
            line += (i == 0 ? "" : "  ") + (right_[i] ? blanks + row[i] : row[i] + blanks);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

}  // namespace lianzheng
