#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "gateway/planner/plan.h"
#include "gateway/sync/parts.h"

namespace lianzheng {

/// What a pass would do.
struct PassTally {
    std::uint64_t rows = 0;       ///< read from the source
    std::uint64_t unchanged = 0;  ///< known by their digest
    std::uint64_t late = 0;       ///< changed rows behind the watermark
    std::uint64_t missed = 0;     ///< changed rows that a full read found behind the cursor: the target is 0
    std::uint64_t steps = 0;
    std::uint64_t ends = 0;  ///< 05 for no reason of date
    std::uint64_t firstIssues = 0;
    std::uint64_t completions = 0;  ///< collects: they only finish what was let through before
    std::uint64_t blocked = 0;
    std::map<std::string, std::uint64_t> byStep;   ///< stepName
    std::map<std::string, std::uint64_t> byField;  ///< what differs
    void count(const Plan& plan);
};

/// What the pass is judged against.
struct FuseSituation {
    std::uint64_t ledgerRows = 0;  ///< entries of the ledger; 0 when the pass is too small for it to matter
    std::uint64_t lost = 0;        ///< of those, no longer in the source (full passes; else what a probe found …
    std::uint64_t probed = 0;      ///< … among this many; 0 for full passes)
    bool mappingChanged = false;
    bool firstRun = false;                  ///< --first-run: the mass of first issues is expected
    std::optional<std::uint64_t> accepted;  ///< --accept N: at most N steps, whatever they are
};

/// Why nothing is queued.
struct FuseTrip {
    std::string reason;  ///< terminal, mass, lost, mapping, more_than_accepted: stable
    std::string why;     ///< one Chinese sentence with the numbers
    std::uint64_t count = 0;
};

/// Nothing when the pass may go on. Pure.
std::optional<FuseTrip> judge(const PassTally& tally, const FuseSituation& situation, const FuseSettings& settings);

}  // namespace lianzheng
