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

}  // namespace

Status FirstLook::readProvince(const std::stop_token& stop) {
    Batch batch;
    const auto next = [&] {
        auto used = empty_.pop(stop);
        if (used) batch = std::move(*used);
        batch.bytes.clear();
        batch.rows = 0;
        return used.has_value();
    };
    const RowSink sink = [&](std::span<const Cell> cells) {
        packRow(cells, batch.bytes);
        if (++batch.rows < kBatchRows) return true;
        return full_.push(std::move(batch), stop) && next();
    };
    if (!next()) return ok();
    const auto read = source_.sweepUnordered(map_.recordColumns(), sink, stop);
    if (!read) return tl::unexpected<Error>(read.error());
    batch.last = true;
    full_.push(std::move(batch), stop);
    return ok();
}

Status FirstLook::mapProvince(const std::stop_token& stop) {
    Desired desired;
    std::vector<Cell> cells;
    while (auto batch = full_.pop(stop)) {
        std::string_view bytes = batch->bytes;
        for (std::size_t i = 0; i < batch->rows; ++i) {
            if (!takeRow(bytes, map_.columns().size(), cells)) break;
            map_.mapRecord(cells, desired);
            // A row without a readable number is known by its key alone, here as in the ledger.
            if (!desired.problems.empty() && ledgerKey(desired) != desired.record[Field::CertNum]) {
                desired.record[Field::CertNum].clear();
            }
            if (Status status = sieve_.provincial(desired, cells); !status) return status;
        }
        rows_ += batch->rows;
        if (batch->last) return sieve_.provincialEnd();
        empty_.push(std::move(*batch), stop);
    }
    return ok();
}

Status FirstLook::readOther(OtherSide& side, const OtherSide::Sink& seen, const std::stop_token& stop) {
    Status taken = ok();
    const Status read = side.all(
        OtherSide::Depth::Glance,
        [&](const NationalItem& item) {
            taken = sieve_.national(item);
            return taken && seen(item);
        },
        stop);
    if (!taken) return taken;
    if (!read) return read;
    return sieve_.nationalEnd();
}

Status FirstLook::read(OtherSide& side, const OtherSide::Sink& seen, const std::stop_token& stop) {
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
