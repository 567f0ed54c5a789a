#include "gateway/store/journal_tables.h"

#include <string>

namespace lianzheng {

AttemptTable::AttemptTable(Database& database)
    : add_(database, groupedInsert("attempt",
                                   "outbox_id, number, e_cert_id, operation, started_at, ended_at, outcome, "
                                   "http_status, refusal, message, request_id, decided_at",
                                   "itttiitittti")),
      of_(database,
          "SELECT outbox_id, number, e_cert_id, operation, started_at, ended_at, outcome, http_status, refusal, "
          "message, "
          "request_id, decided_at FROM attempt WHERE number = :number ORDER BY id",
          "itttiitittti"),
      unknown_(database,
               "SELECT message, COUNT(*), MAX(ended_at) FROM attempt WHERE refusal = 'unknown' GROUP BY message "
               "ORDER BY 2 DESC, message LIMIT :most",
               "tii"),
      forget_(database, "DELETE FROM attempt WHERE ended_at < :before") {}

void AttemptTable::add(const Attempt& attempt) {
    add_.add(attempt.outboxId, attempt.number, attempt.eCertId, attempt.operation, attempt.startedAt, attempt.endedAt,
             attempt.outcome, attempt.httpStatus, attempt.refusal, attempt.message, attempt.requestId,
             attempt.decidedAt);
}

std::vector<Attempt> AttemptTable::of(std::string_view number) {
    std::vector<Attempt> attempts;
    of_.each(
        [&] {
            attempts.push_back({.outboxId = of_.integer(0),
                                .number = of_.text(1),
                                .eCertId = of_.text(2),
                                .operation = of_.text(3),
                                .startedAt = of_.time(4),
                                .endedAt = of_.time(5),
                                .outcome = of_.text(6),
                                .httpStatus = static_cast<int>(of_.integer(7)),
                                .refusal = of_.text(8),
                                .message = of_.text(9),
                                .requestId = of_.text(10),
                                .decidedAt = of_.maybeTime(11)});
        },
        number);
    return attempts;
}

std::vector<UnknownRefusal> AttemptTable::unknown(std::size_t limit) {
    std::vector<UnknownRefusal> messages;
    unknown_.each(
        [&] {
            messages.push_back({unknown_.text(0), static_cast<std::uint64_t>(unknown_.integer(1)), unknown_.time(2)});
        },
        static_cast<std::int64_t>(limit));
    return messages;
}

void AttemptTable::forget(TimePoint before) { forget_.run(before); }

WriteBackTable::WriteBackTable(Database& database)
    : put_(database,
           groupedInsert("write_back", "source_key, cert_num, code_id, zze_cert_id, state, pushed_at", "tttttt",
                         "ON CONFLICT (source_key) DO UPDATE SET cert_num = excluded.cert_num, code_id = "
                         "excluded.code_id, zze_cert_id = excluded.zze_cert_id, state = excluded.state, pushed_at = "
                         "excluded.pushed_at")),
      remove_(database, "DELETE FROM write_back WHERE source_key = :source_key AND pushed_at = :pushed_at"),
      list_(database,
            "SELECT source_key, cert_num, code_id, zze_cert_id, state, pushed_at FROM write_back ORDER BY source_key "
            "LIMIT :rows",
            "tttttt") {}

void WriteBackTable::put(const WriteBack& row) {
    put_.add(row.sourceKey, row.certNum, row.codeId, row.zzeCertId, row.state, row.pushedAt);
}

void WriteBackTable::remove(const RemoveWriteBack& change) { remove_.run(change.sourceKey, change.pushedAt); }

std::vector<WriteBack> WriteBackTable::list(std::size_t limit) {
    std::vector<WriteBack> rows;
    list_.each(
        [&] {
            rows.push_back({.sourceKey = list_.text(0),
                            .certNum = list_.text(1),
                            .codeId = list_.text(2),
                            .zzeCertId = list_.text(3),
                            .state = list_.text(4),
                            .pushedAt = list_.text(5)});
        },
        limit);
    return rows;
}

namespace {

const std::string kSelectRequest = "SELECT id, kind, payload, reason, created_at, state, result FROM request ";
constexpr std::string_view kRequestKinds = "itttitt";

RequestRow takenRequest(Prepared& row) {
    return {.id = row.integer(0),
            .kind = row.text(1),
            .payload = row.text(2),
            .reason = row.text(3),
            .createdAt = row.time(4),
            .state = row.text(5),
            .result = row.text(6)};
}

}  // namespace

RunTables::RunTables(Database& database)
    : putRun_(database,
              "INSERT INTO run (id, kind, started_at, ended_at, result, counts) VALUES (:id, :kind, :started_at, "
              ":ended_at, :result, :counts) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, "
              "started_at = excluded.started_at, ended_at = excluded.ended_at, result = excluded.result, "
              "counts = excluded.counts"),
      runs_(database,
            "SELECT id, kind, started_at, ended_at, result, counts FROM (SELECT id, kind, started_at, ended_at, "
            "result, counts, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY id DESC) AS place FROM run) AS placed WHERE "
            "place <= :rows ORDER BY id DESC",
            "itiitt"),
      putRequest_(database,
                  "INSERT INTO request (id, kind, payload, reason, created_at, state, result) VALUES (:id, :kind, "
                  ":payload, :reason, :created_at, :state, :result) ON CONFLICT (id) DO UPDATE SET "
                  "kind = excluded.kind, payload = excluded.payload, reason = excluded.reason, "
                  "created_at = excluded.created_at, state = excluded.state, result = excluded.result"),
      openRequests_(database, kSelectRequest + "WHERE state <> 'done' AND state = 'open' ORDER BY id", kRequestKinds),
      request_(database, kSelectRequest + "WHERE id = :id", kRequestKinds),
      reopen_(database, "UPDATE request SET state = 'open' WHERE state <> 'done' AND state = 'taken'"),
      addAudit_(
          database,
          "INSERT INTO audit (happened_at, actor, action, detail) VALUES (:happened_at, :actor, :action, :detail)"),
      audits_(database, "SELECT happened_at, actor, action, detail FROM audit ORDER BY id DESC LIMIT :rows", "ittt") {}

void RunTables::put(const RunRow& run) {
    putRun_.run(run.id, run.kind, run.startedAt, run.endedAt, run.result, run.counts);
}

std::vector<RunRow> RunTables::runs(std::size_t limit) {
    std::vector<RunRow> rows;
    runs_.each(
        [&] {
            rows.push_back({.id = runs_.integer(0),
                            .kind = runs_.text(1),
                            .startedAt = runs_.time(2),
                            .endedAt = runs_.maybeTime(3),
                            .result = runs_.text(4),
                            .counts = runs_.text(5)});
        },
        limit);
    return rows;
}

void RunTables::put(const RequestRow& request) {
    putRequest_.run(request.id, request.kind, request.payload, request.reason, request.createdAt, request.state,
                    request.result);
}

std::vector<RequestRow> RunTables::openRequests() {
    std::vector<RequestRow> rows;
    openRequests_.each([&] { rows.push_back(takenRequest(openRequests_)); });
    return rows;
}

std::optional<RequestRow> RunTables::request(std::int64_t id) {
    if (!request_.one(id)) return std::nullopt;
    return takenRequest(request_);
}

void RunTables::reopenTaken() { reopen_.run(); }

void RunTables::add(const AuditRow& row) { addAudit_.run(row.at, row.actor, row.action, row.detail); }

std::vector<AuditRow> RunTables::audits(std::size_t limit) {
    std::vector<AuditRow> rows;
    audits_.each(
        [&] {
            rows.push_back({.at = audits_.time(0),
                            .actor = audits_.text(1),
                            .action = audits_.text(2),
                            .detail = audits_.text(3)});
        },
        limit);
    return rows;
}

WordTables::WordTables(Database& database)
    : putWord_(database,
               "INSERT INTO word (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET "
               "value = excluded.value"),
      removeWord_(database, "DELETE FROM word WHERE name = :name"),
      word_(database, "SELECT value FROM word WHERE name = :name", "t"),
      moveCursor_(database,
                  "INSERT INTO scan_cursor (id, changed_at, source_key) VALUES (1, :changed_at, :source_key) "
                  "ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at, source_key = excluded.source_key"),
      cursor_(database, "SELECT changed_at, source_key FROM scan_cursor WHERE id = 1", "tt"),
      next_(database,
            "INSERT INTO sequence_value (name, last_value) VALUES (:name, 1) ON CONFLICT (name) DO UPDATE SET "
            "last_value = sequence_value.last_value + 1 RETURNING last_value",
            "i") {}

void WordTables::put(const PutWord& word) {
    if (word.value.empty()) {
        removeWord_.run(word.name);
    } else {
        putWord_.run(word.name, word.value);
    }
}

std::string WordTables::word(std::string_view name) { return word_.one(name) ? word_.text(0) : std::string{}; }

void WordTables::moveCursor(const ScanCursor& cursor) { moveCursor_.run(cursor.changedAt, cursor.key); }

ScanCursor WordTables::cursor() {
    if (!cursor_.one()) return {};
    return {.changedAt = cursor_.text(0), .key = cursor_.text(1)};
}

std::int64_t WordTables::next(std::string_view sequence) {
    next_.one(sequence);
    return next_.integer(0);
}

}  // namespace lianzheng
