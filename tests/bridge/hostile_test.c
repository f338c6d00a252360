/* What a device may do to us: flood, and be pulled out and put back again and again. BACKBEAT_REPLUGS sets
 * how many times (a thousand by hand, in a Release build; eight otherwise). */
#include "platform/serial_source.h"
#include "pty_board.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { REPLUGS = 8, RSS_GROWTH_MAX_KB = 4096 };
#define FLOOD_S     3.0
#define FLOOD_MAX_S 15.0 /* where the machine stalls, the flood pauses, and is told of later */
#define RESUMES_S   1.0

static char folder[] = "/tmp/backbeat-hostile-XXXXXX";
static char port[64];

static double cpu_s(clockid_t clock) {
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static long rss_kb(void) {
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld", &pages, &resident), 2);
    (void)fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static int entries(const char *path) {
    int count = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    while (readdir(dir) != NULL) count++;
    (void)closedir(dir);
    return count;
}

/* As a frame of the game does; how many came. */
static size_t read_frame(const Source *source, SourceStatus *status) {
    ImuSample samples[64];
    size_t sum = 0;
    for (int reads = 0; reads < SOURCE_READS_MAX; reads++) {
        size_t count = source->read(source->self, pty_now_s(), samples, 64);
        if (count == 0) break;
        sum += count;
    }
    source->status(source->self, pty_now_s(), status);
    return sum;
}

static double until_ready(const Source *source) {
    SourceStatus status;
    double began_s = pty_now_s();
    while (pty_now_s() - began_s < 5) {
        if (read_frame(source, &status) > 0 && status.state == SOURCE_READY) return pty_now_s() - began_s;
        pty_sleep_ms(2);
    }
    return 5;
}

/* Writes `bytes` round and round, as fast as they are taken, after an ordinary hello; then what it cost. */
static void flood_with(const uint8_t *bytes, size_t length) {
    PtyBoard board;
    Source source;
    SourceStatus status = { 0 };
    Error error;
    pty_board_plug_in(&board, port, 1, 100);
    assert_int_equal(serial_source_open(&source, port, &error), RESULT_OK);
    uint8_t hello[WIRE_FRAME_MAX];
    size_t hello_length =
        wire_encode(&(WireMessage){ .id = WIRE_HELLO, .as.hello = board.hello }, hello, sizeof hello);
    pty_sleep_ms(100);
    (void)pty_board_write(&board, hello, hello_length);
    long rss = rss_kb();
    double own_s = 0, worst_frame_s = 0, cpu_began_s = cpu_s(CLOCK_PROCESS_CPUTIME_ID), next_s = 0;
    size_t taken = 0, sent = 0;
    double began_s = pty_now_s();
    double spent_s = 0;
    while (spent_s < FLOOD_S || (spent_s < FLOOD_MAX_S && strstr(status.trouble, "far more") == NULL)) {
        double at_s = cpu_s(CLOCK_THREAD_CPUTIME_ID);
        long wrote = 1;
        for (int i = 0; i < 64 && wrote > 0; i++) {
            wrote = pty_board_write(&board, bytes, length);
            if (wrote > 0) sent += (size_t)wrote;
        }
        own_s += cpu_s(CLOCK_THREAD_CPUTIME_ID) - at_s;
        if (pty_now_s() >= next_s) {
            at_s = cpu_s(CLOCK_THREAD_CPUTIME_ID);
            taken += read_frame(&source, &status);
            double took_s = cpu_s(CLOCK_THREAD_CPUTIME_ID) - at_s;
            worst_frame_s = took_s > worst_frame_s ? took_s : worst_frame_s;
            next_s = pty_now_s() + 1.0 / 60;
        }
        pty_sleep_ms(1);
        spent_s = pty_now_s() - began_s;
    }
    double cost_s = cpu_s(CLOCK_PROCESS_CPUTIME_ID) - cpu_began_s - own_s;
    print_message("%zu bytes and %zu samples in %.0f s: %.2f s of CPU, worst frame %.2f ms, %ld kB more\n",
                  sent, taken, spent_s, cost_s, worst_frame_s * 1e3, rss_kb() - rss);
    if (strstr(status.trouble, "far more") == NULL) fail_msg("said: \"%s\"", status.trouble);
    for (const char *c = status.name; *c != '\0'; c++) assert_true(*c >= 0x20 && *c < 0x7F);
    assert_true((double)sent < spent_s * 400e3); /* held back */
    assert_true(cost_s < 0.5 * spent_s);
    assert_true(worst_frame_s < 0.008);
    assert_true(rss_kb() - rss < RSS_GROWTH_MAX_KB);
    source.close(source.self);
    pty_board_unplug(&board);
}

static void a_flood_of_samples(void **state) {
    (void)state;
    uint8_t bytes[4096];
    size_t length = 0;
    for (uint16_t i = 0; length + WIRE_FRAME_MAX < sizeof bytes; i++) {
        WireMessage m = { .id = WIRE_SAMPLE,
                          .as.sample = { .sequence = (uint16_t)(i * 4099),
                                         .time_us = i * 2654435761u,
                                         .gyro = { -32768, 32767, 1 },
                                         .accel = { 32767, -32768, 1 } } };
        length += wire_encode(&m, bytes + length, sizeof bytes - length);
    }
    flood_with(bytes, length);
}

static void an_endless_frame(void **state) {
    (void)state;
    uint8_t bytes[4096];
    memset(bytes, 0xFF, sizeof bytes);
    flood_with(bytes, sizeof bytes);
}

/* Whole frames with a right checksum: hellos that make sense, that don't, with names of any bytes, too short
 * and too long, of versions to come. */
static void hellos_of_all_kinds(void **state) {
    (void)state;
    uint8_t bytes[4096];
    size_t length = 0;
    uint32_t dice = 1;
    while (length + WIRE_FRAME_MAX < sizeof bytes) {
        uint8_t body[WIRE_BODY_MAX - 2] = { WIRE_HELLO };
        for (size_t i = 1; i < sizeof body; i++) {
            dice = dice * 1664525u + 1013904223u;
            body[i] = (uint8_t)(dice >> 24);
        }
        size_t size = dice % 3 == 0 ? 1 + dice / 3 % (sizeof body - 1) : 50;
        if (dice % 2 == 0) {
            /* As the ordinary one in all that is judged, but for its names. */
            const uint8_t sane[] = {
                WIRE_HELLO, WIRE_VERSION_MAJOR, 0, 9, 9, 9, 0xFF, 1, 0x20, 0x4E, 0x40, 0x1F, 100, 0
            };
            memcpy(body, sane, sizeof sane);
        }
        length += wire_frame(body, size, bytes + length, sizeof bytes - length);
    }
    flood_with(bytes, length);
}

static void a_thousand_replugs(void **state) {
    (void)state;
    const char *wish = getenv("BACKBEAT_REPLUGS");
    int count = wish != NULL ? atoi(wish) : REPLUGS, fds = 0, threads = 0;
    long rss = 0;
    double worst_s = 0;
    PtyBoard *board = calloc(1, sizeof *board);
    Source source;
    SourceStatus status;
    Error error;
    assert_non_null(board);
    pty_board_plug_in(board, port, 1, 100);
    pty_board_switch_on(board);
    assert_int_equal(serial_source_open(&source, port, &error), RESULT_OK);
    assert_true(until_ready(&source) < 3);
    double cpu_began_s = cpu_s(CLOCK_PROCESS_CPUTIME_ID), began_s = pty_now_s();
    for (int i = 0; i < count; i++) {
        if (i == 2) {
            rss = rss_kb();
            fds = entries("/proc/self/fd");
            threads = entries("/proc/self/task");
        }
        pty_board_unplug(board);
        do {
            pty_sleep_ms(2);
            (void)read_frame(&source, &status);
        } while (status.state == SOURCE_READY);
        pty_board_plug_in(board, port, 1, 100);
        pty_board_switch_on(board);
        double took_s = until_ready(&source);
        worst_s = took_s > worst_s ? took_s : worst_s;
        if (took_s > RESUMES_S) fail_msg("replug %d: samples after %.2f s", i, took_s);
    }
    double cpu = cpu_s(CLOCK_PROCESS_CPUTIME_ID) - cpu_began_s, span_s = pty_now_s() - began_s;
    print_message("%d replugs in %.1f s: samples after %.2f s at worst, %.2f s of CPU, %ld kB, %d "
                  "descriptors, %d threads more\n",
                  count, span_s, worst_s, cpu, rss_kb() - rss, entries("/proc/self/fd") - fds,
                  entries("/proc/self/task") - threads);
    assert_true(cpu < 0.5 * span_s);
    assert_int_equal(entries("/proc/self/fd"), fds);
    assert_int_equal(entries("/proc/self/task"), threads);
    assert_true(rss_kb() - rss < RSS_GROWTH_MAX_KB);
    source.close(source.self);
    pty_board_unplug(board);
    free(board);
}

static int make_folder(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    (void)snprintf(port, sizeof port, "%s/port", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flood_of_samples),
        cmocka_unit_test(an_endless_frame),
        cmocka_unit_test(hellos_of_all_kinds),
        cmocka_unit_test(a_thousand_replugs),
    };
    return cmocka_run_group_tests_name("hostile", tests, make_folder, remove_folder);
}
