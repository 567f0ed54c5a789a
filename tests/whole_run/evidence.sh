#!/usr/bin/env bash
# Evidence is sealed, verified and exported; the folder is checked by its own script, with openssl and nothing of ours,
# and whatever is changed in it or in the store shows.
# usage: evidence.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

settings() { printf '%s\n' "$@" >>"$demo/lianzheng.properties"; }
store() { sqlite3 -batch -cmd '.timeout 10000' "$demo/store.db" "$1"; }

# checks CODE FOLDER [KEY]: what the folder's own script answers, started from elsewhere.
checks() {
    local status=0
    (cd / && sh "$2/verify.sh" "${@:3}") >"$demo/said" 2>"$demo/problems" || status=$?
    [[ $status == "$1" ]] || fail "verify.sh of $2 ended with $status, expected $1"
}

# changed FILE: the folder with one character of FILE changed is refused.
changed() {
    local copy=$demo/copy
    rm -rf "$copy"
    cp -r "$folder" "$copy"
    sed -i '$s/[0-9a-f]\([^0-9a-f]*\)$/x\1/' "$copy/$1"
    ! cmp -s "$folder/$1" "$copy/$1" || fail "nothing was changed in $1"
    checks 1 "$copy"
}

first_number() { store "SELECT number FROM evidence_item GROUP BY number ORDER BY min(seq) LIMIT 1"; }
identity_of() { sql "SELECT r.ZJHM FROM T_RYXX r JOIN T_AQSC_ZS z ON z.RYBH = r.RYBH WHERE z.ZSBH = '$1'"; }

begin sealed_by_sm2 60 20
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out "$demo/keys/seal.pem" 2>/dev/null ||
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out "$demo/keys/seal.pem"
settings "evidence.seal = sm2" "evidence.seal.key.file = keys/seal.pem" "evidence.seal.every = 10"
in_step
run_counts 0 evidence verify
expect "entries behind the last seal are fewer than ten" "$(($(count unsealed) < 10))" 1
(($(count seals) >= 4)) || fail "only $(count seals) seals"

say "-- the folder"
number=$(first_number)
folder=$demo/folder
run 0 evidence export "$number" --to "$folder"
checks 0 "$folder"
says "封印有效"
identity=$(identity_of "$number")
[[ -n $identity ]] || fail "no identity number to look for"
! grep -rqF -e "$identity" -e 'data:image' "$folder" || fail "the folder names the holder"
others=$(store "SELECT group_concat(DISTINCT number) FROM evidence_item WHERE number <> '$number'")
for other in ${others//,/ }; do
    ! grep -rqF "$other" "$folder" || fail "the folder names another certificate"
done
run 2 evidence export "$number" --to "$folder"
run 1 evidence export "鲁建安B（1900）0000000" --to "$demo/none"
entry=$(cd "$folder" && ls entries/*.txt | head -n 1)
chain=$(cd "$folder" && ls chains/*.txt | head -n 1)
seal=$(cd "$folder" && ls seals/*.txt | head -n 1)
changed "$entry"
changed "$chain"
changed "$seal"
cp -r "$folder" "$demo/forged"
printf 'x' | dd of="$demo/forged/${seal%.txt}.sig" bs=1 seek=12 conv=notrunc status=none
checks 1 "$demo/forged"
cp -r "$folder" "$demo/extra"
sed 's/accepted/refused/' "$folder/$entry" >"$demo/extra/entries/999999.txt"
checks 1 "$demo/extra"

say "-- the store"
cp "$demo/store.db" "$demo/whole.db"
store "UPDATE evidence_seal SET seal = (SELECT seal FROM evidence_seal WHERE number = 1) WHERE number = 2"
run 76 evidence verify
says "第 2 号封印"
cp "$demo/whole.db" "$demo/store.db"
store "DELETE FROM evidence_seal WHERE number = (SELECT max(number) FROM evidence_seal)"
store "DELETE FROM evidence_seal WHERE number = (SELECT max(number) FROM evidence_seal)"
run 76 evidence verify
cp "$demo/whole.db" "$demo/store.db"
store "DELETE FROM evidence_seal WHERE number = 2"
run 76 evidence verify
cp "$demo/whole.db" "$demo/store.db"
store "DELETE FROM evidence_seal"
run 1 evidence verify
cp "$demo/whole.db" "$demo/store.db"

say "-- another key"
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out "$demo/keys/next.pem"
run 76 evidence verify --define evidence.seal.key.file="$demo/keys/next.pem"
openssl pkey -in "$demo/keys/seal.pem" -pubout -out "$demo/keys/seal.pub.pem"
run 0 evidence verify --define evidence.seal.key.file="$demo/keys/next.pem" \
    --define evidence.seal.former.key.file="$demo/keys/seal.pub.pem"
run 78 evidence verify --define evidence.seal.key.file="$demo/keys/seal.pub.pem"
run 78 evidence verify --define evidence.seal.key.file="$demo/keys/code-key.pem"
run 0 evidence verify --define evidence.seal=none
says "未核验"

begin sealed_by_hmac 40 10
# With a line end, and longer than a block: both are treated as the envelopes' keys are.
openssl rand -base64 75 | tr -d '\n' >"$demo/keys/seal-key"
printf '\n' >>"$demo/keys/seal-key"
settings "evidence.seal = hmac-sm3" "evidence.seal.key.file = keys/seal-key" "evidence.seal.every = 7"
in_step
run 0 evidence verify
folder=$demo/folder
run 0 evidence export "$(first_number)" --to "$folder"
checks 2 "$folder"
checks 0 "$folder" "$demo/keys/seal-key"
! grep -rqF "$(<"$demo/keys/seal-key")" "$folder" || fail "the folder holds the key"
checks 1 "$folder" "$demo/keys/hmac-key"
run 76 evidence verify --define evidence.seal.key.file="$demo/keys/hmac-key"
