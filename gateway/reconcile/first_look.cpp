#include "gateway/reconcile/first_look.h"

#include <array>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/planner/ledger_key.h"
#include "gateway/reconcile/packed_row.h"

namespace lianzheng {
namespace {

constexpr std::size_t kBatchRows = 256;

/// Asks `remembered` and says what came of it: the error of `status` there, or nothing to read here.
ChooseRanges choosing(RememberedRanges& remembered, RememberedRanges::Sink known, Status& status) {
    return
        [&remembered, known = std::move(known), &status](const RangeDigests& digests) -> std::optional<WantedRanges> {
            Result<WantedRanges> wanted = remembered.recall(digests, known);
            if (wanted) return std::move(*wanted);
            status = tl::unexpected<Error>(wanted.error());
            return std::nullopt;
        };
}

/// What stands where a state belongs may be anything, even somebody's name.
bool forKeeping(const Glance& glance) { return glance.state.empty() || certStateOf(glance.state).has_value(); }

/// Whether a side was read in ranges, unless one of the two failed.
Result<bool> together(const Status& recalled, Result<bool> read) {
    if (!recalled) return tl::unexpected<Error>(recalled.error());
    return read;
}

}  // namespace

/// An empty batch that is not in use.
bool FirstLook::nextBatch(Batch& batch, const std::stop_token& stop) {
    auto used = empty_.pop(stop);
    if (used) batch = std::move(*used);
    batch.bytes.clear();
    batch.ranges.clear();
    batch.rows = 0;
    return used.has_value();
}

Status FirstLook::readProvince(Batch& batch, const std::stop_token& stop) {
    const RowSink sink = [&](std::span<const Cell> cells) {
        packRow(cells, batch.bytes);
        if (++batch.rows < kBatchRows) return true;
        return full_.push(std::move(batch), stop) && nextBatch(batch, stop);
    };
    if (remembered_.ours != nullptr) {
        Status recalled = ok();
        const auto known = [this](const Glance& glance) {
            ++rows_;
            return sieve_.provincial(glance);
        };
        const RangedRowSink ranged = [&](std::uint32_t range, std::span<const Cell> cells) {
            batch.ranges.push_back(range);
            return sink(cells);
        };
        const Result<bool> there =
            source_.sweepRanges(map_.recordColumns(), choosing(*remembered_.ours, known, recalled), ranged, stop);
        if (const Result<bool> done = together(recalled, there); !done || *done) return done.map([](bool) {});
    }
    return source_.sweepUnordered(map_.recordColumns(), sink, stop).map([](std::uint64_t) {});
}

Status FirstLook::readProvince(const std::stop_token& stop) {
    Batch batch;
    if (!nextBatch(batch, stop)) return ok();
    if (Status read = readProvince(batch, stop); !read) return read;
    batch.last = true;
    full_.push(std::move(batch), stop);
    return ok();
}

Status FirstLook::mapRow(const Batch& batch, std::size_t row, std::span<const Cell> cells) {
    map_.mapRecord(cells, desired_);
    // A row without a readable number is known by its key alone, here as in the ledger.
    if (!desired_.problems.empty() && ledgerKey(desired_) != desired_.record[Field::CertNum]) {
        desired_.record[Field::CertNum].clear();
    }
    const Glance glance = glanceAt(desired_, cells, compared_, noted_);
    if (!batch.ranges.empty()) {
        // Without a key the row itself is noted: that is not for keeping.
        if (desired_.facts.sourceKey.empty() || !forKeeping(glance)) remembered_.ours->alwaysRead(batch.ranges[row]);
        if (Status status = remembered_.ours->put(batch.ranges[row], glance); !status) return status;
    }
    return sieve_.provincial(glance);
}

Status FirstLook::mapProvince(const std::stop_token& stop) {
    std::vector<Cell> cells;
    while (auto batch = full_.pop(stop)) {
        std::string_view bytes = batch->bytes;
        for (std::size_t i = 0; i < batch->rows; ++i) {
            if (!takeRow(bytes, map_.columns().size(), cells)) break;
            if (Status status = mapRow(*batch, i, cells); !status) return status;
        }
        rows_ += batch->rows;
        if (batch->last) return sieve_.provincialEnd();
        empty_.push(std::move(*batch), stop);
    }
    return ok();
}

Status FirstLook::readOther(OtherSide& side, const std::function<bool()>& seen, const std::stop_token& stop) {
    Status taken = ok();
    const auto take = [&](const NationalItem& item, const Glance& glance) {
        taken = item.number().empty() ? sieve_.unreadable(item, glance) : sieve_.national(glance);
        return taken && seen();
    };
    Result<bool> there = false;
    if (remembered_.theirs != nullptr) {
        RememberedRanges& remembered = *remembered_.theirs;
        const auto known = [&](const Glance& glance) -> Status {
            if (!seen()) return failed(Fault::Cancelled, "reconcile", "stopped");
            return sieve_.national(glance);
        };
        const OtherSide::RangedSink ranged = [&](std::uint32_t range, const NationalItem& item) {
            const Glance glance = glanceAt(item, compared_);
            if (item.number().empty() || !forKeeping(glance)) remembered.alwaysRead(range);
            taken = remembered.put(range, glance);
            return taken && take(item, glance);
        };
        Status recalled = ok();
        there = together(recalled, side.inRanges(choosing(remembered, known, recalled), ranged, stop));
    }
    Status read = there.map([](bool) {});
    if (there && !*there) {
        const OtherSide::Sink sink = [&](const NationalItem& item) { return take(item, glanceAt(item, compared_)); };
        read = side.all(OtherSide::Depth::Glance, sink, stop);
    }
    if (!taken) return taken;
    if (!read) return read;
    return sieve_.nationalEnd();
}

Status FirstLook::read(OtherSide& side, const std::function<bool()>& seen, const std::stop_token& stop) {
    compared_ = side.compared();
    std::stop_source stopper;
    const std::stop_callback chained(stop, [&stopper] { stopper.request_stop(); });
    const std::stop_token token = stopper.get_token();
    for (std::size_t i = 0; i < kBatches; ++i) empty_.push(Batch{}, token);
    // Whoever fails stops the others, who then only say so: what counts is the first that says something else.
    std::array<Status, 3> outcomes;
    const auto work = [&stopper](Status& outcome, auto&& part) {
        outcome = part();
        if (!outcome) stopper.request_stop();
    };
    {
        const std::jthread reader([&] { work(outcomes[0], [&] { return readProvince(token); }); });
        const std::jthread mapper([&] { work(outcomes[1], [&] { return mapProvince(token); }); });
        work(outcomes[2], [&] { return readOther(side, seen, token); });
    }
    for (const Status& outcome : outcomes) {
        if (!outcome && outcome.error().fault != Fault::Cancelled) return outcome;
    }
    for (const Status& outcome : outcomes) {
        if (!outcome) return outcome;
    }
    if (stop.stop_requested()) return failed(Fault::Cancelled, "reconcile", "stopped");
    return ok();
}

}  // namespace lianzheng
