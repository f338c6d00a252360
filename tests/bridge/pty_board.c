#include "pty_board.h"

#include "core/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define STANDARD_GRAVITY 9.80665

double pty_now_s(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void pty_sleep_ms(int ms) {
    (void)nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L }, NULL);
}

static void need(bool given, const char *what) {
    if (given) return;
    (void)fprintf(stderr, "pty_board: %s: %s\n", what, strerror(errno));
    abort();
}

static uint32_t microseconds(double seconds) {
    return (uint32_t)(uint64_t)fmod(seconds * 1e6, 4294967296.0);
}

long pty_board_write(const PtyBoard *board, const uint8_t *bytes, size_t count) {
    ssize_t sent = write(board->master, bytes, count);
    if (sent >= 0) return (long)sent;
    return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

static void say(const PtyBoard *b, const WireMessage *message) {
    uint8_t frame[WIRE_FRAME_MAX];
    size_t length = wire_encode(message, frame, sizeof frame);
    /* As on a real line: a host that does not read loses bytes. */
    if (!atomic_load(&b->mute)) (void)pty_board_write(b, frame, length);
}

static int16_t counts(float value, double range) {
    return (int16_t)lrint(fmax(-32768, fmin(32767, (double)value * 32768.0 / range)));
}

static void measure(const PtyBoard *b, unsigned place, WireSample *out) {
    if (b->motion == NULL) {
        out->gyro[0] = 16384;
        out->gyro[2] = -16384;
        out->accel[1] = 100;
        out->accel[2] = 4096;
        return;
    }
    const ImuSample *sample = &b->motion[place % b->motion_count];
    for (size_t i = 0; i < 3; i++) {
        out->gyro[i] = counts(sample->gyro[i], PTY_BOARD_GYRO_DDPS * 0.1 * DEG2RAD);
        out->accel[i] = counts(sample->accel[i], PTY_BOARD_ACCEL_MG * 0.001 * STANDARD_GRAVITY);
    }
}

static void send_samples(PtyBoard *b, uint16_t *sequence) {
    static const uint8_t rubbish[] = { 0x13, 0x00, 0x07, 0xFF, 0x02, 0x00, 0x41, 0x42 };
    *sequence = (uint16_t)(*sequence + atomic_exchange(&b->skip, 0));
    if (atomic_load(&b->noisy)) (void)pty_board_write(b, rubbish, sizeof rubbish);
    unsigned place = atomic_load(&b->sent);
    for (uint8_t sensor = 0; sensor < b->hello.sensors; sensor++) {
        WireMessage m = { .id = WIRE_SAMPLE,
                          .as.sample = { .sensor = sensor,
                                         .sequence = *sequence,
                                         .time_us = b->boot_us + microseconds(pty_now_s()) } };
        measure(b, place, &m.as.sample);
        if (sensor == 0) atomic_store(&b->sent_s[place % PTY_BOARD_SENT_MAX], pty_now_s());
        say(b, &m);
    }
    atomic_fetch_add(&b->sent, 1);
    ++*sequence;
}

static void say_status(const PtyBoard *b) {
    say(b, &(WireMessage){
               .id = WIRE_STATUS,
               .as.status = { .presses = (uint8_t)atomic_load(&b->presses), .battery_permille = 810 } });
}

static void obey(PtyBoard *b, const WireMessage *message, bool *streaming, double *next_s) {
    switch (message->id) {
    case WIRE_ASK_HELLO: atomic_fetch_add(&b->asked, 1); break;
    case WIRE_START:
        atomic_fetch_add(&b->starts, 1);
        if (atomic_exchange(&b->deaf_once, false)) return;
        if (!*streaming) *next_s = pty_now_s();
        *streaming = true;
        break;
    case WIRE_STOP:
        atomic_fetch_add(&b->stops, 1);
        *streaming = false;
        return;
    case WIRE_BUZZ:
        atomic_store(&b->buzzed_ms, message->as.buzz.duration_ms);
        atomic_fetch_add(&b->buzzes, 1);
        return;
    default: return;
    }
    say(b, &(WireMessage){ .id = WIRE_HELLO, .as.hello = b->hello });
    say_status(b);
}

static void *run(void *self) {
    PtyBoard *b = self;
    WireDecoder decoder;
    wire_decoder_init(&decoder);
    bool streaming = false;
    uint16_t sequence = 65500; /* wraps soon */
    unsigned presses = atomic_load(&b->presses);
    double next_s = pty_now_s();
    while (!atomic_load(&b->stop)) {
        struct pollfd ready = { .fd = b->master, .events = POLLIN };
        uint8_t bytes[256];
        ssize_t count = poll(&ready, 1, 1) > 0 ? read(b->master, bytes, sizeof bytes) : 0;
        WireMessage message;
        for (ssize_t i = 0; i < count; i++) {
            if (wire_decoder_feed(&decoder, bytes[i], &message)) obey(b, &message, &streaming, &next_s);
        }
        if (presses != atomic_load(&b->presses)) {
            presses = atomic_load(&b->presses);
            say_status(b);
        }
        if (!streaming || pty_now_s() < next_s) continue;
        next_s = fmax(next_s + 1.0 / b->hello.rate_hz, pty_now_s() - 0.1);
        send_samples(b, &sequence);
    }
    return NULL;
}

void pty_board_plug_in(PtyBoard *b, const char *link, uint8_t sensors, uint16_t rate_hz) {
    memset(b, 0, sizeof *b);
    (void)snprintf(b->link, sizeof b->link, "%s", link);
    b->hello = (WireHello){ .version_major = WIRE_VERSION_MAJOR,
                            .firmware = { 0, 3, 1 },
                            .features = WIRE_HAS_BATTERY | WIRE_HAS_BUTTON | WIRE_HAS_BUZZER,
                            .sensors = sensors,
                            .gyro_range_ddps = PTY_BOARD_GYRO_DDPS,
                            .accel_range_mg = PTY_BOARD_ACCEL_MG,
                            .rate_hz = rate_hz,
                            .serial = { 1, 2, 3, 4, 5, 6, 7, 0xAB },
                            .board = "Test\x1B",
                            .sensor_model = "MPU-6050" };
    b->boot_us = 0u - microseconds(pty_now_s()) - 500000u; /* wraps within the first second */
    b->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    need(b->master >= 0 && grantpt(b->master) == 0 && unlockpt(b->master) == 0, "no pseudo-terminal");
    const char *slave = ptsname(b->master);
    need(slave != NULL, "no pseudo-terminal");
    b->slave = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct termios mode;
    need(b->slave >= 0 && tcgetattr(b->slave, &mode) == 0, slave);
    cfmakeraw(&mode);
    need(tcsetattr(b->slave, TCSANOW, &mode) == 0 && fcntl(b->master, F_SETFL, O_NONBLOCK) == 0, slave);
    (void)unlink(link);
    need(symlink(slave, link) == 0, link);
}

void pty_board_switch_on(PtyBoard *b) {
    need(pthread_create(&b->thread, NULL, run, b) == 0, "no thread");
    b->runs = true;
}

void pty_board_unplug(PtyBoard *b) {
    atomic_store(&b->stop, true);
    if (b->runs) (void)pthread_join(b->thread, NULL);
    b->runs = false;
    (void)close(b->slave);
    (void)close(b->master);
    (void)unlink(b->link);
}
