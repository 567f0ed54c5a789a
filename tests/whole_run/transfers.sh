#!/usr/bin/env bash
# Certificates that other provinces took in: explain names the successor of one that is transferred out, reconciliation
# finds one that still lives here, and a platform that does not answer holds up neither.
# usage: transfers.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

store() { sqlite3 -batch -cmd '.timeout 10000' "$demo/store.db" "$1"; }

# taken_in SERIAL NUMBER: 江苏 has made a certificate of its own of NUMBER.
taken_in() {
    local new="苏建安B（2025）000000$1"
    printf '{"certNum":"%s","state":"01","record":{"certNum":"%s","provinceNum":"320000","certState":"01","identityCard":"x","categoryCode":"B","companyName":"外省单位","oldcertNum":"%s"}}\n' \
        "$new" "$new" "$2" >>"$demo/national-state.jsonl"
}

begin transfers 400 300
in_step
gone=$(store "SELECT number FROM ledger WHERE state = 6 ORDER BY number LIMIT 1")
stays=$(store "SELECT number FROM ledger WHERE state = 6 ORDER BY number DESC LIMIT 1")
alive=$(store "SELECT number FROM ledger WHERE state = 1 ORDER BY number LIMIT 1")
[[ -n $gone && -n $alive && $gone != "$stays" ]] || fail "no certificate is transferred out"
stop_everything
taken_in 1 "$gone"
taken_in 2 "$alive"
start_simulator

run 0 explain "$gone"
says "外省已转入：新编号 苏建安B（2025）0000001，省份 320000，状态 有效，单位 外省单位"
run 0 explain "$gone" --json
says '"successor": "苏建安B（2025）0000001"'
run 0 explain "$stays"
says "尚无省份转入此证"
run 0 explain "$gone" --define national.base=http://127.0.0.1:1
says "转入查询未成"

refresh_exchange
run_counts 1 reconcile --against exchange
expect "taken in elsewhere" "$(count taken_elsewhere)" 1
grep -qF "$alive" "$(sed -n 's/.*"file": "\(.*\)\.csv".*/\1.csv/p' <(run 1 reconcile --against exchange --json; cat "$demo/said"))" || fail "the report does not name it"
# Not asked: what is open stays so, and the rest is compared all the same.
run_counts 1 reconcile --against exchange --define national.base=http://127.0.0.1:1
grep -qF 'reconcile.transfers_unknown' "$demo/lianzheng.log" || fail "nobody was told"
expect "still open" "$(store "SELECT count(*) FROM finding WHERE kind = 'taken_elsewhere' AND is_open = 1")" 1
run "0 1" reconcile --against exchange --define reconcile.transfers=false
expect "what nobody asks about is not gone" "$(store "SELECT count(*) FROM finding WHERE kind = 'taken_elsewhere' AND is_open = 1")" 1
