#pragma once

#include <filesystem>

#include "mappings/compiled_mapping.h"
#include "mappings/problem.h"

namespace lianzheng {

/// Reads a mapping with the code tables and districts.yaml beside it and compiles it, or says everything that is wrong.
Loaded<CompiledMapping> compileMapping(const std::filesystem::path& file);

}  // namespace lianzheng
