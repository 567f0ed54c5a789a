#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/provincial/soci_source.h"
#include "adapters/runtime/random.h"
#include "gateway/sync/adopt.h"
#include "gateway/sync/pass.h"
#include "gateway/sync/resync.h"
#include "gateway/sync/traffic.h"
#include "mappings/refusal_catalogue.h"
#include "tests/scenario/faulty_store.h"
#include "tests/scenario/manual_clock.h"
#include "tests/scenario/province.h"
#include "tests/scenario/registry_platform.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng::test {

/// A day and hour in Asia/Shanghai as UTC, e.g. shanghai(2026, 3, 2, 8h).
TimePoint shanghai(int year, unsigned month, unsigned day, std::chrono::milliseconds hour = {});

/// The whole engine in one process: a tiny province, the real source, mapping and store, the simulator's registry.
/// It begins at 08:00 on 2 March 2026 in Shanghai. The seed is fixed.
class World {
public:
    explicit World(std::uint64_t seed = 20260302, CertificateType type = CertificateType::Anguan);
    /// Goes on from a copy of what `template_` left behind: its files, its registry, its hour.
    explicit World(World& from);

    /// The process begins: store, source and pass anew; the one before is gone with all it had in memory.
    void reopen();
    /// One pass of the process. Killed goes through.
    Result<PassResult> tryPass(PassOptions options = {});
    /// One pass that must come to its end.
    PassResult pass(PassOptions options = {});
    /// The first pass, with --first-run.
    PassResult firstRun();
    /// What the daemon does between two passes.
    Status trySettleDue();
    /// `lianzheng resync`, and what it made due.
    ResyncItem resync(const std::string& number, bool force);
    /// A repair of a difference that `view` showed, and what it made due.
    ResyncItem repair(const std::string& number, const NationalRow* view);
    /// `lianzheng adopt --from province`.
    Result<AdoptResult> adoptFromProvince();
    /// What the engine works with, but for the platform.
    [[nodiscard]] SyncParts parts(Platform& other);
    /// Passes until nothing more becomes due within a day, each after the longest back-off.
    void settle();

    [[nodiscard]] LedgerEntry ledger(int id, const std::string& category = "C3");
    [[nodiscard]] std::optional<BlockedRow> blocked(const std::string& number);
    /// The national entry; an empty one when there is none.
    [[nodiscard]] sim::national::Entry national(int id, const std::string& category = "C3");
    /// The accepted events of a certificate, e.g. {"assign.01", "collect"}.
    [[nodiscard]] std::vector<std::string> events(int id, const std::string& category = "C3");
    /// Names of the calls since the last question, in order.
    [[nodiscard]] std::vector<std::string> callsSince();
    /// The store's own connection, to set what the port does not: a bound of its size. Until the next reopen().
    [[nodiscard]] Database& storeConnection();
    /// Replaces a text of the mapping; counts from the next reopen().
    void editMapping(const std::string& from, const std::string& to);

    ScratchDirectory directory;
    ManualClock clock{shanghai(2026, 3, 2, std::chrono::hours{8})};
    Province province;
    CertificateType type = CertificateType::Anguan;
    RegistryPlatform platform{clock, type};
    Platform* over = nullptr;  ///< borrowed: what is called instead, over the wire
    Policy policy;
    SyncSettings settings;
    std::unique_ptr<FaultyStore> store;

private:
    Platform& reached();
    void loadMapping();

    SeededRandom random_;
    SilentLog log_;
    std::optional<FieldMap> map_;
    std::unique_ptr<Store> real_;
    std::unique_ptr<ProvincialSource> source_;
    std::unique_ptr<Traffic> traffic_;
};

}  // namespace lianzheng::test
