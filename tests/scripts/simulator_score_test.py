#!/usr/bin/env python3
"""A whole exercise goes through the real firmware: recording -> emulated sensor's registers -> I2C -> ATmega328P -> UART -> game.
What arrives must be the recording, but for the registers' steps, and earn the score that the recording itself earns.
simulator_score_test.py BACKBEAT SIMULATOR FIRMWARE.elf"""
import bisect
import json
import math
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading

from recordings import ASSETS, fail, read, run, write

PROGRAM, SIMULATOR, FIRMWARE = (pathlib.Path(name).resolve() for name in sys.argv[1:4])
EXERCISE = "cat_cow"
# A score with room above and below, and no repetition on the edge between two words: sampled at other moments, it earns within a point
# of the same.
STYLE, SEED = "demo:clumsy", 24
GYRO_STEP = math.radians(1000) / 32768
ACCEL_STEP = 8 * 9.80665 / 32768


def backbeat(home, *arguments):
    return run(PROGRAM, home, *arguments)


def through_the_board(folder, path):
    """What the game hears, in real time, from the first sample to the end of the movement."""
    link, out = folder / "board", folder / "arrived.csv"
    board = subprocess.Popen([SIMULATOR, FIRMWARE, path, "--link", link], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, text=True)
    try:
        for line in board.stderr:
            if "waiting on" in line:
                break
        environment = dict(os.environ, BACKBEAT_HOME=str(folder / "bench"), BACKBEAT_ASSETS=str(ASSETS))
        game = subprocess.Popen([PROGRAM, "record", "--input", f"serial:{link}", out], env=environment, stderr=subprocess.DEVNULL)
        watchdog = threading.Timer(180, board.kill)
        watchdog.start()
        ended = any("holding at" in line for line in board.stderr)
        watchdog.cancel()
        game.send_signal(signal.SIGINT)
        if game.wait(10) != 0 or not ended:
            fail("the recording did not come to its end")
    finally:
        board.kill()
        board.wait()
    return read(out)


class Curve:
    def __init__(self, rows):
        self.rows, self.times = rows, [row[0] for row in rows]

    def at(self, t_s):
        i = min(max(bisect.bisect_right(self.times, t_s), 1), len(self.rows) - 1)
        a, b = self.rows[i - 1], self.rows[i]
        share = (t_s - a[0]) / (b[0] - a[0])
        return [p + share * (q - p) for p, q in zip(a[1:], b[1:])]


def apart(rows, curve, shift_s):
    """Mean square difference of the turning."""
    return sum(sum((p - q) ** 2 for p, q in zip(row[1:4], curve.at(row[0] - shift_s)[:3])) for row in rows) / len(rows)


def find_shift(sent, arrived):
    """When the recording began, in what arrived."""
    curve = Curve(sent)
    sample = [row for row in arrived if 20 <= row[0] < 40][::10]
    low, high, step = 1.0, 5.0, 0.05
    while step > 1e-4:
        best = min((low + step * i for i in range(int((high - low) / step) + 1)), key=lambda shift: apart(sample, curve, shift))
        low, high, step = best - 2 * step, best + 2 * step, step / 8
    return best


def compare(sent, arrived, shift_s):
    curve = Curve(sent)
    inside = [row for row in arrived if 1 < row[0] - shift_s < sent[-1][0] - 1]
    gaps = sum(b[0] - a[0] > 0.0075 for a, b in zip(inside, inside[1:]))
    rate = (len(inside) - 1) / (inside[-1][0] - inside[0][0])
    off = [[p - q for p, q in zip(row[1:], curve.at(row[0] - shift_s))] for row in inside]
    gyro = math.sqrt(sum(value**2 for row in off for value in row[:3]) / (3 * len(off))) / GYRO_STEP
    accel = math.sqrt(sum(value**2 for row in off for value in row[3:]) / (3 * len(off))) / ACCEL_STEP
    print(f"{len(inside)} samples at {rate:.2f} Hz, {gaps} gaps; off by {gyro:.2f} steps of the gyro, {accel:.2f} of the accelerometer (rms)")
    if gaps > 0 or not 199.5 < rate < 200.5:
        fail("samples are missing")
    return gyro, accel


def play(folder, path):
    document = json.loads(backbeat(folder / path.stem, "play", "--exercise", EXERCISE, "--input", f"replay:{path}", "--headless", "--json",
                                   "--fast", "--seed", 1))
    done = document["exercises"][0]
    backbeat(folder / path.stem, "verify", done["replay"])
    return done


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = folder / "sent.csv"
        backbeat(folder / "bench", "record", "--input", STYLE, "--exercise", EXERCISE, "--seed", SEED, "--fast", path)
        sent = read(path)
        write(path, sent)
        arrived = through_the_board(folder, path)
        shift_s = find_shift(sent, arrived)
        gyro, accel = compare(sent, arrived, shift_s)
        if gyro > 4 or accel > 4:
            fail("what arrived is not what was sent")
        inside = [[row[0] - shift_s, *row[1:]] for row in arrived if 0 <= row[0] - shift_s <= sent[-1][0]]
        curve = Curve(sent)
        write(folder / "through.csv", inside)
        write(folder / "resampled.csv", [[row[0], *curve.at(row[0])] for row in inside])
        directly, resampled, through = (play(folder, folder / name) for name in ("sent.csv", "resampled.csv", "through.csv"))
        for words, done in ("directly", directly), ("at the board's moments, unrounded", resampled), ("through the board", through):
            print(f"{words}: score {done['score']}, {done['stars']} stars, {done['reps']} repetitions, {done['breaths']} breaths, "
                  f"range {done['rom_deg']} degrees")
        if directly["reps"] < 8 or directly["score"] < 200:
            fail("the recording itself earned nothing to compare with")
        for other in directly, resampled:
            for key in "reps", "left", "right", "partials", "breaths", "stars":
                if other[key] != through[key]:
                    fail(f"{key}: {other[key]} without, {through[key]} through the board")
            if abs(other["score"] - through["score"]) > 5 or abs(other["rom_deg"] - through["rom_deg"]) > 0.2:
                fail("the scores differ by more than the registers' steps can explain")


main()
