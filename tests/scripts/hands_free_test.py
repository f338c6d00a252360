#!/usr/bin/env python3
"""Somebody wears the sensor and touches nothing else: from the title to a game and back, with knocks and tilts, in a real window.
hands_free_test.py BACKBEAT WIRE_PLAYER [FOLDER FOR PICTURES]

The gestures are played over the serial line one at a time, whenever the page for them is there."""
import pathlib
import subprocess
import sys
import time

from recordings import fail, joined, knocks, rest, tilt, write
from window import Person, a_display, difference, sparse

PROGRAM, WIRE_PLAYER = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
UP = (-5.1, 2.2, 8.1)  # strapped on somehow
FORWARD = (0.85, 0.0, 0.54)  # across it
LEFT = (-0.12, -0.97, 0.19)  # the axis about which a body that faces there leans to its left
MAP_DIFFERS = 0.3  # share of pixels: the same page, with other words and another focus


def gestures():
    """Name, rows."""
    lean = {"forward": (FORWARD, 30), "backward": (FORWARD, -30), "left": (LEFT, 30), "right": (LEFT, -30)}
    order = "2 2 forward forward 2 forward 2 backward left right 2 3 2 3 3".split()
    return [(name, knocks(UP, int(name)) if name.isdigit() else tilt(UP, *lean[name])) for name in order]


class Wearer(Person):
    def __init__(self, folder, display, pictures):
        self.moves, self.done, self.t_s = gestures(), 0, 3.0
        path, link = folder / "gestures.csv", folder / "sensor"
        write(path, joined(rest(UP, self.t_s), *(rows for _, rows in self.moves), rest(UP, 1)))
        self.sensor = subprocess.Popen([WIRE_PLAYER, path, link, "--steps"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.wait_for("waiting on")
        super().__init__(PROGRAM, display, folder / "home", pictures, "--input", f"serial:{link}")
        self.wait_for("started")
        self.until(self.t_s)
        time.sleep(7)  # the lead-in

    def wait_for(self, words):
        for line in self.sensor.stderr:
            if words in line:
                return
        fail(f"the sensor ended before it said \"{words}\"")

    def until(self, t_s):
        self.sensor.stdin.write(f"{t_s:.2f}\n")
        self.sensor.stdin.flush()

    def do(self, name):
        wanted, rows = self.moves[self.done]
        if wanted != name:
            fail(f"the next gesture is {wanted}, not {name}")
        self.done += 1
        self.t_s += len(rows) / 100
        self.until(self.t_s)
        time.sleep(rows[-1][0] + 0.4)

    def is_map(self):
        return difference(self.pages["map"], sparse(self.display.picture())) < MAP_DIFFERS

    def close(self):
        self.game.kill()
        self.sensor.kill()


def by_knocks_and_tilts(person):
    person.see("title", 0)
    person.do("2")
    person.see("players")
    person.do("2")
    person.see("new-player")
    person.do("forward")
    person.do("forward")  # past the emblem to Done
    person.do("2")
    person.see("map")
    if person.kept("SELECT count(*) FROM players") != (1,):
        fail("there is no player")
    person.do("forward")  # One minute
    person.do("2")
    person.do("backward")
    person.do("left")  # from Start to the places
    person.do("right")
    person.see("second-place")
    person.do("2")
    person.see("how-to")
    person.do("3")
    person.see("hurts")
    person.do("2")  # leave it out: its routine of one is over
    if not person.is_map():
        person.see("not-the-map")
        fail("leaving the exercise out did not lead to the map")
    person.do("3")
    if person.is_map():
        fail("three knocks do not lead back")
    person.do("3")
    if difference(person.pages["title"], sparse(person.display.picture())) > 0.2:
        person.see("not-the-title")
        fail("three knocks twice do not lead to the title")


def main():
    with a_display(sys.argv[3] if len(sys.argv) > 3 else None) as (display, folder, pictures):
        person = Wearer(folder, display, pictures)
        try:
            by_knocks_and_tilts(person)
        finally:
            person.close()
        print(f"{len(person.pages)} pages by {person.done} gestures")


main()
