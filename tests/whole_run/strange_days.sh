#!/usr/bin/env bash
# Days on which the province behaves strangely, under the fuse as it is shipped: a thousand rows that show late, every row
# touched, an empty view, a third of it gone, 15 % cancelled at once, another mapping.
# usage: strange_days.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

now() { shanghai +%T; }
evolve() { "$simulator" evolve --url "$province_url" --day "$today" --time "$(now)" --seed 7 --out "$demo" "$@" >/dev/null; }
# A day's changes are stamped up to minutes ahead of the clock: a watermark does not see those.
at_once() { sql "UPDATE T_AQSC_ZS SET GXSJ = '$today $(now)' WHERE GXSJ > '$today $(now)'"; }

# stopped REASON: full passes and others queue nothing and say why, the log too; the platform is not asked.
stopped() {
    local calls
    calls=$(asked calls)
    for pass in "" --full; do
        run_counts 1 sync $pass
        grep -q '"result": "fuse"' "$demo/answer.json" || fail "the fuse let a pass through"
        grep -q 'sync.fuse reason='"$1"' ' "$demo/lianzheng.log" || fail "not stopped for the reason $1"
        : >"$demo/lianzheng.log"
        run 1 sync $pass
        says "已熔断，未发送任何数据"
    done
    expect "calls while stopped" "$(asked calls)" "$calls"
}

# accepted: what was asked for is let through, and once.
accepted() {
    local steps before
    steps=$(count steps)
    before=$(asked accepted)
    run_counts "0 1" sync --accept "$steps"
    expect "accepted after --accept $steps" "$(count accepted)" "$steps"
    run_counts "0 1" sync --full
    expect "steps after that" "$(count steps)" 0
    expect "events at the platform" "$(asked accepted)" $((before + steps))
}

begin strange 4500 4300 --defects 0
in_step

# ---- a thousand late rows -------------------------------------------------------------------------------------------
evolve --events 1
at_once
run "0 1" sync
evolve --events 0 --late 1000
run_counts "0 1" sync
expect "late" "$(count late)" 1000
expect "accepted" "$(count accepted)" 1000
run_counts "0 1" sync --full
expect "missed by the watermark" "$(count missed)" 0
collect_licences

# ---- every row touched ----------------------------------------------------------------------------------------------
calls=$(asked calls)
sed -i '$ascan.overlap.rows = 2000' "$demo/lianzheng.properties"
evolve --events 0 --touch-all
at_once
run_counts "0 1" sync
rows=$(count rows)
((rows > 5000)) || fail "only $rows rows were read of those touched"
expect "unchanged" "$(count unchanged)" "$rows"
for again in 1 2 3; do
    run_counts "0 1" sync
    # The overlap's bound, and the page that it ends in.
    (($(count rows) <= 4000)) || fail "pass $again after the touch read $(count rows) rows"
done
expect "calls for a touch" "$(asked calls)" "$calls"

# ---- the view -------------------------------------------------------------------------------------------------------
evolve --events 0 --empty-view
stopped lost
says "省库视图缺失"
evolve --events 0 --restore-view
evolve --events 0 --lose 33
stopped lost
evolve --events 0 --restore-view
run_counts "0 1" sync --full
expect "steps when the view is whole again" "$(count steps)" 0

# ---- 15 % cancelled -------------------------------------------------------------------------------------------------
evolve --events 0 --mass-cancel 15
at_once
stopped terminal
run_counts 1 sync
accepted
verify_against_truth >"$demo/differences" || { cat "$demo/differences"; fail "the platform differs from the province"; }

# ---- another mapping ------------------------------------------------------------------------------------------------
cp -r "$root/mappings" "$demo/mappings"
sed -i "s|^province.mapping = .*|province.mapping = mappings/anguan.yaml|" "$demo/lianzheng.properties"
sed -i 's|{when: {ZW: 总工}, constant: "05"}|{when: {ZW: 总工}, constant: "99"}|' "$demo/mappings/anguan.yaml"
stopped mapping
run_counts 1 sync
accepted
run 0 evidence verify
expect "doubled" "$(asked doubled)" 0
