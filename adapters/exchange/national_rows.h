#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/exchange/exchange_view.h"
#include "adapters/exchange/row_shape.h"

namespace lianzheng {

/// The rows of a view. May be read again and again.
class NationalRows {
public:
    /// By the bytes of the number as stored, where the view can do it (a database); a file gives its rows as they lie.
    enum class Order : std::uint8_t { AsTheyLie, ByNumber };
    virtual ~NationalRows() = default;
    [[nodiscard]] virtual Result<std::vector<Field>> shownFields() = 0;
    /// Slots that are not wanted stay empty. Ends early when the sink or a stop says so.
    virtual Status read(const Slots& wanted, Order order, const NationalSink& sink, const std::stop_token& stop) = 0;
    /// See ExchangeView::inRanges().
    virtual Result<bool> inRanges(const Slots& /*wanted*/, const ChooseRanges& /*choose*/,
                                  const RangedNationalSink& /*sink*/, const std::stop_token& /*stop*/) {
        return false;
    }
    /// See ExchangeView::atPlaces().
    virtual Status atPlaces(const PlaceFilter& /*wanted*/, const NationalSink& sink, const std::stop_token& stop) {
        return read(Slots().set(), Order::AsTheyLie, sink, stop);
    }
    /// See ExchangeView::ofNumbers().
    virtual Result<bool> find(std::span<const std::string> /*numbers*/, const NationalSink& /*sink*/,
                              const std::stop_token& /*stop*/) {
        return false;
    }
};

std::unique_ptr<NationalRows> makeCsvRows(std::string file);
/// The first sheet of an .xlsx workbook, as `converter` (the path of Debian's xlsx2csv) writes it as CSV; read anew by
/// each call. Dates may be date cells, however they are shown. Errors: besides those of CSV, Unavailable
/// `no_converter:FILE` when the program cannot be started, and Corrupt `no_workbook:FILE` when it ends with a failure.
std::unique_ptr<NationalRows> makeWorkbookRows(std::string file, std::string converter);
/// The fields shown are those named in the first 1,000 lines; after kLateField those of all lines.
std::unique_ptr<NationalRows> makeJsonRows(std::string file);
std::unique_ptr<NationalRows> makeDatabaseRows(DatabaseAddress address, std::string table);

}  // namespace lianzheng
