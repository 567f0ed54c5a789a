#!/usr/bin/env bash
# What every command really answers with --json, when it goes well and when it does not, follows docs/schema/command.json;
# the reports that it writes follow docs/schema/report.json.
# usage: json_answers.sh LIANZHENG LIANZHENG_SIM FOLLOWS_SCHEMA
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"
follows=$3
answers=0

# answer CODES COMMAND…: one object on standard output, which follows the schema.
answer() {
    run "$1" "${@:2}" --json
    answers=$((answers + 1))
    cp "$demo/said" "$demo/answers/$answers.json"
    "$follows" "$root/docs/schema/command.json" "$demo/answers/$answers.json" || fail "lianzheng ${*:2} --json"
}

begin answers 60 20
mkdir "$demo/answers"
number=$(sed -n '/"sound":true/{/"pushed":true/{s/.*"certNum":"\([^"]*\)".*/\1/p;q}}' "$demo/truth.jsonl")

say "-- with nothing done yet"
refresh_exchange
answer 0 check
answer 1 sync
answer 0 sync --dry-run
answer 0 adopt --from exchange
answer "0 1" sync --first-run
collect_licences
answer "0 1" sync --full

say "-- one certificate"
answer 0 explain "$number"
answer 2 explain 不是编号
answer 1 explain 鲁建安B（1900）0000000
answer 0 resync "$number" --reason 演示
answer 2 resync 不是编号 --reason 演示
sql "UPDATE T_RYXX SET XM = '' WHERE RYBH = (SELECT RYBH FROM T_AQSC_ZS WHERE ZSBH = '$number')"
answer 1 sync --full
answer 1 blocked list
grep -q "\"number\": \"$number\"" "$demo/said" || fail "a certificate without a name is not blocked"
answer 0 blocked dismiss "$number" --reason 演示
answer 2 blocked dismiss 不是编号 --reason 演示

answer "0 1" verify "$number"
"$follows" "$root/docs/schema/verify.json" "$demo/answers/$answers.json" || fail "verify"
answer "0 1" verify "$number" --looked 有效 --by 演示 --define platform.readback=none --statement "$demo/statement.html"
"$follows" "$root/docs/schema/verify.json" "$demo/answers/$answers.json" || fail "verify without a query"
answer 1 verify 鲁建安B（1900）0000000
"$follows" "$root/docs/schema/verify.json" "$demo/answers/$answers.json" || fail "verify of none"
answer 2 verify 不是编号
printf '%s\n' "$number" 张三,1234 看不懂 >"$demo/enterprise.csv"
answer 1 lookup --file "$demo/enterprise.csv"
answer 2 lookup --file "$demo/absent.csv"
answer 0 brief --daily
answer 0 brief --monthly -o "$demo/brief.xlsx"
answer 2 brief --weekly --date 2026-02-30

say "-- comparing"
"$simulator" tamper --base "$base" --count 10 --seed 1 --truth "$demo/truth.jsonl" --out "$demo/tampered.jsonl" >/dev/null
refresh_exchange
answer 1 reconcile --against exchange
run_id=$(count_of_answer() { cp "$demo/said" "$demo/answer.json"; count run; }; count_of_answer)
answer "0 1" reconcile --against ledger
answer 1 reconcile --against exchange --repair
answer 1 reconcile --against sample
answer 78 reconcile --against sample --define platform.readback=none
run 2 reconcile --against sample --repair
found=$(sqlite3 "$demo/store.db" "SELECT min(number) FROM finding WHERE is_open = 1")
answer 1 finding list
answer 0 finding acknowledge "$found"
answer 0 finding assign "$found" --to 370100
answer 2 finding assign "$found" --to nobody
answer 0 finding accept "$found" --until 2099-12-31 --reason 演示
answer 0 finding reopen "$found"
answer 0 finding history "$found"
answer 2 finding history 不是编号
answer 0 report list
answer 0 report show "$run_id"
answer 0 report export "$run_id" --format json
answer 2 report show 999999
answer 0 report verify "$demo/reports"
answer 2 report verify "$demo/nowhere"
"$follows" "$root/docs/schema/report.json" "$demo"/reports/*.json || fail "a report"
run 0 report export "$run_id" --format json
"$follows" "$root/docs/schema/report.json" "$demo/said" || fail "an exported report"

say "-- control"
answer "0 1" status
answer 0 pause --reason 演示
answer 1 sync
answer "0 1" status
answer 0 resume
answer 0 evidence verify
answer 76 evidence verify --head 0000
answer 78 evidence export "$number"
answer 2 evidence export 不是编号
sent=$(sqlite3 "$demo/store.db" "SELECT min(number) FROM evidence_item")
answer 0 evidence export "$sent" --to "$demo/evidence" --define evidence.seal=hmac-sm3 \
    --define evidence.seal.key.file="$demo/keys/hmac-key"
as_json() { exec "$@" --json; }
serve as_json
kill -TERM "$gateway_process"
ended 0
cp "$demo/said" "$demo/answers/served.json"
"$follows" "$root/docs/schema/command.json" "$demo/answers/served.json" || fail "lianzheng serve --json"

say "-- what does not go well"
sql "UPDATE T_RYXX SET XM = '演示人' WHERE RYBH = (SELECT RYBH FROM T_AQSC_ZS WHERE ZSBH = '$number')"
answer 69 sync --define national.base=http://127.0.0.1:1 --full
answer 69 explain "$number" --define province.url="sqlite3://$demo/absent.db"
answer 74 status --define store.url="sqlite3://$demo/absent/store.db"
for command in serve sync "resync $number --reason r" "adopt --from exchange" reconcile "report list" "report show 1" \
    "report export 1" "report verify 1" "blocked list" "blocked dismiss $number --reason r" "explain $number" "verify $number" \
    "lookup --file $demo/enterprise.csv" "brief --daily" status check pause resume \
    "evidence verify" "evidence export $number"; do
    # shellcheck disable=SC2086  # a command and its arguments
    answer 78 $command --define push.concurrency=many
    grep -qF "\"command\": \"$(sed -E 's/ (鲁|[0-9]|--).*//' <<<"$command")\"" "$demo/said" || fail "$command calls itself otherwise"
done

# No command of the schema went unasked.
for command in $(sed -n '/"enum"/,/\]/p' "$root/docs/schema/command.json" | grep -oE '"[a-z ]+"' | tr -d '"' | tr ' ' _ | grep -v '^enum$'); do
    grep -qhF "\"command\": \"${command//_/ }\"" "$demo"/answers/*.json || fail "never asked: ${command//_/ }"
done
say "   $answers answers"
