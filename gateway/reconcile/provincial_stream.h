#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "adapters/provincial/source.h"
#include "adapters/runtime/bounded_queue.h"
#include "gateway/reconcile/merger.h"
#include "gateway/reconcile/unmatched.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// The province's rows in the order of their numbers, mapped on a thread of its own, as a cursor. Rows of one number
/// become one item; rows that are written otherwise than their numbers or stand out of order go to `leftovers`, the
/// others pass through its log of numbers. The batches between the threads are used again, so that a row costs no
/// allocation. Threads: all calls from one.
class ProvincialStream final : public ProvincialCursor {
public:
    /// Gives every row to the sink; runs on the stream's thread.
    using Rows = std::function<Status(const RowSink& sink, const std::stop_token& stop)>;
    /// Is shown every item once, on the caller's thread; false ends the stream.
    using Seen = std::function<bool(const ProvincialItem& item)>;
    /// `map` and `leftovers` are borrowed, and so is what `rows` reads from until the stream is destroyed.
    ProvincialStream(Rows rows, const FieldMap& map, Leftovers& leftovers, const std::stop_token& stop, Seen seen = {});
    ~ProvincialStream() override;
    ProvincialStream(const ProvincialStream&) = delete;
    ProvincialStream& operator=(const ProvincialStream&) = delete;

    const ProvincialItem* peek() override;
    void pop() override;
    [[nodiscard]] bool broken() const override { return failure_.has_value() || declined_; }
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    struct Batch {
        std::vector<ProvincialItem> items;
        std::size_t used = 0;
        bool last = false;
        std::optional<Error> failure;
    };
    using BatchPointer = std::unique_ptr<Batch>;
    class Producer;

    bool nextBatch();

    Leftovers& leftovers_;
    Seen seen_;
    std::stop_source stopper_;
    std::stop_callback<std::function<void()>> chained_;
    BoundedQueue<BatchPointer> full_;
    BoundedQueue<BatchPointer> empty_;
    BatchPointer batch_;
    std::size_t position_ = 0;
    bool ready_ = false;  ///< the item at `position_` is in order and has been looked at
    bool ended_ = false;
    bool declined_ = false;
    std::optional<Error> failure_;
    std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace lianzheng
