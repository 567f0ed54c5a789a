#pragma once

#include <cstdint>
#include <vector>

#include "adapters/provincial/sweep_portions.h"

namespace lianzheng {

/// Every row, read for the `wanted` columns alone (cells of others are null), in the order of the keys where an index
/// serves it (in portions, no statement open between them), else as the rows lie. How many the sink saw; throws as SOCI
/// does.
std::uint64_t sweepNarrowly(const Sweep& sweep, const std::vector<bool>& wanted);

}  // namespace lianzheng
