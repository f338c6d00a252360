/* Plays a recording as if a sensor sent it: a pseudo-terminal that answers and streams in the wire protocol,
 * or streams as somebody else's sensor.
 *
 *     wire_player RECORDING.csv LINKPATH [--speed X] [--from T] [--steps] [--as KIND] [--baud B] [--damage S]
 *
 * LINKPATH becomes a link to open, as in --input serial:LINKPATH. Nothing is sent before START. Then come
 * three seconds of the recording's first still second (over and over), the recording at its own pace (or X
 * times as fast, its turns then as much faster), and its last values with the gyro as it was at rest, until
 * the host hangs up or the player is killed. --from T leaves out all before second T of the recording.
 * --steps keeps still, and each line on standard input, a number T, lets it play on up to second T; so a
 * script can move when it is asked to, as a person does; the line "press" presses the board's button. --as
 * speaks a
 * format of foreign.h as soon as a host has opened and said a byte; where the host does not listen at --baud,
 * it hears what a UART would; --damage changes that share of all bytes. What it does is said on standard
 * error. */
#include "foreign.h"

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

/* What the gyro of `sensor` says of stillness: its bias. */
static void find_rest(const Recording *r, size_t from, size_t to, int sensor, double rest[3]) {
    size_t count = 0;
    rest[0] = rest[1] = rest[2] = 0;
    for (size_t i = from; i < to; i++) count += r->rows[i].sensor == sensor;
    for (size_t i = from; i < to; i++) {
        for (size_t k = 0; k < 3 && r->rows[i].sensor == sensor; k++)
            rest[k] += r->rows[i].value[k] / (double)count;
    }
}

/* ---- The board ---- */

/* What comes next: the lead-in's still second, the recording, or its values of now, held. */
typedef enum Phase { PHASE_LEAD, PHASE_PLAY, PHASE_HOLD } Phase;

/* A place in the stream. Stream time runs from START; recording time from the recording's first row. */
typedef struct Place {
    bool leading;
    size_t lead, next, held; /* rows: of the lead-in sent, of the recording to send, of this hold sent */
    double shift_s;          /* stream time less recording time */
    double hold_from_s;      /* stream time of the last row before this hold */
} Place;

typedef struct Player {
    const Recording *recording;
    int master;
    double speed, from_s;
    bool steps;
    double allowed_s; /* recording time up to which it plays */
    bool streaming;
    double began_s; /* of the stream, program time */
    size_t still_from, still_to;
    double rest[2][3];
    Place place;
    bool is_foreign;
    Foreign foreign;
    int baud;
    double damage;
    uint32_t dice;
    uint16_t sequence[2];
    uint8_t presses;
    uint64_t sent;
    size_t typed;
    char line[64]; /* of standard input, so far */
} Player;

static bool say(const Player *p, const WireMessage *message) {
    uint8_t frame[WIRE_FRAME_MAX];
    size_t length = wire_encode(message, frame, sizeof frame);
    return write(p->master, frame, length) == (ssize_t)length;
}

static int16_t counts(double value, double range) {
    return (int16_t)lrint(fmax(-32768, fmin(32767, value * 32768.0 / range)));
}

static int hears_baud(const Player *p) {
    static const struct {
        speed_t speed;
        int baud;
    } speeds[] = { { B9600, 9600 },     { B19200, 19200 },   { B38400, 38400 },   { B57600, 57600 },
                   { B115200, 115200 }, { B230400, 230400 }, { B460800, 460800 }, { B921600, 921600 } };
    struct termios mode;
    if (tcgetattr(p->master, &mode) != 0) return 0;
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (cfgetospeed(&mode) == speeds[i].speed) return speeds[i].baud;
    }
    return 0;
}

static uint32_t roll(Player *p) {
    p->dice = p->dice * 1664525u + 1013904223u;
    return p->dice >> 8;
}

static void send_foreign(Player *p, const Row *row, double t_s) {
    uint8_t sent[FOREIGN_MOST], heard[16 * FOREIGN_MOST];
    ImuSample sample = { .t_s = t_s };
    if (row->sensor != 0) return;
    for (size_t i = 0; i < 3; i++) {
        sample.gyro[i] = (float)(row->value[i] * p->speed);
        sample.accel[i] = (float)row->value[3 + i];
    }
    size_t count = foreign_encode(&p->foreign, &sample, sent);
    int baud = hears_baud(p);
    if (baud != p->baud && p->baud != 0 && baud != 0)
        count = foreign_misheard(sent, count, p->baud, baud, heard, sizeof heard);
    else
        memcpy(heard, sent, count);
    for (size_t i = 0; i < count; i++) {
        if (roll(p) % 100000 < p->damage * 100000) heard[i] ^= (uint8_t)(1 + roll(p) % 255);
    }
    p->sent += write(p->master, heard, count) == (ssize_t)count;
}

static void send_row(Player *p, const Row *row, double t_s) {
    if (p->is_foreign) {
        send_foreign(p, row, t_s);
        return;
    }
    WireMessage m = { .id = WIRE_SAMPLE,
                      .as.sample = { .sensor = row->sensor,
                                     .sequence = p->sequence[row->sensor]++,
                                     .time_us = (uint32_t)(uint64_t)(t_s * 1e6) } };
    for (size_t i = 0; i < 3; i++) {
        m.as.sample.gyro[i] = counts(row->value[i] * p->speed, GYRO_RANGE_DPS * DEG2RAD);
        m.as.sample.accel[i] = counts(row->value[3 + i], ACCEL_RANGE_G * STANDARD_GRAVITY);
    }
    p->sent += say(p, &m);
}

static double recording_time(const Recording *r, size_t row) {
    return r->rows[row].t_s - r->rows[0].t_s;
}

static size_t still_count(const Player *p) {
    return p->still_to > p->still_from ? p->still_to - p->still_from : 1;
}

static double still_time(const Player *p) {
    return (double)still_count(p) / (p->recording->rate_hz * p->recording->sensors);
}

static Phase phase_of(const Player *p) {
    const Place *at = &p->place;
    if (at->leading) return PHASE_LEAD;
    bool more = at->next < p->recording->count && recording_time(p->recording, at->next) <= p->allowed_s;
    return more ? PHASE_PLAY : PHASE_HOLD;
}

/* The newest values of the sensor whose turn it is, without its turning. */
static Row held_row(const Player *p) {
    const Recording *r = p->recording;
    uint8_t sensor = (uint8_t)(p->place.held % (size_t)r->sensors);
    size_t i = p->place.next;
    while (i > 0 && r->rows[i - 1].sensor != sensor) i--;
    Row row = r->rows[i > 0 ? i - 1 : 0];
    row.sensor = sensor;
    for (size_t k = 0; k < 3; k++) row.value[k] = p->rest[sensor][k];
    return row;
}

/* The next row of the stream and its time. */
static Row next_row(const Player *p, double *t_s) {
    const Recording *r = p->recording;
    const Place *at = &p->place;
    size_t still = still_count(p);
    switch (phase_of(p)) {
    case PHASE_LEAD:
        *t_s = (double)at->lead / (double)still * still_time(p);
        return r->rows[p->still_from + at->lead % still];
    case PHASE_PLAY: *t_s = at->shift_s + recording_time(r, at->next); return r->rows[at->next];
    case PHASE_HOLD: break;
    }
    size_t round = at->held / (size_t)r->sensors + 1;
    *t_s = at->hold_from_s + (double)round / r->rate_hz;
    return held_row(p);
}

static void announce_hold(const Player *p) {
    const Recording *r = p->recording;
    if (p->place.next == r->count)
        (void)fprintf(stderr, "wire_player: the recording is over, now at rest\n");
    else
        (void)fprintf(stderr, "wire_player: holding at %.2f s\n", recording_time(r, p->place.next));
}

/* Past the row that next_row gave. */
static void advance(Player *p, double t_s) {
    const Recording *r = p->recording;
    Place *at = &p->place;
    size_t still = still_count(p);
    switch (phase_of(p)) {
    case PHASE_LEAD:
        at->lead++;
        at->shift_s = (double)at->lead / (double)still * still_time(p);
        /* The still second is played out before the recording begins. */
        at->leading = at->lead % still != 0 || at->shift_s < LEAD_S || p->allowed_s <= 0;
        break;
    case PHASE_PLAY:
        at->hold_from_s = t_s;
        at->held = 0;
        at->next++;
        if (phase_of(p) == PHASE_HOLD) announce_hold(p);
        break;
    case PHASE_HOLD:
        at->held++;
        if (at->next < r->count) at->shift_s = t_s + 1 / r->rate_hz - recording_time(r, at->next);
        break;
    }
}

static void begin_stream(Player *p) {
    size_t next = row_at(p->recording, p->recording->rows[0].t_s + p->from_s);
    p->place = (Place){ .leading = p->from_s <= 0, .next = next };
    if (next < p->recording->count) p->place.shift_s = -recording_time(p->recording, next);
    p->began_s = now();
}

static void hello(const Player *p) {
    double rate_hz = fmax(10, fmin(2000, p->recording->rate_hz * p->speed));
    WireMessage m = { .id = WIRE_HELLO,
                      .as.hello = { .version_major = WIRE_VERSION_MAJOR,
                                    .version_minor = WIRE_VERSION_MINOR,
                                    .firmware = { 0, 1, 0 },
                                    .features = WIRE_HAS_BUTTON | WIRE_HAS_BUZZER,
                                    .sensors = (uint8_t)p->recording->sensors,
                                    .gyro_range_ddps = (uint16_t)(GYRO_RANGE_DPS * 10),
                                    .accel_range_mg = (uint16_t)(ACCEL_RANGE_G * 1000),
                                    .rate_hz = (uint16_t)lrint(rate_hz),
                                    .board = "Recording",
                                    .sensor_model = "wire_player" } };
    (void)say(p, &m);
}

static void say_status(const Player *p) {
    (void)say(p, &(WireMessage){
                     .id = WIRE_STATUS,
                     .as.status = { .presses = p->presses, .battery_permille = WIRE_BATTERY_UNKNOWN } });
}

static void answer(Player *p, const WireMessage *m) {
    if (m->id == WIRE_ASK_HELLO) hello(p);
    if (m->id == WIRE_BUZZ) (void)fprintf(stderr, "wire_player: buzzes for %d ms\n", m->as.buzz.duration_ms);
    if (m->id == WIRE_START) {
        hello(p);
        if (!p->streaming) {
            (void)fprintf(stderr, "wire_player: started\n");
            p->streaming = true;
            begin_stream(p);
        }
        say_status(p);
    }
    if (m->id == WIRE_STOP && p->streaming) {
        (void)fprintf(stderr, "wire_player: stopped by the host after %llu samples\n",
                      (unsigned long long)p->sent);
        p->streaming = false;
    }
}

/* Sends what is due; returns how long to wait for the next, in ms. */
static int stream(Player *p) {
    double elapsed_s = (now() - p->began_s) * p->speed;
    for (;;) {
        double t_s = 0;
        Row row = next_row(p, &t_s);
        if (t_s > elapsed_s) return (int)fmin(50, ceil((t_s - elapsed_s) / p->speed * 1e3));
        send_row(p, &row, t_s / p->speed);
        advance(p, t_s);
    }
}

static void take_line(Player *p) {
    char *end = NULL;
    if (strcmp(p->line, "press") == 0) {
        p->presses++;
        say_status(p);
        return;
    }
    double allowed_s = strtod(p->line, &end);
    if (end == p->line || isnan(allowed_s)) {
        (void)fprintf(stderr, "wire_player: \"%s\" is neither a time in seconds nor \"press\"\n", p->line);
        return;
    }
    p->allowed_s = fmax(p->allowed_s, allowed_s);
}

/* False once standard input is closed. */
static bool take_typed(Player *p) {
    char bytes[64];
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    for (ssize_t i = 0; i < count; i++) {
        bool ended = bytes[i] == '\n';
        if (!ended && p->typed < sizeof p->line - 1) p->line[p->typed++] = bytes[i];
        if (!ended) continue;
        p->line[p->typed] = '\0';
        p->typed = 0;
        take_line(p);
    }
    return count > 0;
}

/* False once the host has hung up. */
static bool take_sent(Player *p, WireDecoder *decoder, bool *had_host) {
    uint8_t bytes[256];
    ssize_t count = read(p->master, bytes, sizeof bytes);
    if (count <= 0) {
        if (p->began_s > 0) return false;
        (void)poll(NULL, 0, 50); /* nobody has opened the link yet */
        return true;
    }
    if (!*had_host) (void)fprintf(stderr, "wire_player: a host asks\n");
    *had_host = true;
    if (p->is_foreign) {
        if (!p->streaming) begin_stream(p);
        p->streaming = true;
        return true;
    }
    for (ssize_t i = 0; i < count; i++) {
        WireMessage message;
        if (wire_decoder_feed(decoder, bytes[i], &message)) answer(p, &message);
    }
    return true;
}

static int run(Player *p) {
    WireDecoder decoder;
    wire_decoder_init(&decoder);
    bool had_host = false, connected = true;
    struct pollfd ready[2] = { { .fd = p->master, .events = POLLIN },
                               { .fd = p->steps ? STDIN_FILENO : -1, .events = POLLIN } };
    while (!told_to_stop && connected) {
        int wait_ms = p->streaming ? stream(p) : 50;
        if (poll(ready, 2, wait_ms) <= 0) continue;
        if (ready[1].revents != 0 && !take_typed(p)) ready[1].fd = -1;
        if (ready[0].revents != 0) connected = take_sent(p, &decoder, &had_host);
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

/* The options after the recording and the link; false for wrong ones. */
static bool read_options(Player *p, int argc, char **argv) {
    ForeignKind kind = FOREIGN_KINDS;
    for (int i = 3; i < argc; i++) {
        bool has_value = i + 1 < argc;
        if (strcmp(argv[i], "--steps") == 0)
            p->steps = true;
        else if (strcmp(argv[i], "--speed") == 0 && has_value)
            p->speed = strtod(argv[++i], NULL);
        else if (strcmp(argv[i], "--from") == 0 && has_value)
            p->from_s = strtod(argv[++i], NULL);
        else if (strcmp(argv[i], "--baud") == 0 && has_value)
            p->baud = (int)strtol(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--damage") == 0 && has_value)
            p->damage = strtod(argv[++i], NULL);
        else if (strcmp(argv[i], "--as") == 0 && has_value && foreign_from_name(argv[i + 1], &kind)) {
            p->is_foreign = true;
            foreign_init(&p->foreign, kind);
            i++;
        } else
            return false;
    }
    p->allowed_s = p->steps ? p->from_s : INFINITY;
    return argc >= 3 && p->speed > 0 && p->speed <= 100 && p->from_s >= 0;
}

int main(int argc, char **argv) {
    Player player = { .speed = 1 };
    if (!read_options(&player, argc, argv)) {
        (void)fprintf(stderr, "usage: wire_player RECORDING.csv LINKPATH [--speed X] [--from T] [--steps]\n"
                              "       [--as KIND] [--baud B] [--damage SHARE]   (X above 0, to 100; T in "
                              "seconds)\n");
        return 2;
    }
    Recording recording;
    if (!read_recording(argv[1], &recording)) return 1;
    player.recording = &recording;
    find_still(&recording, &player.still_from, &player.still_to);
    for (int sensor = 0; sensor < recording.sensors; sensor++)
        find_rest(&recording, player.still_from, player.still_to, sensor, player.rest[sensor]);
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
