#!/bin/sh
# Installs what the tests need, builds everything with AddressSanitizer and UndefinedBehaviorSanitizer, and runs all tests through ctest.
# Arguments go to ctest (-R NAME runs one). Other compilers and sanitizers are tests of their own: see tests/scripts.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build="$root/build-tests"
log="$build/run.log"

# What it does in a line; what the tools say only where they fail.
step() {
    echo "$1 ..."
    shift
    "$@" >"$log" 2>&1 && return
    code=$?
    grep -i -e 'error' -e 'undefined reference' "$log" | head -n 20 || true
    tail -n 40 "$log"
    echo "Failed: $*" >&2
    exit "$code"
}

# shellcheck disable=SC2046
sh "$root/game/install.sh" $(cat "$root/game/packages.txt" "$root/tests/packages.txt")
mkdir -p "$build"
step "Configuring in build-tests" cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DBACKBEAT_SANITIZE=address,undefined
step "Building with AddressSanitizer and UndefinedBehaviorSanitizer" cmake --build "$build" -j "$(nproc)"
cd "$build"
# Some compilers' sanitizers can't bear much address randomisation.
fixed=""
if setarch "$(uname -m)" -R true 2>/dev/null; then fixed="setarch $(uname -m) -R"; fi
echo "Testing; some tests play in real time and mostly wait ..."
# shellcheck disable=SC2086
exec $fixed ctest --output-on-failure --timeout 300 -j "$(($(nproc) + 3))" "$@"
