/* What a player's results add up to: open levels, days, own ranges. */
#include "store/store_private.h"

enum { LEVELS = 5, STARS_TO_OPEN = 2, REST_EVERY_DAYS = 7 };

int store_open_level(Store *store, int64_t player_id, const char *exercise) {
    sqlite3_stmt *row = sql_prepare(
        store->db,
        "SELECT DISTINCT r.level FROM results r JOIN runs ON runs.id = r.run_id"
        " WHERE runs.player_id = ?1 AND r.exercise = ?2 AND runs.input != ?3 AND r.stars >= ?4 ORDER BY "
        "r.level",
        SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(INPUT_DEMO), sql_int(STARS_TO_OPEN)));
    int open = 1;
    while (open < LEVELS && sql_row(row)) {
        if (sqlite3_column_int(row, 0) == open) open++;
    }
    (void)sqlite3_finalize(row);
    return open;
}

/* The days on which the player trained, up to `today`, newest first. */
static sqlite3_stmt *trained_days(Store *store, int64_t player_id, int64_t today) {
    return sql_prepare(store->db,
                       "SELECT DISTINCT r.day FROM results r JOIN runs ON runs.id = r.run_id"
                       " WHERE runs.player_id = ?1 AND runs.input != ?2 AND r.day <= ?3 ORDER BY r.day DESC",
                       SQL_VALUES(sql_int(player_id), sql_int(INPUT_DEMO), sql_int(today)));
}

/* Back from today, day by day: a day without training is a rest day, and no seven days in a row may hold two.
 * Today is not over, so it is no rest day yet. */
int store_streak(Store *store, int64_t player_id, int64_t today) {
    sqlite3_stmt *row = trained_days(store, player_id, today);
    int streak = 0;
    int64_t expected = today, rested = today + REST_EVERY_DAYS;
    while (sql_row(row)) {
        int64_t day = sqlite3_column_int64(row, 0);
        if (streak == 0 && day < today) expected = today - 1;
        if (day < expected - 1 || (day == expected - 1 && rested - expected < REST_EVERY_DAYS)) break;
        if (day == expected - 1) rested = expected;
        expected = day - 1;
        streak++;
    }
    (void)sqlite3_finalize(row);
    return streak;
}

void store_days(Store *store, int64_t player_id, int64_t today, bool *trained, int days) {
    for (int i = 0; i < days; i++) trained[i] = false;
    sqlite3_stmt *row = trained_days(store, player_id, today);
    while (sql_row(row)) {
        int64_t ago = today - sqlite3_column_int64(row, 0);
        if (ago >= days) break;
        trained[days - 1 - ago] = true;
    }
    (void)sqlite3_finalize(row);
}

bool store_range(Store *store, int64_t player_id, const char *exercise, InputKind input, OwnRange *out) {
    sqlite3_stmt *row =
        sql_prepare(store->db,
                    "SELECT range_deg, under_deg, lift_deg, ease, up_x, up_y, up_z, axis_x, "
                    "axis_y, axis_z FROM ranges WHERE player_id = ?1 AND exercise = ?2 AND input = ?3",
                    SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(input)));
    bool found = sql_row(row);
    *out = (OwnRange){ .ease = 1 };
    if (found)
        *out = (OwnRange){ .range_deg = sqlite3_column_double(row, 0),
                           .under_deg = sqlite3_column_double(row, 1),
                           .lift_deg = sqlite3_column_double(row, 2),
                           .ease = sqlite3_column_double(row, 3) };
    for (int i = 0; found && i < 3; i++) {
        out->up[i] = sqlite3_column_double(row, 4 + i);
        out->axis[i] = sqlite3_column_double(row, 7 + i);
    }
    (void)sqlite3_finalize(row);
    return found;
}

Result store_keep_range(Store *store, int64_t player_id, const char *exercise, InputKind input,
                        const OwnRange *range, Error *error) {
    Result result = check_id(exercise, "an exercise", error);
    if (result == RESULT_OK) result = check_input(input, error);
    if (result == RESULT_OK) result = check_range(range, error);
    if (result != RESULT_OK) return result;
    return sql_do(
        store->db, error, "The own range could not be kept",
        "INSERT OR REPLACE INTO ranges (player_id, exercise, input, range_deg, under_deg, lift_deg, ease, "
        "up_x, up_y,"
        " up_z, axis_x, axis_y, axis_z) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(input), sql_real(range->range_deg),
                   sql_real(range->under_deg), sql_real(range->lift_deg), sql_real(range->ease),
                   sql_real(range->up[0]), sql_real(range->up[1]), sql_real(range->up[2]),
                   sql_real(range->axis[0]), sql_real(range->axis[1]), sql_real(range->axis[2])));
}

int32_t store_staircase(Store *store, int64_t player_id, const char *exercise, InputKind input,
                        int32_t start) {
    return (int32_t)sql_number(
        store->db, start,
        "SELECT value FROM staircases WHERE player_id = ?1 AND exercise = ?2 AND input = ?3",
        SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(input)));
}

Result store_keep_staircase(Store *store, int64_t player_id, const char *exercise, InputKind input,
                            int32_t value, Error *error) {
    Result result = check_id(exercise, "an exercise", error);
    if (result == RESULT_OK) result = check_input(input, error);
    if (result == RESULT_OK && value <= 0)
        result = error_set(error, RESULT_BAD_USAGE, "A staircase's value is above 0.");
    if (result != RESULT_OK) return result;
    return sql_do(
        store->db, error, "What is asked next time could not be kept",
        "INSERT OR REPLACE INTO staircases (player_id, exercise, input, value) VALUES (?1, ?2, ?3, ?4)",
        SQL_VALUES(sql_int(player_id), sql_text(exercise), sql_int(input), sql_int(value)));
}
