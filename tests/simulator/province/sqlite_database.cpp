#include <sqlite3.h>

#include <map>

#include "tests/simulator/province/database.h"

namespace lianzheng::sim::province {

namespace {

class SqliteDatabase final : public Database {
public:
    explicit SqliteDatabase(const std::string& path) {
        const int code = sqlite3_open(path.c_str(), &handle_);
        if (code != SQLITE_OK) {
            sqlite3_close(handle_);
            throw DatabaseError("cannot open " + path);
        }
        sqlite3_busy_timeout(handle_, 10000);
        // Invented data can be made again: quick loading matters more than surviving a power cut.
        run("PRAGMA synchronous = OFF", {});
        run("PRAGMA cache_size = -65536", {});
    }
    ~SqliteDatabase() override {
        for (const auto& [table, statement] : inserts_) sqlite3_finalize(statement);
        sqlite3_close(handle_);
    }
    SqliteDatabase(const SqliteDatabase&) = delete;
    SqliteDatabase& operator=(const SqliteDatabase&) = delete;

    void run(const std::string& sql, std::span<const Cell> values) override { read(sql, values); }

    std::vector<Row> read(const std::string& sql, std::span<const Cell> values) override {
        const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement{prepared(sql), &sqlite3_finalize};
        bind(statement.get(), values);
        std::vector<Row> rows;
        for (int code = sqlite3_step(statement.get()); code != SQLITE_DONE; code = sqlite3_step(statement.get())) {
            if (code != SQLITE_ROW) fail();
            Row row(static_cast<std::size_t>(sqlite3_column_count(statement.get())));
            for (std::size_t i = 0; i < row.size(); ++i) row[i] = column(statement.get(), static_cast<int>(i));
            rows.push_back(std::move(row));
        }
        return rows;
    }

    void insert(const std::string& table, const std::vector<Cell>& row) override {
        sqlite3_stmt*& statement = inserts_[table];
        if (statement == nullptr) {
            std::string marks = "?";
            for (std::size_t i = 1; i < row.size(); ++i) marks += ",?";
            statement = prepared("INSERT INTO " + table + " VALUES (" + marks + ")");
        }
        bind(statement, row);
        if (sqlite3_step(statement) != SQLITE_DONE) fail();
        sqlite3_reset(statement);
    }

    void flush() override {}
    [[nodiscard]] std::string_view bytesType() const override { return "BLOB"; }
    [[nodiscard]] std::string_view byteOrder() const override { return ""; }
    [[nodiscard]] bool takesAnyBytes() const override { return true; }

private:
    [[noreturn]] void fail() { throw DatabaseError(sqlite3_errmsg(handle_)); }

    sqlite3_stmt* prepared(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle_, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
            fail();
        }
        return statement;
    }

    /// The values outlive the step, so SQLite need not copy them (a null destructor).
    void bind(sqlite3_stmt* statement, std::span<const Cell> values) {
        int index = 0;
        for (const Cell& cell : values) {
            ++index;
            const int size = static_cast<int>(cell.text.size());
            int code = SQLITE_OK;
            if (cell.kind == Cell::Kind::Null) code = sqlite3_bind_null(statement, index);
            if (cell.kind == Cell::Kind::Text) {
                code = sqlite3_bind_text(statement, index, cell.text.data(), size, nullptr);
            }
            if (cell.kind == Cell::Kind::Bytes) {
                code = sqlite3_bind_blob(statement, index, cell.text.data(), size, nullptr);
            }
            if (code != SQLITE_OK) fail();
        }
    }

    static std::optional<std::string> column(sqlite3_stmt* statement, int index) {
        if (sqlite3_column_type(statement, index) == SQLITE_NULL) return std::nullopt;
        const void* bytes = sqlite3_column_blob(statement, index);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, index));
        return size == 0 ? std::string{} : std::string(static_cast<const char*>(bytes), size);
    }

    sqlite3* handle_ = nullptr;
    std::map<std::string, sqlite3_stmt*> inserts_;
};

}  // namespace

std::unique_ptr<Database> openSqlite(const std::string& path) { return std::make_unique<SqliteDatabase>(path); }

}  // namespace lianzheng::sim::province
