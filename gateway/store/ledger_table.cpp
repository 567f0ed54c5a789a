#include "gateway/store/ledger_table.h"

#include <utility>

#include "gateway/store/step_codec.h"

namespace lianzheng {

namespace {

// In the order of takeRow() and of put().
const std::string kColumns =
    "number, source_key, state, stage, zze_cert_id, predecessor_id, code_id, last_e_cert_id, expiring_date, code_at, "
    "push_high, push_low, comparable_high, comparable_low, seen_high, seen_low, photo_version, mapping_version, "
    "digest_version, origin, authority, ended_by_expiry, code_missing, dirty, review_at";
constexpr std::string_view kKinds = "ttiitttttiiiiiiittiitiiii";

const std::string kSelect = "SELECT " + kColumns + " FROM ledger ";

// The numbers asked for, in their order.
const std::string kAsked =
    "JOIN unnest(CAST(:numbers AS TEXT[])) WITH ORDINALITY AS asked(asked_number, place) "
    "ON ledger.number = asked_number ";
const std::string kSelectStanding =
    "SELECT " + kColumns +
    ", COALESCE((SELECT record FROM acknowledged WHERE acknowledged.number = ledger.number), '') " + "FROM ledger ";
const std::string kSelectRecord = "SELECT number, record FROM acknowledged ";
const std::string kStandingKinds = std::string(kKinds) + "t";

const std::string kPutTail =
    "ON CONFLICT (number) DO UPDATE SET source_key = excluded.source_key, state = excluded.state, "
    "stage = excluded.stage, zze_cert_id = excluded.zze_cert_id, predecessor_id = excluded.predecessor_id, "
    "code_id = excluded.code_id, last_e_cert_id = excluded.last_e_cert_id, expiring_date = excluded.expiring_date, "
    "code_at = excluded.code_at, push_high = excluded.push_high, push_low = excluded.push_low, "
    "comparable_high = excluded.comparable_high, comparable_low = excluded.comparable_low, "
    "seen_high = excluded.seen_high, seen_low = excluded.seen_low, photo_version = excluded.photo_version, "
    "mapping_version = excluded.mapping_version, digest_version = excluded.digest_version, origin = excluded.origin, "
    "authority = excluded.authority, ended_by_expiry = excluded.ended_by_expiry, code_missing = excluded.code_missing, "
    "dirty = excluded.dirty, review_at = excluded.review_at";

/// Ledger entries of what is blocked for the same `column` become dirty.
GroupedSql markDirtyBy(const std::string& column) {
    const std::string same = "blocked." + column + " = ";
    return {"UPDATE ledger SET dirty = 1 WHERE dirty = 0 AND number IN (SELECT number FROM blocked WHERE " + same +
                ":" + column + " AND " + column + " <> '' AND number <> :kept)",
            "UPDATE ledger SET dirty = 1 FROM blocked, " + givenRows(column + ", kept", "tt") +
                " WHERE ledger.dirty = 0 AND ledger.number = blocked.number AND " + same + "given." + column +
                " AND blocked." + column + " <> '' AND blocked.number <> given.kept",
            "tt", 1};
}

// Certificates whose step may have been sent are planned again by its outcome.
const std::string kNotUnderWay =
    "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.number = ledger.number AND outbox.state <> 0) ";

Digest digestAt(const Prepared& row, std::size_t column) {
    return {.high = static_cast<std::uint64_t>(row.integer(column)),
            .low = static_cast<std::uint64_t>(row.integer(column + 1))};
}

/// Moves the row into `entry` by swapping texts: both keep their memory for the next row.
void takeRow(Prepared& row, LedgerEntry& entry) {
    entry.number.swap(row.text(0));
    entry.sourceKey.swap(row.text(1));
    entry.state = static_cast<CertState>(row.integer(2));
    entry.stage = static_cast<Stage>(row.integer(3));
    entry.zzeCertId.swap(row.text(4));
    entry.predecessorId.swap(row.text(5));
    entry.codeId.swap(row.text(6));
    entry.lastECertId.swap(row.text(7));
    entry.expiringDate.swap(row.text(8));
    entry.codeAt = row.maybeTime(9);
    entry.push = digestAt(row, 10);
    entry.comparable = digestAt(row, 12);
    entry.seen = digestAt(row, 14);
    entry.photoVersion.swap(row.text(16));
    entry.mappingVersion.swap(row.text(17));
    entry.digestVersion = static_cast<int>(row.integer(18));
    entry.origin = static_cast<Origin>(row.integer(19));
    entry.authority.swap(row.text(20));
    entry.endedByExpiry = row.integer(21) != 0;
    entry.codeMissing = row.integer(22) != 0;
    entry.dirty = row.integer(23) != 0;
    entry.reviewAt = row.maybeTime(24);
}

LedgerEntry taken(Prepared& row) {
    LedgerEntry entry;
    takeRow(row, entry);
    return entry;
}

}  // namespace

LedgerTable::LedgerTable(Database& database)
    : database_(database),
      put_(database, groupedInsert("ledger", kColumns, kKinds, kPutTail)),
      putAcknowledged_(database, groupedInsert("acknowledged", "number, record", "tt",
                                               "ON CONFLICT (number) DO UPDATE SET record = excluded.record")),
      remove_(database,
              "DELETE FROM ledger WHERE number = :number AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.number = "
              "ledger.number)"),
      removeAcknowledged_(database,
                          "DELETE FROM acknowledged WHERE number = :number AND NOT EXISTS (SELECT 1 FROM ledger WHERE "
                          "ledger.number = acknowledged.number)"),
      markDirty_(database, "UPDATE ledger SET dirty = 1 WHERE number = :number AND dirty = 0"),
      markPersonDirty_(database, markDirtyBy("person")),
      markCompanyDirty_(database, markDirtyBy("company")),
      find_(database, kSelect + "WHERE number = :number", kKinds),
      findAll_(database, kSelect + kAsked + "ORDER BY place", kKinds),
      standing_(database, kSelectStanding + "WHERE number = :number", kStandingKinds),
      standingAll_(database, kSelectStanding + kAsked + "ORDER BY place", kStandingKinds),
      record_(database, kSelectRecord + "WHERE number = :number", "tt"),
      recordAll_(database, kSelectRecord + "WHERE number = ANY(CAST(:numbers AS TEXT[]))", "tt"),
      findBySourceKey_(database, kSelect + "WHERE source_key = :source_key ORDER BY number LIMIT 1", kKinds),
      page_(database, kSelect + "WHERE number > :after ORDER BY number LIMIT :rows", kKinds),
      glances_(database,
               "SELECT number, state, comparable_high, comparable_low, CASE WHEN digest_version = :digest_version AND "
               "mapping_version = :mapping_version THEN 1 ELSE 0 END FROM ledger WHERE number > :after AND state <> 0 "
               "ORDER BY number LIMIT :rows",
               "tiiii"),
      dirty_(database, kSelect + "WHERE dirty = 1 " + kNotUnderWay + "ORDER BY number LIMIT :rows", kKinds),
      review_(
          database,
          kSelect + "WHERE review_at <= :now AND dirty = 0 " + kNotUnderWay + "ORDER BY review_at, number LIMIT :rows",
          kKinds),
      nextReview_(database, "SELECT MIN(review_at) FROM ledger WHERE review_at > :now", "i"),
      acknowledgedPage_(database, kSelectRecord + "WHERE number > :after ORDER BY number LIMIT :rows", "tt"),
      size_(database, "SELECT COUNT(*) FROM ledger", "i") {}

void LedgerTable::put(const LedgerEntry& entry) {
    put_.add(entry.number, entry.sourceKey, entry.state, entry.stage, entry.zzeCertId, entry.predecessorId,
             entry.codeId, entry.lastECertId, entry.expiringDate, entry.codeAt, entry.push.high, entry.push.low,
             entry.comparable.high, entry.comparable.low, entry.seen.high, entry.seen.low, entry.photoVersion,
             entry.mappingVersion, entry.digestVersion, entry.origin, entry.authority, entry.endedByExpiry,
             entry.codeMissing, entry.dirty, entry.reviewAt);
}

void LedgerTable::putAcknowledged(std::string_view number, const Acknowledged& acknowledged) {
    putAcknowledged_.add(number, encodeAcknowledged(acknowledged));
}

Status LedgerTable::remove(std::string_view number) {
    if (remove_.run(number) == 0 && find_.one(number)) return failed(Fault::Corrupt, "store.commit", "in_flight");
    removeAcknowledged_.run(number);
    return ok();
}

void LedgerTable::markDirty(std::string_view number) { markDirty_.run(number); }

void LedgerTable::markRelatedDirty(const MarkRelatedDirty& change) {
    if (!change.person.empty()) markPersonDirty_.add(change.person, change.except);
    if (!change.company.empty()) markCompanyDirty_.add(change.company, change.except);
}

void LedgerTable::flush() {
    put_.flush();
    putAcknowledged_.flush();
}

void LedgerTable::flushMarks() {
    markPersonDirty_.flush();
    markCompanyDirty_.flush();
}

void LedgerTable::drop() {
    for (GroupedWrite* write : {&put_, &putAcknowledged_, &markPersonDirty_, &markCompanyDirty_}) write->drop();
}

std::optional<LedgerEntry> LedgerTable::find(std::string_view number) {
    if (!find_.one(number)) return std::nullopt;
    return taken(find_);
}

template <class Row>
void LedgerTable::eachOf(std::span<const std::string> numbers, Prepared& one, Prepared& all, Row&& row) {
    if (numbers.empty()) return;
    if (database_.dialect() == Dialect::Postgres) {
        ArrayText asked;
        for (const std::string& number : numbers) asked.add(number);
        all.each([&] { row(all); }, asked.take());
        return;
    }
    for (const std::string& number : numbers) {
        if (one.one(number)) row(one);
    }
}

std::vector<LedgerEntry> LedgerTable::findMany(std::span<const std::string> numbers) {
    std::vector<LedgerEntry> entries;
    entries.reserve(numbers.size());
    const ReadTransaction together(database_);
    eachOf(numbers, find_, findAll_, [&](Prepared& row) { entries.push_back(taken(row)); });
    return entries;
}

Result<std::vector<Standing>> LedgerTable::standings(std::span<const std::string> numbers) {
    std::vector<Standing> standings;
    standings.reserve(numbers.size());
    const ReadTransaction together(database_);
    Status status = ok();
    eachOf(numbers, standing_, standingAll_, [&](Prepared& row) {
        Standing standing;
        if (const std::string& record = row.text(25); !record.empty()) {
            Result<Acknowledged> acknowledged = decodeAcknowledged(record);
            if (!acknowledged) status = tl::unexpected(acknowledged.error());
            if (acknowledged) standing.acknowledged = std::move(*acknowledged);
        }
        takeRow(row, standing.ledger);
        standings.push_back(std::move(standing));
    });
    if (!status) return tl::unexpected(status.error());
    return standings;
}

Result<std::map<std::string, Acknowledged>> LedgerTable::records(std::span<const std::string> numbers) {
    std::map<std::string, Acknowledged> records;
    Status status = ok();
    eachOf(numbers, record_, recordAll_, [&](Prepared& row) {
        Result<Acknowledged> acknowledged = decodeAcknowledged(row.text(1));
        if (!acknowledged) status = tl::unexpected(acknowledged.error());
        if (acknowledged) records.emplace(row.text(0), std::move(*acknowledged));
    });
    if (!status) return tl::unexpected(status.error());
    return records;
}

std::optional<LedgerEntry> LedgerTable::findBySourceKey(std::string_view sourceKey) {
    if (!findBySourceKey_.one(sourceKey)) return std::nullopt;
    return taken(findBySourceKey_);
}

void LedgerTable::page(std::string_view after, std::size_t limit, std::vector<LedgerEntry>& out) {
    std::size_t filled = 0;
    page_.each(
        [&] {
            if (filled == out.size()) out.emplace_back();
            takeRow(page_, out[filled++]);
        },
        after, limit);
    out.resize(filled);
}

void LedgerTable::glances(std::string_view after, std::size_t limit, std::string_view mappingVersion,
                          std::vector<LedgerGlance>& out) {
    std::size_t filled = 0;
    const auto take = [&] {
        if (filled == out.size()) out.emplace_back();
        LedgerGlance& glance = out[filled++];
        glance.number.swap(glances_.text(0));
        glance.state = static_cast<CertState>(glances_.integer(1));
        glance.comparable = glances_.integer(4) != 0 ? digestAt(glances_, 2) : Digest{};
    };
    glances_.each(take, kDigestVersion, mappingVersion, after, limit);
    out.resize(filled);
}

std::vector<LedgerEntry> LedgerTable::due(TimePoint now, std::size_t limit) {
    std::vector<LedgerEntry> entries;
    dirty_.each([&] { entries.push_back(taken(dirty_)); }, limit);
    if (entries.size() < limit) {
        review_.each([&] { entries.push_back(taken(review_)); }, now, limit - entries.size());
    }
    return entries;
}

std::optional<TimePoint> LedgerTable::nextReview(TimePoint now) {
    return nextReview_.one(now) ? nextReview_.maybeTime(0) : std::nullopt;
}

Result<Acknowledged> LedgerTable::acknowledged(std::string_view number) {
    if (!record_.one(number)) return Acknowledged{};
    return decodeAcknowledged(record_.text(1));
}

void LedgerTable::eachAcknowledged(const std::function<void(const std::string&, const Result<Acknowledged>&)>& visit) {
    constexpr std::size_t kPortion = 2000;
    std::vector<std::pair<std::string, std::string>> portion;
    do {
        const std::string after = portion.empty() ? std::string{} : portion.back().first;
        portion.clear();
        acknowledgedPage_.each([&] { portion.emplace_back(acknowledgedPage_.text(0), acknowledgedPage_.text(1)); },
                               after, kPortion);
        for (const auto& [number, record] : portion) visit(number, decodeAcknowledged(record));
    } while (portion.size() == kPortion);
}

std::uint64_t LedgerTable::size() {
    size_.one();
    return static_cast<std::uint64_t>(size_.integer(0));
}

}  // namespace lianzheng
