#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "gateway/sync/dispatcher.h"
#include "gateway/sync/fuse.h"
#include "gateway/sync/intake.h"
#include "gateway/sync/parts.h"
#include "gateway/sync/scanner.h"
#include "gateway/sync/settlement_records.h"

namespace lianzheng {

struct PassOptions {
    bool full = false;
    bool firstRun = false;
    bool dryRun = false;
    std::optional<std::uint64_t> limit;
    std::optional<std::uint64_t> accept;
    std::chrono::milliseconds wait{0};  ///< go on while something becomes due within this time
};

/// How far a pass is, for a bar or a line.
struct PassProgress {
    enum class Phase : std::uint8_t { Scan, Push } phase{};
    std::uint64_t done = 0;
};

struct PassResult {
    enum class End : std::uint8_t { Done, Fuse, Paused, NeedsFirstRun, Stopped, Denied, Away };
    End end = End::Done;
    PassTally tally;
    Dispatcher::Tally pushed;
    std::uint64_t writtenBack = 0;
    std::optional<FuseTrip> trip;
    std::optional<TimePoint> nextDue;  ///< of what waits
};

/// One pass: what the province says now, what is due by time, and what waits to be sent, until nothing is due now.
/// Threads: one at a time. Errors: store or province away; the platform being away is a way to end.
class Pass {
public:
    explicit Pass(SyncParts parts) : parts_(parts), dispatcher_(parts) {}
    std::function<void(const PassProgress&)> progress;
    /// Who is served while more is being sent; may be empty.
    Counter& counter() { return dispatcher_.counter; }

    Result<PassResult> run(const PassOptions& options, const std::stop_token& stop);
    /// What is due by time, dirty or queued, without reading the province's changes: between passes, and for resync.
    /// Ends at a pause, which `result.end` then says.
    Status settleDue(PassResult& result, const std::stop_token& stop);
    /// Carries out what stands in the manual lane and before it, and nothing else.
    Status settleUrgent(PassResult& result, const std::stop_token& stop);
    /// Tells the province what is acknowledged; never holds up a push.
    Status writeBack(PassResult& result);

private:
    Result<bool> gather(const PassOptions& options, PassResult& result, const std::stop_token& stop);
    Result<bool> mappingChanged();
    Result<bool> ledgerIsEmpty();
    Result<FuseSituation> situation(const PassOptions& options, const Scanner::Read& read, const PassTally& tally,
                                    bool full);
    Status probeSource(FuseSituation& situation);
    Result<std::uint64_t> lookAgain();
    /// Whether all that is left to do of the row is to collect its licence.
    Result<bool> onlyCollects(const Desired& row, const LedgerEntry& entry);
    Result<std::uint64_t> askChecks(const std::stop_token& stop);
    struct Checked {
        SentCall call;
        CheckAdmission check;
    };
    Result<std::optional<Checked>> checkOf(const BlockedRow& blocked);
    std::optional<bool> admitted(BlockedRow& blocked, const Checked& asked, const Completion& answer, TimePoint askedAt,
                                 std::vector<Change>& changes);
    Result<bool> askTogether(std::span<BlockedRow> blocked, const std::stop_token& stop);
    Status conclude(const Scanner::Read& read);

    SyncParts parts_;
    Dispatcher dispatcher_;
};

}  // namespace lianzheng
