#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/reconcile/judge.h"
#include "gateway/store/store.h"

namespace lianzheng {

/// The past as the store keeps it. The blocked rows are read once, dismissed ones too.
class StoreMemory final : public Memory {
public:
    explicit StoreMemory(Store& store) : store_(store) {}
    Status load();
    Result<Recollection> of(std::string_view number) override;
    Result<std::vector<Attempt>> attemptsOf(std::string_view number) override { return store_.attemptsOf(number); }
    const BlockedRow* blockedOf(std::string_view number, std::string_view sourceKey) override;
    /// Blocked rows that nobody has asked for.
    [[nodiscard]] std::vector<const BlockedRow*> untouched() const;

private:
    Store& store_;
    std::vector<BlockedRow> rows_;
    std::vector<bool> touched_;
    std::unordered_map<std::string_view, std::size_t> byNumber_;  ///< views into rows_
    std::unordered_map<std::string_view, std::size_t> byKey_;
};

}  // namespace lianzheng
