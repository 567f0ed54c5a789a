#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "adapters/provincial/source.h"
#include "adapters/runtime/bounded_queue.h"
#include "gateway/reconcile/other_side.h"
#include "gateway/reconcile/sieve.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// Reads both sides into the sieve at once: the province on one thread, its mapping on a second, the other side on the
/// caller's. Errors: what either side or the scratch files say, and the others are stopped then.
class FirstLook {
public:
    /// All are borrowed.
    FirstLook(ProvincialSource& source, const FieldMap& map, Sieve& sieve)
        : source_(source), map_(map), sieve_(sieve), full_(kBatches), empty_(kBatches) {}

    /// `seen` is shown every item of the other side; false ends everything.
    Status read(OtherSide& side, const OtherSide::Sink& seen, const std::stop_token& stop);
    /// Rows of the province until now; any thread.
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }

private:
    static constexpr std::size_t kBatches = 6;
    struct Batch {
        std::string bytes;  ///< rows, packed
        std::size_t rows = 0;
        bool last = false;
    };
    Status readProvince(const std::stop_token& stop);
    Status mapProvince(const std::stop_token& stop);
    Status readOther(OtherSide& side, const OtherSide::Sink& seen, const std::stop_token& stop);

    ProvincialSource& source_;
    const FieldMap& map_;
    Sieve& sieve_;
    BoundedQueue<Batch> full_;
    BoundedQueue<Batch> empty_;
    std::atomic<std::uint64_t> rows_ = 0;
};

}  // namespace lianzheng
