#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/clock.h"
#include "adapters/runtime/result.h"
#include "adapters/sql/database.h"
#include "gateway/planner/holding_rules.h"
#include "gateway/store/evidence_extract.h"
#include "gateway/store/changes.h"
#include "gateway/store/records.h"

namespace lianzheng {

struct BriefFigures;
struct BriefQuestion;

/// All that Lianzheng remembers. One write port, commit(): one transaction, rolled back on any fault.
/// Threads: one at a time. Errors: Unavailable (away, locked), Corrupt (schema, disk full: code `disk_full`, lost lock:
/// code `epoch`); nothing throws.
class Store {
public:
    virtual ~Store() = default;

    /// All changes or none, durable on return. When this process is the pusher, every commit checks its epoch; a commit
    /// without the lock may not touch ledger, outbox, cursor, blocked or evidence (Corrupt, code `not_pusher`).
    virtual Status commit(std::span<const Change> changes) = 0;

    // ---- the pusher's lock ----
    /// Becomes the store's one pusher, with a new epoch: every `sending` intent is unconfirmed at once.
    /// False when another process is. Released at destruction, or by the process's end.
    virtual Result<bool> tryBecomePusher() = 0;
    [[nodiscard]] virtual Result<bool> pusherAlive() = 0;

    // ---- reading ----
    virtual Result<std::optional<LedgerEntry>> find(std::string_view number) = 0;
    /// In the order asked for; those that are not there are left out.
    virtual Result<std::vector<LedgerEntry>> findMany(std::span<const std::string> numbers) = 0;
    /// Entry and acknowledged record of each, in the order asked for; those that are not there are left out.
    virtual Result<std::vector<Standing>> standings(std::span<const std::string> numbers) = 0;
    virtual Result<std::optional<LedgerEntry>> findBySourceKey(std::string_view sourceKey) = 0;
    /// Entries with a number greater than `after`, by its bytes, at most `limit`, into `out` (whose memory is reused).
    virtual Status ledgerPage(std::string_view after, std::size_t limit, std::vector<LedgerEntry>& out) = 0;
    /// The same of what the platform holds, narrow: digests count that were made under the mapping of this version.
    virtual Status ledgerGlances(std::string_view after, std::size_t limit, std::string_view mappingVersion,
                                 std::vector<LedgerGlance>& out) = 0;
    virtual Result<Acknowledged> acknowledged(std::string_view number) = 0;
    /// What the platform holds of a person, by number, in whatever state; and the A certificates held as 法定代表人 of
    /// a company. Nothing for an empty text.
    virtual Result<std::vector<HeldCertificate>> heldBy(std::string_view person) = 0;
    virtual Result<std::vector<HeldCertificate>> legalAt(std::string_view company) = 0;
    /// Numbers of C3 certificates that are queued or blocked while their holder's C1 or C2 ended between `endedAfter`
    /// and `endedBefore`, and no C of his counts any more; in their order.
    virtual Result<std::vector<std::string>> mergersWaiting(TimePoint endedBefore, TimePoint endedAfter) = 0;
    /// Dirty entries, and those whose review is due at `now`, that have no intent which may have been sent.
    virtual Result<std::vector<LedgerEntry>> due(TimePoint now, std::size_t limit) = 0;
    /// The earliest review, licence poll or intent after `now`.
    virtual Result<std::optional<TimePoint>> nextDue(TimePoint now) = 0;
    virtual Result<std::uint64_t> ledgerSize() = 0;

    /// Intents due at `now` of one queue, an operation's (operationName) in one lane, in the order releasing first, id;
    /// at most one a person, none of a person who has one that may have been sent and is not due again, and nobody's
    /// other steps while a releasing one of his waits. An index serves it.
    virtual Result<std::vector<OutboxRow>> dueIntents(std::string_view operation, Lane lane, TimePoint now,
                                                      std::size_t limit) = 0;
    virtual Result<std::optional<OutboxRow>> intentOf(std::string_view number) = 0;
    /// Every intent of a person, in the order of insertion.
    virtual Result<std::vector<OutboxRow>> intentsOfPerson(std::string_view person) = 0;
    virtual Result<std::optional<BlockedRow>> blockedOf(std::string_view number) = 0;
    /// In the order of authority, number; dismissed ones left out unless asked for.
    virtual Result<std::vector<BlockedRow>> blocked(std::string_view authority, bool dismissedToo) = 0;
    /// Refusals whose daily check is due.
    virtual Result<std::vector<BlockedRow>> checksDue(TimePoint now, std::size_t limit) = 0;
    virtual Result<std::vector<Attempt>> attemptsOf(std::string_view number) = 0;
    virtual Result<std::vector<WriteBack>> writeBacks(std::size_t limit) = 0;
    virtual Result<ScanCursor> cursor() = 0;
    virtual Result<std::string> wordOf(std::string_view name) = 0;
    /// What was found of the pace of each operation and credential.
    virtual Result<std::vector<PaceRow>> paces() = 0;
    /// Refusals of no known class among the attempts that are kept, the most frequent messages first.
    virtual Result<std::vector<UnknownRefusal>> unknownRefusals(std::size_t limit) = 0;
    virtual Result<std::vector<Finding>> findings(bool openOnly) = 0;
    /// Findings that were open, and not accepted, when `run` had ended: those behind `after` in the order of number,
    /// kind, field (an empty one: from the first), at most `limit`. `firstSeen` is of then; `open` is false when it has
    /// been closed since, also when it was opened again after that, and then has no `dueAt`. The rest is of now: what
    /// either side's value was is not kept.
    virtual Result<std::vector<Finding>> findingsOfRun(const RunRow& run, const Finding& after, std::size_t limit) = 0;
    /// The certificates with an open finding of `kind`, accepted or not, that says `provincialValue` of the province.
    virtual Result<std::vector<std::string>> openWith(std::string_view kind, std::string_view provincialValue) = 0;
    /// What happened to the findings of a certificate, oldest first.
    virtual Result<std::vector<FindingEvent>> findingEvents(std::string_view number) = 0;
    virtual Result<FindingBalance> findingBalance() = 0;
    /// The last `limit` of each kind, the latest first.
    virtual Result<std::vector<RunRow>> runs(std::size_t limit) = 0;
    virtual Result<std::vector<RequestRow>> openRequests() = 0;
    virtual Result<std::optional<RequestRow>> request(std::int64_t id) = 0;
    virtual Result<std::vector<AuditRow>> audits(std::size_t limit) = 0;

    /// The latest look of a person at the certificate.
    virtual Result<std::optional<HumanLook>> lastLook(std::string_view number) = 0;

    /// Open findings of one certificate, but for those that are accepted as they are.
    virtual Result<std::vector<Finding>> findingsOf(std::string_view number) = 0;
    /// Certificates that are registered, queued or blocked and whose holder's identity number ends in one of `endings`,
    /// four characters each, in capitals; by person and number. One pass over the narrow tables of holders, however
    /// many endings.
    virtual Result<std::vector<HolderOf>> holdersEndingIn(std::span<const std::string> endings) = 0;
    /// The figures of a brief (brief_figures.h): a few statements, each over a whole table.
    virtual Result<BriefFigures> briefFigures(const BriefQuestion& question) = 0;

    /// Ids for new rows: the next run or request.
    virtual Result<std::int64_t> newId(std::string_view of) = 0;

    /// What `status` shows: ledger entries by state and stage, intents by state and lane, blocked by reason …
    virtual Result<std::map<std::string, std::uint64_t>> counts() = 0;

    /// The chain's head (SM3 hex, `seq:hash`), and whether every entry follows from the one before it. When `expected`
    /// is given, it must occur as a head: a cut tail shows.
    struct ChainReport {
        std::uint64_t entries = 0;
        std::string head;
        std::optional<std::uint64_t> brokenAt;
        bool headFound = true;
        std::uint64_t seals = 0;
        std::optional<std::uint64_t> brokenSeal;  ///< the first that does not fit, or is not there
        std::uint64_t sealsUnchecked = 0;         ///< for want of a key
        std::uint64_t unsealed = 0;               ///< entries behind the last seal
        bool neverSealed = false;                 ///< a key is there, entries enough, and no seal
    };
    virtual Result<std::string> evidenceHead() = 0;
    virtual Result<ChainReport> verifyEvidence(std::string_view expected) = 0;
    virtual Result<std::vector<Evidence>> evidenceOf(std::string_view number) = 0;
    /// Those entries with what proves them. Corrupt `evidence_chain` when the chain is broken there,
    /// `evidence_older_form` when it was written before its entries could be proven one by one.
    virtual Result<EvidenceExtract> evidenceExtract(std::string_view number) = 0;

    /// Removes attempts older than `attemptsBefore` and closed findings older than `findingsBefore`; evidence stays.
    virtual Status forget(TimePoint attemptsBefore, TimePoint findingsBefore) = 0;
};

/// Opens the store and brings its schema up to date; a newer schema is refused (Corrupt, `schema_newer`).
/// SQLite: WAL, synchronous=FULL, flock beside the file; PostgreSQL: an advisory lock. `clock` and `sealing` are
/// borrowed; without the latter nothing is sealed, nor any seal checked.
Result<std::unique_ptr<Store>> openStore(const DatabaseAddress& address, Clock& clock);
Result<std::unique_ptr<Store>> openStore(const DatabaseAddress& address, Clock& clock, const EvidenceSealing& sealing);

}  // namespace lianzheng
