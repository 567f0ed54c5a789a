#include "tests/scenario/world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "gateway/store/soci_store.h"

namespace lianzheng::test {
namespace {

const RefusalCatalogue& refusals() {
    static const auto catalogue = RefusalCatalogue::load(LIANZHENG_ROOT "/mappings/refusals.yaml");
    if (!catalogue) throw std::runtime_error("no refusals");
    return *catalogue;
}

/// The files of the world before, so that the new province finds its own.
const std::filesystem::path& copied(const std::filesystem::path& to, const std::filesystem::path& from) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
    return to;
}

}  // namespace

TimePoint shanghai(int year, unsigned month, unsigned day, std::chrono::milliseconds hour) {
    const std::chrono::sys_days date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
    return TimePoint{date.time_since_epoch()} + hour - std::chrono::hours{8};
}

World::World(std::uint64_t seed, CertificateType certificates)
    : province(directory.path()), type(certificates), random_(seed) {
    const bool special = type == CertificateType::Tezhong;
    const std::string mapping = special ? "/tests/scenario/tezhong.yaml" : "/tests/scenario/province.yaml";
    std::filesystem::copy_file(LIANZHENG_ROOT + mapping, directory.path() / "province.yaml");
    policy.type = settings.type = type;
    settings.readBack = !special;
    reopen();
}

World::World(World& from)
    : clock(from.clock.now()),
      province((from.store.reset(), from.real_.reset(), from.source_.reset(),
                copied(directory.path(), from.directory.path()))),
      type(from.type),
      policy(from.policy),
      settings(from.settings),
      random_(from.random_) {
    platform.registry().setRules(from.platform.registry().rules());
    for (sim::national::Entry& entry : from.platform.registry().entries()) platform.registry().put(std::move(entry));
    reopen();
}

void World::loadMapping() {
    auto loaded = FieldMap::load(directory.path() / "province.yaml");
    if (!loaded) throw std::runtime_error(str(loaded.error().front()));
    map_.emplace(std::move(*loaded));
    policy.loaded.reset();
    for (const Field field : map_->pushFields()) policy.loaded.set(static_cast<std::size_t>(field));
}

Platform& World::reached() { return over != nullptr ? *over : platform; }

void World::reopen() {
    platform.hangUp();
    source_.reset();
    store.reset();
    real_.reset();
    loadMapping();
    auto opened = openStore({fmt::format("sqlite3://{}", (directory.path() / "store.db").string())}, clock);
    if (!opened) throw std::runtime_error(opened.error().code);
    real_ = std::move(*opened);
    if (!real_->tryBecomePusher().value_or(false)) throw std::runtime_error("not the pusher");
    store = std::make_unique<FaultyStore>(*real_);
    traffic_ = std::make_unique<Traffic>(settings);
    SourceSettings where;
    where.address.url = province.url();
    source_ = makeSociSource(std::move(where), *map_, clock);
}

SyncParts World::parts(Platform& other) {
    return {*source_, *map_, *store, other, refusals(), clock, random_, log_, policy, settings, *traffic_};
}

Result<PassResult> World::tryPass(PassOptions options) {
    Pass pass({*source_, *map_, *store, reached(), refusals(), clock, random_, log_, policy, settings, *traffic_});
    return pass.run(options, {});
}

Status World::trySettleDue() {
    Pass pass({*source_, *map_, *store, reached(), refusals(), clock, random_, log_, policy, settings, *traffic_});
    PassResult result;
    return pass.settleDue(result, {});
}

ResyncItem World::resync(const std::string& number, bool force) {
    Resync resync({*source_, *map_, *store, reached(), refusals(), clock, random_, log_, policy, settings, *traffic_});
    auto item = resync.one(number, "test", force, {});
    if (!item) throw std::runtime_error(item.error().where + " " + item.error().code);
    if (const Status done = trySettleDue(); !done) throw std::runtime_error(done.error().code);
    return *item;
}

ResyncItem World::repair(const std::string& number, const NationalRow* view) {
    Resync resync({*source_, *map_, *store, reached(), refusals(), clock, random_, log_, policy, settings, *traffic_});
    auto item = resync.repair(number, view, "test", {});
    if (!item) throw std::runtime_error(item.error().where + " " + item.error().code);
    if (const Status done = trySettleDue(); !done) throw std::runtime_error(done.error().code);
    return *item;
}

Result<AdoptResult> World::adoptFromProvince() {
    SourceSettings where;
    where.address.url = province.url();
    const auto source = makeSociSource(std::move(where), map_->source(), map_->adoptColumns(), clock);
    return lianzheng::adoptFromProvince(*source, *map_, *store, {});
}

PassResult World::pass(PassOptions options) {
    auto result = tryPass(options);
    if (!result) throw std::runtime_error(result.error().where + " " + result.error().code);
    return *result;
}

PassResult World::firstRun() {
    PassOptions options;
    options.firstRun = true;
    return pass(options);
}

void World::settle() {
    for (int round = 0; round < 12; ++round) {
        clock.advance(std::chrono::hours{2});
        const PassResult result = pass();
        if (!result.nextDue || *result.nextDue > clock.now() + std::chrono::hours{2}) return;
    }
    ADD_FAILURE() << "something is due again and again";
}

LedgerEntry World::ledger(int id, const std::string& category) {
    const auto found = store->find(numberOf(id, category));
    return found && *found ? **found : LedgerEntry{};
}

std::optional<BlockedRow> World::blocked(const std::string& number) {
    const auto found = store->blockedOf(number);
    return found ? *found : std::nullopt;
}

sim::national::Entry World::national(int id, const std::string& category) {
    return platform.registry().find(numberOf(id, category)).value_or(sim::national::Entry{});
}

std::vector<std::string> World::events(int id, const std::string& category) {
    std::vector<std::string> names;
    for (const sim::national::Event& event : national(id, category).events) {
        names.push_back(event.operateType.empty() ? event.operation : event.operation + "." + event.operateType);
    }
    return names;
}

std::vector<std::string> World::callsSince() { return std::exchange(platform.calls, {}); }

Database& World::storeConnection() { return dynamic_cast<SociStore&>(*real_).connection(); }

void World::editMapping(const std::string& from, const std::string& to) {
    const auto file = directory.path() / "province.yaml";
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    std::string yaml = text.str();
    const std::size_t at = yaml.find(from);
    if (at == std::string::npos) throw std::runtime_error("no such text in the mapping");
    yaml.replace(at, from.size(), to);
    std::ofstream(file) << yaml;
}

}  // namespace lianzheng::test
