#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>

#include "adapters/provincial/read_pace.h"
#include "adapters/provincial/source.h"
#include "adapters/provincial/source_sql.h"
#include "adapters/sql/cell_reader.h"
#include "adapters/sql/database.h"

namespace lianzheng {

/// A read of the whole source under way.
struct Sweep {
    Database& database;
    const SourceSql& sql;
    std::size_t pageRows;
    ReadPace& pace;
    const RowSink& sink;
    const std::stop_token& stop;
};

/// For what no index serves page by page: `query` runs once into a temporary table, which SQLite keeps on disk, and the
/// source's lock is gone before the first row is used. How many rows the sink saw; throws as SOCI does.
std::uint64_t throughCopy(const Sweep& sweep, const std::string& query);
/// What a cursor may bring at once, for SOCI takes a whole result into memory.
inline constexpr std::size_t kCursorRows = 2000;
/// PostgreSQL: a cursor, because SOCI takes a whole result into memory; at most kCursorRows at a time.
std::uint64_t throughCursor(const Sweep& sweep, const std::string& query);

}  // namespace lianzheng
