#!/usr/bin/env bash
# The answer on the telephone: one certificate on all three sides, with and without the platform's query, what a person
# saw, and the statement that is signed; a whole enterprise's list, in which no line is lost; the briefs.
# usage: answers.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

store() { sqlite3 -batch -cmd '.timeout 10000' "$demo/store.db" "$1"; }
# never TEXT FILE…: the text stands in none of them.
never() { ! grep -qsF -e "$1" "${@:2}" || fail "an identity number is shown in full"; }

begin answers 200 120
in_step
number=$(store "SELECT number FROM ledger JOIN holding USING (number) WHERE state = 1 AND category = 'B' ORDER BY number LIMIT 1")
person=$(store "SELECT person FROM holding WHERE number = '$number'")
[[ -n $number && -n $person ]] || fail "nobody holds a B"

say "-- three sides that agree"
run 0 verify "$number"
says "能够比对且一致的项目"
says "${person:0:6}********${person: -4}"
never "$person" "$demo/said" "$demo/problems" "$demo/lianzheng.log"
# Any spelling of the number.
half=$(sed 's/（/(/; s/）/)/' <<<"$number")
run 0 verify " ${half,,} "
says "证书 $number"
run 0 verify "$number" --lang en
says "What could be compared and agrees"

say "-- the province says otherwise"
sql "UPDATE T_RYXX SET XM = '改名人' WHERE RYBH = (SELECT RYBH FROM T_AQSC_ZS WHERE ZSBH = '$number')"
run 1 verify "$number"
says "不一致的项目：姓名。"

say "-- no machine query: the link, and what a person saw"
run 1 verify "$number" --define platform.readback=none
says "未配置人工查询地址（verify.link）"
says "尚无人工查询记录"
run 1 verify "$number" --define platform.readback=none --define verify.link=https://portal.example/look \
    --looked "门户显示有效 $person" --by 李经办 --statement "$demo/statement.html"
says "人工查询：https://portal.example/look"
says "李经办，结果“门户显示有效 ${person:0:6}********${person: -4}”"
never "$person" "$demo/said" "$demo/problems" "$demo/lianzheng.log" "$demo/statement.html"
grep -qF "核验情况说明" "$demo/statement.html" || fail "no statement"
grep -qF "$number" "$demo/statement.html" || fail "the statement does not name its certificate"
run 2 verify "$number" --looked 有效
run 2 verify "$number" --looked " " --by 李经办
run 2 verify "$number" --looked "" --by 李经办

say "-- the platform is away, and the province"
run 1 verify "$number" --define national.base=http://127.0.0.1:1
says "未答复"
says "李经办"
run 69 verify "$number" --define province.url="sqlite3://$demo/absent.db"
run 74 verify "$number" --statement "$demo/absent/statement.html"

say "-- nobody knows it"
run 1 verify 鲁建安B（1900）0000000
says "各方均无此证书"

say "-- a whole list"
sql "UPDATE T_RYXX SET XM = '' WHERE RYBH = (SELECT RYBH FROM T_AQSC_ZS WHERE ZSBH = '$number')"
run "0 1" sync --full
holder=$(store "SELECT person FROM holding JOIN ledger USING (number) WHERE state = 1 AND stage = 2 GROUP BY person HAVING count(*) = 1 ORDER BY person LIMIT 1")
holds=$(store "SELECT number FROM holding WHERE person = '$holder'")
name=$(run 0 explain "$holds" --json; sed -n 's/.*"name": "\(.*\)".*/\1/p' "$demo/said")
[[ -n $name ]] || fail "the holder has no name"
list=$demo/enterprise.csv
printf '%s\r\n' "姓名,尾号" "$number" "$half" "$name,${holder: -4}" "$name，$holder" "$name,${holder: -6}" "" "张三" \
    "$name,0000" "鲁建安B（1900）0000000" >"$list"
run 1 lookup --file "$list" -o "$demo/answers.csv"
never "$holder" "$demo/answers.csv" "$demo/said" "$demo/problems"
# line N TEXT: the answer to line N has it.
line() { grep -q "^$1,.*$2" "$demo/answers.csv" || { cat "$demo/answers.csv" >&2; fail "line $1: not $2"; }; }
expect "lines" "$(grep -c '' "$demo/answers.csv")" 11
line 1 表头
line 2 受阻
line 3 受阻
for each in 4 5 6; do line $each "$holds.*正常"; done
line 7 空行
line 8 "无法识别.*没有证件号码尾号"
line 9 查无
line 10 查无
cp "$demo/answers.csv" "$demo/expected.csv"
iconv -f UTF-8 -t GB18030 "$list" >"$demo/gb.csv"
{ printf '\xEF\xBB\xBF'; cat "$list"; } >"$demo/marked.csv"
for file in gb marked; do
    run 1 lookup --file "$demo/$file.csv" -o "$demo/answers.csv"
    cmp "$demo/answers.csv" "$demo/expected.csv" || fail "$file.csv is answered otherwise"
done
# Two people of one name and one ending.
other=$(store "SELECT number FROM holding WHERE person <> '$holder' AND person <> '$person' ORDER BY person LIMIT 1")
store "UPDATE holding SET person = '000000${holder:6}' WHERE number = '$other'"
store "UPDATE acknowledged SET record = (SELECT record FROM acknowledged WHERE number = '$holds') WHERE number = '$other'"
run 1 lookup --file "$list" -o "$demo/answers.csv"
line 4 "不唯一,有 2 人"
run 1 lookup --file "$list" --lang en -o "$demo/answers.csv"
line 4 "ambiguous,2 people"
run 2 lookup --file "$demo/absent.csv"
# A number with a name beside it; blanks within a name; what is no number; a line that nobody can read.
{
    printf '%s\n' "钱不符,$holds" "$name,$holds" "${holds%?}" "$holds $number"
    printf '\xff\xff\xff\n%s\n' "$holds"
} >"$list"
run 1 lookup --file "$list" -o "$demo/answers.csv"
line 1 "$holds,钱不符,.*不符,"
line 2 "$holds,$name,.*正常"
line 3 "证书编号格式不对"
line 4 "一行有多个证书编号"
line 5 "此行不是可识别的文字"
line 6 "$holds.*正常"
# The list is not overwritten, by whatever name.
cp "$list" "$demo/list.copy"
ln -f "$list" "$demo/list.link"
cp "$list" "$demo/later.csv.part"
run 2 lookup --file "$list" -o "$list"
says "另取文件名"
run 2 lookup --file "$list" -o "$demo/list.link"
run 2 lookup --file "$demo/later.csv.part" -o "$demo/later.csv"
cmp "$list" "$demo/list.copy" || fail "the list was overwritten"

say "-- briefs"
run 0 brief --daily
(($(wc -m <"$demo/said") <= 201)) || fail "a daily brief of $(wc -m <"$demo/said") characters"
says "归集率"
run_counts 0 brief --weekly
expect "valid" "$(count valid)" "$(store 'SELECT count(*) FROM ledger WHERE state = 1')"
expect "collected" "$(count collected)" "$(store 'SELECT count(*) FROM ledger WHERE state = 1 AND stage = 2')"
expect "blocked" "$(count blocked)" "$(store 'SELECT count(*) FROM blocked WHERE dismissed = 0')"
expect "accepted" "$(count accepted)" "$(store "SELECT count(*) FROM attempt WHERE outcome IN ('accepted', 'warned') AND operation NOT LIKE 'check%'")"
refresh_exchange
run "0 1" reconcile --against exchange
run_counts 0 brief --monthly
expect "compared" "$(count compared)" "$(store "SELECT json_extract(counts, '$.compared') FROM run WHERE kind = 'reconcile' ORDER BY id DESC LIMIT 1")"
# Some findings are past their own deadline: the brief and the list of findings say the same of them.
store "UPDATE finding_life SET due_at = 1700000000000
    WHERE number IN (SELECT number FROM finding WHERE is_open = 1 ORDER BY number LIMIT 3)"
run_counts 1 finding list --overdue
late=$(count overdue)
((late >= 3)) || fail "only $late findings are late"
run_counts 0 brief --weekly
expect "overdue findings" "$(count overdue_findings)" "$late"
run 0 brief --daily
says "差异超期${late}项"
run 0 brief --monthly -o "$demo/brief.html"
for part in 归集率 及时率 一致率 办理逾期清单 差异超期清单 2023-11-15 ÷ 口径与未知; do grep -qF "$part" "$demo/brief.html" || fail "the brief lacks $part"; done
run 0 brief --monthly -o "$demo/brief.xlsx" --lang en
xlsx2csv --sheetname Rates "$demo/brief.xlsx" >"$demo/rates.csv"
grep -qF Collected "$demo/rates.csv" || fail "the workbook lacks its rates"
run 2 brief
run 2 brief --daily --weekly
run 2 brief --daily -o "$demo/day.xlsx"
says "日报为 .txt"
run 2 brief --weekly -o "$demo/week.pdf"
run 2 brief --monthly -o "$demo/month.txt"
run 0 brief --daily -o "$demo/day.txt"
run 0 brief --daily --date "$(shanghai -d '-3 days' +%F)"
says "当日未留存"
run 2 brief --daily --date 2999-01-01
