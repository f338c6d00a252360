/* Everything as one JSON document. Results stand inside their run, and players are named, so that no number
 * of this database leaves it. */
#include "store/store_private.h"

#include <jansson.h>
#include <stdlib.h>

enum { EXPORT_VERSION = 1 };

static const char *const doing = "The export could not be made";

static json_t *text_at(sqlite3_stmt *row, int column) {
    return json_string((const char *)sqlite3_column_text(row, column));
}

static json_t *number_at(sqlite3_stmt *row, int column) {
    return sqlite3_column_type(row, column) == SQLITE_FLOAT ? json_real(sqlite3_column_double(row, column))
                                                            : json_integer(sqlite3_column_int64(row, column));
}

/* The row as an object: its columns' names are the keys. Empty texts are left out. NULL where memory or a
 * text fails. */
static json_t *object_of(sqlite3_stmt *row, int from) {
    json_t *object = json_object();
    for (int i = from; i < sqlite3_column_count(row); i++) {
        bool is_text = sqlite3_column_type(row, i) == SQLITE_TEXT;
        if (is_text && sqlite3_column_bytes(row, i) == 0) continue;
        if (json_object_set_new(object, sqlite3_column_name(row, i),
                                is_text ? text_at(row, i) : number_at(row, i)) == 0)
            continue;
        json_decref(object);
        return NULL;
    }
    return object;
}

/* All rows as a list of objects; NULL where it failed. */
static json_t *list_of(Store *store, const char *text) {
    sqlite3_stmt *row = sql_prepare(store->db, text, SQL_NOTHING);
    json_t *list = row != NULL ? json_array() : NULL;
    while (list != NULL && sql_row(row)) {
        if (json_array_append_new(list, object_of(row, 0)) == 0) continue;
        json_decref(list);
        list = NULL;
    }
    (void)sqlite3_finalize(row);
    return list;
}

static json_t *settings_of(Store *store) {
    sqlite3_stmt *row = sql_prepare(store->db, "SELECT name, value FROM settings ORDER BY name", SQL_NOTHING);
    json_t *settings = row != NULL ? json_object() : NULL;
    while (settings != NULL && sql_row(row)) {
        if (json_object_set_new(settings, (const char *)sqlite3_column_text(row, 0), text_at(row, 1)) == 0)
            continue;
        json_decref(settings);
        settings = NULL;
    }
    (void)sqlite3_finalize(row);
    return settings;
}

/* Hangs each result into its run; both come in the order of the runs' ids. */
static bool add_results(Store *store, json_t *runs) {
    sqlite3_stmt *run = sql_prepare(store->db, "SELECT id FROM runs ORDER BY id", SQL_NOTHING);
    sqlite3_stmt *row =
        sql_prepare(store->db,
                    "SELECT run_id, exercise, at_s, day, level, score, stars, reps, reps_left AS \"left\", "
                    "reps_right AS \"right\","
                    " partials, breaths, hold_s, rom_deg, seed, replay FROM results ORDER BY run_id, id",
                    SQL_NOTHING);
    bool ok = run != NULL && row != NULL;
    bool has_row = ok && sql_row(row);
    for (size_t i = 0; ok && i < json_array_size(runs) && sql_row(run); i++) {
        json_t *results = json_array();
        for (; ok && has_row && sqlite3_column_int64(row, 0) == sqlite3_column_int64(run, 0);
             has_row = sql_row(row))
            ok = json_array_append_new(results, object_of(row, 1)) == 0;
        ok = json_object_set_new(json_array_get(runs, i), "results", results) == 0 && ok;
    }
    (void)sqlite3_finalize(row);
    (void)sqlite3_finalize(run);
    return ok;
}

static json_t *document_of(Store *store) {
    json_t *document = json_object();
    json_t *runs = list_of(store, "SELECT p.name AS player, routine, input, at_s, day FROM runs JOIN players "
                                  "p ON p.id = player_id ORDER BY runs.id");
    bool ok = json_object_set_new(document, "backbeat_export", json_integer(EXPORT_VERSION)) == 0;
    ok = json_object_set_new(document, "players",
                             list_of(store, "SELECT name, emblem FROM players ORDER BY id")) == 0 &&
         ok;
    ok = runs != NULL && add_results(store, runs) && ok;
    ok = json_object_set_new(document, "runs", runs) == 0 && ok;
    ok =
        json_object_set_new(
            document, "ranges",
            list_of(store,
                    "SELECT p.name AS player, exercise, input, range_deg, under_deg, lift_deg, ease"
                    " FROM ranges JOIN players p ON p.id = player_id ORDER BY player_id, exercise, input")) ==
            0 &&
        ok;
    ok = json_object_set_new(document, "settings", settings_of(store)) == 0 && ok;
    if (ok) return document;
    json_decref(document);
    return NULL;
}

Result store_export(Store *store, char **json, Error *error) {
    *json = NULL;
    Result result = sql_do(store->db, error, doing, "BEGIN", SQL_NOTHING); /* one moment's picture */
    if (result != RESULT_OK) return result;
    json_t *document = document_of(store);
    result = store_end(store, RESULT_OK, error);
    if (result == RESULT_OK && document != NULL)
        *json = json_dumps(document, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
    json_decref(document);
    if (result == RESULT_OK && *json == NULL)
        result = error_set(error, RESULT_NO_MEMORY, "%s: out of memory, or a text in the store is damaged.",
                           doing);
    return result;
}
