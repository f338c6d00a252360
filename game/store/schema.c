#include "store/schema.h"

#include "store/store_private.h"

#include <stdio.h>
#include <string.h>

enum { APPLICATION_ID = 0x42424254 /* marks the file as ours */ };

/* Step i leads from version i to version i + 1. */
static const char *const steps[] = {
    "CREATE TABLE players ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE,"
    "  emblem INTEGER NOT NULL) STRICT;"
    "CREATE TABLE runs ("
    "  id INTEGER PRIMARY KEY,"
    "  player_id INTEGER NOT NULL REFERENCES players (id),"
    "  routine TEXT NOT NULL,"
    "  input INTEGER NOT NULL,"
    "  at_s INTEGER NOT NULL,"
    "  day INTEGER NOT NULL) STRICT;"
    "CREATE TABLE results ("
    "  id INTEGER PRIMARY KEY,"
    "  run_id INTEGER NOT NULL REFERENCES runs (id),"
    "  exercise TEXT NOT NULL,"
    "  at_s INTEGER NOT NULL,"
    "  day INTEGER NOT NULL,"
    "  level INTEGER NOT NULL,"
    "  score INTEGER NOT NULL,"
    "  stars INTEGER NOT NULL,"
    "  reps INTEGER NOT NULL,"
    "  reps_left INTEGER NOT NULL,"
    "  reps_right INTEGER NOT NULL,"
    "  partials INTEGER NOT NULL,"
    "  breaths INTEGER NOT NULL,"
    "  hold_s REAL NOT NULL,"
    "  rom_deg REAL NOT NULL,"
    "  seed INTEGER NOT NULL,"
    "  replay TEXT NOT NULL) STRICT;"
    "CREATE INDEX runs_by_player ON runs (player_id);"
    "CREATE INDEX results_by_run ON results (run_id);"
    "CREATE INDEX results_by_exercise ON results (exercise);"
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",

    "CREATE TABLE ranges ("
    "  player_id INTEGER NOT NULL REFERENCES players (id),"
    "  exercise TEXT NOT NULL,"
    "  input INTEGER NOT NULL,"
    "  range_deg REAL NOT NULL,"
    "  under_deg REAL NOT NULL,"
    "  lift_deg REAL NOT NULL,"
    "  ease REAL NOT NULL,"
    "  PRIMARY KEY (player_id, exercise, input)) STRICT, WITHOUT ROWID;",

    "ALTER TABLE ranges ADD COLUMN up_x REAL NOT NULL DEFAULT 0;"
    "ALTER TABLE ranges ADD COLUMN up_y REAL NOT NULL DEFAULT 0;"
    "ALTER TABLE ranges ADD COLUMN up_z REAL NOT NULL DEFAULT 0;"
    "ALTER TABLE ranges ADD COLUMN axis_x REAL NOT NULL DEFAULT 0;"
    "ALTER TABLE ranges ADD COLUMN axis_y REAL NOT NULL DEFAULT 0;"
    "ALTER TABLE ranges ADD COLUMN axis_z REAL NOT NULL DEFAULT 0;",

    "CREATE TABLE staircases ("
    "  player_id INTEGER NOT NULL REFERENCES players (id),"
    "  exercise TEXT NOT NULL,"
    "  input INTEGER NOT NULL,"
    "  value INTEGER NOT NULL,"
    "  PRIMARY KEY (player_id, exercise, input)) STRICT, WITHOUT ROWID;",
};

/* What the program asks of the newest version. */
static const char *const tables[] = {
    "SELECT id, name, emblem FROM players",
    "SELECT id, player_id, routine, input, at_s, day FROM runs",
    ("SELECT id, run_id, exercise, at_s, day, level, score, stars, reps, reps_left, reps_right, partials,"
     " breaths, hold_s, rom_deg, seed, replay FROM results"),
    "SELECT name, value FROM settings",
    ("SELECT player_id, exercise, input, range_deg, under_deg, lift_deg, ease, up_x, up_y, up_z, axis_x, "
     "axis_y,"
     " axis_z FROM ranges"),
    "SELECT player_id, exercise, input, value FROM staircases",
};

int schema_version(void) {
    return (int)(sizeof steps / sizeof *steps);
}

static Result set_pragma(sqlite3 *db, const char *name, int value, Error *error) {
    char text[64]; /* a pragma takes no bound values */
    (void)snprintf(text, sizeof text, "PRAGMA %s = %d", name, value);
    return sql_do(db, error, "The file of scores could not be written", text, SQL_NOTHING);
}

Result schema_migrate(sqlite3 *db, int version, Error *error) {
    const char *doing = "The file of scores could not be written";
    Result result = sql_do(db, error, doing, "BEGIN EXCLUSIVE", SQL_NOTHING);
    if (result != RESULT_OK) return result;
    int64_t from = sql_number(db, 0, "PRAGMA user_version", SQL_NOTHING);
    for (int64_t step = from; step < version && result == RESULT_OK; step++) {
        if (sqlite3_exec(db, steps[step], NULL, NULL, NULL) != SQLITE_OK)
            result = sql_failed(db, error, doing);
    }
    if (result == RESULT_OK) result = set_pragma(db, "application_id", APPLICATION_ID, error);
    if (result == RESULT_OK)
        result = set_pragma(db, "user_version", from > version ? (int)from : version, error);
    if (result == RESULT_OK) result = sql_do(db, error, doing, "COMMIT", SQL_NOTHING);
    if (!sqlite3_get_autocommit(db)) (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return result;
}

static bool is_whole(sqlite3 *db) {
    sqlite3_stmt *statement = sql_prepare(db, "PRAGMA quick_check(1)", SQL_NOTHING);
    bool whole = sql_row(statement) && strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    (void)sqlite3_finalize(statement);
    return whole;
}

Result schema_check(sqlite3 *db, const char *name, Error *error) {
    if (!is_whole(db)) {
        int why = sqlite3_errcode(db);
        if (why != SQLITE_OK && why != SQLITE_ROW && why != SQLITE_DONE && why != SQLITE_CORRUPT &&
            why != SQLITE_NOTADB)
            return sql_failed(db, error, "The file of scores could not be read");
        return error_set(error, RESULT_BAD_DATA, "%.200s is damaged: move it away to begin a new one.", name);
    }
    int64_t version = sql_number(db, 0, "PRAGMA user_version", SQL_NOTHING);
    int64_t owner = sql_number(db, 0, "PRAGMA application_id", SQL_NOTHING);
    int64_t things = sql_number(db, 0, "SELECT count(*) FROM sqlite_schema", SQL_NOTHING);
    if (things > 0 && owner != APPLICATION_ID)
        return error_set(error, RESULT_BAD_DATA, "%.200s is not a file of Backbeat's: move it away.", name);
    if (version < 0 || (things == 0) != (version == 0))
        return error_set(error, RESULT_BAD_DATA, "%.200s is damaged: move it away to begin a new one.", name);
    if (version > schema_version())
        return error_set(
            error, RESULT_BAD_DATA,
            "%.200s was made by a newer Backbeat (version %lld, this one knows %d): use that one.", name,
            (long long)version, schema_version());
    return RESULT_OK;
}

Result schema_verify(sqlite3 *db, const char *name, Error *error) {
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        sqlite3_stmt *statement = sql_prepare(db, tables[i], SQL_NOTHING);
        if (statement == NULL)
            return error_set(error, RESULT_BAD_DATA, "%.200s is damaged: move it away to begin a new one.",
                             name);
        (void)sqlite3_finalize(statement);
    }
    return RESULT_OK;
}
