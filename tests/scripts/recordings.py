"""What the tests that play recordings share: the program as a command, and recordings as rows of t_s, gx, gy, gz, ax, ay, az."""
import csv
import os
import pathlib
import subprocess
import sys

ASSETS = pathlib.Path(__file__).resolve().parents[2] / "assets"
NAMES = ("gx", "gy", "gz", "ax", "ay", "az")


def fail(words):
    sys.exit(f"FAILED: {words}")


def run(program, home, *arguments):
    """What the program prints; the test fails where the program does."""
    environment = dict(os.environ, BACKBEAT_HOME=str(home), BACKBEAT_ASSETS=str(ASSETS))
    done = subprocess.run([program, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        fail(f"backbeat {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def read(path):
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    start = float(rows[0]["t_s"])
    return [[float(row["t_s"]) - start] + [float(row[name]) for name in NAMES] for row in rows]


def write(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write("t_s," + ",".join(NAMES) + "\n")
        file.writelines(",".join(f"{value:.6f}" for value in row) + "\n" for row in rows)
