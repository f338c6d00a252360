#!/usr/bin/env python3
"""Somebody plays with a controller strapped on: a made-up one (tests/tools/made_up_pad.c) inside the program, in real time.
controller_play_test.py BACKBEAT MADE_UP_PAD

Tidewing by its motion, with the controller switched off once on the way; in the window, what is measured by its motion is the body's,
as a sensor's is; and with its stick pushed at the beginning, it plays by the stick."""
import json
import math
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import threading
import time

from recordings import ASSETS, check_dose, fail, run
from serial_play_test import DOSE, EXERCISE, PROGRAM, PULLED_AFTER, SAID, Lines, recording
from serial_play_test import WIRE_PLAYER as MADE_UP_PAD

SENSOR, CONTROLLER = 0, 1  # as the store keeps kinds of input


class Pad:
    """A program with the controller in it; the way to tell it what happens to it."""

    def __init__(self, folder, name, path, *words, **environment):
        self.home, self.orders = folder / "home", folder / f"{name}.orders"
        self.orders.write_text("plug\n", encoding="utf-8")
        variables = dict(os.environ, BACKBEAT_HOME=str(self.home), BACKBEAT_ASSETS=str(ASSETS), LD_PRELOAD=str(MADE_UP_PAD),
                         ASAN_OPTIONS="verify_asan_link_order=0", MADE_UP_PAD_RECORDING=str(path), MADE_UP_PAD_ORDERS=str(self.orders), **environment)
        self.process = subprocess.Popen([PROGRAM, *words], env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.said = Lines(name, self.process)

    def order(self, *lines):
        with self.orders.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)


def listed(folder, path):
    devices = Pad(folder, "devices", path, "devices", "--json")
    found = json.loads(devices.process.communicate(timeout=30)[0])["controllers"]
    doctor = Pad(folder, "doctor", path, "doctor")
    said = doctor.process.communicate(timeout=30)[0]
    print(found, said)
    if len(found) != 1 or not found[0]["motion"] or "Joy-Con" not in found[0]["name"] or "Joy-Con" not in said or "none found" in said:
        fail(f"devices lists {found}, doctor {said}")


def strapped_on(folder, path, ends):
    game = Pad(folder, "strapped", path, "play", "--exercise", EXERCISE, "--input", "controller", "--headless", "--json", "--seed", "1")
    said = game.said
    try:
        said.wait_for(SAID["calibrate.still"], 60)
        said.wait_for(SAID["calibrate.one_slow"], 30)
        game.order(f"until {ends[0]:.2f}")
        said.wait_for(SAID["flow.go"], 90)
        game.order(f"until {ends[PULLED_AFTER]:.2f}")
        said.wait_for("it rumbles", 60)
        said.wait_for("holding at", 120)
        game.order("unplug")
        said.wait_for(SAID["sensor.lost"], 15)
        time.sleep(1)
        game.order("plug")
        said.wait_for(SAID["sensor.back"], 15)
        said.wait_for(SAID["flow.go"], 60)
        game.order(f"until {math.inf}")
        document = json.loads(game.process.stdout.read())
        if game.process.wait(30) != 0:
            fail(f"the game ended with {game.process.returncode}")
    finally:
        game.process.kill()
    done = check_dose(document, "controller", DOSE)
    run(PROGRAM, game.home, "verify", done["replay"])


def kept(home, question):
    try:
        with sqlite3.connect(f"file:{home}/backbeat.db?mode=ro", uri=True, timeout=5) as database:
            return database.execute(question).fetchall()
    except sqlite3.OperationalError:
        return []


def in_the_window(folder, path, by_stick):
    """The own range that is measured says what it is played with."""
    name = "stick" if by_stick else "motion"
    folder = folder / name
    folder.mkdir()
    run(PROGRAM, folder / "home", "play", "--exercise", EXERCISE, "--input", "demo", "--player", "Ada", "--headless", "--fast", "--seed", "1")
    game = Pad(folder, name, path, "play", "--exercise", EXERCISE, "--player", "Ada", "--input", "controller", SDL_VIDEODRIVER="dummy",
               SDL_AUDIODRIVER="dummy", SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS="1")
    try:
        game.said.wait_for("plugged in", 20)
        time.sleep(1.5)
        if by_stick:
            game.order("push -1")
            time.sleep(0.5)
            game.order("push 0")
        time.sleep(0.5)
        game.order("press")  # past the how-to
        time.sleep(9)
        game.order(f"until {math.inf}")
        deadline = time.monotonic() + 60
        while not kept(game.home, "SELECT input FROM ranges"):
            if time.monotonic() > deadline or game.process.poll() is not None:
                fail(f"no own range is measured by the {name}")
            for push in (-1, 1) if by_stick else ():
                game.order(f"push {push}")
                time.sleep(2.2 if push < 0 else 4.2)
            time.sleep(0.1)
    finally:
        game.process.kill()
    ranges = kept(game.home, "SELECT input, range_deg FROM ranges")
    print(name, ranges)
    if [row[0] for row in ranges] != [CONTROLLER if by_stick else SENSOR] or not 8 < ranges[0][1] < 60:
        fail(f"the {name} measured {ranges}")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path, ends = recording(folder)
        failures = []

        def attempt(function, *arguments):
            try:
                function(*arguments)
            except BaseException as failure:  # whatever it is, it must not be lost with its thread
                failures.append(f"{function.__name__}: {failure!r}")

        threads = [threading.Thread(target=attempt, args=words) for words in
                   ((listed, folder, path), (strapped_on, folder, path, ends), (in_the_window, folder, path, False), (in_the_window, folder, path, True))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            fail("; ".join(failures))


main()
