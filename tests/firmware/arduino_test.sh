#!/bin/sh
# Builds the library through the Arduino core as the IDE would, from the tree and from the packed library, and prints what the boards'
# programs take; then runs an Uno's in the simulator, sampled by its timer and by the Arduino loop, as all other boards are.
# arduino_test.sh BUILD_FOLDER [SIMULATOR_TEST]; 77 where the Arduino tools are not installed.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
core=/usr/share/arduino/hardware/arduino
builder=/usr/share/arduino-builder
if ! command -v arduino-builder >/dev/null 2>&1 || [ ! -d "$core" ] || [ ! -f "$builder/platform.txt" ]; then
    echo "skipped: arduino-builder and arduino-core-avr are not here"
    exit 77
fi
rm -rf "$1"
mkdir -p "$1/hardware" "$1/tree" "$1/packed"
ln -s "$core" "$1/hardware/arduino"
ln -s "$builder/platform.txt" "$builder/platform.keys.rewrite.txt" "$1/hardware/"
ln -s "$root/firmware-bridge/firmware" "$1/tree/Backbeat"
sh "$root/firmware-bridge/firmware/pack.sh" "$1/packed" >/dev/null

# build LIBRARIES BOARD FLASH_MAX RAM_MAX [FLAG]; the program is then $out/Backbeat.ino.elf.
build() {
    out="$1/build-$2${5:-}"
    mkdir -p "$out"
    # gcc-avr 5.4's C++ library wants DECIMAL_DIG.
    if ! arduino-builder -compile -hardware "$hardware" -tools /usr/bin -libraries "$1" -fqbn "arduino:avr:$2" -ide-version=10819 \
        -build-path "$out" -warnings all -prefs="compiler.cpp.extra_flags=-DDECIMAL_DIG=__DECIMAL_DIG__ ${5:-}" -prefs="compiler.c.extra_flags=${5:-}" \
        "$1/Backbeat/examples/Backbeat/Backbeat.ino" >"$out/log" 2>&1; then
        cat "$out/log"
        exit 1
    fi
    if grep -n "Backbeat/src.*warning" "$out/log"; then exit 1; fi
    avr-size "$out/Backbeat.ino.elf" | awk -v board="$2" -v flash_max="$3" -v ram_max="$4" 'NR == 2 {
        flash = $1 + $2; ram = $2 + $3
        printf "%s by the Arduino core: flash %d of %d bytes, RAM without stack %d of %d\n", board, flash, flash_max, ram, ram_max
        if (flash < 1000 || flash > flash_max || ram > ram_max) exit 1 }'
}

hardware="$1/hardware"
simulator_test=${2:-true}
build "$1/tree" uno 12288 768
"$simulator_test" "$out/Backbeat.ino.elf"
build "$1/tree" uno 12288 768 -DBACKBEAT_ARDUINO_API
"$simulator_test" "$out/Backbeat.ino.elf" loop
build "$1/tree" leonardo 16384 1024 # its USB port's program is in there
build "$1/packed" uno 12288 768
