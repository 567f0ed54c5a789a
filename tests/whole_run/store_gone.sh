#!/usr/bin/env bash
# The store's PostgreSQL server goes away, at the start, in the middle of a push and under a running service, and comes
# back: 74 or a connection made again, and then each step is done exactly once.
# usage: store_gone.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

# A database of this test's own can be shut without shutting the server.
database=lz_run_$$
drop_database() { on_postgres "DROP DATABASE IF EXISTS $database WITH (FORCE)" >/dev/null; }
shut() {
    on_postgres "ALTER DATABASE $database WITH ALLOW_CONNECTIONS false" >/dev/null
    cut_off
}
cut_off() { on_postgres "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '$database'" >/dev/null; }
open_again() { on_postgres "ALTER DATABASE $database WITH ALLOW_CONNECTIONS true" >/dev/null; }
at_the_end() { drop_database || true; }

# fresh NAME SIZE: a world whose store is an empty database.
fresh() {
    drop_database
    on_postgres "CREATE DATABASE $database" >/dev/null
    store_url=${LIANZHENG_TEST_POSTGRES/dbname=+([^ ])/dbname=$database}
    begin "$1" "$2" 0
}
shopt -s extglob

# pushing: the first sync in the background, at a pace that leaves time to break something, until ten are taken.
pushing() {
    platform faults '{"latency":1,"latency-ms":40}' >/dev/null
    "$lianzheng" sync --first-run --define push.concurrency=2 -c "$demo/lianzheng.properties" >"$demo/said" \
        2>"$demo/problems" </dev/null &
    gateway_process=$!
    until_so "ten are taken" has_taken 10
}
at_full_speed() { platform faults '{"latency":0}' >/dev/null; }

fresh away_at_the_start 60
shut
run 74 sync --first-run
says "本机状态库暂时无法访问"
run 74 status
open_again
run "0 1" sync --first-run
complete

fresh cut_in_mid_run 200
pushing
cut_off
at_full_speed
status=0
until_so "sync ends" has_ended "$gateway_process"
wait "$gateway_process" || status=$?
gateway_process=
((status == 74 || status <= 1)) || fail "a cut connection ended sync with $status"
complete

fresh away_in_mid_run 200
pushing
shut
at_full_speed
ended 74
says "本机状态库"
run 74 sync
open_again
complete

fresh away_under_the_service 60
run "0 1" sync --first-run
serve
shut
ended 74
says "本机状态库"
grep -q 'Error serve.failed where=store' "$demo/lianzheng.log" || fail "the log does not say why the service ended"
open_again
complete
