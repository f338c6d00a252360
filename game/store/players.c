#include "store/store_private.h"

/* Demo runs are the program's, not the player's: they count for no day. */
#define PLAYER_COLUMNS                                                                                       \
    "SELECT p.id, p.name, p.emblem, (SELECT max(r.day) FROM results r JOIN runs ON runs.id = r.run_id"       \
    " WHERE runs.player_id = p.id AND runs.input != 3) FROM players p "
_Static_assert(INPUT_DEMO == 3, "stands in the query above");

static Player read_player(sqlite3_stmt *row) {
    Player player = { .id = sqlite3_column_int64(row, 0),
                      .emblem = sqlite3_column_int(row, 2),
                      .last_day = -1 };
    sql_copy_text(player.name, sizeof player.name, row, 1);
    if (sqlite3_column_type(row, 3) != SQLITE_NULL) player.last_day = sqlite3_column_int64(row, 3);
    return player;
}

static bool find(Store *store, const char *name, Player *out) {
    sqlite3_stmt *row =
        sql_prepare(store->db, PLAYER_COLUMNS "WHERE p.name = ?1", SQL_VALUES(sql_text(name)));
    bool found = sql_row(row);
    if (found) *out = read_player(row);
    (void)sqlite3_finalize(row);
    return found;
}

Result store_add_player(Store *store, const char *name, int emblem, Player *out, Error *error) {
    Result result = check_name(name, error);
    if (result != RESULT_OK) return result;
    if (emblem < 0 || emblem >= STORE_EMBLEMS)
        return error_set(error, RESULT_BAD_USAGE, "There are emblems 0 to %d.", STORE_EMBLEMS - 1);
    Player there;
    if (find(store, name, &there))
        return error_set(error, RESULT_BAD_USAGE, "There is a player named %s already.", name);
    result = sql_do(store->db, error, "The player could not be added",
                    "INSERT INTO players (name, emblem) VALUES (?1, ?2)",
                    SQL_VALUES(sql_text(name), sql_int(emblem)));
    if (result != RESULT_OK) return result;
    return find(store, name, out) ? RESULT_OK
                                  : sql_failed(store->db, error, "The player could not be read back");
}

Result store_find_player(Store *store, const char *name, Player *out, Error *error) {
    Result result = check_name(name, error);
    if (result != RESULT_OK || find(store, name, out)) return result;
    int64_t players = sql_number(store->db, 0, "SELECT count(*) FROM players", SQL_NOTHING);
    return store_add_player(store, name, (int)(players % STORE_EMBLEMS), out, error);
}

size_t store_players(Store *store, Player *out, size_t capacity) {
    sqlite3_stmt *row = sql_prepare(
        store->db,
        PLAYER_COLUMNS
        "ORDER BY (SELECT max(at_s) FROM runs WHERE player_id = p.id) DESC NULLS LAST, p.name LIMIT ?1",
        SQL_VALUES(sql_int((int64_t)capacity)));
    size_t count = 0;
    while (count < capacity && sql_row(row)) out[count++] = read_player(row);
    (void)sqlite3_finalize(row);
    return count;
}
