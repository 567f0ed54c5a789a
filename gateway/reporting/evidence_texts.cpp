#include "gateway/reporting/evidence_texts.h"

namespace lianzheng {

const std::string_view kEvidenceScript = R"SH(#!/bin/sh
# 用 openssl 核验本文件夹中的证据，说明见 README.md。
# 用法：sh verify.sh [封印密钥文件]（仅 HMAC-SM3 封印需要密钥文件）
# 退出码：0 全部相符；1 有不符；2 相符，但有尚未封印或无法核验的封印
set -eu
cd "$(dirname "$0")"
key_file=${1:-}
bad=0
open=0
tab=$(printf '\t')

say() { printf '%s\n' "$*"; }
wrong() { say "不符：$*"; bad=1; }
pending() { say "注意：$*"; open=1; }
sm3() { openssl dgst -sm3 -r | cut -c1-64; }

# hex_bytes HEX：十六进制变为字节。
hex_bytes() {
    rest=$1
    while [ -n "$rest" ]; do
        tail=${rest#??}
        printf "\\$(printf '%03o' "0x${rest%"$tail"}")"
        rest=$tail
    done
}

# padded HEX N：密钥补零到 64 字节后与 N 逐字节异或。
padded() {
    rest=$1
    made=
    while [ ${#made} -lt 128 ]; do
        tail=${rest#??}
        byte=${rest%"$tail"}
        rest=$tail
        made=$made$(printf '%02x' $((0x${byte:-00} ^ $2)))
    done
    hex_bytes "$made"
}

# hmac FILE：HMAC-SM3，由两次 SM3 得出，密钥不出现在命令行中。
hmac() {
    hex=$(od -An -v -tx1 "$key_file" | tr -d ' \n')
    hex=${hex%0a}
    hex=${hex%0d}
    if [ ${#hex} -gt 128 ]; then hex=$(hex_bytes "$hex" | sm3); fi
    inner=$({ padded "$hex" 0x36; cat "$1"; } | sm3)
    { padded "$hex" 0x5c; hex_bytes "$inner"; } | sm3
}

# seal ENTRY：封印与链在该条之后的值相符，封印本身有效。
seal() {
    text=seals/$1.txt
    grep -qx "entry $1" "$text" || wrong "$text 所封不是第 $1 条"
    grep -qx "hash $hash" "$text" || wrong "第 $1 条之后的链值与封印不符"
    id=$(sed -n 's/^key //p' "$text")
    if grep -qx 'method sm2' "$text"; then
        key=keys/$id.pem
        [ "$(openssl pkey -pubin -in "$key" -outform DER | sm3)" = "$id" ] || wrong "$key 与密钥标识不符"
        if openssl dgst -sm3 -verify "$key" -sigopt distid:1234567812345678 -signature "seals/$1.sig" "$text" >/dev/null; then
            say "封印有效：第 $1 条，密钥标识 $id"
        else
            wrong "第 $1 条的 SM2 封印无效"
        fi
    elif [ -z "$key_file" ]; then
        pending "第 $1 条的封印是 HMAC-SM3，须由密钥持有者核验：sh verify.sh 密钥文件"
    elif [ "$(hmac "$text")" = "$(cat "seals/$1.hmac")" ]; then
        say "封印有效：第 $1 条，密钥标识 $id"
    else
        wrong "第 $1 条的 HMAC-SM3 封印无效"
    fi
}

for chain in chains/*.txt; do
    hash=
    last=
    while read -r seq digest; do
        if [ "$seq" = before ]; then
            hash=$digest
            continue
        fi
        entry=entries/$seq.txt
        if [ -f "$entry" ]; then
            [ "$(sm3 <"$entry")" = "$digest" ] || wrong "$entry 被改动过"
            [ "$(cut -f 1 "$entry")" = "$seq" ] || wrong "$entry 的序号不是 $seq"
        fi
        hash=$(printf '%s\n%s' "$hash" "$digest" | sm3)
        last=$seq
    done <"$chain"
    if [ -f "seals/$last.txt" ]; then
        seal "$last"
    else
        pending "第 $last 条之前尚未封印，此时链值为 $last:$hash，可与台账报告所印链头比对"
    fi
done

count=0
for entry in entries/*.txt; do
    seq=${entry#entries/}
    seq=${seq%.txt}
    cat chains/*.txt | grep -q "^$seq " || wrong "$entry 不在链中"
    count=$((count + 1))
done

if [ $bad -ne 0 ]; then
    say "结论：证据不符，不可采信"
    exit 1
fi
say "结论：$count 条证据与链相符"
[ $open -eq 0 ] || exit 2
)SH";

const std::string_view kEvidenceReadme = R"MD(# 证书 {number} 的报送证据

导出时间：{made}（北京时间）。本文件夹可交第三方，仅凭 `openssl`（3.0 及以上）核验，无需本系统的任何程序或数据。

## 如何核验

    sh verify.sh

退出码 0 为全部相符，1 为不符，2 为相符但有尚未封印、或须由密钥持有者核验的部分。SM2 封印凭 `keys/` 中的公钥即可核验；
HMAC-SM3 封印只有密钥持有者能够核验：`sh verify.sh 密钥文件`。

公钥是否确为发送方所有，本文件夹自身不能证明：请将 `keys/` 中的文件名（密钥标识，即公钥 DER 的 SM3 值）与发送方另行公布的标识比对。

## 报送记录

{entries}
操作：`01`～`10` 为办理类型（`assign`、`update` 报送），`collect` 为归集，`query` 为查询，`check` 为校验，`identity` 为证件号码变更。
编号按安管人员代码表；特种作业的变更记为 `09`，报文中为 `08`。
结果：`accepted` 受理，`warned` 受理并有提示，`refused` 退回，其余为未得到答复。

## 封印

{seals}
## 文件

| 文件 | 内容 |
|---|---|
| `entries/N.txt` | 第 N 条证据原文，以制表符分隔：序号、请求号、操作、发出时间、答复时间（1970 年以来毫秒）、业务报文的 SM3、答复的 SM3（没有答复则为空）、本次请求所含各证书（编号、业务流水号、结果） |
| `chains/N.txt` | 从第一条有关证据到封印处的链：`before` 一行为之前的链值，以下每行是序号和该条原文的 SM3；他人的证据只有 SM3 值 |
| `seals/N.txt`、`N.sig`、`N.hmac` | 第 N 条之后的封印所签的文字，及其 SM2 签名（DER，用户标识 1234567812345678）或 HMAC-SM3 |
| `keys/标识.pem` | 封印公钥 |

链值的算法：SM3（前一链值、换行、本条原文的 SM3），第一条之前的链值为空。逐条手工核验：

    openssl dgst -sm3 entries/N.txt
    printf '%s\n%s' 前一链值 本条SM3 | openssl dgst -sm3
    openssl dgst -sm3 -verify keys/标识.pem -sigopt distid:1234567812345678 -signature seals/N.sig seals/N.txt

## 本文件夹不含什么

不含姓名、身份证件号码、单位和照片，也不含报文本身：证据只需要报文的 SM3 值。需要证明报文内容时，由保存报文的一方出示报文，
以 `openssl dgst -sm3 报文文件` 与原文中“业务报文的 SM3”比对。同一次请求中如有他人证书，其编号会出现在该条原文中。
)MD";

}  // namespace lianzheng
