#!/usr/bin/env python3
"""Somebody plays Tidewing over the serial line, in real time: moves when asked to, and has the plug pulled once on the way.
serial_play_test.py BACKBEAT WIRE_PLAYER [RECORDING.csv]
serial_play_test.py BACKBEAT WIRE_PLAYER as:KIND:BAUD    the same as somebody else's sensor (tests/tools/foreign.h), a byte in a hundred damaged
serial_play_test.py BACKBEAT SIMULATOR FIRMWARE.elf      the same with the real firmware on an emulated board

Without a recording our own simulator's is played, and our own board is knocked on and its button pressed to pause and to go on. What the program says (on standard error, where nobody hears it) is all that the
player goes by."""
import json
import math
import os
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading
import time

from recordings import ASSETS, KNOCKS_S, check_dose, fail, joined, knocks, read, run, write

PROGRAM, WIRE_PLAYER = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
FIRMWARE = sys.argv[3] if len(sys.argv) > 3 and sys.argv[3].endswith(".elf") else None
FOREIGN = sys.argv[3].split(":")[1:] if len(sys.argv) > 3 and sys.argv[3].startswith("as:") else None
RECORDING = sys.argv[3] if len(sys.argv) > 3 and FIRMWARE is None and FOREIGN is None else None
OWN_BOARD = len(sys.argv) == 3
EXERCISE = "cat_cow"
DOSE = 8
PAUSED_AFTER = 2  # repetitions of the game before it is paused without a key
PULLED_AFTER = 4  # repetitions of the game before the plug is pulled
SAID = {line["id"]: line["text"] for line in json.loads((ASSETS / "sound" / "lines.en.json").read_text(encoding="utf-8"))["lines"]}


def backbeat(home, *arguments):
    return run(PROGRAM, home, *arguments)


def down(rows, low, high):
    """Where gravity pulls, on average."""
    near = [row[4:7] for row in rows if low <= row[0] < high]
    mean = [sum(axis) / len(near) for axis in zip(*near)]
    size = math.hypot(*mean)
    return [value / size for value in mean]


def back_at_the_start(rows, low, high):
    """When the body lies most nearly as it did at first."""
    start = down(rows, 0, 2)
    times = [low + 0.1 * i for i in range(int((high - low) / 0.1))]
    return max(times, key=lambda t: sum(a * b for a, b in zip(start, down(rows, t - 0.15, t + 0.15))))


def ends_of(home, path, rows):
    """Times between repetitions, at the start pose; a repetition cut off by the recording's end has none."""
    found = json.loads(backbeat(home, "analyze", "--exercise", EXERCISE, path))
    reps = [event["t_s"] for event in found["events"] if event["kind"] == "rep"]
    if len(reps) < 5:
        fail(f"only {len(reps)} repetitions in {path}")
    half = (reps[-1] - reps[0]) / (len(reps) - 1) / 2
    return [back_at_the_start(rows, end + 0.5, end + half) for end in reps if end + half < rows[-1][0] - 0.2]


def recording(folder):
    """At least one repetition to measure by and a dose to play: a short recording is played twice, joined at the start pose."""
    home = folder / "bench"
    if RECORDING is not None:
        path = pathlib.Path(RECORDING)
        if not path.exists():
            print(f"skipped: there is no recording at {path}")
            sys.exit(77)
    else:
        path = folder / "simulated.csv"
        backbeat(home, "record", "--input", "demo:skilful", "--exercise", EXERCISE, "--seed", 21, "--fast", path)
    rows = read(path)
    ends = ends_of(home, path, rows)
    if len(ends) < DOSE + 1:
        first, last = 2.5, ends[-1]
        again = [[row[0] - first + last, *row[1:]] for row in rows if row[0] >= first]
        rows = [row for row in rows if row[0] < last] + again
        path = folder / "twice.csv"
        write(path, rows)
        ends = ends_of(home, path, rows)
    if len(ends) < DOSE + 1:
        fail(f"{len(ends)} repetitions in {path} are not enough")
    return with_knocks(folder, path, ends) if OWN_BOARD else (path, ends)


def with_knocks(folder, path, ends):
    """The same with two knocks, twice, where it is paused."""
    rows, pause_s = read(path), ends[PAUSED_AFTER]
    before, after = [row for row in rows if row[0] < pause_s], [row for row in rows if row[0] >= pause_s]
    pose = before[-1][4:7]
    path = folder / "knocks.csv"
    write(path, joined(before, knocks(pose, 2), knocks(pose, 2), after))
    return path, [end if end <= pause_s else end + 2 * KNOCKS_S for end in ends]


# ---- the player ----


class Lines:
    """What a program says on standard error, as it comes."""

    def __init__(self, name, process):
        self.name, self.process, self.lines, self.all = name, process, queue.Queue(), []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stderr:
            print(f"{time.monotonic() - BEGAN:6.1f} {self.name}: {line.rstrip()}", flush=True)
            self.all.append(line.rstrip())
            self.lines.put(line.rstrip())
        self.lines.put(None)

    def wait_for(self, words, timeout_s):
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                line = self.lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                fail(f"{self.name} did not say \"{words}\" within {timeout_s} s")
            if line is None:
                fail(f"{self.name} ended before it said \"{words}\"")
            if words in line:
                return


class Sensor:
    def __init__(self, path, link, start_s=0):
        words = [WIRE_PLAYER, FIRMWARE, path, "--link", link] if FIRMWARE is not None else [WIRE_PLAYER, path, link]
        if FOREIGN is not None:
            words += ["--as", FOREIGN[0], "--baud", FOREIGN[1], "--damage", "0.01"]
        words += ["--steps", "--from", f"{start_s:.2f}"]
        self.link = link
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.said = Lines("sensor", self.process)
        self.said.wait_for("waiting on", 10)

    def move_until(self, t_s):
        self.tell(f"{t_s:.2f}")

    def press(self):
        self.tell("press")

    def tell(self, words):
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def unplug(self):
        """The port goes with its plug: a link left behind would lead to the next terminal before that is a sensor's."""
        self.process.kill()
        self.process.wait()
        self.link.unlink(missing_ok=True)


def pause_and_go_on(sensor, said, pause_s):
    """Two knocks, and two more; then the button, and again."""
    sensor.move_until(pause_s)
    sensor.said.wait_for("holding at", 60)
    time.sleep(1)
    sensor.move_until(pause_s + KNOCKS_S)
    said.wait_for(SAID["pause.paused"], 10)
    time.sleep(1)
    sensor.move_until(pause_s + 2 * KNOCKS_S)
    said.wait_for(SAID["flow.go"], 60)
    time.sleep(1)
    sensor.press()
    said.wait_for(SAID["pause.paused"], 10)
    time.sleep(1)
    sensor.press()
    said.wait_for(SAID["flow.go"], 60)


def clicks(sensor):
    return sum("buzzes" in line for line in sensor.said.all)


def play(folder, path, ends):
    link, home = folder / "sensor", folder / "home"
    sensor = Sensor(path, link)
    environment = dict(os.environ, BACKBEAT_HOME=str(home), BACKBEAT_ASSETS=str(ASSETS))
    words = [PROGRAM, "play", "--exercise", EXERCISE, "--input", f"serial:{link}", "--headless", "--json", "--seed", "1"]
    game = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        said = Lines("game", game)
        said.wait_for(SAID["calibrate.still"], 60)
        said.wait_for(SAID["calibrate.one_slow"], 30)
        sensor.move_until(ends[0])
        said.wait_for(SAID["flow.go"], 90)
        sensor.said.wait_for("holding at", 30)
        if OWN_BOARD:
            pause_and_go_on(sensor, said, ends[PAUSED_AFTER])
            if clicks(sensor) != PAUSED_AFTER + 4:
                fail(f"{clicks(sensor)} clicks for {PAUSED_AFTER} repetitions and four gestures")
            sensor.said.wait_for("holding at", 30)
        pulled_s = ends[PULLED_AFTER]
        sensor.move_until(pulled_s)
        sensor.said.wait_for("holding at", 120)
        sensor.unplug()
        said.wait_for(SAID["sensor.lost"], 15)
        time.sleep(1)
        sensor = Sensor(path, link, pulled_s)
        said.wait_for(SAID["sensor.back"], 15)
        said.wait_for(SAID["flow.go"], 60)
        sensor.move_until(math.inf)
        out = game.stdout.read()
        if game.wait(30) != 0:
            fail(f"the game ended with {game.returncode}")
    finally:
        sensor.unplug()
        game.kill()
    return home, json.loads(out)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path, ends = recording(folder)
        print(f"{len(ends)} repetitions; between them at " + ", ".join(f"{end:.1f}" for end in ends))
        home, document = play(folder, path, ends)
        done = check_dose(document, "sensor", DOSE)
        backbeat(home, "verify", done["replay"])


BEGAN = time.monotonic()
if __name__ == "__main__":
    main()
