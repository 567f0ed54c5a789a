#!/usr/bin/env bash
# Two services on one store, and a port that is taken: the second says so and ends, the first goes on unharmed. So does
# one whose daily reconciliation fails.
# usage: daemons.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

healthy() { [[ $(health healthz) == ok && $(health readyz) == ok ]]; }
one_daemon_a_store() {
    serve
    until_so "the first is ready" healthy
    run 74 serve
    says "one daemon a store"
    run 74 adopt --from exchange
    healthy || fail "the first was harmed"
    # What others ask, it does for them.
    run "0 1" sync
    says "已交由其办理"
    kill -TERM "$gateway_process"
    ended 0
}

begin two_on_sqlite 60 20
in_step
one_daemon_a_store
complete

# Several people ask the running service at the same time; each is answered, in the language he asked in.
begin at_the_counter 60 20
in_step
serve
until_so "it is ready" healthy
mapfile -t numbers < <(sqlite3 -batch "$demo/store.db" "SELECT number FROM ledger WHERE state = 1 ORDER BY number LIMIT 6")
((${#numbers[@]} == 6)) || fail "six certificates in step: ${#numbers[@]}"
asking=()
for number in "${numbers[@]}"; do
    timeout 60 "$lianzheng" resync "$number" --reason 窗口 -c "$demo/lianzheng.properties" >"$demo/said.$number" 2>&1 </dev/null &
    asking+=($!)
done
for process in "${asking[@]}"; do wait "$process" || fail "a resync ended with $?"; done
for number in "${numbers[@]}"; do
    grep -qF "另一进程正在推送，已交由其办理" "$demo/said.$number" || fail "not carried out: $(<"$demo/said.$number")"
done
run 0 resync "${numbers[0]}" --reason counter --lang en
says "carried out by the process that pushes"
# A blocked certificate that is seen to, through the service.
run "0 1" blocked list --json
blocked=$(grep -oE '"number": "[^"]+"' "$demo/said" | head -n 1 | cut -d'"' -f4)
[[ -n $blocked ]] || fail "the demonstration has a blocked certificate"
run 0 blocked dismiss "$blocked" --reason 已知悉
run "0 1" blocked list
! grep -qF "$blocked" "$demo/said" || fail "still shown: $blocked"
run "0 1" blocked list --all
says "$blocked"
# While pushing is paused a resync is queued and says so.
run 0 pause --reason 演示
run 1 resync "${numbers[1]}" --reason 窗口
says "推送已暂停"
run 0 resume
kill -TERM "$gateway_process"
ended 0
complete

new_schema
store_url=$schema_url
begin two_on_postgres 60 20
in_step
one_daemon_a_store
complete
store_url=

begin port_taken 60 20
in_step
serve
until_so "it listens" healthy
taken=$(sed -n 's/.*serve.listening port=//p' "$demo/lianzheng.log")
run 78 serve --define http.address="127.0.0.1:$taken" --define store.url="sqlite3://$demo/other.db"
says "http.address"
healthy || fail "the first was harmed"
kill -TERM "$gateway_process"
ended 0
complete

# goes_on_pushing EVENT: the daily reconciliation ends with EVENT; what is decided afterwards is pushed all the same, in
# passes of which none reconciles again.
goes_on_pushing() {
    local before
    serve
    until_so "the reconciliation fails" grep -qF " reconcile.$1" "$demo/lianzheng.log"
    before=$(asked accepted)
    "$simulator" evolve --url "$province_url" --day "$today" --time 00:00:00 --seed 1 --events 20 --out "$demo" >/dev/null
    sql "UPDATE T_AQSC_ZS SET GXSJ = '$today $(shanghai +%T)' WHERE GXSJ > '$today'"
    until_so "it pushes" has_taken $((before + 1))
    healthy || fail "unwell after reconcile.$1"
    kill -TERM "$gateway_process"
    ended 0
    expect "reconciliations" "$(grep -c ' reconcile\.' "$demo/lianzheng.log")" 1
}

begin exchange_file_broken 60 20
in_step
printf 'certNum,name\n"broken' >"$demo/view.csv"
sed -i 's/^exchange.url = .*/exchange.file = view.csv/' "$demo/lianzheng.properties"
goes_on_pushing "failed where=exchange.file code=line:2"
complete

begin exchange_file_not_there 60 20
in_step
sed -i 's/^exchange.url = .*/exchange.file = view.csv/' "$demo/lianzheng.properties"
goes_on_pushing "deferred where=exchange.file code=no_file"
complete

begin reports_not_writable 60 20
in_step
: >"$demo/reports"
goes_on_pushing "failed where=report"
complete
