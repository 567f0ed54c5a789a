#pragma once

#include <vector>

#include "mappings/compiled_mapping.h"

namespace lianzheng {

/// See FieldMap::recordColumns().
std::vector<bool> recordColumnsOf(const CompiledMapping& mapping);

}  // namespace lianzheng
