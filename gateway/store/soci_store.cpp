#include "gateway/store/soci_store.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "gateway/store/soci_store_run.h"
#include "gateway/store/store_counts.h"
#include "gateway/store/store_schema.h"

namespace lianzheng {

namespace {

/// For the pusher: outcomes touch a dozen trees at random places: SQLite's own 2 MB of pages would be read again and
/// again. A longer log between checkpoints writes a page that several commits touched only once.
void makeRoom(soci::session& session) {
    session << "PRAGMA cache_size = -49152";
    long long pages = 0;
    session << "PRAGMA wal_autocheckpoint = 4000", soci::into(pages);
}

}  // namespace

Status SociStore::connect() {
    return guarded("store.connect", [this] { return connectAnew(); });
}

Status SociStore::connectAnew() {
    tables_.reset();
    if (database_ && database_->dialect() == Dialect::Postgres) lock_.reset();
    database_.reset();
    Result<std::unique_ptr<Database>> opened = Database::open(address_, true, "store.connect");
    if (!opened) return tl::unexpected<Error>(opened.error());
    database_ = std::move(*opened);
    tables_ = std::make_unique<StoreTables>(*database_, sealing_, clock_);
    if (!lock_) lock_ = makePusherLock(address_, *database_);
    return ok();
}

Status SociStore::open() {
    if (Status status = connect(); !status) return status;
    return migrate(*database_, "store", storeMigrations());
}

Status SociStore::ready() {
    if (!lost_) return ok();
    if (Status status = connect(); !status) return status;
    if (pusher_) {
        if (Status status = recoverPusher(); !status) return status;
    }
    lost_ = false;
    return ok();
}

// The server let go of the lock with the connection. As long as the epoch is ours, nobody has pushed since.
Status SociStore::recoverPusher() {
    if (tables_->epoch.read() != epoch_) return failed(Fault::Corrupt, "store.reconnect", "epoch");
    if (!lock_->tryTake()) return failed(Fault::Unavailable, "store.reconnect", "pusher_lock");
    return ok();
}

Status SociStore::commit(std::span<const Change> changes) {
    if (changes.empty()) return ok();
    return run("store.commit", [&]() -> Status {
        if (!pusher_ && std::any_of(changes.begin(), changes.end(), needsPusher)) {
            return failed(Fault::Corrupt, "store.commit", "not_pusher");
        }
        WriteTransaction transaction(*database_);
        if (pusher_ && !tables_->epoch.holds(epoch_)) return failed(Fault::Corrupt, "store.commit", "epoch");
        if (Status status = tables_->apply(changes); !status) return status;
        transaction.commit();
        return ok();
    });
}

Result<bool> SociStore::tryBecomePusher() {
    Result<bool> became = run("store.pusher", [&]() -> Result<bool> {
        if (pusher_) return true;
        if (!lock_->tryTake()) return false;
        WriteTransaction transaction(*database_);
        const std::int64_t epoch = tables_->epoch.advance();
        tables_->outbox.doubtSending(clock_.now());
        tables_->runs.reopenTaken();
        if (Status filled = tables_->fillHoldings(); !filled) return tl::unexpected<Error>(filled.error());
        transaction.commit();
        if (database_->dialect() == Dialect::Sqlite) makeRoom(database_->session());
        epoch_ = epoch;
        pusher_ = true;
        return true;
    });
    // Whoever did not become the pusher must not keep others from it.
    if (!became && lock_ && !lost_) {
        const Status released = guarded("store.pusher", [&]() -> Status {
            lock_->release();
            return ok();
        });
        lost_ = lost_ || !released;
    }
    return became;
}

Result<bool> SociStore::pusherAlive() {
    return read("store.pusher", [&] { return lock_->taken(); });
}

Result<std::optional<LedgerEntry>> SociStore::find(std::string_view number) {
    return read("store.find", [&] { return tables_->ledger.find(number); });
}

Result<std::vector<LedgerEntry>> SociStore::findMany(std::span<const std::string> numbers) {
    return read("store.find", [&] { return tables_->ledger.findMany(numbers); });
}

Result<std::vector<Standing>> SociStore::standings(std::span<const std::string> numbers) {
    return run("store.standings", [&] { return tables_->ledger.standings(numbers); });
}

Result<std::optional<LedgerEntry>> SociStore::findBySourceKey(std::string_view sourceKey) {
    return read("store.find", [&] { return tables_->ledger.findBySourceKey(sourceKey); });
}

Status SociStore::ledgerPage(std::string_view after, std::size_t limit, std::vector<LedgerEntry>& out) {
    return run("store.ledger_page", [&]() -> Status {
        tables_->ledger.page(after, limit, out);
        return ok();
    });
}

Status SociStore::ledgerGlances(std::string_view after, std::size_t limit, std::string_view mappingVersion,
                                std::vector<LedgerGlance>& out) {
    return run("store.ledger_glances", [&]() -> Status {
        tables_->ledger.glances(after, limit, mappingVersion, out);
        return ok();
    });
}

Result<Acknowledged> SociStore::acknowledged(std::string_view number) {
    return run("store.acknowledged", [&] { return tables_->ledger.acknowledged(number); });
}

Result<std::vector<HeldCertificate>> SociStore::heldBy(std::string_view person) {
    return read("store.held", [&] { return tables_->holdings.ofPerson(person); });
}

Result<std::vector<HeldCertificate>> SociStore::legalAt(std::string_view company) {
    return read("store.held", [&] { return tables_->holdings.legalAt(company); });
}

Result<std::vector<std::string>> SociStore::mergersWaiting(TimePoint endedBefore, TimePoint endedAfter) {
    return read("store.held", [&] { return tables_->holdings.mergersWaiting(endedBefore, endedAfter); });
}

Result<std::vector<LedgerEntry>> SociStore::due(TimePoint now, std::size_t limit) {
    return read("store.due", [&] { return tables_->ledger.due(now, limit); });
}

Result<std::optional<TimePoint>> SociStore::nextDue(TimePoint now) {
    return read("store.next_due", [&] {
        const std::optional<TimePoint> review = tables_->ledger.nextReview(now);
        const std::optional<TimePoint> intent = tables_->outbox.nextDue(now);
        if (!review || !intent) return review ? review : intent;
        return std::optional{std::min(*review, *intent)};
    });
}

Result<std::uint64_t> SociStore::ledgerSize() {
    return read("store.ledger_size", [&] { return tables_->ledger.size(); });
}

Result<std::vector<OutboxRow>> SociStore::dueIntents(std::string_view operation, Lane lane, TimePoint now,
                                                     std::size_t limit) {
    return run("store.due_intents", [&] { return tables_->outbox.due(operation, lane, now, limit); });
}

Result<std::optional<OutboxRow>> SociStore::intentOf(std::string_view number) {
    return run("store.intent", [&] { return tables_->outbox.of(number); });
}

Result<std::vector<OutboxRow>> SociStore::intentsOfPerson(std::string_view person) {
    return run("store.intents", [&] { return tables_->outbox.ofPerson(person); });
}

Result<std::optional<BlockedRow>> SociStore::blockedOf(std::string_view number) {
    return read("store.blocked", [&] { return tables_->blocked.of(number); });
}

Result<std::vector<BlockedRow>> SociStore::blocked(std::string_view authority, bool dismissedToo) {
    return read("store.blocked", [&] { return tables_->blocked.list(authority, dismissedToo); });
}

Result<std::vector<BlockedRow>> SociStore::checksDue(TimePoint now, std::size_t limit) {
    return read("store.checks_due", [&] { return tables_->blocked.checksDue(now, limit); });
}

Result<std::vector<Attempt>> SociStore::attemptsOf(std::string_view number) {
    return read("store.attempts", [&] { return tables_->attempts.of(number); });
}

Result<std::vector<WriteBack>> SociStore::writeBacks(std::size_t limit) {
    return read("store.write_backs", [&] { return tables_->writeBacks.list(limit); });
}

Result<ScanCursor> SociStore::cursor() {
    return read("store.cursor", [&] { return tables_->words.cursor(); });
}

Result<std::string> SociStore::wordOf(std::string_view name) {
    return read("store.word", [&] { return tables_->words.word(name); });
}

Result<std::vector<UnknownRefusal>> SociStore::unknownRefusals(std::size_t limit) {
    return read("store.unknownRefusals", [&] { return tables_->attempts.unknown(limit); });
}

Result<std::vector<PaceRow>> SociStore::paces() {
    return read("store.paces", [&] { return tables_->paces.list(); });
}

Result<std::vector<Finding>> SociStore::findingsOfRun(const RunRow& run, const Finding& after, std::size_t limit) {
    return read("store.findings", [&] { return tables_->findings.ofRun(run, after, limit); });
}

Result<std::vector<Finding>> SociStore::findings(bool openOnly) {
    return read("store.findings", [&] { return tables_->findings.list(openOnly); });
}

Result<std::vector<FindingEvent>> SociStore::findingEvents(std::string_view number) {
    return read("store.findings", [&] { return tables_->findingLife.events(number); });
}

Result<FindingBalance> SociStore::findingBalance() {
    return read("store.findings", [&] { return tables_->findingLife.balance(); });
}

Result<std::vector<RunRow>> SociStore::runs(std::size_t limit) {
    return read("store.runs", [&] { return tables_->runs.runs(limit); });
}

Result<std::vector<RequestRow>> SociStore::openRequests() {
    return read("store.requests", [&] { return tables_->runs.openRequests(); });
}

Result<std::optional<RequestRow>> SociStore::request(std::int64_t id) {
    return read("store.requests", [&] { return tables_->runs.request(id); });
}

Result<std::vector<AuditRow>> SociStore::audits(std::size_t limit) {
    return read("store.audits", [&] { return tables_->runs.audits(limit); });
}

Result<std::int64_t> SociStore::newId(std::string_view of) {
    return read("store.new_id", [&] { return tables_->words.next(of); });
}

Result<std::map<std::string, std::uint64_t>> SociStore::counts() {
    return read("store.counts", [&] { return storeCounts(*database_); });
}

Result<std::string> SociStore::evidenceHead() {
    return read("store.evidence", [&] { return tables_->evidence.head(); });
}

Result<Store::ChainReport> SociStore::verifyEvidence(std::string_view expected) {
    return read("store.evidence", [&] { return tables_->evidence.verify(expected); });
}

Result<std::vector<Evidence>> SociStore::evidenceOf(std::string_view number) {
    return run("store.evidence", [&] { return tables_->evidence.of(number); });
}

Result<EvidenceExtract> SociStore::evidenceExtract(std::string_view number) {
    return run("store.evidence", [&] { return tables_->evidence.extract(number); });
}

Status SociStore::forget(TimePoint attemptsBefore, TimePoint findingsBefore) {
    return run("store.forget", [&]() -> Status {
        WriteTransaction transaction(*database_);
        tables_->attempts.forget(attemptsBefore);
        tables_->findings.forget(findingsBefore);
        tables_->findingLife.forget();
        transaction.commit();
        return ok();
    });
}

Result<std::unique_ptr<Store>> openStore(const DatabaseAddress& address, Clock& clock) {
    static const EvidenceSealing kNone;
    return openStore(address, clock, kNone);
}

Result<std::unique_ptr<Store>> openStore(const DatabaseAddress& address, Clock& clock, const EvidenceSealing& sealing) {
    auto store = std::make_unique<SociStore>(address, clock, sealing);
    if (Status status = store->open(); !status) return tl::unexpected<Error>(status.error());
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace lianzheng
