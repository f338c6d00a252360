/* A controller's readings become samples: pairs, times, losses, and what is no reading at all. */
#include "platform/controller_motion.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static ImuSample got[256];
static size_t got_count;

static void feed(ControllerMotion *m, MotionPart part, float value, uint64_t device_us, double arrival_s) {
    MotionReading reading = {
        .part = part, .value = { value, 0, 1 }, .device_us = device_us, .arrival_s = arrival_s
    };
    ImuSample out[MOTION_WAITING_MAX];
    size_t count = controller_motion_feed(m, &reading, out);
    assert_true(count <= MOTION_WAITING_MAX && got_count + count <= 256);
    for (size_t i = 0; i < count; i++) got[got_count++] = out[i];
}

static void begin(ControllerMotion *m) {
    controller_motion_init(m, SENSOR_MAIN, 250, false);
    got_count = 0;
}

/* Sample i has i in its first gyro value and 100 + i in its first acceleration. */
static void assert_pairs(size_t count) {
    assert_int_equal(got_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(got[i].accel[0] - got[i].gyro[0] == 100);
        assert_true(got[i].gyro[2] == 1 && got[i].accel[2] == 1);
        assert_true(i == 0 || got[i].t_s > got[i - 1].t_s);
    }
}

static void either_may_come_first(void **state) {
    (void)state;
    for (int first = 0; first < MOTION_PARTS; first++) {
        ControllerMotion m;
        begin(&m);
        for (int i = 0; i < 50; i++) {
            for (int k = 0; k < MOTION_PARTS; k++) {
                MotionPart part = (MotionPart)(first ^ k);
                feed(&m, part, (float)(part == MOTION_ACCEL ? 100 + i : i), 1000 + 4000 * (uint64_t)i,
                     7 + 0.004 * i);
            }
        }
        assert_pairs(50);
        assert_true(fabs(got[49].t_s - got[0].t_s - 49 * 0.004) < 0.0005);
        assert_int_equal(m.lost, 0);
    }
}

/* Three turns, then three accelerations, all at once and without a clock. */
static void packets_of_three_without_a_clock_are_paired_in_order(void **state) {
    (void)state;
    ControllerMotion m;
    controller_motion_init(&m, SENSOR_MAIN, 200, false);
    got_count = 0;
    for (int packet = 0; packet < 60; packet++) {
        double arrival_s = 50 + 0.015 * packet + (packet % 4 == 1 ? 0.006 : 0);
        for (int i = 0; i < 3; i++) feed(&m, MOTION_GYRO, (float)(packet % 40), 0, arrival_s);
        for (int i = 0; i < 3; i++) feed(&m, MOTION_ACCEL, (float)(100 + packet % 40), 0, arrival_s);
    }
    assert_pairs(180);
    assert_true(fabs(got[179].t_s - got[30].t_s - 149 * 0.005) < 0.02);
    /* Laid out evenly, where three came at once. */
    for (size_t i = 100; i < 180; i++) {
        double step_s = got[i].t_s - got[i - 1].t_s;
        assert_true(step_s > 0.003 && step_s < 0.008);
    }
    assert_int_equal(m.lost, 0);
}

/* One acceleration is missing: its turn is given the one before, and the next ones their own. */
static void a_missing_half_costs_no_more_than_itself(void **state) {
    (void)state;
    for (int clocked = 0; clocked < 2; clocked++) {
        ControllerMotion m;
        begin(&m);
        for (int i = 0; i < 60; i++) {
            uint64_t device_us = clocked ? 4000 * (uint64_t)(i + 1) : 0;
            double arrival_s = 3 + 0.016 * i;
            if (i != 45) feed(&m, MOTION_GYRO, (float)i, device_us, arrival_s);
            if (i != 30) feed(&m, MOTION_ACCEL, (float)(100 + i), device_us, arrival_s);
        }
        assert_int_equal(got_count, 59);
        for (size_t i = 0; i < got_count; i++) {
            float apart = got[i].accel[0] - got[i].gyro[0];
            assert_true(apart == (got[i].gyro[0] == 30 ? 99 : 100));
            assert_true(got[i].gyro[0] != 45);
        }
    }
}

static void turns_alone_make_no_samples(void **state) {
    (void)state;
    ControllerMotion m;
    begin(&m);
    for (int i = 0; i < 100; i++) feed(&m, MOTION_GYRO, 1, 4000 * (uint64_t)(i + 1), 1 + 0.004 * i);
    assert_int_equal(got_count, 0);
    assert_true(m.lost > 90);
    for (int i = 0; i < 100; i++) feed(&m, MOTION_ACCEL, 1, 4000 * (uint64_t)(i + 1), 1 + 0.004 * i);
    assert_true(got_count < 5);
}

static void what_is_no_reading_is_refused(void **state) {
    (void)state;
    static const float wrong[] = { NAN, INFINITY, -INFINITY, 1e30F, -4000 };
    ControllerMotion m;
    begin(&m);
    for (int i = 0; i < 50; i++) {
        uint64_t device_us = 4000 * (uint64_t)(i + 1);
        double arrival_s = 9 + 0.004 * i;
        feed(&m, MOTION_GYRO, wrong[i % 5], device_us, arrival_s);
        feed(&m, MOTION_ACCEL, wrong[(i + 1) % 5], device_us, arrival_s);
        feed(&m, MOTION_GYRO, (float)i, device_us, arrival_s);
        feed(&m, MOTION_ACCEL, (float)(100 + i), device_us, arrival_s);
    }
    assert_int_equal(m.bad, 100);
    assert_pairs(50);
}

static void gaps_are_counted_and_repeats_dropped(void **state) {
    (void)state;
    ControllerMotion m;
    begin(&m);
    for (int i = 0; i < 100; i++) {
        if (i == 70 || i == 71 || i == 90) continue;
        for (int twice = 0; twice < 2; twice++) {
            feed(&m, MOTION_GYRO, (float)(i % 60), 4000 * (uint64_t)(i + 1), 9 + 0.004 * i);
            feed(&m, MOTION_ACCEL, (float)(100 + i % 60), 4000 * (uint64_t)(i + 1), 9 + 0.004 * i);
        }
    }
    assert_pairs(97);
    assert_int_equal(m.lost, 3);
}

/* A clock that counts reports stands still while they are lost: a second later times are right again. */
static void a_clock_that_stood_still_is_placed_anew(void **state) {
    (void)state;
    ControllerMotion m;
    begin(&m);
    double last_s = 0, late_s = 0;
    for (int i = 0; i < 1500; i++) {
        double arrival_s = 20 + 0.005 * i + (i >= 500 ? 0.4 : 0);
        got_count = 0;
        feed(&m, MOTION_GYRO, 0, 5000 * (uint64_t)(i + 1), arrival_s);
        feed(&m, MOTION_ACCEL, 100, 5000 * (uint64_t)(i + 1), arrival_s);
        assert_int_equal(got_count, 1);
        assert_true(got[0].t_s > last_s && got[0].t_s <= arrival_s + 1e-5);
        last_s = got[0].t_s;
        late_s = arrival_s - last_s;
        if (i == 600) assert_true(late_s > 0.3);
        if (i > 1000) assert_true(late_s < 0.015);
    }
}

/* Any bits whatever, in any order: times only grow and nothing is invented. */
static void noise_is_survived(void **state) {
    (void)state;
    ControllerMotion m;
    begin(&m);
    uint64_t seed = 88172645463325252ULL;
    double last_s = -1, arrival_s = 1;
    size_t made = 0, turns = 0;
    for (int i = 0; i < 200000; i++) {
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        uint64_t device_us = seed % 5 == 0 ? 0 : seed % 7 == 0 ? seed : 1000 * (uint64_t)i;
        arrival_s += (double)(seed % 100) * 1e-4;
        got_count = 0;
        MotionPart part = (MotionPart)((seed >> 20) & 1);
        turns += part == MOTION_GYRO;
        feed(&m, part, (float)((int)(seed % 200) - 100) * 0.5F, device_us, arrival_s);
        for (size_t k = 0; k < got_count; k++, made++) {
            assert_true(got[k].t_s > last_s && got[k].t_s < arrival_s + 0.1);
            last_s = got[k].t_s;
        }
    }
    assert_true(made > 10000 && made <= turns);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(either_may_come_first),
        cmocka_unit_test(packets_of_three_without_a_clock_are_paired_in_order),
        cmocka_unit_test(a_missing_half_costs_no_more_than_itself),
        cmocka_unit_test(turns_alone_make_no_samples),
        cmocka_unit_test(what_is_no_reading_is_refused),
        cmocka_unit_test(gaps_are_counted_and_repeats_dropped),
        cmocka_unit_test(a_clock_that_stood_still_is_placed_anew),
        cmocka_unit_test(noise_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
