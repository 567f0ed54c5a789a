# Whole runs of the gateway against bare programs, for tests/bench/run to source: a province of a size on a database,
# its exchange view and a gateway that has everything in step. Needs $build, $work and $root.

# shellcheck source=tests/whole_run/planting.sh
source "$root/tests/whole_run/planting.sh"

gateway=$build/gateway/cli/lianzheng
simulator=$build/tests/simulator/lianzheng-sim
whole=$build/tests/bench/bench_whole
mapping=$root/mappings/anguan.yaml
rounds=${LIANZHENG_BENCH_ROUNDS:-5}

# The columns that the mapping reads, and which rows.
columns="ZSID, ZSBH, ZSLX, FZJG, SCFZRQ, FZRQ, YXQQ, YXQZ, XM, XB, CSRQ, ZJLX, ZJHM, XL, ZC, ZY, ZW, DWMC, TYXYDM, XZQH, \
HYLB, RYBH, ZPBB, ZZDZ, ZZSJ, ZZBS, GXSJ, YZSBH, YZZBS, YQBZ, JJBZ, ZXLX, ZCBZ, QTBZ, QTSM, ZKBZ, ZKYY"
wanted="SPZT = '2' AND SCBZ = '0' AND CSBZ = '0'"

shanghai() { TZ=CST-8 date "$@"; }

# measured COMMAND…: «wall processor KiB exit»; what the command says goes to $work/said.
measured() { "$whole" measure "$@" 2>"$work/said"; }

# allowed CODES FIGURES: the figures, unless the exit code is none of CODES.
allowed() {
    local code=${2##* }
    if [[ " $1 " == *" $code "* ]]; then
        printf '%s\n' "$2"
    else
        cat "$work/said" >&2
        printf 'ended with %s\n' "$code" >&2
        return 1
    fi
}

lianzheng() { measured "$gateway" "$@" -c "$work/$side-$rows${variant:-}.properties"; }

# median COLUMN FILE
median() { sort -n -k"$1,$1" "$2" | awk -v c="$1" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'; }

# compared TITLE LIMIT [OURS BARE [WORD]]: the medians of two files of figures ($work/ours and $work/bare), and the ratio
# of their wall clocks. WORD names the second: bare.
compared() {
    local ours=${3:-$work/ours} bare=${4:-$work/bare}
    awk -v t="$1" -v l="$2" -v ow="$(median 1 "$ours")" -v oc="$(median 2 "$ours")" -v w="${5:-bare}" \
        -v bw="$(median 1 "$bare")" -v bc="$(median 2 "$bare")" -v m="$(median 3 "$ours")" 'BEGIN {
        printf "%-34s gateway %7.2f s (%6.2f s of processor, %d MB)  %s %7.2f s (%6.2f s)  ratio %.2f (%.2f), wanted at most %s\n",
            t, ow, oc, m / 1024, w, bw, bc, ow / bw, oc / bc, l }'
}

# prepare: the province, the platform's view of it, and a ledger in step. Uses $side and $rows.
prepare() {
    local base=$work/$side-$rows platform port waited=0
    mkdir -p "$base"
    if [[ $side == sqlite ]]; then
        province=sqlite3://$base/province.db store=sqlite3://$base/store.db
    else
        province=$LIANZHENG_TEST_POSTGRES store=sqlite3://$base/store.db
        store=${LIANZHENG_TEST_POSTGRES/dbname=postgres/dbname=lianzheng_bench_store}
        psql_do "DROP DATABASE IF EXISTS lianzheng_bench_store" "DROP DATABASE IF EXISTS lianzheng_bench" \
            "CREATE DATABASE lianzheng_bench_store" "CREATE DATABASE lianzheng_bench"
        province=${LIANZHENG_TEST_POSTGRES/dbname=postgres/dbname=lianzheng_bench}
    fi
    "$simulator" province --url "$province" --size "$rows" --registered "$rows" --seed 2023 \
        --today "$(shanghai +%F)" --out "$base" >/dev/null
    "$whole" exchange "$base/national-seed.jsonl" "$base/exchange.db"
    rm -f "$base"/*.jsonl
    openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$base/code.pem"
    openssl pkey -in "$base/code.pem" -pubout -out "$base/code.pub"
    openssl rand -hex 16 >"$base/secret"
    "$simulator" national --port 0 --port-file "$base/port" --public-key "$base/code.pub" --client-id 370000 \
        --client-secret-file "$base/secret" >"$base/platform.log" 2>&1 &
    platform=$!
    until [[ -s $base/port ]]; do
        ((++waited <= 300)) || { cat "$base/platform.log" >&2; return 1; }
        sleep 0.1
    done
    port=$(<"$base/port")
    cat >"$work/$side-$rows.properties" <<PROPERTIES
province.url = $province
province.mapping = $mapping
store.url = $store
national.base = http://127.0.0.1:$port
national.client.id = 370000
national.client.secret.file = $base/secret
national.code.key.file = $base/code.pem
exchange.url = sqlite3://$base/exchange.db
exchange.scratch = $base
report.directory = $base/reports
writeback.target = none
policy.licence.poll.minutes = 1440
scan.horizon.seconds = 0
PROPERTIES
    adopting=$(allowed 0 "$(lianzheng adopt --from exchange)")
    first=$(allowed "0 1" "$(lianzheng sync --full --accept "$rows")")
    # What would be sent from now on rests: the platform is gone.
    kill "$platform"
    wait "$platform" 2>/dev/null || true
}

# psql_do STATEMENT…: in the database that is always there.
psql_do() {
    local statement
    for statement in "$@"; do
        psql -q -X -h "$(sed 's/.*host=\([^ ]*\).*/\1/' <<<"$LIANZHENG_TEST_POSTGRES")" \
            -U "$(sed 's/.*user=\([^ ]*\).*/\1/' <<<"$LIANZHENG_TEST_POSTGRES")" -d "${database:-postgres}" -c "$statement"
    done 2>/dev/null
}

# touch_rows ROUND: 10,000 rows within the overlap, of which 1,000 say something new.
touch_rows() {
    local now changes step=$((rows / 10000))
    now=$(shanghai '+%F %T' -d '-60 seconds')
    changes="UPDATE T_AQSC_ZS SET GXSJ = '$now' WHERE CAST(substr(ZSID, 3) AS INTEGER) % $step = 3;
        UPDATE T_RYXX SET ZY = '专业 $1' WHERE RYBH IN (SELECT RYBH FROM T_AQSC_ZS
            WHERE CAST(substr(ZSID, 3) AS INTEGER) % ($step * 10) = 3);"
    if [[ $side == sqlite ]]; then
        sqlite3 "$work/$side-$rows/province.db" "BEGIN; $changes COMMIT;"
    else
        database=lianzheng_bench psql_do "$changes"
    fi
}

full_sweeps() {
    local round query="SELECT $columns FROM V_ANGUAN WHERE $wanted ORDER BY ZSBH, ZSID"
    : >"$work/ours" && : >"$work/bare"
    for ((round = 0; round < rounds; ++round)); do
        allowed 0 "$(measured "$whole" sweep "$work/$side-$rows/province.db" "$query")" >>"$work/bare"
        allowed "0 1 69" "$(lianzheng sync --full)" >>"$work/ours"
    done
    compared "full sweep, nothing to do" 3
}

incremental_passes() {
    local round query
    : >"$work/ours" && : >"$work/bare"
    for ((round = 0; round < rounds; ++round)); do
        touch_rows "$round"
        query="SELECT $columns FROM V_ANGUAN WHERE $wanted
            AND (GXSJ, ZSID) > ('$(shanghai '+%F %T' -d '-7200 seconds')', '') ORDER BY GXSJ, ZSID"
        allowed 0 "$(measured "$whole" scan "$work/$side-$rows/province.db" "$query" "$mapping" 1000)" >>"$work/bare"
        allowed "0 1 69" "$(lianzheng sync)" >>"$work/ours"
    done
    compared "incremental, 1,000 of 10,000" 3
}

# by_sort: both sides exported to CSV by the sqlite3 command, sorted, and what stands on one side only.
by_sort() {
    local base=$work/$side-$rows
    cat >"$base/by_sort" <<COMMANDS
set -e
sqlite3 -csv "$base/province.db" "SELECT ZSBH, ZSLX, FZJG, SCFZRQ, FZRQ, YXQQ, YXQZ, XM, XB, CSRQ, ZJLX, ZJHM, XL, ZC, ZY,
    ZW, DWMC, TYXYDM, ZXLX, ZCBZ, QTBZ, ZKBZ FROM V_ANGUAN WHERE $wanted" >"$base/ours.csv"
sqlite3 -csv "$base/exchange.db" "SELECT certNum, categoryCode, issuAuth, issuedDate, issuDate, effectiveDate,
    expiringDate, name, gender, birthDate, identityCardType, identityCard, educationDegree, technicalTitle, major,
    appointment, companyName, creditCode, certState FROM v_anguan" >"$base/theirs.csv"
export LC_ALL=C
sort -S 64M -T "$base" -o "$base/ours.sorted" "$base/ours.csv"
sort -S 64M -T "$base" -o "$base/theirs.sorted" "$base/theirs.csv"
comm -3 "$base/ours.sorted" "$base/theirs.sorted" >"$base/only"
COMMANDS
    measured bash "$base/by_sort"
}

# tampered: 0.1 % of the platform's certificates are changed behind our back.
tampered() {
    sqlite3 "$work/$side-$rows/exchange.db" "UPDATE v_anguan SET companyName = '示例公司' WHERE rowid % 1000 = 7"
}

# in_one_file: both sides in one SQLite file, which is what a join needs.
in_one_file() {
    local base=$work/$side-$rows
    cp -- "$base/province.db" "$base/joined.db"
    sqlite3 "$base/joined.db" "ATTACH '$base/exchange.db' AS other; CREATE TABLE platform AS SELECT * FROM other.v_anguan;
        CREATE INDEX platform_number ON platform (certNum);"
}

# by_join: a full outer join of them, for the numbers and what both sides write alike; nothing else needs a mapping.
by_join() {
    local base=$work/$side-$rows
    cat >"$base/by_join" <<COMMANDS
exec sqlite3 -csv "$base/joined.db" "SELECT ours.ZSBH, theirs.certNum, XM, name, ZJHM, identityCard, DWMC, companyName, TYXYDM,
        creditCode, FZRQ, issuDate, YXQQ, effectiveDate
    FROM (SELECT * FROM V_ANGUAN WHERE $wanted) ours FULL OUTER JOIN platform theirs ON theirs.certNum = ours.ZSBH
    WHERE ours.ZSBH IS NULL OR theirs.certNum IS NULL OR trim(XM) IS NOT name OR ZJHM IS NOT identityCard
        OR trim(DWMC) IS NOT companyName OR TYXYDM IS NOT creditCode OR substr(FZRQ, 1, 10) IS NOT issuDate
        OR YXQQ IS NOT effectiveDate" >"$base/only"
COMMANDS
    measured bash "$base/by_join"
}

# as_lines: the platform's view once more, as gzip JSON Lines, and a configuration that reads it.
as_lines() {
    local base=$work/$side-$rows names
    names=$(sqlite3 "$base/exchange.db" "SELECT group_concat(quote(name) || ', ' || name, ', ')
        FROM pragma_table_info('v_anguan')")
    sqlite3 "$base/exchange.db" "SELECT json_object($names) FROM v_anguan" | gzip >"$base/exchange.jsonl.gz"
    sed "s#^exchange\.url = .*#exchange.file = $base/exchange.jsonl.gz#" "$work/$side-$rows.properties" \
        >"$work/$side-$rows-lines.properties"
}

reconciliations() {
    local round figures=$work/figures
    tampered
    in_one_file
    as_lines
    rm -rf -- "$figures" && mkdir -p "$figures"
    for ((round = 0; round < rounds; ++round)); do
        allowed 0 "$(by_sort)" >>"$figures/sort"
        allowed "0 1" "$(lianzheng reconcile --against exchange)" >>"$figures/exchange"
        allowed 0 "$(by_join)" >>"$figures/join"
        allowed "0 1" "$(lianzheng reconcile --against ledger)" >>"$figures/ledger"
        allowed "0 1" "$(variant=-lines lianzheng reconcile --against exchange)" >>"$figures/lines"
    done
    compared "reconcile, 0.1 % differences" 0.4 "$figures/exchange" "$figures/sort" sort
    compared "  the same" 2 "$figures/exchange" "$figures/join" join
    compared "  against the ledger" 0.5 "$figures/ledger" "$figures/join" join
    compared "  from gzip JSON Lines" 1.5 "$figures/lines" "$figures/exchange" SQL
}

# both_on_postgres: the platform's view beside the province, and a configuration more that keeps what has not changed.
both_on_postgres() {
    local base=$work/$side-$rows columns
    columns=$(sqlite3 "$base/exchange.db" "SELECT group_concat(name || ' text', ', ') FROM pragma_table_info('v_anguan')")
    database=lianzheng_bench psql_do "CREATE TABLE v_exchange ($columns)"
    sqlite3 -csv "$base/exchange.db" "SELECT * FROM v_anguan" |
        database=lianzheng_bench psql_do "\\copy v_exchange FROM STDIN WITH (FORMAT csv)"
    database=lianzheng_bench psql_do "CREATE INDEX v_exchange_number ON v_exchange (certnum)" "VACUUM ANALYZE"
    sed "s#^exchange\.url = .*#exchange.url = $province\nexchange.table = v_exchange#" "$work/$side-$rows.properties" \
        >"$work/$side-$rows-both.properties"
    sed "\$ a reconcile.ranges = $base/ranges" "$work/$side-$rows-both.properties" >"$work/$side-$rows-ranges.properties"
}

# unchanged_ranges: reconciling two PostgreSQL databases, all of it and only what has changed since.
unchanged_ranges() {
    local round figures=$work/figures change
    both_on_postgres
    rm -rf -- "$figures" && mkdir -p "$figures"
    memory_of "reconcile, both on PostgreSQL, kept" "$(allowed "0 1" "$(variant=-ranges lianzheng reconcile)")"
    for ((round = 0; round < rounds; ++round)); do
        change="UPDATE v_exchange SET companyname = '示例公司 $round' WHERE hashtext(certnum) % 1000 = 7"
        allowed "0 1" "$(variant=-both lianzheng reconcile)" >>"$figures/all"
        allowed "0 1" "$(variant=-ranges lianzheng reconcile)" >>"$figures/unchanged"
        database=lianzheng_bench psql_do "$change"
        allowed "0 1" "$(variant=-ranges lianzheng reconcile)" >>"$figures/changed"
    done
    compared "  nothing changed since" - "$figures/unchanged" "$figures/all" all
    compared "  0.1 % of the view changed since" - "$figures/changed" "$figures/all" all
}

# planted_differences: 0.1 % of the certificates, of every class and in two sizes of clump: each is found, once.
planted_differences() {
    local base=$work/$side-$rows
    local province=$base/province.db exchange=$base/exchange.db store=$base/store.db plan=$base/plan.db
    local each=$((rows / 30000)) figures
    plant_rule_conflicts
    allowed "0 1 69" "$(lianzheng sync)" >/dev/null
    allowed "0 1" "$(lianzheng reconcile --against exchange)" >/dev/null
    choose_victims
    plant_in_flight
    allowed "0 1 69" "$(lianzheng sync)" >/dev/null
    plant_differences
    figures=$(allowed 1 "$(lianzheng reconcile --against exchange)")
    memory_of "0.1 % planted of every class, found" "$figures"
    planted_as_expected
}

# memory_of TITLE FIGURES
memory_of() { awk -v t="$1" '{ printf "%-34s %7.2f s, peak %4d MB\n", t, $1, $3 / 1024 }' <<<"$2"; }

# whole_runs SIDE ROWS: everything of one size on one database.
whole_runs() {
    side=$1 rows=$2
    printf '%s, %s certificates\n' "$side" "$rows"
    prepare
    memory_of "adopt" "$adopting"
    memory_of "first full pass" "$first"
    if [[ $side == sqlite && $rows == "$large" ]]; then
        full_sweeps
        incremental_passes
        reconciliations
        planted_differences
    else
        memory_of "full sweep" "$(allowed "0 1 69" "$(lianzheng sync --full)")"
        touch_rows 0
        memory_of "incremental" "$(allowed "0 1 69" "$(lianzheng sync)")"
        memory_of "reconcile" "$(allowed "0 1" "$(lianzheng reconcile --against exchange)")"
        [[ $side == sqlite ]] || unchanged_ranges
    fi
    rm -rf -- "${work:?}/$side-$rows"
}
