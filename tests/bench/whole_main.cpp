// What tests/bench/run needs beside the gateway itself to measure whole runs: a stop-watch over a process, and the bare
// programs that the gateway is held against.
//   bench_whole measure COMMAND…              runs it; seconds of wall clock and of processor, peak KiB, exit code
//   bench_whole sweep DATABASE QUERY          the C API copying the text of every column of every row
//   bench_whole scan DATABASE QUERY MAPPING CHANGED
//                                             the same, then CHANGED of the rows mapped and inserted durably
//   bench_whole exchange SEED DATABASE        an exchange view from what a demonstration platform already holds

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <fmt/core.h>
#include <simdjson.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mappings/field_map.h"

namespace lianzheng::bench {
namespace {

struct Closing {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Closing>;
using Statement = std::unique_ptr<sqlite3_stmt, Closing>;

Handle openFile(const std::string& path) {
    sqlite3* handle = nullptr;
    if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK) throw std::runtime_error("cannot open " + path);
    return Handle(handle);
}

void run(const Handle& handle, const std::string& sql) {
    if (sqlite3_exec(handle.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(handle.get()));
    }
}

Statement prepared(const Handle& handle, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(handle.get()));
    }
    return Statement(statement);
}

using Row = std::vector<std::string>;

/// Steps once and copies the text of every column.
bool copied(sqlite3_stmt* statement, Row& row) {
    const int stepped = sqlite3_step(statement);
    if (stepped == SQLITE_DONE) return false;
    if (stepped != SQLITE_ROW) throw std::runtime_error("cannot step");
    row.resize(static_cast<std::size_t>(sqlite3_column_count(statement)));
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement, static_cast<int>(i)));
        row[i].assign(text == nullptr ? "" : text,
                      static_cast<std::size_t>(sqlite3_column_bytes(statement, static_cast<int>(i))));
    }
    return true;
}

int sweep(const std::string& database, const std::string& query) {
    const Handle handle = openFile(database);
    const Statement statement = prepared(handle, query);
    Row row;
    std::uint64_t rows = 0;
    while (copied(statement.get(), row)) ++rows;
    fmt::print("{} rows\n", rows);
    return 0;
}

/// The mapped record of `row` in the order of the fields, inserted by `insert`.
void insertMapped(sqlite3_stmt* insert, const FieldMap& map, const Row& row) {
    std::vector<Cell> cells;
    for (const std::string& text : row) cells.push_back({text, text.empty()});
    Desired desired;
    map.map(cells, desired);
    int at = 0;
    for (const std::string& value : desired.record.values()) {
        sqlite3_bind_text(insert, ++at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    }
    if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error("cannot insert");
    sqlite3_reset(insert);
}

int scan(const std::string& database, const std::string& query, const std::string& mapping, std::size_t changed) {
    const auto map = FieldMap::load(mapping);
    if (!map) throw std::runtime_error("the mapping has problems");
    std::vector<Row> rows;
    {
        const Handle handle = openFile(database);
        const Statement statement = prepared(handle, query);
        Row row;
        while (copied(statement.get(), row)) rows.push_back(row);
    }
    const std::string path = database + ".inserts";
    std::filesystem::remove(path);
    const Handle handle = openFile(path);
    run(handle, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    std::string columns;
    std::string marks;
    for (const Field field : kFields) {
        columns += (columns.empty() ? "" : ", ") + std::string(nationalName(field)) + " TEXT";
        marks += marks.empty() ? "?" : ", ?";
    }
    run(handle, "CREATE TABLE record (" + columns + ")");
    run(handle, "BEGIN IMMEDIATE");
    {
        const Statement insert = prepared(handle, "INSERT INTO record VALUES (" + marks + ")");
        for (std::size_t i = 0; i < std::min(changed, rows.size()); ++i) insertMapped(insert.get(), *map, rows[i]);
    }
    run(handle, "COMMIT");
    fmt::print("{} rows, {} inserted\n", rows.size(), std::min(changed, rows.size()));
    return 0;
}

int exchange(const std::string& seed, const std::string& database) {
    static constexpr std::string_view kSkipped = "url";
    std::filesystem::remove(database);
    const Handle handle = openFile(database);
    run(handle, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    std::ifstream file(seed);
    simdjson::dom::parser parser;
    Statement insert;
    for (std::string line; std::getline(file, line);) {
        const simdjson::dom::object object = parser.parse(line).get_object();
        if (!insert) {
            std::string columns;
            std::string marks;
            for (const auto& [key, ignored] : object) {
                if (key == kSkipped) continue;
                columns += (columns.empty() ? "" : ", ") + std::string(key) + " TEXT";
                marks += marks.empty() ? "?" : ", ?";
            }
            run(handle, "CREATE TABLE v_anguan (" + columns + ")");
            run(handle, "BEGIN");
            insert = prepared(handle, "INSERT INTO v_anguan VALUES (" + marks + ")");
        }
        int at = 0;
        for (const auto& [key, value] : object) {
            if (key == kSkipped) continue;
            const std::string_view text =
                value.is_string() ? value.get_string().value() : std::string_view(value.get_bool().value() ? "1" : "0");
            sqlite3_bind_text(insert.get(), ++at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
        }
        if (sqlite3_step(insert.get()) != SQLITE_DONE) throw std::runtime_error("cannot insert");
        sqlite3_reset(insert.get());
    }
    run(handle, "CREATE INDEX v_anguan_number ON v_anguan (certNum)");
    run(handle, "COMMIT");
    return 0;
}

/// What the command writes goes to standard error: standard output has the one line of figures.
int measure(std::span<char*> command) {
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execvp(command[0], command.data());
        std::perror(command[0]);
        _exit(127);
    }
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child) throw std::runtime_error("cannot wait");
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    fmt::print("{:.3f} {:.3f} {} {}\n", wall.count(), seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss,
               WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}

int work(int count, char** words) {
    const std::string_view name = count > 1 ? words[1] : "";
    if (name == "measure" && count > 2) {
        return measure(std::span(words + 2, static_cast<std::size_t>(count) - 1));  // with the null behind the last
    }
    if (name == "sweep" && count == 4) return sweep(words[2], words[3]);
    if (name == "scan" && count == 6) return scan(words[2], words[3], words[4], std::stoul(words[5]));
    if (name == "exchange" && count == 4) return exchange(words[2], words[3]);
    fmt::print(stderr, "usage: see the head of tests/bench/whole_main.cpp\n");
    return 2;
}

}  // namespace
}  // namespace lianzheng::bench

int main(int count, char** words) {
    try {
        return lianzheng::bench::work(count, words);
    } catch (const std::exception& failure) {
        fmt::print(stderr, "bench_whole: {}\n", failure.what());
        return 1;
    }
}
