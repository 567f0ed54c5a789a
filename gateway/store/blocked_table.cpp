#include "gateway/store/blocked_table.h"

#include <string>

namespace lianzheng {

namespace {

const std::string kColumns =
    "number, source_key, authority, person, company, reason, field, why, help, owner, message, origin, seen_high, "
    "seen_low, since, check_at, dismissed";
constexpr std::string_view kKinds = "tttttttttittiiiii";
const std::string kSelect = "SELECT " + kColumns + " FROM blocked ";

const std::string kSameCause = "blocked.reason = excluded.reason AND blocked.field = excluded.field";
const std::string kPut =
    "INSERT INTO blocked (" + kColumns +
    ") VALUES (:number, :source_key, :authority, :person, :company, :reason, :field, :why, :help, :owner, :message, "
    ":origin, :seen_high, :seen_low, :since, :check_at, :dismissed) ON CONFLICT (number) DO UPDATE SET "
    "source_key = excluded.source_key, authority = excluded.authority, person = excluded.person, "
    "company = excluded.company, reason = excluded.reason, field = excluded.field, why = excluded.why, "
    "help = excluded.help, owner = excluded.owner, message = excluded.message, origin = excluded.origin, "
    "seen_high = excluded.seen_high, seen_low = excluded.seen_low, "
    "since = CASE WHEN " +
    kSameCause +
    " THEN blocked.since ELSE excluded.since END, "
    "check_at = excluded.check_at, "
    "dismissed = CASE WHEN " +
    kSameCause +
    " AND blocked.seen_high = excluded.seen_high "
    "AND blocked.seen_low = excluded.seen_low AND blocked.dismissed = 1 THEN 1 ELSE excluded.dismissed END";

BlockedRow taken(Prepared& row) {
    BlockedRow blocked;
    blocked.number = row.text(0);
    blocked.sourceKey = row.text(1);
    blocked.authority = row.text(2);
    blocked.person = row.text(3);
    blocked.company = row.text(4);
    blocked.advice = {.reason = row.text(5),
                      .field = row.text(6),
                      .why = row.text(7),
                      .help = row.text(8),
                      .owner = static_cast<Owner>(row.integer(9))};
    blocked.message = row.text(10);
    blocked.origin = row.text(11);
    blocked.seen = {.high = static_cast<std::uint64_t>(row.integer(12)),
                    .low = static_cast<std::uint64_t>(row.integer(13))};
    blocked.since = row.time(14);
    blocked.checkAt = row.maybeTime(15);
    blocked.dismissed = row.integer(16) != 0;
    return blocked;
}

}  // namespace

BlockedTable::BlockedTable(Database& database)
    : put_(database, kPut),
      clear_(database, groupedDelete("blocked", "number", "t")),
      of_(database, kSelect + "WHERE number = :number", kKinds),
      all_(database, kSelect + "WHERE dismissed <= :dismissed ORDER BY authority, number", kKinds),
      ofAuthority_(database,
                   kSelect + "WHERE authority = :authority AND dismissed <= :dismissed ORDER BY authority, number",
                   kKinds),
      checks_(database, kSelect + "WHERE check_at <= :now ORDER BY check_at, number LIMIT :rows", kKinds) {}

void BlockedTable::put(const BlockedRow& row) {
    put_.run(row.number, row.sourceKey, row.authority, row.person, row.company, row.advice.reason, row.advice.field,
             row.advice.why, row.advice.help, row.advice.owner, row.message, row.origin, row.seen.high, row.seen.low,
             row.since, row.checkAt, row.dismissed);
}

void BlockedTable::clear(std::string_view number) { clear_.add(number); }

std::optional<BlockedRow> BlockedTable::of(std::string_view number) {
    if (!of_.one(number)) return std::nullopt;
    return taken(of_);
}

std::vector<BlockedRow> BlockedTable::list(std::string_view authority, bool dismissedToo) {
    std::vector<BlockedRow> rows;
    if (authority.empty()) {
        all_.each([&] { rows.push_back(taken(all_)); }, dismissedToo);
    } else {
        ofAuthority_.each([&] { rows.push_back(taken(ofAuthority_)); }, authority, dismissedToo);
    }
    return rows;
}

std::vector<BlockedRow> BlockedTable::checksDue(TimePoint now, std::size_t limit) {
    std::vector<BlockedRow> rows;
    checks_.each([&] { rows.push_back(taken(checks_)); }, now, limit);
    return rows;
}

}  // namespace lianzheng
