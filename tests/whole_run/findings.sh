#!/usr/bin/env bash
# The life of findings through the program: each says why, people acknowledge, assign and accept, chosen ones are
# repaired and the next run verifies it, and what was done stays readable.
# usage: findings.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

store() { sqlite3 -batch -cmd '.timeout 10000' "$demo/store.db" "$1"; }
# number_of KIND AT: the AT-th certificate with an open finding of the kind and no other.
number_of() {
    store "SELECT number FROM finding WHERE is_open = 1 GROUP BY number
        HAVING COUNT(*) = 1 AND MIN(kind) = '$1' ORDER BY number LIMIT 1 OFFSET $(($2 - 1))"
}

begin findings 400 300
run_counts 1 reconcile --against sample
expect "looked at in an empty ledger" "$(count drawn)" 0
run 1 reconcile --against sample
says "什么也没有说明"
if grep -q '不一致率' "$demo/said"; then fail "a rate of nothing"; fi
in_step
tamper_and_refresh
run_counts 1 reconcile --against exchange
all=$(count findings)
run 1 finding list
says "最后一次受理的内容不同，可能在别处被改动"
says "限期 "
run_counts 1 finding list --json
expect "listed" "$(count findings)" "$all"
run 0 finding list --overdue

known=$(number_of state_mismatch 1)
left=$(number_of field_mismatch 1)
mended=$(number_of field_mismatch 2)
untouched=$(number_of field_mismatch 3)
[[ -n $known && -n $left && -n $mended && -n $untouched ]] || fail "not enough was tampered with"
run 0 finding acknowledge "$known" --by 王五 --reason "已电话核实"
# An identity number is in neither the history nor the audit, whoever gives it for a name.
run 0 finding acknowledge "$known" --by 370523199001010460 --reason "370523199001010460 来电"
run 0 finding history "$known"
says "370523********0460 来电"
says "已知悉"
expect "identity numbers in what is kept" "$(store "SELECT (SELECT COUNT(*) FROM audit WHERE actor || detail LIKE '%19900101%')
    + (SELECT COUNT(*) FROM finding_event WHERE actor || note LIKE '%19900101%')")" 0
run 0 finding assign "$known" --to 370200 --by 王五 --reason "请青岛市核实"
run 1 finding list --stage assigned
says "$known"
says "已转办"
says "请青岛市核实"
# The assignee sees it, and the city of the certificate still does.
own=$(store "SELECT authority FROM finding WHERE number = '$known'")
for city in 370200 "$own"; do
    run 1 finding list --city "$city"
    says "$known"
done
run 0 finding accept "$left" --until "$(shanghai -d '+30 days' +%F)" --reason "部平台正在更正"
run_counts 1 finding list
expect "accepted ones are not open" "$(count findings)" $((all - 1))
run 0 finding list --stage accepted
says "$left"

# An acceptance does not end unsaid; of what nobody has spoken of nothing is taken back.
run 2 finding acknowledge "$left"
says "finding reopen"
run 2 finding assign "$left" --to 370200
run 0 finding reopen "$left"
run 0 finding history "$left"
says "已撤回"
run 0 finding accept "$left" --until "$(shanghai -d '+30 days' +%F)" --reason "部平台正在更正"
run 0 finding reopen "$untouched"
says "没有可撤回的处理"
expect "events of an untouched one" "$(store "SELECT COUNT(*) FROM finding_event WHERE number = '$untouched'")" 1

# What cannot be so is refused with its remedy.
run 2 finding list --kind foo
says "state_mismatch"
run 2 finding list --city xx
says "370300 淄博"
run 2 finding list --city 青岛
run 2 blocked list --city xx
run 0 finding list --city 泰安 --kind stuck_99
run 2 finding accept "$known" --until "$(shanghai -d '+30 days' +%F)" --reason "　 "
run 2 finding acknowledge "$known" --by " "
run 2 reconcile --against exchange --repair --only "鲁建安B（1999）0000001"
says "--only：鲁建安B（1999）0000001"
run 2 finding accept "$known" --until 2020-01-01 --reason x
says "--until"
run 2 finding accept "$known" --until soon --reason x
says "yyyy-MM-dd"
run 2 finding assign "$known" --to 999999
says "370300 淄博"
run 2 finding acknowledge "鲁建安B（1999）0000001"
says "finding list"
run 2 finding acknowledge 12345
run 2 finding acknowledge "$known" --field name
run 2 reconcile --only "$known"
says "请一并给出 --repair"

# Chosen ones alone are repaired; the next run verifies it.
run "0 1" reconcile --against exchange --repair --only "$mended"
run 1 finding list --stage repairing
says "$mended"
collect_licences
refresh_exchange
run_counts 1 reconcile --against exchange
run 0 finding history "$mended"
says "修复中"
says "已修复"
run 0 finding history "$untouched"
expect "the others stay as they are" "$(grep -c . "$demo/said")" 1
run 0 finding history "$known"
says "王五"
says "请青岛市核实"

# Whatever is repaired, what is accepted stays so, and nothing is sent for it unless it is named.
attempts() { store "SELECT COUNT(*) FROM attempt WHERE number = '$1' AND operation NOT LIKE 'query%'"; }
still_accepted() {
    run 0 finding list --stage accepted
    says "$left"
    says "部平台正在更正"
}
sent=$(attempts "$left")
run "0 1" reconcile --against exchange --repair
expect "sent for what is accepted" "$(attempts "$left")" "$sent"
still_accepted
run 0 finding history "$untouched"
says "修复中"
run "0 1" reconcile --against exchange --repair --only "$left"
(($(attempts "$left") > sent)) || fail "nothing was sent for what was named"
still_accepted
collect_licences
refresh_exchange
run "0 1" reconcile --against exchange
run 0 finding history "$left"
says "已关闭"
expect "the counts add up" "$(store "SELECT (SELECT COUNT(*) FROM finding_event WHERE what IN ('opened', 'reopened'))
    = (SELECT COUNT(*) FROM finding_event WHERE what IN ('closed', 'repaired'))
    + (SELECT COUNT(*) FROM finding WHERE is_open = 1)")" 1

# What the platform accepted after its view was made is excused: yesterday's view is no accusation.
begin fresher 400 300
refresh_exchange
run 0 adopt --from exchange
run "0 1" sync --first-run
run_counts "0 1" reconcile --against exchange
excused=$(count fresher) others=$(count differing)
((excused > 0)) || fail "nothing was accepted since"
expect "missed" "$(count missing_national)" 0
list=$(ls -t "$demo"/reports/*.excused.txt | head -n 1)
expect "excused by name" "$(grep -c '之后受理了本证的业务' "$list")" "$excused"
run 0 report verify "$demo/reports"
run_counts 1 reconcile --against exchange --define "exchange.as.of=$(shanghai -d '+1 day' '+%F %T')"
expect "excused" "$(count fresher)" 0
expect "differing" "$(count differing)" $((others + excused))
refresh_exchange
run_counts "0 1" reconcile --against exchange
expect "missed no more" "$(count missing_national)" 0
# While a finding is open somebody is needed, whatever this run was against.
begin found_elsewhere 120 80 --defects 0
in_step
tamper_and_refresh
run 1 reconcile --against exchange
run_counts 1 reconcile --against ledger
expect "findings against the ledger" "$(count findings)" 0

# What nobody can read is acted upon by what is shown of it: a row's key, and words for numbers, one of them a person's.
begin unreadable 120 80 --defects 0
in_step
refresh_exchange
sqlite3 "$demo/exchange.db" "UPDATE v_anguan SET certNum = '370523199001010460' WHERE certNum = (SELECT min(certNum) FROM v_anguan);
    UPDATE v_anguan SET certNum = '鲁建安 待补' WHERE certNum = (SELECT max(certNum) FROM v_anguan);
    UPDATE v_anguan SET certNum = '' WHERE certNum = (SELECT max(certNum) FROM v_anguan WHERE certNum LIKE '鲁建安B%');"
key=$(sqlite3 "$demo/province.db" "SELECT ZSID FROM T_AQSC_ZS ORDER BY ZSBH LIMIT 1 OFFSET 40")
sql "UPDATE T_AQSC_ZS SET ZSBH = '待补' WHERE ZSID = '$key'"
run 1 reconcile --against exchange
page=$(ls -t "$demo"/reports/*.html | head -n 1)
run 1 finding list
says "finding acknowledge '"
cp "$demo/said" "$demo/list"
for shown in "源主键 $key" "鲁建安 待补" "（无编号）" "370523********0460"; do
    for where in "$demo/list" "$page"; do grep -qF -e "$shown" "$where" || fail "not in $where: $shown"; done
    run 0 finding acknowledge "$shown" --by 王五
    run 0 finding assign "$shown" --to 370200
    run 0 finding accept "$shown" --until "$(shanghai -d '+30 days' +%F)" --reason "待更正"
    run 0 finding reopen "$shown"
    run 0 finding history "$shown"
    says "王五"
    says "已撤回"
done
run 0 finding acknowledge "源主键$key"
run 0 finding acknowledge "row:$key"
run 2 finding acknowledge "源主键 x$key"
says "照其原样"
expect "a person's number in the audit" "$(store "SELECT COUNT(*) FROM audit WHERE detail LIKE '%19900101%'")" 0
# Two that are shown alike are told apart by the whole, which stands on no command line.
sqlite3 "$demo/exchange.db" "UPDATE v_anguan SET certNum = '370523199102020460' WHERE certNum = '鲁建安 待补'"
run 1 reconcile --against exchange
run 2 finding acknowledge "370523********0460"
says "标准输入"
"$lianzheng" finding acknowledge - -c "$demo/lianzheng.properties" <<<370523199102020460 >"$demo/said" ||
    fail "not acknowledged from standard input"
expect "acknowledged of the two" "$(store "SELECT l.number FROM finding_life l JOIN finding f USING (number, kind, field)
    WHERE l.number LIKE '370523%' AND l.stage = 1 AND f.is_open = 1")" 370523199102020460
run 2 blocked dismiss "源主键 x$key" --reason 演示
run "0 1" sync --full
run 0 blocked dismiss "源主键 $key" --reason 演示
