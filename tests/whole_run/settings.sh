#!/usr/bin/env bash
# Configurations and mappings that are wrong: each is said with file and line, ends with 78, and touches nothing; put
# right, the gateway goes on as if nothing had been.
# usage: settings.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

# lines FILE TEXT: the number of the line with the text.
line_of() { grep -nF -e "$2" "$1" | head -n 1 | cut -d: -f1; }
state() { sha256sum "$demo/store.db" "$demo/province.db" && platform stats; }

# refused FILE WHAT…: check and sync end with 78 and say all of WHAT; nothing was touched.
refused() {
    local command text
    for command in check sync; do
        run 78 $command
        for text in "$@"; do says "$text"; done
    done
    [[ $(state) == "$before" ]] || fail "a refused configuration changed something"
}
# with LINE…: these lines more in the configuration.
with() {
    cp "$demo/good.properties" "$demo/lianzheng.properties"
    printf '%s\n' "$@" >>"$demo/lianzheng.properties"
}
# mapped FROM TO: the mapping with one text replaced.
mapped() {
    cp "$demo/good.yaml" "$demo/mappings/anguan.yaml"
    sed -i "s|$1|$2|" "$demo/mappings/anguan.yaml"
    ! cmp -s "$demo/good.yaml" "$demo/mappings/anguan.yaml" || fail "the mapping has no: $1"
}

begin settings 60 20
cp -r "$root/mappings" "$demo/mappings"
cp "$demo/mappings/anguan.yaml" "$demo/good.yaml"
sed -i "s|^province.mapping = .*|province.mapping = mappings/anguan.yaml|" "$demo/lianzheng.properties"
in_step
cp "$demo/lianzheng.properties" "$demo/good.properties"
configuration=$demo/lianzheng.properties
before=$(state)
next=$(($(wc -l <"$demo/good.properties") + 1))

say "-- keys"
with "push.concurrency = many"
refused "$configuration:$next: " "push.concurrency"
with "push.concurency = 4"
refused "$configuration:$next: " "push.concurency"
with "national.client.id = 370001"
refused "$configuration:$next: " "national.client.id"
with "a line without its sign"
refused "$configuration:$next: "
with "push.concurrency = many" "push.concurency = 4" "fuse.mass = 7"
refused "$configuration:$next: " "$configuration:$((next + 1)): " "$configuration:$((next + 2)): "

say "-- key files"
for bad in absent "" mappings; do
    with
    sed -i "s|^national.code.key.file = .*|national.code.key.file = $bad|" "$configuration"
    refused "national.code.key.file"
done
printf 'no key\n' >"$demo/keys/broken"
with
sed -i "s|^national.code.key.file = .*|national.code.key.file = keys/broken|" "$configuration"
before=$(asked writingCalls)
for command in check sync; do
    run 78 $command
    says key
done
[[ $(asked writingCalls) == "$before" ]] || fail "something was asked without a key"
before=$(state)
: >"$demo/keys/empty"
with
sed -i "s|^envelope.hmac-sm3.key.file = .*|envelope.hmac-sm3.key.file = keys/empty|" "$configuration"
refused "$configuration:$(line_of "$configuration" keys/empty): "

say "-- the mapping"
with
mapping=$demo/mappings/anguan.yaml
mapped 'key: ZSID' 'key: [ZSID'
refused "$mapping:"
mapped 'number: ZSBH' 'nummer: ZSBH'
refused "$mapping:$(line_of "$mapping" 'nummer: ZSBH'): "
mapped 'transforms: \[middle_dot\]' 'transforms: [midle_dot]'
refused "$mapping:$(line_of "$mapping" midle_dot): "
mapped 'from: XM,' 'from: XINGMING,'
run 78 check
says "$mapping:$(line_of "$mapping" XINGMING): "
before=$(asked writingCalls)
run 78 sync
says "省库已没有列“XINGMING”"
says "$mapping:$(line_of "$mapping" XINGMING): "
[[ $(asked writingCalls) == "$before" ]] || fail "something was sent though a column is missing"
cp "$demo/good.yaml" "$mapping"

say "-- a column that disappears later"
sql "ALTER TABLE T_RYXX RENAME COLUMN XM TO XINGMING; DROP VIEW V_ANGUAN"
sql "CREATE VIEW V_ANGUAN AS SELECT z.ZSID, z.ZSBH, z.GXSJ, z.SPZT, z.SCBZ, z.CSBZ FROM T_AQSC_ZS z"
before=$(asked writingCalls)
for command in check sync "sync --full"; do
    # shellcheck disable=SC2086  # a command and its option
    run 78 $command
    says "$mapping:$(line_of "$mapping" 'from: XM,'): "
done
[[ $(asked writingCalls) == "$before" ]] || fail "something was sent though a column is missing"
sql "ALTER TABLE T_RYXX RENAME COLUMN XINGMING TO XM"
"$simulator" evolve --url "$province_url" --day "$today" --seed 1 --events 20 --out "$demo" --restore-view >/dev/null

complete
