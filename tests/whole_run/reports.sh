#!/usr/bin/env bash
# The files of a reconciliation, as operators get them: sealed and verified, a package for each city with its rows alone,
# identity numbers masked unless somebody says why not.
# usage: reports.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

settings() { printf '%s\n' "$@" >>"$demo/lianzheng.properties"; }
store() { sqlite3 -batch -cmd '.timeout 10000' "$demo/store.db" "$1"; }

begin reports 400 300
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out "$demo/keys/seal.pem" 2>/dev/null
openssl pkey -in "$demo/keys/seal.pem" -pubout -out "$demo/keys/seal.pub.pem"
settings "evidence.seal = sm2" "evidence.seal.key.file = keys/seal.pem"
in_step

cp "$demo/province.db" "$demo/before.db"
# Identity numbers of other people at the platform, for which the report shows both.
sql "UPDATE T_RYXX SET ZJHM = substr(ZJHM, 1, 6) || '19700101' || substr(ZJHM, 15) WHERE length(ZJHM) = 18 AND RYBH % 3 = 0"
run 1 reconcile --against ledger
findings=$(store "SELECT count(*) FROM finding WHERE is_open = 1")
((findings > 20)) || fail "only $findings findings"
id=$(store "SELECT max(id) FROM run WHERE kind = 'reconcile'")
number=$(store "SELECT provincial_value FROM finding WHERE field = 'identityCard' AND is_open = 1 LIMIT 1")
[[ -n $number ]] || fail "no identity number differs"

say "-- verify"
run 0 report verify "$demo/reports"
run 0 report verify "$demo/reports" --lang en
sed '/^seal /d' "$demo/reports/$id.manifest" >"$demo/text"
sed -n 's/^seal //p' "$demo/reports/$id.manifest" | python3 -c \
    'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))' >"$demo/seal"
openssl dgst -sm3 -verify "$demo/keys/seal.pub.pem" -sigopt distid:1234567812345678 -signature "$demo/seal" "$demo/text" \
    >/dev/null || fail "openssl refuses the seal"
cp -r "$demo/reports" "$demo/changed"
printf x >>"$demo/changed/$id.csv"
rm "$demo/changed/$id.xlsx"
: >"$demo/changed/note.txt"
run 76 report verify "$demo/changed"
for problem in "$id.csv：内容被改动过" "$id.xlsx：文件缺失" "note.txt：任何清单均未列出"; do
    grep -qF "$problem" "$demo/problems" || fail "not said: $problem"
done
sed -i "s/^made_at .*/made_at 0/" "$demo/changed/$id.manifest"
run 76 report verify "$demo/changed" --json
says '"problem": "malformed"'
run 76 report verify "$demo/keys"
mkdir "$demo/empty"
run 1 report verify "$demo/empty"
run 1 report verify "$demo/reports" --define evidence.seal=none --define evidence.seal.key.file=

say "-- masked, unless somebody says why not"
! grep -rqF "$number" "$demo/reports" || fail "an identity number in a report"
run 2 report export "$id" --unmask -o "$demo/full.csv" --format csv
run 2 report export "$id" --unmask --reason "   " -o "$demo/full.csv" --format csv
run 2 report export "$id" --unmask --reason "" -o "$demo/full.csv" --format csv
run 2 report export 99999
says "没有编号为 99999 的对账"
run 2 report export "$id" --format xlsx
run 0 report export "$id" --unmask --reason 核对身份 -o "$demo/full.csv" --format csv
grep -qF "$number" "$demo/full.csv" || fail "no identity number in full"
expect "the audit" "$(store "SELECT count(*) FROM audit WHERE action = 'report.unmask' AND actor = 'cli:$(id -un)' AND detail = 'run $id to $demo/full.csv: 核对身份'")" 1
run 0 report export "$id" --format csv
says "$(store "SELECT number FROM finding WHERE is_open = 1 LIMIT 1")"
! grep -qF "$number" "$demo/said" || fail "unmasked once, unmasked for ever"

say "-- a run that failed or was stopped is none"
store "INSERT INTO run (id, kind, started_at, ended_at, result, counts)
    SELECT $id + 1000 + n, 'reconcile', started_at, CASE n WHEN 3 THEN NULL ELSE ended_at END, word, '{\"against\":\"ledger\",\"compared\":1}'
    FROM run, (SELECT 1 AS n, 'failed' AS word UNION SELECT 2, 'stopped' UNION SELECT 3, '') WHERE id = $id"
run 0 report show
grep -v 状态截至 "$demo/said" >"$demo/last"  # as of when it is shown
run 0 report show "$id"
grep -v 状态截至 "$demo/said" | cmp -s - "$demo/last" || fail "the last report is not that of the last whole run"
run 0 report export --format csv
for failed in 1001 1002; do
    run 2 report show $((id + failed))
    says "只比对了一部分"
done
run 2 report export $((id + 1003)) --lang en
says "is not finished"
run 0 report list
says unfinished
store "DELETE FROM run WHERE id > $id + 1000"

say "-- a package a city"
run 0 report export "$id" --per-city "$demo/cities"
run 2 report export "$id" --per-city "$demo/cities"
run 0 report verify "$demo/cities"
listed=0
for folder in "$demo"/cities/*/; do
    city=$(jq -r .authority "$folder/$id.json")
    [[ $(basename "$folder") == "$city"-* ]] || fail "the folder of $city is called otherwise"
    own=$(jq '.items | length' "$folder/$id.json")
    listed=$((listed + own))
    expect "authorities of $city" "$(jq -r '[.items[].authority, .authorities[].id, .authority] | unique | join(" ")' "$folder/$id.json")" "$city"
    expect "rows of $city" "$(xlsx2csv -n 差异 "$folder/$id.xlsx" | tail -n +2 | wc -l)" "$own"
    xlsx2csv -a "$folder/$id.xlsx" >"$demo/sheets"
    for other in $(jq -r --arg own "$city" '.authorities[] | select(.id != $own) | .name' "$demo/reports/$id.json"); do
        ! grep -qF "$other" "$folder/$id.html" "$folder/$id.csv" "$folder/$id.json" "$demo/sheets" || fail "$city is told of $other"
    done
    telephone=$(jq -r '.authorities[0].telephones[0].number // ""' "$folder/$id.json")
    grep -qF "$telephone" "$folder/$id.html" || fail "no telephone for $city"
done
expect "every finding is in one package" "$listed" "$findings"

say "-- what is assigned is in the assignee's package too"
moved=$(store "SELECT number FROM finding WHERE is_open = 1 AND authority = '370200' ORDER BY number LIMIT 1")
[[ -n $moved ]] || fail "370200 has no findings"
run 0 finding assign "$moved" --to 370300
run 0 report export "$id" --per-city "$demo/assigned"
for city in 370200-青岛 370300-淄博; do
    jq -e --arg number "$moved" '.items[] | select(.number == $number) | .assigned == "370300"' \
        "$demo/assigned/$city/$id.json" >/dev/null || fail "$city lacks $moved"
done

say "-- an older run's report is of then"
holder_of() { sqlite3 "$demo/province.db" "SELECT RYBH FROM T_AQSC_ZS WHERE ZSID = '$(store "SELECT source_key FROM ledger WHERE number = '$1'")'"; }
closed=$(store "SELECT number FROM finding JOIN ledger USING (number) WHERE field = 'identityCard' AND is_open = 1 AND state = 1
    ORDER BY number LIMIT 1")
accepted=$(store "SELECT number FROM finding WHERE is_open = 1 AND number <> '$closed' ORDER BY number DESC LIMIT 1")
holder=$(holder_of "$closed")
sql "UPDATE T_RYXX SET ZJHM = '$(sqlite3 "$demo/before.db" "SELECT ZJHM FROM T_RYXX WHERE RYBH = '$holder'")' WHERE RYBH = '$holder'"
opened=$(store "SELECT l.number FROM ledger l LEFT JOIN finding f USING (number) WHERE f.number IS NULL AND l.state = 1 ORDER BY 1 LIMIT 1")
sql "UPDATE T_RYXX SET ZJHM = substr(ZJHM, 1, 6) || '19700101' || substr(ZJHM, 15)
    WHERE RYBH = '$(holder_of "$opened")'"
run 0 finding accept "$accepted" --until "$(shanghai -d '+30 days' +%F)" --reason 待更正
run 1 reconcile --against ledger
stage_of() { jq -r --arg number "$1" '[.items[] | select(.number == $number) | .stage] | unique | join(" ")' "$demo/older.json"; }
run 0 report export "$id" --format json -o "$demo/older.json"
expect "findings of then" "$(jq .counts.findings "$demo/older.json")" "$(jq .counts.findings "$demo/reports/$id.json")"
expect "new then" "$(jq .counts.new "$demo/older.json")" "$(jq .counts.new "$demo/reports/$id.json")"
expect "what is closed" "$(stage_of "$closed")" closed
expect "what is accepted" "$(stage_of "$accepted")" accepted
expect "what was found later" "$(stage_of "$opened")" ""
expect "superseded" "$(jq .superseded "$demo/older.json")" true
run 0 report export "$id" --format html
says "所列为第 $id 次对账结束时存在的差异"
says "此后已关闭"
run 0 report show "$id"
says "所列为第 $id 次对账结束时存在的差异"
run 0 report export --format json -o "$demo/older.json"
expect "closed in the last" "$(stage_of "$closed")" ""
expect "opened in the last" "$(stage_of "$opened")" open
expect "new in the last" "$(jq .counts.new "$demo/older.json")" "$(jq --arg number "$opened" '[.items[] | select(.number == $number)] | length' "$demo/older.json")"
