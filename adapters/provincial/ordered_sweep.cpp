#include "adapters/provincial/ordered_sweep.h"

#include "adapters/provincial/paged_read.h"
#include "adapters/provincial/source_health.h"

namespace lianzheng {

namespace {

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

}  // namespace

std::uint64_t sweepInOrder(const Sweep& sweep) {
    const SourceSql& sql = sweep.sql;
    if (sweep.database.dialect() == Dialect::Postgres) return throughCursor(sweep, sql.sweepWhole());
    // Without an index each page would sort the whole source: it is sorted once.
    return orderComesFromIndex(sweep.database, sql.sweepPage(true, sweep.pageRows))
               ? inPages(sweep)
               : throughCopy(sweep, sql.sweepWhole());
}

}  // namespace lianzheng
