/* Opening what is old, newer, damaged, foreign, not writable or full. */
#include "bench.h"
#include "store/schema.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static sqlite3 *raw(const char *folder) {
    char path[600];
    sqlite3 *db = NULL;
    (void)snprintf(path, sizeof path, "%.300s/backbeat.db", folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    return db;
}

static void run_sql(sqlite3 *db, const char *text) {
    if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s: %s", text, sqlite3_errmsg(db));
}

/* The store must open in memory, say a sentence with `word` in it, and work. */
static Store *open_in_memory(const char *folder, Result wanted, const char *word) {
    Store *store = NULL;
    Error error = { 0 };
    assert_int_equal(store_open(&store, folder, &error), wanted);
    assert_non_null(store);
    assert_false(store_is_durable(store));
    assert_string_equal(store_replay_folder(store), "");
    if (strstr(error.text, word) == NULL) fail_msg("no \"%s\" in: %s", word, error.text);
    assert_non_null(strstr(error.text, "only while the game runs"));
    Player player = bench_player(store, "Memory");
    (void)bench_add(store, bench_run(store, &player, "minute", INPUT_SENSOR, 9),
                    bench_result("cat_cow", 9, 0, 9));
    StoredResult best;
    assert_true(store_best(store, player.id, "cat_cow", INPUT_SENSOR, &best));
    return store;
}

static void folders_are_made_and_a_new_file_is_of_this_version(void **state) {
    char deep[600];
    (void)snprintf(deep, sizeof deep, "%.300s/a/b/c", (const char *)*state);
    Store *store = bench_open(deep);
    struct stat about;
    assert_true(stat(store_replay_folder(store), &about) == 0 && S_ISDIR(about.st_mode));
    store_close(store);
    store_close(NULL);
    sqlite3 *db = raw(deep);
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(row, 0), schema_version());
    (void)sqlite3_finalize(row);
    (void)sqlite3_close(db);
}

static void version_one_is_brought_up_with_its_results(void **state) {
    sqlite3 *db = raw(*state);
    Error error;
    assert_int_equal(schema_migrate(db, 1, &error), RESULT_OK);
    assert_int_not_equal(sqlite3_exec(db, "SELECT * FROM ranges", NULL, NULL, NULL),
                         SQLITE_OK); /* there was none in version 1 */
    run_sql(db, "INSERT INTO players VALUES (3, 'Old', 2);"
                "INSERT INTO runs VALUES (5, 3, 'quick_five', 0, 1700000000, 19675);"
                "INSERT INTO results VALUES (7, 5, 'cat_cow', 1700000000, 19675, 1, 444, 2, 8, 0, 0, 1, 8, "
                "0, 33.5, 12, '')");
    (void)sqlite3_close(db);

    Store *store = bench_open(*state);
    StoredResult all[2];
    assert_int_equal(store_all_results(store, all, 2), 1);
    assert_true(all[0].id == 7 && all[0].score == 444 && all[0].rom_deg == 33.5 && all[0].player_id == 3);
    OwnRange range = { .range_deg = 30, .ease = 1 };
    assert_int_equal(store_keep_range(store, 3, "cat_cow", INPUT_SENSOR, &range, &error), RESULT_OK);
    store_close(store);
    store_close(bench_open(*state));
}

static void expect_untouched(void **state, const void *bytes, size_t count) {
    size_t after = 0;
    void *now = bench_read(*state, "backbeat.db", &after);
    assert_int_equal(after, count);
    assert_memory_equal(now, bytes, count);
    free(now);
}

static void a_damaged_file_is_named_and_left(void **state) {
    Store *store = bench_open(*state);
    Player player = bench_player(store, "Anna");
    int64_t run = bench_run(store, &player, "minute", INPUT_SENSOR, 1);
    for (int i = 0; i < 200; i++) (void)bench_add(store, run, bench_result("cat_cow", i, 0, 1));
    store_close(store);
    size_t count = 0;
    uint8_t *good = bench_read(*state, "backbeat.db", &count), *bad = malloc(count);
    assert_true(bad != NULL && count > 20000);

    memcpy(bad, good, count);
    memset(bad + 8192, 0xA5, 9000); /* pages overwritten */
    bench_write(*state, "backbeat.db", bad, count);
    store_close(open_in_memory(*state, RESULT_BAD_DATA, "backbeat.db is damaged: move it away"));
    expect_untouched(state, bad, count);

    bench_write(*state, "backbeat.db", good, count / 2); /* cut short */
    store_close(open_in_memory(*state, RESULT_BAD_DATA, "damaged"));
    expect_untouched(state, good, count / 2);

    memcpy(bad, good, count);
    memset(bad, 'x', 100); /* no header */
    bench_write(*state, "backbeat.db", bad, count);
    store_close(open_in_memory(*state, RESULT_BAD_DATA, "damaged"));
    expect_untouched(state, bad, count);

    bench_write(*state, "backbeat.db", "my shopping list: milk, eggs, a roller and a mat for the floor", 62);
    store_close(open_in_memory(*state, RESULT_BAD_DATA, "damaged"));
    expect_untouched(state, "my shopping list: milk, eggs, a roller and a mat for the floor", 62);

    bench_write(*state, "backbeat.db", good, count);
    store_close(bench_open(*state)); /* the test's own file was sound */
    free(good);
    free(bad);
}

static void newer_foreign_and_gutted_files_are_left(void **state) {
    store_close(bench_open(*state));
    size_t count = 0;
    sqlite3 *db = raw(*state);
    run_sql(db, "PRAGMA user_version = 99");
    (void)sqlite3_close(db);
    void *bytes = bench_read(*state, "backbeat.db", &count);
    store_close(open_in_memory(*state, RESULT_BAD_DATA, "newer Backbeat"));
    expect_untouched(state, bytes, count);
    free(bytes);

    db = raw(*state);
    run_sql(db, "PRAGMA user_version = 1; PRAGMA application_id = 7");
    (void)sqlite3_close(db);
    bytes = bench_read(*state, "backbeat.db", &count);
    store_close(open_in_memory(*state, RESULT_BAD_DATA, "not a file of Backbeat"));
    expect_untouched(state, bytes, count);
    free(bytes);

    db = raw(*state);
    char gut[128];
    (void)snprintf(gut, sizeof gut,
                   "PRAGMA application_id = 0x42424254; PRAGMA user_version = %d; DROP TABLE results",
                   schema_version());
    run_sql(db, gut);
    (void)sqlite3_close(db);
    store_close(open_in_memory(*state, RESULT_BAD_DATA, "damaged"));
}

static void a_folder_that_cannot_be_is_said(void **state) {
    char path[600];
    bench_write(*state, "file", "x", 1);
    (void)snprintf(path, sizeof path, "%.300s/file/backbeat", (const char *)*state);
    store_close(open_in_memory(path, RESULT_IO, "could not be made"));
    store_close(open_in_memory("", RESULT_BAD_USAGE, "No folder"));
    store_close(open_in_memory(NULL, RESULT_BAD_USAGE, "No folder"));
    (void)snprintf(path, sizeof path, "%.300s/db", (const char *)*state);
    char as_folder[640];
    (void)snprintf(as_folder, sizeof as_folder, "%.400s/backbeat.db", path);
    assert_true(mkdir(path, 0700) == 0 && mkdir(as_folder, 0700) == 0);
    store_close(open_in_memory(path, RESULT_IO, "could not be"));
}

/* Permissions do not bind root; there, the folder above stands in for this. */
static void a_read_only_folder_still_shows_the_scores(void **state) {
    if (geteuid() == 0) skip();
    Store *store = bench_open(*state);
    (void)bench_player(store, "Anna");
    store_close(store);
    assert_int_equal(chmod(*state, 0500), 0);
    store = open_in_memory(*state, RESULT_IO, "may not be written");
    Player players[4];
    assert_int_equal(store_players(store, players, 4), 2); /* Anna, and the one from memory */
    store_close(store);
}

/* A disk that takes no more: SQLite's own way of putting other system calls in place, with what Linux answers
 * when a disk is full. */
static bool disk_is_full;

static ssize_t full_pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    if (!disk_is_full) return pwrite(descriptor, bytes, count, offset);
    errno = ENOSPC;
    return -1;
}

static ssize_t full_write(int descriptor, const void *bytes, size_t count) {
    if (!disk_is_full) return write(descriptor, bytes, count);
    errno = ENOSPC;
    return -1;
}

static void replace_call(const char *name, sqlite3_syscall_ptr call) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    assert_non_null(vfs);
    (void)vfs->xSetSystemCall(vfs, name, call); /* a build of SQLite uses one of them */
}

static void a_full_disk_loses_nothing_and_is_said(void **state) {
    Store *store = bench_open(*state);
    Player anna = bench_player(store, "Anna");
    int64_t run = bench_run(store, &anna, "minute", INPUT_SENSOR, 1);
    (void)bench_add(store, run, bench_result("cat_cow", 321, 1, 1));
    store_close(store);
    replace_call("pwrite64", (sqlite3_syscall_ptr)full_pwrite);
    replace_call("pwrite", (sqlite3_syscall_ptr)full_pwrite);
    replace_call("write", (sqlite3_syscall_ptr)full_write);

    /* Full while playing: the call fails with a sentence, the store stays as it was, and works again later.
     */
    store = bench_open(*state);
    StoredResult result = bench_result("cat_cow", 500, 2, 2), all[4];
    Error error = { 0 };
    disk_is_full = true;
    assert_int_equal(store_add_result(store, run, &result, &error), RESULT_IO);
    assert_non_null(strstr(error.text, "disk is full"));
    assert_int_equal(store_all_results(store, all, 4), 1);
    disk_is_full = false;
    (void)bench_add(store, run, result);
    assert_int_equal(store_all_results(store, all, 4), 2);
    store_close(store);

    /* Full at the start: in memory, with what could be read. */
    disk_is_full = true;
    store = open_in_memory(*state, RESULT_IO, "disk is full");
    assert_int_equal(store_all_results(store, all, 4), 3);
    store_close(store);
    disk_is_full = false;
    store = bench_open(*state);
    assert_int_equal(store_all_results(store, all, 4), 2);
    store_close(store);
    replace_call("pwrite64", NULL);
    replace_call("pwrite", NULL);
    replace_call("write", NULL);
}

static void another_program_that_writes_is_waited_for_and_named(void **state) {
    Store *store = bench_open(*state);
    sqlite3 *other = raw(*state);
    run_sql(other, "BEGIN IMMEDIATE; UPDATE players SET emblem = 0");
    Error error = { 0 };
    Player player;
    assert_int_equal(store_add_player(store, "Anna", 1, &player, &error), RESULT_IO);
    assert_non_null(strstr(error.text, "another program"));
    run_sql(other, "COMMIT");
    assert_int_equal(store_add_player(store, "Anna", 1, &player, &error), RESULT_OK);
    (void)sqlite3_close(other);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, bench_make_folder, bench_remove_folder)
        IN_A_FOLDER(folders_are_made_and_a_new_file_is_of_this_version),
        IN_A_FOLDER(version_one_is_brought_up_with_its_results),
        IN_A_FOLDER(a_damaged_file_is_named_and_left),
        IN_A_FOLDER(newer_foreign_and_gutted_files_are_left),
        IN_A_FOLDER(a_folder_that_cannot_be_is_said),
        IN_A_FOLDER(a_read_only_folder_still_shows_the_scores),
        IN_A_FOLDER(a_full_disk_loses_nothing_and_is_said),
        IN_A_FOLDER(another_program_that_writes_is_waited_for_and_named),
    };
    return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}
