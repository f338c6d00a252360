#include "exercises/recogniser.h"
#include "input/body.h"
#include "input/simulated_set.h"
#include "testing.h"

#include <math.h>
#include <stdlib.h>

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

/* A whole set with both sensors: the recogniser tells what is the thoracic spine's of each repetition. */
static void the_hips_share_is_told_with_each_repetition(void **state) {
    (void)state;
    const ExerciseSpec *spec = exercise_spec("quadruped_rotation");
    Recogniser *r = malloc(sizeof *r);
    Recording recording;
    SetTruth truth;
    Error error;
    assert_int_equal(simulated_set_make(&recording, &truth, spec, DEMO_SKILFUL, 5, true, &error), RESULT_OK);
    recogniser_init(r, spec, NULL);
    double rom = 0, thoracic = 0, flat = 0;
    int told = 0;
    for (size_t i = 0; i < recording.count; i++) {
        Moves moves = { 0 };
        (void)recogniser_feed(r, &recording.samples[i], &moves);
        for (int k = 0; k < moves.count; k++) {
            if (moves.items[k].kind != MOVE_REP) continue;
            assert_true(moves.items[k].hips_deg >= 0);
            rom += moves.items[k].rom_deg;
            thoracic += recogniser_thoracic_deg(r, &moves.items[k]);
            flat += moves.items[k].hips_flat;
            told++;
        }
    }
    assert_int_equal(r->reps, truth.reps);
    /* Of the person of this seed the hips go along by so much. */
    double hips_share = 1 - thoracic / rom;
    assert_true(hips_share > 0.01 && hips_share < 0.36);
    assert_true(fabs(flat / told - fmax(0, fmin(1, (0.5 - hips_share) / 0.4))) < 0.1);
    recording_free(&recording);
    free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hips_that_go_along_are_measured),
        cmocka_unit_test(a_silent_sensor_is_not_asked),
        cmocka_unit_test(the_hips_share_is_told_with_each_repetition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
