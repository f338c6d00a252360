/* What the store's tests share: a fresh folder for each test, and results to put into it. */
#ifndef TESTS_STORE_BENCH_H
#define TESTS_STORE_BENCH_H

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* cmocka's setup and teardown: *state is a new folder's path, removed with all in it. */
int bench_make_folder(void **state);
int bench_remove_folder(void **state);

/* Opens what must open well. */
Store *bench_open(const char *folder);
Player bench_player(Store *store, const char *name);
int64_t bench_run(Store *store, const Player *player, const char *routine, InputKind input, int64_t day);
/* A believable result; `at_s` is noon of its day. */
StoredResult bench_result(const char *exercise, int score, int stars, int64_t day);
StoredResult bench_add(Store *store, int64_t run_id, StoredResult result);
void bench_write(const char *folder, const char *name, const void *bytes, size_t count);
/* The file's bytes; the caller frees. */
void *bench_read(const char *folder, const char *name, size_t *count);

#endif
