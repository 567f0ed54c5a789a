#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "adapters/sql/database.h"
#include "adapters/sql/ranges.h"
#include "mappings/certificate.h"

namespace lianzheng {

/// One certificate as the platform's own view shows it. What the view has no column for stays empty, and is unknown.
struct NationalRow {
    Certificate record;  ///< dates without their time
    std::string zzeCertId;
    std::string codeId;
    std::string eCertId;
    bool collected = false;
    std::string rawNumber;  ///< the number as written there, when it would not normalise; record[CertNum] is then empty
    std::uint64_t place = 0;  ///< where it stands in the view, from 1; 0: in no place of its own
};

/// Is called with each row; valid during the call only. False ends the read.
using NationalSink = std::function<bool(const NationalRow& row)>;
/// The same with the range in which the row lies.
using RangedNationalSink = std::function<bool(std::uint32_t range, const NationalRow& row)>;
/// Begins the code of what asTheyLie() of a JSON Lines file ends with, Unavailable, when a line names a field that
/// shownFields() did not; the field and the line follow. shownFields() knows it then.
inline constexpr std::string_view kLateField = "late_field:";
/// Whether the row that stands there is wanted.
using PlaceFilter = std::function<bool(std::uint64_t place)>;

/// The platform's view of our certificates: an exchange database (前置库), a CSV or JSON Lines file (gzip by content),
/// or the first sheet of an .xlsx workbook. Errors: Unavailable (away, `no_file`, `no_converter:FILE`), Corrupt with
/// code `line:N`, `cell:COLUMN:ROW` (of a database: no UTF-8, or a control character; the row counted as the view gives
/// them), `column_gone:certNum` or `no_workbook:FILE` for what cannot be read.
class ExchangeView {
public:
    virtual ~ExchangeView() = default;
    /// Which national fields the view can show at all, by nationalName; others are unknown, not equal.
    [[nodiscard]] virtual Result<std::vector<Field>> shownFields() = 0;
    /// Every row in the order of the bytes of the normalised certificate number, in constant memory: a source that is
    /// ordered otherwise is sorted on disk first. Rows with an unreadable number come last.
    virtual Result<std::uint64_t> ordered(const NationalSink& sink, const std::stop_token& stop) = 0;
    /// Every row once, as it lies there. Beside the number only `fields` and the licence identifier are filled; all of
    /// kFields makes the row whole.
    virtual Result<std::uint64_t> asTheyLie(std::span<const Field> fields, const NationalSink& sink,
                                            const std::stop_token& stop) = 0;
    /// Every row of the ranges that `choose` wants, once, in no order, filled as asTheyLie() fills them; they are as
    /// they were when their digests were made. False when the view makes no digests: nothing was read then.
    virtual Result<bool> inRanges(std::span<const Field> /*fields*/, const ChooseRanges& /*choose*/,
                                  const RangedNationalSink& /*sink*/, const std::stop_token& /*stop*/) {
        return false;
    }
    /// The whole rows of the wanted places, which asTheyLie() has told, in less time than all take. A view whose rows
    /// have no places, or that is another one by now, gives every row.
    virtual Result<std::uint64_t> atPlaces(const PlaceFilter& /*wanted*/, const NationalSink& sink,
                                           const std::stop_token& stop) {
        return asTheyLie(kFields, sink, stop);
    }
    /// The rows whose number is written as one of `numbers`, whole, in no order: at most a few thousand numbers, each
    /// named once. False when nothing less than reading the whole view would find them; nothing was read then.
    virtual Result<bool> ofNumbers(std::span<const std::string> numbers, const NationalSink& sink,
                                   const std::stop_token& stop) = 0;
};

struct ExchangeSettings {
    DatabaseAddress address;  ///< `exchange.url`, or
    std::string file;         ///< `exchange.file`: .csv, .jsonl, either with .gz, or .xlsx
    std::string table =
        "v_anguan";  ///< columns are named as the national fields, plus zzeCertID, codeId, eCertID, collected
    std::string scratchDirectory = "/tmp";
    std::string xlsxConverter = "/usr/bin/xlsx2csv";  ///< the program that writes an .xlsx as CSV
};

std::unique_ptr<ExchangeView> makeExchangeView(ExchangeSettings settings);

}  // namespace lianzheng
