/* A program that is killed at any moment loses no result that the store had said it kept. A child adds
 * results and reports each one after the call returned; it is killed at random moments, and what it reported
 * must be there. */
#include "bench.h"
#include "core/rng.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KILLS = 30, DEATHS = 120, RESULTS_MAX = 100000 };

/* In the child: no cmocka, only exit codes. */
static void add_for_ever(const char *folder, int report) {
    Store *store = NULL;
    Error error;
    Player player;
    int64_t run = 0;
    if (store_open(&store, folder, &error) != RESULT_OK) _exit(3);
    if (store_find_player(store, "Kim", &player, &error) != RESULT_OK) _exit(4);
    if (store_begin_run(store, player.id, "minute", INPUT_SENSOR, 1, 1, &run, &error) != RESULT_OK) _exit(5);
    for (int i = 0;; i++) {
        StoredResult r = bench_result("cat_cow", i % 1001, 1, 1);
        if (store_add_result(store, run, &r, &error) != RESULT_OK) _exit(6);
        if (write(report, &r.id, sizeof r.id) != (ssize_t)sizeof r.id) _exit(7);
    }
}

static void kept_means_kept(void **state) {
    Rng rng = rng_make((uint64_t)time(NULL), 5);
    static bool reported[RESULTS_MAX], found[RESULTS_MAX];
    static StoredResult all[RESULTS_MAX];
    int64_t count = 0;
    store_close(bench_open(*state));
    for (int kill_number = 0; kill_number < KILLS; kill_number++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            (void)close(ends[0]);
            add_for_ever(*state, ends[1]);
        }
        (void)close(ends[1]);
        /* At times while it still opens, at times among the results. */
        (void)nanosleep(&(struct timespec){ .tv_nsec = 1000000L * (long)(1 + rng_below(&rng, 200)) }, NULL);
        (void)kill(child, SIGKILL);
        int64_t id = 0;
        while (read(ends[0], &id, sizeof id) == (ssize_t)sizeof id) {
            assert_true(id > 0 && id < RESULTS_MAX && !reported[id]);
            reported[id] = true;
            count++;
        }
        (void)close(ends[0]);
        int how = 0;
        assert_int_equal(waitpid(child, &how, 0), child);
        if (!WIFSIGNALED(how)) fail_msg("the child ended by itself, code %d", WEXITSTATUS(how));

        /* store_open runs quick_check: a damaged file would not open. */
        Store *store = bench_open(*state);
        size_t stored = store_all_results(store, all, RESULTS_MAX);
        for (size_t i = 0; i < RESULTS_MAX; i++) found[i] = false;
        for (size_t i = 0; i < stored; i++) found[all[i].id] = true;
        for (size_t i = 0; i < RESULTS_MAX; i++) {
            if (reported[i] && !found[i]) fail_msg("result %zu is gone after kill %d", i, kill_number);
        }
        store_close(store);
    }
    print_message("%d kills, %lld results reported and found\n", KILLS, (long long)count);
    assert_true(count > KILLS);
}

/* A write that dies half-way: the n-th from now. SQLite's own way of putting another system call in place. */
static int writes_to_live;

static ssize_t dying_pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    if (--writes_to_live > 0) return pwrite(descriptor, bytes, count, offset);
    (void)pwrite(descriptor, bytes, count / 2, offset);
    (void)raise(SIGKILL);
    return -1;
}

/* The same with every single write as the moment of death: while the file is made, while results are added.
 */
static void death_in_the_middle_of_any_write_is_borne(void **state) {
    static StoredResult all[RESULTS_MAX];
    int64_t reported = 0;
    for (int write_number = 1; write_number <= DEATHS; write_number++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
            writes_to_live = write_number;
            (void)vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)dying_pwrite);
            (void)vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)dying_pwrite);
            (void)close(ends[0]);
            add_for_ever(*state, ends[1]);
        }
        (void)close(ends[1]);
        int64_t id = 0;
        while (read(ends[0], &id, sizeof id) == (ssize_t)sizeof id) reported++;
        (void)close(ends[0]);
        int how = 0;
        assert_int_equal(waitpid(child, &how, 0), child);
        if (!WIFSIGNALED(how)) fail_msg("the child ended by itself, code %d", WEXITSTATUS(how));

        Store *store = bench_open(*state);
        int64_t stored = (int64_t)store_all_results(store, all, RESULTS_MAX);
        /* A result may be kept whose report the death cut off, never the other way round. */
        if (stored < reported)
            fail_msg("%lld kept of %lld after write %d", (long long)stored, (long long)reported,
                     write_number);
        store_close(store);
    }
    print_message("%d deaths, %lld results reported\n", DEATHS, (long long)reported);
    assert_true(reported > DEATHS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_means_kept, bench_make_folder, bench_remove_folder),
        cmocka_unit_test_setup_teardown(death_in_the_middle_of_any_write_is_borne, bench_make_folder,
                                        bench_remove_folder),
    };
    return cmocka_run_group_tests_name("kill", tests, NULL, NULL);
}
