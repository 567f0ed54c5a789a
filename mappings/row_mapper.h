#pragma once

#include <span>

#include "mappings/compiled_mapping.h"
#include "mappings/desired.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// Maps one row by a compiled mapping; see FieldMap::map(). A column without a cell counts as null.
void mapRow(const CompiledMapping& mapping, std::span<const Cell> row, Desired& out);
/// The record alone; see FieldMap::mapRecord().
void mapRecord(const CompiledMapping& mapping, std::span<const Cell> row, Desired& out);

}  // namespace lianzheng
