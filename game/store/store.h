/* What the household has done: players, results with their replays, settings. SQLite below; nobody above sees
 * it.
 *
 * Not thread-safe: one thread owns a Store. A call that fails leaves the store as it was and writes one
 * sentence. When the database can't be used at all (read-only folder, full disk, damaged, made by a newer
 * version) store_open still gives a Store, one that keeps everything in memory until the program ends, with
 * `error` saying so; the old file is kept as it is. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "core/result.h"
#include "core/side.h"
#include "input/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Store Store;

enum {
    STORE_NAME_MAX = 24 /* characters, UTF-8, 4 bytes each */,
    STORE_NAME_BYTES = 4 * STORE_NAME_MAX + 1,
    STORE_EMBLEMS = 8
};

typedef struct Player {
    int64_t id;
    char name[STORE_NAME_BYTES];
    int emblem;       /* 0…STORE_EMBLEMS - 1 */
    int64_t last_day; /* days since 1970-01-01, local; -1 never */
} Player;

typedef struct StoredResult {
    int64_t id;
    int64_t player_id;
    int64_t run_id; /* results of one routine share it */
    int64_t at_s;   /* Unix time */
    int64_t day;    /* local day, days since 1970-01-01 */
    char player_name[STORE_NAME_BYTES];
    char routine[32], exercise[32];
    InputKind input;
    int level, score, stars;
    int reps, left, right, partials, breaths;
    double hold_s, rom_deg;
    uint32_t seed;
    char replay[256]; /* file name below the replay folder; empty = none */
} StoredResult;

/* One routine as the boards show it. */
typedef struct StoredRun {
    int64_t id, player_id, day;
    char player_name[STORE_NAME_BYTES];
    char routine[32];
    InputKind input;
    int score, exercises;
} StoredRun;

/* `folder` is the user's data folder; made if it is missing. *out is NULL only where the result is
 * RESULT_NO_MEMORY. Any other failure: *out is a store in memory, and `error` says why in one sentence. */
MUST_CHECK Result store_open(Store **out, const char *folder, Error *error);
/* Takes NULL. */
void store_close(Store *store);
/* True while results outlive the program. */
bool store_is_durable(const Store *store);
/* The folder replays are written to; valid as long as the store. Empty where it is not durable. */
const char *store_replay_folder(const Store *store);

MUST_CHECK Result store_add_player(Store *store, const char *name, int emblem, Player *out, Error *error);
/* Finds by name, adds where missing. */
MUST_CHECK Result store_find_player(Store *store, const char *name, Player *out, Error *error);
/* At most `capacity`, last played first; returns how many. */
size_t store_players(Store *store, Player *out, size_t capacity);

/* Begins a run (a routine); results are added to it one by one, each durable when the call returns. */
MUST_CHECK Result store_begin_run(Store *store, int64_t player_id, const char *routine, InputKind input,
                                  int64_t at_s, int64_t day, int64_t *run_id, Error *error);
/* Adds `result` (id, run's player and name are filled in). */
MUST_CHECK Result store_add_result(Store *store, int64_t run_id, StoredResult *result, Error *error);

/* Board of one exercise and kind of input: each player's best, highest first. `exercise` NULL: every result,
 * newest first. */
size_t store_results(Store *store, const char *exercise, InputKind input, StoredResult *out, size_t capacity);
/* All results, newest first. */
size_t store_all_results(Store *store, StoredResult *out, size_t capacity);
/* Board of one routine: each player's best. */
size_t store_runs(Store *store, const char *routine, InputKind input, StoredRun *out, size_t capacity);
/* A player's best result in an exercise on a kind of input; false where there is none. */
bool store_best(Store *store, int64_t player_id, const char *exercise, InputKind input, StoredResult *out);
/* A player's results in an exercise on a kind of input that measured a range, newest first; at most
 * `capacity`, returns how many.
 */
size_t store_measured(Store *store, int64_t player_id, const char *exercise, InputKind input,
                      StoredResult *out, size_t capacity);
/* The newest before `before_id` (0 = the newest of all): for "last time". */
bool store_last(Store *store, int64_t player_id, const char *exercise, InputKind input, int64_t before_id,
                StoredResult *out);
/* Highest level open to the player (1…5): each level opens with two stars on the one before. Demo runs open
 * none, and count for no day and no streak: the program played them. */
int store_open_level(Store *store, int64_t player_id, const char *exercise);

/* Days trained in a row up to `today`; one rest day within seven does not break it. */
int store_streak(Store *store, int64_t player_id, int64_t today);
/* Fills trained[i] for the `days` days that end with `today` (the last one). */
void store_days(Store *store, int64_t player_id, int64_t today, bool *trained, int days);

/* The own range per player, exercise and kind of input, as measured; how the sensor sat then (not carried
 * along by an export: a strap is put on anew); and how much the target was eased by "that hurts" (1 = not).
 */
typedef struct OwnRange {
    double range_deg, under_deg, lift_deg; /* 0 = unknown */
    double up[3], axis[3];                 /* unit, sensor frame; zero = unknown */
    double ease;                           /* 0.5…1; multiplies the target */
} OwnRange;
bool store_range(Store *store, int64_t player_id, const char *exercise, InputKind input, OwnRange *out);
MUST_CHECK Result store_keep_range(Store *store, int64_t player_id, const char *exercise, InputKind input,
                                   const OwnRange *range, Error *error);

/* The staircase (session/staircase.h) of a player in an exercise on a kind of input; `start` where there is
 * none yet. Not carried along by an export: it finds its place again within some sets. */
int32_t store_staircase(Store *store, int64_t player_id, const char *exercise, InputKind input,
                        int32_t start);
MUST_CHECK Result store_keep_staircase(Store *store, int64_t player_id, const char *exercise, InputKind input,
                                       int32_t value, Error *error);

/* Settings are short texts by name. `fallback` where there is none; the result is copied to `out`. */
void store_setting(Store *store, const char *name, const char *fallback, char *out, size_t size);
MUST_CHECK Result store_keep_setting(Store *store, const char *name, const char *value, Error *error);

/* Everything as one JSON document, and back: players are matched by name, results that are there already are
 * left alone. The text is the caller's to free. */
MUST_CHECK Result store_export(Store *store, char **json, Error *error);
MUST_CHECK Result store_import(Store *store, const char *json, const char *name, Error *error);

#endif
