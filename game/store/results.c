/* Runs and results: adding them, and the boards. */
#include "store/store_private.h"

#include <stdio.h>

#define RESULT_COLUMNS                                                                                       \
    "SELECT r.id, runs.player_id, r.run_id, r.at_s, r.day, p.name, runs.routine, r.exercise, runs.input, "   \
    "r.level, r.score, r.stars,"                                                                             \
    " r.reps, r.reps_left, r.reps_right, r.partials, r.breaths, r.hold_s, r.rom_deg, r.seed, r.replay"       \
    " FROM results r JOIN runs ON runs.id = r.run_id JOIN players p ON p.id = runs.player_id "
#define NEWEST_FIRST "ORDER BY r.at_s DESC, r.id DESC "
#define BEST_FIRST   "ORDER BY r.score DESC, r.at_s, r.id "

static StoredResult read_result(sqlite3_stmt *row) {
    StoredResult r = { .id = sqlite3_column_int64(row, 0),
                       .player_id = sqlite3_column_int64(row, 1),
                       .run_id = sqlite3_column_int64(row, 2),
                       .at_s = sqlite3_column_int64(row, 3),
                       .day = sqlite3_column_int64(row, 4),
                       .input = (InputKind)sqlite3_column_int(row, 8),
                       .level = sqlite3_column_int(row, 9),
                       .score = sqlite3_column_int(row, 10),
                       .stars = sqlite3_column_int(row, 11),
                       .reps = sqlite3_column_int(row, 12),
                       .left = sqlite3_column_int(row, 13),
                       .right = sqlite3_column_int(row, 14),
                       .partials = sqlite3_column_int(row, 15),
                       .breaths = sqlite3_column_int(row, 16),
                       .hold_s = sqlite3_column_double(row, 17),
                       .rom_deg = sqlite3_column_double(row, 18),
                       .seed = (uint32_t)sqlite3_column_int64(row, 19) };
    sql_copy_text(r.player_name, sizeof r.player_name, row, 5);
    sql_copy_text(r.routine, sizeof r.routine, row, 6);
    sql_copy_text(r.exercise, sizeof r.exercise, row, 7);
    sql_copy_text(r.replay, sizeof r.replay, row, 20);
    return r;
}

/* Takes the statement over. */
static size_t read_results(sqlite3_stmt *row, StoredResult *out, size_t capacity) {
    size_t count = 0;
    while (count < capacity && sql_row(row)) out[count++] = read_result(row);
    (void)sqlite3_finalize(row);
    return count;
}

Result store_begin_run(Store *store, int64_t player_id, const char *routine, InputKind input, int64_t at_s,
                       int64_t day, int64_t *run_id, Error *error) {
    Result result = check_id(routine, "a routine", error);
    if (result == RESULT_OK) result = check_input(input, error);
    if (result != RESULT_OK) return result;
    if (sql_number(store->db, 0, "SELECT 1 FROM players WHERE id = ?1", SQL_VALUES(sql_int(player_id))) != 1)
        return error_set(error, RESULT_BAD_USAGE, "There is no player number %lld.", (long long)player_id);
    result = sql_do(
        store->db, error, "The run could not be begun",
        "INSERT INTO runs (player_id, routine, input, at_s, day) VALUES (?1, ?2, ?3, ?4, ?5)",
        SQL_VALUES(sql_int(player_id), sql_text(routine), sql_int(input), sql_int(at_s), sql_int(day)));
    if (result == RESULT_OK) *run_id = sqlite3_last_insert_rowid(store->db);
    return result;
}

Result store_add_result(Store *store, int64_t run_id, StoredResult *result, Error *error) {
    const StoredResult *r = result;
    Result done = check_result(r, error);
    if (done != RESULT_OK) return done;
    if (sql_number(store->db, 0, "SELECT 1 FROM runs WHERE id = ?1", SQL_VALUES(sql_int(run_id))) != 1)
        return error_set(error, RESULT_BAD_USAGE, "There is no run number %lld.", (long long)run_id);
    done =
        sql_do(store->db, error, "The result could not be kept",
               "INSERT INTO results (run_id, exercise, at_s, day, level, score, stars, reps, reps_left, "
               "reps_right, partials, breaths, hold_s,"
               " rom_deg, seed, replay) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
               "?15, ?16)",
               SQL_VALUES(sql_int(run_id), sql_text(r->exercise), sql_int(r->at_s), sql_int(r->day),
                          sql_int(r->level), sql_int(r->score), sql_int(r->stars), sql_int(r->reps),
                          sql_int(r->left), sql_int(r->right), sql_int(r->partials), sql_int(r->breaths),
                          sql_real(r->hold_s), sql_real(r->rom_deg), sql_int(r->seed), sql_text(r->replay)));
    if (done != RESULT_OK) return done;
    sqlite3_stmt *row = sql_prepare(store->db, RESULT_COLUMNS "WHERE r.id = ?1",
                                    SQL_VALUES(sql_int(sqlite3_last_insert_rowid(store->db))));
    return read_results(row, result, 1) == 1
               ? RESULT_OK
               : sql_failed(store->db, error, "The result could not be read back");
}

size_t store_results(Store *store, const char *exercise, InputKind input, StoredResult *out,
                     size_t capacity) {
    if (exercise == NULL)
        return read_results(sql_prepare(store->db,
                                        RESULT_COLUMNS "WHERE runs.input = ?1 " NEWEST_FIRST "LIMIT ?2",
                                        SQL_VALUES(sql_int(input), sql_int((int64_t)capacity))),
                            out, capacity);
    const char *each_best =
        RESULT_COLUMNS "WHERE r.id IN (SELECT id FROM (SELECT r.id, row_number() OVER (PARTITION BY "
                       "runs.player_id " BEST_FIRST ") AS place"
                       "  FROM results r JOIN runs ON runs.id = r.run_id WHERE r.exercise = ?1 AND "
                       "runs.input = ?2) WHERE place = 1) " BEST_FIRST "LIMIT ?3";
    return read_results(
        sql_prepare(store->db, each_best,
                    SQL_VALUES(sql_text(exercise), sql_int(input), sql_int((int64_t)capacity))),
        out, capacity);
}

size_t store_all_results(Store *store, StoredResult *out, size_t capacity) {
    return read_results(sql_prepare(store->db, RESULT_COLUMNS NEWEST_FIRST "LIMIT ?1",
                                    SQL_VALUES(sql_int((int64_t)capacity))),
                        out, capacity);
}

size_t store_runs(Store *store, const char *routine, InputKind input, StoredRun *out, size_t capacity) {
    const char *each_best =
        "SELECT id, player_id, day, name, routine, input, score, exercises FROM ("
        "  SELECT *, row_number() OVER (PARTITION BY player_id ORDER BY score DESC, at_s, id) AS place FROM ("
        "    SELECT runs.id, runs.player_id, runs.day, runs.at_s, p.name, runs.routine, runs.input, "
        "sum(r.score) AS score, count(*) AS exercises"
        "    FROM runs JOIN results r ON r.run_id = runs.id JOIN players p ON p.id = runs.player_id"
        "    WHERE runs.routine = ?1 AND runs.input = ?2 GROUP BY runs.id)) "
        "WHERE place = 1 ORDER BY score DESC, at_s, id LIMIT ?3";
    sqlite3_stmt *row = sql_prepare(
        store->db, each_best, SQL_VALUES(sql_text(routine), sql_int(input), sql_int((int64_t)capacity)));
    size_t count = 0;
    while (count < capacity && sql_row(row)) {
        StoredRun *run = &out[count++];
        *run = (StoredRun){ .id = sqlite3_column_int64(row, 0),
                            .player_id = sqlite3_column_int64(row, 1),
                            .day = sqlite3_column_int64(row, 2),
                            .input = (InputKind)sqlite3_column_int(row, 5),
                            .score = sqlite3_column_int(row, 6),
                            .exercises = sqlite3_column_int(row, 7) };
        sql_copy_text(run->player_name, sizeof run->player_name, row, 3);
        sql_copy_text(run->routine, sizeof run->routine, row, 4);
    }
    (void)sqlite3_finalize(row);
    return count;
}

bool store_best(Store *store, int64_t player_id, const char *exercise, InputKind input, StoredResult *out) {
    sqlite3_stmt *row =
        sql_prepare(store->db,
                    RESULT_COLUMNS
                    "WHERE runs.player_id = ?1 AND r.exercise = ?2 AND runs.input = ?3 " BEST_FIRST "LIMIT 1",
                    SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(input)));
    return read_results(row, out, 1) == 1;
}

size_t store_measured(Store *store, int64_t player_id, const char *exercise, InputKind input,
                      StoredResult *out, size_t capacity) {
    sqlite3_stmt *row = sql_prepare(
        store->db,
        RESULT_COLUMNS
        "WHERE runs.player_id = ?1 AND r.exercise = ?2 AND runs.input = ?3 AND r.rom_deg > 0 " NEWEST_FIRST
        "LIMIT ?4",
        SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(input), sql_int((int64_t)capacity)));
    return read_results(row, out, capacity);
}

bool store_last(Store *store, int64_t player_id, const char *exercise, InputKind input, int64_t before_id,
                StoredResult *out) {
    sqlite3_stmt *row = sql_prepare(
        store->db,
        RESULT_COLUMNS
        "WHERE runs.player_id = ?1 AND r.exercise = ?2 AND runs.input = ?3"
        " AND (?4 = 0 OR (r.at_s, r.id) < (SELECT at_s, id FROM results WHERE id = ?4)) " NEWEST_FIRST
        "LIMIT 1",
        SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(input), sql_int(before_id)));
    return read_results(row, out, 1) == 1;
}
