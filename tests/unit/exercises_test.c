#include "bodies.h"
#include "testing.h"

#include <math.h>
#include <stdlib.h>

static Recogniser the_recogniser; /* large: not on the stack */
static Recogniser *const recogniser = &the_recogniser;

/* Calm bodies of every exercise, the sensor on any way round: every repetition is counted, once. */
static void calm_bodies_are_counted_exactly(void **state) {
    (void)state;
    for (const ExerciseSpec *spec = exercise_specs; spec->signal != SIGNAL_FREE; spec++) {
        if (spec->pattern == PATTERN_HOLD) continue;
        for (uint64_t seed = 1; seed <= 6; seed++) {
            BodyTruth truth = bodies_perform(spec->id, DEMO_SKILFUL, seed, 75, recogniser);
            assert_true(truth.reps >= 7);
            if (recogniser->reps != truth.reps)
                fail_msg("%s, seed %d: %d repetitions for %d", spec->id, (int)seed, recogniser->reps,
                         truth.reps);
            assert_int_equal(recogniser->partials, 0);
        }
    }
}

static void the_range_is_measured(void **state) {
    (void)state;
    for (const ExerciseSpec *spec = exercise_specs; spec->signal != SIGNAL_FREE; spec++) {
        if (spec->pattern == PATTERN_HOLD) continue;
        (void)bodies_perform(spec->id, DEMO_SKILFUL, 3, 75, recogniser);
        double swing = spec->pattern == PATTERN_SWING ? spec->typical_deg + spec->under_deg
                                                      : spec->typical_deg + 0.9 * spec->under_deg;
        double expected = 0.95 * swing;
        if (fabs(recogniser_rom_deg(recogniser) - expected) > 0.12 * expected + 1)
            fail_msg("%s: range %.1f, about %.1f was moved", spec->id, recogniser_rom_deg(recogniser),
                     expected);
    }
}

static void an_idle_body_does_nothing(void **state) {
    (void)state;
    for (const ExerciseSpec *spec = exercise_specs; spec->signal != SIGNAL_FREE; spec++) {
        (void)bodies_perform(spec->id, DEMO_IDLE, 5, 60, recogniser);
        if (recogniser->reps + recogniser->partials != 0)
            fail_msg("%s: %d repetitions of a body at rest", spec->id, recogniser->reps);
    }
}

static void sides_are_told(void **state) {
    (void)state;
    (void)bodies_perform("table_top_twist", DEMO_SKILFUL, 2, 60, recogniser);
    assert_int_equal(recogniser->left, 0);
    assert_true(recogniser->right > 5);
    /* The bridge asks for the left first, and knows sides truly. */
    (void)bodies_perform("thoracic_bridge", DEMO_SKILFUL, 2, 60, recogniser);
    assert_int_equal(recogniser->right, 0);
    assert_true(recogniser->left > 4);
}

static void small_movements_are_partials(void **state) {
    (void)state;
    StrokeConfig config = stroke_config_default;
    config.range_deg = 30;
    StrokeCounter counter;
    stroke_counter_init(&counter, &config);
    int reps = 0, partials = 0, tops = 0;
    const double sizes[] = { 30, 10, 28, 29, 3, 30 };
    double t_s = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int step = 0; step < 250; step++, t_s += 0.01) {
            double phase = step / 250.0;
            double value = sizes[i] * (0.5 - 0.5 * cos(2 * PI * phase));
            double rate = sizes[i] * PI / 2.5 * sin(2 * PI * phase);
            Stroke stroke = stroke_counter_feed(&counter, t_s, value, rate);
            reps += stroke.kind == STROKE_REP;
            partials += stroke.kind == STROKE_PARTIAL;
            tops += stroke.kind == STROKE_TOP;
        }
        for (int rest = 0; rest < 100; rest++, t_s += 0.01) {
            Stroke stroke = stroke_counter_feed(&counter, t_s, 0, 0);
            reps += stroke.kind == STROKE_REP;
            partials += stroke.kind == STROKE_PARTIAL;
        }
    }
    assert_int_equal(reps, 4);
    assert_int_equal(partials, 1);
    assert_int_equal(tops, 4);
}

static void a_bench_hold_is_timed_and_its_breaths_counted(void **state) {
    (void)state;
    (void)bodies_perform("bench_extension", DEMO_SKILFUL, 4, 60, recogniser);
    Moves moves = { 0 };
    recogniser_finish(recogniser, &moves);
    assert_true(recogniser->hold_s > 45 && recogniser->hold_s < 62);
    assert_in_range(recogniser->breaths_done, 6, 12);
}

/* What was learnt yesterday is known before the first movement, if the strap sits as it did; else it is not
 * used. */
static void a_kept_seat_is_checked_and_used_again(void **state) {
    (void)state;
    Recogniser *r = malloc(sizeof *r);
    (void)bodies_perform("cat_cow", DEMO_SKILFUL, 4, 40, r);
    OwnMeasure own = recogniser_measure(r);
    assert_true(vec3_length(own.seat.axis) > 0.99 && vec3_length(own.seat.up) > 0.99);
    for (int other = 0; other < 2; other++) {
        recogniser_init(r, exercise_spec("cat_cow"), &own);
        /* Three seconds still: as yesterday, or with the strap a quarter turn about the axis. */
        Vec3 up = other ? vec3_cross(own.seat.axis, own.seat.up) : own.seat.up;
        Vec3 aside = vec3_unit(vec3_cross(own.seat.axis, vec3(0.6, 0.1, 0.8)));
        for (int i = 0; i < 300; i++) {
            double tremble = i % 2 == 0 ? 1e-4 : -1e-4;
            ImuSample sample = { .t_s = i * 0.01,
                                 .gyro = { (float)(tremble * aside.x), (float)(tremble * aside.y),
                                           (float)(tremble * aside.z) },
                                 .accel = { (float)(9.81 * up.x), (float)(9.81 * up.y),
                                            (float)(9.81 * up.z) } };
            Moves moves = { 0 };
            (void)recogniser_feed(r, &sample, &moves);
        }
        recogniser_restart(r, &own);
        double same = fabs(vec3_dot(r->signal.axis.axis, own.seat.axis));
        assert_true(other ? same < 0.9 : same > 0.999);
    }
    free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calm_bodies_are_counted_exactly),
        cmocka_unit_test(the_range_is_measured),
        cmocka_unit_test(an_idle_body_does_nothing),
        cmocka_unit_test(sides_are_told),
        cmocka_unit_test(small_movements_are_partials),
        cmocka_unit_test(a_bench_hold_is_timed_and_its_breaths_counted),
        cmocka_unit_test(a_kept_seat_is_checked_and_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
