#include "gateway/store/finding_table.h"

#include <string>

#include "gateway/store/finding_life.h"

namespace lianzheng {

namespace {

const std::string kColumns =
    "number, kind, field, provincial_value, national_value, cause, help, owner, authority, company, next_step, "
    "first_seen, last_seen, last_run, is_open";
/// With what has become of it.
const std::string kRead =
    "SELECT f.number, f.kind, f.field, provincial_value, national_value, cause, help, owner, authority, company, "
    "next_step, first_seen, last_seen, last_run, is_open, l.due_at, l.stage, l.assigned, l.accepted_until, l.note "
    "FROM " +
    std::string(kFindingWithLife);
const std::string kKeep =
    "UPDATE finding SET last_run = :run WHERE last_run < :than AND is_open = 1 AND kind NOT IN ('blocked', "
    "'rule_conflict') AND ";
/// What has happened to finding f, as e; and what of it until the run in `asked` had ended.
const std::string kEvents =
    "FROM finding_event e WHERE e.number = f.number AND e.kind = f.kind AND e.field = f.field AND ";
const std::string kBefore =
    kEvents + "(e.run BETWEEN 1 AND asked.run OR (e.run = 0 AND e.happened_at <= asked.till)) AND ";
/// What stood then has been closed by a later one.
const std::string kClosedSince =
    "EXISTS (SELECT 1 " + kEvents + "e.run > asked.run AND e.what IN ('closed', 'repaired')) ";
// It stood by the last thing that opened it, closed it, accepted it or ended an acceptance. While no later run has
// begun, what is closed was closed by then: nothing more is asked of it.
const std::string kOfRun =
    "WITH asked AS (SELECT CAST(:run AS BIGINT) AS run, CAST(:till AS BIGINT) AS till) "
    "SELECT f.number, f.kind, f.field, provincial_value, national_value, cause, help, owner, authority, company, "
    "next_step, (SELECT MAX(e.happened_at) " +
    kBefore + "e.what IN ('opened', 'reopened')), last_seen, last_run, CASE WHEN is_open = 1 AND NOT " + kClosedSince +
    "THEN 1 ELSE 0 END, CASE WHEN " + kClosedSince +
    "THEN 0 ELSE l.due_at END, l.stage, l.assigned, l.accepted_until, l.note FROM asked, " +
    std::string(kFindingWithLife) +
    "WHERE (f.number, f.kind, f.field) > (:number, :kind, :field) "
    "AND (is_open = 1 OR EXISTS (SELECT 1 FROM run r WHERE r.id > asked.run AND r.kind IN ('reconcile', 'sample'))) "
    "AND (SELECT e.what " +
    kBefore +
    "e.what IN ('opened', 'reopened', 'closed', 'repaired', 'accepted', 'taken_back', 'acceptance_ended', 'outgrown') "
    "ORDER BY e.id DESC LIMIT 1) IN ('opened', 'reopened', 'taken_back', 'acceptance_ended', 'outgrown') "
    "ORDER BY f.number, f.kind, f.field LIMIT :limit";
/// Whether a run that finds anything has begun after run :run, or anybody has spoken since :till.
const std::string kSince =
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM run WHERE id > :run AND kind IN ('reconcile', 'sample')) "
    "OR EXISTS (SELECT 1 FROM finding_event WHERE run = 0 AND happened_at > :till) THEN 1 ELSE 0 END";
// Else it stood then if it stands now, which is a tenth of the work.
const std::string kOfLastRun = kRead +
                               "WHERE (f.number, f.kind, f.field) > (:number, :kind, :field) AND is_open = 1 "
                               "AND l.stage <> 4 ORDER BY f.number, f.kind, f.field LIMIT :limit";
constexpr std::string_view kKinds = "tttttttitttiiiiiitit";

Finding taken(Prepared& row) {
    Finding finding;
    finding.number = row.text(0);
    finding.kind = row.text(1);
    finding.field = row.text(2);
    finding.provincialValue = row.text(3);
    finding.nationalValue = row.text(4);
    finding.cause = row.text(5);
    finding.help = row.text(6);
    finding.owner = static_cast<Owner>(row.integer(7));
    finding.authority = row.text(8);
    finding.company = row.text(9);
    finding.nextStep = row.text(10);
    finding.firstSeen = row.time(11);
    finding.lastSeen = row.time(12);
    finding.lastRun = row.integer(13);
    finding.open = row.integer(14) != 0;
    finding.dueAt = row.time(15);
    finding.stage = static_cast<FindingStage>(row.integer(16));
    finding.assigned = row.text(17);
    finding.acceptedUntil = row.maybeTime(18);
    finding.note = row.text(19);
    return finding;
}

}  // namespace

FindingTable::FindingTable(Database& database)
    : put_(database,
           "INSERT INTO finding (" + kColumns +
               ") VALUES (:number, :kind, :field, :provincial_value, :national_value, :cause, :help, :owner, "
               ":authority, "
               ":company, :next_step, :first_seen, :last_seen, :last_run, :is_open) ON CONFLICT (number, kind, field) "
               "DO UPDATE SET provincial_value = excluded.provincial_value, national_value = excluded.national_value, "
               "cause = excluded.cause, help = excluded.help, owner = excluded.owner, authority = excluded.authority, "
               "company = excluded.company, next_step = excluded.next_step, "
               "first_seen = CASE WHEN finding.is_open = 1 THEN finding.first_seen ELSE excluded.first_seen END, "
               "last_seen = excluded.last_seen, is_open = excluded.is_open, "
               // Of two runs at once the later one closes: it must know that it saw this.
               "last_run = CASE WHEN finding.last_run > excluded.last_run THEN finding.last_run "
               "ELSE excluded.last_run END"),
      keepOf_(database,
              kKeep + "number = :number AND (:any_field = 1 OR field = :field) AND " + std::string(kSeenByLedgerOrAny)),
      keep_(database, kKeep + "(:any_field = 1 OR field = :field) AND " + std::string(kSeenByLedgerOrAny)),
      close_(database,
             "UPDATE finding SET is_open = 0 WHERE is_open = 1 AND last_run < :run AND (:all = 1 OR kind = "
             ":kind) AND " +
                 std::string(kSeenByLedgerOrAny)),
      list_(database,
            kRead + "WHERE is_open >= :open AND (:all = 1 OR l.stage <> 4) ORDER BY f.number, f.kind, f.field", kKinds),
      since_(database, kSince, "i"),
      ofLastRun_(database, kOfLastRun, kKinds),
      ofRun_(database, kOfRun, kKinds),
      of_(database, kRead + "WHERE f.number = :number AND is_open = 1 AND l.stage <> 4 ORDER BY f.kind, f.field",
          kKinds),
      with_(database,
            "SELECT number FROM finding WHERE is_open = 1 AND kind = :kind AND provincial_value = :value "
            "ORDER BY number",
            "t"),
      forget_(database, "DELETE FROM finding WHERE is_open = 0 AND last_seen < :before") {}

void FindingTable::put(const Finding& finding) {
    put_.run(finding.number, finding.kind, finding.field, finding.provincialValue, finding.nationalValue, finding.cause,
             finding.help, finding.owner, finding.authority, finding.company, finding.nextStep, finding.firstSeen,
             finding.lastSeen, finding.lastRun, finding.open);
}

void FindingTable::keep(const KeepFindings& change) {
    // By its number it is found at once: a run may keep what is open of ten thousands.
    const bool anyField = change.field.empty();
    if (change.number.empty()) {
        keep_.run(change.run, change.run, anyField, change.field, !change.ledgerOnly);
    } else {
        keepOf_.run(change.run, change.run, change.number, anyField, change.field, !change.ledgerOnly);
    }
}

void FindingTable::close(const CloseFindings& change) {
    if (change.kinds.empty()) close_.run(change.run, true, "", !change.ledgerOnly);
    for (const std::string& kind : change.kinds) close_.run(change.run, false, kind, !change.ledgerOnly);
}

std::vector<Finding> FindingTable::list(bool openOnly) {
    std::vector<Finding> findings;
    list_.each([&] { findings.push_back(taken(list_)); }, openOnly, !openOnly);
    return findings;
}

std::vector<Finding> FindingTable::of(std::string_view number) {
    std::vector<Finding> findings;
    of_.each([&] { findings.push_back(taken(of_)); }, number);
    return findings;
}

std::vector<Finding> FindingTable::ofRun(const RunRow& run, const Finding& after, std::size_t limit) {
    std::vector<Finding> findings;
    const TimePoint till = run.endedAt.value_or(run.startedAt);
    since_.one(run.id, till);
    if (since_.integer(0) == 0) {
        ofLastRun_.each([&] { findings.push_back(taken(ofLastRun_)); }, after.number, after.kind, after.field, limit);
        return findings;
    }
    ofRun_.each([&] { findings.push_back(taken(ofRun_)); }, run.id, till, after.number, after.kind, after.field, limit);
    return findings;
}

std::vector<std::string> FindingTable::openWith(std::string_view kind, std::string_view provincialValue) {
    std::vector<std::string> numbers;
    with_.each([&] { numbers.push_back(with_.text(0)); }, kind, provincialValue);
    return numbers;
}

void FindingTable::forget(TimePoint before) { forget_.run(before); }

}  // namespace lianzheng
