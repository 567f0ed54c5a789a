#!/usr/bin/env bash
# Every log event of level error or warning has its row in docs/runbook.md. Exit 1 when one is missing.
set -euo pipefail

cd -- "$1"
events=$(grep -rhoE --include='*.cpp' --include='*.h' 'log(_|\(\))?\.(error|warning)\("[a-z0-9_.]+"' gateway adapters |
    sed 's/.*"\(.*\)"/\1/' | LC_ALL=C sort -u)
[[ -n $events ]] || { echo "no events found under $1" >&2; exit 2; }
status=0
for event in $events; do
    grep -qE "^\| \`${event//./\\.}[ \`]" docs/runbook.md || { echo "docs/runbook.md says nothing of $event"; status=1; }
done
exit "$status"
