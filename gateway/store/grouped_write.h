#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include "gateway/store/prepared.h"

namespace lianzheng {

/// An array of PostgreSQL's, spelt as a text.
class ArrayText {
public:
    void add(std::string_view value);
    void add(std::optional<std::int64_t> value);
    /// The whole of it; empty again.
    std::string take();

private:
    void separate() { text_ += text_.empty() ? '{' : ','; }
    std::string text_;
};

/// One write in the words of each database, for one row and for many.
struct GroupedSql {
    std::string eachRow;     ///< its parameters in the order of add()
    std::string allRows;     ///< the same over arrays: a parameter is an array of one value a row
    std::string_view kinds;  ///< one letter for each parameter, t for text, i for an integer
    std::size_t key = 0;     ///< which parameter is the row's key
};

/// INSERT of `columns` (separated by ", "); `tail` follows the values: ON CONFLICT …
GroupedSql groupedInsert(std::string_view table, std::string_view columns, std::string_view kinds,
                         std::string_view tail = {});

/// UPDATE of the columns in `set` where every column in `where` is as given; `also` is set beside them, in words that
/// both databases know. The parameters are those of `set`, then those of `where`, the first of which is the key; one of
/// `where` is named `was_COLUMN` when it is also set.
GroupedSql groupedUpdate(std::string_view table, std::string_view set, std::string_view where, std::string_view kinds,
                         std::string_view also = {});

/// DELETE of the rows of which every column in `where` is as given; `key` says which of them is the key.
GroupedSql groupedDelete(std::string_view table, std::string_view where, std::string_view kinds, std::size_t key = 0);

/// The rows of the arrays as a table `given`, for the `allRows` of everything else.
std::string givenRows(std::string_view columns, std::string_view kinds);

/// A write that comes once for each row of a commit. SQLite writes each row at once: a call costs less there than an
/// array. PostgreSQL gathers them until flush(): a round trip a group, not a row. Threads, errors: as Prepared.
class GroupedWrite {
public:
    GroupedWrite(Database& database, GroupedSql sql);

    /// One row more. No two that wait may have the same key (holds()): PostgreSQL changes a row once a statement.
    template <class... Values>
    void add(const Values&... values) {
        rows_ += 1;
        if (gathers_) {
            std::size_t at = 0;
            (gather(at++, values), ...);
        } else {
            affected_ += write_.run(values...);
        }
    }
    /// Whether a row of this key waits for flush().
    [[nodiscard]] bool holds(std::string_view key) const { return gathers_ && keys_.contains(std::string(key)); }
    [[nodiscard]] bool holds(std::int64_t key) const { return gathers_ && holds(std::to_string(key)); }

    /// Writes what waits. False when a row since the last flush found nothing to do.
    bool flush();
    /// Forgets what waits: its transaction is gone.
    void drop();

private:
    void gather(std::size_t at, std::string_view value) {
        if (at == key_) keys_.emplace(value);
        arrays_[at].add(value);
    }
    void gather(std::size_t at, TimePoint value) { gatherInteger(at, value.time_since_epoch().count()); }
    void gather(std::size_t at, const std::optional<TimePoint>& value) {
        gatherInteger(at, value ? std::optional{value->time_since_epoch().count()} : std::nullopt);
    }
    template <class Number>
    requires std::is_integral_v<Number> || std::is_enum_v<Number>
    void gather(std::size_t at, Number value) { gatherInteger(at, static_cast<std::int64_t>(value)); }
    void gatherInteger(std::size_t at, std::optional<std::int64_t> value) {
        if (at == key_) keys_.insert(std::to_string(value.value_or(0)));
        arrays_[at].add(value);
    }

    bool gathers_;
    std::size_t key_;
    Prepared write_;
    std::vector<ArrayText> arrays_;
    std::unordered_set<std::string> keys_;
    std::int64_t rows_ = 0;
    std::int64_t affected_ = 0;
};

}  // namespace lianzheng
