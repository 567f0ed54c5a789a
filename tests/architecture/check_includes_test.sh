#!/usr/bin/env bash
# The check itself: each planted include is named, each allowed one is not.
set -euo pipefail

check=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)/check_includes.sh
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
failures=0

# judge EXPECTED FILE INCLUDE: a tree of FILE alone, which holds INCLUDE.
judge() {
    local expected=$1 file=$2 include=$3 said found=fine
    rm -rf -- "${scratch:?}"/*
    mkdir -p "$scratch"/{gateway,adapters,mappings,tests/simulator} "$(dirname -- "$scratch/$file")"
    printf '// %s\n#include <string>\n  #  include %s  // why\n' "a comment" "$include" >"$scratch/$file"
    said=$("$check" "$scratch") || found=refused
    if [[ $found != "$expected" || ($expected == refused && $said != "$file:3: "*) ]]; then
        printf '%s with %s: %s, expected %s: %s\n' "$file" "$include" "$found" "$expected" "$said"
        failures=$((failures + 1))
    fi
}

# the rooms
judge fine gateway/store/a.h '"adapters/sql/database.h"'
judge fine gateway/planner/a.h '"mappings/date.h"'
judge fine adapters/national/a.cpp '"mappings/date.h"'
judge refused mappings/a.h '"adapters/runtime/result.h"'
judge refused mappings/a.cpp '"gateway/planner/plan.h"'
judge refused adapters/sql/a.cpp '"gateway/store/store.h"'
judge refused gateway/store/a.cpp '"tests/support/fake_platform.h"'
judge refused gateway/store/a.cpp '"store.h"'

# the stairs of gateway/
judge fine gateway/sync/a.cpp '"gateway/sync/pass.h"'
judge fine gateway/cli/a.cpp '"gateway/planner/plan.h"'
stairs=(planner store sync reconcile reporting console service cli)
for ((i = 1; i < ${#stairs[@]}; i++)); do
    judge fine "gateway/${stairs[i]}/a.cpp" "\"gateway/${stairs[i - 1]}/b.h\""
    judge refused "gateway/${stairs[i - 1]}/a.cpp" "\"gateway/${stairs[i]}/b.h\""
done

# side by side in adapters/
judge fine adapters/exchange/a.cpp '"adapters/sql/database.h"'
judge fine adapters/national/a.h '"adapters/envelope/envelope.h"'
judge refused adapters/runtime/a.cpp '"adapters/sql/database.h"'
judge refused adapters/sql/a.cpp '"adapters/provincial/source.h"'
judge refused adapters/provincial/a.cpp '"adapters/national/platform.h"'

# libraries
judge fine gateway/service/a.cpp '<Poco/Logger.h>'
judge fine adapters/runtime/a.cpp '<fmt/format.h>'
judge refused gateway/sync/a.cpp '<Poco/Logger.h>'
judge refused gateway/sync/a.cpp '"Poco/Logger.h"'
judge fine gateway/store/a.cpp '<soci/soci.h>'
judge refused gateway/sync/a.cpp '<soci/soci.h>'
judge fine adapters/national/a.cpp '<curl/curl.h>'
judge refused adapters/exchange/a.cpp '<curl/curl.h>'
judge fine gateway/console/login.cpp '<openssl/evp.h>'
judge refused gateway/console/api.cpp '<openssl/evp.h>'
judge refused gateway/store/a.cpp '<openssl/evp.h>'
judge fine mappings/a.cpp '<yaml-cpp/yaml.h>'
judge refused gateway/cli/a.cpp '<yaml-cpp/yaml.h>'
judge refused gateway/planner/a.cpp '<soci/soci.h>'
judge refused gateway/sync/retry_policy.cpp '<curl/curl.h>'

# the stand-in
judge fine tests/simulator/national/a.cpp '<Poco/Net/HTTPServer.h>'
judge fine tests/simulator/national/a.cpp '"tests/simulator/common/arguments.h"'
judge refused tests/simulator/national/a.cpp '"mappings/date.h"'

((failures == 0)) && echo "every planted include was judged rightly"
