#!/usr/bin/env bash
# Kills the gateway again and again, at the platform's K-th writing call and under all faults together, until it has
# caught up. Then each certificate must be registered exactly once: nothing lost, nothing doubled, and nobody's identity
# number or secret in anything that was written meanwhile.
# usage: kills.sh LIANZHENG LIANZHENG_SIM MAPPING KILLS REPEAT(reply|exists)
set -u
gateway=$1 simulator=$2 mapping=$3 kills=$4 repeat=$5
seed=${LIANZHENG_SEED:-20260301}
work=$(mktemp -d)
platform=
finish() {
    [[ -z $platform ]] || kill "$platform" 2>/dev/null
    wait 2>/dev/null
    rm -rf -- "$work"
}
trap finish EXIT
die() { echo "seed $seed: $*"; exit 1; }
cd "$work" || exit 1

openssl genrsa -out code.pem 1024 2>/dev/null && openssl rsa -in code.pem -pubout -out code.pub 2>/dev/null
printf 'a key made for one run of this test' >hmac.key
printf 'a secret made for one run' >secret
"$simulator" province --url "sqlite3://$work/province.db" --size 300 --registered 60 --defects 0.05 --seed "$seed" \
    --out "$work" --today "$(TZ=Asia/Shanghai date +%F)" || die "no province"
"$simulator" national --port 0 --port-file port --seed-file national-seed.jsonl --client-id gateway \
    --client-secret-file secret --public-key code.pub --require hmac-sm3 --app-id app --hmac-key-file hmac.key \
    --exchange exchange.jsonl --repeat "$repeat" >platform.log 2>&1 &
platform=$!
for _ in $(seq 1 300); do [[ -s port ]] && break; read -rt 0.1 <> <(:) || true; done
base="http://127.0.0.1:$(cat port)"
curl -sf -X POST "$base/sim/exchange?path=$work/exchange.jsonl" >/dev/null || die "no exchange view"
cat >lianzheng.properties <<TEXT
province.url = sqlite3://province.db
province.mapping = $mapping
store.url = sqlite3://store.db
national.base = $base
national.client.id = gateway
national.client.secret.file = secret
national.code.key.file = code.pem
national.timeout.ms = 5000
envelope.names = hmac-sm3
envelope.hmac-sm3.app.id = app
envelope.hmac-sm3.key.file = hmac.key
exchange.file = exchange.jsonl
push.retry.base.ms = 20
push.retry.cap.ms = 200
push.retry.attempts = 1000
scan.horizon.seconds = 0
log.level = debug
log.file = gateway.log
TEXT
"$gateway" adopt --from exchange -c lianzheng.properties || die "adopt"
faults='{"lost":0.05,"bad-gateway":0.05,"unavailable":0.03,"malformed":0.03,"truncated":0.03,"wrapped":0.2,"numeric":0.2,"sparse":0.1}'
curl -sf -X POST -d "$faults" "$base/sim/faults" >/dev/null || die "the simulator does not know these faults: $faults"

RANDOM=$seed
moments=(before acting after)
killed=0
for ((run = 1; run <= kills; ++run)); do
    # New business for every run, and licence files for what got its code: else there would be nothing to kill.
    if ((run % 3 == 0)); then
        "$simulator" licences --url "sqlite3://$work/province.db" --base-url http://licences.invalid/ >/dev/null || die licences
    else
        "$simulator" evolve --url "sqlite3://$work/province.db" --day "$(TZ=Asia/Shanghai date +%F)" --time 00:00:00 \
            --seed $((seed + run)) --out "$work" --events 12 >/dev/null || die "evolve"
    fi
    at=$((RANDOM % 8 + 1))
    rm -f pid
    curl -sf -X POST -d "{\"kill-pid-file\":\"$work/pid\",\"kill-at\":$at,\"kill-when\":\"${moments[RANDOM % 3]}\"}" \
        "$base/sim/faults?restart=1" >/dev/null || die "no kill"
    # Every second time several items go in a call.
    "$gateway" sync --full --accept 100000 --define batch.max=$((run % 2 * 2 + 1)) -c lianzheng.properties >out 2>&1 &
    pid=$!
    echo "$pid" >pid
    wait "$pid" 2>/dev/null
    status=$?
    cat out >>said
    case $status in
        137) killed=$((killed + 1)) ;;
        0 | 1 | 69) ;;
        *) cat out; die "run $run ended with $status" ;;
    esac
done
echo "killed $killed of $kills runs"
((killed >= kills / 2)) || die "too few kills to mean anything"
curl -sf -X POST -d '{"kill-at":0}' "$base/sim/faults?clear=1" >/dev/null
for _ in 1 2 3 4 5; do "$gateway" sync --full --accept 100000 --wait 2s -c lianzheng.properties >out 2>&1; done
"$gateway" blocked list -c lianzheng.properties >blocked
curl -sf "$base/sim/stats" >stats
cat stats
grep -q '"doubled":0' stats || die "doubled"
"$gateway" evidence verify -c lianzheng.properties || die "evidence"
"$simulator" verify --base "$base" --truth truth.jsonl --manifest manifest.jsonl >differences
lost=$(grep -cE ' (missing|absent|not_registered)' differences)
grep -v not_collected differences
((lost == 0)) || die "lost"

# Nothing personal and no secret in anything the gateway wrote; what it says to people is masked.
grep -oE '"identityCard":"[^"]+"' truth.jsonl | cut -d'"' -f4 | sort -u >identities
[[ -s identities ]] || die "the truth names nobody"
"$gateway" explain "$(grep -oE '"certNum":"[^"]+"' truth.jsonl | head -n 1 | cut -d'"' -f4)" -c lianzheng.properties >>said 2>&1
"$gateway" status --json -c lianzheng.properties >>said 2>&1
if cat said blocked gateway.log* 2>/dev/null | grep -qF -f identities; then die "an identity number was written"; fi
if cat said blocked gateway.log* 2>/dev/null | grep -qF -e "$(cat secret)" -e "$(cat hmac.key)" -e access_token=; then
    die "a secret was written"
fi
