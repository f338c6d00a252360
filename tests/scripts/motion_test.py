#!/usr/bin/env python3
"""How well movement is recognised, held to figures. motion_test.py simulated SIMULATE BENCH | recorded ORIENTATION REPS DATA

'simulated' makes sets by our own simulator, from one seed, and looks at what the live recogniser made of them; 'recorded' runs the benchmarks
over real people's recordings, where they are at hand."""
import json
import pathlib
import subprocess
import sys
import tempfile

SETS, SEED = 8, 5001
failed = False


def last_line(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def hold(what, value, good):
    global failed
    print(f"{'ok    ' if good else 'FAILED'} {what}: {value}")
    failed = failed or not good


def simulated(simulate, bench):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([simulate, folder, str(SETS), str(SEED)], check=True)
        found = last_line(bench, folder)
    for style, exact, within in (("ordinary", ORDINARY[0], ORDINARY[1]), ("restless", RESTLESS[0], RESTLESS[1])):
        sets = found[style]["sets"]
        hold(f"{style}: sets", sets, sets == 8 * SETS)
        hold(f"{style}: share of sets that are exact", found[style]["exact"] / sets, found[style]["exact"] >= exact * sets)
        hold(f"{style}: share within one", found[style]["within_1"] / sets, found[style]["within_1"] >= within * sets)
    hold("seconds from a repetition's end until it is told, median", found["median_announce_s"], found["median_announce_s"] < 0.3)


def recorded(orientation, reps, data):
    data = pathlib.Path(data)
    if not data.is_dir():
        print(f"skipped: there are no recordings in {data}")
        sys.exit(77)
    found = last_line(orientation, data / "orientation")
    hold("inclination, degrees", found["mean_inclination_deg"], found["mean_inclination_deg"] <= 0.5)
    hold("inclination at the best shift", found["mean_inclination_best_shift_deg"], found["mean_inclination_best_shift_deg"] <= 0.5)
    hold("inclination with 10 deg/s of bias", found["mean_inclination_bias10_deg"], found["mean_inclination_bias10_deg"] <= 0.8)
    hold("heading drift in holds, degrees a minute", found["mean_heading_drift_deg_per_min"], found["mean_heading_drift_deg_per_min"] <= 1)
    found = last_line(reps, data / "motion" / "index.csv")
    hold("share of real sets that are exact", found["exact"] / found["sets"], found["exact"] >= 0.85 * found["sets"])
    hold("share within one", found["within_1"] / found["sets"], found["within_1"] >= 0.96 * found["sets"])
    hold("false repetitions a minute", found["false_reps_per_minute_idle"], found["false_reps_per_minute_idle"] < 0.2)


# Shares of the sets: exact, and within one.
ORDINARY, RESTLESS = (0.97, 1), (0.85, 0.97)

{"simulated": simulated, "recorded": recorded}[sys.argv[1]](*sys.argv[2:])
sys.exit(1 if failed else 0)
