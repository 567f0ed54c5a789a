#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "gateway/planner/ledger_entry.h"
#include "gateway/store/grouped_write.h"
#include "gateway/store/prepared.h"
#include "gateway/store/changes.h"

namespace lianzheng {

/// The ledger and the acknowledged records beside it. Errors: as Prepared.
/// What is put or marked may wait until flush(), and is then written in that order: entries, records, marks.
class LedgerTable {
public:
    explicit LedgerTable(Database& database);

    void put(const LedgerEntry& entry);
    void putAcknowledged(std::string_view number, const Acknowledged& acknowledged);
    void markRelatedDirty(const MarkRelatedDirty& change);
    /// Whether an entry of this number waits to be put.
    [[nodiscard]] bool holds(std::string_view number) const { return put_.holds(number); }
    void flush();
    void flushMarks();
    void drop();

    /// Corrupt `in_flight` when the certificate has an intent.
    Status remove(std::string_view number);
    void markDirty(std::string_view number);

    std::optional<LedgerEntry> find(std::string_view number);
    /// In the order asked for; those that are not there are left out.
    std::vector<LedgerEntry> findMany(std::span<const std::string> numbers);
    Result<std::vector<Standing>> standings(std::span<const std::string> numbers);
    /// The acknowledged records that there are of these numbers, within a transaction.
    Result<std::map<std::string, Acknowledged>> records(std::span<const std::string> numbers);
    std::optional<LedgerEntry> findBySourceKey(std::string_view sourceKey);
    void page(std::string_view after, std::size_t limit, std::vector<LedgerEntry>& out);
    void glances(std::string_view after, std::size_t limit, std::string_view mappingVersion,
                 std::vector<LedgerGlance>& out);
    std::vector<LedgerEntry> due(TimePoint now, std::size_t limit);
    /// The earliest review after `now`.
    std::optional<TimePoint> nextReview(TimePoint now);
    Result<Acknowledged> acknowledged(std::string_view number);
    /// Every acknowledged record, in portions: `visit` may write.
    void eachAcknowledged(const std::function<void(const std::string&, const Result<Acknowledged>&)>& visit);
    std::uint64_t size();

private:
    /// Calls `row(statement)` for each of `numbers` that there is: by `one` on SQLite, by `all` at once on PostgreSQL.
    template <class Row>
    void eachOf(std::span<const std::string> numbers, Prepared& one, Prepared& all, Row&& row);

    Database& database_;
    GroupedWrite put_;
    GroupedWrite putAcknowledged_;
    Prepared remove_;
    Prepared removeAcknowledged_;
    Prepared markDirty_;
    GroupedWrite markPersonDirty_;
    GroupedWrite markCompanyDirty_;
    Prepared find_;
    Prepared findAll_;
    Prepared standing_;
    Prepared standingAll_;
    Prepared record_;
    Prepared recordAll_;
    Prepared findBySourceKey_;
    Prepared page_;
    Prepared glances_;
    Prepared dirty_;
    Prepared review_;
    Prepared nextReview_;
    Prepared acknowledgedPage_;
    Prepared size_;
};

}  // namespace lianzheng
