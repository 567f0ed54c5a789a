#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "adapters/sql/database.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// A prepared query whose columns are read as text into the same variables row by row; nothing is allocated once they
/// have grown. Throws as SOCI does. Threads: one at a time.
class CellReader {
public:
    CellReader(soci::session& session, const std::string& sql, std::size_t width, std::vector<std::string> parameters);
    // SOCI holds the addresses of the bound variables.
    CellReader(const CellReader&) = delete;
    CellReader& operator=(const CellReader&) = delete;

    /// Changes the first parameters for the next execute().
    void setParameters(std::span<const std::string> parameters);
    void execute() { statement_.execute(false); }
    /// Moves to the next row; false behind the last one, whose cells then stay.
    bool next();
    /// The row's cells, valid until the next row.
    [[nodiscard]] std::span<const Cell> cells() const noexcept { return cells_; }

private:
    std::vector<std::string> parameters_;
    std::vector<std::string> values_;
    std::vector<soci::indicator> indicators_;
    std::vector<Cell> cells_;
    soci::statement statement_;
};

}  // namespace lianzheng
