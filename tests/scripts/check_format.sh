#!/bin/sh
# Every C file stands as .clang-format lays it out. Versions of clang-format differ in small things, so the one that Debian 12 and
# Ubuntu 22.04 carry decides; without it nothing is checked and ctest says "skipped" (77).
set -eu
cd "$(dirname "$0")/../.."
version=14
format=""
for name in clang-format-$version clang-format; do
    if command -v $name >/dev/null 2>&1 && $name --version | grep -q "version $version\."; then
        format=$name
        break
    fi
done
if [ -z "$format" ]; then
    echo "skipped: there is no clang-format $version here"
    exit 77
fi
count=0
wrong=0
for file in $(find game firmware-bridge tests -name '*.[ch]'); do
    count=$((count + 1))
    "$format" --dry-run --Werror "$file" 2>/dev/null && continue
    wrong=$((wrong + 1))
    echo "$file is laid out otherwise; mend it with: $format -i $file"
done
echo "$count files, $wrong laid out otherwise"
[ "$count" -gt 100 ] && [ "$wrong" = 0 ]
