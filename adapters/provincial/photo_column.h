#pragma once

#include <string>
#include <string_view>

#include "adapters/provincial/source_connection.h"
#include "adapters/sql/database.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// Photos that lie in a column of a table of the source's.
class PhotoColumn {
public:
    explicit PhotoColumn(const SourceDefinition& definition);

    /// The bytes; empty when there is no such row, or nothing in it. Corrupt, `column_gone:NAME`. Throws as SOCI does:
    /// call it inside guarded(), and forget() when it did.
    Result<std::string> read(Database& database, SourceConnection& connection, std::string_view reference);
    /// How the table spells its columns is asked again at the next read.
    void forget() { statement_.clear(); }

private:
    Status prepare(Database& database);

    std::string from_;
    std::string key_;
    std::string column_;
    std::string statement_;  ///< empty: the names are not known yet
};

}  // namespace lianzheng
