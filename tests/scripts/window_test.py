#!/usr/bin/env python3
"""Somebody sits at the keyboard: from the title to the boards and out, in a real window on a display in memory; then a race with a ghost.
window_test.py BACKBEAT [FOLDER FOR PICTURES]

Keys only. What the game has kept on disk tells when a step is done, as no picture could; the pictures are compared with each other,
so that each page was really another. Prints how long the first frame took and what the idle menu costs."""
import os
import pathlib
import subprocess
import sys
import time

from recordings import fail, run
from window import Person, a_display, difference, sparse, wait_until

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
TICKS_S = os.sysconf("SC_CLK_TCK")
IDLE_S = 10


class Ada(Person):
    def checkpoint(self):
        try:
            return (self.home / "replays" / "unfinished.bbr").stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def cpu_s(self):
        fields = pathlib.Path(f"/proc/{self.game.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_S

    def breathe(self):
        """One cow and one cat: the body takes two to three seconds to each end."""
        self.hold("Up", 2.2)
        self.hold("Down", 4.2)


def measure_idle(person):
    time.sleep(4)  # the title's lamps go on one by one
    before_s, began = person.cpu_s(), time.monotonic()
    time.sleep(IDLE_S)
    share = (person.cpu_s() - before_s) / (time.monotonic() - began)
    print(f"first frame after {person.first_frame_s:.2f} s; idle menu {share:.1%} of a core")


def left_alone(person):
    """After a minute the demo player plays; any key brings the title back, and nothing of it is kept."""
    title = person.pages["title"]
    wait_until(lambda: difference(title, sparse(person.display.picture())) > 0.5, "somebody plays on the title", 70, 0.5)
    person.see("left-alone", 4)
    person.press("x")
    time.sleep(5)  # the lamps go on anew
    if difference(title, sparse(person.display.picture())) > 0.2:
        fail("a key does not bring the title back")
    if person.kept("SELECT count(*) FROM runs") != (0,) or person.kept("SELECT count(*) FROM ranges") != (0,):
        fail("the demo player's play was kept")


def from_the_title_to_the_map(person):
    person.see("title")
    measure_idle(person)
    left_alone(person)
    person.press("Return")
    person.see("players")
    person.press("Return")
    person.see("new-player")
    person.xdo("type", "--delay", "80", "Ada")
    person.press("Return")
    person.see("map")
    if person.kept("SELECT name FROM players") != ("Ada",):
        fail(f"the household has {person.kept('SELECT name FROM players')}, not Ada")
    person.press("Down", "Return", "Left", "Right")  # one minute; the second place


def play_tidewing(person):
    person.press("Return")
    person.see("how-to", 1.5)
    person.press("Return")
    person.see("calibrate", 1.0)
    time.sleep(4)  # two seconds of stillness, and the filters' own time
    for _ in range(4):
        if person.kept("SELECT range_deg FROM ranges") is None:
            person.breathe()
    wait_until(lambda: person.kept("SELECT range_deg FROM ranges") is not None, "the own range", 5)
    range_deg = person.kept("SELECT range_deg FROM ranges WHERE exercise = 'cat_cow'")
    if range_deg is None or not 10 < range_deg[0] < 60:
        fail(f"an own range of {range_deg}")
    person.see("get-set", 5)
    seen = 0
    for _ in range(6):
        person.breathe()
        seen += person.checkpoint() != 0
        if seen == 2:
            break
    if seen < 2:
        fail("no repetition was counted")
    person.see("tidewing", 0)


def pause_and_hurt(person):
    person.press("p")
    person.see("pause")
    person.press("h")
    person.see("hurts")
    person.press("Right", "Return")  # gentler
    wait_until(lambda: (person.kept("SELECT ease FROM ranges") or (1,))[0] < 0.95, "less asked", 5)
    time.sleep(1)
    person.press("p", "Right", "Right", "Return")  # skip


def to_button(person, number):
    """On the map: from Start to the routines' names, past them to the last button, and back."""
    person.press("Up", "Up", *["Right"] * 8, *["Left"] * (3 - number))


def boards_and_out(person):
    time.sleep(0.5)
    to_button(person, 0)
    person.see("map-buttons")
    person.press("Return")
    person.see("boards")
    person.press("Escape")
    to_button(person, 1)
    person.press("Return")
    person.see("progress")
    person.press("Escape")
    to_button(person, 3)
    person.press("Return")
    person.see("doctor")
    person.press("Escape", "Escape")
    person.see("players-again")
    person.press("Escape", "Escape")  # title, leave?
    person.see("leave")
    person.press("Left", "Return")
    try:
        code = person.game.wait(10)
    except subprocess.TimeoutExpired:
        fail("the game does not end")
    words = person.game.stderr.read()
    if code != 0:
        fail(f"the game ended with {code}: {words}")


def race_a_ghost(display, home, pictures):
    """From a row of a board straight into its game, beside the one who stands there."""
    pictures.mkdir()
    run(PROGRAM, home, "play", "--exercise", "cat_cow", "--input", "demo:clumsy", "--player", "Ada", "--headless", "--fast")
    person = Ada(PROGRAM, display, home, pictures, "--input", "demo")
    try:
        person.press("Return", "Return")
        time.sleep(0.5)
        to_button(person, 0)
        person.press("Return", "Right", "Down")  # the second game of the day is Tidewing
        person.see("board-row")
        person.press("Return")
        person.see("race-how-to", 1.5)
        person.press("Return")
        person.see("race", 22)
    finally:
        person.game.kill()
        person.game.wait()


def main():
    began = time.monotonic()
    with a_display(sys.argv[2] if len(sys.argv) > 2 else None) as (display, folder, pictures):
        person = Ada(PROGRAM, display, folder / "home", pictures, "--input", "keyboard")
        try:
            from_the_title_to_the_map(person)
            play_tidewing(person)
            pause_and_hurt(person)
            boards_and_out(person)
        finally:
            person.game.kill()
        race_a_ghost(display, folder / "home", pictures / "race")
        print(f"{len(person.pages)} pages, each another, in {time.monotonic() - began:.0f} s")


main()
