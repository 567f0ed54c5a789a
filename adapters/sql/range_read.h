#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "adapters/sql/cell_reader.h"
#include "adapters/sql/database.h"
#include "adapters/sql/ranges.h"

namespace lianzheng {

/// Lets PostgreSQL (11 or newer) say what the rows of a query come to, range by range, and then reads the rows of some
/// ranges, as they are in the same snapshot: what a digest stands for is what is read. Throws as SOCI does. Threads:
/// one at a time.
class RangeRead {
public:
    /// Of `query`, whose columns are `width` texts, the one at `dealtBy` says into which range a row goes. Begins a
    /// transaction that only reads, and lasts as long as this.
    RangeRead(Database& database, const std::string& query, std::size_t width, std::size_t dealtBy);
    ~RangeRead();
    RangeRead(const RangeRead&) = delete;
    RangeRead& operator=(const RangeRead&) = delete;

    /// One statement that reads every row over there. Nothing: the database cannot, or may not take so long; the
    /// transaction is over then.
    std::optional<RangeDigests> digests();
    /// Begins reading the rows of these ranges, `portion` at a time.
    void want(const WantedRanges& wanted, std::size_t portion);
    /// Goes on to the next portion.
    void execute();
    /// The next row of the portion; false behind its last one.
    bool next() { return reader_->next(); }
    /// The row's texts, valid until the next is asked for.
    [[nodiscard]] std::span<const Cell> cells() const { return reader_->cells().first(width_); }
    [[nodiscard]] std::uint32_t range() const;

private:
    Database& database_;
    std::size_t width_;
    std::string part_;  ///< a row's range
    std::string rows_;  ///< whence
    std::optional<CellReader> reader_;
    bool open_ = true;
};

}  // namespace lianzheng
