#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/provincial/source_sql.h"
#include "adapters/sql/cell_reader.h"
#include "adapters/sql/database.h"

namespace lianzheng {

/// The connection to a source and what is known of it. Made on the first use, dropped on any fault and made again.
/// Threads: one at a time.
class SourceConnection {
public:
    SourceConnection(DatabaseAddress address, SourceDefinition definition, std::vector<std::string> columns);

    /// Runs `work(Database&, SourceSql&)`, which returns a Result or Status, over a connection.
    template <class Work>
    auto run(std::string_view where, Work&& work)
        -> decltype(work(std::declval<Database&>(), std::declval<SourceSql&>())) {
        if (Status there = ensure(); !there) return tl::unexpected<Error>(std::move(there.error()));
        auto result = guarded(where, [&] { return work(*database_, *sql_); });
        if (!result) result.error() = explained(std::move(result.error()));
        return result;
    }

    /// A query of one parameter that stays prepared as long as the connection; within run(). Its result is read to the
    /// end, or a lock stays at the source.
    CellReader& kept(const std::string& sql, std::size_t width);

    /// The source's columns under the names that it uses; run() has been called.
    [[nodiscard]] const SourceDefinition& definition() const noexcept { return resolved_; }
    [[nodiscard]] const std::vector<std::string>& sourceColumns() const noexcept { return there_; }

private:
    Status ensure();
    Status connect();
    void drop();
    void setUpSession();
    Status resolve();
    void probeTypes();
    /// The error with the column's name where one is gone; drops the connection.
    Error explained(Error error);

    DatabaseAddress address_;
    SourceDefinition wanted_;
    std::vector<std::string> columns_;

    std::unique_ptr<Database> database_;
    std::map<std::string, std::unique_ptr<CellReader>> kept_;  ///< by their texts
    std::optional<SourceSql> sql_;
    SourceDefinition resolved_;
    std::vector<std::string> there_;
    std::uint64_t fileIdentity_ = 0;
};

}  // namespace lianzheng
