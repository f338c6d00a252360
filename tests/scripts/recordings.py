"""What the tests that play recordings share: the program as a command, and recordings as rows of t_s, gx, gy, gz, ax, ay, az."""
import csv
import json
import math
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


def check_dose(document, kind, dose):
    """A whole dose of breathing with nothing lost, played by such an input; gives the exercise of the document."""
    done = document["exercises"][0]
    print(json.dumps(done))
    if document["input"] != kind or done["reps"] != dose or done["breaths"] != dose or done["partials"] != 0:
        fail(f"{done['reps']} repetitions and {done['partials']} partials on {document['input']}, not {dose} and none")
    if not 10 < done["rom_deg"] < 90 or done["score"] < 200:
        fail("no sensible range or score came of it")
    return done


def read(path):
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    start = float(rows[0]["t_s"])
    return [[float(row["t_s"]) - start] + [float(row[name]) for name in NAMES] for row in rows]


def write(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write("t_s," + ",".join(NAMES) + "\n")
        file.writelines(",".join(f"{value:.6f}" for value in row) + "\n" for row in rows)


RATE_HZ = 100
KNOCKS_S, TILT_S = 3.0, 4.5


def rest(pose, seconds):
    """Rows of a body that keeps still; `pose` is what its accelerometer says."""
    return [[i / RATE_HZ, 0.0, 0.0, 0.0, *pose] for i in range(round(seconds * RATE_HZ))]


def knocks(pose, count):
    """A finger's blows of 25 ms, a quarter of a second apart, after a second of rest."""
    rows = rest(pose, KNOCKS_S)
    size = math.hypot(*pose)
    for row in rows:
        for blow in range(count):
            share = (row[0] - 1 - 0.25 * blow) / 0.025
            if 0 <= share < 1:
                row[4:7] = [value * (1 + 3 * math.sin(math.pi * share)) / size * 9.81 for value in pose]
    return rows


def tilt(pose, axis, angle_deg):
    """Leans about `axis` (of the sensor, across gravity), stays, and comes back."""
    rows, angle = rest(pose, TILT_S), 0.0
    for row in rows:
        t_s = row[0] - 0.7
        share = min(1, max(0, min(t_s, 2.2 - t_s) / 0.5))
        before, angle = angle, math.radians(angle_deg) * (1 - math.cos(math.pi * share)) / 2
        c, s = math.cos(angle), math.sin(angle)
        cross = [axis[1] * pose[2] - axis[2] * pose[1], axis[2] * pose[0] - axis[0] * pose[2], axis[0] * pose[1] - axis[1] * pose[0]]
        row[1:4] = [value * (angle - before) * RATE_HZ for value in axis]
        row[4:7] = [c * p - s * x for p, x in zip(pose, cross)]
    return rows


def joined(*parts):
    """One after the other; each begins where the one before ends."""
    rows, begin = [], 0.0
    for part in parts:
        rows += [[begin + row[0] - part[0][0], *row[1:]] for row in part]
        begin = rows[-1][0] + 1 / RATE_HZ
    return rows
