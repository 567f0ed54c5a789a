#!/usr/bin/env bash
# What the province changes after a certificate was taken over goes to the platform once, also where the view it was taken
# over from did not show what the platform holds: its photo, and fields that stood empty there.
# usage: taken_over.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

store() { sqlite3 -batch -cmd '.timeout 10000' "$demo/store.db" "$1"; }
# changed STATEMENT KEY: the row of the certificate says something new, now.
changed() {
    sql "$1; UPDATE T_AQSC_ZS SET GXSJ = '$(shanghai '+%F %T' -d '-1 second')' WHERE ZSID = '$2'"
}

begin taken_over 400 300
in_step
# Of persons with this one certificate, in force and taken over.
candidates="FROM ledger l JOIN province.T_AQSC_ZS z ON z.ZSID = l.source_key
    WHERE l.origin = 2 AND l.state = 1 AND l.stage = 2
        AND (SELECT count(*) FROM province.T_AQSC_ZS o WHERE o.RYBH = z.RYBH) = 1"
with_province() { store "ATTACH '$demo/province.db' AS province; $1"; }
photo=$(with_province "SELECT l.source_key $candidates ORDER BY l.number LIMIT 1")
unseen=$(with_province "ATTACH '$demo/exchange.db' AS exchange; SELECT l.source_key $candidates AND l.source_key <> '$photo'
    AND l.number IN (SELECT certNum FROM exchange.v_anguan WHERE coalesce(major, '') = '') ORDER BY l.number LIMIT 1")
[[ -n $photo && -n $unseen ]] || fail "there is no such certificate"

before=$(asked accepted)
changed "UPDATE T_RYZP SET ZPBB = 'another' WHERE RYBH = (SELECT RYBH FROM T_AQSC_ZS WHERE ZSID = '$photo')" "$photo"
changed "UPDATE T_RYXX SET ZY = '新专业' WHERE RYBH = (SELECT RYBH FROM T_AQSC_ZS WHERE ZSID = '$unseen')" "$unseen"
run_counts "0 1" sync
expect "steps" "$(count steps)" 2
expect "accepted" $(($(asked accepted) - before)) 2
run_counts "0 1" sync --full
expect "once" "$(count steps)" 0
expect "doubled" "$(asked doubled)" 0
run 0 evidence verify
