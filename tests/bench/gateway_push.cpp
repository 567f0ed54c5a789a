#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <soci/soci.h>

#include "adapters/envelope/envelope.h"
#include "adapters/national/rest_platform.h"
#include "adapters/provincial/soci_source.h"
#include "gateway/store/store.h"
#include "gateway/sync/dispatcher.h"
#include "gateway/sync/traffic.h"
#include "mappings/field_map.h"
#include "mappings/refusal_catalogue.h"
#include "tests/bench/push_bench.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng::bench {
namespace {

template <class T>
T value(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().where + " " + result.error().code);
    return std::move(*result);
}
void fine(const Status& status) {
    if (!status) throw std::runtime_error(status.error().where + " " + status.error().code);
}

/// One certificate the less to think of: a table of pictures is all that sending reads of a province.
SourceDefinition picturesOnly() {
    SourceDefinition definition;
    definition.from = "zp";
    definition.key = "id";
    definition.number = "id";
    definition.photo = SourceDefinition::Photo::Column;
    definition.photoFrom = "zp";
    definition.photoKey = "id";
    definition.photoColumn = "bytes";
    return definition;
}

/// The engine with all it needs, and intents for a whole task.
class Engine {
public:
    Engine(const PushTask& task, const std::string& storeUrl)
        : task_(task),
          map_(std::move(FieldMap::load(std::filesystem::path{LIANZHENG_MAPPINGS} / "anguan.yaml")).value()),
          refusals_(RefusalCatalogue::load(std::filesystem::path{LIANZHENG_MAPPINGS} / "refusals.yaml").value()),
          envelope_(task.agreement.envelope()) {
        settings_.concurrency = task.connections;
        settings_.batches.assign = task.items;
        makePictures();
        SourceSettings source;
        source.address.url = "sqlite3://" + (directory_.path() / "province.db").string();
        source_ = makeSociSource(std::move(source), picturesOnly(), {"id"}, clock_);
        openStoreAt(storeUrl);
        RestPlatformSettings platform;
        platform.base = task.base;
        platform.codeKeyPem = task.agreement.codeKeyPem;
        platform.connections = task.connections;
        platform.signingThreads = task.signingThreads;
        platform_ = value(makeRestPlatform(platform, *envelope_, clock_, random_, log_));
    }

    /// What a pass commits of its looks: intent and ledger entry, a thousand looks a group.
    void queueAll() {
        std::vector<Change> group;
        for (const AssignCode& request : task_.requests) {
            OutboxRow row;
            row.number = request.record[Field::CertNum];
            row.sourceKey = row.number;
            row.person = request.record[Field::IdentityCard];
            row.company = request.record[Field::CreditCode];
            row.authority = "370100";
            row.eCertId = request.eCertId;
            row.step.request = request;
            std::get<AssignCode>(row.step.request).photo.clear();
            row.step.after = CertState::Valid;
            row.step.seen = row.step.push = row.step.comparable = Digest{1, 2};
            row.step.photoVersion = "00112233445566aa";
            row.photoReference = "p";
            row.dueAt = row.createdAt = clock_.now();
            row.reason = "change";
            LedgerEntry entry;
            entry.number = row.number;
            entry.sourceKey = row.sourceKey;
            entry.authority = row.authority;
            entry.seen = row.step.seen;
            entry.mappingVersion = map_.version();
            group.emplace_back(PutIntent{std::move(row)});
            group.emplace_back(PutLedger{std::move(entry)});
            if (group.size() >= 2'000) {
                fine(store_->commit(group));
                group.clear();
            }
        }
        fine(store_->commit(group));
    }

    void pushAll() {
        Dispatcher dispatcher(
            {*source_, map_, *store_, *platform_, refusals_, clock_, random_, log_, policy_, settings_, traffic_});
        std::uint64_t accepted = 0;
        while (accepted < task_.requests.size()) {
            const Dispatcher::Tally tally = value(dispatcher.run(2'000, {}));
            if (tally.accepted == 0) throw std::runtime_error("nothing was accepted");
            accepted += tally.accepted;
        }
    }

private:
    void makePictures() {
        const std::string path = (directory_.path() / "province.db").string();
        std::ofstream(directory_.path() / "picture", std::ios::binary) << task_.picture;
        soci::session session("sqlite3", "db=" + path);
        std::string hex;
        for (const char c : task_.picture) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
        session << "CREATE TABLE zp (id TEXT PRIMARY KEY, bytes BLOB)";
        session << "INSERT INTO zp VALUES ('p', x'" + hex + "')";
    }
    void openStoreAt(const std::string& storeUrl) {
        if (storeUrl.empty()) {
            store_ = value(openStore({"sqlite3://" + (directory_.path() / "store.db").string()}, clock_));
        } else {
            soci::session session("postgresql", storeUrl.substr(storeUrl.find("://") + 3));
            session << "DROP SCHEMA public CASCADE";
            session << "CREATE SCHEMA public";
            session.close();
            store_ = value(openStore({storeUrl}, clock_));
        }
        if (!value(store_->tryBecomePusher())) throw std::runtime_error("not the pusher");
    }

    const PushTask& task_;
    ScratchDirectory directory_;
    SystemClock clock_;
    SeededRandom random_{1};
    SilentLog log_;
    Policy policy_;
    SyncSettings settings_;
    Traffic traffic_{settings_};
    FieldMap map_;
    RefusalCatalogue refusals_;
    std::unique_ptr<Envelope> envelope_;
    std::unique_ptr<ProvincialSource> source_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<Platform> platform_;
};

}  // namespace

PushLoop gateway(const PushTask& task, const std::string& storeUrl, bool withIntents) {
    auto engine = std::make_shared<Engine>(task, storeUrl);
    if (!withIntents) engine->queueAll();
    return [engine, withIntents] {
        if (withIntents) engine->queueAll();
        engine->pushAll();
    };
}

}  // namespace lianzheng::bench
