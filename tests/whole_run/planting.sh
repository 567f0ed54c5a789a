# For scripts to source: differences of every class planted between a province, the platform's view of it and the ledger,
# in two sizes of clump, and which findings they must come to. All three are SQLite files. Needs $province, $exchange and
# $store, $plan (a file of its own, made here) and $each (so many single ones a class gets, and so long is its clump).
# shellcheck disable=SC2154
#
# The certificates that agree are ordered by number and cut into as many parts as there are classes, so that each class has
# its own: single ones spread over its part, and a clump of neighbours in the middle.

planted_classes="missing_national missing_provincial company major state identity duplicate_national duplicate_provincial \
identifier expired blocked stuck_99 in_flight legacy"

# on_all STATEMENTS: on the plan, with province, exchange and store beside it.
on_all() {
    sqlite3 -bail -batch -cmd '.timeout 60000' "$plan" \
        "ATTACH '$province' AS province; ATTACH '$exchange' AS exchange; ATTACH '$store' AS store; $1"
}

# plant_rule_conflicts: holders of a B are granted a second one (rule 3). Before a pass that finds it so.
plant_rule_conflicts() {
    rm -f -- "$plan"
    on_all "CREATE TABLE rule_conflict AS SELECT l.source_key AS key, 'YY' || substr(l.source_key, 3) AS new_key,
            substr(l.number, 1, 10) || (9000000 + row_number() OVER (ORDER BY l.number)) AS number
            FROM store.ledger l JOIN exchange.v_anguan v ON v.certNum = l.number
            WHERE l.state = 1 AND l.stage = 2 AND v.categoryCode = 'B' AND l.expiring_date > date('now', '+300 days')
            ORDER BY l.number LIMIT $each;
        CREATE TEMP TABLE second AS SELECT z.* FROM province.T_AQSC_ZS z JOIN rule_conflict ON key = ZSID;
        UPDATE second SET ZSBH = (SELECT number FROM rule_conflict WHERE key = ZSID),
            GXSJ = datetime('now', '+8 hours', '-1 minute');
        UPDATE second SET ZSID = (SELECT new_key FROM rule_conflict WHERE key = ZSID);
        INSERT INTO province.T_AQSC_ZS SELECT * FROM second;"
}

# choose_victims: after a reconciliation, among what it found nothing about.
choose_victims() {
    local class part=0 values=
    for class in $planted_classes; do values+="${values:+, }($((part++)), '$class')"; done
    on_all "CREATE TABLE before AS SELECT number, kind, field FROM store.finding WHERE is_open = 1;
        CREATE TABLE class (part INTEGER PRIMARY KEY, name TEXT); INSERT INTO class VALUES $values;
        CREATE TABLE clean AS SELECT l.number AS number, l.source_key AS key, row_number() OVER (ORDER BY l.number) - 1 AS at
            FROM store.ledger l JOIN province.T_AQSC_ZS z ON z.ZSID = l.source_key
                JOIN exchange.v_anguan v ON v.certNum = l.number
            WHERE l.state = 1 AND l.stage = 2 AND l.expiring_date > date('now', '+300 days')
                AND v.effectiveDate < date('now', '-300 days') AND v.certState = '01' AND v.zzeCertID <> '' AND v.major <> ''
                AND l.number NOT IN (SELECT number FROM before) AND l.number NOT IN (SELECT number FROM store.outbox)
                AND (SELECT count(*) FROM province.T_AQSC_ZS o WHERE o.RYBH = z.RYBH) = 1;
        CREATE TABLE victim AS
            WITH size AS (SELECT count(*) / (SELECT count(*) FROM class) AS one FROM clean)
            SELECT number, key, name AS class, at, middle AS clump FROM (
                SELECT clean.*, class.name, one, at - part * one AS inside,
                    at - part * one BETWEEN one / 2 AND one / 2 + $each - 1 AS middle
                FROM clean, size JOIN class ON part = at / one)
            WHERE middle OR (inside % (one / ($each + 1)) = 1 AND inside / (one / ($each + 1)) < $each);
        CREATE INDEX victim_key ON victim (key); CREATE INDEX victim_number ON victim (number, class);"
    expect_all_victims
}

# Too few that agree, and the classes would run into each other.
expect_all_victims() {
    local few
    few=$(on_all "SELECT class || ' ' || sum(clump) || ' ' || sum(NOT clump) FROM victim GROUP BY class
        HAVING sum(clump) <> $each OR sum(NOT clump) < $each - 2
        UNION ALL SELECT 'classes ' || count(DISTINCT class) FROM victim HAVING count(DISTINCT class) <> (SELECT count(*) FROM class)
        UNION ALL SELECT 'legacy among others' FROM victim WHERE class = 'legacy' AND number NOT LIKE '%安C3%'")
    [[ -z $few ]] || { printf 'the planted differences do not fit: %s\n' "$few" >&2; return 1; }
}

# plant_in_flight: a change that is queued while the platform is away. Before a pass.
plant_in_flight() {
    on_all "UPDATE province.T_RYXX SET ZY = '新专业' WHERE RYBH IN (SELECT RYBH FROM province.T_AQSC_ZS
            WHERE ZSID IN (SELECT key FROM victim WHERE class = 'in_flight'));
        UPDATE province.T_AQSC_ZS SET GXSJ = datetime('now', '+8 hours', '-1 minute')
            WHERE ZSID IN (SELECT key FROM victim WHERE class = 'in_flight');"
}

# of CLASS: the victims' numbers, to stand behind IN; keys_of CLASS: their rows'.
of() { printf "(SELECT number FROM victim WHERE class = '%s')" "$1"; }
keys_of() { printf "(SELECT key FROM victim WHERE class = '%s')" "$1"; }

# plant_differences: everything else, after the last pass. A view that people fill holds no number to be unique.
plant_differences() {
    on_all "BEGIN;
        CREATE TABLE exchange.filled AS SELECT * FROM exchange.v_anguan;
        DROP TABLE exchange.v_anguan;
        ALTER TABLE exchange.filled RENAME TO v_anguan;
        CREATE INDEX exchange.v_anguan_by_number ON v_anguan (certNum);
        DELETE FROM exchange.v_anguan WHERE certNum IN $(of missing_national);
        DELETE FROM province.T_AQSC_ZS WHERE ZSID IN $(keys_of missing_provincial);
        UPDATE exchange.v_anguan SET companyName = '示例公司' WHERE certNum IN $(of company);
        UPDATE exchange.v_anguan SET major = '别的专业' WHERE certNum IN $(of major);
        UPDATE exchange.v_anguan SET certState = '02' WHERE certNum IN $(of state);
        UPDATE exchange.v_anguan SET identityCard = 'H' || substr(identityCard, 2) WHERE certNum IN $(of identity);
        CREATE TEMP TABLE twice AS SELECT * FROM exchange.v_anguan WHERE certNum IN $(of duplicate_national);
        INSERT INTO exchange.v_anguan SELECT * FROM twice;
        CREATE TEMP TABLE again AS SELECT * FROM province.T_AQSC_ZS WHERE ZSID IN $(keys_of duplicate_provincial);
        UPDATE again SET ZSID = 'ZZ' || substr(ZSID, 3);
        INSERT INTO province.T_AQSC_ZS SELECT * FROM again;
        CREATE TEMP TABLE first AS SELECT clump, min(number) AS number, NULL AS identifier FROM victim
            WHERE class = 'identifier' GROUP BY clump;
        UPDATE first SET identifier = (SELECT zzeCertID FROM exchange.v_anguan WHERE certNum = number);
        UPDATE exchange.v_anguan SET zzeCertID =
                (SELECT identifier FROM victim v JOIN first USING (clump) WHERE v.number = certNum)
            WHERE certNum IN $(of identifier);
        UPDATE exchange.v_anguan SET expiringDate = date(effectiveDate, '+100 days') WHERE certNum IN $(of expired);
        UPDATE province.T_AQSC_ZS SET YXQZ = (SELECT expiringDate FROM exchange.v_anguan v JOIN victim ON v.certNum = number
                WHERE key = ZSID) WHERE ZSID IN $(keys_of expired);
        UPDATE province.T_AQSC_ZS SET YXQZ = '明年' WHERE ZSID IN $(keys_of blocked);
        UPDATE exchange.v_anguan SET certState = '99' WHERE certNum IN $(of stuck_99);
        UPDATE exchange.v_anguan SET certNum = replace(certNum, '安C3', '安C') WHERE certNum IN $(of legacy);
        COMMIT;"
}

# planted_as_expected: what the last reconciliation found is what was planted and what was found before, each once.
# Says how many there are of each class.
planted_as_expected() {
    on_all "CREATE TABLE expected AS SELECT number, kind, field FROM before
        UNION ALL SELECT number, CASE class WHEN 'company' THEN 'field_mismatch' WHEN 'major' THEN 'field_mismatch'
                WHEN 'state' THEN 'state_mismatch' WHEN 'identity' THEN 'identity_mismatch'
                WHEN 'duplicate_national' THEN 'duplicate' WHEN 'duplicate_provincial' THEN 'duplicate'
                WHEN 'identifier' THEN 'identifier_duplicate' WHEN 'expired' THEN 'expired_not_cancelled'
                WHEN 'legacy' THEN 'legacy_not_converted' ELSE class END,
            CASE class WHEN 'company' THEN 'companyName' WHEN 'major' THEN 'major' WHEN 'identity' THEN 'identityCard'
                WHEN 'duplicate_national' THEN 'certNum' WHEN 'identifier' THEN 'zzeCertID' WHEN 'blocked' THEN 'expiringDate' ELSE '' END
            FROM victim WHERE class <> 'in_flight';
        CREATE TABLE found AS SELECT number, kind, field FROM store.finding WHERE is_open = 1;"
    on_all "SELECT 'missed ' || number || ' rule_conflict' FROM rule_conflict
            WHERE number NOT IN (SELECT number FROM found WHERE kind = 'rule_conflict')
        UNION ALL SELECT 'missed ' || number || ' ' || kind || ' ' || field FROM (SELECT * FROM expected EXCEPT SELECT * FROM found)
        UNION ALL SELECT 'beyond ' || number || ' ' || kind || ' ' || field FROM (SELECT * FROM found EXCEPT SELECT * FROM expected)" \
        >"$plan.wrong"
    [[ ! -s $plan.wrong ]] || { head -n 40 "$plan.wrong" >&2; return 1; }
    on_all "SELECT kind || ' ' || count(*) FROM found GROUP BY kind ORDER BY kind"
}
