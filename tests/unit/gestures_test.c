/* Knocks, held tilts and the button, on a sensor mounted any way round. */
#include "testing.h"

#include "core/rng.h"
#include "core/vec.h"
#include "input/gestures.h"

#include <math.h>

enum { TRIALS = 100, BLOWS_MAX = 4 };

typedef struct Scene {
    double blows_s[BLOWS_MAX];
    int blow_count;
    double blow_m_s2;
    double turn_dps;   /* all the time */
    double steps_hz;   /* footfalls; 0 none */
    double swing_m_s2; /* of an exercise, at 0.7 Hz */
} Scene;

/* A finger's blow: half a sine of 12 ms as the sensor's own low-pass lets it through, then a ringing strap.
 */
static double blow(double since_s) {
    if (since_s < 0 || since_s > 0.08) return 0;
    double width_s = 0.024;
    double hit = since_s < width_s ? sin(PI * since_s / width_s) : 0;
    return hit + 0.15 * exp(-since_s / 0.02) * sin(2 * PI * 40 * since_s);
}

/* How often so many knocks were told; -1 where any other number was. */
static int count_knocks(const Scene *scene, int knocks, double rate_hz, uint64_t seed) {
    Rng rng = rng_make(seed, 5);
    Quat mount = quat_from_rotation_vector(vec3_scale(rng_direction(&rng), rng_range(&rng, 0, PI)));
    Vec3 way = rng_direction(&rng), axis = rng_direction(&rng);
    double phase_s = rng_unit(&rng) / rate_hz;
    Taps taps;
    taps_init(&taps);
    int found = 0;
    for (int i = 0; i < (int)(5 * rate_hz); i++) {
        double t_s = phase_s + i / rate_hz, push = 0;
        for (int b = 0; b < scene->blow_count; b++) push += scene->blow_m_s2 * blow(t_s - scene->blows_s[b]);
        if (scene->steps_hz > 0) push += 8 * blow(fmod(t_s, 1 / scene->steps_hz));
        push += scene->swing_m_s2 * sin(2 * PI * 0.7 * t_s);
        Vec3 force = vec3_add((Vec3){ 0, 0, 9.81 }, vec3_scale(way, push));
        Vec3 felt = quat_rotate(mount, force), rate = vec3_scale(axis, scene->turn_dps * DEG2RAD);
        ImuSample sample = { .t_s = t_s };
        double f[3] = { felt.x, felt.y, felt.z }, w[3] = { rate.x, rate.y, rate.z };
        for (int k = 0; k < 3; k++) {
            sample.accel[k] = (float)(f[k] + 0.1 * rng_normal(&rng));
            sample.gyro[k] = (float)(w[k] + 0.01 * rng_normal(&rng));
        }
        int told = taps_feed(&taps, &sample);
        if (told != 0 && told != knocks) return -1;
        found += told != 0;
    }
    return found;
}

static const double rates_hz[] = { 50, 100, 200 };

/* In how many of the trials so many knocks were told, just once. */
static int count_at(Scene scene, double rate_hz, double apart_s, int blows) {
    int found = 0;
    scene.blow_count = blows;
    for (int k = 0; k < TRIALS; k++) {
        for (int b = 0; b < blows; b++) scene.blows_s[b] = 2 + 0.0013 * k + b * apart_s;
        found += count_knocks(&scene, blows, rate_hz, (uint64_t)k) == 1;
    }
    return found;
}

/* In how many trials anything at all was told. */
static int count_all(Scene scene, double apart_s, int blows) {
    int told = 0;
    scene.blow_count = blows;
    for (size_t r = 0; r < sizeof rates_hz / sizeof *rates_hz; r++) {
        for (int k = 0; k < TRIALS; k++) {
            for (int b = 0; b < blows; b++) scene.blows_s[b] = 2 + 0.0013 * k + b * apart_s;
            told += count_knocks(&scene, 0, rates_hz[r], (uint64_t)k) != 0;
        }
    }
    return told;
}

static void knocks_are_found_once(void **state) {
    (void)state;
    const double apart_s[] = { 0.16, 0.25, 0.4 }, hard_m_s2[] = { 20, 30, 60 };
    for (size_t r = 0; r < sizeof rates_hz / sizeof *rates_hz; r++) {
        for (int place = 0; place < 18; place++) {
            int blows = 2 + place / 9;
            double apart = apart_s[place / 3 % 3], hard = hard_m_s2[place % 3];
            Scene scene = { .blow_m_s2 = hard, .swing_m_s2 = 0.5 };
            int found = count_at(scene, rates_hz[r], apart, blows);
            print_message("%d at %.0f Hz, %.2f s apart, %.0f m/s^2: %d of %d\n", blows, rates_hz[r], apart,
                          hard, found, TRIALS);
            /* At 50 Hz a light blow may fall between two samples. */
            assert_in_range(found, rates_hz[r] < 100 ? TRIALS * 55 / 100 : TRIALS * 97 / 100, TRIALS);
        }
    }
}

static void other_blows_are_none(void **state) {
    (void)state;
    const Scene hard = { .blow_m_s2 = 40 };
    assert_int_equal(count_all(hard, 0.25, 1), 0); /* a bump */
    assert_int_equal(count_all(hard, 0.25, 4), 0);
    assert_int_equal(count_all(hard, 0.9, 2), 0);
    assert_int_equal(count_all((Scene){ .steps_hz = 1.9 }, 0, 0), 0);
    assert_int_equal(count_all((Scene){ .steps_hz = 3.4 }, 0, 0), 0);
    assert_int_equal(count_all((Scene){ .blow_m_s2 = 40, .turn_dps = 60 }, 0.25, 2),
                     0); /* in the middle of a turn */
}

static void bad_samples_do_no_harm(void **state) {
    (void)state;
    Taps taps;
    Tilt tilt;
    taps_init(&taps);
    tilt_init(&tilt);
    const ImuSample bad[] = {
        { .t_s = NAN },   { .t_s = 1, .accel = { NAN, 0, 0 } },      { .t_s = -1e300 },
        { .t_s = 1e300 }, { .t_s = 2, .accel = { INFINITY, 0, 0 } }, { .t_s = 2, .gyro = { 1e30F, 0, 0 } }
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(taps_feed(&taps, &bad[i]), 0);
        assert_int_equal(tilt_feed(&tilt, &bad[i]), TILT_NONE);
    }
}

/* Leans by `lean_deg` about `axis` for `held_s`, then rests for two seconds; what is told, times ten and on.
 */
static int lean(Tilt *tilt, double *t_s, Quat mount, Vec3 axis, double lean_deg, double held_s) {
    int told = 0;
    for (int i = 0; i < (int)((held_s + 2) * 100); i++, *t_s += 0.01) {
        double angle_deg = i * 0.01 < held_s ? lean_deg : 0;
        /* Up as the body feels it, then as the sensor does. */
        Quat turn = quat_from_rotation_vector(vec3_scale(axis, -angle_deg * DEG2RAD));
        Vec3 up = quat_rotate(mount, quat_rotate(turn, (Vec3){ 0, 0, 9.81 }));
        ImuSample sample = { .t_s = *t_s, .accel = { (float)up.x, (float)up.y, (float)up.z } };
        TiltWay way = tilt_feed(tilt, &sample);
        if (way != TILT_NONE) told = 10 * told + (int)way;
    }
    return told;
}

static void held_tilts_move_all_four_ways(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < TRIALS; seed++) {
        Rng rng = rng_make(seed, 6);
        Quat mount = quat_from_rotation_vector(vec3_scale(rng_direction(&rng), rng_range(&rng, 0, PI)));
        /* x is forward, y left, z up: a body bows about y, and leans to its right about x. */
        double facing = rng_range(&rng, 0, 2 * PI), t_s = 0;
        Vec3 forward = { -sin(facing), cos(facing), 0 }, right = { cos(facing), sin(facing), 0 };
        Vec3 backward = vec3_scale(forward, -1), left = vec3_scale(right, -1);
        Tilt tilt;
        tilt_init(&tilt);
        assert_int_equal(lean(&tilt, &t_s, mount, forward, 0, 1), TILT_NONE);
        assert_int_equal(lean(&tilt, &t_s, mount, forward, 40, 1.5), TILT_FORWARD);
        assert_int_equal(lean(&tilt, &t_s, mount, forward, 30, 1.5), TILT_FORWARD);
        assert_int_equal(lean(&tilt, &t_s, mount, backward, 40, 1.5), TILT_BACKWARD);
        assert_int_equal(lean(&tilt, &t_s, mount, left, 40, 1.5), TILT_LEFT);
        assert_int_equal(lean(&tilt, &t_s, mount, right, 25, 2.5), TILT_RIGHT);
        assert_int_equal(lean(&tilt, &t_s, mount, forward, 40, 0.5), TILT_NONE); /* too short */
        assert_int_equal(lean(&tilt, &t_s, mount, forward, 15, 2), TILT_NONE);   /* not far enough */
        assert_int_equal(lean(&tilt, &t_s, mount, forward, 60, 6), TILT_NONE);   /* another pose, and back */
    }
}

static void the_button_counts_as_two_knocks(void **state) {
    (void)state;
    Gestures gestures = { .newest = GESTURE_NONE };
    gestures_button(&gestures, 4294967295u); /* whatever it was before is no press */
    assert_int_equal(gestures_take(&gestures), GESTURE_NONE);
    gestures_button(&gestures, 0);
    assert_int_equal(gestures_take(&gestures), GESTURE_TWO_KNOCKS);
    assert_int_equal(gestures_take(&gestures), GESTURE_NONE);
    gestures_button(&gestures, 0);
    assert_int_equal(gestures_take(&gestures), GESTURE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knocks_are_found_once),           cmocka_unit_test(other_blows_are_none),
        cmocka_unit_test(bad_samples_do_no_harm),          cmocka_unit_test(held_tilts_move_all_four_ways),
        cmocka_unit_test(the_button_counts_as_two_knocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
