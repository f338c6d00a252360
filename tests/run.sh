#!/bin/sh
# Installs what the tests need, builds everything with AddressSanitizer and UndefinedBehaviorSanitizer, and runs all tests through ctest.
# Arguments go to ctest (-R NAME runs one).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck disable=SC2046
sh "$root/game/install.sh" $(cat "$root/game/packages.txt" "$root/tests/packages.txt")
build="$root/build-tests"
if ! [ -f "$build/CMakeCache.txt" ]; then
    cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DBACKBEAT_SANITIZE=address,undefined >/dev/null
fi
cmake --build "$build" -j "$(nproc)" | grep -v -e 'Building C object' -e 'Linking C' -e 'Built target' -e 'Consolidate' -e 'Scanning' || true
cmake --build "$build" -j "$(nproc)" >/dev/null
cd "$build"
exec ctest --output-on-failure -j "$(nproc)" "$@"
