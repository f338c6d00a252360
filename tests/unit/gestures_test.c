/* Double taps and held tilts, on a sensor mounted any way round. */
#include "testing.h"

#include "core/rng.h"
#include "core/vec.h"
#include "input/taps.h"
#include "input/tilt.h"

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

static int count_taps(const Scene *scene, double rate_hz, uint64_t seed) {
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
        found += taps_feed(&taps, &sample);
    }
    return found;
}

static const double rates_hz[] = { 50, 100, 200 };

static int count_at(Scene scene, double rate_hz, double apart_s, int blows) {
    int found = 0;
    scene.blow_count = blows;
    for (int k = 0; k < TRIALS; k++) {
        for (int b = 0; b < blows; b++) scene.blows_s[b] = 2 + 0.0013 * k + b * apart_s;
        found += count_taps(&scene, rate_hz, (uint64_t)k);
    }
    return found;
}

static int count_all(Scene scene, double apart_s, int blows) {
    int found = 0;
    for (size_t r = 0; r < sizeof rates_hz / sizeof *rates_hz; r++)
        found += count_at(scene, rates_hz[r], apart_s, blows);
    return found;
}

static void double_taps_are_found_once(void **state) {
    (void)state;
    const double apart_s[] = { 0.16, 0.25, 0.4 }, hard_m_s2[] = { 20, 30, 60 };
    for (size_t r = 0; r < sizeof rates_hz / sizeof *rates_hz; r++) {
        for (int a = 0; a < 3; a++) {
            for (int h = 0; h < 3; h++) {
                Scene scene = { .blow_m_s2 = hard_m_s2[h], .swing_m_s2 = 0.5 };
                int found = count_at(scene, rates_hz[r], apart_s[a], 2);
                print_message("%.0f Hz, %.2f s apart, %.0f m/s^2: %d of %d\n", rates_hz[r], apart_s[a],
                              hard_m_s2[h], found, TRIALS);
                /* At 50 Hz a light blow may fall between two samples. */
                assert_in_range(found, rates_hz[r] < 100 ? TRIALS / 2 : TRIALS * 97 / 100, TRIALS);
            }
        }
    }
}

static void other_blows_are_none(void **state) {
    (void)state;
    const Scene hard = { .blow_m_s2 = 40 };
    assert_int_equal(count_all(hard, 0.25, 1), 0); /* a bump */
    assert_int_equal(count_all(hard, 0.25, 3), 0);
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
        assert_false(taps_feed(&taps, &bad[i]));
        assert_int_equal(tilt_feed(&tilt, &bad[i]), 0);
    }
}

/* Leans by `lean_deg` about `axis` for `held_s`, then rests for two seconds; the sum of what is told. */
static int lean(Tilt *tilt, double *t_s, Quat mount, Vec3 axis, double lean_deg, double held_s) {
    int told = 0;
    for (int i = 0; i < (int)((held_s + 2) * 100); i++, *t_s += 0.01) {
        double angle_deg = i * 0.01 < held_s ? lean_deg : 0;
        Quat turn = quat_from_rotation_vector(vec3_scale(axis, angle_deg * DEG2RAD));
        Vec3 up = quat_rotate(mount, quat_rotate(turn, (Vec3){ 0, 0, 9.81 }));
        ImuSample sample = { .t_s = *t_s, .accel = { (float)up.x, (float)up.y, (float)up.z } };
        told += tilt_feed(tilt, &sample);
    }
    return told;
}

static void held_tilts_move_and_go_back(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < TRIALS; seed++) {
        Rng rng = rng_make(seed, 6);
        Quat mount = quat_from_rotation_vector(vec3_scale(rng_direction(&rng), rng_range(&rng, 0, PI)));
        double way = rng_range(&rng, 0, 2 * PI), t_s = 0;
        Vec3 axis = { cos(way), sin(way), 0 }, other = vec3_scale(axis, -1);
        Tilt tilt;
        tilt_init(&tilt);
        assert_int_equal(lean(&tilt, &t_s, mount, axis, 0, 1), 0);
        assert_int_equal(lean(&tilt, &t_s, mount, axis, 40, 1.5), 1);
        assert_int_equal(lean(&tilt, &t_s, mount, axis, 40, 1.5), 1);
        assert_int_equal(lean(&tilt, &t_s, mount, other, 40, 1.5), -1);
        assert_int_equal(lean(&tilt, &t_s, mount, axis, 40, 0.5), 0); /* too short */
        assert_int_equal(lean(&tilt, &t_s, mount, axis, 18, 2), 0);   /* not far enough */
        assert_int_equal(lean(&tilt, &t_s, mount, axis, 60, 6), 0);   /* another pose, and back */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(double_taps_are_found_once),
        cmocka_unit_test(other_blows_are_none),
        cmocka_unit_test(bad_samples_do_no_harm),
        cmocka_unit_test(held_tilts_move_and_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
