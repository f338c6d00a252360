/* The firmware as it is flashed, on an emulated ATmega328P: what leaves the UART is what the chip measured,
 * every sample of it, in order, once and rightly stamped, and no fault stops it for long. */
#include "protocol/wire.h"
#include "simulator/avr_board.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PI               3.14159265358979323846
#define STANDARD_GRAVITY 9.80665

enum { READINGS_KEPT = 64 };

/* What the chip was asked for, and when. */
typedef struct Reading {
    double at_s, gyro[3], accel[3];
} Reading;

/* One emulated sensor and what came of it. */
typedef struct Stream {
    Mpu6050 chip;
    double phase;
    Reading readings[READINGS_KEPT]; /* by their number */
    uint32_t count, gaps;
    uint16_t next;
    uint32_t time_us;
    double worst_interval_us, worst_value; /* of its 5 ms; counts */
    double stamp_low_us, stamp_high_us;    /* stamp less the time at which the burst began */
} Stream;

typedef struct Bench {
    AvrBoard *board;
    Stream stream[2];
    WireDecoder decoder;
    WireHello hello;
    WireStatus status;
    int hellos, statuses;
    double period_us;
} Bench;

static Bench bench;
static const char *firmware = FIRMWARE;
static bool by_loop; /* sampled by the Arduino loop, which may come late: only the stamps must be right */

/* Moves for ever, and is never the same. */
static void measure(void *self, double t_s, double gyro[3], double accel[3]) {
    Stream *s = self;
    Reading *r = &s->readings[s->chip.bursts % READINGS_KEPT];
    r->at_s = avr_board_now(bench.board);
    for (int k = 0; k < 3; k++) {
        r->gyro[k] = gyro[k] = 2.0 * sin((1.3 + 0.7 * k) * t_s + s->phase);
        r->accel[k] = accel[k] = STANDARD_GRAVITY * cos((0.9 + 0.3 * k) * t_s + s->phase);
    }
}

static void take_sample(Stream *s, const WireSample *m) {
    const Reading *r = &s->readings[s->count % READINGS_KEPT];
    double stamp_us = m->time_us - 1e6 * r->at_s;
    if (s->count == 0) s->stamp_low_us = s->stamp_high_us = stamp_us;
    s->stamp_low_us = fmin(s->stamp_low_us, stamp_us);
    s->stamp_high_us = fmax(s->stamp_high_us, stamp_us);
    if (s->count > 0) {
        s->gaps += m->sequence != s->next;
        double off_us = fabs((double)(m->time_us - s->time_us) - bench.period_us);
        if (m->sequence == s->next) s->worst_interval_us = fmax(s->worst_interval_us, off_us);
    }
    for (int k = 0; k < 3; k++) {
        double gyro = r->gyro[k] * 180 / PI * 327680 / bench.hello.gyro_range_ddps;
        double accel = r->accel[k] / STANDARD_GRAVITY * 32768000 / bench.hello.accel_range_mg;
        s->worst_value = fmax(s->worst_value, fmax(fabs(gyro - m->gyro[k]), fabs(accel - m->accel[k])));
    }
    s->count++;
    s->next = (uint16_t)(m->sequence + 1);
    s->time_us = m->time_us;
}

static void hear(void *self, uint8_t byte) {
    Bench *b = self;
    WireMessage m;
    if (!wire_decoder_feed(&b->decoder, byte, &m)) return;
    if (m.id == WIRE_HELLO) {
        b->hello = m.as.hello;
        b->hellos++;
    }
    if (m.id == WIRE_STATUS) {
        b->status = m.as.status;
        b->statuses++;
    }
    if (m.id == WIRE_SAMPLE && m.as.sample.sensor < 2)
        take_sample(&b->stream[m.as.sample.sensor], &m.as.sample);
}

static void open_bench(size_t sensors) {
    memset(&bench, 0, sizeof bench);
    wire_decoder_init(&bench.decoder);
    bench.period_us = 5000;
    Mpu6050 *chips[2];
    for (int i = 0; i < 2; i++) {
        bench.stream[i].phase = i;
        chips[i] = &bench.stream[i].chip;
        mpu6050_init(chips[i], (uint8_t)(0x68 + i), measure, &bench.stream[i]);
    }
    Error error;
    if (avr_board_open(&bench.board, firmware, chips, sensors, hear, &bench, &error) != RESULT_OK)
        fail_msg("%s", error.text);
}

static void run(double seconds) {
    assert_true(avr_board_run(bench.board, avr_board_now(bench.board) + seconds));
}

static void ask(WireMessage m) {
    uint8_t frame[WIRE_FRAME_MAX];
    size_t length = wire_encode(&m, frame, sizeof frame);
    assert_int_equal(avr_board_send(bench.board, frame, length), length);
}

static void start(uint16_t rate_hz) {
    bench.period_us = 1e6 / rate_hz;
    ask((WireMessage){ .id = WIRE_START, .as.start.rate_hz = rate_hz });
}

static void boot(size_t sensors) {
    open_bench(sensors);
    run(1);
    assert_int_equal(bench.hellos, 1);
    assert_int_equal(bench.hello.sensors, sensors);
    assert_string_equal(bench.hello.sensor_model, "MPU-6050");
    assert_string_equal(bench.hello.board, by_loop ? "Arduino" : "ATmega328P");
    assert_int_equal(bench.stream[0].count, 0);
}

static void close_bench(void) {
    AvrBoardMemory memory = avr_board_memory(bench.board);
    assert_true(memory.variables > 256 && memory.stack > 64);
    assert_true(memory.variables + memory.stack < (by_loop ? 1280 : 1024));
    avr_board_close(bench.board);
}

static void check_all_arrived(const char *what, double seconds) {
    for (int i = 0; i < bench.hello.sensors; i++) {
        const Stream *s = &bench.stream[i];
        double spread_us = s->stamp_high_us - s->stamp_low_us;
        (void)printf("%s, sensor %d: %u of %llu readings arrived, %u gaps; intervals within %.1f us, stamps "
                     "within %.1f us of "
                     "the readings, values within %.2f counts\n",
                     what, i, s->count, (unsigned long long)s->chip.bursts, s->gaps, s->worst_interval_us,
                     spread_us, s->worst_value);
        assert_true(fabs(s->count - seconds * 1e6 / bench.period_us) <= 3);
        assert_in_range(s->chip.bursts - s->count, 0, 1); /* one may be on its way */
        assert_int_equal(s->gaps, 0);
        assert_int_equal(s->next, s->count & 0xFFFF);
        assert_true(s->worst_interval_us < (by_loop ? 1000 : 50));
        assert_true(spread_us < 50);
        assert_true(s->worst_value <= 0.51);
    }
    assert_int_equal(wire_decoder_bad(&bench.decoder), 0);
    assert_int_equal(bench.status.errors, 0);
}

static void a_minute_at_200_hz_arrives_whole(void **state) {
    (void)state;
    boot(1);
    start(200);
    int seconds = by_loop ? 15 : 60; /* a loop that never sleeps takes long to emulate */
    run(seconds);
    check_all_arrived("200 Hz", seconds);
    assert_in_range(bench.statuses, seconds - 1, seconds + 2);
    AvrBoardMemory memory = avr_board_memory(bench.board);
    (void)printf("ATmega328P: flash %u bytes, RAM %u (variables %u, stack at most %u)\n", memory.flash,
                 memory.variables + memory.stack, memory.variables, memory.stack);
    assert_in_range(memory.flash, 1024, 12 * 1024);
    close_bench();
}

static void two_sensors_at_200_hz_arrive_whole(void **state) {
    (void)state;
    boot(2);
    start(200);
    run(10);
    check_all_arrived("two sensors", 10);
    close_bench();
}

static void one_sensor_at_400_hz_arrives_whole(void **state) {
    (void)state;
    boot(1);
    start(400);
    run(10);
    check_all_arrived("400 Hz", 10);
    close_bench();
}

static void a_flood_from_the_host_disturbs_nothing(void **state) {
    (void)state;
    boot(1);
    start(200);
    run(1);
    uint32_t noise = 7;
    for (int i = 0; i < 4000; i++) {
        noise = noise * 1664525u + 1013904223u;
        uint8_t byte = (uint8_t)(noise >> 24);
        (void)avr_board_send(bench.board, &byte, 1);
        run(0.001);
        if (i % 2 == 0) ask((WireMessage){ .id = WIRE_STATUS }); /* as a board would: means nothing to one */
    }
    check_all_arrived("flooded", 5);
    ask((WireMessage){ .id = WIRE_STOP });
    ask((WireMessage){ .id = WIRE_STOP });
    run(0.5);
    uint32_t count = bench.stream[0].count;
    run(0.5);
    assert_int_equal(bench.stream[0].count, count);
    close_bench();
}

static void a_sensor_pulled_out_and_back_goes_on(void **state) {
    (void)state;
    boot(1);
    start(200);
    Stream *s = &bench.stream[0];
    for (int round = 0; round < 20; round++) {
        run(0.5 + 0.0013 * round); /* in the middle of a transfer, now and then */
        assert_int_equal(bench.status.errors, 0);
        mpu6050_plug(&s->chip, false);
        run(0.3);
        assert_int_equal(bench.status.errors, WIRE_ERROR_SENSOR_0);
        uint32_t count = s->count;
        run(0.3);
        assert_int_equal(s->count, count);
        mpu6050_plug(&s->chip, true);
        run(0.4);
        assert_int_equal(bench.status.errors, 0);
        assert_true(s->count > count + 20);
    }
    assert_int_equal(wire_decoder_bad(&bench.decoder), 0);
    assert_true(s->worst_interval_us < (by_loop ? 1000 : 50));
    close_bench();
}

static void a_chip_whose_supply_failed_is_set_up_again(void **state) {
    (void)state;
    boot(1);
    start(200);
    run(0.5);
    mpu6050_plug(&bench.stream[0].chip, true); /* back at once, asleep */
    run(1);
    assert_int_equal(bench.stream[0].chip.reg[0x6B], 0x01);
    uint32_t count = bench.stream[0].count;
    run(1);
    assert_in_range(bench.stream[0].count - count, 199, 201);
    assert_int_equal(bench.status.errors, 0);
    close_bench();
}

static void a_held_bus_is_freed(void **state) {
    (void)state;
    boot(1);
    start(200);
    for (int pulses = 1; pulses <= 9; pulses++) {
        run(0.2 + 0.0007 * pulses);
        avr_board_hang_bus(bench.board, pulses);
        run(0.1);
        assert_false(avr_board_bus_hangs(bench.board));
        uint32_t count = bench.stream[0].count;
        run(0.2);
        assert_in_range(bench.stream[0].count - count, 39, 41);
    }
    avr_board_hang_bus(bench.board, 1000000000);
    run(0.5);
    assert_int_equal(bench.status.errors, WIRE_ERROR_SENSOR_0);
    uint32_t count = bench.stream[0].count;
    run(0.5);
    assert_int_equal(bench.stream[0].count, count);
    avr_board_hang_bus(bench.board, 3);
    run(1);
    assert_int_equal(bench.status.errors, 0);
    assert_true(bench.stream[0].count > count + 100);
    assert_int_equal(wire_decoder_bad(&bench.decoder), 0);
    close_bench();
}

static void the_second_sensor_may_come_and_go(void **state) {
    (void)state;
    boot(2);
    start(200);
    run(0.5);
    mpu6050_plug(&bench.stream[1].chip, false);
    run(1);
    assert_int_equal(bench.status.errors, WIRE_ERROR_SENSOR_1);
    uint32_t count = bench.stream[1].count;
    mpu6050_plug(&bench.stream[1].chip, true);
    run(1);
    assert_int_equal(bench.status.errors, 0);
    assert_true(bench.stream[1].count > count + 100);
    /* The first goes on all the while; a change of what is read may cost it a reading's phase, not a number.
     */
    assert_in_range(bench.stream[0].count, 490, 500);
    assert_true(bench.stream[0].gaps == 0);
    close_bench();
}

static void a_reset_begins_again(void **state) {
    (void)state;
    boot(1);
    start(200);
    run(2);
    uint32_t before_us = bench.stream[0].time_us;
    avr_board_reset(bench.board);
    bench.hellos = 0;
    uint32_t count = bench.stream[0].count;
    run(1);
    assert_int_equal(bench.hellos, 1);
    assert_int_equal(bench.stream[0].count, count);
    start(200);
    run(0.3);
    assert_true(bench.stream[0].count > count + 40);
    assert_true(bench.stream[0].time_us < before_us);
    close_bench();
}

/* How often the LED changed in a while. */
static int blinks(double seconds) {
    int changes = 0;
    for (int i = 0; i < 200; i++) {
        bool before = avr_board_led(bench.board);
        run(seconds / 200);
        changes += before != avr_board_led(bench.board);
    }
    return changes;
}

static void light_buzzer_and_button_do_their_work(void **state) {
    (void)state;
    boot(1);
    assert_in_range(blinks(4), 3, 5);
    start(200);
    run(0.1);
    assert_int_equal(blinks(2), 0);
    assert_true(avr_board_led(bench.board));
    ask((WireMessage){ .id = WIRE_IDENTIFY, .as.identify.duration_ms = 900 });
    run(0.05);
    assert_in_range(blinks(0.8), 16, 22);
    ask((WireMessage){ .id = WIRE_BUZZ, .as.buzz.duration_ms = 30 });
    run(0.02);
    assert_true(avr_board_buzzer(bench.board));
    run(0.03);
    assert_false(avr_board_buzzer(bench.board));
    for (int press = 1; press <= 3; press++) {
        for (int i = 0; i < 5; i++) { /* it bounces */
            avr_board_press(bench.board, i % 2 == 0);
            run(0.002);
        }
        run(0.05);
        assert_int_equal(bench.status.presses, press);
        assert_int_equal(bench.status.buttons, WIRE_BUTTON_DOWN);
        avr_board_press(bench.board, false);
        run(0.05);
        assert_int_equal(bench.status.buttons, 0);
    }
    mpu6050_plug(&bench.stream[0].chip, false);
    run(0.1);
    assert_in_range(blinks(2), 14, 17);
    close_bench();
}

/* simulator_test [FIRMWARE.elf [loop]]: another firmware, maybe one that samples by the Arduino loop, of
 * which less is asked. */
int main(int argc, char **argv) {
    if (argc > 1) firmware = argv[1];
    by_loop = argc > 2 && strcmp(argv[2], "loop") == 0;
    if (by_loop) {
        const struct CMUnitTest arduino_tests[] = {
            cmocka_unit_test(a_minute_at_200_hz_arrives_whole),
            cmocka_unit_test(a_sensor_pulled_out_and_back_goes_on),
            cmocka_unit_test(a_chip_whose_supply_failed_is_set_up_again),
            cmocka_unit_test(a_held_bus_is_freed),
            cmocka_unit_test(the_second_sensor_may_come_and_go),
            cmocka_unit_test(a_reset_begins_again),
            cmocka_unit_test(light_buzzer_and_button_do_their_work),
        };
        return cmocka_run_group_tests(arduino_tests, NULL, NULL);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_minute_at_200_hz_arrives_whole),
        cmocka_unit_test(two_sensors_at_200_hz_arrive_whole),
        cmocka_unit_test(one_sensor_at_400_hz_arrives_whole),
        cmocka_unit_test(a_flood_from_the_host_disturbs_nothing),
        cmocka_unit_test(a_sensor_pulled_out_and_back_goes_on),
        cmocka_unit_test(a_chip_whose_supply_failed_is_set_up_again),
        cmocka_unit_test(a_held_bus_is_freed),
        cmocka_unit_test(the_second_sensor_may_come_and_go),
        cmocka_unit_test(a_reset_begins_again),
        cmocka_unit_test(light_buzzer_and_button_do_their_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
