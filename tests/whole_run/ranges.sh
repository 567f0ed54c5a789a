#!/usr/bin/env bash
# Province and view on PostgreSQL: what has not changed since the last reconciliation is not read again, and whatever is
# remembered, damaged or gone, each run finds what a run finds that reads everything.
# usage: ranges.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

new_schema
province_url=$schema_url
begin ranges 2000 1900
in_step
refresh_exchange
stop_everything

# The view moves to PostgreSQL, where it is read from now on.
new_schema
view_url=$schema_url
on_view() { psql -Xqtv ON_ERROR_STOP=1 "${view_url#postgresql://}" -c "$1"; }
on_view "CREATE TABLE v_anguan ($(sqlite3 "$demo/exchange.db" \
    "SELECT group_concat(name || ' text', ', ') FROM pragma_table_info('v_anguan')"))"
sqlite3 -csv "$demo/exchange.db" "SELECT * FROM v_anguan" | on_view "\\copy v_anguan FROM STDIN WITH (FORMAT csv)"
sed -i "s#^exchange\.url = .*#exchange.url = $view_url#" "$demo/lianzheng.properties"
printf '%s\n' 'reconcile.ranges = ranges' 'reconcile.transfers = false' >>"$demo/lianzheng.properties"

# reconciled PROVINCE VIEW: so many rows are recalled of either, and what is found is what a run without memory finds.
reconciled() {
    run_counts "0 1" reconcile --against exchange
    expect "recalled of the province" "$(count recalled_province)" "$1"
    expect "recalled of the view" "$(count recalled_platform)" "$2"
    found >"$demo/remembering"
    run "0 1" reconcile --against exchange --define reconcile.ranges="$demo/elsewhere" --json
    cp "$demo/said" "$demo/answer.json"
    rm -r "$demo/elsewhere"
    found >"$demo/reading"
    diff "$demo/reading" "$demo/remembering" || fail "what is remembered was not what is there"
}
# Every count of the last answer but the run's own.
found() { grep -E '^ *"[a-z_]+": [0-9]+,?$' "$demo/answer.json" | grep -vE '"(run|recalled_[a-z]+|exit_code)"'; }
rows_of_province=$(sql "SELECT count(*) FROM v_anguan WHERE spzt = '2' AND scbz = '0' AND csbz = '0'")
rows_of_view=$(on_view "SELECT count(*) FROM v_anguan")

reconciled 0 0
reconciled "$((rows_of_province))" "$((rows_of_view))"

# Ten rows of either side say something else, one is gone and one is new.
few="IN (SELECT zsid FROM t_aqsc_zs WHERE spzt = '2' AND scbz = '0' AND csbz = '0' ORDER BY zsid LIMIT 10)"
sql "UPDATE t_aqsc_zs SET zw = '某岗位' WHERE zsid $few"
on_view "UPDATE v_anguan SET name = '某人' WHERE certnum IN (SELECT certnum FROM v_anguan ORDER BY certnum DESC LIMIT 10);
    DELETE FROM v_anguan WHERE certnum = (SELECT min(certnum) FROM v_anguan);
    INSERT INTO v_anguan (certnum, certstate) VALUES ('鲁建安C3（2024）9999999', '01')"
before=$(count findings)
run_counts 1 reconcile --against exchange
(($(count recalled_province) > rows_of_province - 30 && $(count recalled_province) < rows_of_province)) ||
    fail "$(count recalled_province) of $rows_of_province rows were recalled"
(($(count recalled_platform) > rows_of_view - 30 && $(count recalled_platform) < rows_of_view)) ||
    fail "$(count recalled_platform) of $rows_of_view rows were recalled"
(($(count findings) > before)) || fail "nothing was found"
reconciled "$((rows_of_province))" "$((rows_of_view))"

# A file that is damaged, and a folder that is none.
printf 'x' | dd of="$demo/ranges/province-exchange.ranges" bs=1 seek=100 conv=notrunc status=none
run_counts 1 reconcile --against exchange
(($(count recalled_province) < rows_of_province)) || fail "a damaged range was recalled"
reconciled "$((rows_of_province))" "$((rows_of_view))"
rm -r "$demo/ranges"
printf 'no folder' >"$demo/ranges"
reconciled 0 0
grep -q 'reconcile.ranges_unkept where=reconcile.ranges code=write' "$demo/lianzheng.log" || fail "nobody was told"
