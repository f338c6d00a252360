#!/usr/bin/env python3
"""The score follows the movement and nothing else: in all eight games a skilful demo body earns three stars at level 1, a clumsy one one
and an idle one none; and all five levels come to their end, the same way twice. demo_stars_test.py BACKBEAT"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ASSETS = pathlib.Path(__file__).resolve().parents[2] / "assets"
EIGHT = ["foam_roll", "cat_cow", "table_top_twist", "pull_apart", "thoracic_bridge", "bench_extension", "quadruped_rotation", "rocked_back_cat_camel"]
STARS = {"skilful": 3, "clumsy": 1, "idle": 0}
SEEDS = (3, 4)
LEVELS = (1, 2, 3, 4, 5)


def play(home, exercise, level, style, seed):
    command = [PROGRAM, "play", "--exercise", exercise, "--level", level, "--input", f"demo:{style}", "--seed", seed, "--headless", "--fast", "--json"]
    environment = dict(os.environ, BACKBEAT_HOME=str(home), BACKBEAT_ASSETS=str(ASSETS))
    done = subprocess.run([str(word) for word in command], env=environment, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"FAILED: {exercise} at level {level}: exit {done.returncode}\n{done.stderr}")
    played = json.loads(done.stdout)["exercises"]
    if len(played) != 1:
        sys.exit(f"FAILED: {exercise} at level {level} did not come to its end")
    played[0].pop("replay")
    return played[0]


def main():
    wrong = []
    with tempfile.TemporaryDirectory() as home:
        for exercise in EIGHT:
            scores = {}
            for style, stars in STARS.items():
                for seed in SEEDS:
                    one = play(home, exercise, 1, style, seed)
                    scores.setdefault(style, []).append(one["score"])
                    if one["stars"] != stars:
                        wrong.append(f"{exercise}, {style}, seed {seed}: {one['stars']} stars instead of {stars}, {one['score']} points")
            for level in LEVELS:
                first, second = (play(home, exercise, level, "skilful", SEEDS[0]) for _ in range(2))
                if first != second:
                    wrong.append(f"{exercise} at level {level} plays differently the second time: {first} and {second}")
                if first["level"] != level or first["stars"] < 2:
                    wrong.append(f"{exercise} at level {level}: {first['stars']} stars, {first['score']} points")
            print(f"{exercise:22} {scores}", flush=True)
    if wrong:
        sys.exit("FAILED: " + "\n        ".join(wrong))


main()
