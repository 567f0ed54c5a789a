#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/envelope/envelope.h"
#include "adapters/exchange/exchange_view.h"
#include "adapters/national/platform.h"
#include "adapters/provincial/source.h"
#include "adapters/runtime/clock.h"
#include "adapters/runtime/event_log.h"
#include "adapters/runtime/random.h"
#include "gateway/service/platform_clock.h"
#include "gateway/service/settings.h"
#include "gateway/store/store.h"
#include "gateway/sync/parts.h"
#include "gateway/sync/traffic.h"
#include "mappings/districts.h"
#include "mappings/field_map.h"
#include "mappings/refusal_catalogue.h"

namespace lianzheng {

/// Everything that a command may need, in the order in which it depends on each other. Files are read at once; store
/// and platform are opened when first asked for.
/// Threads: one at a time.
class Composition {
public:
    /// Configuration, mapping and tables; every problem with file and line.
    static Loaded<std::unique_ptr<Composition>> load(const std::filesystem::path& file,
                                                     const std::vector<Define>& defines);
    Composition(const Composition&) = delete;
    Composition& operator=(const Composition&) = delete;
    ~Composition() = default;

    [[nodiscard]] const Settings& settings() const noexcept { return settings_; }
    [[nodiscard]] const FieldMap& map() const noexcept { return map_; }
    [[nodiscard]] const Districts& districts() const noexcept { return districts_; }
    [[nodiscard]] const RefusalCatalogue& refusals() const noexcept { return refusals_; }
    [[nodiscard]] Clock& clock() noexcept { return clock_; }
    [[nodiscard]] EventLog& log() noexcept { return *log_; }
    [[nodiscard]] ProvincialSource& source() noexcept { return *source_; }
    /// The store, opened and its schema brought up to date.
    Status openStore();
    [[nodiscard]] const EvidenceSealing& sealing() const noexcept { return sealing_; }
    [[nodiscard]] Store& store() noexcept { return *store_; }
    /// The platform; its key is read here.
    Status openPlatform();
    [[nodiscard]] Platform& platform() noexcept { return *platform_; }
    /// How far its clock was, as its replies told; nothing before the first one.
    [[nodiscard]] std::optional<ClockSkew> clockSkew() const { return platform_ ? platform_->skew() : std::nullopt; }
    /// Another platform like it, whose one call at a time is explained in `steps`, borrowed.
    Result<std::unique_ptr<Platform>> explainedPlatform(std::vector<SealingStep>& steps);
    /// What the envelopes do to a request that is not sent, for want of a login.
    [[nodiscard]] const Envelope& envelope() const noexcept { return *envelope_; }
    /// Null when neither exchange.url nor exchange.file is set.
    [[nodiscard]] std::unique_ptr<ExchangeView> exchange() const;
    /// The province with what its rows remember of earlier pushes (FieldMap::adoptColumns).
    [[nodiscard]] std::unique_ptr<ProvincialSource> adoptionSource();
    /// For the engine; store and platform are open.
    [[nodiscard]] SyncParts parts();

private:
    Composition(Settings settings, FieldMap map, RefusalCatalogue refusals, Districts districts);

    Settings settings_;
    FieldMap map_;
    RefusalCatalogue refusals_;
    Districts districts_;
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<EventLog> log_;
    EvidenceSealing sealing_;
    std::unique_ptr<Envelope> envelope_;
    std::unique_ptr<ProvincialSource> source_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<ClockedPlatform> platform_;
    std::unique_ptr<Envelope> explaining_;
    Traffic traffic_{settings_.sync};
};

}  // namespace lianzheng
