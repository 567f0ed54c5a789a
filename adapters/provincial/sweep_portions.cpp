#include "adapters/provincial/sweep_portions.h"

#include <algorithm>

namespace lianzheng {

namespace {

/// Reads what `reader` gives in paced portions; `begin` begins each.
template <class Begin>
std::uint64_t inPortions(const Sweep& sweep, std::size_t portion, CellReader& reader, Begin&& begin) {
    std::uint64_t total = 0;
    while (!sweep.stop.stop_requested()) {
        sweep.pace.await(portion, sweep.stop);
        begin();
        std::size_t rows = 0;
        bool wanted = true;
        while (wanted && rows < portion && reader.next()) {
            ++rows;
            wanted = sweep.sink(reader.cells().first(sweep.sql.columns()));
        }
        total += rows;
        sweep.pace.took(rows);
        if (!wanted || rows < portion) break;
    }
    return total;
}

}  // namespace

std::uint64_t throughCopy(const Sweep& sweep, const std::string& query) {
    soci::session& session = sweep.database.session();
    session << "DROP TABLE IF EXISTS temp.lianzheng_sweep";
    session << "CREATE TEMP TABLE lianzheng_sweep AS " + query;
    std::uint64_t rows = 0;
    {
        CellReader reader(session, "SELECT * FROM temp.lianzheng_sweep ORDER BY rowid", sweep.sql.width(), {});
        reader.execute();
        rows = inPortions(sweep, sweep.pageRows, reader, [] {});
    }
    session << "DROP TABLE temp.lianzheng_sweep";
    return rows;
}

std::uint64_t throughCursor(const Sweep& sweep, const std::string& query) {
    soci::session& session = sweep.database.session();
    session << "BEGIN READ ONLY";
    session << "SET LOCAL cursor_tuple_fraction = 1";
    session << "DECLARE lianzheng_sweep NO SCROLL CURSOR FOR " + query;
    std::uint64_t rows = 0;
    {
        const std::size_t portion = std::min(sweep.pageRows, kCursorRows);
        CellReader reader(session, "FETCH " + std::to_string(portion) + " FROM lianzheng_sweep", sweep.sql.width(), {});
        rows = inPortions(sweep, portion, reader, [&] { reader.execute(); });
    }
    session << "ROLLBACK";
    return rows;
}

}  // namespace lianzheng
