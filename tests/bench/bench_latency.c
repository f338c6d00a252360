/* How long a sample takes from the wire to the pose that the simulation uses: bench_latency [SECONDS [HZ]].
 *
 * A board on a pseudo-terminal streams a body that does the cat-cow. `wire_to_pose_ms` is, for each sample,
 * from just before its frame is written to the line until the tracker, having taken it in, has given the tick
 * its quantised pose; the simulation looks five thousand times a second, so that its own waiting is not
 * counted. `age_at_tick_ms` is how old the newest sample in the pose is when the game's own sixty ticks a
 * second look: the same, and the time since the sensor measured last. Ends with one JSON line. */
#include "input/simulated_set.h"
#include "platform/serial_source.h"
#include "pty_board.h"
#include "session/tracker.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES_MAX = PTY_BOARD_SENT_MAX };
#define LOOK_S   0.0002
#define SETTLE_S 1.0 /* not counted: the line is found, memory is touched */

typedef struct Bench {
    PtyBoard board;
    Tracker tracker;
    Source source;
    double wire_s[SAMPLES_MAX], tick_s[SAMPLES_MAX];
    size_t wire_count, tick_count;
    unsigned taken;
    int32_t moved; /* how far the pose has travelled, thousandths: it did follow */
    int16_t place;
} Bench;

static void sleep_s(double seconds) {
    (void)nanosleep(&(struct timespec){ .tv_nsec = (long)(seconds * 1e9) }, NULL);
}

/* Takes what has come and gives the tick its pose, as play does; the moment that it was ready. */
static double look(Bench *b, unsigned *first) {
    ImuSample samples[64];
    SimInput input;
    *first = b->taken;
    for (size_t count = b->source.read(b->source.self, pty_now_s(), samples, 64); count > 0;
         count = b->source.read(b->source.self, pty_now_s(), samples, 64)) {
        tracker_feed(&b->tracker, samples, count);
        b->taken += (unsigned)count;
    }
    tracker_tick(&b->tracker, SIDE_NONE, &input);
    b->moved += abs(input.place - b->place);
    b->place = input.place;
    return pty_now_s();
}

static double sent_s(const Bench *b, unsigned place) {
    return atomic_load(&b->board.sent_s[place % PTY_BOARD_SENT_MAX]);
}

static void follow(Bench *b, double seconds) {
    double began_s = pty_now_s();
    for (double now_s = began_s; now_s - began_s < seconds; sleep_s(LOOK_S)) {
        unsigned first = 0;
        now_s = look(b, &first);
        if (now_s - began_s < SETTLE_S) continue;
        for (unsigned i = first; i < b->taken && b->wire_count < SAMPLES_MAX; i++)
            b->wire_s[b->wire_count++] = now_s - sent_s(b, i);
    }
}

static void tick(Bench *b, double seconds) {
    double next_s = pty_now_s(), until_s = next_s + seconds;
    while (next_s < until_s && b->tick_count < SAMPLES_MAX) {
        next_s += 1.0 / TICK_HZ;
        double wait_s = next_s - pty_now_s();
        if (wait_s > 0) sleep_s(wait_s);
        unsigned first = 0;
        double ready_s = look(b, &first);
        b->tick_s[b->tick_count++] = ready_s - sent_s(b, b->taken - 1);
    }
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_ms(const char *name, double *seconds, size_t count) {
    qsort(seconds, count, sizeof *seconds, by_size);
    (void)printf("\"%s\": {\"median\": %.3f, \"p99\": %.3f, \"worst\": %.3f}", name, 1e3 * seconds[count / 2],
                 1e3 * seconds[count * 99 / 100], 1e3 * seconds[count - 1]);
}

static bool wait_until_ready(Bench *b) {
    SourceStatus status = { 0 };
    for (int i = 0; i < 500 && status.state != SOURCE_READY; i++) {
        b->source.status(b->source.self, pty_now_s(), &status);
        pty_sleep_ms(10);
    }
    return status.state == SOURCE_READY;
}

static int measure(Bench *b, double seconds, const char *link) {
    Error error = { 0 };
    int code = 1;
    if (serial_source_open(&b->source, link, &error) != RESULT_OK) {
        (void)fprintf(stderr, "bench_latency: %s\n", error.text);
        return code;
    }
    if (wait_until_ready(b)) {
        SourceStatus status;
        follow(b, seconds);
        tick(b, seconds);
        b->source.status(b->source.self, pty_now_s(), &status);
        bool whole = status.lost_samples == 0 && status.bad_frames == 0 && b->wire_count > 0 &&
                     b->tick_count > 0 && b->taken <= atomic_load(&b->board.sent);
        if (whole && b->moved > 1000) {
            (void)printf("{\"bench\": \"latency\", \"rate_hz\": %d, \"samples\": %u, ",
                         b->board.hello.rate_hz, b->taken);
            print_ms("wire_to_pose_ms", b->wire_s, b->wire_count);
            (void)printf(", ");
            print_ms("age_at_tick_ms", b->tick_s, b->tick_count);
            (void)printf("}\n");
            code = 0;
        } else {
            (void)fprintf(stderr, "bench_latency: %u samples lost, %u frames bad, moved %d\n",
                          status.lost_samples, status.bad_frames, b->moved);
        }
    } else {
        (void)fprintf(stderr, "bench_latency: the board was not found\n");
    }
    b->source.close(b->source.self);
    return code;
}

int main(int argc, char **argv) {
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 10;
    int rate_hz = argc > 2 ? atoi(argv[2]) : 200;
    if (argc > 3 || !(seconds > SETTLE_S && seconds <= 120) || rate_hz < 10 || rate_hz > 500) {
        (void)fprintf(stderr, "usage: bench_latency [SECONDS [HZ]]   (above 1, to 120; 10 to 500)\n");
        return 2;
    }
    char folder[] = "/tmp/backbeat-latency-XXXXXX", link[64];
    const ExerciseSpec *spec = exercise_spec("cat_cow");
    Recording recording = { 0 };
    SetTruth truth;
    Error error = { 0 };
    Bench *b = calloc(1, sizeof *b);
    if (b == NULL || mkdtemp(folder) == NULL ||
        simulated_set_make(&recording, &truth, spec, DEMO_SKILFUL, 1, false, &error) != RESULT_OK) {
        (void)fprintf(stderr, "bench_latency: no body to move, or no folder for its port. %s\n", error.text);
        free(b);
        return 1;
    }
    (void)snprintf(link, sizeof link, "%s/port", folder);
    tracker_init(&b->tracker, spec, NULL);
    pty_board_plug_in(&b->board, link, 1, (uint16_t)rate_hz);
    b->board.motion = recording.samples;
    b->board.motion_count = recording.count;
    pty_board_switch_on(&b->board);
    int code = measure(b, seconds, link);
    pty_board_unplug(&b->board);
    (void)rmdir(folder);
    recording_free(&recording);
    free(b);
    return code;
}
