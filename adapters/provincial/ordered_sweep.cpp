#include "adapters/provincial/ordered_sweep.h"

#include "adapters/provincial/paged_read.h"
#include "adapters/provincial/source_health.h"
#include "adapters/sql/cell_reader.h"

namespace lianzheng {

namespace {

struct Sweep {
    Database& database;
    const SourceSql& sql;
    std::size_t pageRows;
    ReadPace& pace;
    const RowSink& sink;
    const std::stop_token& stop;
};

std::uint64_t inPages(const Sweep& sweep) {
    const SourceSql& sql = sweep.sql;
    const std::size_t key = sql.position(SourceSql::Key);
    PagedQuery query{.first = sql.sweepUnnumberedPage(false, sweep.pageRows),
                     .firstParameters = {},
                     .next = sql.sweepUnnumberedPage(true, sweep.pageRows),
                     .moreParameters = {},
                     .cursor = {key},
                     .columns = sql.columns(),
                     .width = sql.width(),
                     .pageRows = sweep.pageRows};
    const PagedOutcome unnumbered = readPages(sweep.database, query, sweep.pace, sweep.sink, sweep.stop);
    if (unnumbered.ended) return unnumbered.rows;
    query.first = sql.sweepPage(false, sweep.pageRows);
    query.next = sql.sweepPage(true, sweep.pageRows);
    const std::size_t number = sql.position(SourceSql::Number);
    query.cursor = {number, number, key};
    return unnumbered.rows + readPages(sweep.database, query, sweep.pace, sweep.sink, sweep.stop).rows;
}

/// Reads what `reader` gives in paced portions; `moreRows` begins each. How many rows the sink saw.
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

/// Without an index each page would sort the whole source: it is sorted once into a temporary table, which SQLite keeps
/// on disk, and the source's lock is gone before the first row is used.
std::uint64_t throughCopy(const Sweep& sweep) {
    soci::session& session = sweep.database.session();
    session << "DROP TABLE IF EXISTS temp.lianzheng_sweep";
    session << "CREATE TEMP TABLE lianzheng_sweep AS " + sweep.sql.sweepWhole();
    std::uint64_t rows = 0;
    {
        CellReader reader(session, "SELECT * FROM temp.lianzheng_sweep ORDER BY rowid", sweep.sql.width(), {});
        reader.execute();
        rows = inPortions(sweep, reader, [] {});
    }
    session << "DROP TABLE temp.lianzheng_sweep";
    return rows;
}

/// SOCI takes a whole result into memory: a cursor brings it in portions.
std::uint64_t throughCursor(const Sweep& sweep) {
    soci::session& session = sweep.database.session();
    session << "BEGIN READ ONLY";
    session << "SET LOCAL cursor_tuple_fraction = 1";
    session << "DECLARE lianzheng_sweep NO SCROLL CURSOR FOR " + sweep.sql.sweepWhole();
    std::uint64_t rows = 0;
    {
        CellReader reader(session, "FETCH " + std::to_string(sweep.pageRows) + " FROM lianzheng_sweep",
                          sweep.sql.width(), {});
        rows = inPortions(sweep, reader, [&] { reader.execute(); });
    }
    session << "ROLLBACK";
    return rows;
}

}  // namespace

std::uint64_t sweepInOrder(Database& database, const SourceSql& sql, std::size_t pageRows, ReadPace& pace,
                           const RowSink& sink, const std::stop_token& stop) {
    const Sweep sweep{database, sql, pageRows, pace, sink, stop};
    if (database.dialect() == Dialect::Postgres) return throughCursor(sweep);
    return orderComesFromIndex(database, sql.sweepPage(true, pageRows)) ? inPages(sweep) : throughCopy(sweep);
}

}  // namespace lianzheng
