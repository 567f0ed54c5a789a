#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>

#include "gateway/reconcile/reconciler.h"
#include "gateway/reconcile/sample_plan.h"
#include "gateway/reconcile/tally.h"
#include "gateway/sync/parts.h"

namespace lianzheng {

struct SampleSettings {
    std::uint64_t calls = 1000;  ///< the budget: a certificate takes one, or two when its number shows nothing
    double confidence = 0.95;
    double target = 0.01;  ///< the share of disagreeing certificates that is to be ruled out
};

/// What a sample came to. The findings are in the store.
struct SampleResult {
    std::int64_t run = 0;
    std::uint64_t population = 0;  ///< certificates that the ledger says are registered
    std::uint64_t strata = 0;      ///< city and category
    std::uint64_t drawn = 0;
    std::uint64_t calls = 0;
    std::uint64_t disagreeing = 0;
    std::optional<double> bound;  ///< of the share that disagrees, in the whole population; nothing: too few were drawn
    bool reached = false;         ///< the target is ruled out
    bool whole = false;           ///< everything was looked at, and there was something
    Tally tally;
};

/// Where no full national view exists: asks the platform about a random sample of what it ought to hold, city by city
/// and category by category in proportion, at the pace of its query call, until the target is ruled out or the budget
/// is spent (half as many certificates as calls). It proves nothing about certificates that never came into the ledger,
/// nor about what a query does not show. Differences become findings; none is closed. What is in hand, waits or was
/// dismissed counts as agreeing. Threads: the platform's owner. Errors: of store, source and platform; Unavailable
/// `changed_meanwhile` when the ledger lost certificates that were being drawn; Rejected `not_offered` for 特种作业,
/// whose certificates no call shows.
class Sampler {
public:
    Sampler(const SyncParts& parts, ReconcileSettings reconcile, const SampleSettings& settings);
    Result<SampleResult> run(const std::stop_token& stop);

private:
    class Run;
    SyncParts parts_;
    ReconcileSettings reconcile_;
    SampleSettings settings_;
};

}  // namespace lianzheng
