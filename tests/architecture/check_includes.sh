#!/usr/bin/env bash
# Reads every #include line under the given root and names those that go up the staircase of docs/architecture.md, or
# bring a library to where it does not belong. Exit 1 when there is one.
set -euo pipefail

root=$1
cd -- "$root"
mapfile -t sources < <(find gateway adapters mappings tests/simulator -name '*.h' -o -name '*.cpp' | LC_ALL=C sort)
((${#sources[@]})) || { echo "no sources under $root" >&2; exit 2; }

exec awk '
BEGIN {
    floors("room", "mappings adapters gateway")
    floors("gateway", "planner store sync reconcile reporting console service cli")
    # Beside its own folder, what a folder of adapters/ may use there.
    split("sql:runtime provincial:runtime,sql,http exchange:runtime,sql envelope:runtime http:runtime " \
          "national:runtime,envelope,http", pairs, " ")
    for (i in pairs) { split(pairs[i], pair, ":"); sideways[pair[1]] = "," pair[2] "," }
    # Where a library may be included: beginnings of paths.
    library["Poco"] = "gateway/service/ gateway/cli/ gateway/console/ adapters/http/"
    library["SOCI"] = "adapters/sql/ adapters/provincial/ adapters/exchange/ gateway/store/"
    library["libcurl"] = "adapters/http/ adapters/national/"
    library["OpenSSL"] = "adapters/envelope/ gateway/console/login"
    library["yaml-cpp"] = "mappings/"
    library["CLI11"] = "gateway/cli/"
    library["libxlsxwriter"] = "gateway/reporting/"
    library["systemd"] = "gateway/service/"
    library["simdjson"] = "adapters/national/ adapters/exchange/"
}
function floors(stair, names,    n, i, list) {
    n = split(names, list, " ")
    for (i = 1; i <= n; i++) floor[stair, list[i]] = i
}
function libraryOf(header) {
    if (header ~ /^Poco\//) return "Poco"
    if (header ~ /^soci\//) return "SOCI"
    if (header ~ /^curl\//) return "libcurl"
    if (header ~ /^openssl\//) return "OpenSSL"
    if (header ~ /^yaml-cpp\//) return "yaml-cpp"
    if (header ~ /^CLI\//) return "CLI11"
    if (header ~ /^xlsxwriter/) return "libxlsxwriter"
    if (header ~ /^systemd\//) return "systemd"
    if (header ~ /^simdjson/) return "simdjson"
    return ""
}
function isPure(file) {
    return file ~ /^gateway\/planner\// || file ~ /^gateway\/sync\/(retry_policy|retry_budget|pacing|recent_items|lanes|ceilings)\./
}
function isAt(file, places,    n, i, list) {
    n = split(places, list, " ")
    for (i = 1; i <= n; i++) if (index(file, list[i]) == 1) return 1
    return 0
}
function say(message) { printf "%s:%d: includes %s: %s\n", FILENAME, FNR, header, message; bad = 1 }
function judgeOwn(    here, there) {
    split(FILENAME, here, "/")
    split(header, there, "/")
    if (FILENAME ~ /^tests\/simulator\//) {
        if (header !~ /^tests\/simulator\//) say("the simulator uses nothing of the gateway")
    } else if (!(("room", there[1]) in floor)) {
        say("includes begin at the root with gateway/, adapters/ or mappings/")
    } else if (floor["room", there[1]] > floor["room", here[1]]) {
        say(here[1] "/ does not use " there[1] "/")
    } else if (here[1] == "gateway" && there[1] == "gateway") {
        if (floor["gateway", there[2]] > floor["gateway", here[2]]) say("gateway/" here[2] " does not use gateway/" there[2])
    } else if (here[1] == "adapters" && there[1] == "adapters") {
        if (here[2] != there[2] && index(sideways[here[2]], "," there[2] ",") == 0)
            say("adapters/" here[2] " does not use adapters/" there[2])
    }
}
function judgeForeign(    name) {
    name = libraryOf(header)
    if (FILENAME ~ /^tests\// || name == "") return
    if (isPure(FILENAME)) say("this part is pure")
    else if (!isAt(FILENAME, library[name])) say(name " belongs to " library[name])
}
/^[ \t]*#[ \t]*include[ \t]*["<]/ {
    header = $0
    own = header ~ /include[ \t]*"/
    sub(/^[^"<]*["<]/, "", header)
    sub(/[">].*$/, "", header)
    if (own && libraryOf(header) == "") judgeOwn()
    else judgeForeign()
}
END { exit bad }
' "${sources[@]}"
