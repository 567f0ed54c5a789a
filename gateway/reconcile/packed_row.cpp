#include "gateway/reconcile/packed_row.h"

#include <cstdint>
#include <cstring>

namespace lianzheng {
namespace {

constexpr std::uint32_t kNull = UINT32_MAX;

}  // namespace

void packRow(std::span<const Cell> cells, std::string& bytes) {
    for (const Cell& cell : cells) {
        const std::uint32_t size = cell.null ? kNull : static_cast<std::uint32_t>(cell.text.size());
        bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
        if (!cell.null) bytes.append(cell.text);
    }
}

bool takeRow(std::string_view& bytes, std::size_t width, std::vector<Cell>& cells) {
    cells.resize(width);
    for (Cell& cell : cells) {
        std::uint32_t size = 0;
        if (bytes.size() < sizeof size) return false;
        std::memcpy(&size, bytes.data(), sizeof size);
        bytes.remove_prefix(sizeof size);
        cell = Cell{};
        if (size == kNull) continue;
        if (bytes.size() < size) return false;
        cell = Cell{bytes.substr(0, size), false};
        bytes.remove_prefix(size);
    }
    return true;
}

}  // namespace lianzheng
