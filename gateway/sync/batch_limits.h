#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

#include "gateway/store/records.h"

namespace lianzheng {

/// batch.max: how many items one call of an operation may bear. The largest batch of the platform is unpublished.
struct BatchSizes {
    std::size_t assign = 1;
    std::size_t collect = 1;
    std::size_t update = 1;
    std::size_t identity = 1;

    /// Of a queued operation (operationName); of any other: 1.
    [[nodiscard]] std::size_t of(std::string_view operation) const;
    [[nodiscard]] std::size_t widest() const;
};

/// How large a call an event may go in: as many as its operation's, fewer after calls that failed it. Each try that
/// left it in doubt halves the next, and so does a refusal of a whole call that named nobody, so that whatever brings
/// a call down is alone in the end, and the others are rid of it.
/// Threads: one at a time.
class BatchLimits {
public:
    /// `sizes` is borrowed.
    explicit BatchLimits(const BatchSizes& sizes) : sizes_(sizes) {}

    [[nodiscard]] std::size_t of(const OutboxRow& row) const;
    /// A call of `size` was refused as a whole, and nothing was said of this event.
    void halve(std::int64_t id, std::size_t size) { halved_[id] = size / 2; }
    /// Whether the next send of an event is a part of a call that was refused as a whole.
    [[nodiscard]] bool halved(std::int64_t id) const { return halved_.contains(id); }
    /// The event was judged for itself.
    void judged(std::int64_t id) { halved_.erase(id); }

private:
    const BatchSizes& sizes_;
    std::map<std::int64_t, std::size_t> halved_;
};

}  // namespace lianzheng
