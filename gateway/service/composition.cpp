#include "gateway/service/composition.h"

#include <utility>

#include "gateway/service/poco_event_log.h"

namespace lianzheng {
namespace {

template <class T>
void keepProblems(const Loaded<T>& loaded, FileProblems& problems) {
    if (!loaded) problems.insert(problems.end(), loaded.error().begin(), loaded.error().end());
}

Policy policyFor(const Settings& settings, const FieldMap& map) {
    Policy policy = settings.policy;
    policy.loaded.reset();
    policy.collects = map.tellsOfLicences();
    policy.mappingVersion = map.version();
    for (const Field field : map.pushFields()) policy.loaded.set(static_cast<std::size_t>(field));
    return policy;
}

/// The settings have found that every key is one.
EvidenceSealing sealingFor(const SealSettings& settings) {
    EvidenceSealing sealing;
    sealing.every = settings.every;
    if (settings.method) sealing.key = std::move(*sealKeyOf(settings.key));
    for (const std::string& former : settings.former) sealing.former.push_back(std::move(*sealKeyOf(former)));
    return sealing;
}

}  // namespace

Composition::Composition(Settings settings, FieldMap map, RefusalCatalogue refusals, Districts districts)
    : settings_(std::move(settings)),
      map_(std::move(map)),
      refusals_(std::move(refusals)),
      districts_(std::move(districts)),
      log_(std::make_unique<PocoEventLog>(settings_.logLevel, settings_.logFile)),
      sealing_(sealingFor(settings_.seal)),
      envelope_(makeEnvelope(settings_.envelopes)),
      source_(makeSociSource(settings_.province, map_, clock_)) {
    settings_.policy = policyFor(settings_, map_);
}

Loaded<std::unique_ptr<Composition>> Composition::load(const std::filesystem::path& file,
                                                       const std::vector<Define>& defines) {
    auto settings = loadSettings(file, defines);
    if (!settings) return tl::unexpected(settings.error());
    // Tables lie beside the mapping they belong to.
    const std::filesystem::path tables = settings->mappingFile.parent_path();
    auto map = FieldMap::load(settings->mappingFile);
    auto refusals = RefusalCatalogue::load(tables / "refusals.yaml");
    auto districts = Districts::load(tables / "districts.yaml");
    FileProblems problems;
    keepProblems(map, problems);
    keepProblems(refusals, problems);
    keepProblems(districts, problems);
    if (map && map->type() != settings->type) {
        problems.push_back({settings->mappingFile.string(), 0,
                            "is a mapping of certificate: " + std::string(word(map->type())) +
                                ", and the configuration has certificate.type = " + std::string(word(settings->type))});
    }
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return std::unique_ptr<Composition>(
        new Composition(std::move(*settings), std::move(*map), std::move(*refusals), std::move(*districts)));
}

Status Composition::openStore() {
    if (store_) return ok();
    auto opened = lianzheng::openStore(settings_.store, clock_, sealing_);
    if (!opened) return tl::unexpected(opened.error());
    store_ = std::move(*opened);
    return ok();
}

Status Composition::openPlatform() {
    if (platform_) return ok();
    auto made = makeRestPlatform(settings_.national, *envelope_, clock_, random_, *log_);
    if (!made) return tl::unexpected(made.error());
    platform_ = std::make_unique<ClockedPlatform>(std::move(*made), clock_);
    return ok();
}

Result<std::unique_ptr<Platform>> Composition::explainedPlatform(std::vector<SealingStep>& steps) {
    explaining_ = makeExplainingEnvelope(*envelope_, steps);
    return makeRestPlatform(settings_.national, *explaining_, clock_, random_, *log_);
}

std::unique_ptr<ExchangeView> Composition::exchange() const {
    return settings_.hasExchange ? makeExchangeView(settings_.exchange) : nullptr;
}

std::unique_ptr<ProvincialSource> Composition::adoptionSource() {
    return makeSociSource(settings_.province, map_.source(), map_.adoptColumns(), clock_);
}

SyncParts Composition::parts() {
    return SyncParts{*source_, map_,  *store_,          *platform_,     refusals_, clock_,
                     random_,  *log_, settings_.policy, settings_.sync, traffic_};
}

}  // namespace lianzheng
