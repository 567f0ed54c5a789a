#include "adapters/provincial/paged_read.h"

#include <algorithm>
#include <memory>

#include "adapters/sql/cell_reader.h"

namespace lianzheng {

namespace {

/// Where the row stands.
void takeCursor(const CellReader& reader, const std::vector<std::size_t>& positions, std::vector<std::string>& cursor) {
    cursor.resize(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i) cursor[i] = reader.cells()[positions[i]].text;
}

/// Reads one page to its end, so that SQLite lets go of its lock; how many rows came.
std::size_t readPage(CellReader& reader, const PagedQuery& query, const RowSink& sink, PagedOutcome& outcome) {
    std::size_t rows = 0;
    while (!outcome.ended && outcome.rows < query.limit && reader.next()) {
        ++rows;
        ++outcome.rows;
        outcome.ended = !sink(reader.cells().first(query.columns));
        takeCursor(reader, query.cursor, outcome.cursor);
    }
    return rows;
}

}  // namespace

PagedOutcome readPages(Database& database, const PagedQuery& query, ReadPace& pace, const RowSink& sink,
                       const std::stop_token& stop) {
    PagedOutcome outcome;
    std::unique_ptr<CellReader> reader;
    const auto onePage = [&] {
        pace.await(query.pageRows, stop);
        reader->execute();
        const std::size_t rows = readPage(*reader, query, sink, outcome);
        pace.took(rows);
        if (stop.stop_requested()) outcome.ended = true;
        return rows == query.pageRows && !outcome.ended && outcome.rows < query.limit;
    };

    soci::session& session = database.session();
    reader = std::make_unique<CellReader>(session, query.first, query.width, query.firstParameters);
    if (!onePage()) return outcome;
    std::vector<std::string> parameters = outcome.cursor;
    parameters.insert(parameters.end(), query.moreParameters.begin(), query.moreParameters.end());
    reader = std::make_unique<CellReader>(session, query.next, query.width, parameters);
    while (onePage()) reader->setParameters(outcome.cursor);
    return outcome;
}

}  // namespace lianzheng
