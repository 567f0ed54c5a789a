#!/usr/bin/env bash
# What `cmake --install` puts in place is enough: the installed program, the installed mappings and the installed
# configuration check a province; and the unit's own ExecStart line starts a service that answers and stops cleanly.
# usage: installed.sh LIANZHENG LIANZHENG_SIM BUILD_DIRECTORY
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"
build=$3

begin installed 60 20
stage_root=$demo/stage
DESTDIR=$stage_root cmake --install "$build" --prefix /usr >"$demo/installation" || fail "not installed"
unit=$stage_root/usr/lib/systemd/system/lianzheng.service
installed=$stage_root/etc/lianzheng/lianzheng.properties

say "-- in place"
for file in usr/bin/lianzheng usr/share/lianzheng/lianzheng.properties usr/share/lianzheng/calendar.properties usr/share/lianzheng/mappings/README.md \
    etc/lianzheng/lianzheng.properties usr/lib/systemd/system/lianzheng.service; do
    [[ -f $stage_root/$file ]] || fail "not installed: /$file"
done
[[ -x $stage_root/usr/bin/lianzheng ]] || fail "the program cannot be run"
(cd "$root/mappings" && find . -name '*.yaml') | while read -r file; do
    cmp "$root/mappings/$file" "$stage_root/usr/share/lianzheng/mappings/$file" || fail "not installed: $file"
done
if find "$stage_root" -name '*.cpp' -o -name '*.h' | grep -q .; then fail "sources were installed"; fi

say "-- check, with the installed configuration"
# As an operator fills it in: each key of the demonstration's where the shipped file shows it.
sed -i "s|^province.mapping = .*|province.mapping = $stage_root/usr/share/lianzheng/mappings/anguan.yaml|" \
    "$demo/lianzheng.properties"
grep -v '^#' "$demo/lianzheng.properties" | while IFS= read -r line; do
    key=${line%% = *}
    grep -q "^#$key = " "$installed" || fail "the shipped configuration does not show $key"
    value=${line#* = }
    # Relative paths count from the configuration's folder.
    [[ $key != *.file && $key != *.directory && $key != exchange.scratch || $value == /* ]] || value=$demo/$value
    value=${value/#sqlite3:\/\/exchange/sqlite3://$demo/exchange}
    value=${value/#sqlite3:\/\/store/sqlite3://$demo/store}
    sed -i "s|^#$key = .*|$key = $value|" "$installed"
done
refresh_exchange
lianzheng=$stage_root/usr/bin/lianzheng
"$lianzheng" check -c "$installed" >"$demo/said" 2>"$demo/problems" || fail "the installed check ended with $?"
says "✓ mapping"
says "✓ national"
"$lianzheng" adopt --from exchange -c "$installed" >"$demo/said" 2>"$demo/problems" || fail "adopt"

say "-- installed again, over an operator's configuration"
cp "$installed" "$demo/kept"
DESTDIR=$stage_root cmake --install "$build" --prefix /usr >"$demo/installation" || fail "not installed again"
cmp "$demo/kept" "$installed" || fail "the operator's configuration was overwritten"

say "-- the unit's ExecStart"
line=$(sed -n 's/^ExecStart=//p' "$unit")
[[ -n $line && $line != *$'\n'* ]] || fail "the unit has not one ExecStart"
read -ra words <<<"$line"
# Its absolute paths lie below the staging folder here.
for i in "${!words[@]}"; do
    if [[ ${words[i]} == /* ]]; then
        words[i]=$stage_root${words[i]}
        [[ -e ${words[i]} ]] || fail "ExecStart names ${words[i]#"$stage_root"}, which is not installed"
    fi
done
: >"$demo/lianzheng.log"
"${words[@]}" >"$demo/said" 2>"$demo/problems" </dev/null &
gateway_process=$!
until_so "it answers" health healthz
expect "readyz" "$(health readyz)" ok
asked_to_stop=$SECONDS
kill -TERM "$gateway_process"
ended 0
(($SECONDS - asked_to_stop <= 10)) || fail "it took $((SECONDS - asked_to_stop)) s to stop"
# The unit gives it more than that.
(($(sed -n 's/^TimeoutStopSec=//p' "$unit") > 10)) || fail "systemd would kill it before"
grep -q 'serve.stopped' "$demo/lianzheng.log" || fail "it did not stop in order"

# Exit codes that do not go away by starting again are those the runbook says.
for code in 2 76 78; do
    grep -q "^RestartPreventExitStatus=.*\b$code\b" "$unit" || fail "the unit restarts after $code"
    grep -qE "^\| $code \|.*does not restart" "$root/docs/runbook.md" || fail "the runbook does not say so of $code"
done
