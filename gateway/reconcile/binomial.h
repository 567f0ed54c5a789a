#pragma once

#include <cstdint>

namespace lianzheng {

/// The exact (Clopper-Pearson) one-sided upper bound: the largest share at which so few as `found` of `asked` would be
/// found with a probability of at least `risk`. A share above it is ruled out at that risk. 1 when nothing was asked.
/// Exact for independent draws; on the safe side for draws without replacement and for stratified ones in proportion
/// (Hoeffding 1956 and 1963). 0 < risk < 1.
double upperShare(std::uint64_t found, std::uint64_t asked, double risk);

}  // namespace lianzheng
