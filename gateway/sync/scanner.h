#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/sync/intake.h"
#include "gateway/sync/parts.h"

namespace lianzheng {

/// Reads the province, by the watermark or whole, and gives the intake what it has not seen before.
/// Threads: one at a time. Errors: those of source and store; a stop ends a read with Fault::Cancelled.
class Scanner {
public:
    Scanner(SyncParts parts, Intake& intake) : parts_(parts), intake_(intake) {}

    struct Settings {
        bool full = false;
        bool commitAsItGoes = false;         ///< the fuse has judged: looks are flushed as they come
        std::optional<std::uint64_t> limit;  ///< --limit: at most so many looks
        /// Called now and then with the rows read so far.
        std::function<void(std::uint64_t)> progress;
    };
    struct Read {
        std::uint64_t matched = 0;  ///< ledger entries met (full reads)
        bool overflowed = false;    ///< more looks than may be held: those past the bound were only counted
        bool limited = false;       ///< --limit ended it
        ScanCursor cursor;          ///< where the next incremental read begins
        std::string watermark;      ///< the newest time read: what changes before it later on came late
    };
    Result<Read> read(const Settings& settings, const std::stop_token& stop);

private:
    Result<Read> byWatermark(const Settings& settings, const ScanCursor& from, const std::stop_token& stop);
    Result<Read> whole(const Settings& settings, const ScanCursor& from, const std::stop_token& stop);
    /// Looks at one row unless its digest is known. `entry` is null when the ledger has none.
    Status consider(const Desired& desired, const LedgerEntry* entry, const Settings& settings, Read& read);

    SyncParts parts_;
    Intake& intake_;
};

}  // namespace lianzheng
