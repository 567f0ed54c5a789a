#include "adapters/exchange/exchange_view.h"

#include <utility>

#include "adapters/exchange/national_rows.h"
#include "adapters/exchange/row_record.h"
#include "adapters/runtime/spill.h"

namespace lianzheng {

namespace {

constexpr const char* kWhere = "exchange.read";
constexpr std::size_t kSortMemory = 32U << 20U;

constexpr std::size_t kNumber = static_cast<std::size_t>(Field::CertNum);

Status stopped() { return failed(Fault::Cancelled, kWhere, "stopped"); }

/// What a read for `fields` fills: they, the number and the licence identifier; for all fields everything.
Slots slotsOf(std::span<const Field> fields) {
    Slots slots;
    slots.set(kNumber).set(static_cast<std::size_t>(RowSlot::ZzeCertId));
    for (const Field field : fields) slots.set(static_cast<std::size_t>(field));
    if (fields.size() == kFieldCount) slots.set();
    return slots;
}

class OrderedView final : public ExchangeView {
public:
    OrderedView(std::unique_ptr<NationalRows> rows, std::string scratchDirectory)
        : rows_(std::move(rows)), scratchDirectory_(std::move(scratchDirectory)) {}

    Result<std::vector<Field>> shownFields() override { return rows_->shownFields(); }
    Result<std::uint64_t> ordered(const NationalSink& sink, const std::stop_token& stop) override;
    Result<std::uint64_t> asTheyLie(std::span<const Field> fields, const NationalSink& sink,
                                    const std::stop_token& stop) override;
    Result<bool> inRanges(std::span<const Field> fields, const ChooseRanges& choose, const RangedNationalSink& sink,
                          const std::stop_token& stop) override;
    Result<std::uint64_t> atPlaces(const PlaceFilter& wanted, const NationalSink& sink,
                                   const std::stop_token& stop) override;
    Result<bool> ofNumbers(std::span<const std::string> numbers, const NationalSink& sink,
                           const std::stop_token& stop) override;

private:
    Result<bool> liesInOrder(const std::stop_token& stop);
    /// How many rows `read` gave to the sink it was handed.
    template <class Read>
    static Result<std::uint64_t> counted(Read&& read, const NationalSink& sink, const std::stop_token& stop);

    std::unique_ptr<NationalRows> rows_;
    std::string scratchDirectory_;
};

/// Whether the readable numbers come in order as they lie; looked at beforehand, for rows that are given cannot be
/// taken back. Ends at the first that does not.
Result<bool> OrderedView::liesInOrder(const std::stop_token& stop) {
    bool inOrder = true;
    std::string before;
    const NationalSink looking = [&](const NationalRow& row) {
        const std::string& number = row.record[Field::CertNum];
        if (number.empty()) return true;
        inOrder = before <= number;
        before = number;
        return inOrder;
    };
    const Status read = rows_->read(Slots().set(kNumber), NationalRows::Order::ByNumber, looking, stop);
    if (!read) return tl::unexpected<Error>(read.error());
    return inOrder;
}

Result<std::uint64_t> OrderedView::ordered(const NationalSink& sink, const std::stop_token& stop) {
    const Result<bool> inOrder = liesInOrder(stop);
    if (!inOrder) return inOrder.map([](bool) -> std::uint64_t { return 0; });

    SpillSorter sorter(scratchDirectory_, kSortMemory);
    std::uint64_t count = 0;
    Status status = ok();
    bool wanted = true;
    std::string key;
    std::string before;
    std::string bytes;
    const NationalSink taking = [&](const NationalRow& row) {
        const std::string& number = row.record[Field::CertNum];
        if (*inOrder && !number.empty()) {
            if (number < before) {
                status = failed(Fault::Unavailable, kWhere, "changed_meanwhile");
                return false;
            }
            before = number;
            ++count;
            wanted = sink(row);
            return wanted;
        }
        orderKey(row, key);
        pack(row, bytes);
        status = sorter.add(key, bytes);
        return status.has_value();
    };
    if (Status read = rows_->read(Slots().set(), NationalRows::Order::ByNumber, taking, stop); status && !read)
        status = std::move(read);
    if (status) status = sorter.sort();
    NationalRow row;
    while (status && wanted && !stop.stop_requested()) {
        const Result<bool> there = sorter.next();
        if (!there) status = tl::unexpected<Error>(there.error());
        if (!there || !*there) break;
        unpack(sorter.payload(), row);
        ++count;
        wanted = sink(row);
    }
    if (status && stop.stop_requested()) status = stopped();
    if (!status) return tl::unexpected<Error>(std::move(status.error()));
    return count;
}

template <class Read>
Result<std::uint64_t> OrderedView::counted(Read&& read, const NationalSink& sink, const std::stop_token& stop) {
    std::uint64_t count = 0;
    const NationalSink counting = [&](const NationalRow& row) {
        ++count;
        return sink(row);
    };
    Status status = read(counting);
    if (status && stop.stop_requested()) status = stopped();
    if (!status) return tl::unexpected<Error>(std::move(status.error()));
    return count;
}

Result<std::uint64_t> OrderedView::asTheyLie(std::span<const Field> fields, const NationalSink& sink,
                                             const std::stop_token& stop) {
    const auto read = [&](const NationalSink& counting) {
        return rows_->read(slotsOf(fields), NationalRows::Order::AsTheyLie, counting, stop);
    };
    return counted(read, sink, stop);
}

Result<bool> OrderedView::inRanges(std::span<const Field> fields, const ChooseRanges& choose,
                                   const RangedNationalSink& sink, const std::stop_token& stop) {
    Result<bool> there = rows_->inRanges(slotsOf(fields), choose, sink, stop);
    if (there && stop.stop_requested()) return tl::unexpected<Error>(stopped().error());
    return there;
}

Result<std::uint64_t> OrderedView::atPlaces(const PlaceFilter& wanted, const NationalSink& sink,
                                            const std::stop_token& stop) {
    return counted([&](const NationalSink& counting) { return rows_->atPlaces(wanted, counting, stop); }, sink, stop);
}

Result<bool> OrderedView::ofNumbers(std::span<const std::string> numbers, const NationalSink& sink,
                                    const std::stop_token& stop) {
    Result<bool> found = rows_->find(numbers, sink, stop);
    if (found && stop.stop_requested()) return tl::unexpected<Error>(stopped().error());
    return found;
}

bool namesJson(std::string_view file) { return file.ends_with(".jsonl") || file.ends_with(".jsonl.gz"); }

}  // namespace

std::unique_ptr<ExchangeView> makeExchangeView(ExchangeSettings settings) {
    std::unique_ptr<NationalRows> rows;
    if (settings.file.empty()) {
        rows = makeDatabaseRows(std::move(settings.address), std::move(settings.table));
    } else if (namesJson(settings.file)) {
        rows = makeJsonRows(std::move(settings.file));
    } else if (settings.file.ends_with(".xlsx")) {
        rows = makeWorkbookRows(std::move(settings.file), std::move(settings.xlsxConverter));
    } else {
        rows = makeCsvRows(std::move(settings.file));
    }
    return std::make_unique<OrderedView>(std::move(rows), std::move(settings.scratchDirectory));
}

}  // namespace lianzheng
