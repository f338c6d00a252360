#include "motion/orientation.h"
#include "motion/signal.h"
#include "motion/smoothness.h"
#include "testing.h"

#include <math.h>

#define DT_S 0.01

static ImuSample still(double t_s, double bias_dps) {
    float rate = (float)(bias_dps * DEG2RAD);
    return (ImuSample){ .t_s = t_s, .gyro = { rate, -rate, rate }, .accel = { 0, 0, 9.81F } };
}

static void a_still_sensor_learns_its_bias(void **state) {
    (void)state;
    Orientation o;
    orientation_init(&o, &orientation_config_default);
    for (int i = 0; i < 300; i++) {
        ImuSample sample = still(i * DT_S, 12);
        assert_true(orientation_feed(&o, &sample));
    }
    assert_true(orientation_at_rest(&o));
    assert_true(orientation_trusted(&o));
    assert_true(fabs(o.bias.x * RAD2DEG - 12) < 0.05);
    assert_true(vec3_length(o.rate) * RAD2DEG < 0.1);
    assert_true(acos(orientation_up(&o).z) * RAD2DEG < 0.5);
}

/* Turning about a level axis at 30 degrees a second, with the gravity that belongs to it. */
static ImuSample tilting(double t_s, double angle_rad, double rate_dps) {
    return (ImuSample){
        .t_s = t_s,
        .gyro = { 0, (float)(rate_dps * DEG2RAD), 0 },
        .accel = { (float)(-9.81 * sin(angle_rad)), 0, (float)(9.81 * cos(angle_rad)) },
    };
}

static void a_tilt_is_followed_without_lag(void **state) {
    (void)state;
    Orientation o;
    orientation_init(&o, &orientation_config_default);
    double t_s = 0, angle = 0;
    for (int i = 0; i < 300; i++, t_s += DT_S) {
        ImuSample sample = still(t_s, 0);
        (void)orientation_feed(&o, &sample);
    }
    for (int i = 0; i < 200; i++, t_s += DT_S) {
        angle += 30 * DEG2RAD * DT_S;
        ImuSample sample = tilting(t_s, angle, 30);
        (void)orientation_feed(&o, &sample);
        Vec3 up = orientation_up(&o);
        assert_true(fabs(atan2(-up.x, up.z) - angle) * RAD2DEG < 1.0);
    }
    assert_true(angle * RAD2DEG > 59);
}

static void nonsense_is_refused_and_survived(void **state) {
    (void)state;
    Orientation o;
    orientation_init(&o, &orientation_config_default);
    for (int i = 0; i < 200; i++) {
        ImuSample sample = still(i * DT_S, 0);
        (void)orientation_feed(&o, &sample);
    }
    Quat before = orientation_get(&o);
    ImuSample bad[] = { still(2.1, 0), still(2.1, 0), still(2.1, 0), still(1.0, 0), still((double)NAN, 0) };
    bad[0].gyro[1] = NAN;
    bad[1].accel[2] = INFINITY;
    bad[2].gyro[0] = 1e6F;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(orientation_feed(&o, &bad[i]));
    assert_int_equal(o.refused, 5);
    assert_true(orientation_get(&o).w == before.w);
    ImuSample late = still(30.0, 0);
    assert_true(orientation_feed(&o, &late));
    assert_false(orientation_trusted(&o)); /* after a gap, not at once */
    for (int i = 1; i < 100; i++) {
        ImuSample sample = still(30.0 + i * DT_S, 0);
        (void)orientation_feed(&o, &sample);
    }
    assert_true(orientation_trusted(&o));
}

static void a_slow_turn_is_not_taken_for_bias(void **state) {
    (void)state;
    Orientation o;
    orientation_init(&o, &orientation_config_default);
    double t_s = 0, angle = 0;
    for (int i = 0; i < 500; i++, t_s += DT_S) {
        ImuSample sample = still(t_s, 1);
        (void)orientation_feed(&o, &sample);
    }
    double learnt = o.bias.y;
    for (int i = 0; i < 1000; i++, t_s += DT_S) {
        angle += 3 * DEG2RAD * DT_S;
        ImuSample sample = tilting(t_s, angle, 3);
        sample.gyro[1] += (float)(-1 * DEG2RAD);
        (void)orientation_feed(&o, &sample);
    }
    assert_true(fabs(o.bias.y - learnt) * RAD2DEG < 0.2);
}

static void smoothness_tells_a_calm_stroke_from_a_halting_one(void **state) {
    (void)state;
    double calm[150], halting[150];
    for (int i = 0; i < 150; i++) {
        double s = i / 149.0;
        calm[i] = 30 * s * s * (1 - s) * (1 - s);
        halting[i] = calm[i] * (1 + 0.9 * sin(2 * PI * 6 * s));
    }
    double a = smoothness_sparc(calm, 150, 50), b = smoothness_sparc(halting, 150, 50);
    assert_true(a < -1.3 && a > -1.7);
    assert_true(b < a - 0.3);
    /* It does not depend on how fast or how far. */
    for (int i = 0; i < 150; i++) calm[i] *= 7;
    assert_true(fabs(smoothness_sparc(calm, 150, 50) - a) < 1e-9);
}

/* A tremble that grows by little costs little, and never less than a smaller one: there is no edge to fall
 * from. */
static void smoothness_falls_by_degrees(void **state) {
    (void)state;
    double before = 0, first = 0, largest_step = 0;
    for (int step = 0; step <= 100; step++) {
        double speed[150];
        for (int i = 0; i < 150; i++) {
            double s = i / 149.0;
            speed[i] = 30 * s * s * (1 - s) * (1 - s) * (1 + 0.004 * step * sin(2 * PI * 9 * s));
        }
        double now = smoothness_sparc(speed, 150, 50);
        if (step == 0) first = now;
        if (step > 0) {
            assert_true(now < before + 0.01);
            largest_step = fmax(largest_step, before - now);
        }
        before = now;
    }
    assert_true(before < first - 0.3);
    assert_true(largest_step < 0.12);
}

/* When a stroke is sampled must not matter: the same speed, five milliseconds later. */
static void smoothness_does_not_hang_on_when_it_is_sampled(void **state) {
    (void)state;
    for (int tremble = 0; tremble <= 20; tremble++) {
        double sparc[2];
        for (int late = 0; late < 2; late++) {
            double speed[150];
            for (int i = 0; i < 150; i++) {
                double s = (i + 0.25 * late) / 150.0;
                speed[i] = 30 * s * s * (1 - s) * (1 - s) * (1 + 0.02 * tremble * sin(2 * PI * 9 * s));
            }
            sparc[late] = smoothness_sparc(speed, 150, 50);
        }
        assert_true(fabs(sparc[1] - sparc[0]) < 0.02);
    }
}

static void the_signal_waits_for_its_start_pose(void **state) {
    (void)state;
    MovementSignal signal;
    movement_signal_init(&signal, SIGNAL_TILT, 3, 1);
    double t_s = 0;
    for (int i = 0; i < 100; i++, t_s += DT_S) {
        ImuSample sample = still(t_s, 0);
        (void)movement_signal_feed(&signal, &sample);
    }
    assert_false(signal.started);
    for (int i = 0; i < 200; i++, t_s += DT_S) {
        ImuSample sample = still(t_s, 0);
        (void)movement_signal_feed(&signal, &sample);
    }
    assert_true(signal.started);
    double angle = 0;
    for (int i = 0; i < 100; i++, t_s += DT_S) {
        angle -= 20 * DEG2RAD * DT_S;
        ImuSample sample = tilting(t_s, angle, -20);
        (void)movement_signal_feed(&signal, &sample);
    }
    /* The first large movement is positive, whichever way it went in the sensor's eyes. */
    assert_true(fabs(signal.value_deg - 20) < 1);
    assert_true(fabs(movement_signal_ahead(&signal, 0.02) - signal.value_deg - 0.4) < 0.1);
    assert_true(movement_signal_ahead(&signal, 5) - signal.value_deg < 1.2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_still_sensor_learns_its_bias),
        cmocka_unit_test(a_tilt_is_followed_without_lag),
        cmocka_unit_test(nonsense_is_refused_and_survived),
        cmocka_unit_test(a_slow_turn_is_not_taken_for_bias),
        cmocka_unit_test(smoothness_tells_a_calm_stroke_from_a_halting_one),
        cmocka_unit_test(smoothness_falls_by_degrees),
        cmocka_unit_test(smoothness_does_not_hang_on_when_it_is_sampled),
        cmocka_unit_test(the_signal_waits_for_its_start_pose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
