#!/bin/sh
# sizes_test.sh FOLDER: prints what the built firmwares take; an ATmega328P's must stay under 12 kB of flash, and its variables under 640
# bytes, so that with the stack (simulator_test measures it) a kilobyte is enough. 77 where nothing could be built.
set -eu
found=77
for mcu in atmega328p atmega32u4; do
    elf="$1/backbeat-$mcu.elf"
    [ -f "$elf" ] || continue
    found=0
    avr-size "$elf" | awk -v name="$mcu" 'NR == 2 {
        flash = $1 + $2; ram = $2 + $3
        printf "%s: flash %d of 12288 bytes, RAM without stack %d of 640\n", name, flash, ram
        if (flash < 1000 || flash > 12288 || ram > 640) exit 1 }'
done
if [ -f "$1/backbeat-rp2040.elf" ]; then
    found=0
    arm-none-eabi-size "$1/backbeat-rp2040.elf" | awk 'NR == 2 { printf "rp2040: code %d bytes, RAM without stack %d\n", $1, $2 + $3 }'
fi
[ $found = 0 ] || echo "skipped: neither avr-gcc nor arm-none-eabi-gcc is here"
exit $found
