#!/usr/bin/env python3
"""The same replay gives the same score, bit for bit, whatever compiled it. determinism_test.py BACKBEAT

The demo plays every exercise at three levels; tests/tools/replay_scores.c, built four ways, plays the replays again."""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
EXERCISES = ["foam_roll", "cat_cow", "table_top_twist", "pull_apart", "thoracic_bridge"]
LEVELS = [1, 3, 5]
BUILDS = [("gcc", "-O0"), ("gcc", "-O3"), ("clang", "-O0"), ("clang", "-O3")]
LAYERS = ["core", "view", "motion", "exercises", "minigames"]


def run(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=600, **more)
    if done.returncode != 0:
        sys.exit(f"FAILED: {' '.join(str(word) for word in words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def play(folder, exercise, level):
    environment = dict(os.environ, BACKBEAT_HOME=str(folder / f"home-{exercise}-{level}"), BACKBEAT_ASSETS=str(ROOT / "assets"))
    words = ["play", "--exercise", exercise, "--level", level, "--input", "demo", "--headless", "--fast", "--seed", 40 + level, "--json"]
    return json.loads(run(PROGRAM, *words, env=environment))["exercises"][0]


def build(folder, compiler, optimisation):
    """By direct calls, so that no build system's flags are between the compiler and the sources."""
    out = folder / f"replay_scores{optimisation}-{compiler}"
    sources = [path for layer in LAYERS for path in sorted((ROOT / "game" / layer).glob("*.c"))]
    sources += [ROOT / "game" / "session" / name for name in ("replay.c", "run.c", "score.c", "staircase.c")]
    libraries = run("pkg-config", "--cflags", "--libs", "jansson", "zlib").split()
    run(compiler, "-std=c17", optimisation, "-ffp-contract=off", "-D_DEFAULT_SOURCE", "-D_POSIX_C_SOURCE=200809L", f"-I{ROOT / 'game'}",
        f"-I{ROOT / 'firmware-bridge'}", ROOT / "tests" / "tools" / "replay_scores.c", *sources, "-o", out, *libraries, "-lm")
    return out


def main():
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = pathlib.Path(name)
        building = [pool.submit(build, folder, *how) for how in BUILDS]
        playing = [pool.submit(play, folder, exercise, level) for exercise in EXERCISES for level in LEVELS]
        played = [future.result() for future in playing]
        outputs = [run(future.result(), *(one["replay"] for one in played)) for future in building]
    wrong = 0
    for (compiler, optimisation), output in zip(BUILDS[1:], outputs[1:]):
        for ours, theirs in zip(outputs[0].splitlines(), output.splitlines(), strict=True):
            if ours != theirs:
                wrong += 1
                print(f"{' '.join(BUILDS[0])}: {ours}\n{compiler} {optimisation}: {theirs}")
    lines = [line.split() for line in outputs[0].splitlines()]
    for one, line in zip(played, lines, strict=True):
        claimed = [one["exercise"], str(one["level"]), str(one["score"]), str(one["stars"]), str(one["reps"])]
        if line[:5] != claimed:
            wrong += 1
            print(f"the program said {claimed}, playing it again gives {line[:5]}")
    ticks, points = sum(int(line[5]) for line in lines), sum(int(line[2]) for line in lines)
    if len({line[7] for line in lines}) != len(lines) or points < 100 * len(lines):
        wrong += 1
        print("the replays are too alike, or too poor, to compare anything by")
    print(f"{len(lines)} replays of {ticks} ticks and {points} points on {len(outputs)} builds, {wrong} differences")
    return 1 if wrong else 0


sys.exit(main())
