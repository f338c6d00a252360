#!/bin/sh
# Builds the firmware and the simulator and runs them. run.sh [demo[:STYLE]|RECORDING.csv] [OPTION...]; README.md tells more. The board's
# port is build/sensor.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build="$root/build"
for tool in cmake avr-gcc; do
    command -v "$tool" >/dev/null 2>&1 && continue
    echo "This needs $tool: apt-get install gcc-avr avr-libc libsimavr-dev libelf-dev" >&2
    exit 1
done
{
    cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release
    cmake --build "$build" -j "$(nproc)" --target simulator firmware_atmega328p backbeat
} >"$build.log" 2>&1 || {
    tail -n 20 "$build.log" >&2
    exit 1
}
rm -f "$build.log"
[ $# -gt 0 ] || set -- demo --steps
exec "$build/firmware-bridge/simulator/simulator" "$build/firmware-bridge/firmware/backbeat-atmega328p.elf" "$@" --link "$build/sensor"
