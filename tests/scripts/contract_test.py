#!/usr/bin/env python3
"""The command line as others build on it: JSON, exit codes, one clear sentence for what is wrong. contract_test.py BACKBEAT"""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ASSETS = pathlib.Path(__file__).resolve().parents[2] / "assets"
FIVE = ["foam_roll", "cat_cow", "table_top_twist", "pull_apart", "thoracic_bridge"]
checks = 0


def run(*arguments, home, code=0, assets=ASSETS, text=""):
    environment = dict(os.environ, BACKBEAT_HOME=str(home), BACKBEAT_ASSETS=str(assets))
    done = subprocess.run([PROGRAM, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=300)
    check(done.returncode == code, f"backbeat {' '.join(map(str, arguments))}: exit {done.returncode} instead of {code}\n{done.stderr}")
    check(text in done.stderr, f"backbeat {' '.join(map(str, arguments))}: \"{done.stderr.strip()}\" does not say \"{text}\"")
    if code != 0:
        check(len(done.stderr.strip().splitlines()) >= 1 and done.stderr.startswith("backbeat: "), "a failure says one sentence")
    return done.stdout


def check(good, words):
    global checks
    checks += 1
    if not good:
        sys.exit(f"FAILED: {words}")


def without_replays(document):
    for exercise in document["exercises"]:
        exercise.pop("replay")
    return document


def play(home, seed, *more):
    return json.loads(run("play", "--routine", "quick_five", "--input", "demo", "--headless", "--fast", "--seed", seed, "--json", *more, home=home))


def the_demo_plays_the_quick_five(folder):
    home = folder / "home"
    first, second, other = play(home, 7), play(home, 7), play(home, 8)
    check([e["exercise"] for e in first["exercises"]] == FIVE, "five exercises in their order")
    doses = {"cat_cow": 8, "table_top_twist": 16, "pull_apart": 15, "thoracic_bridge": 10}
    for exercise in first["exercises"]:
        name = exercise["exercise"]
        if name in doses:
            check(exercise["reps"] == doses[name], f"{name}: {exercise['reps']} repetitions")
        else:
            check(exercise["hold_s"] >= 5 and exercise["reps"] >= 1, f"{name} holds and rolls")
        check(0 < exercise["score"] <= 1000 and 0 <= exercise["stars"] <= 3, f"{name} has a score and stars")
        check(exercise["rom_deg"] > 5, f"{name} has a range")
    twist = first["exercises"][2]
    check((twist["left"], twist["right"]) == (8, 8), "eight a side")
    check(first["exercises"][1]["breaths"] == 8, "eight breaths")
    check(first["grade"] in "ABCD" and first["score"] == sum(e["score"] for e in first["exercises"]), "the sum and a grade")
    replays = [e["replay"] for e in first["exercises"]]
    check(without_replays(first) == without_replays(second), "the same seed gives the same document")
    # Exercise by exercise: two sums may happen to be one.
    scores, others = ([e["score"] for e in document["exercises"]] for document in (first, other))
    check(all(a != b for a, b in zip(scores, others)), f"another seed gives other scores: {scores} and {others}")
    run("verify", *replays, home=home)
    return home, replays


def a_changed_replay_is_refused(folder, home, replays):
    whole = pathlib.Path(replays[1]).read_bytes()
    for at in (0, 5, 40, 90, 150, len(whole) // 2, len(whole) - 1):
        changed = folder / "changed.bbr"
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        run("verify", changed, home=home, code=1)
    run("verify", folder / "none.bbr", home=home, code=1, text="does not exist")
    run("verify", home=home, code=2)


def the_scores_are_listed(folder, home):
    results = json.loads(run("scores", "--json", home=home))["results"]
    check(len(results) == 15, f"three runs of five, not {len(results)}")
    check({r["exercise"] for r in results} == set(FIVE), "each exercise")
    check(all(r["player"] == "Guest" and r["input"] == "demo" for r in results), "who and how")
    out = folder / "household.json"
    run("export", out, home=home)
    again = folder / "again"
    run("import", out, home=again)
    back = json.loads(run("scores", "--json", home=again))["results"]
    check({(r["exercise"], r["seed"], r["score"]) for r in back} == {(r["exercise"], r["seed"], r["score"]) for r in results}, "an import brings all back")
    run("import", out, home=again)
    check(len(json.loads(run("scores", "--json", home=again))["results"]) == len(back), "and twice is no more")
    (folder / "bad.json").write_text("{\n oops")
    run("import", folder / "bad.json", home=again, code=1, text="line 2")


def skill_is_what_scores(folder):
    home = folder / "skill"
    scores = {}
    for style in ("skilful", "clumsy", "idle"):
        document = json.loads(run("play", "--routine", "quick_five", "--input", f"demo:{style}", "--headless", "--fast", "--seed", 3, "--json", home=home))
        scores[style] = document["score"]
    check(scores["skilful"] > scores["clumsy"] + 300 > 300, f"{scores}")
    check(scores["idle"] == 0, f"an idle body scores {scores['idle']}")


def wrong_words_get_the_list(folder):
    home = folder / "words"
    run("play", "--routine", "no", "--headless", home=home, code=2, text="quick_five")
    run("play", "--exercise", "no", "--headless", home=home, code=2, text="thoracic_bridge")
    run("play", "--exercise", "cat_cow", "--input", "no", "--headless", home=home, code=2, text="keyboard, serial")
    run("play", "--exercise", "cat_cow", "--nope", home=home, code=2, text="--routine, --exercise")
    run("play", "--exercise", "cat_cow", "--level", "9", home=home, code=2, text="1 to 5")
    run("play", "--exercise", "cat_cow", "--seed", "-1", home=home, code=2)
    run("play", "--headless", home=home, code=2)
    run("dance", home=home, code=2, text="there are play")
    run("analyze", "--exercise", "no", "x.csv", home=home, code=2, text="generic")
    run("analyze", "--exercise", "cat_cow", home=home, code=2)
    run("play", "--exercise", "cat_cow", "--input", f"serial:{folder}/none", "--headless", home=home, code=1, text="does not exist")
    run("play", "--exercise", "cat_cow", "--input", "replay:none.csv", "--headless", home=home, code=1, text="does not exist")


def recordings_are_analyzed_or_refused(folder):
    home = folder / "rec"
    recording = folder / "cat.csv"
    run("record", "--input", "demo:skilful", "--exercise", "cat_cow", "--seed", 5, "--fast", recording, home=home)
    document = json.loads(run("analyze", "--exercise", "cat_cow", recording, home=home))
    lines = recording.read_text().splitlines()
    truth = {line.split(":")[0][2:]: line.split(":")[1] for line in lines if line.startswith("#")}
    lines = [line for line in lines if not line.startswith("#")]
    check(document["exercise"] == "cat_cow" and document["reps"] == int(truth["truth_reps"]), f"{document['reps']} repetitions")
    check(set(document) == {"exercise", "duration_s", "reps", "left", "right", "partials", "rom_deg", "hold_s", "breaths", "rate_hz", "lost", "events"}, "the keys")
    check(sum(e["kind"] == "rep" for e in document["events"]) == document["reps"], "an event a repetition")
    times = [float(line.split(",")[0]) for line in lines[1:]]
    rate = (len(times) - 1) / (times[-1] - times[0])
    check(abs(document["rate_hz"] / rate - 1) < 0.01 and document["lost"] == 0, "the rate")
    played = json.loads(run("play", "--exercise", "cat_cow", "--input", f"replay:{recording}", "--headless", "--fast", "--json", home=home))
    check(played["exercises"][0]["reps"] >= 5, "a recording plays the game")
    wrong = {
        "a column": ([lines[0].replace(",az", "")] + lines[1:], "az"),
        "text": (lines[:50] + ["x" + lines[50]] + lines[51:], "line 51"),
        "not a number": (lines[:50] + ["nan,0,0,0,0,0,0,0"] + lines[51:], "line 51"),
        "time": (lines[:50] + [lines[10]] + lines[51:], "line 51: time goes backwards"),
        "nothing": (lines[:1], "no samples"),
    }
    for name, (content, text) in wrong.items():
        bad = folder / "bad.csv"
        bad.write_text("\n".join(content) + "\n")
        run("analyze", "--exercise", "cat_cow", bad, home=home, code=1, text=text)


def wrong_data_files_are_refused(folder):
    home = folder / "data"
    assets = folder / "assets"
    shutil.copytree(ASSETS, assets, ignore=shutil.ignore_patterns("*.ogg"))
    level = assets / "minigames" / "tidewing.json"
    good = level.read_text()
    level.write_text(good.replace('"target": 700', '"target": 7', 1))
    run("play", "--exercise", "cat_cow", "--headless", home=home, assets=assets, code=1, text="tidewing.json, line 6: levels[0].target must be")
    level.write_text(good)
    (home / "routines").mkdir(parents=True, exist_ok=True)
    mine = home / "routines" / "mine.json"
    mine.write_text((ASSETS / "routines" / "quick_five.json").read_text().replace('"quick_five"', '"mine"').replace('"cat_cow"', '"dog_cow"'))
    run("play", "--routine", "mine", "--headless", home=home, code=1, text="mine.json, line 8: exercises[1].exercise is not an exercise")
    mine.write_text((ASSETS / "routines" / "quick_five.json").read_text().replace('"quick_five"', '"mine"'))
    document = json.loads(run("play", "--routine", "mine", "--input", "demo", "--headless", "--fast", "--json", home=home))
    check(document["routine"] == "mine" and len(document["exercises"]) == 5, "a player's own routine plays")


def broken_stores_do_not_stop_the_game(folder):
    home = folder / "broken"
    play(home, 1)
    database = next(p for p in home.iterdir() if p.suffix in (".db", ".sqlite", ".sqlite3"))
    whole = database.read_bytes()
    for leftover in home.glob(database.name + "-*"):
        leftover.unlink()
    database.write_bytes(whole[:2000] + b"garbage" * 500 + whole[5500:])
    damaged = database.read_bytes()
    document = play(home, 1)
    check(len(document["exercises"]) == 5, "the game goes on without its database")
    check(database.read_bytes() == damaged, "the damaged file is kept as it is")
    run("scores", home=home, code=1, text=str(database.name))
    blocked = folder / "blocked"
    blocked.write_text("a file, not a folder")
    document = play(blocked / "home", 1)
    check(len(document["exercises"]) == 5, "the game goes on without a folder")


def begin_to_play_in_real_time(folder):
    """Half a minute goes by before the first repetition is counted: the other checks go on meanwhile."""
    home = folder / "killed"
    recording = folder / "long.csv"
    run("record", "--input", "demo:skilful", "--exercise", "cat_cow", "--seed", 5, "--fast", recording, home=home)
    environment = dict(os.environ, BACKBEAT_HOME=str(home), BACKBEAT_ASSETS=str(ASSETS))
    arguments = [PROGRAM, "play", "--exercise", "cat_cow", "--input", f"replay:{recording}", "--headless"]
    return subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def is_kept(home):
    """The replay so far is written first, and then the note that it is there."""
    try:
        with sqlite3.connect(f"file:{home}/backbeat.db?mode=ro", uri=True, timeout=5) as database:
            return database.execute("SELECT 1 FROM settings WHERE name = 'unfinished' AND value <> ''").fetchone() is not None
    except sqlite3.OperationalError:
        return False


def kill_at(playing, home, deadline):
    """At the first repetition on disk; a thread of its own, so that no second repetition gets there before the kill."""
    while not is_kept(home) and time.monotonic() < deadline and playing.poll() is None:
        time.sleep(0.05)
    playing.send_signal(signal.SIGKILL)
    playing.wait()


def a_kill_loses_at_most_a_repetition(folder, killing):
    home = folder / "killed"
    killing.join()
    check((home / "replays" / "unfinished.bbr").exists(), "a repetition is on disk as soon as it is counted")
    check(json.loads(run("scores", "--json", home=home))["results"] == [], "no result yet")
    run("play", "--exercise", "pull_apart", "--input", "demo", "--headless", "--fast", home=home, text="1 repetitions of cat_cow were kept")
    results = json.loads(run("scores", "--json", home=home))["results"]
    kept = [r for r in results if r["exercise"] == "cat_cow"]
    check(len(kept) == 1 and kept[0]["reps"] == 1, "the repetition became a result")
    run("verify", kept[0]["replay"], home=home)


def check_all(folder):
    home, replays = the_demo_plays_the_quick_five(folder)
    a_changed_replay_is_refused(folder, home, replays)
    the_scores_are_listed(folder, home)
    skill_is_what_scores(folder)
    wrong_words_get_the_list(folder)
    recordings_are_analyzed_or_refused(folder)
    wrong_data_files_are_refused(folder)
    broken_stores_do_not_stop_the_game(folder)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        playing = begin_to_play_in_real_time(folder)
        killing = threading.Thread(target=kill_at, args=(playing, folder / "killed", time.monotonic() + 180), daemon=True)
        killing.start()
        try:
            check_all(folder)
            a_kill_loses_at_most_a_repetition(folder, killing)
        finally:
            playing.kill()
    print(f"{checks} checks")


main()
