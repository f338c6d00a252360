#!/bin/sh
# The plain build as a newcomer makes it (gcc, Release, no cmocka) and everything with clang, warnings as errors in both; then the two
# programs and the one under test play the same game. builds_test.sh BUILD BACKBEAT, where BUILD is a folder for this alone.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
program=$2
mkdir -p "$build"

# A pkg-config to which cmocka does not exist.
cat >"$build/pkg-config" <<'END'
#!/bin/sh
case "$*" in *cmocka*) exit 1 ;; esac
exec pkg-config "$@"
END
chmod +x "$build/pkg-config"

CC=gcc cmake -S "$root" -B "$build/plain" -DCMAKE_BUILD_TYPE=Release -DPKG_CONFIG_EXECUTABLE="$build/pkg-config"
cmake --build "$build/plain" -j "$(nproc)"
if [ -e "$build/plain/tests/unit" ]; then
    find "$build/plain/tests/unit" -type f -perm -u+x | grep . && echo "unit tests were built without cmocka" && exit 1
fi
find "$build/plain/tests/bench" -type f -perm -u+x | grep . || { echo "no benchmark was built"; exit 1; }

CC=clang cmake -S "$root" -B "$build/clang" -DCMAKE_BUILD_TYPE=Release
cmake --build "$build/clang" -j "$(nproc)"

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
for each in "$program" "$build/plain/backbeat" "$build/clang/backbeat"; do
    BACKBEAT_HOME="$home/backbeat" BACKBEAT_ASSETS="$root/assets" "$each" play --routine quick_five --input demo \
        --headless --fast --seed 11 --json | grep -v '"replay"' >"$home/result"
    grep '"score"' "$home/result" | head -n 1
    [ -f "$home/first" ] || cp "$home/result" "$home/first"
    diff "$home/first" "$home/result" || { echo "$each plays another game"; exit 1; }
done
