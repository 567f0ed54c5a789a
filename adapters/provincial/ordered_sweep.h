#pragma once

#include <cstdint>

#include "adapters/provincial/sweep_portions.h"

namespace lianzheng {

/// Every row in the order of the number's bytes, the key second. How many the sink saw; throws as SOCI does.
std::uint64_t sweepInOrder(const Sweep& sweep);

}  // namespace lianzheng
