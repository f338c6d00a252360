/* The serial source against a board on a pseudo-terminal: a thread of the test plays the board. */
#include "platform/serial_source.h"
#include "protocol/wire.h"

#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { BOARD_RATE_HZ = 100 };

static double now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void sleep_ms(int ms) {
    (void)nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L }, NULL);
}

static char folder[] = "/tmp/backbeat-serial-XXXXXX";
static char link_path[64];

typedef struct Board {
    int master, slave;
    pthread_t thread;
    WireHello hello;
    atomic_bool stop;
    atomic_bool mute;      /* says nothing at all */
    atomic_bool noisy;     /* rubbish between the frames */
    atomic_bool deaf_once; /* misses the first START */
    atomic_uint skip;      /* leave out so many samples, once */
    atomic_uint sent, buzzed_ms, stops, starts, asked;
    uint32_t boot_us;
} Board;

static void board_say(Board *b, const WireMessage *message) {
    uint8_t frame[WIRE_FRAME_MAX];
    size_t length = wire_encode(message, frame, sizeof frame);
    if (!atomic_load(&b->mute)) assert_true(write(b->master, frame, length) == (ssize_t)length);
}

static void board_sample(Board *b, uint16_t *sequence, double now_s) {
    static const uint8_t rubbish[] = { 0x13, 0x00, 0x07, 0xFF, 0x02, 0x00, 0x41, 0x42 };
    *sequence = (uint16_t)(*sequence + atomic_exchange(&b->skip, 0));
    if (atomic_load(&b->noisy)) assert_true(write(b->master, rubbish, sizeof rubbish) == sizeof rubbish);
    for (uint8_t sensor = 0; sensor < b->hello.sensors; sensor++) {
        board_say(b, &(WireMessage){ .id = WIRE_SAMPLE,
                                     .as.sample = { .sensor = sensor,
                                                    .sequence = *sequence,
                                                    .time_us = b->boot_us + (uint32_t)(uint64_t)fmod(
                                                                                now_s * 1e6, 4294967296.0),
                                                    .gyro = { 16384, 0, -16384 },
                                                    .accel = { 0, 100, 4096 } } });
    }
    atomic_fetch_add(&b->sent, 1);
    ++*sequence;
}

static void *board_run(void *self) {
    Board *b = self;
    WireDecoder decoder;
    wire_decoder_init(&decoder);
    bool streaming = false;
    uint16_t sequence = 65500; /* wraps soon */
    double next_s = now();
    while (!atomic_load(&b->stop)) {
        struct pollfd ready = { .fd = b->master, .events = POLLIN };
        uint8_t bytes[256];
        ssize_t count = poll(&ready, 1, 2) > 0 ? read(b->master, bytes, sizeof bytes) : 0;
        WireMessage message;
        for (ssize_t i = 0; i < count; i++) {
            if (!wire_decoder_feed(&decoder, bytes[i], &message)) continue;
            if (message.id == WIRE_ASK_HELLO) atomic_fetch_add(&b->asked, 1);
            if (message.id == WIRE_START) atomic_fetch_add(&b->starts, 1);
            if (message.id == WIRE_START && atomic_exchange(&b->deaf_once, false)) continue;
            if (message.id == WIRE_START && !streaming) next_s = now();
            if (message.id == WIRE_START) streaming = true;
            if (message.id == WIRE_STOP) atomic_fetch_add(&b->stops, 1);
            if (message.id == WIRE_STOP) streaming = false;
            if (message.id == WIRE_BUZZ) atomic_store(&b->buzzed_ms, message.as.buzz.duration_ms);
            if (message.id == WIRE_ASK_HELLO || message.id == WIRE_START) {
                board_say(b, &(WireMessage){ .id = WIRE_HELLO, .as.hello = b->hello });
                board_say(b, &(WireMessage){ .id = WIRE_STATUS,
                                             .as.status = { .presses = 3, .battery_permille = 810 } });
            }
        }
        if (!streaming || now() < next_s) continue;
        next_s = fmax(next_s + 1.0 / BOARD_RATE_HZ, now() - 0.1);
        board_sample(b, &sequence, now());
    }
    return NULL;
}

static void board_plug_in(Board *b, uint8_t sensors) {
    memset(b, 0, sizeof *b);
    b->hello = (WireHello){ .version_major = WIRE_VERSION_MAJOR,
                            .firmware = { 0, 3, 1 },
                            .features = WIRE_HAS_BATTERY | WIRE_HAS_BUTTON,
                            .sensors = sensors,
                            .gyro_range_ddps = 20000,
                            .accel_range_mg = 8000,
                            .rate_hz = BOARD_RATE_HZ,
                            .serial = { 1, 2, 3, 4, 5, 6, 7, 0xAB },
                            .board = "Test\x1B",
                            .sensor_model = "MPU-6050" };
    b->boot_us = 0u - (uint32_t)(uint64_t)fmod(now() * 1e6, 4294967296.0) -
                 500000u; /* wraps within the first second */
    b->master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(b->master >= 0 && grantpt(b->master) == 0 && unlockpt(b->master) == 0);
    const char *slave = ptsname(b->master);
    assert_non_null(slave);
    b->slave = open(slave, O_RDWR | O_NOCTTY);
    struct termios mode;
    assert_int_equal(tcgetattr(b->slave, &mode), 0);
    cfmakeraw(&mode);
    assert_int_equal(tcsetattr(b->slave, TCSANOW, &mode), 0);
    (void)unlink(link_path);
    assert_int_equal(symlink(slave, link_path), 0);
}

static void board_switch_on(Board *b) {
    assert_int_equal(pthread_create(&b->thread, NULL, board_run, b), 0);
}

static void board_unplug(Board *b) {
    atomic_store(&b->stop, true);
    (void)pthread_join(b->thread, NULL);
    (void)close(b->slave);
    (void)close(b->master);
    (void)unlink(link_path);
}

/* Reads and throws away until the state is reached; false after `patience_s`. */
static bool wait_for(Source *source, SourceState state, double patience_s, SourceStatus *status) {
    ImuSample samples[64];
    *status = (SourceStatus){ 0 };
    for (double until_s = now() + patience_s; now() < until_s; sleep_ms(5)) {
        while (source->read(source->self, now(), samples, 64) > 0) {
        }
        source->status(source->self, now(), status);
        if (status->state == state) return true;
    }
    return false;
}

static void samples_come_in_units_and_in_time(void **state) {
    (void)state;
    Board board;
    board_plug_in(&board, 2);
    atomic_store(&board.deaf_once, true);
    board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    assert_true(atomic_load(&board.starts) >= 2); /* the missed one was said again */
    source.buzz(source.self, 70);

    double last_s[2] = { 0, 0 }, worst_late_s = 0;
    int count[2] = { 0, 0 };
    for (double until_s = now() + 0.8; now() < until_s; sleep_ms(3)) {
        ImuSample sample;
        while (source.read(source.self, now(), &sample, 1) == 1) {
            assert_true(sample.sensor < 2 && sample.t_s > last_s[sample.sensor] && sample.t_s <= now());
            assert_true(fabs(sample.gyro[0] - 1000 * 3.14159265 / 180) < 1e-3 &&
                        fabsf(sample.gyro[2] + sample.gyro[0]) < 1e-6);
            assert_true(fabs(sample.accel[2] - 9.80665) < 1e-4 && sample.accel[0] == 0);
            if (count[sample.sensor] > 0) worst_late_s = fmax(worst_late_s, now() - sample.t_s);
            last_s[sample.sensor] = sample.t_s;
            count[sample.sensor]++;
        }
    }
    assert_true(count[0] > 60 && abs(count[0] - count[1]) <= 1);
    assert_true(worst_late_s < 0.1);
    source.status(source.self, now(), &status);
    assert_int_equal(status.kind, INPUT_SENSOR);
    assert_int_equal(status.lost_samples, 0);
    assert_int_equal(status.bad_frames, 0);
    if (status.rate_hz < 80 || status.rate_hz > 120) fail_msg("measured %.1f Hz", (double)status.rate_hz);
    assert_string_equal(status.name, "Test? (MPU-6050)");
    assert_string_equal(status.trouble, "");
    SerialDevice device;
    assert_true(serial_source_device(&source, &device));
    assert_string_equal(device.serial, "01020304050607AB");
    assert_string_equal(device.firmware, "0.3.1");
    assert_int_equal(device.battery_permille, 810);
    assert_int_equal(device.presses, 3);
    assert_int_equal(atomic_load(&board.buzzed_ms), 70);
    source.close(source.self);
    sleep_ms(20);
    assert_int_equal(atomic_load(&board.stops), 1);
    board_unplug(&board);
}

static void noise_and_gaps_are_counted(void **state) {
    (void)state;
    Board board;
    board_plug_in(&board, 1);
    atomic_store(&board.noisy, true);
    board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    sleep_ms(200);
    atomic_store(&board.skip, 17);
    sleep_ms(200);
    source.status(source.self, now(), &status);
    assert_int_equal(status.state, SOURCE_READY);
    assert_int_equal(status.lost_samples, 17);
    assert_true(status.bad_frames > 25);
    source.close(source.self);
    board_unplug(&board);
}

static void silence_is_lost_and_mends_itself(void **state) {
    (void)state;
    Board board;
    board_plug_in(&board, 1);
    board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    atomic_store(&board.mute, true);
    double began_s = now();
    assert_true(wait_for(&source, SOURCE_LOST, 2, &status));
    assert_true(now() - began_s > 0.4);
    assert_non_null(strstr(status.trouble, "silent"));
    atomic_store(&board.mute, false);
    assert_true(wait_for(&source, SOURCE_READY, 2, &status));
    source.close(source.self);
    board_unplug(&board);
}

static void an_unplugged_board_is_found_again(void **state) {
    (void)state;
    Board board, again;
    board_plug_in(&board, 1);
    board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    board_unplug(&board);
    assert_true(wait_for(&source, SOURCE_LOST, 2, &status));
    if (strstr(status.trouble, "plug it in") == NULL) fail_msg("said: %s", status.trouble);
    board_plug_in(&again, 1);
    board_switch_on(&again);
    assert_true(wait_for(&source, SOURCE_READY, 4, &status));
    uint32_t lost = status.lost_samples;
    assert_int_equal(lost, 0); /* what a board did not number, was not lost */
    source.close(source.self);
    board_unplug(&again);
}

static void ports_that_cannot_be_opened_say_why(void **state) {
    (void)state;
    Source source;
    Error error;
    char path[96];
    assert_int_equal(serial_source_open(&source, "/dev/no-such-port", &error), RESULT_NO_DEVICE);
    assert_non_null(strstr(error.text, "does not exist"));
    assert_int_equal(serial_source_open(&source, "/dev/null", &error), RESULT_NO_DEVICE);
    assert_non_null(strstr(error.text, "not a serial port"));
    (void)snprintf(path, sizeof path, "%s/file", folder);
    (void)close(open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    assert_int_equal(serial_source_open(&source, path, &error), RESULT_NO_DEVICE);
    assert_non_null(strstr(error.text, "not a serial port"));
    (void)unlink(path);
    assert_int_equal(serial_source_open(&source, "", &error), RESULT_BAD_USAGE);

    Board board;
    board_plug_in(&board, 1);
    board_switch_on(&board);
    Source second;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_int_equal(serial_source_open(&second, link_path, &error), RESULT_NO_DEVICE);
    assert_non_null(strstr(error.text, "held by another program"));
    source.close(source.self);

    if (geteuid() != 0) {
        assert_int_equal(chmod(link_path, 0), 0);
        assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_NO_DEVICE);
        assert_non_null(strstr(error.text, "dialout"));
    }
    board_unplug(&board);
}

/* Opens the port of a board whose hello says `wrong`, and gives back the trouble. */
static void trouble_with(void (*wrong)(WireHello *), char *out, size_t size) {
    Board board;
    board_plug_in(&board, 1);
    wrong(&board.hello);
    board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_false(wait_for(&source, SOURCE_READY, 0.25, &status));
    assert_int_equal(status.state, SOURCE_LOOKING);
    assert_int_equal(atomic_load(&board.starts), 0);
    (void)snprintf(out, size, "%s", status.trouble);
    source.close(source.self);
    board_unplug(&board);
}

static void has_no_gyro_range(WireHello *h) {
    h->gyro_range_ddps = 0;
}
static void has_many_sensors(WireHello *h) {
    h->sensors = 200;
}
static void is_of_tomorrow(WireHello *h) {
    h->version_major = 2;
}

static void absurd_hellos_are_refused(void **state) {
    (void)state;
    char trouble[160];
    trouble_with(has_no_gyro_range, trouble, sizeof trouble);
    assert_non_null(strstr(trouble, "gyro range"));
    trouble_with(has_many_sensors, trouble, sizeof trouble);
    assert_non_null(strstr(trouble, "number of sensors"));
    trouble_with(is_of_tomorrow, trouble, sizeof trouble);
    assert_non_null(strstr(trouble, "protocol 2"));
}

/* A port that never speaks: asked four times a second, no more, and after four seconds the trouble has a
 * remedy. */
static void a_mute_port_says_so(void **state) {
    (void)state;
    Board board;
    board_plug_in(&board, 1);
    atomic_store(&board.mute, true);
    board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_false(wait_for(&source, SOURCE_READY, 4.2, &status));
    assert_non_null(strstr(status.trouble, "says nothing"));
    unsigned asked = atomic_load(&board.asked);
    assert_true(asked >= 12 && asked <= 19);
    atomic_store(&board.mute, false);
    assert_true(wait_for(&source, SOURCE_READY, 1, &status));
    source.close(source.self);
    board_unplug(&board);
}

static void looking_everywhere_goes_on(void **state) {
    (void)state;
    SerialPortInfo ports[32];
    size_t count = serial_ports_list(ports, 32);
    for (size_t i = 0; i < count; i++) {
        assert_true(ports[i].path[0] == '/');
        if (ports[i].usb_vid != 0) skip(); /* a test does not open what may be somebody's printer */
    }
    Source source = { 0 };
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, NULL, &error), RESULT_OK);
    assert_false(wait_for(&source, SOURCE_READY, 0.1, &status));
    assert_int_equal(status.state, SOURCE_LOOKING);
    assert_non_null(strstr(status.trouble, "plug it in"));
    source.close(source.self);
}

static int make_folder(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL) return -1;
    (void)snprintf(link_path, sizeof link_path, "%s/port", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_come_in_units_and_in_time),
        cmocka_unit_test(noise_and_gaps_are_counted),
        cmocka_unit_test(silence_is_lost_and_mends_itself),
        cmocka_unit_test(an_unplugged_board_is_found_again),
        cmocka_unit_test(ports_that_cannot_be_opened_say_why),
        cmocka_unit_test(absurd_hellos_are_refused),
        cmocka_unit_test(a_mute_port_says_so),
        cmocka_unit_test(looking_everywhere_goes_on),
    };
    return cmocka_run_group_tests_name("serial", tests, make_folder, remove_folder);
}
