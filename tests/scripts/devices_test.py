#!/usr/bin/env python3
"""`backbeat devices` and `doctor` before made-up sensors on pseudo-terminals: what each port speaks, all at once and quickly, and a
WitMotion that is set to 100 Hz only when its owner says so.
devices_test.py BACKBEAT WIRE_PLAYER"""
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import tty

from recordings import fail, run

PROGRAM, WIRE_PLAYER = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
SPEEDS = {termios.B9600: 9600, termios.B115200: 115200}
# Kind of wire_player, its baud rate, what devices must call it.
SENSORS = [("witmotion", 9600, "witmotion"), ("witmotion-quat", 230400, "witmotion"), ("rvc", 115200, "bno-rvc"),
           ("ximu3", 115200, "x-imu3"), ("raw", 38400, "i2cdev-raw"), ("quat", 115200, "i2cdev-quat"), ("ypr", 115200, "i2cdev-ypr"),
           ("teapot", 115200, "i2cdev-teapot"), ("csv", 9600, "text"), ("tabs", 57600, "text"), ("sparkfun", 921600, "text")]


class WitMotion(threading.Thread):
    """As it comes from the shop: 9600 baud, 10 Hz; it obeys within ten seconds of being unlocked."""

    def __init__(self):
        super().__init__(daemon=True)
        self.master, slave = os.openpty()
        tty.setraw(slave)
        self.path, self.slave = os.ttyname(slave), slave
        os.set_blocking(self.master, False)
        self.baud, self.rate_hz, self.saved, self.unlocked, self.told = 9600, 10, False, 0.0, b""
        self.stop = False

    def frame(self, number, words):
        body = bytes([0x55, number]) + struct.pack("<4h", *words)
        return body + bytes([sum(body) & 0xFF])

    def obey(self):
        while len(self.told) >= 5:
            if self.told[:2] != b"\xff\xaa":
                self.told = self.told[1:]
                continue
            command, self.told = self.told[2:5], self.told[5:]
            if command == b"\x69\x88\xb5":
                self.unlocked = time.monotonic()
            elif time.monotonic() - self.unlocked > 10:
                fail("it was told to change while it was locked")
            elif command == b"\x04\x06\x00":
                self.baud = 115200
            elif command == b"\x03\x09\x00":
                self.rate_hz = 100
            elif command == b"\x00\x00\x00":
                self.saved = True

    def run(self):
        due = time.monotonic()
        while not self.stop:
            heard = SPEEDS.get(termios.tcgetattr(self.slave)[5]) == self.baud
            try:
                told = os.read(self.master, 256)
                self.told = (self.told + told if heard else self.told)[-64:]
            except BlockingIOError:
                pass
            self.obey()
            if time.monotonic() >= due:
                due += 1 / self.rate_hz
                burst = self.frame(0x51, (0, 0, 2048, 2500)) + self.frame(0x52, (0, 0, 0, 0)) + self.frame(0x53, (0, 0, 0, 0))
                os.write(self.master, burst if heard else random.randbytes(30))
            time.sleep(0.002)


def all_at_once(folder):
    recording = folder / "sway.csv"
    run(PROGRAM, folder / "home", "record", "--input", "demo:skilful", "--exercise", "cat_cow", "--seed", 21, "--fast", recording)
    players, links = [], []
    for number, (kind, baud, _) in enumerate(SENSORS):
        links.append(folder / f"port{number}")
        players.append(subprocess.Popen([WIRE_PLAYER, recording, links[-1], "--as", kind, "--baud", str(baud)], stderr=subprocess.DEVNULL))
    while not all(os.path.islink(link) for link in links):
        time.sleep(0.02)
    began = time.monotonic()
    devices = json.loads(run(PROGRAM, folder / "home", "devices", "--json", *links))["devices"]
    took_s = time.monotonic() - began
    for player in players:
        player.kill()
        player.wait()
    for device, (kind, baud, speaks) in zip(devices, SENSORS, strict=True):
        print(device["speaks"], device.get("baud"), round(device["rate_hz"], 1), device["assumed"])
        if (device["speaks"], device.get("baud")) != (speaks, baud) or not 40 < device["rate_hz"] < 60 or device["jitter_ms"] > 50:
            fail(f"{kind} at {baud} baud is told as {device}")
    # Three seconds to recognise, and one and a half to measure.
    print(f"{len(SENSORS)} ports in {took_s:.1f} s")
    if took_s > 5.5:
        fail("that is too long")


def babble(folder):
    """A port that speaks, but nothing known: it says so, and no more."""
    master, slave = os.openpty()
    tty.setraw(slave)
    os.set_blocking(master, False)
    stop = threading.Event()

    def talk():
        while not stop.wait(0.01):
            try:
                os.write(master, random.randbytes(100) + b"\x1b[2J hello, I am a modem\r\n")
            except BlockingIOError:
                pass

    threading.Thread(target=talk, daemon=True).start()
    device = json.loads(run(PROGRAM, folder / "home", "devices", "--json", os.ttyname(slave)))["devices"][0]
    stop.set()
    print(device["trouble"])
    if device["speaks"] != "nothing known" or "no language of a motion sensor" not in device["trouble"]:
        fail(f"a port that babbles is told as {device}")


def set_up(folder):
    sensor = WitMotion()
    sensor.start()
    environment = dict(os.environ, BACKBEAT_HOME=str(folder / "home"))

    def ask(words, typed):
        done = subprocess.run([PROGRAM, "devices", *words], input=typed, capture_output=True, text=True, env=environment, timeout=30)
        print(done.returncode, done.stderr.strip())
        return done.returncode, done.stderr

    doctor = subprocess.run([PROGRAM, "doctor", sensor.path], capture_output=True, text=True, env=environment, timeout=30)
    if doctor.returncode != 1 or "--set-up" not in doctor.stdout:
        fail(f"the doctor did not say that it is too slow: {doctor.stdout}")
    code, said = ask(["--set-up", sensor.path], "\n")
    if code != 0 or "10 samples a second" not in said or "[y/N]" not in said or "Nothing was changed" not in said:
        fail("it did not ask")
    if sensor.baud != 9600 or sensor.rate_hz != 10 or sensor.unlocked:
        fail("it was changed without a yes")
    code, said = ask(["--set-up", sensor.path], "y\n")
    if code != 0 or "115200 baud" not in said or (sensor.baud, sensor.rate_hz, sensor.saved) != (115200, 100, True):
        fail(f"it speaks at {sensor.baud} baud, {sensor.rate_hz} Hz, saved: {sensor.saved}")
    code, said = ask(["--set-up"], "")
    if code != 2:
        fail("no port is no usage")
    sensor.stop = True
    sensor.join()


def main():
    with tempfile.TemporaryDirectory() as name:
        all_at_once(pathlib.Path(name))
        babble(pathlib.Path(name))
        set_up(pathlib.Path(name))


main()
