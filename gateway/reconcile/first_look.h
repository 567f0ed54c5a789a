#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/provincial/source.h"
#include "adapters/runtime/bounded_queue.h"
#include "gateway/reconcile/other_side.h"
#include "gateway/reconcile/remembered_ranges.h"
#include "gateway/reconcile/sieve.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// Reads both sides into the sieve at once: the province on one thread, its mapping on a second, the other side on the
/// caller's. A side that tells what has not changed since the last run is read for the rest alone.
/// Errors: what either side or the scratch files say, and the others are stopped then.
class FirstLook {
public:
    /// What is remembered of either side; null: nothing.
    struct Remembered {
        RememberedRanges* ours = nullptr;
        RememberedRanges* theirs = nullptr;
    };
    /// All are borrowed.
    FirstLook(ProvincialSource& source, const FieldMap& map, Sieve& sieve, Remembered remembered)
        : source_(source), map_(map), sieve_(sieve), remembered_(remembered), full_(kBatches), empty_(kBatches) {}

    /// `seen` is called for every item of the other side; false ends everything.
    Status read(OtherSide& side, const std::function<bool()>& seen, const std::stop_token& stop);
    /// Rows of the province until now; any thread.
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }

private:
    static constexpr std::size_t kBatches = 6;
    struct Batch {
        std::string bytes;  ///< rows, packed
        std::size_t rows = 0;
        std::vector<std::uint32_t> ranges;  ///< of each row, when the source tells
        bool last = false;
    };
    Status readProvince(const std::stop_token& stop);
    Status readProvince(Batch& batch, const std::stop_token& stop);
    bool nextBatch(Batch& batch, const std::stop_token& stop);
    Status mapProvince(const std::stop_token& stop);
    Status mapRow(const Batch& batch, std::size_t row, std::span<const Cell> cells);
    Status readOther(OtherSide& side, const std::function<bool()>& seen, const std::stop_token& stop);

    ProvincialSource& source_;
    const FieldMap& map_;
    Sieve& sieve_;
    Remembered remembered_;
    std::vector<Field> compared_;
    Desired desired_;
    std::string noted_;
    BoundedQueue<Batch> full_;
    BoundedQueue<Batch> empty_;
    std::atomic<std::uint64_t> rows_ = 0;
};

}  // namespace lianzheng
