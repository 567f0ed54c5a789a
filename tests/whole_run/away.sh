#!/usr/bin/env bash
# The other two away, from the start and in the middle of a push: 69, what was queued waits, and once they are back each
# step is done exactly once.
# usage: away.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

# slowly [OPTION…]: the first sync in the background, at a pace that leaves time to break something, until ten are taken.
slowly() {
    platform faults '{"latency":1,"latency-ms":40}' >/dev/null
    "$lianzheng" sync --first-run --define push.concurrency=2 "$@" -c "$demo/lianzheng.properties" >"$demo/said" \
        2>"$demo/problems" </dev/null &
    gateway_process=$!
    until_so "ten are taken" has_taken 10
}
at_full_speed() { platform faults '{"latency":0}' >/dev/null; }
# queued: how many steps wait.
queued() { run_counts "0 1" status; count outbox; }

begin province_away_at_the_start 60 0
mv "$demo/province.db" "$demo/away.db"
run 69 sync --first-run
says "省库暂时无法访问"
run 69 check
mv "$demo/away.db" "$demo/province.db"
run "0 1" sync --first-run
complete

begin province_away_in_mid_run 300 0
slowly
mv "$demo/province.db" "$demo/away.db"
at_full_speed
ended 69
says "省库暂时无法访问"
(($(queued) > 0)) || fail "nothing was left to do: the province went too late"
run 69 sync
mv "$demo/away.db" "$demo/province.db"
complete

begin platform_away_at_the_start 60 0
end "$simulator_process"
run 69 sync --first-run
says "部平台暂时无法访问"
(($(queued) > 50)) || fail "what could not be sent was not kept"
start_simulator
complete

begin platform_away_in_mid_run 300 0
slowly
end "$simulator_process"
ended 69
says "部平台暂时无法访问"
(($(queued) > 0)) || fail "nothing was left to do: the platform went too late"
start_simulator
complete
