#!/usr/bin/env bash
# What check really measures: read-back, clock, certificates, and each step of a signature, with nothing secret in it.
# usage: check.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

settings() { printf '%s\n' "$@" >>"$demo/lianzheng.properties"; }
# certificate NAME DAYS: self-signed, good for so many days, with its key.
certificate() {
    openssl req -x509 -newkey rsa:2048 -nodes -subj "/CN=$1" -days "$2" -keyout "$demo/keys/$1.key" \
        -out "$demo/keys/$1.pem" 2>/dev/null
}
# says_not TEXT: and nobody was told so.
says_not() { ! grep -qF -e "$1" "$demo/said" "$demo/problems" || fail "said: $1"; }
# nothing_secret: no key, secret or token was told.
nothing_secret() {
    local secret
    for secret in "$(<"$demo/keys/hmac-key")" "$(<"$demo/keys/client-secret")" tif-secret-token access_token= "BEGIN"; do
        says_not "$secret"
    done
}

begin measured 40 30
say "-- read-back"
refresh_exchange
run 0 check
says "未能测量"
in_step
run 0 check
says "可回读：查询 鲁建安"
platform faults '{"readback":"transferred"}' >/dev/null
run 1 check
says "不可回读"
run 0 check --define platform.readback=none
says "不可回读，与 platform.readback = none 相符"
platform faults '{"readback":"all"}' >/dev/null
run 0 check --define platform.readback=none
says "可改为 query"

say "-- clock"
run "0 1" status
says "与部平台时钟相差"

say "-- certificates"
certificate long 400
certificate short 59
run 0 check --define national.tls.ca.file=keys/long.pem
says "national.tls.ca.file：long 有效期至"
cat "$demo/keys/long.pem" "$demo/keys/short.pem" >"$demo/keys/both.pem"
run 1 check --define national.tls.ca.file=keys/both.pem
says "short 将于"
run 1 check --define national.tls.certificate.file=keys/short.pem --define national.tls.key.file=keys/short.key
says "national.tls.certificate.file：short 将于"
run "0 1" status --define national.tls.certificate.file=keys/short.pem
says "national.tls.certificate.file：short 将于"
run 1 check --define national.tls.ca.file=keys/hmac-key
says "不是 PEM 证书"

say "-- a signature, step by step"
run 0 check --explain-signature
for step in 路径 业务报文 "hmac-sm3 报文摘要" "hmac-sm3 待签名串：POST\\n/epoint" "hmac-sm3 签名" "X-Signature: " 已受理; do says "$step"; done
nothing_secret
# Whoever has the key gets the same signature from what was shown.
text=$(sed -n 's/^hmac-sm3 待签名串：//p' "$demo/said")
signature=$(sed -n 's/^hmac-sm3 签名：//p' "$demo/said")
expect "the signature by openssl" "$(printf "$text" | openssl dgst -sm3 -mac HMAC -macopt "hexkey:$(<"$demo/keys/hmac-key")" -r | cut -c1-64)" "$signature"
run 69 check --explain-signature --define national.base=http://127.0.0.1:1
says "登录未成功"
says "hmac-sm3 签名"
nothing_secret

say "-- every envelope"
stop_everything
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out "$demo/keys/sm2.pem"
openssl pkey -in "$demo/keys/sm2.pem" -pubout -out "$demo/keys/sm2.pub.pem"
openssl rand -hex 16 >"$demo/keys/sm4-key"
printf 'tif-secret-token' >"$demo/keys/tif"
# The demonstration requires hmac-sm3 already: that is the innermost then.
simulator_options=(--require sm4,sm2,tif --sm4-key-file keys/sm4-key --sm2-public-key keys/sm2.pub.pem
    --tif-token-file keys/tif --require-on-token)
start_simulator
write_configuration
settings "envelope.token = true" "envelope.tif.paas.id = lianzheng-demo" "envelope.tif.key.file = keys/tif" \
    "envelope.sm4.citynum = 370800" "envelope.sm4.key.file = keys/sm4-key" "envelope.sm2.app.code = lianzheng-demo" \
    "envelope.sm2.key.file = keys/sm2.pem" "envelope.sm2.sm4.key.file = keys/sm4-key"
sed -i 's/^envelope.names = .*/envelope.names = hmac-sm3, sm4, sm2, tif/' "$demo/lianzheng.properties"
run 0 check --explain-signature
for step in "sm4 输入" "sm4 输出" "sm2 待签名串" "sm2 签名" "sm2 输出" "tif 待签名串" "hmac-sm3 签名" 发出的报文; do says "$step"; done
nothing_secret
says_not "$(<"$demo/keys/sm4-key")"
run 77 check --define envelope.token=false

say "-- the certificate of the SM2 key"
openssl req -x509 -key "$demo/keys/sm2.pem" -sm3 -sigopt distid:1234567812345678 -subj /CN=signer -days 30 -out "$demo/keys/signer.pem"
run 1 check --define envelope.sm2.certificate.file=keys/signer.pem
says "envelope.sm2.certificate.file：signer 将于"
run 78 check --define envelope.sm2.certificate.file=keys/long.pem
