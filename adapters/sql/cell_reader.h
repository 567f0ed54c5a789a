#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "adapters/sql/database.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// A prepared query whose columns are read as text row by row; nothing is allocated once it has met its longest cells.
/// On SQLite the cells are views into the database's own row: taking them through SOCI would copy each one, which costs
/// a third of what reading does. Throws as SOCI does. Threads: one at a time.
class CellReader {
public:
    CellReader(soci::session& session, const std::string& sql, std::size_t width, std::vector<std::string> parameters);
    ~CellReader();
    // The backend holds addresses of what is bound.
    CellReader(const CellReader&) = delete;
    CellReader& operator=(const CellReader&) = delete;

    /// Changes the first parameters for the next execute().
    void setParameters(std::span<const std::string> parameters);
    void execute();
    /// Moves to the next row; false behind the last one.
    bool next();
    /// The row's cells, valid until the next row is asked for.
    [[nodiscard]] std::span<const Cell> cells() const noexcept { return cells_; }

private:
    class Rows;
    class SociRows;
    class SqliteRows;
    std::vector<std::string> parameters_;
    std::vector<Cell> cells_;
    std::unique_ptr<Rows> rows_;
};

}  // namespace lianzheng
