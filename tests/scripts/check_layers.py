#!/usr/bin/env python3
"""Includes point one way: each folder of game/ may include only what is listed for it here, and what libraries it may use.

Run with --prove to see it fail on a wrong include made up for the purpose."""
import pathlib
import re
import sys

ALLOWED = {
    "core": [],
    "view": ["core"],
    "motion": ["core"],
    "exercises": ["core", "motion"],
    "input": ["core", "motion", "exercises", "protocol"],
    "minigames": ["core", "view"],
    "session": ["core", "view", "motion", "exercises", "input", "minigames"],
    "audio": ["core", "view", "motion", "exercises", "input", "minigames", "session"],
    "store": ["core", "input", "motion", "exercises", "minigames", "session"],
    "ui": ["core", "view", "motion", "exercises", "input", "minigames", "session", "audio", "store"],
    "platform": ["core", "view", "motion", "exercises", "input", "minigames", "session", "audio", "store", "ui", "protocol", "decoders"],
    "app": ["core", "view", "motion", "exercises", "input", "minigames", "session", "audio", "store", "ui", "platform", "protocol", "decoders"],
    "protocol": [],
    "decoders": ["core", "protocol"],
}
# Headers that only these folders may use.
GUARDED = {
    r"SDL.*": ["platform"],
    r"libserialport\.h": ["platform"],
    r"librsvg/.*|cairo.*|fontconfig/.*|png\.h": ["platform"],
    r"termios\.h|pthread\.h|dirent\.h|unistd\.h|sys/.*|fcntl\.h|poll\.h": ["platform", "app", "store"],
    r"time\.h": ["platform", "app", "store"],
    r"sqlite3\.h": ["store"],
    r"zlib\.h": ["session"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def wrongs(layer, name, text):
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        kind, header = match.groups()
        if kind == '"':
            target = header.split("/")[0] if "/" in header else layer
            if target != layer and target not in ALLOWED[layer]:
                yield f"{name}:{number}: {layer} must not include {header}"
            continue
        for pattern, layers in GUARDED.items():
            if re.fullmatch(pattern, header) and layer not in layers:
                yield f"{name}:{number}: <{header}> belongs to {', '.join(layers)}"


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    if "--prove" in sys.argv:
        made_up = list(wrongs("motion", "made-up.c", '#include <SDL.h>\n#include "session/flow.h"\n#include "core/vec.h"\n'))
        assert len(made_up) == 2, made_up
    found, files = [], 0
    for layer in ALLOWED:
        folder = root / ("firmware-bridge" if layer in ("protocol", "decoders") else "game") / layer
        for path in sorted(folder.glob("*.[ch]")):
            files += 1
            found += wrongs(layer, path.relative_to(root), path.read_text(encoding="utf-8"))
    for line in found:
        print(line)
    if files < 40:
        print(f"only {files} files were found: is the tree where it was?")
        return 1
    print(f"{files} files, {len(found)} wrong includes")
    return 1 if found else 0


sys.exit(main())
