#!/bin/sh
# Builds what has threads of its own with ThreadSanitizer, which can't live in one program with the other sanitizers, and runs it.
# tsan_test.sh BUILD, a folder for this alone.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
tests="bridge_ring_test bridge_serial_test bridge_controller_test"
cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DBACKBEAT_SANITIZE=thread
# shellcheck disable=SC2086
cmake --build "$build" -j "$(nproc)" --target $tests
# Older runtimes can't place their shadow memory under much address randomisation.
fixed=""
if setarch "$(uname -m)" -R true 2>/dev/null; then fixed="setarch $(uname -m) -R"; fi
for test in $tests; do
    TSAN_OPTIONS=halt_on_error=1 $fixed "$build/tests/bridge/$test"
done
