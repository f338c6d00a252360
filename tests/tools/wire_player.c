/* Plays a recording as if a board sent it: a pseudo-terminal that answers and streams in the wire protocol.
 *
 *     wire_player RECORDING.csv LINKPATH [--speed X]
 *
 * LINKPATH becomes a link to open, as in --input serial:LINKPATH. Nothing is sent before START. Then come
 * three seconds of the recording's first still second (over and over), the recording at its own pace (or X
 * times as fast, its turns then as much faster), and its last values with the gyro at rest, until the host
 * hangs up or the player is killed. What it does is said on standard error. */
#include "protocol/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define DEG2RAD          (3.14159265358979323846 / 180.0)
#define STANDARD_GRAVITY 9.80665
#define GYRO_RANGE_DPS   2000.0
#define ACCEL_RANGE_G    16.0
#define LEAD_S           3.0
#define STILL_S          1.0

typedef struct Row {
    double t_s;
    double value[6]; /* rad/s, m/s^2 */
    uint8_t sensor;
} Row;

typedef struct Recording {
    Row *rows;
    size_t count;
    int sensors;
    double rate_hz;
} Recording;

static volatile sig_atomic_t told_to_stop;

static void on_signal(int number) {
    (void)number;
    told_to_stop = 1;
}

static double now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- The recording ---- */

static bool parse_row(const char *line, bool has_sensor, Row *row) {
    double numbers[8];
    int wanted = has_sensor ? 8 : 7;
    for (int i = 0; i < wanted; i++) {
        char *end = NULL;
        numbers[i] = strtod(line, &end);
        if (end == line || !isfinite(numbers[i])) return false;
        line = *end == ',' ? end + 1 : end;
    }
    row->t_s = numbers[0];
    memcpy(row->value, numbers + 1, sizeof row->value);
    row->sensor = has_sensor && numbers[7] == 1 ? 1 : 0;
    return true;
}

static bool add_row(Recording *r, Row row, size_t *capacity) {
    if (r->count == *capacity) {
        size_t more = *capacity == 0 ? 4096 : 2 * *capacity;
        Row *rows = realloc(r->rows, more * sizeof *rows);
        if (rows == NULL) return false;
        r->rows = rows;
        *capacity = more;
    }
    r->rows[r->count++] = row;
    if (row.sensor + 1 > r->sensors) r->sensors = row.sensor + 1;
    return true;
}

static bool read_recording(const char *path, Recording *out) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        (void)fprintf(stderr, "wire_player: %s: %s\n", path, strerror(errno));
        return false;
    }
    char line[512];
    size_t capacity = 0, number = 0, main_rows = 0;
    bool has_header = false, has_sensor = false, ok = true;
    *out = (Recording){ .sensors = 1 };
    while (ok && fgets(line, sizeof line, file) != NULL) {
        number++;
        if (line[0] == '#' || line[0] == '\n' || line[0] == '\r') continue;
        if (!has_header) {
            has_header = strncmp(line, "t_s,gx,gy,gz,ax,ay,az", 21) == 0;
            has_sensor = has_header && strncmp(line + 21, ",sensor", 7) == 0;
            ok = has_header;
            continue;
        }
        Row row;
        ok = parse_row(line, has_sensor, &row) &&
             (out->count == 0 || row.t_s >= out->rows[out->count - 1].t_s) && add_row(out, row, &capacity);
        main_rows += ok && row.sensor == 0;
    }
    (void)fclose(file);
    double length_s = out->count > 1 ? out->rows[out->count - 1].t_s - out->rows[0].t_s : 0;
    if (!ok || main_rows < 2 || length_s <= 0) {
        (void)fprintf(
            stderr,
            "wire_player: %s, line %zu: not a recording (t_s,gx,gy,gz,ax,ay,az[,sensor], times rising)\n",
            path, number);
        free(out->rows);
        return false;
    }
    out->rate_hz = (double)(main_rows - 1) / length_s;
    return true;
}

/* How restless the rows of a window are: gyro, and acceleration about its mean. */
static double restlessness(const Recording *r, size_t from, size_t to) {
    double mean[3] = { 0 }, sum = 0;
    for (size_t i = from; i < to; i++) {
        for (size_t k = 0; k < 3; k++) mean[k] += r->rows[i].value[3 + k] / (double)(to - from);
    }
    for (size_t i = from; i < to; i++) {
        for (size_t k = 0; k < 3; k++)
            sum += pow(r->rows[i].value[k], 2) + pow(r->rows[i].value[3 + k] - mean[k], 2) / 10;
    }
    return sum / (double)(to - from);
}

static size_t row_at(const Recording *r, double t_s) {
    size_t i = 0;
    while (i < r->count && r->rows[i].t_s < t_s) i++;
    return i;
}

/* The stillest second within the first four: what the lead-in repeats. */
static void find_still(const Recording *r, size_t *from, size_t *to) {
    double start_s = r->rows[0].t_s, best = INFINITY;
    *from = 0;
    *to = row_at(r, start_s + STILL_S);
    if (*to == 0) *to = r->count;
    for (int quarter = 0; quarter <= 12; quarter++) {
        double at_s = start_s + 0.25 * quarter;
        size_t a = row_at(r, at_s), b = row_at(r, at_s + STILL_S);
        if (b >= r->count || b <= a) break;
        double rest = restlessness(r, a, b);
        if (rest >= best) continue;
        best = rest;
        *from = a;
        *to = b;
    }
}

/* ---- The board ---- */

typedef struct Player {
    const Recording *recording;
    int master;
    double speed;
    bool streaming;
    double began_s; /* of the stream, program time */
    size_t still_from, still_to;
    uint16_t sequence[2];
    uint64_t sent;
} Player;

static bool say(const Player *p, const WireMessage *message) {
    uint8_t frame[WIRE_FRAME_MAX];
    size_t length = wire_encode(message, frame, sizeof frame);
    return write(p->master, frame, length) == (ssize_t)length;
}

static int16_t counts(double value, double range) {
    return (int16_t)lrint(fmax(-32768, fmin(32767, value * 32768.0 / range)));
}

static void send_row(Player *p, const Row *row, double t_s, bool at_rest) {
    WireMessage m = { .id = WIRE_SAMPLE,
                      .as.sample = { .sensor = row->sensor,
                                     .sequence = p->sequence[row->sensor]++,
                                     .time_us = (uint32_t)(uint64_t)(t_s * 1e6) } };
    for (size_t i = 0; i < 3; i++) {
        m.as.sample.gyro[i] = at_rest ? 0 : counts(row->value[i] * p->speed, GYRO_RANGE_DPS * DEG2RAD);
        m.as.sample.accel[i] = counts(row->value[3 + i], ACCEL_RANGE_G * STANDARD_GRAVITY);
    }
    p->sent += say(p, &m);
}

/* Row number `n` of the whole stream and its time from the stream's start: lead-in, recording, rest. */
static const Row *stream_row(const Player *p, size_t n, double *t_s, bool *at_rest) {
    const Recording *r = p->recording;
    size_t still = p->still_to - p->still_from;
    double still_s = still / (r->rate_hz * r->sensors);
    size_t lead = (size_t)ceil(LEAD_S / still_s) * still;
    *at_rest = false;
    if (n < lead) {
        *t_s = (double)n / (double)still * still_s;
        return &r->rows[p->still_from + n % still];
    }
    double lead_s = (double)lead / (double)still * still_s;
    if (n - lead < r->count) {
        *t_s = lead_s + r->rows[n - lead].t_s - r->rows[0].t_s;
        return &r->rows[n - lead];
    }
    size_t after = n - lead - r->count;
    size_t tail = (size_t)r->sensors, round = after / tail + 1;
    *at_rest = true;
    *t_s = lead_s + r->rows[r->count - 1].t_s - r->rows[0].t_s + (double)round / r->rate_hz;
    for (size_t i = r->count; i > 0; i--) {
        if (r->rows[i - 1].sensor == after % tail) return &r->rows[i - 1];
    }
    return &r->rows[r->count - 1];
}

static void hello(const Player *p) {
    double rate_hz = fmax(10, fmin(2000, p->recording->rate_hz * p->speed));
    WireMessage m = { .id = WIRE_HELLO,
                      .as.hello = { .version_major = WIRE_VERSION_MAJOR,
                                    .version_minor = WIRE_VERSION_MINOR,
                                    .firmware = { 0, 1, 0 },
                                    .sensors = (uint8_t)p->recording->sensors,
                                    .gyro_range_ddps = (uint16_t)(GYRO_RANGE_DPS * 10),
                                    .accel_range_mg = (uint16_t)(ACCEL_RANGE_G * 1000),
                                    .rate_hz = (uint16_t)lrint(rate_hz),
                                    .board = "Recording",
                                    .sensor_model = "wire_player" } };
    (void)say(p, &m);
}

static void answer(Player *p, const WireMessage *m, size_t *next) {
    if (m->id == WIRE_ASK_HELLO) hello(p);
    if (m->id == WIRE_START) {
        hello(p);
        if (!p->streaming) {
            (void)fprintf(stderr, "wire_player: started\n");
            p->streaming = true;
            p->began_s = now();
            *next = 0;
        }
    }
    if (m->id == WIRE_STOP && p->streaming) {
        (void)fprintf(stderr, "wire_player: stopped by the host after %llu samples\n",
                      (unsigned long long)p->sent);
        p->streaming = false;
    }
}

/* Sends what is due; returns how long to wait for the next, in ms. */
static int stream(Player *p, size_t *next) {
    const Recording *r = p->recording;
    double elapsed_s = (now() - p->began_s) * p->speed;
    for (;;) {
        double t_s = 0;
        bool at_rest = false;
        const Row *row = stream_row(p, *next, &t_s, &at_rest);
        if (t_s > elapsed_s) return (int)fmin(50, ceil((t_s - elapsed_s) / p->speed * 1e3));
        if (*next > 0 && row == &r->rows[r->count - 1] && !at_rest)
            (void)fprintf(stderr, "wire_player: the recording is over, now at rest\n");
        send_row(p, row, t_s / p->speed, at_rest);
        ++*next;
    }
}

static int run(Player *p) {
    WireDecoder decoder;
    wire_decoder_init(&decoder);
    size_t next = 0;
    bool had_host = false;
    while (!told_to_stop) {
        int wait_ms = p->streaming ? stream(p, &next) : 50;
        struct pollfd ready = { .fd = p->master, .events = POLLIN };
        if (poll(&ready, 1, wait_ms) <= 0) continue;
        uint8_t bytes[256];
        ssize_t count = read(p->master, bytes, sizeof bytes);
        if (count <= 0) {
            if (p->began_s > 0) break;
            (void)poll(NULL, 0, 50); /* nobody has opened the link yet */
            continue;
        }
        if (!had_host) (void)fprintf(stderr, "wire_player: a host asks\n");
        had_host = true;
        for (ssize_t i = 0; i < count; i++) {
            WireMessage message;
            if (wire_decoder_feed(&decoder, bytes[i], &message)) answer(p, &message, &next);
        }
    }
    (void)fprintf(stderr, "wire_player: %s after %llu samples\n",
                  told_to_stop ? "told to stop" : "the host hung up", (unsigned long long)p->sent);
    return 0;
}

/* The slave must be raw before the host opens it, or its echo answers for the board. */
static bool open_terminal(Player *p, const char *link_path) {
    p->master = posix_openpt(O_RDWR | O_NOCTTY);
    if (p->master < 0 || grantpt(p->master) != 0 || unlockpt(p->master) != 0) return false;
    const char *name = ptsname(p->master);
    int slave = name != NULL ? open(name, O_RDWR | O_NOCTTY) : -1;
    struct termios mode;
    if (slave < 0 || tcgetattr(slave, &mode) != 0) return false;
    cfmakeraw(&mode);
    bool raw = tcsetattr(slave, TCSANOW, &mode) == 0;
    (void)close(slave);
    (void)unlink(link_path);
    return raw && fcntl(p->master, F_SETFL, O_NONBLOCK) == 0 && symlink(name, link_path) == 0;
}

int main(int argc, char **argv) {
    double speed = argc == 5 && strcmp(argv[3], "--speed") == 0 ? strtod(argv[4], NULL) : 1;
    if ((argc != 3 && argc != 5) || !(speed > 0 && speed <= 100)) {
        (void)fprintf(stderr,
                      "usage: wire_player RECORDING.csv LINKPATH [--speed X]   (X above 0, to 100)\n");
        return 2;
    }
    Recording recording;
    if (!read_recording(argv[1], &recording)) return 1;
    Player player = { .recording = &recording, .speed = speed };
    find_still(&recording, &player.still_from, &player.still_to);
    struct sigaction act = { .sa_handler = on_signal };
    (void)sigaction(SIGINT, &act, NULL);
    (void)sigaction(SIGTERM, &act, NULL);
    if (!open_terminal(&player, argv[2])) {
        (void)fprintf(stderr, "wire_player: no pseudo-terminal, or %s can't be made: %s\n", argv[2],
                      strerror(errno));
        free(recording.rows);
        return 1;
    }
    (void)fprintf(stderr, "wire_player: %s: %zu samples, %.1f Hz, %d sensor(s); waiting on %s\n", argv[1],
                  recording.count, recording.rate_hz, recording.sensors, argv[2]);
    int code = run(&player);
    (void)unlink(argv[2]);
    (void)close(player.master);
    free(recording.rows);
    return code;
}
