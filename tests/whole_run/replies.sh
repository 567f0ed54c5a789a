#!/usr/bin/env bash
# Bytes that make no sense: a row of garbage holds up nobody, and a reply of 100 MB is neither kept nor believed.
# usage: replies.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

begin garbage_row 60 0 --defects 0
key=$(sql "SELECT ZSID FROM V_ANGUAN WHERE SPZT = '2' AND SCBZ = '0' AND CSBZ = '0' AND ZXLX = '' AND ZCBZ IS NULL
    AND YXQZ > '2' AND ZKBZ IS NULL AND QTBZ = '0' AND YWLX = '10' LIMIT 1")
person=$(sql "SELECT RYBH FROM T_AQSC_ZS WHERE ZSID = '$key'")
name=$(sql "SELECT XM FROM T_RYXX WHERE RYBH = $person")
sql "UPDATE T_RYXX SET XM = X'FF00FE80C3' WHERE RYBH = $person"
run 1 sync --first-run
expect "others accepted" "$(($(asked accepted) > 30))" 1
run_counts 1 blocked list
rows=$(count blocked)
((rows >= 1)) || fail "the row of garbage was not set aside"
grep -q '"reason": "encoding"' "$demo/answer.json" || fail "not for its encoding"
grep -q "\"source_key\": \"$key\"" "$demo/answer.json" || fail "another row was set aside"
sql "UPDATE T_RYXX SET XM = '$name' WHERE RYBH = $person"
complete
run 0 blocked list

begin hundred_megabytes 60 0 --defects 0
platform faults '{"at":"3:huge,11:huge,12:huge"}' >/dev/null
run 0 sync --first-run --wait 2s --define log.level=debug
expect "replies of 100 MB" "$(asked huge)" 3
sqlite3 "$demo/store.db" "SELECT count(*) FROM attempt WHERE message = 'too_large' AND outcome = 'in_doubt'" >"$demo/doubts"
expect "of them in doubt" "$(<"$demo/doubts")" 3
complete
