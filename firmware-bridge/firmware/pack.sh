#!/bin/sh
# pack.sh FOLDER: makes FOLDER/Backbeat, the Arduino library by itself, to be zipped for "Add .ZIP Library" or copied into the IDE's
# libraries folder. In the tree, src/protocol/ points to the game's own codec; here it is that codec.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out="$1/Backbeat"
mkdir -p "$out/src/protocol"
cp -R "$here/library.properties" "$here/keywords.txt" "$here/examples" "$out/"
cp "$here"/src/*.c "$here"/src/*.cpp "$here"/src/*.h "$out/src/"
cp "$here/../protocol/wire.c" "$here/../protocol/wire.h" "$out/src/protocol/"
echo "$out"
