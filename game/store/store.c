#include "store/store.h"

#include "store/schema.h"
#include "store/store_private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BUSY_PATIENCE_MS = 2000 };

static const char *const in_memory = ":memory:";

static const char *const guards =
    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;";

/* A rollback journal rather than a write-ahead log: at rest the scores are one file, which a person can copy.
 * EXTRA makes a result outlive a power cut, not only a killed program; there is one write an exercise, so its
 * price does not matter. */
static const char *const safety = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;";

static Result make_folder(const char *path, Error *error) {
    char part[512];
    if (strlen(path) >= sizeof part - 64)
        return error_set(error, RESULT_BAD_USAGE, "The data folder's path is too long.");
    (void)snprintf(part, sizeof part, "%s", path);
    for (char *p = part + 1;; p++) {
        char was = *p;
        if (was != '/' && was != '\0') continue;
        *p = '\0';
        struct stat about;
        bool there = stat(part, &about) == 0 && S_ISDIR(about.st_mode);
        if (!there && mkdir(part, 0700) != 0)
            return error_set(error, RESULT_IO, "The folder %.200s could not be made: %s.", part,
                             errno == EEXIST ? "a file has its name" : strerror(errno));
        *p = was;
        if (was == '\0') return RESULT_OK;
    }
}

static Result connect(sqlite3 **db, const char *path, Error *error) {
    Result result = RESULT_OK;
    if (sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
        result = *db == NULL ? error_set(error, RESULT_NO_MEMORY, "Out of memory.")
                             : sql_failed(*db, error, "The file of scores could not be opened");
    if (result != RESULT_OK) return result;
    (void)sqlite3_busy_timeout(*db, BUSY_PATIENCE_MS);
    (void)sqlite3_db_config(*db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return RESULT_OK;
}

/* Nothing is written before the file is known to be sound and ours. */
static Result bring_up(sqlite3 *db, const char *path, Error *error) {
    (void)sqlite3_exec(db, guards, NULL, NULL, NULL);
    Result result = schema_check(db, path, error);
    if (result == RESULT_OK && sqlite3_db_readonly(db, "main") == 1)
        result =
            error_set(error, RESULT_IO,
                      "%.200s may not be written: allow it, or set BACKBEAT_HOME to another folder.", path);
    if (result == RESULT_OK && sqlite3_exec(db, safety, NULL, NULL, NULL) != SQLITE_OK)
        result = sql_failed(db, error, "The file of scores could not be opened");
    if (result == RESULT_OK) result = schema_migrate(db, schema_version(), error);
    if (result == RESULT_OK) result = schema_verify(db, path, error);
    return result;
}

/* What can be read, but not written, is at least shown: players and scores are copied into memory. */
static void copy_readable(sqlite3 *from, sqlite3 *to, const char *path) {
    Error unused;
    if (from == NULL || schema_check(from, path, &unused) != RESULT_OK) return;
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL) return;
    (void)sqlite3_backup_step(backup, -1);
    (void)sqlite3_backup_finish(backup);
}

static Result open_file(Store *store, const char *folder, char *path, size_t size, Error *error) {
    if (folder == NULL || folder[0] == '\0')
        return error_set(error, RESULT_BAD_USAGE, "No folder was named for the scores.");
    Result result = make_folder(folder, error);
    if (result != RESULT_OK) return result;
    (void)snprintf(path, size, "%s/backbeat.db", folder);
    (void)snprintf(store->replay_folder, sizeof store->replay_folder, "%s/replays", folder);
    result = make_folder(store->replay_folder, error);
    if (result == RESULT_OK) result = connect(&store->db, path, error);
    if (result == RESULT_OK) result = bring_up(store->db, path, error);
    return result;
}

static Result open_memory(Store *store, sqlite3 *to_copy, const char *path) {
    Error unused;
    Result result = connect(&store->db, in_memory, &unused);
    if (result == RESULT_OK) copy_readable(to_copy, store->db, path);
    if (result == RESULT_OK) result = bring_up(store->db, in_memory, &unused);
    if (result == RESULT_OK) return RESULT_OK;
    (void)sqlite3_close(store->db);
    store->db = NULL;
    return result;
}

/* Memory in place of the file, with what can still be read of it, or empty. */
static Result fall_back(Store *store, const char *path) {
    sqlite3 *file = store->db;
    store->replay_folder[0] = '\0';
    Result result = open_memory(store, file, path);
    if (result != RESULT_OK) result = open_memory(store, NULL, path);
    (void)sqlite3_close(file);
    return result;
}

Result store_open(Store **out, const char *folder, Error *error) {
    char path[512] = "";
    *out = NULL;
    Store *store = calloc(1, sizeof *store);
    if (store == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory.");
    Error why = { 0 };
    Result result = open_file(store, folder, path, sizeof path, &why);
    store->durable = result == RESULT_OK;
    if (result != RESULT_OK) {
        if (fall_back(store, path) != RESULT_OK) {
            store_close(store);
            return error_set(error, RESULT_NO_MEMORY, "Out of memory.");
        }
        (void)error_set(error, result, "%.330s Until then, scores last only while the game runs.", why.text);
    }
    *out = store;
    return result;
}

void store_close(Store *store) {
    if (store == NULL) return;
    (void)sqlite3_close(store->db);
    free(store);
}

bool store_is_durable(const Store *store) {
    return store->durable;
}

const char *store_replay_folder(const Store *store) {
    return store->replay_folder;
}
