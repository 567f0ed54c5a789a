// The full sweep of a SQLite source against the C API copying the text of the same columns in the same order.
// Rows: LIANZHENG_BENCH_ROWS, default 150,000; 25 columns, stored in shuffled order with an index over the number.

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/provincial/soci_source.h"
#include "adapters/runtime/clock.h"

namespace lianzheng {
namespace {

constexpr int kColumns = 25;

long long rowCount() {
    const char* rows = std::getenv("LIANZHENG_BENCH_ROWS");
    return rows == nullptr ? 150'000 : std::atoll(rows);
}

struct Closing {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Closing>;
using Statement = std::unique_ptr<sqlite3_stmt, Closing>;

Handle openFile(const std::string& path) {
    sqlite3* handle = nullptr;
    if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK) throw std::runtime_error("cannot open");
    return Handle(handle);
}

void run(const Handle& handle, const std::string& sql) {
    if (sqlite3_exec(handle.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(handle.get()));
    }
}

std::string columnName(int i) { return i == 0 ? "id" : i == 1 ? "zsbh" : "c" + std::to_string(i); }

std::string columnList() {
    std::string list;
    for (int i = 0; i < kColumns; ++i) list += (i == 0 ? "" : ", ") + columnName(i);
    return list;
}

/// A file that is made once a run and removed at its end.
class BenchFile {
public:
    BenchFile() : path_((std::filesystem::temp_directory_path() / "lianzheng-source-bench.db").string()) {
        std::filesystem::remove(path_);
        const Handle handle = openFile(path_);
        run(handle, "PRAGMA journal_mode = OFF");
        std::string columns = "id INTEGER PRIMARY KEY, zsbh TEXT";
        std::string values = "i, printf('鲁建安B（%04d）%07d', 2000 + (i * 7919) % 25, (i * 7919) % 10000000)";
        for (int i = 2; i < kColumns; ++i) {
            columns += ", " + columnName(i) + " TEXT";
            values += ", printf('value %d of %d', " + std::to_string(i) + ", i)";
        }
        run(handle, "CREATE TABLE zs (" + columns + ")");
        run(handle, "INSERT INTO zs WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                        std::to_string(rowCount()) + ") SELECT " + values + " FROM n");
        run(handle, "CREATE INDEX zs_zsbh ON zs (zsbh)");
    }
    ~BenchFile() { std::filesystem::remove(path_); }
    BenchFile(const BenchFile&) = delete;
    BenchFile& operator=(const BenchFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

const std::string& benchFile() {
    static const BenchFile file;
    return file.path();
}

void rawSweep(benchmark::State& state) {
    const Handle handle = openFile(benchFile());
    const std::string sql = "SELECT " + columnList() + " FROM zs ORDER BY zsbh, id";
    std::vector<std::string> row(kColumns);
    for (auto _ : state) {
        sqlite3_stmt* prepared = nullptr;
        sqlite3_prepare_v2(handle.get(), sql.c_str(), -1, &prepared, nullptr);
        const Statement statement(prepared);
        while (sqlite3_step(prepared) == SQLITE_ROW) {
            for (int i = 0; i < kColumns; ++i) {
                const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared, i));
                row[static_cast<std::size_t>(i)].assign(text,
                                                        static_cast<std::size_t>(sqlite3_column_bytes(prepared, i)));
            }
            benchmark::DoNotOptimize(row.data());
        }
    }
    state.SetItemsProcessed(state.iterations() * rowCount());
}
BENCHMARK(rawSweep)->Unit(benchmark::kMillisecond);

void sourceSweep(benchmark::State& state) {
    SourceSettings settings;
    settings.address.url = "sqlite3://" + benchFile();
    SourceDefinition definition;
    definition.from = "zs";
    definition.key = "id";
    definition.keyIsNumber = true;
    definition.number = "zsbh";
    std::vector<std::string> columns;
    for (int i = 0; i < kColumns; ++i) columns.push_back(columnName(i));
    SystemClock clock;
    const auto source = makeSociSource(settings, definition, columns, clock);
    for (auto _ : state) {
        const auto rows = source->sweep(
            [](std::span<const Cell> cells) {
                benchmark::DoNotOptimize(cells.data());
                return true;
            },
            {});
        if (!rows || *rows != static_cast<std::uint64_t>(rowCount())) state.SkipWithError("rows are missing");
    }
    state.SetItemsProcessed(state.iterations() * rowCount());
}
BENCHMARK(sourceSweep)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lianzheng

BENCHMARK_MAIN();
