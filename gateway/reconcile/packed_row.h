#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/field_map.h"

namespace lianzheng {

/// Puts a row's cells behind `bytes`, for a queue or a scratch file of this process.
void packRow(std::span<const Cell> cells, std::string& bytes);
/// Takes the first row of `width` cells off `bytes`, which the cells then view. False when there is none.
bool takeRow(std::string_view& bytes, std::size_t width, std::vector<Cell>& cells);

}  // namespace lianzheng
