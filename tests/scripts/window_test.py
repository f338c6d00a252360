#!/usr/bin/env python3
"""Somebody sits at the keyboard: from the title to the boards and out, in a real window on a display in memory.
window_test.py BACKBEAT [FOLDER FOR PICTURES]

Keys only. What the game has kept on disk tells when a step is done, as no picture could; the pictures are compared with each other,
so that each page was really another. Prints how long the first frame took and what the idle menu costs."""
import array
import os
import pathlib
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import zlib

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ASSETS = pathlib.Path(__file__).resolve().parents[2] / "assets"
WIDTH, HEIGHT = 1280, 720
TICKS_S = os.sysconf("SC_CLK_TCK")
PIXEL_DIFFERS = 24  # of 255
PAGE_DIFFERS = 0.02  # share of pixels
IDLE_S = 10


def fail(words):
    sys.exit(f"FAILED: {words}")


def wait_until(what, words, timeout_s, step_s=0.05):
    deadline = time.monotonic() + timeout_s
    while not what():
        if time.monotonic() > deadline:
            fail(f"{words}: not within {timeout_s} s")
        time.sleep(step_s)


class Display:
    """Xvfb, with its picture in a file."""

    def __init__(self, folder):
        self.picture_file = folder / "Xvfb_screen0"
        reader, writer = os.pipe()
        words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder), "-nolisten", "tcp"]
        self.process = subprocess.Popen(words, pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as said:
            number = said.readline().strip()
        if not number:
            fail("Xvfb does not start")
        self.name = f":{number}"

    def picture(self):
        """Rows of blue, green, red and nothing, a byte each."""
        whole = self.picture_file.read_bytes()
        header = struct.unpack(">25I", whole[:100])
        size, width, height, colours, line = header[0], header[4], header[5], header[19], header[12]
        begin = size + 12 * colours
        return [whole[begin + y * line : begin + y * line + 4 * width] for y in range(height)]

    def close(self):
        self.process.terminate()
        self.process.wait()


def write_png(path, rows):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    raw = bytearray()
    for row in rows:
        line = bytearray(3 * WIDTH)
        line[0::3], line[1::3], line[2::3] = row[2::4], row[1::4], row[0::4]
        raw += b"\0" + line
    head = struct.pack(">2I5B", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(raw), 1)) + chunk(b"IEND", b""))


def sparse(rows):
    """Every fourth pixel of every fourth row, its green."""
    return array.array("B", b"".join(row[1::16] for row in rows[::4]))


def difference(a, b):
    return sum(abs(x - y) > PIXEL_DIFFERS for x, y in zip(a, b)) / len(a)


class Person:
    def __init__(self, display, home, pictures):
        self.display, self.home, self.pictures, self.pages = display, home, pictures, {}
        environment = dict(os.environ, DISPLAY=display.name, SDL_VIDEODRIVER="x11", SDL_AUDIODRIVER="dummy", BACKBEAT_HOME=str(home), BACKBEAT_ASSETS=str(ASSETS))
        environment.pop("WAYLAND_DISPLAY", None)
        self.environment = dict(environment)
        if "KEEP_LOADED" in os.environ:
            environment["LD_PRELOAD"] = os.environ["KEEP_LOADED"]
            environment["ASAN_OPTIONS"] = "verify_asan_link_order=0"
        blank = sparse(display.picture())
        began = time.monotonic()
        self.game = subprocess.Popen([PROGRAM, "--input", "keyboard"], env=environment, stderr=subprocess.PIPE, text=True)
        wait_until(lambda: difference(blank, sparse(display.picture())) > 0.5 or self.ended(), "a first frame", 20, 0.002)
        self.first_frame_s = time.monotonic() - began
        window = self.xdo("search", "--sync", "--onlyvisible", "--pid", str(self.game.pid)).split()[0]
        self.xdo("windowfocus", "--sync", window)

    def ended(self):
        if self.game.poll() is not None:
            fail(f"the game ended with {self.game.returncode}: {self.game.stderr.read()}")
        return False

    def xdo(self, *words):
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=20)
        if done.returncode != 0:
            fail(f"xdotool {' '.join(words)}: {done.stderr}")
        return done.stdout

    def press(self, *keys):
        for key in keys:
            self.ended()
            self.xdo("key", key)
            time.sleep(0.15)

    def hold(self, key, seconds):
        self.ended()
        self.xdo("keydown", key)
        time.sleep(seconds)
        self.xdo("keyup", key)

    def see(self, name, settle_s=0.7):
        """A picture of this page, which must not be one of those seen before."""
        time.sleep(settle_s)
        self.ended()
        rows = self.display.picture()
        write_png(self.pictures / f"{len(self.pages) + 1:02d}-{name}.png", rows)
        page = sparse(rows)
        for other, seen in self.pages.items():
            share = difference(page, seen)
            if share < PAGE_DIFFERS:
                fail(f"{name} looks like {other}: {share:.1%} of the pixels differ; see {self.pictures}")
        self.pages[name] = page

    def kept(self, question):
        """The first row of what the game's database answers; NULL where there is nothing yet."""
        try:
            with sqlite3.connect(f"file:{self.home}/backbeat.db?mode=ro", uri=True, timeout=5) as database:
                return database.execute(question).fetchone()
        except sqlite3.OperationalError:
            return None

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
    person.see("get-set-again", 1)
    person.press("p", "Right", "Right", "Return")  # skip


def boards_and_out(person):
    time.sleep(0.5)
    person.press("Up", "Up", "Right", "Right", "Right", "Right")  # from Start to the routines' names, past them to the buttons
    person.see("map-buttons")
    person.press("Return")
    person.see("boards")
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


def main():
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            fail(f"{tool} is not installed; tests/packages.txt names what the tests need")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pictures = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else folder / "pictures"
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir(parents=True)
        display = Display(folder)
        person = None
        try:
            person = Person(display, folder / "home", pictures)
            from_the_title_to_the_map(person)
            play_tidewing(person)
            pause_and_hurt(person)
            boards_and_out(person)
        finally:
            if person is not None:
                person.game.kill()
            display.close()
        print(f"{len(person.pages)} pages, each another, in {time.monotonic() - began:.0f} s")


main()
