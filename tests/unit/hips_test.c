#include "exercises/hips.h"

#include "input/body.h"
#include "testing.h"

#include <math.h>

/* The chest opens by 50 degrees and the hips go along by a share of it; what the pelvis' sensor makes of
 * that. */
static Hips after_an_opening(double hips_share) {
    const ExerciseSpec *spec = exercise_spec("quadruped_rotation");
    const BodyRange range = { .range_deg = 50 };
    SensorFaults faults = { .mount = quat_unit((Quat){ 0.3, -0.6, 0.5, 0.2 }), .gyro_noise_dps = 0.1 };
    Body body;
    body_init(&body, spec, &range, &faults, rng_make(3, 3));
    body.build.hips_share = hips_share;
    Hips hips;
    hips_init(&hips);
    for (int i = 0; i < 800; i++) {
        double t_s = i * 0.01, share = t_s < 3 ? 0 : 0.5 - 0.5 * cos(2 * PI * (t_s - 3) / 5);
        if (i == 300) {
            hips_rebase(&hips);
            hips_begin(&hips);
        }
        BodyPose pose = { .place = share };
        ImuSample sample = body_pelvis_sample(&body, &pose, t_s, 0.01);
        assert_true(hips_feed(&hips, &sample));
    }
    return hips;
}

static void hips_that_go_along_are_measured(void **state) {
    (void)state;
    Hips flat = after_an_opening(0), along = after_an_opening(0.3), turned = after_an_opening(0.8);
    assert_true(flat.peak_deg < 1.5 && fabs(along.peak_deg - 15) < 1.5 && fabs(turned.peak_deg - 40) < 2);
    assert_true(hips_flat(&flat, 50) == 1);
    assert_true(hips_flat(&along, 50) > 0.4 && hips_flat(&along, 50) < 0.6);
    assert_true(hips_flat(&turned, 50) == 0);
}

static void a_silent_sensor_is_not_asked(void **state) {
    (void)state;
    Hips hips;
    hips_init(&hips);
    assert_false(hips_worn(&hips, 0));
    hips = after_an_opening(0);
    assert_true(hips_worn(&hips, 8));
    assert_false(hips_worn(&hips, 20));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hips_that_go_along_are_measured),
        cmocka_unit_test(a_silent_sensor_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
