#include "gateway/store/brief_figures.h"

#include <string_view>

#include "gateway/planner/ledger_entry.h"
#include "gateway/store/finding_life.h"
#include "gateway/store/prepared.h"

namespace lianzheng {
namespace {

// As stored.
static_assert(static_cast<int>(CertState::Valid) == 1 && static_cast<int>(CertState::Suspended) == 2 &&
              static_cast<int>(CertState::TransferredOut) == 6 && static_cast<int>(Stage::WaitingLicence) == 1 &&
              static_cast<int>(Stage::Collected) == 2 && static_cast<int>(Owner::ForeignAuthority) == 4);

/// The day in Asia/Shanghai of a column of milliseconds.
std::string dayOf(const std::string& column) { return "((" + column + " + 28800000) / 86400000)"; }

const std::string kAccepted = "outcome IN ('accepted', 'warned')";
// What is an event of its own: a collection closes the one before it, checks and queries change nothing.
const std::string kEvents = "operation NOT LIKE 'check%' AND operation NOT IN ('collect', 'query', 'query_in')";

// An event that assigned a code is closed by the first collection after it; any other by its acceptance. What is queued
// or blocked is open: it counts from when it was.
const std::string kClosings =
    "SELECT decided, closed, COUNT(*) FROM ("
    "SELECT " +
    dayOf("attempt.decided_at") + " AS decided, " +
    dayOf(
        "CASE WHEN attempt.operation LIKE 'assign.%' AND :licences = 1 THEN (SELECT MIN(later.ended_at) FROM attempt "
        "later WHERE later.number = attempt.number AND later.operation = 'collect' AND later." +
        kAccepted + " AND later.ended_at >= attempt.ended_at) ELSE attempt.ended_at END") +
    " AS closed FROM attempt WHERE " + kAccepted + " AND " + kEvents +
    " AND attempt.decided_at >= :from1 AND attempt.decided_at < :till1 "
    "UNION ALL SELECT " +
    dayOf("created_at") +
    ", NULL FROM outbox WHERE operation <> 'collect' "
    "AND created_at >= :from2 AND created_at < :till2 "
    "UNION ALL SELECT " +
    dayOf("since") +
    ", NULL FROM blocked WHERE dismissed = 0 "
    "AND since >= :from3 AND since < :till3) every GROUP BY decided, closed ORDER BY decided, closed";

// Open, and not accepted as it is; what a finding says of the blocked is said by themselves.
static_assert(static_cast<int>(FindingStage::Accepted) == 4);
const std::string kOpenFinding =
    "is_open = 1 AND kind NOT IN ('blocked', 'rule_conflict') AND NOT EXISTS (SELECT 1 FROM finding_life life "
    "WHERE life.number = finding.number AND life.kind = finding.kind AND life.field = finding.field AND life.stage = "
    "4) ";

const std::string kForeign =
    "FROM (SELECT number, authority, why, help, since FROM blocked WHERE dismissed = 0 AND owner = 4 "
    "UNION ALL SELECT number, authority, cause, help, first_seen FROM finding WHERE owner = 4 AND " +
    kOpenFinding + ") every ";

const std::string kOverdue =
    "FROM (SELECT number, authority, 'blocked' AS what, help, since FROM blocked WHERE dismissed = 0 "
    "AND since < :before1 "
    "UNION ALL SELECT number, authority, CASE state WHEN 0 THEN 'queued' WHEN 1 THEN 'sending' ELSE 'unconfirmed' END, "
    "'', created_at FROM outbox WHERE created_at < :before2 "
    "UNION ALL SELECT number, authority, 'licence', '', code_at FROM ledger WHERE stage = 1 AND state = 1 "
    "AND :licences = 1 AND code_at IS NOT NULL AND code_at < :before3 "
    "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.number = ledger.number) "
    "AND NOT EXISTS (SELECT 1 FROM blocked WHERE blocked.number = ledger.number)) every ";

// As `finding list --overdue`: also what a finding says of the blocked.
const std::string kLateFindings =
    "FROM " + std::string(kFindingWithLife) + "WHERE f.is_open = 1 AND l.stage <> 4 AND l.due_at <= :at ";

class BriefReader {
public:
    BriefReader(Database& database, const BriefQuestion& question) : database_(database), question_(question) {}

    void readLedger() {
        Prepared row(database_,
                     "SELECT COALESCE(SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END), 0), "
                     "COALESCE(SUM(CASE WHEN state = 1 AND stage = 2 THEN 1 ELSE 0 END), 0), "
                     "COALESCE(SUM(CASE WHEN state = 6 THEN 1 ELSE 0 END), 0), "
                     "COALESCE(SUM(CASE WHEN state IN (1, 2) AND expiring_date = '' THEN 1 ELSE 0 END), 0) FROM ledger",
                     "iiii");
        row.one();
        figures_.valid = countAt(row, 0);
        figures_.collected = countAt(row, 1);
        figures_.transferredOut = countAt(row, 2);
        figures_.endless = countAt(row, 3);
    }

    void readExpiring() {
        Prepared rows(database_,
                      "SELECT authority, SUM(CASE WHEN expiring_date <= :in7 THEN 1 ELSE 0 END), "
                      "SUM(CASE WHEN expiring_date <= :in30 THEN 1 ELSE 0 END), COUNT(*) FROM ledger "
                      "WHERE state IN (1, 2) AND expiring_date >= :today AND expiring_date <= :in90 "
                      "GROUP BY authority ORDER BY authority",
                      "tiii");
        rows.each(
            [&] {
                figures_.expiring.push_back({rows.text(0), countAt(rows, 1), countAt(rows, 2), countAt(rows, 3)});
            },
            question_.in7, question_.in30, question_.today, question_.in90);
    }

    void readOperations() {
        Prepared rows(database_,
                      "SELECT operation, outcome, COUNT(*) FROM attempt WHERE ended_at >= :from AND ended_at < :till "
                      "AND operation NOT LIKE 'check%' AND operation NOT IN ('query', 'query_in') "
                      "GROUP BY operation, outcome ORDER BY operation, outcome",
                      "tti");
        rows.each(
            [&] {
                figures_.operations.push_back({rows.text(0), rows.text(1), countAt(rows, 2)});
            },
            question_.from, question_.till);
        Prepared undated(database_,
                         "SELECT COUNT(*) FROM attempt WHERE decided_at IS NULL AND " + kAccepted + " AND " + kEvents +
                             " AND ended_at >= :from AND ended_at < :till",
                         "i");
        undated.one(question_.from, question_.till);
        figures_.undated = countAt(undated, 0);
    }

    void readClosings() {
        Prepared rows(database_, kClosings, "iii");
        rows.each(
            [&] {
                const auto closed = rows.maybeTime(1);  // NULL: still open
                figures_.closings.push_back(
                    {rows.integer(0), closed ? std::optional{rows.integer(1)} : std::nullopt, countAt(rows, 2)});
            },
            question_.licences, question_.from, question_.till, question_.from, question_.till, question_.from,
            question_.till);
    }

    void readProblems() {
        Prepared rows(
            database_,
            "SELECT authority, 1, reason, owner, COUNT(*), MIN(since), MIN(why), MIN(help) FROM blocked "
            "WHERE dismissed = 0 GROUP BY authority, reason, owner "
            "UNION ALL SELECT authority, 0, kind, owner, COUNT(*), MIN(first_seen), MIN(cause), MIN(help) FROM finding "
            "WHERE " +
                kOpenFinding + "GROUP BY authority, kind, owner ORDER BY 1, 2 DESC, 5 DESC, 3",
            "titiiitt");
        rows.each([&] {
            figures_.problems.push_back({rows.text(0), rows.integer(1) != 0, rows.text(2),
                                         static_cast<Owner>(rows.integer(3)), countAt(rows, 4), rows.time(5),
                                         rows.text(6), rows.text(7)});
        });
    }

    void readForeign() {
        Prepared rows(database_,
                      "SELECT number, authority, why, help, since " + kForeign + "ORDER BY since, number LIMIT :rows",
                      "tttti");
        rows.each([&] { figures_.foreign.push_back(waiting(rows)); }, question_.listed);
        Prepared total(database_, "SELECT COUNT(*) " + kForeign, "i");
        total.one();
        figures_.foreignTotal = countAt(total, 0);
    }

    void readOverdue() {
        const TimePoint before = question_.overdueBefore;
        Prepared rows(database_,
                      "SELECT number, authority, what, help, since " + kOverdue + "ORDER BY since, number LIMIT :rows",
                      "tttti");
        rows.each([&] { figures_.overdue.push_back(waiting(rows)); }, before, before, question_.licences, before,
                  question_.listed);
        Prepared total(database_, "SELECT COUNT(*) " + kOverdue, "i");
        total.one(before, before, question_.licences, before);
        figures_.overdueTotal = countAt(total, 0);
    }

    void readLateFindings() {
        Prepared rows(database_,
                      "SELECT f.number, f.kind, f.field, f.help, f.authority, l.stage, l.assigned, l.due_at " +
                          kLateFindings + "ORDER BY l.due_at, f.number, f.kind, f.field LIMIT :rows",
                      "tttttiti");
        rows.each(
            [&] {
                Finding late;
                late.number = rows.text(0);
                late.kind = rows.text(1);
                late.field = rows.text(2);
                late.help = rows.text(3);
                late.authority = rows.text(4);
                late.stage = static_cast<FindingStage>(rows.integer(5));
                late.assigned = rows.text(6);
                late.dueAt = rows.time(7);
                figures_.lateFindings.push_back(std::move(late));
            },
            question_.at, question_.listed);
        Prepared total(database_, "SELECT COUNT(*) " + kLateFindings, "i");
        total.one(question_.at);
        figures_.lateFindingsTotal = countAt(total, 0);
    }

    void readReconciliation() {
        Prepared row(database_,
                     "SELECT id, kind, started_at, ended_at, result, counts FROM run WHERE kind = 'reconcile' "
                     "AND result = 'ok' AND ended_at IS NOT NULL AND ended_at < :till ORDER BY id DESC LIMIT 1",
                     "itiitt");
        if (!row.one(question_.till)) return;
        figures_.reconciliation = RunRow{.id = row.integer(0),
                                         .kind = row.text(1),
                                         .startedAt = row.time(2),
                                         .endedAt = row.maybeTime(3),
                                         .result = row.text(4),
                                         .counts = row.text(5)};
    }

    [[nodiscard]] BriefFigures take() { return std::move(figures_); }

private:
    static std::uint64_t countAt(const Prepared& row, std::size_t column) {
        return static_cast<std::uint64_t>(row.integer(column));
    }
    static BriefFigures::Waiting waiting(Prepared& row) {
        return {row.text(0), row.text(1), row.text(2), row.text(3), row.time(4)};
    }

    Database& database_;
    const BriefQuestion& question_;
    BriefFigures figures_;
};

}  // namespace

BriefFigures briefFigures(Database& database, const BriefQuestion& question) {
    BriefReader reader(database, question);
    reader.readLedger();
    reader.readExpiring();
    reader.readOperations();
    reader.readClosings();
    reader.readProblems();
    reader.readForeign();
    reader.readOverdue();
    reader.readLateFindings();
    reader.readReconciliation();
    return reader.take();
}

}  // namespace lianzheng
