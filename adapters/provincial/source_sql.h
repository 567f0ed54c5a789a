#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "adapters/sql/database.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// Writes the statements that read a source. Each selects the mapping's columns as text, then what they lack of key and
/// number; a scan's gives the watermark too. Placeholders are positional, each used once.
class SourceSql {
public:
    /// Columns that a read needs for itself.
    enum Extra : std::size_t { Key = 0, Number = 1, Watermark = 2 };
    /// What SQLite holds is typed value by value: a cursor's text is compared as a number only where numbers are.
    struct Numeric {
        bool key = false;
        bool watermark = false;
    };

    /// Names are already those of the source.
    SourceSql(Dialect dialect, SourceDefinition source, std::vector<std::string> columns);
    void setNumeric(Numeric numeric) { numeric_ = numeric; }
    [[nodiscard]] bool keyIsNumeric() const noexcept { return numeric_.key; }
    /// The same source read for fewer columns: those that are `wanted`, in their order.
    [[nodiscard]] SourceSql narrowed(const std::vector<bool>& wanted) const;

    [[nodiscard]] std::size_t columns() const noexcept { return columns_.size(); }
    /// Where an extra column stands; key and number among the mapping's own when they are there.
    [[nodiscard]] std::size_t position(Extra extra) const noexcept { return positions_[extra]; }
    /// How many columns the statements give, and those of a scan, which have the watermark too.
    [[nodiscard]] std::size_t width() const noexcept { return selected_.size(); }
    [[nodiscard]] std::size_t scanWidth() const noexcept { return selected_.size() + 1; }

    /// `SELECT * FROM …`, for describing.
    [[nodiscard]] std::string everything() const;
    [[nodiscard]] std::string count() const;
    /// SQLite: the storage classes of one row's key and watermark.
    [[nodiscard]] std::string types() const;
    /// PostgreSQL: the type of the watermark. `source` is asked even when empty.
    [[nodiscard]] std::string watermarkType() const;
    /// The greatest watermark, as text.
    [[nodiscard]] std::string newestWatermark() const;

    /// How far a scan's page begins: anywhere, at a time (1 parameter), behind a row (2 parameters: watermark, key).
    enum class From { Anywhere, Time, Row };
    [[nodiscard]] std::string scanPage(From from, bool horizon, std::size_t rows) const;
    /// Sweep in pages (SQLite): rows without a number first; `behind` adds key, or number, number and key.
    [[nodiscard]] std::string sweepUnnumberedPage(bool behind, std::size_t rows) const;
    [[nodiscard]] std::string sweepPage(bool behind, std::size_t rows) const;
    /// Sweep in one statement: the number's bytes decide.
    [[nodiscard]] std::string sweepWhole() const;
    /// Every row as it lies, in one statement.
    [[nodiscard]] std::string whole() const;
    /// SQLite: every row whose key stands behind a value of that storage class (1 parameter), NULL first, by the key;
    /// its storage class is one more column.
    enum class After { Nothing, Text, Integer };
    [[nodiscard]] std::string keyPortion(After after) const;
    /// Rows whose `column` is one of `count` parameters.
    [[nodiscard]] std::string among(const std::string& column, std::size_t count) const;

private:
    [[nodiscard]] std::string selectList(bool watermark = false) const;
    [[nodiscard]] std::string relation() const;
    [[nodiscard]] std::string rankedRelation() const;
    [[nodiscard]] std::string asText(const std::string& expression) const;
    [[nodiscard]] std::string orderedNumber() const;

    Dialect dialect_;
    SourceDefinition source_;
    std::vector<std::string> columns_;
    std::vector<std::string> selected_;  ///< the mapping's columns and what is missing of key and number
    std::array<std::size_t, 3> positions_{};
    Numeric numeric_;
};

}  // namespace lianzheng
