#!/usr/bin/env bash
# No room for our own store (files may not grow any more: RLIMIT_FSIZE): 74 and not a signal, what was committed is whole,
# and with room again each step is done exactly once. So for a command, and for the service.
# usage: disk_full.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

# confined KIB COMMAND…: no file may grow beyond that.
confined() (
    ulimit -f "$1"
    exec "${@:2}"
)

begin sync_without_room 300 0
status=0
confined 2000 "$lianzheng" sync --first-run -c "$demo/lianzheng.properties" >"$demo/said" 2>"$demo/problems" || status=$?
expect "exit code without room" "$status" 74
says "本机状态库"
says "磁盘"
run 74 status --define store.url="sqlite3:///dev/full/store.db"
taken=$(asked accepted)
say "   taken before the disk was full: $taken"
complete

# The log alone has no room: it goes to standard error, and the work goes on.
begin log_without_room 60 0
truncate -s 9M "$demo/full.log"
status=0
confined 8192 "$lianzheng" sync --first-run -c "$demo/lianzheng.properties" --define national.base=http://127.0.0.1:1 \
    --define log.file="$demo/full.log" >"$demo/said" 2>"$demo/problems" || status=$?
expect "exit code with a full log and no platform" "$status" 69
says "platform.login_failed"
complete

begin service_without_room 300 0
run "0 1" sync --first-run --limit 20
serve confined $(($(stat -c %s "$demo/store.db") / 1024 + 100))
ended 74
says "本机状态库"
grep -q 'Error serve.failed where=store' "$demo/lianzheng.log" || fail "the log does not say why the service ended"
complete
