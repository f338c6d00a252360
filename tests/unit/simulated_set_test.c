#include "input/simulated_set.h"

#include "input/person.h"
#include "testing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void make(Recording *out, SetTruth *truth, const char *exercise, DemoStyle style, uint64_t seed,
                 bool pelvis) {
    Error error;
    if (simulated_set_make(out, truth, exercise_spec(exercise), style, seed, pelvis, &error) != RESULT_OK)
        fail_msg("%s", error.text);
}

static void the_same_seed_makes_the_same_set(void **state) {
    (void)state;
    Recording a, b, c;
    SetTruth truth_a, truth_b, truth_c;
    make(&a, &truth_a, "cat_cow", DEMO_RESTLESS, 4, false);
    make(&b, &truth_b, "cat_cow", DEMO_RESTLESS, 4, false);
    make(&c, &truth_c, "cat_cow", DEMO_RESTLESS, 5, false);
    assert_true(truth_a.reps >= 8 && truth_a.reps == truth_b.reps && truth_a.rom_deg == truth_b.rom_deg);
    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++) {
        assert_true(a.samples[i].t_s == b.samples[i].t_s);
        for (int k = 0; k < 3; k++) assert_true(a.samples[i].gyro[k] == b.samples[i].gyro[k]);
    }
    assert_true(truth_c.rom_deg != truth_a.rom_deg);
    recording_free(&a);
    recording_free(&b);
    recording_free(&c);
}

static void every_exercise_is_done_as_it_should_be(void **state) {
    (void)state;
    for (const ExerciseSpec *spec = exercise_specs; spec->signal != SIGNAL_FREE; spec++) {
        Recording recording;
        SetTruth truth;
        make(&recording, &truth, spec->id, DEMO_ORDINARY, 2, false);
        bool is_hold = spec->pattern == PATTERN_HOLD;
        assert_true(is_hold ? truth.hold_s > 25 && truth.breaths > 1 : truth.reps >= 8);
        if (spec->first_side != SIDE_NONE) {
            assert_int_equal(truth.left + truth.right, truth.reps);
            assert_true(abs(truth.left - truth.right) <= 1);
        }
        assert_true(truth.rom_deg > (is_hold ? 3 : 12) && truth.rom_deg < 110);
        for (size_t i = 1; i < recording.count; i++)
            assert_true(recording.samples[i].t_s > recording.samples[i - 1].t_s);
        recording_free(&recording);
    }
}

static double mean_dps(const Recording *r, double until_s) {
    double sum = 0;
    int count = 0;
    for (size_t i = 0; i < r->count && r->samples[i].t_s < until_s; i++) {
        const float *g = r->samples[i].gyro;
        sum += sqrtf(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]) * RAD2DEG;
        count++;
    }
    return sum / count;
}

/* What a restless person's sensor gets wrong is there to be seen: a bias at rest, holes, a strap that slips.
 */
static void faults_are_real(void **state) {
    (void)state;
    double worst_bias = 0, worst_gap_s = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        Recording r;
        SetTruth truth;
        make(&r, &truth, "pull_apart", DEMO_RESTLESS, seed, false);
        worst_bias = fmax(worst_bias, mean_dps(&r, 2));
        for (size_t i = 1; i < r.count; i++)
            worst_gap_s = fmax(worst_gap_s, r.samples[i].t_s - r.samples[i - 1].t_s);
        recording_free(&r);
    }
    assert_true(worst_bias > 8 && worst_bias < 17);
    assert_true(worst_gap_s > 0.15 && worst_gap_s < 1);
}

static void a_strap_slips_by_what_it_says(void **state) {
    (void)state;
    const ExerciseSpec *spec = exercise_spec("cat_cow");
    BodyRange range = body_range_typical(spec);
    SensorFaults faults = { .slip_deg = 10, .slip_at_s = 1, .slip_axis = { 0, 1, 0 } };
    Body body;
    BodyPose still = { 0 };
    body_init(&body, spec, &range, &faults, rng_make(1, 1));
    ImuSample first = { 0 }, last = { 0 };
    for (int i = 0; i < 200; i++) {
        last = body_sample(&body, &still, i * 0.01, 0.01);
        if (i == 50) first = last;
    }
    Vec3 a = vec3(first.accel[0], first.accel[1], first.accel[2]),
         b = vec3(last.accel[0], last.accel[1], last.accel[2]);
    double turned_deg = acos(vec3_dot(vec3_unit(a), vec3_unit(b))) * RAD2DEG;
    assert_true(fabs(turned_deg - 10) < 0.1);
}

static void a_second_sensor_sits_on_the_pelvis(void **state) {
    (void)state;
    Recording r;
    SetTruth truth;
    make(&r, &truth, "quadruped_rotation", DEMO_SKILFUL, 3, true);
    size_t pelvis = 0;
    for (size_t i = 0; i < r.count; i++) pelvis += r.samples[i].sensor == SENSOR_PELVIS;
    assert_true(pelvis > r.count / 2 - r.count / 20 && pelvis < r.count / 2 + r.count / 20);
    recording_free(&r);
}

static void the_truth_is_read_back(void **state) {
    (void)state;
    Recording r, again;
    SetTruth truth, read;
    Error error;
    make(&r, &truth, "table_top_twist", DEMO_ORDINARY, 8, false);
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    assert_true(simulated_set_write(&r, &truth, file));
    (void)fclose(file);
    assert_true(simulated_set_read_truth(&read, text));
    assert_int_equal(read.reps, truth.reps);
    assert_int_equal(read.left, truth.left);
    assert_true(fabs(read.rom_deg - truth.rom_deg) < 0.001 && fabs(read.ends_s[3] - truth.ends_s[3]) < 0.001);
    assert_int_equal(recording_parse(&again, text, "set.csv", &error), RESULT_OK);
    assert_int_equal(again.count, r.count);
    assert_false(simulated_set_read_truth(&read, "t_s,gx\n"));
    recording_free(&r);
    recording_free(&again);
    free(text);
}

static void whoever_idles_does_nothing_and_comes_to_an_end(void **state) {
    (void)state;
    const char *const exercises[] = { "bench_extension", "foam_roll", "cat_cow" };
    for (int i = 0; i < 3; i++) {
        Recording r;
        SetTruth truth;
        make(&r, &truth, exercises[i], DEMO_IDLE, 6, false);
        assert_true(truth.reps == 0 && truth.hold_s == 0 && truth.breaths == 0);
        recording_free(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_makes_the_same_set),
        cmocka_unit_test(every_exercise_is_done_as_it_should_be),
        cmocka_unit_test(faults_are_real),
        cmocka_unit_test(a_strap_slips_by_what_it_says),
        cmocka_unit_test(a_second_sensor_sits_on_the_pelvis),
        cmocka_unit_test(the_truth_is_read_back),
        cmocka_unit_test(whoever_idles_does_nothing_and_comes_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
