#!/usr/bin/env bash
# Differences of every class, planted one by one and in clumps: each is found, once, and nothing else.
# usage: planted.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"
source "$root/tests/whole_run/planting.sh"

begin planted 8000 7600
province=$demo/province.db exchange=$demo/exchange.db store=$demo/store.db plan=$demo/plan.db each=9
in_step
refresh_exchange
stop_everything
plant_rule_conflicts
run "0 1 69" sync
run_counts "0 1" reconcile --against exchange
expect "rule conflicts" "$(count rule_conflict)" "$each"
choose_victims
plant_in_flight
run "0 1 69" sync
plant_differences
run_counts 1 reconcile --against exchange
planted_as_expected || fail "planted and found differ"
expect "in flight" "$(count in_flight)" "$(on_all "SELECT count(*) FROM victim WHERE class = 'in_flight'")"
expect "each counted once" "$(count findings)" "$(on_all "SELECT count(*) FROM found")"
