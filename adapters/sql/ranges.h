#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "mappings/record_digest.h"

namespace lianzheng {

/// Into how many ranges rows are dealt out, by a hash of one column: 1,500,000 rows lie 23 to a range, and a row that
/// changes stays in its own.
inline constexpr std::size_t kRanges = std::size_t{1} << 16U;
/// By range, what its rows come to, whatever their order; none where it has no row. For comparing with one of the same
/// kind of database of another day, never for proof.
using RangeDigests = std::vector<Digest>;
/// By range, whether it is wanted.
using WantedRanges = std::vector<bool>;
/// Is told what all ranges come to and says which are to be read; nothing: none, and the read ends.
using ChooseRanges = std::function<std::optional<WantedRanges>(const RangeDigests& digests)>;

}  // namespace lianzheng
