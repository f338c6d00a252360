/* An export comes back, perhaps edited by somebody: every value is checked, and all of it happens or nothing.
 * What is there already is left alone: players by name; runs by player, routine, input and time; results by
 * all that was earned; ranges and settings by name. */
#include "store/store_private.h"

#include "core/json_file.h"

#include <stdio.h>
#include <string.h>

enum {
    EXPORT_VERSION = 1,
    PLAYERS_MAX = 1000,
    RUNS_MAX = 1000000,
    RESULTS_MAX = 1000,
    PATH_MAX_BYTES = 128 /* the longest is runs[999999].results[999].exercise */
};
#define TIME_MAX INT64_C(99999999999)

static const char *const doing = "The import could not be kept";

typedef struct Import {
    Store *store;
    JsonFile file;
    Error *error;
    Result result; /* the first failure; nothing is done after it */
} Import;

static void field(char *out, const char *where, const char *name) {
    (void)snprintf(out, PATH_MAX_BYTES, "%.80s.%.12s", where, name);
}

static int64_t integer(Import *i, const char *where, const char *name, int64_t low, int64_t high) {
    char path[PATH_MAX_BYTES];
    int64_t value = 0;
    field(path, where, name);
    if (i->result == RESULT_OK) i->result = json_file_integer(&i->file, path, low, high, &value, i->error);
    return value;
}

static double number(Import *i, const char *where, const char *name, double low, double high) {
    char path[PATH_MAX_BYTES];
    double value = 0;
    field(path, where, name);
    if (i->result == RESULT_OK) i->result = json_file_number(&i->file, path, low, high, &value, i->error);
    return value;
}

/* "" after a failure, and where an optional one is missing. */
static const char *text(Import *i, const char *where, const char *name, bool optional) {
    char path[PATH_MAX_BYTES];
    const char *value = "";
    field(path, where, name);
    if (optional && json_file_at(&i->file, path) == NULL) return value;
    if (i->result == RESULT_OK) i->result = json_file_string(&i->file, path, &value, i->error);
    return i->result == RESULT_OK ? value : "";
}

static size_t list(Import *i, const char *path, size_t most) {
    size_t length = 0;
    if (i->result == RESULT_OK) i->result = json_file_array(&i->file, path, 0, most, &length, i->error);
    return i->result == RESULT_OK ? length : 0;
}

/* A value that has the right type, but may not be stored, is said with its place. */
static void judge(Import *i, const char *where, Result verdict, const Error *why) {
    if (i->result == RESULT_OK && verdict != RESULT_OK)
        i->result = json_file_wrong(&i->file, where, i->error, "is refused: %s", why->text);
}

static void only_keys(Import *i, const char *where, const char *const *keys) {
    if (i->result == RESULT_OK) i->result = json_file_known_keys(&i->file, where, keys, i->error);
}

static void change(Import *i, const char *sql, const SqlValue *values, size_t count) {
    if (i->result == RESULT_OK) i->result = sql_do(i->store->db, i->error, doing, sql, values, count);
}

static void import_player(Import *i, const char *where) {
    only_keys(i, where, (const char *const[]){ "name", "emblem", NULL });
    const char *name = text(i, where, "name", false);
    int64_t emblem = integer(i, where, "emblem", 0, STORE_EMBLEMS - 1);
    Error why;
    if (i->result == RESULT_OK) judge(i, where, check_name(name, &why), &why);
    change(i, "INSERT OR IGNORE INTO players (name, emblem) VALUES (?1, ?2)",
           SQL_VALUES(sql_text(name), sql_int(emblem)));
}

/* The id of the player that is named there; the list of players has been imported. */
static int64_t player_at(Import *i, const char *where) {
    const char *name = text(i, where, "player", false);
    if (i->result != RESULT_OK) return 0;
    int64_t id =
        sql_number(i->store->db, 0, "SELECT id FROM players WHERE name = ?1", SQL_VALUES(sql_text(name)));
    if (id == 0)
        i->result =
            json_file_wrong(&i->file, where, i->error, "names a player who is not in the list of players");
    return id;
}

static void import_result(Import *i, const char *where, int64_t run_id) {
    only_keys(i, where,
              (const char *const[]){ "exercise", "at_s", "day", "level", "score", "stars", "reps", "left",
                                     "right", "partials", "breaths", "hold_s", "rom_deg", "seed", "replay",
                                     NULL });
    StoredResult r = { .at_s = integer(i, where, "at_s", 0, TIME_MAX),
                       .day = integer(i, where, "day", 0, TIME_MAX),
                       .level = (int)integer(i, where, "level", 1, 5),
                       .score = (int)integer(i, where, "score", 0, 1000),
                       .stars = (int)integer(i, where, "stars", 0, 3),
                       .reps = (int)integer(i, where, "reps", 0, 1000000),
                       .left = (int)integer(i, where, "left", 0, 1000000),
                       .right = (int)integer(i, where, "right", 0, 1000000),
                       .partials = (int)integer(i, where, "partials", 0, 1000000),
                       .breaths = (int)integer(i, where, "breaths", 0, 1000000),
                       .hold_s = number(i, where, "hold_s", 0, 86400),
                       .rom_deg = number(i, where, "rom_deg", 0, 3600),
                       .seed = (uint32_t)integer(i, where, "seed", 0, UINT32_MAX) };
    const char *exercise = text(i, where, "exercise", false), *replay = text(i, where, "replay", true);
    Error why = { .text = "a text is too long" };
    bool fits = strlen(exercise) < sizeof r.exercise && strlen(replay) < sizeof r.replay;
    (void)snprintf(r.exercise, sizeof r.exercise, "%.31s", exercise);
    (void)snprintf(r.replay, sizeof r.replay, "%.255s", replay);
    if (i->result == RESULT_OK) judge(i, where, fits ? check_result(&r, &why) : RESULT_BAD_DATA, &why);
    change(i,
           "INSERT INTO results (run_id, exercise, at_s, day, level, score, stars, reps, reps_left, "
           "reps_right, partials, breaths, hold_s, rom_deg,"
           " seed, replay) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16"
           " WHERE NOT EXISTS (SELECT 1 FROM results WHERE run_id = ?1 AND exercise = ?2 AND at_s = ?3 AND "
           "level = ?5 AND score = ?6 AND seed = ?15)",
           SQL_VALUES(sql_int(run_id), sql_text(r.exercise), sql_int(r.at_s), sql_int(r.day),
                      sql_int(r.level), sql_int(r.score), sql_int(r.stars), sql_int(r.reps), sql_int(r.left),
                      sql_int(r.right), sql_int(r.partials), sql_int(r.breaths), sql_real(r.hold_s),
                      sql_real(r.rom_deg), sql_int(r.seed), sql_text(r.replay)));
}

static int64_t find_run(Import *i, const SqlValue *values, size_t count) {
    return sql_number(i->store->db, 0,
                      "SELECT id FROM runs WHERE player_id = ?1 AND routine = ?2 AND input = ?3 AND at_s = "
                      "?4 AND day = ?5 ORDER BY id",
                      values, count);
}

static void import_run(Import *i, const char *where) {
    only_keys(i, where,
              (const char *const[]){ "player", "routine", "input", "at_s", "day", "results", NULL });
    int64_t player_id = player_at(i, where);
    const char *routine = text(i, where, "routine", false);
    int64_t input = integer(i, where, "input", INPUT_SENSOR, INPUT_DEMO);
    int64_t at_s = integer(i, where, "at_s", 0, TIME_MAX), day = integer(i, where, "day", 0, TIME_MAX);
    Error why;
    if (i->result == RESULT_OK) judge(i, where, check_id(routine, "a routine", &why), &why);
    if (i->result != RESULT_OK) return;

    const SqlValue values[] = { sql_int(player_id), sql_text(routine), sql_int(input), sql_int(at_s),
                                sql_int(day) };
    int64_t run_id = find_run(i, values, 5);
    if (run_id == 0) {
        change(i, "INSERT INTO runs (player_id, routine, input, at_s, day) VALUES (?1, ?2, ?3, ?4, ?5)",
               values, 5);
        run_id = sqlite3_last_insert_rowid(i->store->db);
    }
    char path[PATH_MAX_BYTES], child[PATH_MAX_BYTES];
    field(path, where, "results");
    size_t count = list(i, path, RESULTS_MAX);
    for (size_t k = 0; k < count && i->result == RESULT_OK; k++) {
        (void)snprintf(child, sizeof child, "%.80s[%zu]", path, k);
        import_result(i, child, run_id);
    }
}

static void import_range(Import *i, const char *where) {
    only_keys(i, where,
              (const char *const[]){ "player", "exercise", "input", "range_deg", "under_deg", "lift_deg",
                                     "ease", NULL });
    int64_t player_id = player_at(i, where);
    const char *exercise = text(i, where, "exercise", false);
    int64_t input = integer(i, where, "input", INPUT_SENSOR, INPUT_DEMO);
    OwnRange range = { .range_deg = number(i, where, "range_deg", 0, 3600),
                       .under_deg = number(i, where, "under_deg", 0, 3600),
                       .lift_deg = number(i, where, "lift_deg", 0, 3600),
                       .ease = number(i, where, "ease", 0.5, 1) };
    Error why;
    if (i->result == RESULT_OK) judge(i, where, check_id(exercise, "an exercise", &why), &why);
    change(i,
           "INSERT OR IGNORE INTO ranges (player_id, exercise, input, range_deg, under_deg, lift_deg, ease) "
           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
           SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(input), sql_real(range.range_deg),
                      sql_real(range.under_deg), sql_real(range.lift_deg), sql_real(range.ease)));
}

static void import_settings(Import *i) {
    json_t *settings = json_file_at(&i->file, "settings");
    if (i->result != RESULT_OK) return;
    if (!json_is_object(settings))
        i->result = json_file_wrong(&i->file, "settings", i->error, "must be an object in braces");
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(settings, name, value) {
        Error why = { .text = "a setting is a text in quotes" };
        judge(i, "settings",
              json_is_string(value) ? check_setting(name, json_string_value(value), &why) : RESULT_BAD_DATA,
              &why);
        if (i->result != RESULT_OK) return;
        change(i, "INSERT OR IGNORE INTO settings (name, value) VALUES (?1, ?2)",
               SQL_VALUES(sql_text(name), sql_text(json_string_value(value))));
    }
}

static void import_list(Import *i, const char *name, size_t most,
                        void (*import_one)(Import *, const char *)) {
    size_t count = list(i, name, most);
    for (size_t k = 0; k < count && i->result == RESULT_OK; k++) {
        char where[PATH_MAX_BYTES];
        (void)snprintf(where, sizeof where, "%.12s[%zu]", name, k);
        import_one(i, where);
    }
}

static void import_all(Import *i) {
    only_keys(i, "",
              (const char *const[]){ "backbeat_export", "players", "runs", "ranges", "settings", NULL });
    int64_t version = 0;
    if (i->result == RESULT_OK)
        i->result = json_file_integer(&i->file, "backbeat_export", 1, INT32_MAX, &version, i->error);
    if (i->result == RESULT_OK && version != EXPORT_VERSION)
        i->result = json_file_wrong(&i->file, "backbeat_export", i->error,
                                    "was made by a newer Backbeat: import it with that one");
    import_list(i, "players", PLAYERS_MAX, import_player);
    import_list(i, "runs", RUNS_MAX, import_run);
    import_list(i, "ranges", PLAYERS_MAX * 100, import_range);
    import_settings(i);
}

Result store_import(Store *store, const char *json, const char *name, Error *error) {
    Import i = { .store = store, .error = error };
    Result result = json_file_parse(&i.file, json, name, error);
    if (result != RESULT_OK) return result;
    result = store_begin(store, error);
    if (result == RESULT_OK) {
        import_all(&i);
        result = store_end(store, i.result, error);
    }
    json_file_free(&i.file);
    return result;
}
