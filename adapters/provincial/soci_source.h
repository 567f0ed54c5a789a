#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/fetch.h"
#include "adapters/provincial/source.h"
#include "adapters/runtime/clock.h"
#include "adapters/sql/database.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// How the guest behaves, and where write-back goes.
struct SourceSettings {
    DatabaseAddress address;
    std::size_t rowsPerSecond = 0;  ///< cap over any second; 0: none
    std::size_t pageRows = 2000;
    /// Of an unordered sweep: SQLite begins each by reading side tables anew, and holds its lock for a tenth of a
    /// second.
    std::size_t portionRows = 40'000;
    FetchSettings photos;  ///< where the mapping fetches them over HTTP
    enum class WriteBackTarget : std::uint8_t { None, Table, Columns };
    WriteBackTarget writeBack = WriteBackTarget::Table;
    std::string writeBackTable = "lianzheng_writeback";  ///< Table: made when absent; Columns: the table to update
    /// Columns: the target's column for each value; an empty one is not written. `keyColumn` finds the row.
    struct Columns {
        std::string keyColumn, codeId, zzeCertId, state, pushedAt;
    } writeBackColumns;
};

/// The source over SOCI: SQLite and PostgreSQL. Connects on the first use and again after a fault.
/// `map` and `clock` are borrowed and outlive it.
/// Rows without a certificate number come first (SQLite) or last (PostgreSQL) in a sweep. On SQLite a source without an
/// index for the sweep is first copied in order to SQLite's temporary store, so that no lock is held while rows are
/// used.
std::unique_ptr<ProvincialSource> makeSociSource(SourceSettings settings, const FieldMap& map, Clock& clock);
/// The same for a definition and columns of its own.
std::unique_ptr<ProvincialSource> makeSociSource(SourceSettings settings, SourceDefinition definition,
                                                 std::vector<std::string> columns, Clock& clock);

}  // namespace lianzheng
