#include "bench.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int bench_make_folder(void **state) {
    char *folder = strdup("/tmp/backbeat-store-XXXXXX");
    *state = folder;
    return folder != NULL && mkdtemp(folder) != NULL ? 0 : -1;
}

static void remove_all(const char *path) {
    DIR *entries = opendir(path);
    if (entries != NULL) {
        for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
            char child[600];
            (void)snprintf(child, sizeof child, "%.300s/%.255s", path, entry->d_name);
            remove_all(child);
        }
        (void)closedir(entries);
    }
    (void)remove(path);
}

int bench_remove_folder(void **state) {
    (void)chmod(*state, 0700);
    remove_all(*state);
    free(*state);
    return 0;
}

Store *bench_open(const char *folder) {
    Store *store = NULL;
    Error error = { 0 };
    Result result = store_open(&store, folder, &error);
    if (result != RESULT_OK) fail_msg("%s", error.text);
    assert_true(store_is_durable(store));
    return store;
}

Player bench_player(Store *store, const char *name) {
    Player player = { 0 };
    Error error = { 0 };
    if (store_find_player(store, name, &player, &error) != RESULT_OK) fail_msg("%s", error.text);
    return player;
}

int64_t bench_run(Store *store, const Player *player, const char *routine, InputKind input, int64_t day) {
    int64_t run_id = 0;
    Error error = { 0 };
    if (store_begin_run(store, player->id, routine, input, day * 86400 + 43200, day, &run_id, &error) !=
        RESULT_OK)
        fail_msg("%s", error.text);
    return run_id;
}

StoredResult bench_result(const char *exercise, int score, int stars, int64_t day) {
    StoredResult r = { .at_s = day * 86400 + 43200,
                       .day = day,
                       .level = 1,
                       .score = score,
                       .stars = stars,
                       .reps = 16,
                       .left = 8,
                       .right = 8,
                       .partials = 1,
                       .breaths = 7,
                       .hold_s = 12.25,
                       .rom_deg = 41.1,
                       .seed = 4000000001u };
    (void)snprintf(r.exercise, sizeof r.exercise, "%s", exercise);
    (void)snprintf(r.replay, sizeof r.replay, "%s-%d.bbr", exercise, score);
    return r;
}

StoredResult bench_add(Store *store, int64_t run_id, StoredResult result) {
    Error error = { 0 };
    if (store_add_result(store, run_id, &result, &error) != RESULT_OK) fail_msg("%s", error.text);
    return result;
}

void bench_write(const char *folder, const char *name, const void *bytes, size_t count) {
    char path[600];
    (void)snprintf(path, sizeof path, "%.300s/%.255s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

void *bench_read(const char *folder, const char *name, size_t *count) {
    char path[600];
    (void)snprintf(path, sizeof path, "%.300s/%.255s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    struct stat about;
    assert_int_equal(fstat(fileno(file), &about), 0);
    void *bytes = malloc((size_t)about.st_size + 1);
    assert_non_null(bytes);
    *count = fread(bytes, 1, (size_t)about.st_size, file);
    (void)fclose(file);
    return bytes;
}
