#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
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
    std::map<std::string, std::vector<Attempt>, std::less<>> attempts;

    Result<std::vector<Attempt>> attemptsOf(std::string_view number) override {
        const auto found = attempts.find(number);
        return found == attempts.end() ? std::vector<Attempt>{} : found->second;
    }
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

/// What a database that can would say of rows in ranges; of a row, `text` is its whole text and `key` deals it out.
class FakeRanges {
public:
    static std::uint32_t of(std::string_view key) {
        return static_cast<std::uint32_t>(std::hash<std::string_view>()(key) % kRanges);
    }
    void add(std::string_view key, std::string_view text) {
        Digest& digest = digests_[of(key)];
        digest.high += 1;
        digest.low += std::hash<std::string_view>()(text);
    }
    [[nodiscard]] const RangeDigests& digests() const { return digests_; }

private:
    RangeDigests digests_ = RangeDigests(kRanges);
};

/// Rows given as cells, in the order given.
class FakeSource : public ProvincialSource {
public:
    std::vector<std::vector<std::string>> rows;
    std::size_t keyColumn = 0;
    std::optional<Error> failsAfterRows;
    std::optional<Error> keysFail;
    std::size_t keysAsked = 0;
    std::set<std::string> keysLost;    ///< that no row is found by
    std::function<void()> afterSweep;  ///< the province lives on
    bool ranged = false;               ///< knows its ranges
    std::size_t swept = 0;             ///< rows that the first look has read

    Result<bool> sweepRanges(const std::vector<bool>& wanted, const ChooseRanges& choose, const RangedRowSink& sink,
                             const std::stop_token& stop) override {
        if (!ranged) return false;
        FakeRanges ranges;
        for (const auto& row : rows) {
            std::string text;
            for (std::size_t i = 0; i < row.size(); ++i) text += wanted[i] ? row[i] + '|' : "";
            ranges.add(row[keyColumn], text);
        }
        const auto chosen = choose(ranges.digests());
        if (!chosen) return true;
        const auto all = std::exchange(rows, {});
        std::ranges::copy_if(all, std::back_inserter(rows),
                             [&](const auto& row) { return (*chosen)[FakeRanges::of(row[keyColumn])]; });
        const std::size_t before = swept;
        const auto read = sweepUnordered(
            wanted,
            [&](std::span<const Cell> cells) {
                return sink(FakeRanges::of(rows[swept - before - 1][keyColumn]), cells);
            },
            stop);
        rows = all;
        return read.map([](std::uint64_t) { return true; });
    }
    Result<std::uint64_t> sweep(const RowSink&, const std::stop_token&) override { return std::uint64_t{0}; }
    Result<std::uint64_t> sweepUnordered(const std::vector<bool>& wanted, const RowSink& sink,
                                         const std::stop_token& stop) override {
        std::uint64_t count = 0;
        for (const auto& row : rows) {
            if (stop.stop_requested()) return failed(Fault::Cancelled, "source.sweep", "stopped");
            auto cells = cellsOf(row);
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (!wanted[i]) cells[i] = {};
            }
            ++count;
            ++swept;
            if (!sink(cells)) break;
        }
        if (failsAfterRows) return tl::unexpected<Error>(*failsAfterRows);
        if (afterSweep) afterSweep();
        return count;
    }
    Result<ScanCursor> scan(const ScanCursor& after, std::string_view, std::size_t, const RowSink&) override {
        return after;
    }
    Status byNumber(std::string_view number, const RowSink& sink) override {
        std::vector<std::string> spellings{std::string(number)};
        if (const auto parsed = CertificateNumber::parse(number)) spellings = parsed->spellings();
        for (const auto& row : rows) {
            if (std::ranges::find_first_of(row, spellings) != row.end()) sink(cellsOf(row));
        }
        return ok();
    }
    Status byKeys(std::span<const std::string> keys, const RowSink& sink) override {
        keysAsked += keys.size();
        if (keysFail) return tl::unexpected<Error>(*keysFail);
        const std::set<std::string> wanted(keys.begin(), keys.end());
        // As a database gives them: in no order that was asked for.
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
            const std::string& key = (*row)[keyColumn];
            if (wanted.contains(key) && !keysLost.contains(key)) sink(cellsOf(*row));
        }
        return ok();
    }
    Status byPerson(std::string_view, const RowSink&) override { return ok(); }
    Result<std::string> photo(std::string_view) override { return std::string{}; }
    Result<std::string> watermarkAt(std::chrono::seconds) override { return std::string{}; }
    Status writeBack(std::span<const WriteBack>) override { return ok(); }
    Result<Health> health() override { return Health{}; }

private:
    static std::vector<Cell> cellsOf(const std::vector<std::string>& row) {
        std::vector<Cell> cells;
        for (const std::string& text : row) cells.push_back({text, text.empty()});
        return cells;
    }
};

class FakeView final : public ExchangeView {
public:
    std::vector<NationalRow> rows;
    bool isFile = false;              ///< nothing is found by its number
    std::set<std::string> hidden;     ///< written otherwise, so that look-ups miss them
    std::optional<Field> late;        ///< is told of only after a read has met it
    std::function<void()> afterRead;  ///< the platform lives on
    bool ranged = false;              ///< knows its ranges
    int reads = 0;
    std::size_t givenWhole = 0;  ///< rows that were given by their places
    std::size_t glancedAt = 0;   ///< rows that the first look has read

    Result<std::vector<Field>> shownFields() override {
        std::vector<Field> fields(kFields.begin(), kFields.end());
        if (late) std::erase(fields, *late);
        return fields;
    }
    Result<std::uint64_t> ordered(const NationalSink&, const std::stop_token&) override { return std::uint64_t{0}; }
    Result<std::uint64_t> asTheyLie(std::span<const Field> fields, const NationalSink& sink,
                                    const std::stop_token& stop) override {
        ++reads;
        std::uint64_t place = 0;
        for (const NationalRow& row : rows) {
            ++place;
            if (stop.stop_requested()) return failed(Fault::Cancelled, "view", "stopped");
            NationalRow shown = shownOf(row, fields);
            if (isFile) shown.place = place;
            if (fields.size() != kFieldCount) ++glancedAt;
            if (!sink(shown)) break;
        }
        placed_ = rows.size();
        if (afterRead) afterRead();
        if (std::exchange(late, std::nullopt)) return failed(Fault::Unavailable, "view", std::string(kLateField));
        return rows.size();
    }
    Result<bool> inRanges(std::span<const Field> fields, const ChooseRanges& choose, const RangedNationalSink& sink,
                          const std::stop_token&) override {
        if (!ranged) return false;
        ++reads;
        FakeRanges ranges;
        for (const NationalRow& row : rows) {
            const NationalRow shown = shownOf(row, fields);
            std::string text = shown.zzeCertId + shown.rawNumber;
            for (const Field field : kFields) text += '|' + shown.record[field];
            ranges.add(keyOf(row), text);
        }
        const auto chosen = choose(ranges.digests());
        if (!chosen) return true;
        for (const NationalRow& row : rows) {
            const std::uint32_t range = FakeRanges::of(keyOf(row));
            if (!(*chosen)[range]) continue;
            ++glancedAt;
            if (!sink(range, shownOf(row, fields))) break;
        }
        return true;
    }
    Result<std::uint64_t> atPlaces(const PlaceFilter& wanted, const NationalSink& sink,
                                   const std::stop_token&) override {
        ++reads;
        std::uint64_t place = 0;
        for (const NationalRow& row : rows) {
            if (!wanted(++place) && placed_ == rows.size()) continue;
            ++givenWhole;
            if (!sink(row)) break;
        }
        return rows.size();
    }
    Result<bool> ofNumbers(std::span<const std::string> numbers, const NationalSink& sink,
                           const std::stop_token&) override {
        if (isFile) return false;
        const std::set<std::string> wanted(numbers.begin(), numbers.end());
        for (const NationalRow& row : rows) {
            if (wanted.contains(row.record[Field::CertNum]) && !hidden.contains(row.record[Field::CertNum])) sink(row);
        }
        return true;
    }

private:
    static const std::string& keyOf(const NationalRow& row) {
        return row.rawNumber.empty() ? row.record[Field::CertNum] : row.rawNumber;
    }
    static NationalRow shownOf(const NationalRow& row, std::span<const Field> fields) {
        NationalRow shown = row;
        if (fields.size() != kFieldCount) shown = {{}, row.zzeCertId, "", "", false, row.rawNumber, 0};
        shown.record[Field::CertNum] = row.record[Field::CertNum];
        for (const Field field : fields) shown.record[field] = row.record[field];
        return shown;
    }
    std::size_t placed_ = 0;  ///< with another number of rows it is another file
};

}  // namespace lianzheng::testing
