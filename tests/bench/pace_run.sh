#!/usr/bin/env bash
# The pace that is found of the simulator's hidden limit, in real time: a first run of a province against it, a minute to
# warm up, then LIANZHENG_BENCH_PACE_MINUTES (2) minutes counted by the simulator. Says what share of the allowed items
# was used, and what share was refused for its speed.
# usage: pace_run.sh LIANZHENG LIANZHENG_SIM [LIMIT]
source "$(dirname -- "${BASH_SOURCE[0]}")/../whole_run/world.sh" "$@"
limit=${3:-50}
minutes=${LIANZHENG_BENCH_PACE_MINUTES:-2}

# tally: items of 赋码 that passed, and those refused for speed, since the simulator began.
tally() {
    local stats
    stats=$(platform stats)
    printf '%s %s\n' "$(grep -oE '"assign":\{[^}]*' <<<"$stats" | grep -oE '"accepted":[0-9]+' | cut -d: -f2)" \
        "$(grep -oE '操作太快[^:]*:[0-9]+' <<<"$stats" | cut -d: -f2 || true)"
}

begin pace $((limit * 60 * (minutes + 2))) 0 >/dev/null
platform faults "{\"throttle\":$limit}" >/dev/null
"$lianzheng" sync --first-run -c "$demo/lianzheng.properties" >"$demo/said" 2>"$demo/problems" &
pushing=$!
# Its reading comes first; the minute begins with the first event.
until [[ $(asked accepted) -gt 0 ]]; do sleep 1; done
sleep 60
for ((minute = 1; minute <= minutes; ++minute)); do
    read -r passed refused < <(tally)
    sleep 60
    read -r passed_by refused_by < <(tally)
    awk -v m="$minute" -v l="$limit" -v p=$((passed_by - passed)) -v r=$((${refused_by:-0} - ${refused:-0})) 'BEGIN {
        printf "minute %d: %d a second allowed, %.1f %% of it used (wanted 95), %.2f %% refused for speed (wanted at most 0.5)\n",
            m, l, 100 * p / (60 * l), 100 * r / (p + r) }'
done
"$lianzheng" status -c "$demo/lianzheng.properties" --lang en | grep '^pace assign'
kill -TERM "$pushing"
wait "$pushing" || true
