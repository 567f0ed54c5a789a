#include "adapters/provincial/sweep_portions.h"

namespace lianzheng {

namespace {

/// Reads what `reader` gives in paced portions; `begin` begins each.
template <class Begin>
std::uint64_t inPortions(const Sweep& sweep, CellReader& reader, Begin&& begin) {
    std::uint64_t total = 0;
    while (!sweep.stop.stop_requested()) {
        sweep.pace.await(sweep.pageRows, sweep.stop);
        begin();
        std::size_t rows = 0;
        bool wanted = true;
        while (wanted && rows < sweep.pageRows && reader.next()) {
            ++rows;
            wanted = sweep.sink(reader.cells().first(sweep.sql.columns()));
        }
        total += rows;
        sweep.pace.took(rows);
        if (!wanted || rows < sweep.pageRows) break;
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
        rows = inPortions(sweep, reader, [] {});
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
        CellReader reader(session, "FETCH " + std::to_string(sweep.pageRows) + " FROM lianzheng_sweep",
                          sweep.sql.width(), {});
        rows = inPortions(sweep, reader, [&] { reader.execute(); });
    }
    session << "ROLLBACK";
    return rows;
}

}  // namespace lianzheng
