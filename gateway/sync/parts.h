#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/national/platform.h"
#include "adapters/provincial/source.h"
#include "adapters/runtime/clock.h"
#include "adapters/runtime/event_log.h"
#include "adapters/runtime/random.h"
#include "gateway/planner/plan.h"
#include "gateway/store/store.h"
#include "gateway/sync/batch_limits.h"
#include "gateway/sync/ceilings.h"
#include "gateway/sync/retry_policy.h"
#include "mappings/certificate_type.h"
#include "mappings/field_map.h"
#include "mappings/refusal_catalogue.h"

namespace lianzheng {

/// When a pass is too strange to be let through unasked (design.md, Fuse).
struct FuseSettings {
    std::uint64_t terminal = 100;      ///< ends for no reason of date
    double massShare = 0.02;           ///< steps, of the ledger …
    std::uint64_t massAtLeast = 1000;  ///< … and never fewer than this
    double lostShare = 0.01;           ///< rows of the ledger that the source no longer has
};

struct SyncSettings {
    CertificateType type = CertificateType::Anguan;
    FuseSettings fuse;
    RetryPolicy retry;
    std::size_t concurrency = 16;        ///< calls under way at once
    BatchSizes batches;                  ///< items in one call
    double rateCeiling = 0;              ///< writing calls a second; 0: none
    Ceilings ceilings;                   ///< by the hour, in the place of rateCeiling
    double retryShare = 0.2;             ///< repeats to first sends, at most
    std::string credential;              ///< whose pace it is: the account's name at the platform
    std::chrono::seconds horizon{2};     ///< rows younger than this are left for the next pass
    std::chrono::seconds overlap{7200};  ///< longer than the source's longest transaction
    std::size_t overlapRows = 50'000;    ///< the overlap's bound after a bulk touch
    std::size_t holdLooks = 20'000;      ///< looks kept in memory until the fuse has judged
    bool readBack = true;                ///< platform.readback = query
    /// policy.check: before which assigning events the platform's verdict is asked for without an effect.
    enum class Check : std::uint8_t { Never, New, Always } check = Check::Never;
    bool judgeRules = true;                ///< policy.rules: the holding rules are judged before sending
    std::chrono::hours blockedReview{24};  ///< how often a blocked certificate is looked at again
};

class Traffic;

/// What the engine works with; everything is borrowed and outlives it.
struct SyncParts {
    ProvincialSource& source;
    const FieldMap& map;
    Store& store;
    Platform& platform;
    const RefusalCatalogue& refusals;
    Clock& clock;
    Random& random;
    EventLog& log;
    const Policy& policy;
    const SyncSettings& settings;
    Traffic& traffic;
};

}  // namespace lianzheng
