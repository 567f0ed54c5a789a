#!/usr/bin/env bash
# Two services on one store, and a port that is taken: the second says so and ends, the first goes on unharmed.
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
