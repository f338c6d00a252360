#!/bin/sh
# Makes the README's pictures: the demo player plays the Quick five, and the game writes what it shows. Needs ImageMagick.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
shots=$(mktemp -d)
trap 'rm -rf "$shots"' EXIT
BACKBEAT_HOME="$shots/home" "$root/build/backbeat" play --routine quick_five --input demo:skilful --headless --fast --seed 7 --screenshots "$shots/pictures" >/dev/null
cd "$shots/pictures"
pick() { ls -- *-"$1".png | head -n 1; }
montage=$(command -v montage-im6.q16 || command -v montage)
"$montage" "$(pick title)" "$(pick stone_garden-2-middle)" "$(pick tidewing-2-middle)" "$(pick lighthouse-2-middle)" "$(pick skyharp-2-middle)" \
    "$(pick bridgewright-2-middle)" -tile 2x3 -geometry 640x360+4+4 -background '#101A2E' -depth 8 -strip -define png:compression-level=9 "$root/assets/pictures/games.png"
"$montage" "$(pick players)" "$(pick map)" "$(pick howto-lighthouse)" "$(pick calibrate-lighthouse)" "$(pick pause)" "$(pick result-lighthouse)" \
    "$(pick summary)" "$(pick boards)" -tile 2x4 -geometry 640x360+4+4 -background '#101A2E' -depth 8 -strip -define png:compression-level=9 "$root/assets/pictures/screens.png"
