#include "gateway/reconcile/provincial_stream.h"

#include <algorithm>
#include <utility>

#include "gateway/planner/ledger_key.h"

namespace lianzheng {
namespace {

constexpr std::size_t kBatches = 6;
constexpr std::size_t kBatchItems = 256;

}  // namespace

/// The reading thread's side.
class ProvincialStream::Producer {
public:
    Producer(Rows rows, const FieldMap& map, BoundedQueue<BatchPointer>& full, BoundedQueue<BatchPointer>& empty,
             std::stop_token stop)
        : rows_(std::move(rows)), map_(map), full_(full), empty_(empty), stop_(std::move(stop)) {
        const auto& columns = map.columns();
        const auto found = std::find(columns.begin(), columns.end(), map.source().number);
        if (map.source().charset == SourceDefinition::Charset::Utf8 && found != columns.end()) {
            numberColumn_ = static_cast<std::size_t>(found - columns.begin());
        }
    }

    void run() {
        const Status read = rows_([this](std::span<const Cell> cells) { return row(cells); }, stop_);
        if (stop_.stop_requested()) return;
        if (held_.has_value() && !emit(*held_)) return;
        if (!batch_ && !fetch()) return;
        if (!read) batch_->failure = read.error();
        batch_->last = true;
        full_.push(std::move(batch_), stop_);
    }

private:
    /// Only rows spelt as the normaliser spells them are sure to stand in the order of normalised numbers.
    [[nodiscard]] bool late(std::span<const Cell> cells) const {
        const std::string& number = mapped_.number();
        if (numberColumn_ && *numberColumn_ < cells.size()) {
            std::string_view written = cells[*numberColumn_].text;
            written = written.substr(0, written.find_last_not_of(' ') + 1);  // CHAR padding keeps the order
            if (written != number) return true;
        }
        return held_ && number < held_->number();
    }

    bool row(std::span<const Cell> cells) {
        map_.map(cells, mapped_.desired);
        // A row without a readable number is known by its key alone, here as in the ledger.
        if (!mapped_.desired.problems.empty() && ledgerKey(mapped_.desired) != mapped_.number()) {
            mapped_.desired.record[Field::CertNum].clear();
        }
        mapped_.otherKeys.clear();
        mapped_.late = false;
        if (mapped_.number().empty()) return emit(mapped_);
        if (late(cells)) {
            mapped_.late = true;
            return emit(mapped_);
        }
        if (held_ && held_->number() == mapped_.number()) {
            held_->otherKeys.push_back(mapped_.desired.facts.sourceKey);
            return true;
        }
        if (!held_) {
            held_.emplace();
        } else if (!emit(*held_)) {
            return false;
        }
        std::swap(*held_, mapped_);
        return true;
    }

    bool fetch() {
        auto batch = empty_.pop(stop_);
        if (!batch) return false;
        batch_ = std::move(*batch);
        batch_->used = 0;
        return true;
    }

    bool emit(ProvincialItem& item) {
        if (!batch_ && !fetch()) return false;
        std::swap(batch_->items[batch_->used++], item);
        if (batch_->used < batch_->items.size()) return true;
        return full_.push(std::move(batch_), stop_);
    }

    Rows rows_;
    const FieldMap& map_;
    BoundedQueue<BatchPointer>& full_;
    BoundedQueue<BatchPointer>& empty_;
    std::stop_token stop_;
    std::optional<std::size_t> numberColumn_;
    ProvincialItem mapped_;
    std::optional<ProvincialItem> held_;  ///< the last in order: a further row of its number may follow
    BatchPointer batch_;
};

ProvincialStream::ProvincialStream(Rows rows, const FieldMap& map, Leftovers& leftovers, const std::stop_token& stop,
                                   Seen seen)
    : leftovers_(leftovers),
      seen_(std::move(seen)),
      chained_(stop, [this] { stopper_.request_stop(); }),
      full_(kBatches),
      empty_(kBatches) {
    for (std::size_t i = 0; i < kBatches; ++i) {
        auto batch = std::make_unique<Batch>();
        batch->items.resize(kBatchItems);
        empty_.push(std::move(batch), stopper_.get_token());
    }
    thread_ = std::jthread([this, rows = std::move(rows), &map] {
        Producer producer(rows, map, full_, empty_, stopper_.get_token());
        producer.run();
    });
}

ProvincialStream::~ProvincialStream() { stopper_.request_stop(); }

bool ProvincialStream::nextBatch() {
    if (batch_) {
        ended_ = batch_->last;
        if (batch_->failure) failure_ = batch_->failure;
        empty_.push(std::move(batch_), stopper_.get_token());
    }
    if (ended_) return false;
    auto batch = full_.pop(stopper_.get_token());
    if (!batch) {
        failure_ = Error{Fault::Cancelled, "reconcile", "stopped", std::nullopt};
        ended_ = true;
        return false;
    }
    batch_ = std::move(*batch);
    position_ = 0;
    return true;
}

const ProvincialItem* ProvincialStream::peek() {
    while (!ended_ && !declined_) {
        if (!batch_ || position_ == batch_->used) {
            if (!nextBatch()) return nullptr;
            continue;
        }
        const ProvincialItem& item = batch_->items[position_];
        if (ready_) return &item;
        if (seen_ && !seen_(item)) {
            declined_ = true;
            return nullptr;
        }
        if (!item.late) {
            ready_ = true;
            if (!item.number().empty() && !leftovers_.passed(item)) declined_ = true;
            return declined_ ? nullptr : &item;
        }
        if (!leftovers_.late(item)) declined_ = true;
        ++position_;
    }
    return nullptr;
}

void ProvincialStream::pop() {
    ++position_;
    ready_ = false;
}

}  // namespace lianzheng
