#!/bin/sh
# Makes the README's pictures: the demo player plays all eight exercises, and the game writes what it shows. Needs ImageMagick.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
shots=$(mktemp -d)
trap 'rm -rf "$shots"' EXIT
BACKBEAT_HOME="$shots/home" "$root/build/backbeat" play --routine full_eight --input demo:skilful --headless --fast --seed 7 --screenshots "$shots/pictures" >/dev/null
cd "$shots/pictures"
pick() { ls -- *-"$1".png | head -n 1; }
montage=$(command -v montage-im6.q16 || command -v montage)
"$montage" "$(pick stone_garden-2-middle)" "$(pick tidewing-2-middle)" "$(pick lighthouse-2-middle)" "$(pick skyharp-2-middle)" \
    "$(pick bridgewright-2-middle)" "$(pick deep_bell-2-middle)" "$(pick windmill-2-middle)" "$(pick lantern_dragon-2-middle)" -tile 2x4 -geometry 640x360+4+4 -background '#101A2E' -depth 8 -strip -define png:compression-level=9 "$root/assets/pictures/games.png"
"$montage" "$(pick title)" "$(pick players)" "$(pick map)" "$(pick howto-lighthouse)" "$(pick calibrate-lighthouse)" "$(pick pause)" "$(pick result-lighthouse)" \
    "$(pick summary)" -tile 2x4 -geometry 640x360+4+4 -background '#101A2E' -depth 8 -strip -define png:compression-level=9 "$root/assets/pictures/screens.png"
