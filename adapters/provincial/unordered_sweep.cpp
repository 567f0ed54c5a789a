#include "adapters/provincial/unordered_sweep.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "adapters/provincial/source_health.h"
#include "adapters/sql/range_read.h"

namespace lianzheng {

namespace {

using After = SourceSql::After;

/// Where a portion ended; nothing: at the source's end, or where the sink or a stop ended it.
struct Portion {
    std::uint64_t rows = 0;
    std::optional<std::pair<After, std::string>> goesOn;
};

/// How a further portion is asked for behind such a key; nothing when it cannot: NULL is behind nothing, and the text
/// of other values is not exact.
std::optional<After> behind(std::string_view storageClass) {
    if (storageClass == "text") return After::Text;
    if (storageClass == "integer") return After::Integer;
    return std::nullopt;
}

/// Reads until enough rows have come and the key changes: rows that share one are never torn apart, for the next
/// portion begins behind it.
Portion readPortion(const Sweep& sweep, After after, const std::string& from) {
    const std::size_t keyAt = sweep.sql.position(SourceSql::Key);
    const std::size_t classAt = sweep.sql.width();
    const bool first = after == After::Nothing;
    CellReader reader(sweep.database.session(), sweep.sql.keyPortion(after), sweep.sql.width() + 1,
                      first ? std::vector<std::string>{} : std::vector<std::string>{from});
    Portion portion;
    std::string last;
    std::optional<After> lastClass;
    reader.execute();
    while (reader.next()) {
        const auto cells = reader.cells();
        if (portion.rows >= sweep.pageRows) {
            if (lastClass && cells[keyAt].text != last) {
                portion.goesOn.emplace(*lastClass, std::move(last));
                return portion;
            }
        }
        if (portion.rows + 1 >= sweep.pageRows) {
            last = cells[keyAt].text;
            lastClass = behind(cells[classAt].text);
        }
        ++portion.rows;
        if (!sweep.sink(cells.first(sweep.sql.columns())) || sweep.stop.stop_requested()) return portion;
    }
    return portion;
}

std::uint64_t inKeyPortions(const Sweep& sweep) {
    std::uint64_t rows = 0;
    std::optional<std::pair<After, std::string>> from(std::in_place, After::Nothing, std::string());
    while (from && !sweep.stop.stop_requested()) {
        sweep.pace.await(sweep.pageRows, sweep.stop);
        Portion portion = readPortion(sweep, from->first, from->second);
        sweep.pace.took(portion.rows);
        rows += portion.rows;
        from = std::move(portion.goesOn);
    }
    return rows;
}

std::uint64_t sweepUnordered(const Sweep& sweep) {
    if (sweep.database.dialect() == Dialect::Postgres) return throughCursor(sweep, sweep.sql.whole());
    const After after = sweep.sql.keyIsNumeric() ? After::Integer : After::Text;
    return orderComesFromIndex(sweep.database, sweep.sql.keyPortion(after)) ? inKeyPortions(sweep)
                                                                            : throughCopy(sweep, sweep.sql.whole());
}

/// Puts the cells of a narrowed row where they stand among all columns.
class Spreading {
public:
    explicit Spreading(const std::vector<bool>& wanted) : cells_(wanted.size()) {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (wanted[i]) places_.push_back(i);
        }
    }
    std::span<const Cell> operator()(std::span<const Cell> narrow) {
        for (std::size_t i = 0; i < places_.size(); ++i) cells_[places_[i]] = narrow[i];
        return cells_;
    }

private:
    std::vector<std::size_t> places_;
    std::vector<Cell> cells_;
};

}  // namespace

std::uint64_t sweepNarrowly(const Sweep& sweep, const std::vector<bool>& wanted) {
    Spreading spread(wanted);
    const RowSink spreading = [&](std::span<const Cell> narrow) { return sweep.sink(spread(narrow)); };
    const SourceSql sql = sweep.sql.narrowed(wanted);
    return sweepUnordered({sweep.database, sql, sweep.pageRows, sweep.pace, spreading, sweep.stop});
}

bool sweepInRanges(const RangedSweep& sweep, const std::vector<bool>& wanted, const ChooseRanges& choose,
                   const RangedRowSink& sink) {
    if (sweep.database.dialect() != Dialect::Postgres) return false;
    const SourceSql sql = sweep.sql.narrowed(wanted);
    RangeRead read(sweep.database, sql.whole(), sql.width(), sql.position(SourceSql::Key));
    const std::optional<RangeDigests> digests = read.digests();
    if (!digests) return false;
    const std::optional<WantedRanges> ranges = choose(*digests);
    if (!ranges || std::ranges::find(*ranges, true) == ranges->end()) return true;
    Spreading spread(wanted);
    const std::size_t portion = std::min(sweep.pageRows, kCursorRows);
    read.want(*ranges, portion);
    for (std::size_t rows = portion; rows == portion && !sweep.stop.stop_requested();) {
        sweep.pace.await(portion, sweep.stop);
        rows = 0;
        for (read.execute(); read.next(); ++rows) {
            if ((*ranges)[read.range()] && !sink(read.range(), spread(read.cells()))) return true;
        }
        sweep.pace.took(rows);
    }
    return true;
}

}  // namespace lianzheng
