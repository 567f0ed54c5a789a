#pragma once

#include <cstdint>
#include <string>

namespace lianzheng::sim::province {

/// A one-inch portrait's stand-in: a valid baseline JPEG, 295 × 413 grey at 300 dpi, different for every person.
std::string makePhoto(std::int64_t person);
/// The photo's version as the province keeps it: 16 hex digits of its bytes' hash (FNV-1a).
std::string photoVersion(const std::string& bytes);

}  // namespace lianzheng::sim::province
