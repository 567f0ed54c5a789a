#include "gateway/reconcile/store_memory.h"

#include <utility>

namespace lianzheng {

Status StoreMemory::load() {
    Result<std::vector<BlockedRow>> rows = store_.blocked({}, true);
    if (!rows) return tl::unexpected<Error>(rows.error());
    rows_ = std::move(*rows);
    touched_.assign(rows_.size(), false);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        byNumber_.emplace(rows_[i].number, i);
        if (!rows_[i].sourceKey.empty()) byKey_.emplace(rows_[i].sourceKey, i);
    }
    return ok();
}

Result<Recollection> StoreMemory::of(std::string_view number) {
    Recollection past;
    auto ledger = store_.find(number);
    if (!ledger) return tl::unexpected<Error>(ledger.error());
    past.ledger = std::move(*ledger);
    if (past.ledger && past.ledger->state != CertState::None) {
        auto acknowledged = store_.acknowledged(number);
        if (!acknowledged) return tl::unexpected<Error>(acknowledged.error());
        past.acknowledged = std::move(*acknowledged);
    }
    auto intent = store_.intentOf(number);
    if (!intent) return tl::unexpected<Error>(intent.error());
    past.intent = std::move(*intent);
    return past;
}

const BlockedRow* StoreMemory::blockedOf(std::string_view number, std::string_view sourceKey) {
    auto found = byNumber_.find(number);
    if (found == byNumber_.end()) {
        // Only rows without a readable number are known by their keys alone.
        if (!number.empty()) return nullptr;
        found = byKey_.find(sourceKey);
        if (found == byKey_.end()) return nullptr;
    }
    touched_[found->second] = true;
    return &rows_[found->second];
}

std::vector<const BlockedRow*> StoreMemory::untouched() const {
    std::vector<const BlockedRow*> rows;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (!touched_[i]) rows.push_back(&rows_[i]);
    }
    return rows;
}

}  // namespace lianzheng
