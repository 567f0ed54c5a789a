#include <libpq-fe.h>

#include <fmt/format.h>

#include <map>

#include "tests/simulator/province/database.h"

namespace lianzheng::sim::province {

namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string hex(std::string_view bytes) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "\\x";
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += kDigits[value >> 4U];
        text += kDigits[value & 15U];
    }
    return text;
}

/// A value in COPY's text form.
void appendCopied(std::string& line, const Cell& cell) {
    if (cell.kind == Cell::Kind::Null) {
        line += "\\N";
        return;
    }
    for (const char letter : cell.kind == Cell::Kind::Bytes ? hex(cell.text) : cell.text) {
        if (letter == '\\') line += '\\';
        line += letter;
    }
}

std::string numbered(const std::string& sql) {
    std::string text;
    int count = 0;
    for (const char letter : sql) {
        if (letter == '?') {
            text += fmt::format("${}", ++count);
        } else {
            text += letter;
        }
    }
    return text;
}

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(const std::string& conninfo, const std::string& password) {
        const bool withPassword = !password.empty();
        const char* const keys[] = {"dbname", "client_encoding", withPassword ? "password" : nullptr, nullptr};
        const char* const values[] = {conninfo.c_str(), "UTF8", withPassword ? password.c_str() : nullptr, nullptr};
        connection_ = PQconnectdbParams(keys, values, 1);
        if (PQstatus(connection_) != CONNECTION_OK) {
            PQfinish(connection_);
            throw DatabaseError("cannot connect to PostgreSQL");
        }
        run("SET client_min_messages = warning", {});
    }
    ~PostgresDatabase() override { PQfinish(connection_); }
    PostgresDatabase(const PostgresDatabase&) = delete;
    PostgresDatabase& operator=(const PostgresDatabase&) = delete;

    void run(const std::string& sql, std::span<const Cell> values) override { read(sql, values); }

    std::vector<Row> read(const std::string& sql, std::span<const Cell> values) override {
        flush();
        const Result result = executed(sql, values);
        std::vector<Row> rows(static_cast<std::size_t>(PQntuples(result.get())));
        const int columns = PQnfields(result.get());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (int column = 0; column < columns; ++column) {
                const int row = static_cast<int>(i);
                rows[i].push_back(PQgetisnull(result.get(), row, column) != 0
                                      ? std::nullopt
                                      : std::optional<std::string>{PQgetvalue(result.get(), row, column)});
            }
        }
        return rows;
    }

    void insert(const std::string& table, const std::vector<Cell>& row) override {
        std::string& lines = pending_[table];
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) lines += '\t';
            appendCopied(lines, row[i]);
        }
        lines += '\n';
        if (lines.size() > kBuffer) copy(table, lines);
    }

    void flush() override {
        for (auto& [table, lines] : pending_) {
            if (!lines.empty()) copy(table, lines);
        }
    }

    [[nodiscard]] std::string_view bytesType() const override { return "BYTEA"; }
    [[nodiscard]] std::string_view byteOrder() const override { return "COLLATE \"C\""; }
    [[nodiscard]] bool takesAnyBytes() const override { return false; }

private:
    static constexpr std::size_t kBuffer = 1U << 20U;

    [[noreturn]] void fail() { throw DatabaseError(PQerrorMessage(connection_)); }

    Result executed(const std::string& sql, std::span<const Cell> values) {
        std::vector<std::string> texts;
        texts.reserve(values.size());
        for (const Cell& cell : values) texts.push_back(cell.kind == Cell::Kind::Bytes ? hex(cell.text) : cell.text);
        std::vector<const char*> pointers;
        for (std::size_t i = 0; i < values.size(); ++i) {
            pointers.push_back(values[i].kind == Cell::Kind::Null ? nullptr : texts[i].c_str());
        }
        Result result{PQexecParams(connection_, numbered(sql).c_str(), static_cast<int>(pointers.size()), nullptr,
                                   pointers.data(), nullptr, nullptr, 0),
                      &PQclear};
        const ExecStatusType status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail();
        return result;
    }

    void copy(const std::string& table, std::string& lines) {
        const Result begun{PQexec(connection_, ("COPY " + table + " FROM STDIN").c_str()), &PQclear};
        if (PQresultStatus(begun.get()) != PGRES_COPY_IN) fail();
        if (PQputCopyData(connection_, lines.data(), static_cast<int>(lines.size())) != 1) fail();
        if (PQputCopyEnd(connection_, nullptr) != 1) fail();
        lines.clear();
        const Result ended{PQgetResult(connection_), &PQclear};
        if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) fail();
        const Result last{PQgetResult(connection_), &PQclear};
    }

    PGconn* connection_ = nullptr;
    std::map<std::string, std::string> pending_;
};

}  // namespace

std::unique_ptr<Database> openPostgres(const std::string& conninfo, const std::string& password) {
    return std::make_unique<PostgresDatabase>(conninfo, password);
}

}  // namespace lianzheng::sim::province
