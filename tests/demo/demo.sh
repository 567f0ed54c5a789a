# The demonstration, for ./dev and the tests of whole runs to source: a province, a platform and the gateway between
# them, from nothing, in run/demo. Everything asked of the gateway is asked as an operator would, and each answer is
# checked.

demo=$root/run/demo
# Where province and store are; unless told otherwise SQLite files in that folder.
province_url=
store_url=
# More options of the simulator, and the port it listens on: 0 for any.
simulator_options=()
port=0
programs=$root/build/release
lianzheng=$programs/gateway/cli/lianzheng
simulator=$programs/tests/simulator/lianzheng-sim
simulator_process=
gateway_process=

# Asia/Shanghai, also where no time zone data are installed.
shanghai() { TZ=CST-8 date "$@"; }

# ---- the two sides --------------------------------------------------------------------------------------------------

make_keys() {
    local folder=$demo/keys
    mkdir -p "$folder"
    (
        umask 077
        openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$folder/code-key.pem"
        openssl rand -hex 32 >"$folder/hmac-key"
        openssl rand -hex 16 >"$folder/client-secret"
    )
    openssl pkey -in "$folder/code-key.pem" -pubout -out "$folder/code-key.pub.pem"
}

make_province() {
    "$simulator" province --url "$province_url" --size "$size" --registered "$registered" --seed 2023 \
        --today "$today" --out "$demo" "$@"
}

# The platform keeps what it holds in national-state.jsonl from one start to the next.
start_simulator() {
    local waited=0
    rm -f "$demo/port"
    (cd "$demo" && exec "$simulator" national --port "$port" --port-file port --state national-state.jsonl \
        --seed-file national-seed.jsonl --public-key keys/code-key.pub.pem --client-id 370000 \
        --client-secret-file keys/client-secret --require hmac-sm3 --app-id lianzheng-demo \
        --hmac-key-file keys/hmac-key --hmac-key-encoding hex "${simulator_options[@]}") >"$demo/simulator.log" 2>&1 &
    simulator_process=$!
    until [[ -s $demo/port ]]; do
        kill -0 "$simulator_process" 2>/dev/null || { cat "$demo/simulator.log" >&2; fail "the simulator has ended"; }
        ((++waited <= 300)) || fail "the simulator does not answer after 30 s"
        sleep 0.1
    done
    port=$(<"$demo/port")
    base=http://127.0.0.1:$port
}

# end PROCESS: asks it to stop and waits until it has.
end() {
    kill -TERM "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

stop_everything() {
    if [[ -n $gateway_process ]]; then end "$gateway_process"; fi
    if [[ -n $simulator_process ]]; then end "$simulator_process"; fi
    gateway_process=
    simulator_process=
}

stop_at_the_end() {
    trap stop_everything EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# The platform's own view of our certificates, as it is now.
refresh_exchange() {
    local answer
    exec {door}<>"/dev/tcp/127.0.0.1/$port"
    printf 'POST /sim/exchange?path=exchange.db HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' >&"$door"
    IFS= read -r answer <&"$door"
    exec {door}>&-
    [[ $answer == *" 200 "* ]] || fail "the platform gave no exchange view: $answer"
}

write_configuration() {
    cat >"$demo/lianzheng.properties" <<PROPERTIES
# The demonstration's configuration; config/lianzheng.properties explains every key.
province.url = ${province_url:-sqlite3://province.db}
province.mapping = $root/mappings/anguan.yaml
store.url = ${store_url:-sqlite3://store.db}
national.base = $base
national.client.id = 370000
national.client.secret.file = keys/client-secret
national.code.key.file = keys/code-key.pem
envelope.names = hmac-sm3
envelope.hmac-sm3.app.id = lianzheng-demo
envelope.hmac-sm3.key.file = keys/hmac-key
envelope.key.encoding = hex
exchange.url = sqlite3://exchange.db
exchange.scratch = .
# Nobody else writes to this province: a row is whole as soon as it shows.
scan.horizon.seconds = 0
schedule.sync.seconds = 30
schedule.reconcile.at = 06:00
http.address = ${LIANZHENG_DEMO_ADDRESS:-127.0.0.1:8080}
report.directory = reports
log.file = lianzheng.log
PROPERTIES
}

# ---- asking the gateway ---------------------------------------------------------------------------------------------

# ask CODES COMMAND…: the gateway's answer, whose exit code must be one of CODES.
ask() {
    local codes=" $1 " status=0
    shift
    "$lianzheng" "$@" -c "$demo/lianzheng.properties" || status=$?
    [[ $codes == *" $status "* ]] || fail "lianzheng $1 ended with $status"
}

# ask_counts CODES COMMAND…: as ask, and keeps the object it answers for count.
ask_counts() {
    local codes=$1
    shift
    ask "$codes" "$@" --json >"$demo/answer.json"
}

# count NAME: of the last answer kept; 0 when it says none.
count() {
    local found
    found=$(sed -n "/^ *\"$1\": [0-9]*,\{0,1\}\$/{s/.*: //;s/,//;p;q}" "$demo/answer.json")
    printf '%s' "${found:-0}"
}

# expect WHAT FOUND EXPECTED
expect() {
    if [[ $2 == "$3" ]]; then
        say "   $1: $2"
    else
        say "   $1: $2, expected $3"
        fail "the demonstration is not as expected"
    fi
}

synchronise() { ask "0 1" sync "$@"; }

# A licence is newer than its code: the clock has to move on by a second after the last push.
make_licences() {
    local since
    since=$(date +%s)
    until (($(date +%s) > since + 1)); do sleep 0.1; done
    "$simulator" licences --url "$province_url" --now "$(shanghai '+%F %T')"
}

evolve_a_day() { "$simulator" evolve --url "$province_url" --day "$today" --seed 1 --events 200 --out "$demo"; }

resync_one() {
    local number
    number=$(sed -n '/mayBeRefused/d;/"sound":true/{/"pushed":true/{s/.*"certNum":"\([^"]*\)".*/\1/p;q}}' "$demo/truth.jsonl")
    ask 0 resync "$number" --reason "演示：单本重推"
}

verify_against_truth() {
    "$simulator" verify --base "$base" --truth "$demo/truth.jsonl" --manifest "$demo/manifest.jsonl"
}

# A second look at an unchanged province asks nothing of the platform.
sync_again() {
    ask_counts "0 1" sync --full
    expect "steps of a full pass with nothing changed" "$(count steps)" 0
    expect "accepted by the platform meanwhile" "$(count accepted)" 0
}

tamper_and_refresh() {
    "$simulator" tamper --base "$base" --count 50 --seed 1 --truth "$demo/truth.jsonl" --out "$demo/tampered.jsonl"
    refresh_exchange
}

reconcile_and_compare() {
    local kind
    ask_counts 1 reconcile --against exchange
    for kind in missing_national missing_provincial field_mismatch state_mismatch identity_mismatch; do
        expect "$kind" "$(count "$kind")" "$(grep -c "\"expected\":\"$kind\"" "$demo/tampered.jsonl")"
    done
    report=$(sed -n '/"file": ".*\.html"/{s/.*"file": "\(.*\)".*/\1/p;q}' "$demo/answer.json")
    local findings=$(count findings) blocked_findings=$(count blocked)
    [[ -s $report ]] || fail "there is no report"
    ask_counts 1 blocked list
    expect "blocked findings" "$blocked_findings" "$(count blocked)"
    expect "findings in all" "$findings" "$((50 + blocked_findings))"
    printf '%s\n' "$report" >"$demo/report-path"
}

summarise() {
    ask 0 status
    ask 0 evidence verify
    say
    say "report: $(<"$demo/report-path")"
}

# ---- the demonstration ----------------------------------------------------------------------------------------------

# The whole life of $size certificates, three of five of them at the platform already.
live_it_through() {
    registered=$((size * 3 / 5))
    today=$(shanghai +%F)
    : "${province_url:=sqlite3://$demo/province.db}"
    mkdir -p "$demo"
    stage "keys" make_keys
    stage "a province of $size certificates, $registered of them at the platform" make_province
    start_simulator
    write_configuration
    stage "the platform's exchange view" refresh_exchange
    stage "check" ask 0 check
    stage "adopt" ask 0 adopt --from exchange
    stage "first sync" synchronise --first-run
    stage "licences" make_licences
    stage "sync: collect them" synchronise
    stage "a day's business" evolve_a_day
    # The day's changes are stamped up to some minutes ahead: times to come are left to the full sweep.
    stage "sync: the day" synchronise --full
    stage "licences" make_licences
    stage "sync: collect them" synchronise --full
    stage "resync one certificate" resync_one
    stage "the platform against the truth" verify_against_truth
    stage "sync once more" sync_again
    stage "tamper with the platform" tamper_and_refresh
    stage "reconcile" reconcile_and_compare
    stage "summary" summarise
}

demonstrate() {
    size=${LIANZHENG_DEMO_SIZE:-20000}
    [[ $size =~ ^[1-9][0-9]*$ ]] || fail "LIANZHENG_DEMO_SIZE must be a number of certificates"
    rm -rf -- "$demo"
    stop_at_the_end
    live_it_through
    say "The demonstration is as expected. ./dev run serves it."
}

serve_demonstration() {
    local status=0
    if [[ ! -s $demo/national-state.jsonl ]]; then (demonstrate); fi
    stop_at_the_end
    start_simulator
    write_configuration
    say "serving run/demo until interrupted; health at http://${LIANZHENG_DEMO_ADDRESS:-127.0.0.1:8080}/healthz"
    "$lianzheng" serve -c "$demo/lianzheng.properties" &
    gateway_process=$!
    wait "$gateway_process" || status=$?
    gateway_process=
    exit "$status"
}
