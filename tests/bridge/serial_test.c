/* The serial source against a board on a pseudo-terminal: a thread of the test plays the board. */
#include "platform/serial_source.h"
#include "pty_board.h"

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { BOARD_RATE_HZ = 100 };

static char folder[] = "/tmp/backbeat-serial-XXXXXX";
static char link_path[64];

/* Reads and throws away until the state is reached; false after `patience_s`. */
static bool wait_for(Source *source, SourceState state, double patience_s, SourceStatus *status) {
    ImuSample samples[64];
    *status = (SourceStatus){ 0 };
    for (double until_s = pty_now_s() + patience_s; pty_now_s() < until_s; pty_sleep_ms(5)) {
        while (source->read(source->self, pty_now_s(), samples, 64) > 0) {
        }
        source->status(source->self, pty_now_s(), status);
        if (status->state == state) return true;
    }
    return false;
}

static void samples_come_in_units_and_in_time(void **state) {
    (void)state;
    PtyBoard board;
    pty_board_plug_in(&board, link_path, 2, BOARD_RATE_HZ);
    atomic_store(&board.deaf_once, true);
    atomic_store(&board.presses, 3);
    pty_board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    assert_true(atomic_load(&board.starts) >= 2); /* the missed one was said again */
    source.buzz(source.self, 70);

    double last_s[2] = { 0, 0 }, worst_late_s = 0;
    int count[2] = { 0, 0 };
    for (double until_s = pty_now_s() + 0.8; pty_now_s() < until_s; pty_sleep_ms(3)) {
        ImuSample sample;
        while (source.read(source.self, pty_now_s(), &sample, 1) == 1) {
            assert_true(sample.sensor < 2 && sample.t_s > last_s[sample.sensor] && sample.t_s <= pty_now_s());
            assert_true(fabs(sample.gyro[0] - 1000 * 3.14159265 / 180) < 1e-3 &&
                        fabsf(sample.gyro[2] + sample.gyro[0]) < 1e-6);
            assert_true(fabs(sample.accel[2] - 9.80665) < 1e-4 && sample.accel[0] == 0);
            if (count[sample.sensor] > 0) worst_late_s = fmax(worst_late_s, pty_now_s() - sample.t_s);
            last_s[sample.sensor] = sample.t_s;
            count[sample.sensor]++;
        }
    }
    assert_true(count[0] > 60 && abs(count[0] - count[1]) <= 1);
    assert_true(worst_late_s < 0.1);
    source.status(source.self, pty_now_s(), &status);
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
    assert_int_equal(status.presses, 0); /* those before it was opened */
    atomic_store(&board.presses, 5);
    pty_sleep_ms(100);
    source.status(source.self, pty_now_s(), &status);
    assert_int_equal(status.presses, 2);
    assert_int_equal(atomic_load(&board.buzzed_ms), 70);
    source.close(source.self);
    pty_sleep_ms(20);
    assert_int_equal(atomic_load(&board.stops), 1);
    pty_board_unplug(&board);
}

static void noise_and_gaps_are_counted(void **state) {
    (void)state;
    PtyBoard board;
    pty_board_plug_in(&board, link_path, 1, BOARD_RATE_HZ);
    atomic_store(&board.noisy, true);
    pty_board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    pty_sleep_ms(200);
    atomic_store(&board.skip, 17);
    pty_sleep_ms(200);
    source.status(source.self, pty_now_s(), &status);
    assert_int_equal(status.state, SOURCE_READY);
    assert_int_equal(status.lost_samples, 17);
    assert_true(status.bad_frames > 25);
    source.close(source.self);
    pty_board_unplug(&board);
}

static void silence_is_lost_and_mends_itself(void **state) {
    (void)state;
    PtyBoard board;
    pty_board_plug_in(&board, link_path, 1, BOARD_RATE_HZ);
    pty_board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    atomic_store(&board.mute, true);
    double began_s = pty_now_s();
    assert_true(wait_for(&source, SOURCE_LOST, 2, &status));
    assert_true(pty_now_s() - began_s > 0.4);
    assert_non_null(strstr(status.trouble, "silent"));
    atomic_store(&board.mute, false);
    assert_true(wait_for(&source, SOURCE_READY, 2, &status));
    source.close(source.self);
    pty_board_unplug(&board);
}

static void an_unplugged_board_is_found_again(void **state) {
    (void)state;
    PtyBoard board, again;
    pty_board_plug_in(&board, link_path, 1, BOARD_RATE_HZ);
    pty_board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    pty_board_unplug(&board);
    assert_true(wait_for(&source, SOURCE_LOST, 2, &status));
    if (strstr(status.trouble, "plug it in") == NULL) fail_msg("said: %s", status.trouble);
    pty_board_plug_in(&again, link_path, 1, BOARD_RATE_HZ);
    pty_board_switch_on(&again);
    assert_true(wait_for(&source, SOURCE_READY, 4, &status));
    uint32_t lost = status.lost_samples;
    assert_int_equal(lost, 0); /* what a board did not number, was not lost */
    source.close(source.self);
    pty_board_unplug(&again);
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

    PtyBoard board;
    pty_board_plug_in(&board, link_path, 1, BOARD_RATE_HZ);
    pty_board_switch_on(&board);
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
    pty_board_unplug(&board);
}

/* Opens the port of a board whose hello says `wrong`, and gives back the trouble. */
static void trouble_with(void (*wrong)(WireHello *), char *out, size_t size) {
    PtyBoard board;
    pty_board_plug_in(&board, link_path, 1, BOARD_RATE_HZ);
    wrong(&board.hello);
    pty_board_switch_on(&board);
    Source source;
    SourceStatus status;
    Error error;
    assert_int_equal(serial_source_open(&source, link_path, &error), RESULT_OK);
    assert_false(wait_for(&source, SOURCE_READY, 0.25, &status));
    assert_int_equal(status.state, SOURCE_LOOKING);
    assert_int_equal(atomic_load(&board.starts), 0);
    (void)snprintf(out, size, "%s", status.trouble);
    source.close(source.self);
    pty_board_unplug(&board);
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
    PtyBoard board;
    pty_board_plug_in(&board, link_path, 1, BOARD_RATE_HZ);
    atomic_store(&board.mute, true);
    pty_board_switch_on(&board);
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
    pty_board_unplug(&board);
}

/* ---- On which port it is, nobody knows ---- */

enum { PORTS = 3 };
static char port_paths[PORTS][80];

/* Those of the three that are plugged in. */
static size_t list_ports(SerialPortInfo *out, size_t capacity) {
    size_t count = 0;
    for (int i = 0; i < PORTS && count < capacity; i++) {
        if (access(port_paths[i], F_OK) != 0) continue;
        out[count] = (SerialPortInfo){ .usb_vid = 0x1A86 };
        (void)snprintf(out[count++].path, sizeof out->path, "%s", port_paths[i]);
    }
    return count;
}

static void assert_on(const Source *source, int port) {
    SerialDevice device;
    assert_true(serial_source_device(source, &device));
    assert_string_equal(device.port, port_paths[port]);
}

static void plug_in_at(PtyBoard *board, int port, uint8_t last_of_serial) {
    pty_board_plug_in(board, port_paths[port], 1, BOARD_RATE_HZ);
    board->hello.serial[7] = last_of_serial;
    pty_board_switch_on(board);
}

/* It comes back under another name while another sensor sits on a port of its own: that one is waited out,
 * and taken only where ours stays away. */
static void a_sensor_is_known_by_its_serial_number(void **state) {
    (void)state;
    PtyBoard ours, other;
    Source source;
    SourceStatus status;
    Error error;
    for (int i = 0; i < PORTS; i++) (void)snprintf(port_paths[i], sizeof *port_paths, "%s/usb%d", folder, i);
    plug_in_at(&ours, 1, 0xAB);
    assert_int_equal(serial_source_open_among(&source, list_ports, &error), RESULT_OK);
    assert_true(wait_for(&source, SOURCE_READY, 3, &status));
    assert_on(&source, 1);
    pty_board_unplug(&ours);
    plug_in_at(&other, 0, 0xCD);
    assert_true(wait_for(&source, SOURCE_LOST, 2, &status));
    assert_false(wait_for(&source, SOURCE_READY, 0.8, &status));
    plug_in_at(&ours, 2, 0xAB);
    assert_true(wait_for(&source, SOURCE_READY, 1.2, &status));
    assert_on(&source, 2);
    pty_board_unplug(&ours);
    assert_true(wait_for(&source, SOURCE_LOST, 2, &status));
    assert_true(wait_for(&source, SOURCE_READY, 4, &status));
    assert_on(&source, 0);
    source.close(source.self);
    pty_board_unplug(&other);
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
        cmocka_unit_test(a_sensor_is_known_by_its_serial_number),
        cmocka_unit_test(looking_everywhere_goes_on),
    };
    return cmocka_run_group_tests_name("serial", tests, make_folder, remove_folder);
}
