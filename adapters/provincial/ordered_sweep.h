#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>

#include "adapters/provincial/read_pace.h"
#include "adapters/provincial/source.h"
#include "adapters/provincial/source_sql.h"
#include "adapters/sql/database.h"

namespace lianzheng {

/// Every row in the order of the number's bytes; how many the sink saw. Ends early when the sink or a stop says so.
/// Throws as SOCI does.
std::uint64_t sweepInOrder(Database& database, const SourceSql& sql, std::size_t pageRows, ReadPace& pace,
                           const RowSink& sink, const std::stop_token& stop);

}  // namespace lianzheng
