#pragma once

#include <memory>
#include <string>

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
std::unique_ptr<ProvincialSource> makeSociSource(SourceSettings settings, const FieldMap& map, Clock& clock);

}  // namespace lianzheng
