#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "adapters/provincial/soci_source.h"
#include "tests/postgres/test_database.h"

namespace lianzheng::test {

/// Time stands still but for those who wait.
class WaitedClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return now_; }
    void sleepUntil(TimePoint until, const std::stop_token&) override {
        waited_ += until - now_;
        now_ = until;
    }
    [[nodiscard]] std::chrono::milliseconds waited() const { return waited_; }

private:
    TimePoint now_{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{2}};
    std::chrono::milliseconds waited_{0};
};

/// A row as the sink saw it; NULL is written ∅.
using SeenRow = std::vector<std::string>;
inline const std::string kNull = "∅";

/// A source of one table on either database, and what a read of it gave.
class SourceTest : public ::testing::TestWithParam<Dialect> {
protected:
    SourceTest() {
        settings_.address = database_.address();
        settings_.pageRows = 3;
        definition_.from = "zs";
        definition_.key = "id";
        definition_.keyIsNumber = true;
        definition_.number = "zsbh";
        definition_.person = "sfzh";
        definition_.changedAt = "gxsj";
    }

    void makeTable() {
        database_.run(
            "CREATE TABLE zs (id BIGINT PRIMARY KEY, zsbh VARCHAR(60), xm VARCHAR(60), sfzh VARCHAR(20), "
            "gxsj VARCHAR(30))");
        database_.run("CREATE INDEX zs_gxsj ON zs (gxsj, id)");
        database_.run(database_.dialect() == Dialect::Sqlite ? "CREATE INDEX zs_zsbh ON zs (zsbh, id)"
                                                             : "CREATE INDEX zs_zsbh ON zs (zsbh COLLATE \"C\", id)");
    }

    /// `number` and `time` may be NULL.
    void insert(long long id, const std::string& number, const std::string& time, const std::string& person = "p") {
        const auto text = [](const std::string& value) { return value == kNull ? "NULL" : "'" + value + "'"; };
        database_.run("INSERT INTO zs VALUES (" + std::to_string(id) + ", " + text(number) + ", '张三', " +
                      text(person) + ", " + text(time) + ")");
    }

    ProvincialSource& source() {
        if (!source_) source_ = makeSociSource(settings_, definition_, columns_, clock_);
        return *source_;
    }

    RowSink collecting() {
        return [this](std::span<const Cell> cells) {
            SeenRow row;
            for (const Cell& cell : cells) row.push_back(cell.null ? kNull : std::string(cell.text));
            rows_.push_back(row);
            return rows_.size() < endAfter_;
        };
    }

    /// The first column of what was seen.
    [[nodiscard]] std::vector<std::string> seen() const {
        std::vector<std::string> first;
        for (const SeenRow& row : rows_) first.push_back(row.at(0));
        return first;
    }

    TestDatabase database_{GetParam()};
    SourceSettings settings_;
    SourceDefinition definition_;
    std::vector<std::string> columns_{"id", "zsbh", "xm"};
    WaitedClock clock_;
    std::unique_ptr<ProvincialSource> source_;
    std::vector<SeenRow> rows_;
    std::size_t endAfter_ = SIZE_MAX;
};

using Keys = std::vector<std::string>;

inline std::string dialectName(const ::testing::TestParamInfo<Dialect>& tested) {
    return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres";
}

}  // namespace lianzheng::test

#define LIANZHENG_ON_BOTH(suite)                                                                                       \
    INSTANTIATE_TEST_SUITE_P(Both, suite, ::testing::Values(lianzheng::Dialect::Sqlite, lianzheng::Dialect::Postgres), \
                             lianzheng::test::dialectName)
