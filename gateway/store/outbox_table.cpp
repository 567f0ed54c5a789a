#include "gateway/store/outbox_table.h"

#include <string>
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
const std::string kDueWhere =
    "state <> 1 AND due_at <= :now AND NOT EXISTS (SELECT 1 FROM outbox other WHERE "
    "other.who = outbox.who AND other.id <> outbox.id AND (other.state = 1 "
    "OR (other.state = 2 AND (outbox.state = 0 OR other.due_at > :now_again OR other.id < outbox.id)) "
    "OR (other.state = 0 AND outbox.state = 0 AND (other.releasing > outbox.releasing "
    "OR (other.releasing = outbox.releasing AND other.due_at <= :now_too AND (other.lane < outbox.lane "
    "OR (other.lane = outbox.lane AND other.id < outbox.id))))))) "
    "ORDER BY lane, releasing DESC, id LIMIT :rows";
const std::string kDue = kSelect + "WHERE " + kDueWhere;
// Of one queue, the index gives them in their order.
const std::string kDueOf = kSelect + "WHERE operation = :operation AND lane = :lane AND " + kDueWhere;

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

Status moved(std::int64_t rows) {
    if (rows == 1) return ok();
    return failed(Fault::Corrupt, "store.commit", "outbox_state");
}

}  // namespace

OutboxTable::OutboxTable(Database& database)
    : dropQueued_(database, "DELETE FROM outbox WHERE number = :number AND state = 0"),
      insert_(database,
              "INSERT INTO outbox (number, source_key, who, company, authority, e_cert_id, operation, lane, releasing, "
              "step, "
              "photo_reference, state, attempts, sends, due_at, created_at, reason, photo_high, photo_low) VALUES "
              "(:number, :source_key, :who, "
              ":company, :authority, :e_cert_id, :operation, :lane, :releasing, :step, :photo_reference, :state, "
              ":attempts, :sends, "
              ":due_at, :created_at, :reason, :photo_high, :photo_low) ON CONFLICT (number) DO NOTHING"),
      move_(database,
            "UPDATE outbox SET state = :state, attempts = :attempts, sends = :sends, due_at = :due_at "
            "WHERE id = :id AND state = :from"),
      moveWithPhoto_(database,
                     "UPDATE outbox SET state = :state, attempts = :attempts, sends = :sends, due_at = :due_at, "
                     "photo_high = :photo_high, photo_low = :photo_low WHERE id = :id AND state = :from"),
      remove_(database, "DELETE FROM outbox WHERE id = :id AND state = :from"),
      doubt_(database, "UPDATE outbox SET state = 2, due_at = :now WHERE state = 1"),
      due_(database, kDue, kKinds),
      dueOf_(database, kDueOf, kKinds),
      of_(database, kSelect + "WHERE number = :number", kKinds),
      ofPerson_(database, kSelect + "WHERE who = :who ORDER BY id", kKinds),
      nextDue_(database, "SELECT MIN(due_at) FROM outbox WHERE due_at > :now AND state <> 1", "i") {}

Status OutboxTable::put(const OutboxRow& row) {
    dropQueued_.run(row.number);
    const std::int64_t inserted =
        insert_.run(row.number, row.sourceKey, row.person.empty() ? row.number : row.person, row.company, row.authority,
                    row.eCertId, operationName(row.step.request), row.step.lane, row.step.releasing,
                    encodeStep(row.step), row.photoReference, row.state, row.attempts, row.sends, row.dueAt,
                    row.createdAt, row.reason, row.photo.high, row.photo.low);
    if (inserted == 1) return ok();
    return failed(Fault::Corrupt, "store.commit", "in_flight");
}

Status OutboxTable::move(const MoveIntent& change) {
    if (change.photo.none()) {
        return moved(move_.run(change.to, change.attempts, change.sends, change.dueAt, change.id, change.from));
    }
    return moved(moveWithPhoto_.run(change.to, change.attempts, change.sends, change.dueAt, change.photo.high,
                                    change.photo.low, change.id, change.from));
}

Status OutboxTable::remove(const RemoveIntent& change) { return moved(remove_.run(change.id, change.from)); }

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

Result<std::vector<OutboxRow>> OutboxTable::due(TimePoint now, std::size_t limit) {
    return all(due_, now, now, now, limit);
}

Result<std::vector<OutboxRow>> OutboxTable::ofPerson(std::string_view person) {
    if (person.empty()) return std::vector<OutboxRow>{};
    return all(ofPerson_, person);
}

Result<std::vector<OutboxRow>> OutboxTable::due(std::string_view operation, Lane lane, TimePoint now,
                                                std::size_t limit) {
    return all(dueOf_, operation, lane, now, now, now, limit);
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
