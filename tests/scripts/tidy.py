#!/usr/bin/env python3
"""clang-tidy over every C file of ours, in parallel. tidy.py BUILD [FILE...]

BUILD holds compile_commands.json; what was clean is remembered there by a hash of all that clang-tidy sees of ours, so that only what
has changed is looked at again."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = 14  # Debian 12's and Ubuntu 22.04's: it decides
FOLDERS = ["game", "firmware-bridge", "tests"]
# clang reads what gcc was told: these mean nothing to a reader of the source.
NOT_FOR_TIDY = re.compile(r"-fsanitize=.*|-fno-sanitize-recover=.*|-Werror|-O.|-g|-fno-omit-frame-pointer|-Wno-format-truncation")


def ours(suffix):
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob(f"*{suffix}") if "build" not in path.parts)


def commands(build):
    """The flags of each file, as compiled; sanitizers and the like left out."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        words = entry["arguments"] if "arguments" in entry else shlex.split(entry["command"])
        path = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        flags = [word for word in words[1:] if not NOT_FOR_TIDY.fullmatch(word)]
        for option in ("-o", "-c"):
            while option in flags:
                at = flags.index(option)
                del flags[at : at + 2]
        found[path] = flags
    return found


def digest(parts):
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "little") + part)
    return whole.hexdigest()


def tidy(program, path, flags):
    began = time.monotonic()
    done = subprocess.run([program, "--quiet", str(path), "--", *flags], cwd=ROOT, capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if line.strip()]
    if done.returncode != 0 and not found:
        found = [f"{path}: {program} failed: {done.stderr.strip()}"]
    return found if done.returncode != 0 else [], time.monotonic() - began


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    program = shutil.which(f"clang-tidy-{VERSION}") or shutil.which("clang-tidy")
    if program is None:
        sys.exit("clang-tidy is not installed; tests/packages.txt names what the tests need")
    version = subprocess.run([program, "--version"], capture_output=True, check=True).stdout
    if b"version %d." % VERSION not in version:
        print(f"skipped: other versions than clang-tidy {VERSION} know other checks")
        sys.exit(77)
    flags_of = commands(build)
    files = [pathlib.Path(name).resolve() for name in sys.argv[2:]] or ours(".c")
    left_out = [path for path in files if path not in flags_of]
    if left_out:
        sys.exit("no target builds " + ", ".join(str(path.relative_to(ROOT)) for path in left_out))
    cache = build / "tidy"
    cache.mkdir(exist_ok=True)
    shared = digest([version, (ROOT / ".clang-tidy").read_bytes(), *(part for path in ours(".h") for part in (str(path).encode(), path.read_bytes()))])
    stamps = {path: cache / digest([shared.encode(), str(path).encode(), path.read_bytes(), *(flag.encode() for flag in flags_of[path])]) for path in files}
    changed = [path for path in files if not stamps[path].exists()]
    # The largest first, so that no core waits for the last file.
    changed.sort(key=lambda path: -path.stat().st_size)
    wrong, times = 0, []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(tidy, program, path, flags_of[path]): path for path in changed}
        for done in concurrent.futures.as_completed(running):
            path = running[done]
            found, seconds = done.result()
            times.append((seconds, path))
            if found:
                wrong += 1
                print("\n".join(found), flush=True)
            else:
                stamps[path].touch()
    for stale in set(cache.iterdir()) - set(stamps.values()) if len(sys.argv) == 2 else ():
        stale.unlink()
    slowest = ", ".join(f"{path.name} {seconds:.1f} s" for seconds, path in sorted(times, reverse=True)[:5])
    print(f"{len(files)} files, {len(changed)} looked at, {wrong} with findings" + (f"; slowest: {slowest}" if slowest else ""))
    return 1 if wrong else 0


sys.exit(main())
