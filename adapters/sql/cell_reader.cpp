#include "adapters/sql/cell_reader.h"

#include <algorithm>
#include <utility>

#include "adapters/sql/sqlite_statement.h"

namespace lianzheng {

/// What a backend does for a reader.
class CellReader::Rows {
public:
    Rows() = default;
    virtual ~Rows() = default;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    virtual void execute() = 0;
    virtual bool next(std::span<Cell> cells) = 0;
};

class CellReader::SociRows final : public Rows {
public:
    SociRows(soci::session& session, const std::string& sql, std::size_t width, std::vector<std::string>& parameters)
        : values_(width), indicators_(width, soci::i_null), statement_(session) {
        for (std::size_t i = 0; i < width; ++i) statement_.exchange(soci::into(values_[i], indicators_[i]));
        for (std::string& parameter : parameters) statement_.exchange(soci::use(parameter));
        statement_.alloc();
        statement_.prepare(sql);
        statement_.define_and_bind();
    }

    void execute() override { statement_.execute(false); }
    bool next(std::span<Cell> cells) override {
        if (!statement_.fetch()) return false;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool null = indicators_[i] != soci::i_ok;
            cells[i] = Cell{null ? std::string_view() : std::string_view(values_[i]), null};
        }
        return true;
    }

private:
    std::vector<std::string> values_;
    std::vector<soci::indicator> indicators_;
    soci::statement statement_;
};

class CellReader::SqliteRows final : public Rows {
public:
    SqliteRows(soci::session& session, const std::string& sql, const std::vector<std::string>& parameters)
        : connection_(sqliteConnection(session)),
          parameters_(parameters),
          statement_(prepareSqlite(connection_, sql)) {}

    void execute() override {
        sqlite_api::sqlite3_reset(statement_.get());
        for (std::size_t i = 0; i < parameters_.size(); ++i) {
            // Not copied: they change only between two executions.
            const std::string& text = parameters_[i];
            checkSqlite(connection_,
                        sqlite_api::sqlite3_bind_text(statement_.get(), static_cast<int>(i) + 1, text.data(),
                                                      static_cast<int>(text.size()), nullptr));
        }
        ended_ = false;
    }

    bool next(std::span<Cell> cells) override {
        if (ended_) return false;  // one more step would begin anew
        const int code = sqlite_api::sqlite3_step(statement_.get());
        ended_ = code != SQLITE_ROW;
        if (ended_) {
            checkSqlite(connection_, code, SQLITE_DONE);
            return false;
        }
        for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = cellAt(static_cast<int>(i));
        return true;
    }

private:
    [[nodiscard]] Cell cellAt(int column) const {
        sqlite_api::sqlite3_value* value = sqlite_api::sqlite3_column_value(statement_.get(), column);
        const auto* text = reinterpret_cast<const char*>(sqlite_api::sqlite3_value_text(value));
        if (text == nullptr) {
            // No text where there is a value: there was no memory for it.
            if (sqlite_api::sqlite3_value_type(value) != SQLITE_NULL) checkSqlite(connection_, SQLITE_NOMEM);
            return {};
        }
        return {{text, static_cast<std::size_t>(sqlite_api::sqlite3_value_bytes(value))}, false};
    }

    sqlite_api::sqlite3* connection_;
    const std::vector<std::string>& parameters_;
    SqliteStatement statement_;
    bool ended_ = true;
};

CellReader::CellReader(soci::session& session, const std::string& sql, std::size_t width,
                       std::vector<std::string> parameters)
    : parameters_(std::move(parameters)), cells_(width) {
    if (session.get_backend_name() == "sqlite3") {
        rows_ = std::make_unique<SqliteRows>(session, sql, parameters_);
    } else {
        rows_ = std::make_unique<SociRows>(session, sql, width, parameters_);
    }
}

CellReader::~CellReader() = default;

void CellReader::setParameters(std::span<const std::string> parameters) {
    std::ranges::copy(parameters, parameters_.begin());
}

void CellReader::execute() { rows_->execute(); }

bool CellReader::next() { return rows_->next(cells_); }

}  // namespace lianzheng
