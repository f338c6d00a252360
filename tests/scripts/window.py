"""What the tests with a real window share: a display in memory, and somebody who sits in front of it."""
import array
import contextlib
import os
import pathlib
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import time
import zlib

from recordings import ASSETS, fail

WIDTH, HEIGHT = 1280, 720
PIXEL_DIFFERS = 24  # of 255
PAGE_DIFFERS = 0.02  # share of pixels


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
    def __init__(self, program, display, home, pictures, *arguments):
        self.display, self.home, self.pictures, self.pages = display, home, pictures, {}
        environment = dict(os.environ, DISPLAY=display.name, SDL_VIDEODRIVER="x11", SDL_AUDIODRIVER="dummy", BACKBEAT_HOME=str(home), BACKBEAT_ASSETS=str(ASSETS))
        environment.pop("WAYLAND_DISPLAY", None)
        self.environment = dict(environment)
        if "KEEP_LOADED" in os.environ:
            environment["LD_PRELOAD"] = os.environ["KEEP_LOADED"]
            environment["ASAN_OPTIONS"] = "verify_asan_link_order=0"
        blank = sparse(display.picture())
        began = time.monotonic()
        self.game = subprocess.Popen([program, *arguments], env=environment, stderr=subprocess.PIPE, text=True)
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


@contextlib.contextmanager
def a_display(pictures):
    """A display, an empty folder, and the folder for pictures, emptied; `pictures` None: below the other."""
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            fail(f"{tool} is not installed; tests/packages.txt names what the tests need")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pictures = pathlib.Path(pictures).resolve() if pictures is not None else folder / "pictures"
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir(parents=True)
        display = Display(folder)
        try:
            yield display, folder, pictures
        finally:
            display.close()
