#!/usr/bin/env bash
# The demonstration's life with province and store both on PostgreSQL, checked as the demonstration checks it.
# usage: postgres.sh LIANZHENG LIANZHENG_SIM
source "$(dirname -- "${BASH_SOURCE[0]}")/world.sh" "$@"

new_schema
province_url=$schema_url
new_schema
store_url=$schema_url
size=2000
live_it_through
