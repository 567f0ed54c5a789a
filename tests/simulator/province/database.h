#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lianzheng::sim::province {

/// What went wrong in the database; the text is the database's own.
struct DatabaseError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One value on its way in: text (also of numbers), bytes, or NULL.
struct Cell {
    enum class Kind { Text, Bytes, Null };
    Cell() : kind(Kind::Null) {}
    Cell(std::string value, Kind of = Kind::Text) : text(std::move(value)), kind(of) {}  // NOLINT(*-explicit-*)
    Cell(const char* value) : text(value), kind(Kind::Text) {}                           // NOLINT(*-explicit-*)
    std::string text{};
    Kind kind;
};

/// One row on its way out, every value as text.
using Row = std::vector<std::optional<std::string>>;

/// The province's database as the simulator needs it. `?` marks a value in every statement.
/// Threads: one. Errors: throws DatabaseError.
class Database {
public:
    virtual ~Database() = default;
    virtual void run(const std::string& sql, std::span<const Cell> values = {}) = 0;
    virtual std::vector<Row> read(const std::string& sql, std::span<const Cell> values = {}) = 0;
    /// Queues one row for `table`; rows reach the table at flush() at the latest.
    virtual void insert(const std::string& table, const std::vector<Cell>& row) = 0;
    virtual void flush() = 0;
    /// The column type for bytes.
    [[nodiscard]] virtual std::string_view bytesType() const = 0;
    /// What makes a text column of an index ordered by its bytes; empty where it is already.
    [[nodiscard]] virtual std::string_view byteOrder() const = 0;
    /// Whether text may hold bytes that are no UTF-8.
    [[nodiscard]] virtual bool takesAnyBytes() const = 0;
};

/// Opens `sqlite3://PATH` or `postgresql://…` (a conninfo string or a URI, as the design's URLs are written).
std::unique_ptr<Database> openDatabase(const std::string& url, const std::string& passwordFile);

std::unique_ptr<Database> openSqlite(const std::string& path);
std::unique_ptr<Database> openPostgres(const std::string& conninfo, const std::string& password);

}  // namespace lianzheng::sim::province
