# For the tests beside it to source: the demonstration's functions on the binaries under test, in a folder of its own that
# is removed at the end, and what such a test asks beyond them.
# usage: source world.sh LIANZHENG LIANZHENG_SIM
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
say() { printf '%s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
stage() { say "== $1"; "${@:2}"; }
source "$root/tests/demo/demo.sh"

lianzheng=$1
simulator=$2
today=$(shanghai +%F)
# Any free port: tests run side by side.
LIANZHENG_DEMO_ADDRESS=127.0.0.1:0
demo=$(mktemp -d)
scratch=$demo
schemas=()

# What a test has to undo beside that.
at_the_end() { :; }
leave() {
    local status=$?
    stop_everything
    at_the_end
    for schema in "${schemas[@]}"; do on_postgres "DROP SCHEMA IF EXISTS $schema CASCADE" || true; done
    ((status == 0)) || tell_what_happened
    rm -rf -- "$scratch"
    exit "$status"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

tell_what_happened() {
    local file
    for file in "$demo"/said "$demo"/problems "$demo"/lianzheng.log "$demo"/simulator.log; do
        if [[ -s $file ]]; then
            printf -- '---- %s\n' "$file" >&2
            tail -n 20 "$file" >&2
        fi
    done
}

# ---- a world of its own for each case -------------------------------------------------------------------------------

# begin NAME SIZE REGISTERED [OPTION…]: a province, and a platform that holds some of it. OPTION: of the province's maker.
begin() {
    say "== $1"
    stop_everything
    demo=$scratch/$1
    size=$2
    registered=$3
    port=0
    mkdir -p "$demo"
    [[ $province_url == postgresql://* ]] || province_url=sqlite3://$demo/province.db
    make_keys
    make_province "${@:4}" >/dev/null
    start_simulator
    write_configuration
    # A test does not wait for the hours a service would.
    printf '%s\n' "push.retry.base.ms = 20" "push.retry.cap.ms = 200" "push.retry.attempts = 1000" \
        >>"$demo/lianzheng.properties"
}

# What the platform holds already is taken over, what it lacks is pushed, and licences are made and collected.
in_step() {
    refresh_exchange
    run 0 adopt --from exchange
    run "0 1" sync --first-run
    collect_licences
}

# Until none is wanted: a change that waited for a licence is sent once that is collected, and wants another.
collect_licences() {
    local round made
    for round in 1 2 3 4 5; do
        made=$(make_licences)
        run "0 1" sync --full
        [[ $made != licences=0 ]] || return 0
    done
    fail "licences are wanted without an end"
}

# ---- asking ---------------------------------------------------------------------------------------------------------

# run CODES COMMAND…: the gateway's command, its output kept in said and problems; its exit code is one of CODES. A
# command that goes on for two minutes would go on for ever.
run() {
    local codes=" $1 " status=0
    timeout 120 "$lianzheng" "${@:2}" -c "$demo/lianzheng.properties" >"$demo/said" 2>"$demo/problems" </dev/null || status=$?
    [[ $codes == *" $status "* ]] || fail "lianzheng ${*:2} ended with $status, expected $1"
}

# run_counts CODES COMMAND…: the same with --json, for count.
run_counts() {
    run "$1" "${@:2}" --json
    cp "$demo/said" "$demo/answer.json"
}

# says TEXT: the last command told people so.
says() { grep -qF -e "$1" "$demo/said" "$demo/problems" || fail "not said: $1"; }

# platform PATH [JSON]: a door of the simulator's.
platform() { curl -sf ${2:+-X POST -d "$2"} "$base/sim/$1"; }
# asked NAME: a number of the platform's statistics, of all operations together.
asked() { platform stats | grep -oE "\"$1\":[0-9]+" | tail -n 1 | cut -d: -f2; }

# until_so WHAT COMMAND…: waits until the command succeeds, a minute at the most.
until_so() {
    local tries=0
    until "${@:2}"; do
        ((++tries <= 600)) || fail "never: $1"
        read -rt 0.1 <> <(:) || true
    done
}

has_taken() { (($(asked accepted) >= $1)); }
serves() { grep -q 'serve.listening' "$demo/lianzheng.log" 2>/dev/null; }
has_ended() { ! kill -0 "$1" 2>/dev/null; }
health() { curl -sf "http://127.0.0.1:$(sed -n 's/.*serve.listening port=//p' "$demo/lianzheng.log" | tail -n 1)/$1"; }

# serve [COMMAND…]: the service in the background (under COMMAND), gateway_process its process.
serve() {
    : >"$demo/lianzheng.log"
    "$@" "$lianzheng" serve -c "$demo/lianzheng.properties" --define schedule.sync.seconds=1 >"$demo/said" \
        2>"$demo/problems" </dev/null &
    gateway_process=$!
    until_so "the service listens" serves_or_ended
}
serves_or_ended() { serves || has_ended "$gateway_process"; }

# ended CODE: waits for the service, which ends by itself.
ended() {
    local status=0
    until_so "the service ends" has_ended "$gateway_process"
    wait "$gateway_process" || status=$?
    gateway_process=
    [[ $status == "$1" ]] || fail "serve ended with $status, expected $1"
}

# sql STATEMENT: on the province.
sql() {
    case $province_url in
        sqlite3://*) sqlite3 -batch -cmd '.timeout 10000' "${province_url#sqlite3://}" "$1" ;;
        *) psql -Xqtv ON_ERROR_STOP=1 "${province_url#postgresql://}" -c "$1" ;;
    esac
}

# on_postgres STATEMENT: on the server that the tests were given.
on_postgres() {
    [[ -n ${LIANZHENG_TEST_POSTGRES:-} ]] || fail "LIANZHENG_TEST_POSTGRES is not set: this test needs a server"
    PGOPTIONS='-c client_min_messages=error' psql -Xqtv ON_ERROR_STOP=1 "${LIANZHENG_TEST_POSTGRES#postgresql://}" -c "$1"
}

# new_schema: sets schema_url to an empty schema of this test's own, dropped at the end.
new_schema() {
    local name=lz_run_$$_${#schemas[@]}
    schemas+=("$name")
    on_postgres "DROP SCHEMA IF EXISTS $name CASCADE" >/dev/null
    on_postgres "CREATE SCHEMA $name" >/dev/null
    schema_url="$LIANZHENG_TEST_POSTGRES options='-csearch_path=$name'"
}

# ---- judging --------------------------------------------------------------------------------------------------------

# complete: nothing was lost and nothing doubled: after what went wrong is right again, the platform holds what the
# province says, each step once, and the evidence is whole.
complete() {
    run "0 1" sync --full --accept 100000 --wait 2s
    collect_licences
    verify_against_truth >"$demo/differences" || { cat "$demo/differences" >&2; fail "the platform differs from the province"; }
    expect "doubled" "$(asked doubled)" 0
    run 0 evidence verify
    # And then there is nothing more to do.
    run_counts "0 1" sync --full
    expect "steps left" "$(count steps)" 0
}
