#include "gateway/store/store_schema.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace lianzheng {

namespace {

/// Words that differ: $TEXT compares by bytes everywhere; $ID counts up by itself and never reuses a number; $SEQ is a
/// number we give; $CLUSTERED keeps rows in the order of their key where the database can.
struct Words {
    std::string_view text;
    std::string_view id;
    std::string_view seq;
    std::string_view clustered;
};
constexpr Words kSqlite{"TEXT NOT NULL", "INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER PRIMARY KEY", "WITHOUT ROWID"};
constexpr Words kPostgres{"TEXT COLLATE \"C\" NOT NULL", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                          "BIGINT PRIMARY KEY", ""};

constexpr auto kFirst = std::to_array<std::string_view>({
    "CREATE TABLE ledger (number $TEXT, source_key $TEXT, state SMALLINT NOT NULL, stage SMALLINT NOT NULL, "
    "zze_cert_id $TEXT, predecessor_id $TEXT, code_id $TEXT, last_e_cert_id $TEXT, expiring_date $TEXT, code_at "
    "BIGINT, "
    "push_high BIGINT NOT NULL, push_low BIGINT NOT NULL, comparable_high BIGINT NOT NULL, comparable_low BIGINT NOT "
    "NULL, "
    "seen_high BIGINT NOT NULL, seen_low BIGINT NOT NULL, photo_version $TEXT, mapping_version $TEXT, "
    "digest_version INTEGER NOT NULL, origin SMALLINT NOT NULL, authority $TEXT, ended_by_expiry SMALLINT NOT NULL, "
    "code_missing SMALLINT NOT NULL, dirty SMALLINT NOT NULL, review_at BIGINT, PRIMARY KEY (number)) $CLUSTERED",
    "CREATE INDEX ledger_source_key ON ledger (source_key)",
    "CREATE INDEX ledger_dirty ON ledger (number) WHERE dirty = 1",
    "CREATE INDEX ledger_review ON ledger (review_at) WHERE review_at IS NOT NULL",

    "CREATE TABLE acknowledged (number $TEXT, record $TEXT, PRIMARY KEY (number)) $CLUSTERED",

    // `who` is the person, or the number where nobody is known: whose turn it is.
    "CREATE TABLE outbox (id $ID, number $TEXT, source_key $TEXT, who $TEXT, company $TEXT, authority $TEXT, "
    "e_cert_id $TEXT, lane SMALLINT NOT NULL, releasing SMALLINT NOT NULL, step $TEXT, photo_reference $TEXT, "
    "state SMALLINT NOT NULL, attempts INTEGER NOT NULL, sends INTEGER NOT NULL, due_at BIGINT NOT NULL, "
    "created_at BIGINT NOT NULL, reason $TEXT)",
    "CREATE UNIQUE INDEX outbox_number ON outbox (number)",
    "CREATE INDEX outbox_turn ON outbox (lane, releasing DESC, id, due_at, state)",
    "CREATE INDEX outbox_who ON outbox (who)",
    "CREATE INDEX outbox_due ON outbox (due_at)",

    "CREATE TABLE blocked (number $TEXT, source_key $TEXT, authority $TEXT, person $TEXT, company $TEXT, reason $TEXT, "
    "field $TEXT, why $TEXT, help $TEXT, owner SMALLINT NOT NULL, message $TEXT, origin $TEXT, seen_high BIGINT NOT "
    "NULL, "
    "seen_low BIGINT NOT NULL, since BIGINT NOT NULL, check_at BIGINT, dismissed SMALLINT NOT NULL, "
    "PRIMARY KEY (number)) $CLUSTERED",
    "CREATE INDEX blocked_authority ON blocked (authority, number)",
    "CREATE INDEX blocked_person ON blocked (person) WHERE person <> ''",
    "CREATE INDEX blocked_company ON blocked (company) WHERE company <> ''",
    "CREATE INDEX blocked_check ON blocked (check_at) WHERE check_at IS NOT NULL",

    "CREATE TABLE attempt (id $ID, outbox_id BIGINT NOT NULL, number $TEXT, e_cert_id $TEXT, operation $TEXT, "
    "started_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, outcome $TEXT, http_status INTEGER NOT NULL, refusal $TEXT, "
    "message $TEXT, request_id $TEXT)",
    "CREATE INDEX attempt_number ON attempt (number)",

    // The items stand in the entry itself, where the hash covers them; evidence_item only finds the entries of a
    // number.
    "CREATE TABLE evidence (seq $SEQ, request_id $TEXT, operation $TEXT, sent_at BIGINT NOT NULL, "
    "answered_at BIGINT NOT NULL, business_digest $TEXT, reply_digest $TEXT, items $TEXT, hash $TEXT)",
    "CREATE TABLE evidence_item (number $TEXT, seq BIGINT NOT NULL, PRIMARY KEY (number, seq)) $CLUSTERED",
    "CREATE TABLE evidence_head (id SMALLINT PRIMARY KEY, seq BIGINT NOT NULL, hash $TEXT)",
    "INSERT INTO evidence_head (id, seq, hash) VALUES (1, 0, '')",

    "CREATE TABLE write_back (source_key $TEXT, cert_num $TEXT, code_id $TEXT, zze_cert_id $TEXT, state $TEXT, "
    "pushed_at $TEXT, PRIMARY KEY (source_key)) $CLUSTERED",

    "CREATE TABLE finding (number $TEXT, kind $TEXT, field $TEXT, provincial_value $TEXT, national_value $TEXT, "
    "cause $TEXT, help $TEXT, owner SMALLINT NOT NULL, authority $TEXT, company $TEXT, next_step $TEXT, "
    "first_seen BIGINT NOT NULL, last_seen BIGINT NOT NULL, last_run BIGINT NOT NULL, is_open SMALLINT NOT NULL, "
    "PRIMARY KEY (number, kind, field)) $CLUSTERED",

    "CREATE TABLE run (id $SEQ, kind $TEXT, started_at BIGINT NOT NULL, ended_at BIGINT, result $TEXT, counts $TEXT)",
    "CREATE TABLE request (id $SEQ, kind $TEXT, payload $TEXT, reason $TEXT, created_at BIGINT NOT NULL, state $TEXT, "
    "result $TEXT)",
    "CREATE INDEX request_open ON request (id) WHERE state <> 'done'",
    "CREATE TABLE audit (id $ID, happened_at BIGINT NOT NULL, actor $TEXT, action $TEXT, detail $TEXT)",
    "CREATE TABLE word (name $TEXT, value $TEXT, PRIMARY KEY (name)) $CLUSTERED",
    "CREATE TABLE scan_cursor (id SMALLINT PRIMARY KEY, changed_at $TEXT, source_key $TEXT)",
    "CREATE TABLE sequence_value (name $TEXT, last_value BIGINT NOT NULL, PRIMARY KEY (name)) $CLUSTERED",
    "CREATE TABLE pusher (id SMALLINT PRIMARY KEY, epoch BIGINT NOT NULL)",
    "INSERT INTO pusher (id, epoch) VALUES (1, 0)",
});

constexpr auto kSecond = std::to_array<std::string_view>({
    "ALTER TABLE outbox ADD COLUMN photo_high BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE outbox ADD COLUMN photo_low BIGINT NOT NULL DEFAULT 0",
    // What was left of rows that had no readable number, after they got one.
    "DELETE FROM ledger WHERE number LIKE 'row:%' AND source_key = ''",
});

constexpr auto kThird = std::to_array<std::string_view>({
    "CREATE TABLE evidence_seal (number $SEQ, entry BIGINT NOT NULL, previous BIGINT NOT NULL, every BIGINT NOT NULL, "
    "sealed_at BIGINT NOT NULL, key_id $TEXT, seal $TEXT)",
    "CREATE UNIQUE INDEX evidence_seal_entry ON evidence_seal (entry)",
});

// What the platform holds of a person and of a company, for the holding rules; filled from `acknowledged` by whoever
// becomes the pusher first.
constexpr auto kFourth = std::to_array<std::string_view>({
    "CREATE TABLE holding (person $TEXT, number $TEXT, category $TEXT, company $TEXT, legal SMALLINT NOT NULL, "
    "PRIMARY KEY (person, number)) $CLUSTERED",
    "CREATE INDEX holding_legal ON holding (company) WHERE legal = 1 AND company <> ''",
});

constexpr auto kFifth = std::to_array<std::string_view>({
    // What is paced apart is claimed apart. The second value of a step's text is the letter of its request (StepCodec).
    "ALTER TABLE outbox ADD COLUMN operation $TEXT DEFAULT ''",
    "UPDATE outbox SET operation = CASE substr(step, 3, 1) WHEN 'A' THEN 'assign' WHEN 'C' THEN 'collect' "
    "WHEN 'U' THEN 'update' WHEN 'I' THEN 'identity' ELSE '' END",
    "CREATE INDEX outbox_queue ON outbox (operation, lane, releasing DESC, id, due_at, state)",
    // Rates are thousandths of an item a second.
    "CREATE TABLE pace (operation $TEXT, credential $TEXT, base BIGINT NOT NULL, found BIGINT NOT NULL, found_at "
    "BIGINT, "
    "lately BIGINT NOT NULL, failures INTEGER NOT NULL, closed_till BIGINT, written_at BIGINT NOT NULL, "
    "PRIMARY KEY (operation, credential)) $CLUSTERED",
});

// What is in the air waits for no turn: its claim takes it out of these, and its end finds nothing to take out.
constexpr auto kSixth = std::to_array<std::string_view>({
    "DROP INDEX IF EXISTS outbox_turn",
    "DROP INDEX outbox_queue",
    "CREATE INDEX outbox_queue ON outbox (operation, lane, releasing DESC, id, due_at) WHERE state <> 1",
    "DROP INDEX outbox_due",
    "CREATE INDEX outbox_due ON outbox (due_at) WHERE state <> 1",
});

// SQLite keeps the last id of an AUTOINCREMENT table in another one, written with each row. An attempt's id only
// orders.
constexpr auto kSixthOfSqlite = std::to_array<std::string_view>({
    "ALTER TABLE attempt RENAME TO attempt_before",
    "CREATE TABLE attempt (id INTEGER PRIMARY KEY, outbox_id BIGINT NOT NULL, number $TEXT, e_cert_id $TEXT, "
    "operation $TEXT, started_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, outcome $TEXT, "
    "http_status INTEGER NOT NULL, refusal $TEXT, message $TEXT, request_id $TEXT)",
    "INSERT INTO attempt SELECT * FROM attempt_before",
    "DROP TABLE attempt_before",
    "CREATE INDEX attempt_number ON attempt (number)",
});

// What the platform said that no class fits is collected without reading every attempt.
constexpr auto kSeventh = std::to_array<std::string_view>({
    "CREATE INDEX attempt_unknown ON attempt (message, ended_at) WHERE refusal = 'unknown'",
});

// What becomes of findings. Those of before are due a fortnight after they were seen first.
constexpr auto kFindingLife = std::to_array<std::string_view>({
    "CREATE TABLE finding_life (number $TEXT, kind $TEXT, field $TEXT, stage SMALLINT NOT NULL, assigned $TEXT, "
    "accepted_until BIGINT, note $TEXT, due_at BIGINT NOT NULL, repair_run BIGINT NOT NULL, "
    "PRIMARY KEY (number, kind, field)) $CLUSTERED",
    "CREATE TABLE finding_event (id $ID, number $TEXT, kind $TEXT, field $TEXT, happened_at BIGINT NOT NULL, "
    "what $TEXT, actor $TEXT, note $TEXT, run BIGINT NOT NULL)",
    "CREATE INDEX finding_event_number ON finding_event (number)",
    "INSERT INTO finding_life SELECT number, kind, field, 0, '', NULL, '', first_seen + 1209600000, 0 FROM finding",
    "INSERT INTO finding_event (number, kind, field, happened_at, what, actor, note, run) "
    "SELECT number, kind, field, first_seen, 'opened', '', '', 0 FROM finding",
    "INSERT INTO finding_event (number, kind, field, happened_at, what, actor, note, run) "
    "SELECT number, kind, field, last_seen, 'closed', '', '', 0 FROM finding WHERE is_open = 0",
});

constexpr auto kAnswers = std::to_array<std::string_view>({
    "CREATE TABLE look (id $ID, number $TEXT, looked_at BIGINT NOT NULL, who $TEXT, saw $TEXT)",
    "CREATE INDEX look_number ON look (number, looked_at)",
    // When what was sent had been decided; not known of what was sent before.
    "ALTER TABLE attempt ADD COLUMN decided_at BIGINT",
});

// Nobody has what is in nobody's hands.
constexpr auto kTakenBack = std::to_array<std::string_view>({
    "UPDATE finding_life SET assigned = '' WHERE stage = 0",
});

// What people said of findings, by its time.
constexpr auto kSpoken = std::to_array<std::string_view>({
    "CREATE INDEX IF NOT EXISTS finding_event_spoken ON finding_event (happened_at) WHERE run = 0",
});

std::string inWords(std::string_view statement, const Words& words) {
    std::string text(statement);
    const std::array<std::pair<std::string_view, std::string_view>, 4> replacements{
        {{"$TEXT", words.text}, {"$ID", words.id}, {"$SEQ", words.seq}, {"$CLUSTERED", words.clustered}}};
    for (const auto& [token, word] : replacements) {
        for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token, at + word.size())) {
            text.replace(at, token.size(), word);
        }
    }
    return text;
}

Migration migration(int version, std::span<const std::string_view> statements) {
    Migration made{.version = version, .sqlite = {}, .postgres = {}};
    for (const std::string_view statement : statements) {
        made.sqlite.push_back(inWords(statement, kSqlite));
        made.postgres.push_back(inWords(statement, kPostgres));
    }
    return made;
}

}  // namespace

std::vector<Migration> storeMigrations() {
    Migration sixth = migration(6, kSixth);
    for (const std::string_view statement : kSixthOfSqlite) sixth.sqlite.push_back(inWords(statement, kSqlite));
    return {migration(1, kFirst),   migration(2, kSecond),     migration(3, kThird),   migration(4, kFourth),
            migration(5, kFifth),   std::move(sixth),          migration(7, kSeventh), migration(8, kFindingLife),
            migration(9, kAnswers), migration(10, kTakenBack), migration(11, kSpoken)};
}

}  // namespace lianzheng
