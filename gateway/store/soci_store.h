#pragma once

#include <cstdint>
#include <memory>

#include "gateway/store/pusher_lock.h"
#include "gateway/store/store.h"
#include "gateway/store/store_tables.h"

namespace lianzheng {

/// The store over SOCI, on SQLite and PostgreSQL alike. A lost server is connected to again at the next call; the
/// pusher stays the pusher when nobody else became it meanwhile.
class SociStore final : public Store {
public:
    /// `clock` and `sealing` are borrowed.
    SociStore(DatabaseAddress address, Clock& clock, const EvidenceSealing& sealing)
        : address_(std::move(address)), clock_(clock), sealing_(sealing) {}
    /// Connects and brings the schema up to date. Called once, before anything else.
    Status open();
    /// The connection, to ask what the port does not (limits, plans).
    [[nodiscard]] Database& connection() { return *database_; }

    Status commit(std::span<const Change> changes) override;
    Result<bool> tryBecomePusher() override;
    Result<bool> pusherAlive() override;

    Result<std::optional<LedgerEntry>> find(std::string_view number) override;
    Result<std::vector<LedgerEntry>> findMany(std::span<const std::string> numbers) override;
    Result<std::vector<Standing>> standings(std::span<const std::string> numbers) override;
    Result<std::optional<LedgerEntry>> findBySourceKey(std::string_view sourceKey) override;
    Status ledgerPage(std::string_view after, std::size_t limit, std::vector<LedgerEntry>& out) override;
    Status ledgerGlances(std::string_view after, std::size_t limit, std::string_view mappingVersion,
                         std::vector<LedgerGlance>& out) override;
    Result<Acknowledged> acknowledged(std::string_view number) override;
    Result<std::vector<HeldCertificate>> heldBy(std::string_view person) override;
    Result<std::vector<HeldCertificate>> legalAt(std::string_view company) override;
    Result<std::vector<std::string>> mergersWaiting(TimePoint endedBefore, TimePoint endedAfter) override;
    Result<std::vector<LedgerEntry>> due(TimePoint now, std::size_t limit) override;
    Result<std::optional<TimePoint>> nextDue(TimePoint now) override;
    Result<std::uint64_t> ledgerSize() override;

    Result<std::vector<OutboxRow>> dueIntents(std::string_view operation, Lane lane, TimePoint now,
                                              std::size_t limit) override;
    Result<std::optional<OutboxRow>> intentOf(std::string_view number) override;
    Result<std::vector<OutboxRow>> intentsOfPerson(std::string_view person) override;
    Result<std::optional<BlockedRow>> blockedOf(std::string_view number) override;
    Result<std::vector<BlockedRow>> blocked(std::string_view authority, bool dismissedToo) override;
    Result<std::vector<BlockedRow>> checksDue(TimePoint now, std::size_t limit) override;
    Result<std::vector<Attempt>> attemptsOf(std::string_view number) override;
    Result<std::vector<WriteBack>> writeBacks(std::size_t limit) override;
    Result<ScanCursor> cursor() override;
    Result<std::string> wordOf(std::string_view name) override;
    Result<std::vector<PaceRow>> paces() override;
    Result<std::vector<UnknownRefusal>> unknownRefusals(std::size_t limit) override;
    Result<std::vector<Finding>> findings(bool openOnly) override;
    Result<std::vector<Finding>> findingsOfRun(const RunRow& run, const Finding& after, std::size_t limit) override;
    Result<std::vector<FindingEvent>> findingEvents(std::string_view number) override;
    Result<FindingBalance> findingBalance() override;
    Result<std::vector<RunRow>> runs(std::size_t limit) override;
    Result<std::vector<RequestRow>> openRequests() override;
    Result<std::optional<RequestRow>> request(std::int64_t id) override;
    Result<std::vector<AuditRow>> audits(std::size_t limit) override;
    Result<std::optional<HumanLook>> lastLook(std::string_view number) override;
    Result<std::vector<Finding>> findingsOf(std::string_view number) override;
    Result<std::vector<std::string>> openWith(std::string_view kind, std::string_view provincialValue) override;
    Result<std::vector<HolderOf>> holdersEndingIn(std::span<const std::string> endings) override;
    Result<BriefFigures> briefFigures(const BriefQuestion& question) override;
    Result<std::int64_t> newId(std::string_view of) override;
    Result<std::map<std::string, std::uint64_t>> counts() override;

    Result<std::string> evidenceHead() override;
    Result<ChainReport> verifyEvidence(std::string_view expected) override;
    Result<std::vector<Evidence>> evidenceOf(std::string_view number) override;
    Result<EvidenceExtract> evidenceExtract(std::string_view number) override;
    Status forget(TimePoint attemptsBefore, TimePoint findingsBefore) override;

private:
    /// Does `work` on a live connection; what SOCI throws becomes an Error that says nothing of the data.
    template <class Work>
    auto run(std::string_view where, Work&& work) -> decltype(work());
    /// run() for a reader that cannot fail but by the database.
    template <class Work>
    auto read(std::string_view where, Work&& work) -> Result<decltype(work())>;
    Status connect();
    Status connectAnew();
    Status ready();
    Status recoverPusher();

    DatabaseAddress address_;
    Clock& clock_;
    const EvidenceSealing& sealing_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<PusherLock> lock_;
    std::unique_ptr<StoreTables> tables_;
    bool lost_ = false;
    bool pusher_ = false;
    std::int64_t epoch_ = 0;
};

}  // namespace lianzheng
