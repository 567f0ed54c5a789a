#include "gateway/store/finding_life.h"

#include <string>

namespace lianzheng {
namespace {

const std::string kEvent = "INSERT INTO finding_event (number, kind, field, happened_at, what, actor, note, run) ";
/// Those of them that the run has not seen, each with how it ends.
const std::string kEnding =
    kEvent +
    "SELECT f.number, f.kind, f.field, :at, CASE WHEN l.stage = 3 THEN 'repaired' ELSE 'closed' END, '', '', :run "
    "FROM " +
    std::string(kFindingWithLife) +
    "WHERE f.is_open = 1 AND f.last_run < :other AND (:all = 1 OR f.kind = :kind) AND " +
    std::string(kSeenByLedgerOrAny);
/// The open findings that a word is about, but for those in one stage; an empty kind: all of the certificate.
const std::string kMeant =
    "number = :number AND (:any_kind = 1 OR (kind = :kind AND field = :field)) AND stage <> :left_out "
    "AND EXISTS (SELECT 1 FROM finding f "
    "WHERE f.number = finding_life.number AND f.kind = finding_life.kind AND f.field = finding_life.field "
    "AND f.is_open = 1)";
constexpr std::string_view kGone =
    "WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE f.number = finding_life.number AND f.kind = finding_life.kind "
    "AND f.field = finding_life.field)";

}  // namespace

FindingLife::FindingLife(Database& database)
    : standing_(
          database,
          "SELECT f.is_open, l.stage, l.accepted_until, l.repair_run, f.provincial_value, f.national_value FROM " +
              std::string(kFindingWithLife) + "WHERE f.number = :number AND f.kind = :kind AND f.field = :field",
          "iiiitt"),
      open_(database,
            "INSERT INTO finding_life (number, kind, field, stage, assigned, accepted_until, note, due_at, repair_run) "
            "VALUES (:number, :kind, :field, 0, '', NULL, '', :due_at, 0) ON CONFLICT (number, kind, field) DO UPDATE "
            "SET stage = 0, assigned = '', accepted_until = NULL, note = '', due_at = excluded.due_at, repair_run = 0"),
      reset_(
          database,
          "UPDATE finding_life SET stage = CASE WHEN assigned = '' THEN 0 ELSE 2 END, accepted_until = NULL, note = '' "
          "WHERE number = :number AND kind = :kind AND "
          "field = :field"),
      tell_(database, kEvent + "VALUES (:number, :kind, :field, :at, :what, :actor, :note, :run)"),
      close_(database, kEnding),
      meant_(
          database,
          "SELECT COUNT(*), COALESCE(SUM(CASE WHEN stage = 4 THEN 1 ELSE 0 END), 0) FROM finding_life WHERE " + kMeant,
          "ii"),
      moved_(database,
             kEvent + "SELECT number, kind, field, :at, :what, :actor, :note, :run FROM finding_life WHERE " + kMeant),
      move_(database,
            "UPDATE finding_life SET stage = :stage, "
            "assigned = CASE WHEN :takes_back = 1 THEN '' WHEN :assigned = '' THEN assigned ELSE :given END, "
            "accepted_until = :until, note = :note, repair_run = :run WHERE " +
                kMeant),
      events_(database,
              "SELECT kind, field, happened_at, what, actor, note, run FROM finding_event WHERE number = :number "
              "ORDER BY id",
              "ttittti"),
      openings_(database, "SELECT COUNT(*) FROM finding_event WHERE what IN ('opened', 'reopened')", "i"),
      ends_(database, "SELECT COUNT(*) FROM finding_event WHERE what IN ('closed', 'repaired')", "i"),
      now_(database,
           "SELECT COALESCE(SUM(CASE WHEN l.stage = 4 THEN 1 ELSE 0 END), 0), "
           "COALESCE(SUM(CASE WHEN l.stage = 4 THEN 0 ELSE 1 END), 0) FROM " +
               std::string(kFindingWithLife) + "WHERE f.is_open = 1",
           "ii"),
      forgetLives_(database, "DELETE FROM finding_life " + std::string(kGone)),
      forgetEvents_(database,
                    "DELETE FROM finding_event WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE f.number = "
                    "finding_event.number AND f.kind = finding_event.kind AND f.field = finding_event.field)") {}

void FindingLife::tell(const Finding& finding, std::string_view what) {
    tell_.run(finding.number, finding.kind, finding.field, finding.lastSeen, what, "", "", finding.lastRun);
}

/// Whether both values are those of `standing_`.
bool FindingLife::saysTheSame(const Finding& finding) {
    return standing_.text(4) == finding.provincialValue && standing_.text(5) == finding.nationalValue;
}

void FindingLife::seen(const Finding& finding) {
    const bool known = standing_.one(finding.number, finding.kind, finding.field);
    if (!known || standing_.integer(0) == 0) {
        open_.run(finding.number, finding.kind, finding.field, finding.dueAt);
        return tell(finding, known ? "reopened" : "opened");
    }
    const auto stage = static_cast<FindingStage>(standing_.integer(1));
    const auto until = standing_.maybeTime(2);
    if (stage == FindingStage::Accepted && until && *until <= finding.lastSeen) {
        reset_.run(finding.number, finding.kind, finding.field);
        tell(finding, "acceptance_ended");
    } else if (stage == FindingStage::Accepted && !saysTheSame(finding)) {
        reset_.run(finding.number, finding.kind, finding.field);
        tell(finding, "outgrown");
    } else if (stage == FindingStage::Repairing && standing_.integer(3) != finding.lastRun) {
        reset_.run(finding.number, finding.kind, finding.field);
        tell(finding, "unrepaired");
    }
}

void FindingLife::closing(const CloseFindings& change) {
    const auto close = [&](bool all, std::string_view kind) {
        close_.run(change.at, change.run, change.run, all, kind, !change.ledgerOnly);
    };
    if (change.kinds.empty()) close(true, "");
    for (const std::string& kind : change.kinds) close(false, kind);
}

Status FindingLife::move(const MoveFinding& change) {
    const bool repairs = change.stage == FindingStage::Repairing;
    const bool takesBack = change.stage == FindingStage::Open;
    const bool anyKind = change.kind.empty();
    // A person's acceptance is no matter of the gateway's, and of what nobody has spoken there is nothing to take back.
    const int leftOut = repairs     ? static_cast<int>(FindingStage::Accepted)
                        : takesBack ? static_cast<int>(FindingStage::Open)
                                    : -1;
    meant_.one(change.number, anyKind, change.kind, change.field, -1);
    const std::int64_t open = meant_.integer(0);
    const std::int64_t accepted = meant_.integer(1);
    if (open == 0 && !repairs) return failed(Fault::Rejected, "store.finding", "no_such_finding");
    const bool endsAcceptance = change.stage == FindingStage::Acknowledged || change.stage == FindingStage::Assigned;
    if (endsAcceptance && accepted != 0) return failed(Fault::Rejected, "store.finding", "accepted");
    const std::string_view what = takesBack ? "taken_back" : word(change.stage);
    moved_.run(change.at, what, change.actor, change.note, change.run, change.number, anyKind, change.kind,
               change.field, leftOut);
    const std::int64_t moved =
        move_.run(change.stage, takesBack, change.assigned, change.assigned, change.until, change.note, change.run,
                  change.number, anyKind, change.kind, change.field, leftOut);
    if (moved == 0 && takesBack) return failed(Fault::Rejected, "store.finding", "nothing_said");
    return ok();
}

std::vector<FindingEvent> FindingLife::events(std::string_view number) {
    std::vector<FindingEvent> events;
    events_.each(
        [&] {
            FindingEvent event;
            event.number = number;
            event.kind = events_.text(0);
            event.field = events_.text(1);
            event.at = events_.time(2);
            event.what = events_.text(3);
            event.actor = events_.text(4);
            event.note = events_.text(5);
            event.run = events_.integer(6);
            events.push_back(std::move(event));
        },
        number);
    return events;
}

FindingBalance FindingLife::balance() {
    FindingBalance balance;
    openings_.one();
    balance.opened = static_cast<std::uint64_t>(openings_.integer(0));
    ends_.one();
    balance.closed = static_cast<std::uint64_t>(ends_.integer(0));
    now_.one();
    balance.accepted = static_cast<std::uint64_t>(now_.integer(0));
    balance.open = static_cast<std::uint64_t>(now_.integer(1));
    return balance;
}

void FindingLife::forget() {
    forgetLives_.run();
    forgetEvents_.run();
}

}  // namespace lianzheng
