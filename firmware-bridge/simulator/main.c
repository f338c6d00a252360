/* The reference board without the board: its firmware, compiled for the real chip, on an emulated Arduino Uno
 * with an emulated MPU-6050 on a moving body, behind a pseudo-terminal. README.md tells how to use it. */
#include "input/simulated_set.h"
#include "platform/files.h"
#include "platform/recording_file.h"
#include "simulator/avr_board.h"
#include "simulator/wearer.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define STEP_S     0.001 /* of the board's time at once */
#define CATCH_UP_S 5.0   /* what a slow machine is behind by more than this is forgotten */
#define LEAD_S     3.0   /* still, before the recording begins by itself */
#define FOR_EVER   1e9
#define USAGE                                                                                                \
    "usage: simulator FIRMWARE.elf RECORDING.csv|demo[:STYLE] [--exercise ID] [--seed N] [--link PATH]\n"    \
    "                 [--steps] [--from T] [--speed X|--fast]\n"                                             \
    "On standard input: a number T (move on to second T), an empty line (move on, or hold still), unplug, "  \
    "plug,\n"                                                                                                \
    "hang N (somebody holds the bus until it is clocked N times), press, release, reset.\n"

typedef struct Options {
    const char *firmware, *what, *exercise, *link;
    uint64_t seed;
    double from_s, speed; /* speed 0: as fast as it goes */
    bool steps;
} Options;

typedef struct Strap {
    Wearer *wearer;
    int which;
} Strap;

typedef struct Simulator {
    Options options;
    Wearer wearer;
    Strap straps[WEARER_SENSORS_MAX];
    Mpu6050 chips[WEARER_SENSORS_MAX];
    AvrBoard *board;
    int master;
    char port[128];
    uint8_t said[4096]; /* what the board sent and the terminal did not take yet */
    size_t said_count;
    uint64_t dropped;
    char line[64]; /* of standard input, so far */
    size_t typed;
    bool held, host_was_there, was_at_rest, was_on;
    bool over; /* standard input is closed */
} Simulator;

static volatile sig_atomic_t told_to_stop;

static void on_signal(int number) {
    (void)number;
    told_to_stop = 1;
}

/* ---- The body ---- */

static void strap_measure(void *self, double t_s, double gyro[3], double accel[3]) {
    const Strap *strap = self;
    wearer_measure(strap->wearer, strap->which, t_s, gyro, accel);
}

/* A set again after itself, without its still beginning: one repetition is for measuring, the rest to play.
 */
static Result twice(Recording *r, Error *error) {
    size_t first = 0;
    double start_s = r->samples[0].t_s, end_s = r->samples[r->count - 1].t_s;
    while (first + 1 < r->count && r->samples[first].t_s < start_s + LEAD_S) first++;
    ImuSample *more = realloc(r->samples, (2 * r->count - first) * sizeof *more);
    if (more == NULL) return error_set(error, RESULT_NO_MEMORY, "Not enough memory for two sets.");
    double shift_s = end_s - more[first].t_s;
    size_t count = r->count;
    for (size_t i = first; i < count; i++) {
        more[r->count] = more[i];
        more[r->count++].t_s += shift_s;
    }
    r->samples = more;
    return RESULT_OK;
}

static Result make_recording(const Options *options, Recording *out, Error *error) {
    DemoStyle style = DEMO_SKILFUL;
    bool is_demo = strcmp(options->what, "demo") == 0;
    if (!is_demo && strncmp(options->what, "demo:", 5) != 0) return recording_load(out, options->what, error);
    const ExerciseSpec *spec = exercise_spec(options->exercise);
    if (spec == NULL)
        return error_set(error, RESULT_BAD_USAGE, "There is no exercise \"%s\".", options->exercise);
    if (!is_demo && !demo_style_from_name(options->what + 5, &style))
        return error_set(error, RESULT_BAD_USAGE, "There is no style \"%s\".", options->what + 5);
    SetTruth truth;
    Result result = simulated_set_make(out, &truth, spec, style, options->seed, false, error);
    return result == RESULT_OK ? twice(out, error) : result;
}

/* ---- The terminal ---- */

/* The slave must be raw before the host opens it, or its echo answers for the board; it is held open so that
 * a host may come and go. */
static Result open_terminal(Simulator *s, Error *error) {
    s->master = posix_openpt(O_RDWR | O_NOCTTY);
    const char *name =
        s->master >= 0 && grantpt(s->master) == 0 && unlockpt(s->master) == 0 ? ptsname(s->master) : NULL;
    int slave = name != NULL ? open(name, O_RDWR | O_NOCTTY) : -1;
    struct termios mode;
    if (slave < 0 || tcgetattr(slave, &mode) != 0)
        return error_set(error, RESULT_IO, "There is no pseudo-terminal: %s.", strerror(errno));
    cfmakeraw(&mode);
    (void)tcsetattr(slave, TCSANOW, &mode);
    (void)fcntl(s->master, F_SETFL, O_NONBLOCK);
    (void)snprintf(s->port, sizeof s->port, "%s", name);
    if (s->options.link == NULL) return RESULT_OK;
    (void)unlink(s->options.link);
    if (symlink(name, s->options.link) == 0) return RESULT_OK;
    return error_set(error, RESULT_IO, "%s can't be made: %s.", s->options.link, strerror(errno));
}

static void hear(void *self, uint8_t byte) {
    Simulator *s = self;
    if (s->said_count < sizeof s->said)
        s->said[s->said_count++] = byte;
    else
        s->dropped++;
}

/* What the terminal does not take at once waits; where nobody listens for long, it is gone, as on a wire. */
static void pass_on(Simulator *s) {
    ssize_t taken = s->said_count > 0 ? write(s->master, s->said, s->said_count) : 0;
    if (taken > 0) {
        s->said_count -= (size_t)taken;
        memmove(s->said, s->said + taken, s->said_count);
    }
    uint8_t bytes[256];
    ssize_t count = read(s->master, bytes, sizeof bytes);
    if (count <= 0) return;
    if (!s->host_was_there) (void)fprintf(stderr, "simulator: a host asks\n");
    s->host_was_there = true;
    (void)avr_board_send(s->board, bytes, (size_t)count);
}

/* ---- Standard input ---- */

static void take_line(Simulator *s, const char *line) {
    double now_s = avr_board_now(s->board);
    char *end = NULL;
    double number = strtod(line, &end);
    int pulses = 0;
    if (line[0] == '\0') {
        s->held = !s->held;
        wearer_move(&s->wearer, now_s, s->held ? 0 : FOR_EVER);
        (void)fprintf(stderr, "simulator: %s\n", s->held ? "holding still" : "moving");
    } else if (end != line && *end == '\0' && !isnan(number)) {
        wearer_move(&s->wearer, now_s, number - s->options.from_s);
        s->was_at_rest = false;
    } else if (strcmp(line, "unplug") == 0 || strcmp(line, "plug") == 0) {
        mpu6050_plug(&s->chips[0], line[0] == 'p');
    } else if (sscanf(line, "hang %d", &pulses) == 1) { // NOLINT(cert-err34-c)
        avr_board_hang_bus(s->board, pulses);
    } else if (strcmp(line, "press") == 0 || strcmp(line, "release") == 0) {
        avr_board_press(s->board, line[0] == 'p');
    } else if (strcmp(line, "reset") == 0) {
        avr_board_reset(s->board);
    } else {
        (void)fprintf(stderr, "simulator: \"%s\" means nothing here\n", line);
    }
}

static void listen_to_person(Simulator *s) {
    struct pollfd ready = { .fd = s->over ? -1 : STDIN_FILENO, .events = POLLIN };
    char bytes[64];
    if (poll(&ready, 1, 0) <= 0) return;
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    s->over = count <= 0;
    for (ssize_t i = 0; i < count; i++) {
        if (bytes[i] != '\n') {
            if (s->typed < sizeof s->line - 1) s->line[s->typed++] = bytes[i];
            continue;
        }
        s->line[s->typed] = '\0';
        s->typed = 0;
        take_line(s, s->line);
    }
}

/* ---- The run ---- */

static void tell(Simulator *s) {
    if (s->chips[0].bursts > 0 && !s->wearer.begun && !s->options.steps && !s->held) {
        wearer_move(&s->wearer, avr_board_now(s->board) + LEAD_S, FOR_EVER);
    }
    bool rests = wearer_rests(&s->wearer);
    if (rests && !s->was_at_rest && s->wearer.begun)
        (void)fprintf(stderr, "simulator: holding at %.2f s\n", s->wearer.moved_s + s->options.from_s);
    s->was_at_rest = rests;
}

static void run(Simulator *s) {
    double speed = s->options.speed, began_s = clock_now_s();
    double board_s = avr_board_now(s->board);
    while (!told_to_stop) {
        double due_s = speed > 0 ? (clock_now_s() - began_s) * speed : board_s + STEP_S;
        if (due_s - board_s > CATCH_UP_S) {
            began_s += (due_s - board_s - STEP_S) / speed;
            due_s = board_s + STEP_S;
        }
        /* Behind and with the terminal full, the host must be let read first. */
        while (board_s < due_s && avr_board_run(s->board, board_s)) {
            board_s += STEP_S;
            pass_on(s);
            if (s->said_count > sizeof s->said / 2) break;
        }
        listen_to_person(s);
        tell(s);
        if (speed > 0) (void)poll(NULL, 0, 2);
    }
}

/* An option that takes a value; false for one that there is not. */
static bool take_value(Options *o, const char *name, char *value) {
    if (strcmp(name, "--speed") == 0)
        o->speed = strtod(value, NULL);
    else if (strcmp(name, "--from") == 0)
        o->from_s = strtod(value, NULL);
    else if (strcmp(name, "--link") == 0)
        o->link = value;
    else if (strcmp(name, "--exercise") == 0)
        o->exercise = value;
    else if (strcmp(name, "--seed") == 0)
        o->seed = strtoull(value, NULL, 10);
    else
        return false;
    return true;
}

static bool read_options(Options *o, int argc, char **argv) {
    *o = (Options){ .exercise = "cat_cow", .seed = 21, .speed = 1 };
    int named = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--steps") == 0) {
            o->steps = true;
        } else if (strcmp(argv[i], "--fast") == 0) {
            o->speed = 0;
        } else if (argv[i][0] == '-') {
            if (i + 1 == argc || !take_value(o, argv[i], argv[i + 1])) return false;
            i++;
        } else {
            if (named++ == 0)
                o->firmware = argv[i];
            else
                o->what = argv[i];
        }
    }
    if (named != 2) return false;
    return o->what != NULL && o->speed >= 0 && o->speed <= 100 && o->from_s >= 0;
}

static Result open_all(Simulator *s, Error *error) {
    Recording recording = { 0 };
    Result result = make_recording(&s->options, &recording, error);
    if (result == RESULT_OK) result = wearer_init(&s->wearer, &recording, s->options.from_s, error);
    recording_free(&recording);
    if (result != RESULT_OK) return result;
    Mpu6050 *chips[WEARER_SENSORS_MAX];
    for (int i = 0; i < s->wearer.sensors; i++) {
        s->straps[i] = (Strap){ .wearer = &s->wearer, .which = i };
        mpu6050_init(&s->chips[i], (uint8_t)(0x68 + i), strap_measure, &s->straps[i]);
        chips[i] = &s->chips[i];
    }
    result = avr_board_open(&s->board, s->options.firmware, chips, (size_t)s->wearer.sensors, hear, s, error);
    if (result != RESULT_OK) return result;
    if (s->options.from_s > 0) wearer_move(&s->wearer, 0, 0);
    return open_terminal(s, error);
}

int main(int argc, char **argv) {
    static Simulator simulator; /* large */
    Simulator *s = &simulator;
    if (!read_options(&s->options, argc, argv)) {
        (void)fputs(USAGE, stderr);
        return 2;
    }
    struct sigaction act = { .sa_handler = on_signal };
    (void)sigaction(SIGINT, &act, NULL);
    (void)sigaction(SIGTERM, &act, NULL);
    s->was_at_rest = s->held = true;
    if (!s->options.steps) s->held = false;
    Error error;
    Result result = open_all(s, &error);
    if (result == RESULT_OK) {
        (void)fprintf(stderr, "simulator: %s, %.0f s, %d sensor(s); waiting on %s\n", s->options.what,
                      s->wearer.length_s, s->wearer.sensors, s->port);
        (void)printf("%s\n", s->port);
        (void)fflush(stdout);
        run(s);
        (void)fprintf(stderr, "simulator: %llu readings%s\n", (unsigned long long)s->chips[0].bursts,
                      s->dropped > 0 ? "; nobody took all that was said" : "");
    } else {
        (void)fprintf(stderr, "simulator: %s\n", error.text);
    }
    if (s->options.link != NULL) (void)unlink(s->options.link);
    avr_board_close(s->board);
    wearer_free(&s->wearer);
    return result == RESULT_OK ? 0 : 1;
}
