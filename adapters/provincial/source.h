#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "adapters/sql/ranges.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// Where a keyset scan stands: the last row's watermark and key, as the source's own text. Empty: before the first row.
struct ScanCursor {
    std::string changedAt;
    std::string key;
    friend bool operator==(const ScanCursor&, const ScanCursor&) = default;
};

/// What is sent back to the province for one certificate.
struct WriteBack {
    std::string sourceKey;
    std::string certNum;
    std::string codeId;
    std::string zzeCertId;
    std::string state;     ///< certState as acknowledged
    std::string pushedAt;  ///< yyyy-MM-dd HH:mm:ss, Asia/Shanghai
};

/// Is called with each row's cells in the order of FieldMap::columns(); valid during the call only. False ends the
/// read.
using RowSink = std::function<bool(std::span<const Cell> cells)>;

/// The same with the range in which the row lies.
using RangedRowSink = std::function<bool(std::uint32_t range, std::span<const Cell> cells)>;

/// The provincial database as the gateway needs it: a guest house with few connections and no long locks.
/// Threads: one at a time. Errors: Unavailable (away, time-out), Denied, Corrupt with code `column_gone:NAME` or
/// `table_gone` when the source is no longer what the mapping says; nothing throws.
class ProvincialSource {
public:
    virtual ~ProvincialSource() = default;

    /// Rows changed after `after` in the order (changed_at, key), closed above by `horizon` (source's own text, empty:
    /// none), at most `limit`. Rows whose watermark is NULL are not seen here. The rows come in one page: the cells
    /// of row i are what `sink` saw at its i-th call; the last row's (changed_at, key) is the returned cursor.
    virtual Result<ScanCursor> scan(const ScanCursor& after, std::string_view horizon, std::size_t limit,
                                    const RowSink& sink) = 0;
    /// Every row, ordered by the certificate number's bytes as written in the source, in constant memory and without a
    /// long lock (keyset pages on SQLite, cursor on PostgreSQL). Returns how many.
    virtual Result<std::uint64_t> sweep(const RowSink& sink, const std::stop_token& stop) = 0;
    /// Every row once, in whatever order costs the source least (PostgreSQL as they lie, SQLite by the key's index).
    /// `wanted` goes with FieldMap::columns(): cells of others are null.
    virtual Result<std::uint64_t> sweepUnordered(const std::vector<bool>& wanted, const RowSink& sink,
                                                 const std::stop_token& stop) = 0;
    /// Every row of the ranges that `choose` wants, once, in no order, for the `wanted` columns alone as above; they
    /// are as they were when their digests were made. False when the source makes no digests: nothing was read then.
    virtual Result<bool> sweepRanges(const std::vector<bool>& /*wanted*/, const ChooseRanges& /*choose*/,
                                     const RangedRowSink& /*sink*/, const std::stop_token& /*stop*/) {
        return false;
    }
    /// The rows of a certificate number, under any spelling the normaliser accepts.
    virtual Status byNumber(std::string_view number, const RowSink& sink) = 0;
    /// The same of several numbers, in no order.
    virtual Status byNumbers(std::span<const std::string> numbers, const RowSink& sink) {
        for (const std::string& number : numbers) {
            if (Status status = byNumber(number, sink); !status) return status;
        }
        return ok();
    }
    virtual Status byKeys(std::span<const std::string> keys, const RowSink& sink) = 0;
    /// The rows of one person (needs the mapping's person column).
    virtual Status byPerson(std::string_view identityCard, const RowSink& sink) = 0;
    /// The picture's bytes; empty when there is none. Over HTTP it waits for SourceSettings::photos.timeout at the
    /// most.
    virtual Result<std::string> photo(std::string_view reference) = 0;
    /// The source's clock minus `age`, as the watermark's own text: the horizon and the overlap's lower end.
    virtual Result<std::string> watermarkAt(std::chrono::seconds age) = 0;
    /// Puts values back; only rows that differ are touched. Target `none`: does nothing.
    virtual Status writeBack(std::span<const WriteBack> rows) = 0;

    /// What `check` shows.
    struct Health {
        std::vector<std::string> columns;  ///< that the source has
        std::uint64_t rows = 0;            ///< of the view
        std::optional<std::uint64_t> baseRows;
        bool scanUsesIndex = false;
        bool sweepUsesIndex = false;
        bool canWrite = false;
        std::chrono::seconds clockSkew{0};  ///< source minus ours, where it can be asked
    };
    /// A source that lacks a column we want shows its columns alone.
    virtual Result<Health> health() = 0;
};

}  // namespace lianzheng
