#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/store.h"
#include "gateway/sync/breaker.h"
#include "gateway/sync/lanes.h"
#include "gateway/sync/pacing.h"
#include "gateway/sync/parts.h"
#include "gateway/sync/rate.h"
#include "gateway/sync/retry_budget.h"

namespace lianzheng {

/// The operations that the outbox may hold (operationName), each a queue of its own.
inline constexpr std::array<std::string_view, 4> kQueuedOperations{"assign", "collect", "update", "identity"};

/// What is known of how much the platform bears: of each operation its pace and whether anybody is there, of all
/// together the ceiling, the lanes' shares and the repeats' budget. It outlives passes; what was found of a pace also
/// the process.
/// Threads: one at a time.
class Traffic {
public:
    explicit Traffic(const SyncSettings& settings)
        : ceiling(settings.rateCeiling), retries(settings.retryShare), credential_(settings.credential) {}

    struct Line {
        Pacer pacer;
        Breaker breaker;
        PaceRow written;  ///< as the store has it
    };
    /// Takes up what the store remembers, once.
    Status recall(Store& store);
    /// The line of an operation (operationName).
    Line& line(std::string_view operation);
    /// Adds to `group` what has changed and is worth keeping.
    void remember(TimePoint now, std::vector<Change>& group);

    Rate ceiling;
    LaneShares lanes;
    RetryBudget retries;

private:
    std::string credential_;
    bool recalled_ = false;
    std::map<std::string, Line, std::less<>> lines_;
};

}  // namespace lianzheng
