#!/bin/sh
# Installs what is missing, builds the game into build/ and opens it. Arguments go to the program.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck disable=SC2046
sh "$root/game/install.sh" $(cat "$root/game/packages.txt")
cmake -S "$root" -B "$root/build" -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$root/build" --target backbeat -j "$(nproc)" >/dev/null
if [ $# -gt 0 ]; then
    exec "$root/build/backbeat" "$@"
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
    exec "$root/build/backbeat"
fi
pictures="$root/build/pictures"
echo "There is no display here, so the demo player plays the Quick five in memory."
rm -rf "$pictures"
"$root/build/backbeat" play --routine quick_five --input demo --headless --fast --screenshots "$pictures"
echo "A picture of every screen is in build/pictures. From a desktop, this command opens the game."
