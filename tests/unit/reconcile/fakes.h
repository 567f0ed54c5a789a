#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "adapters/provincial/source.h"
#include "gateway/reconcile/judge.h"
#include "gateway/reconcile/merger.h"
#include "gateway/store/store.h"

namespace lianzheng::testing {

/// (number, kind, field): what a finding is known by.
using FindingKey = std::tuple<std::string, std::string, std::string>;

inline TimePoint at(const char* day) { return Date::parse(day)->beginsInShanghai() + std::chrono::hours{10}; }

/// A certificate that is in order on 2026-03-01.
inline Certificate soundRecord(const std::string& number, std::string_view state = "01") {
    Certificate record;
    record[Field::ProvinceNum] = "370000";
    record[Field::CertNum] = number;
    record[Field::CategoryCode] = "B";
    record[Field::Name] = "张三";
    record[Field::IdentityCard] = "11010519491231002X";
    record[Field::CompanyName] = "一建公司";
    record[Field::IssuDate] = "2024-01-01";
    record[Field::ExpiringDate] = "2027-01-01";
    record[Field::CertState] = state;
    return record;
}

inline ProvincialItem provincialOf(Certificate record, std::string key = "1") {
    ProvincialItem item;
    item.desired.record = std::move(record);
    item.desired.facts.sourceKey = std::move(key);
    item.desired.facts.authority = "370100";
    item.desired.seen = {1, 1};
    return item;
}

inline NationalItem nationalOf(Certificate record) {
    NationalItem item;
    item.row.record = std::move(record);
    item.known.set();
    return item;
}

class FakeMemory final : public Memory {
public:
    std::map<std::string, Recollection, std::less<>> past;
    std::map<std::string, BlockedRow, std::less<>> blocked;
    std::set<std::string> touched;

    Result<Recollection> of(std::string_view number) override {
        const auto found = past.find(number);
        return found == past.end() ? Recollection{} : found->second;
    }
    const BlockedRow* blockedOf(std::string_view number, std::string_view) override {
        const auto found = blocked.find(number);
        if (found == blocked.end()) return nullptr;
        touched.insert(found->first);
        return &found->second;
    }
};

/// What an outbox without other content holds.
inline OutboxRow intentOf(const std::string& number, TimePoint createdAt) {
    OutboxRow row;
    row.number = number;
    row.createdAt = createdAt;
    return row;
}

class VectorCursor final : public ProvincialCursor {
public:
    explicit VectorCursor(std::vector<ProvincialItem> items) : items_(std::move(items)) {}
    const ProvincialItem* peek() override { return position_ < items_.size() ? &items_[position_] : nullptr; }
    void pop() override { ++position_; }
    [[nodiscard]] bool broken() const override { return false; }

private:
    std::vector<ProvincialItem> items_;
    std::size_t position_ = 0;
};

/// Rows given as cells, in the order given.
class FakeSource final : public ProvincialSource {
public:
    std::vector<std::vector<std::string>> rows;
    std::optional<Error> failsAfterRows;

    Result<std::uint64_t> sweep(const RowSink& sink, const std::stop_token& stop) override {
        std::uint64_t count = 0;
        std::vector<Cell> cells;
        for (const auto& row : rows) {
            if (stop.stop_requested()) return failed(Fault::Cancelled, "source.sweep", "stopped");
            cells.clear();
            for (const std::string& text : row) cells.push_back({text, text.empty()});
            ++count;
            if (!sink(cells)) break;
        }
        if (failsAfterRows) return tl::unexpected<Error>(*failsAfterRows);
        return count;
    }
    Result<ScanCursor> scan(const ScanCursor& after, std::string_view, std::size_t, const RowSink&) override {
        return after;
    }
    Status byNumber(std::string_view, const RowSink&) override { return ok(); }
    Status byKeys(std::span<const std::string>, const RowSink&) override { return ok(); }
    Status byPerson(std::string_view, const RowSink&) override { return ok(); }
    Result<std::string> photo(std::string_view) override { return std::string{}; }
    Result<std::string> watermarkAt(std::chrono::seconds) override { return std::string{}; }
    Status writeBack(std::span<const WriteBack>) override { return ok(); }
    Result<Health> health() override { return Health{}; }
};

class FakeView final : public ExchangeView {
public:
    std::vector<NationalRow> rows;

    Result<std::vector<Field>> shownFields() override { return std::vector<Field>(kFields.begin(), kFields.end()); }
    Result<std::uint64_t> ordered(const NationalSink& sink, const std::stop_token&) override {
        std::stable_sort(rows.begin(), rows.end(), [](const NationalRow& one, const NationalRow& other) {
            const auto& a = one.record[Field::CertNum];
            const auto& b = other.record[Field::CertNum];
            return a.empty() != b.empty() ? b.empty() : a < b;
        });
        for (const NationalRow& row : rows) {
            if (!sink(row)) break;
        }
        return rows.size();
    }
};

}  // namespace lianzheng::testing
