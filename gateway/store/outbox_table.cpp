#include "gateway/store/outbox_table.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/store/step_codec.h"

namespace lianzheng {

namespace {

// The states as stored: 0 queued, 1 sending, 2 unconfirmed.
static_assert(static_cast<int>(OutboxState::Queued) == 0 && static_cast<int>(OutboxState::Sending) == 1 &&
              static_cast<int>(OutboxState::Unconfirmed) == 2);

const std::string kSelect =
    "SELECT id, number, source_key, who, company, authority, e_cert_id, step, photo_reference, state, attempts, sends, "
    "due_at, created_at, reason, photo_high, photo_low FROM outbox ";
constexpr std::string_view kKinds = "ittttttttiiiiitii";

// A person's turn. What may have been sent comes first: nothing else of his moves until it is resolved; one that is in
// the air, or not due again, holds him. Then a releasing step, even one that is not due yet, holds his others. Then his
// first in the common order goes. A row in the air (state 1) is never due: only a new epoch doubts it.
const std::string kDue =
    kSelect +
    "WHERE operation = :operation AND lane = :lane AND state <> 1 AND due_at <= :now AND NOT EXISTS (SELECT 1 FROM "
    "outbox other WHERE "
    "other.who = outbox.who AND other.id <> outbox.id AND (other.state = 1 "
    "OR (other.state = 2 AND (outbox.state = 0 OR other.due_at > :now_again OR other.id < outbox.id)) "
    "OR (other.state = 0 AND outbox.state = 0 AND (other.releasing > outbox.releasing "
    "OR (other.releasing = outbox.releasing AND other.due_at <= :now_too AND (other.lane < outbox.lane "
    "OR (other.lane = outbox.lane AND other.id < outbox.id))))))) "
    "ORDER BY releasing DESC, id LIMIT :rows";

Result<OutboxRow> taken(Prepared& row) {
    Result<Step> step = decodeStep(row.text(7));
    if (!step) return tl::unexpected(step.error());
    OutboxRow intent;
    intent.id = row.integer(0);
    intent.number = row.text(1);
    intent.sourceKey = row.text(2);
    if (row.text(3) != intent.number) intent.person = row.text(3);
    intent.company = row.text(4);
    intent.authority = row.text(5);
    intent.eCertId = row.text(6);
    intent.step = std::move(*step);
    intent.photoReference = row.text(8);
    intent.state = static_cast<OutboxState>(row.integer(9));
    intent.attempts = static_cast<int>(row.integer(10));
    intent.sends = static_cast<int>(row.integer(11));
    intent.dueAt = row.time(12);
    intent.createdAt = row.time(13);
    intent.reason = row.text(14);
    intent.photo = {.high = static_cast<std::uint64_t>(row.integer(15)),
                    .low = static_cast<std::uint64_t>(row.integer(16))};
    return intent;
}

/// What was tried in vain steps back behind what is fresh (Lane).
static_assert(static_cast<int>(Lane::Fresh) == 2 && static_cast<int>(Lane::Retry) == 3);
constexpr std::string_view kStepBack = "lane = CASE WHEN outbox.lane = 2 THEN 3 ELSE outbox.lane END";

GroupedSql movedTo(std::string_view set, std::string_view kinds, std::string_view also = {}) {
    return groupedUpdate("outbox", set, "id, was_state", kinds, also);
}

}  // namespace

OutboxTable::OutboxTable(Database& database)
    : remove_(database, groupedDelete("outbox", "id, state", "ii")),
      claim_(database, movedTo("state, attempts, sends", "iiiii")),
      claimWithPhoto_(database, movedTo("state, attempts, sends, photo_high, photo_low", "iiiiiii")),
      move_(database, movedTo("state, attempts, sends, due_at", "iiiiii")),
      moveBack_(database, movedTo("state, attempts, sends, due_at", "iiiiii", kStepBack)),
      dropQueued_(database, groupedDelete("outbox", "number, state", "ti")),
      insert_(database,
              groupedInsert("outbox",
                            "number, source_key, who, company, authority, e_cert_id, operation, lane, releasing, step, "
                            "photo_reference, state, attempts, sends, due_at, created_at, reason, photo_high, "
                            "photo_low",
                            "tttttttiittiiiiitii", "ON CONFLICT (number) DO NOTHING")),
      doubt_(database, "UPDATE outbox SET state = 2, due_at = :now WHERE state = 1"),
      due_(database, kDue, kKinds),
      of_(database, kSelect + "WHERE number = :number", kKinds),
      ofPerson_(database, kSelect + "WHERE who = :who ORDER BY id", kKinds),
      nextDue_(database, "SELECT MIN(due_at) FROM outbox WHERE due_at > :now AND state <> 1", "i") {}

void OutboxTable::put(const OutboxRow& row) {
    dropQueued_.add(row.number, OutboxState::Queued);
    insert_.add(row.number, row.sourceKey, row.person.empty() ? row.number : row.person, row.company, row.authority,
                row.eCertId, operationName(row.step.request), row.step.lane, row.step.releasing, encodeStep(row.step),
                row.photoReference, row.state, row.attempts, row.sends, row.dueAt, row.createdAt, row.reason,
                row.photo.high, row.photo.low);
}

// The time at which it is due, which its claim found, is not written again: it stands in an index.
void OutboxTable::move(const MoveIntent& change) {
    if (change.to != OutboxState::Sending) {
        GroupedWrite& write = change.attempts > 0 ? moveBack_ : move_;
        write.add(change.to, change.attempts, change.sends, change.dueAt, change.id, change.from);
    } else if (change.photo.none()) {
        claim_.add(change.to, change.attempts, change.sends, change.id, change.from);
    } else {
        claimWithPhoto_.add(change.to, change.attempts, change.sends, change.photo.high, change.photo.low, change.id,
                            change.from);
    }
}

void OutboxTable::remove(const RemoveIntent& change) { remove_.add(change.id, change.from); }

bool OutboxTable::holds(std::int64_t id) const {
    return remove_.holds(id) || claim_.holds(id) || claimWithPhoto_.holds(id) || move_.holds(id) || moveBack_.holds(id);
}

Status OutboxTable::flush() {
    for (GroupedWrite* write : {&remove_, &claim_, &claimWithPhoto_, &move_, &moveBack_}) {
        if (!write->flush()) return failed(Fault::Corrupt, "store.commit", "outbox_state");
    }
    dropQueued_.flush();
    if (!insert_.flush()) return failed(Fault::Corrupt, "store.commit", "in_flight");
    return ok();
}

void OutboxTable::drop() {
    for (GroupedWrite* write : {&remove_, &claim_, &claimWithPhoto_, &move_, &moveBack_, &dropQueued_, &insert_})
        write->drop();
}

void OutboxTable::doubtSending(TimePoint now) { doubt_.run(now); }

template <class... Values>
Result<std::vector<OutboxRow>> OutboxTable::all(Prepared& query, const Values&... values) {
    std::vector<OutboxRow> rows;
    Status status = ok();
    query.each(
        [&] {
            Result<OutboxRow> row = taken(query);
            if (row) {
                rows.push_back(std::move(*row));
            } else {
                status = tl::unexpected(row.error());
            }
        },
        values...);
    if (!status) return tl::unexpected(status.error());
    return rows;
}

Result<std::vector<OutboxRow>> OutboxTable::ofPerson(std::string_view person) {
    if (person.empty()) return std::vector<OutboxRow>{};
    return all(ofPerson_, person);
}

Result<std::vector<OutboxRow>> OutboxTable::due(std::string_view operation, Lane lane, TimePoint now,
                                                std::size_t limit) {
    return all(due_, operation, lane, now, now, now, limit);
}

Result<std::optional<OutboxRow>> OutboxTable::of(std::string_view number) {
    if (!of_.one(number)) return std::nullopt;
    Result<OutboxRow> row = taken(of_);
    if (!row) return tl::unexpected(row.error());
    return std::optional{std::move(*row)};
}

std::optional<TimePoint> OutboxTable::nextDue(TimePoint now) {
    return nextDue_.one(now) ? nextDue_.maybeTime(0) : std::nullopt;
}

}  // namespace lianzheng
