/* Sets as bodies really do them: hesitating, fidgeting, warming up, holding, with a strap that moves. Each is
 * acted out stroke by stroke on the simulated body, and its samples go through the live recogniser. */
#include "exercises/recogniser.h"
#include "input/body.h"
#include "motion/step_fit.h"
#include "testing.h"

#include <math.h>
#include <stdlib.h>

#define DT_S    0.01
#define STILL_S 2.5

static Recogniser the_recogniser; /* large: not on the stack */
static Recogniser *const recogniser = &the_recogniser;

/* A body on stage: what it does is appended by the act_… functions, sample by sample. */
typedef struct Stage {
    Body body;
    BodyPose pose;
    double bounce; /* m/s^2 up and down, of steps */
    double t_s;
    double told_s; /* when the last repetition was told */
} Stage;

static void act_sample(Stage *stage) {
    stage->pose.breath = sin(2 * PI * stage->t_s / 5);
    ImuSample sample = body_sample(&stage->body, &stage->pose, stage->t_s, DT_S);
    Vec3 up = quat_rotate(quat_conjugate(stage->body.chest.last_q), vec3(0, 0, 1));
    double push = stage->bounce * sin(2 * PI * 1.9 * stage->t_s);
    sample.accel[0] += (float)(push * up.x);
    sample.accel[1] += (float)(push * up.y);
    sample.accel[2] += (float)(push * up.z);
    Moves moves = { 0 };
    assert_true(recogniser_feed(recogniser, &sample, &moves));
    for (int i = 0; i < moves.count; i++) {
        if (moves.items[i].kind == MOVE_REP) stage->told_s = stage->t_s;
    }
    stage->t_s += DT_S;
}

static void act_rest(Stage *stage, double seconds) {
    for (double end_s = stage->t_s + seconds; stage->t_s < end_s;) act_sample(stage);
}

static void act_move(Stage *stage, double place, double lift, double seconds) {
    BodyPose from = stage->pose;
    double start_s = stage->t_s;
    while (stage->t_s < start_s + seconds) {
        double s = (stage->t_s - start_s) / seconds;
        double done = s * s * s * (10 + s * (6 * s - 15));
        stage->pose.place = from.place + (place - from.place) * done;
        stage->pose.lift = from.lift + (lift - from.lift) * done;
        act_sample(stage);
    }
    stage->pose.place = place;
    stage->pose.lift = lift;
}

/* The strap turns by so many degrees about an axis of the body, and stays there. */
static void act_strap(Stage *stage, Vec3 axis, double angle_deg, double seconds) {
    Quat from = stage->body.chest.imu.faults.mount;
    double start_s = stage->t_s;
    while (stage->t_s < start_s + seconds) {
        double share = (stage->t_s - start_s) / seconds;
        Quat turn = quat_from_rotation_vector(vec3_scale(axis, share * angle_deg * DEG2RAD));
        stage->body.chest.imu.faults.mount = quat_multiply(turn, from);
        act_sample(stage);
    }
}

static Stage open_stage(const char *exercise, uint64_t seed) {
    const ExerciseSpec *spec = exercise_spec(exercise);
    assert_non_null(spec);
    Rng rng = rng_make(seed, 21);
    SensorFaults faults = {
        .gyro_noise_dps = 0.1, .accel_noise = 0.02, .wobble_share = 0.03, .bias_dps = { 4, -5, 3 }
    };
    faults.mount =
        quat_unit((Quat){ rng_normal(&rng), rng_normal(&rng), rng_normal(&rng), rng_normal(&rng) });
    BodyRange range = body_range_typical(spec);
    Stage stage = { 0 };
    body_init(&stage.body, spec, &range, &faults, rng_make(seed, 22));
    recogniser_init(recogniser, spec, NULL);
    act_rest(&stage, STILL_S);
    return stage;
}

static void close_stage(Stage *stage) {
    act_rest(stage, 1.5);
    Moves moves = { 0 };
    recogniser_finish(recogniser, &moves);
}

static void act_wave(Stage *stage, double size) {
    act_move(stage, size, 0, 2.2);
    act_move(stage, -size, 0, 3.0);
    act_move(stage, 0, 0, 1.6);
}

static void act_there_and_back(Stage *stage, double place, double held_s, double seconds) {
    act_move(stage, place, 0, seconds / 2);
    act_rest(stage, held_s);
    act_move(stage, 0, 0, seconds / 2);
    act_rest(stage, 0.3);
}

static void a_strap_put_right_before_the_set_is_no_repetition(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        Stage stage = open_stage("cat_cow", seed);
        Vec3 axis = vec3_unit(vec3(1, seed % 2 == 0 ? 0.5 : -0.5, 0.3 * (double)seed));
        act_strap(&stage, axis, 20, 0.7);
        act_strap(&stage, axis, -17, 0.9);
        act_rest(&stage, 1.5);
        for (int i = 0; i < 8; i++) act_wave(&stage, 1);
        close_stage(&stage);
        assert_int_equal(recogniser->reps, 8);
        assert_int_equal(recogniser->partials, 0);
        assert_true(fabs(recogniser_rom_deg(recogniser) - 36) < 1.5);
    }
}

/* To and fro it is turned, and afterwards it sits another way. */
static void act_handling(Stage *stage, Vec3 axis, double slip_deg) {
    for (int i = 0; i < 4; i++) act_strap(stage, axis, i % 2 == 0 ? 24 : -24, 0.35);
    act_strap(stage, vec3_unit(vec3(axis.y, axis.z, axis.x)), slip_deg, 0.5);
    act_rest(stage, 1.6);
}

static void a_handled_strap_begins_the_set_anew(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        Vec3 axis = vec3_unit(vec3(0.4, 1, 0.2 * (double)seed));
        Stage stage = open_stage("rocked_back_cat_camel", seed);
        act_handling(&stage, axis, 18);
        for (int i = 0; i < 7; i++) act_wave(&stage, 1);
        close_stage(&stage);
        assert_int_equal(recogniser->reps, 7);
        assert_int_equal(recogniser->partials, 0);
        assert_true(fabs(recogniser_rom_deg(recogniser) - 30) < 1.5);

        stage = open_stage("quadruped_rotation", seed);
        act_handling(&stage, axis, 18);
        for (int i = 0; i < 8; i++) act_there_and_back(&stage, i < 4 ? 1 : -1, 0.2, 4);
        close_stage(&stage);
        assert_int_equal(recogniser->right, 4);
        assert_int_equal(recogniser->left, 4);
        assert_int_equal(recogniser->partials, 0);
    }
}

static void staying_at_the_top_ends_nothing(void **state) {
    (void)state;
    Stage stage = open_stage("cat_cow", 6);
    for (int i = 0; i < 6; i++) {
        act_move(&stage, 1.05, 0, 2);
        act_move(&stage, 0.85, 0, 0.8); /* it settles a little */
        act_rest(&stage, 3.5);
        act_move(&stage, -1, 0, 3);
        act_move(&stage, 0, 0, 1.6);
    }
    close_stage(&stage);
    assert_int_equal(recogniser->reps, 6);
    assert_int_equal(recogniser->partials, 0);
}

/* Who comes out of the sink higher than they went in has not begun another. */
static void rising_beyond_the_start_is_no_second_hold(void **state) {
    (void)state;
    Stage stage = open_stage("bench_extension", 3);
    act_rest(&stage, 3);
    act_move(&stage, 1, 0, 3);
    act_rest(&stage, 40);
    act_move(&stage, -1.5, 0, 2.5);
    act_rest(&stage, 12);
    close_stage(&stage);
    assert_true(fabs(recogniser->hold_s - 40) < 1.5);
    assert_true(fabs(recogniser_rom_deg(recogniser) - 7) < 1);
}

static void hesitating_on_the_way_ends_nothing(void **state) {
    (void)state;
    Stage stage = open_stage("cat_cow", 5);
    for (int i = 0; i < 6; i++) {
        act_move(&stage, 1, 0, 2);
        act_move(&stage, -0.1, 0, 1.5);
        act_rest(&stage, 1.2);
        act_move(&stage, -1, 0, 1.5);
        act_move(&stage, 0, 0, 1.2);
        act_rest(&stage, 0.5);
    }
    close_stage(&stage);
    assert_int_equal(recogniser->reps, 6);
    assert_int_equal(recogniser->partials, 0);
    assert_true(fabs(recogniser_rom_deg(recogniser) - 36) < 1.5);
}

static void a_body_that_warms_up_is_counted_and_its_partials_are_told_apart(void **state) {
    (void)state;
    const double sizes[] = { 0.72, 0.78, 0.45, 0.85, 0.92, 1, 0.46, 1, 0.98 };
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Stage stage = open_stage("cat_cow", seed);
        stage.body.range = (BodyRange){ .range_deg = 11, .under_deg = 11 }; /* a stiff one */
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) act_wave(&stage, sizes[i]);
        close_stage(&stage);
        assert_int_equal(recogniser->reps, 7);
        assert_int_equal(recogniser->partials, 2);
    }
}

static void a_partial_that_is_held_is_not_swallowed(void **state) {
    (void)state;
    Stage stage = open_stage("pull_apart", 2);
    for (int i = 0; i < 8; i++) act_there_and_back(&stage, i == 4 ? 0.35 : 1, i == 4 ? 3 : 0.1, 4);
    close_stage(&stage);
    assert_int_equal(recogniser->reps, 7);
    assert_int_equal(recogniser->partials, 1);
    assert_true(fabs(recogniser_rom_deg(recogniser) - 75) < 1.5);
}

static void a_hold_longer_than_the_memory_of_the_movement_is_kept(void **state) {
    (void)state;
    Stage stage = open_stage("foam_roll", 3);
    for (int i = 0; i < 5; i++) act_there_and_back(&stage, 1, i == 0 ? 40 : 0.2, 7);
    close_stage(&stage);
    assert_int_equal(recogniser->reps, 5);
    assert_int_equal(recogniser->partials, 0);
    assert_true(fabs(recogniser->hold_s - 40) < 0.8);
    assert_true(fabs(recogniser_rom_deg(recogniser) - 22) < 1);
}

static void a_rest_before_threading_under_makes_no_partial(void **state) {
    (void)state;
    Stage stage = open_stage("table_top_twist", 4);
    for (int i = 0; i < 10; i++) {
        double side = i < 5 ? 1 : -1;
        act_move(&stage, side, 0, 2);
        act_move(&stage, 0, 0, 1.5);
        act_rest(&stage, 0.9);
        act_move(&stage, -side * 0.45, 0, 1.2);
        act_move(&stage, 0, 0, 1.2);
        act_rest(&stage, 0.5);
    }
    close_stage(&stage);
    assert_int_equal(recogniser->right, 5);
    assert_int_equal(recogniser->left, 5);
    assert_int_equal(recogniser->partials, 0);
    assert_true(fabs(recogniser_rom_deg(recogniser) - 50 * 1.45) < 2);
}

static void a_repetition_is_told_as_it_ends(void **state) {
    (void)state;
    Stage stage = open_stage("quadruped_rotation", 7);
    for (int i = 0; i < 5; i++) {
        act_move(&stage, 1, 0, 2);
        act_move(&stage, 0, 0, 2);
        double ended_s = stage.t_s;
        act_rest(&stage, 1);
        assert_true(stage.told_s < ended_s + 0.1 && stage.told_s > ended_s - 0.5);
    }
    close_stage(&stage);
    assert_int_equal(recogniser->reps, 5);
}

static void walking_about_is_no_exercise(void **state) {
    (void)state;
    Stage stage = open_stage("foam_roll", 8);
    stage.bounce = 3;
    act_rest(&stage, 8);
    for (int i = 0; i < 6; i++) act_there_and_back(&stage, 0.7, 0.5, 5);
    close_stage(&stage);
    assert_int_equal(recogniser->reps, 0);
    assert_int_equal(recogniser->partials, 0);
}

/* Two similar leans do not make a set; three and more do. */
static void leaning_over_twice_is_no_set(void **state) {
    (void)state;
    Stage stage = open_stage("foam_roll", 9);
    act_there_and_back(&stage, 0.8, 0.5, 7);
    act_rest(&stage, 6);
    act_there_and_back(&stage, 0.8, 0.5, 7);
    close_stage(&stage);
    assert_int_equal(recogniser->reps, 0);
}

static void a_slipped_strap_and_another_movement_are_noticed(void **state) {
    (void)state;
    Stage stage = open_stage("foam_roll", 10);
    for (int i = 0; i < 3; i++) act_there_and_back(&stage, 1, 0.2, 7);
    act_rest(&stage, 1);
    assert_int_equal(recogniser_mount_doubt(recogniser), MOUNT_FINE);
    act_strap(&stage, vec3_unit(vec3(1, 1, 0)), 14, 0.4);
    act_rest(&stage, 1);
    for (int i = 0; i < 2; i++) act_there_and_back(&stage, 1, 0.2, 7);
    assert_int_equal(recogniser_mount_doubt(recogniser), MOUNT_SLIPPED);
    close_stage(&stage);
    assert_int_equal(recogniser->reps, 5);

    /* Turning about upright is nothing that is done on a roller. */
    Stage other = open_stage("pull_apart", 11);
    recogniser_init(recogniser, exercise_spec("foam_roll"), NULL);
    act_rest(&other, 2.5);
    for (int i = 0; i < 4; i++) act_there_and_back(&other, 1, 0.2, 5);
    assert_int_equal(recogniser_mount_doubt(recogniser), MOUNT_OTHER_MOVE);
}

static void a_step_is_found_under_breathing(void **state) {
    (void)state;
    float values[240];
    for (int i = 0; i < 240; i++) {
        double t_s = i / 16.0, s = fmax(0, fmin(1, (t_s - 5.0) / 3.0));
        values[i] = (float)(6 * (0.5 - 0.5 * cos(PI * s)) + 0.8 * sin(2 * PI * 0.2 * t_s + 1));
    }
    StepFit fit;
    assert_true(step_fit(values, 240, 0, 16, 6, 2, &fit));
    assert_true(fabs(fit.middle_s - 6.5) < 0.1);
    assert_true(fabs(fit.length_s - 3) < 0.4);
    assert_true(fabs(fit.size - 6) < 0.2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_strap_put_right_before_the_set_is_no_repetition),
        cmocka_unit_test(a_handled_strap_begins_the_set_anew),
        cmocka_unit_test(staying_at_the_top_ends_nothing),
        cmocka_unit_test(rising_beyond_the_start_is_no_second_hold),
        cmocka_unit_test(hesitating_on_the_way_ends_nothing),
        cmocka_unit_test(a_body_that_warms_up_is_counted_and_its_partials_are_told_apart),
        cmocka_unit_test(a_partial_that_is_held_is_not_swallowed),
        cmocka_unit_test(a_hold_longer_than_the_memory_of_the_movement_is_kept),
        cmocka_unit_test(a_rest_before_threading_under_makes_no_partial),
        cmocka_unit_test(a_repetition_is_told_as_it_ends),
        cmocka_unit_test(walking_about_is_no_exercise),
        cmocka_unit_test(leaning_over_twice_is_no_set),
        cmocka_unit_test(a_slipped_strap_and_another_movement_are_noticed),
        cmocka_unit_test(a_step_is_found_under_breathing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
