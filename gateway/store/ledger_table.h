#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "gateway/planner/ledger_entry.h"
#include "gateway/store/prepared.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// The ledger and the acknowledged records beside it. Errors: as Prepared.
class LedgerTable {
public:
    explicit LedgerTable(Database& database);

    void put(const LedgerEntry& entry);
    void putAcknowledged(std::string_view number, const Acknowledged& acknowledged);
    /// Corrupt `in_flight` when the certificate has an intent.
    Status remove(std::string_view number);
    void markDirty(std::string_view number);
    void markRelatedDirty(const MarkRelatedDirty& change);

    std::optional<LedgerEntry> find(std::string_view number);
    std::optional<LedgerEntry> findBySourceKey(std::string_view sourceKey);
    void page(std::string_view after, std::size_t limit, std::vector<LedgerEntry>& out);
    std::vector<LedgerEntry> due(TimePoint now, std::size_t limit);
    /// The earliest review after `now`.
    std::optional<TimePoint> nextReview(TimePoint now);
    Result<Acknowledged> acknowledged(std::string_view number);
    /// Every acknowledged record, in portions: `visit` may write.
    void eachAcknowledged(const std::function<void(const std::string&, const Result<Acknowledged>&)>& visit);
    std::uint64_t size();

private:
    Prepared put_;
    Prepared putAcknowledged_;
    Prepared remove_;
    Prepared removeAcknowledged_;
    Prepared markDirty_;
    Prepared markPersonDirty_;
    Prepared markCompanyDirty_;
    Prepared find_;
    Prepared findBySourceKey_;
    Prepared page_;
    Prepared dirty_;
    Prepared review_;
    Prepared nextReview_;
    Prepared acknowledged_;
    Prepared acknowledgedPage_;
    Prepared size_;
};

}  // namespace lianzheng
