#!/usr/bin/env python3
"""Renders the spoken lines to small Ogg Vorbis files and writes their manifest, lines.json.

    render.py                renders every line into assets/speech/en
    render.py --check ID…    renders these lines again and compares them with the committed files, byte for byte

Needs flite, sox, ffmpeg and oggenc (Debian: flite, sox, ffmpeg, vorbis-tools). The same bytes on every run. Exit 77: a tool is missing."""
import concurrent.futures
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import wave

HERE = pathlib.Path(__file__).resolve().parent
ASSETS = HERE.parent
OUT = HERE / "en"
TOOLS = ["flite", "sox", "ffmpeg", "oggenc"]

RATE_HZ = 24000  # the voice has nothing above 7 kHz
VOICE_LUFS = -20.0
PEAK_DBTP = -3.0
# Words that the voice says wrongly as they are written.
MENDED = {"forearms": "fore arms", "forearm": "fore arm", "tidewing": "tide wing", "quadruped": "quad roo pedd"}
# Continue a number without a pause, as "degrees" and "points" do.
JOINS = {"number.hundred", "number.thousand"}
PRIORITY = {"get_set": 2, "phase": 4, "fix": 3, "encourage": 6}
PRIORITY_ELSE = 2

CHAIN = (
    "highpass 90 equalizer 250 0.9q -2 equalizer 2800 0.8q +3 silence 1 0.02 0.3% reverse silence 1 0.02 0.3% reverse "
    "compand 0.008,0.15 6:-70,-70,-45,-38,-24,-19,0,-7 -2 -70 0.02 gain -n -6 pad 0.02 0.08"
).split()


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout + done.stderr


def mend(text):
    def swap(match):
        word = match.group(0)
        said = MENDED.get(word.lower(), word)
        return said.capitalize() if word[0].isupper() else said

    return re.sub(r"[A-Za-z]+", swap, text).replace("\u2019", "'")


def cue_lines():
    """The lines written for the ear alone."""
    for line in json.loads((ASSETS / "sound/lines.en.json").read_text())["lines"]:
        yield {
            "id": line["id"],
            "text": line["text"],
            "say": line.get("say", line["text"]),
            "priority": line["priority"],
            "joins": "joins" in line or line["id"] in JOINS,
        }


def said(prefix, value):
    """Every {caption, say} under `value`, with its id."""
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from said(f"{prefix}.{item.get('id', number)}", item)
    elif isinstance(value, dict) and "say" in value:
        yield prefix, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from said(f"{prefix}.{key}", item)


def coaching_lines():
    """The coaching texts that need no number filled in. A text without a group of its own stands under "set"."""
    texts = json.loads((ASSETS / "texts/exercises.en.json").read_text())
    groups = [("common", texts["common"]["lines"])]
    groups += [(exercise, about["lines"]) for exercise, about in texts["exercises"].items()]
    for owner, lines in groups:
        for group, value in lines.items():
            alone = isinstance(value, dict) and "say" in value
            prefix = f"{owner}.{group}" if owner == "common" or not alone else f"{owner}.set.{group}"
            for name, words in said(prefix, value):
                if "{" in words["say"]:
                    continue
                yield {
                    "id": name,
                    "text": words["caption"],
                    "say": mend(words["say"]),
                    "priority": PRIORITY.get(group, PRIORITY_ELSE),
                    "joins": False,
                }


def spoken_alike(say):
    return re.sub(r"[^a-z ]", "", say.lower().replace("-", " ")).strip()


def all_lines():
    """Every line with the file that holds it: what sounds the same is rendered once."""
    lines, files = [], {}
    for line in [*cue_lines(), *coaching_lines()]:
        if any(line["id"] == other["id"] for other in lines):
            raise SystemExit(f"{line['id']}: two lines have this id")
        line["file"] = files.setdefault(spoken_alike(line["say"]), f"{line['id']}.ogg")
        lines.append(line)
    return lines


def seconds(path):
    with wave.open(str(path)) as sound:
        return sound.getnframes() / sound.getframerate()


def loudness(path, folder):
    """(LUFS, dBTP). A short word is measured in a row of itself, because the meter's window is 0.4 s."""
    row = folder / "row.wav"
    run("sox", "-R", path, row, "repeat", str(max(0, int(2.0 / seconds(path)))))
    report = run("ffmpeg", "-nostats", "-hide_banner", "-i", row, "-filter_complex", "ebur128=peak=true", "-f", "null", "-")
    summary = report[report.rindex("Summary:"):]
    return float(re.search(r"I:\s+(\S+) LUFS", summary)[1]), float(re.search(r"Peak:\s+(\S+) dBFS", summary)[1])


def render(line, out):
    """Writes the line's file below `out`; returns its length in ms."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        raw, clean, word = folder / "raw.wav", folder / "clean.wav", folder / "word.wav"
        run("flite", "-voice", "rms", "--setf", "duration_stretch=1.15", "-t", line["say"], "-o", raw)
        run("sox", "-R", raw, clean, "gain", "-6", "rate", "-v", "48k", *CHAIN)
        lufs, peak = loudness(clean, folder)
        gain = min(VOICE_LUFS - lufs, PEAK_DBTP - peak)
        run("sox", "-R", clean, "-b", "16", word, "gain", f"{gain:.2f}", "rate", "-v", str(RATE_HZ))
        run("oggenc", "-Q", "-q", "2", "--serial", "1", "--discard-comments", "-o", out / line["file"], word)
        return round(1000 * seconds(word))


def render_all(lines):
    first = {line["file"]: line for line in reversed(lines)}
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("*.ogg"):
        if old.name not in first:
            old.unlink()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        lengths = dict(zip(first, pool.map(lambda line: render(line, OUT), first.values())))
    rows = []
    for line in lines:
        row = {"id": line["id"], "text": line["text"], "priority": line["priority"]}
        if line["joins"]:
            row["joins"] = True
        rows.append(json.dumps({**row, "ms": lengths[line["file"]], "file": line["file"]}, ensure_ascii=False))
    (OUT / "lines.json").write_text('{"format": 1, "lines": [\n' + ",\n".join(rows) + "\n]}\n")
    size = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"{len(rows)} lines in {len(first)} files, {sum(lengths.values()) / 1000:.0f} s, {size / 1e6:.2f} MB")


def check(lines, ids):
    known = {line["id"]: line for line in lines}
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for line_id in ids:
            line = known[line_id]
            render(line, folder)
            same = (folder / line["file"]).read_bytes() == (OUT / line["file"]).read_bytes()
            print(f"{line_id}: {'same' if same else 'DIFFERENT'}")
            wrong += not same
    return wrong


def main():
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        print("missing:", ", ".join(missing))
        return 77
    lines = all_lines()
    if sys.argv[1:2] == ["--check"]:
        return 1 if check(lines, sys.argv[2:]) else 0
    render_all(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
