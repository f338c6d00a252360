/* The coach's poses against what the file promises: bones keep their lengths, pinned hands stay where they
 * are, joint angles are those it was drawn with. */
#include "files.h"
#include "ui/coach.h"
#include "ui/coach_poses.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Fixture {
    Coach coach;
    DrawList list;
    char *text;
} Fixture;

static int setup(void **state) {
    Fixture *f = calloc(1, sizeof *f);
    Error error = { 0 };
    f->text = test_read_file(ASSETS "/coach-poses.json");
    assert_non_null(f->text);
    assert_int_equal(coach_parse(&f->coach, f->text, "coach-poses.json", &error), RESULT_OK);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    Fixture *f = *state;
    free(f->text);
    free(f);
    return 0;
}

static void assert_near(double value, double wanted, double within) {
    if (fabs(value - wanted) > within) fail_msg("%g is not within %g of %g", value, within, wanted);
}

static double bone(const CoachPose *pose, CoachLimb limb, int i) {
    const Vec3 *joints = &pose->joints[COACH_LIMB_JOINTS + 4 * (int)limb];
    return vec3_length(vec3_sub(joints[i + 1], joints[i]));
}

static void all_eight_are_there(void **state) {
    Fixture *f = *state;
    static const char *const ids[] = { "foam_roll",          "cat_cow",
                                       "table_top_twist",    "pull_apart",
                                       "thoracic_bridge",    "bench_extension",
                                       "quadruped_rotation", "rocked_back_cat_camel" };
    assert_int_equal(f->coach.exercise_count, 8);
    for (size_t i = 0; i < 8; i++) assert_non_null(coach_exercise(&f->coach, ids[i]));
    assert_null(coach_exercise(&f->coach, "moonwalk"));
    assert_int_equal(coach_exercise(&f->coach, "table_top_twist")->moves, SIDE_RIGHT);
    assert_int_equal(coach_exercise(&f->coach, "thoracic_bridge")->moves, SIDE_LEFT);
    assert_int_equal(coach_exercise(&f->coach, "cat_cow")->moves, SIDE_NONE);
}

static void bones_keep_their_lengths_and_pins_hold(void **state) {
    Fixture *f = *state;
    int pinned = 0;
    for (int e = 0; e < f->coach.exercise_count; e++) {
        const CoachExercise *exercise = &f->coach.exercises[e];
        for (int step = -2; step <= 42; step++) {
            float low, high;
            coach_range(exercise, &low, &high);
            double m = low + (double)(high - low) * step / 40;
            CoachPose pose;
            coach_pose(&f->coach, exercise, m, &pose);
            for (int limb = 0; limb < COACH_LIMBS; limb++) {
                for (int i = 0; i < 3; i++)
                    assert_near(bone(&pose, (CoachLimb)limb, i), f->coach.bones[limb >= COACH_LEG_R][i],
                                1e-9);
            }
            for (int i = 0; i < exercise->pin_count; i++) {
                const CoachPin *pin = &exercise->pins[i];
                if (pin->elbow || m < pin->m_low || m > pin->m_high) continue;
                Vec3 end = pose.joints[COACH_LIMB_JOINTS + 4 * (int)pin->limb + 2];
                assert_near(vec3_length(vec3_sub(end, pin->at)), 0, 0.01);
                pinned++;
            }
        }
    }
    assert_true(pinned > 300);
}

/* Flexion of an elbow or knee, degrees. */
static double flexion(const CoachPose *pose, CoachLimb limb) {
    const Vec3 *j = &pose->joints[COACH_LIMB_JOINTS + 4 * (int)limb];
    double cosine = vec3_dot(vec3_unit(vec3_sub(j[1], j[0])), vec3_unit(vec3_sub(j[2], j[1])));
    return acos(fmax(-1, fmin(1, cosine))) * RAD2DEG;
}

static void angles_are_those_of_the_table(void **state) {
    Fixture *f = *state;
    static const struct {
        const char *id;
        double m;
        CoachLimb limb;
        double deg;
    } rows[] = {
        { "foam_roll", 0, COACH_LEG_R, 36 },
        { "foam_roll", 1, COACH_LEG_L, 111 },
        { "foam_roll", 1, COACH_ARM_R, 134 },
        { "cat_cow", 0, COACH_LEG_R, 90 },
        { "cat_cow", -1, COACH_ARM_L, 4 },
        { "table_top_twist", 0, COACH_ARM_R, 134 },
        { "thoracic_bridge", 0.5, COACH_LEG_R, 88 },
        { "thoracic_bridge", 1, COACH_ARM_L, 24 },
        { "rocked_back_cat_camel", 1, COACH_LEG_R, 127 },
        { "quadruped_rotation", 1, COACH_ARM_R, 131 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CoachPose pose;
        coach_pose(&f->coach, coach_exercise(&f->coach, rows[i].id), rows[i].m, &pose);
        /* Pins move a knee or an elbow by a few degrees. */
        assert_near(flexion(&pose, rows[i].limb), rows[i].deg, 6);
    }
}

static void a_step_in_m_is_a_small_step_in_space(void **state) {
    Fixture *f = *state;
    for (int e = 0; e < f->coach.exercise_count; e++) {
        const CoachExercise *exercise = &f->coach.exercises[e];
        CoachPose before, after;
        float low, high;
        coach_range(exercise, &low, &high);
        coach_pose(&f->coach, exercise, low, &before);
        for (int step = 1; step <= 400; step++) {
            coach_pose(&f->coach, exercise, low + (double)(high - low) * step / 400, &after);
            for (int j = 0; j < COACH_JOINTS; j++) {
                double moved = vec3_length(vec3_sub(after.joints[j], before.joints[j]));
                /* A pin that lets go at a key may jump by what the file admits. */
                if (moved > 0.03)
                    fail_msg("%s: joint %d jumps %.3f at step %d", exercise->id, j, moved, step);
            }
            before = after;
        }
    }
}

static void overshoot_stops_softly(void **state) {
    Fixture *f = *state;
    const CoachExercise *exercise = coach_exercise(&f->coach, "pull_apart");
    CoachPose end, past, far;
    coach_pose(&f->coach, exercise, 1, &end);
    coach_pose(&f->coach, exercise, 1.05, &past);
    coach_pose(&f->coach, exercise, 9, &far);
    int wrist = COACH_LIMB_JOINTS + 4 * COACH_ARM_R + 2;
    assert_true(vec3_length(vec3_sub(past.joints[wrist], end.joints[wrist])) > 0.001);
    assert_near(vec3_length(vec3_sub(past.joints[wrist], far.joints[wrist])), 0, 1e-9);
}

static void the_other_side_is_the_mirror(void **state) {
    Fixture *f = *state;
    CoachPlace place = { .x = 400, .ground_y = 500, .height = 300 };
    int elbow = COACH_LIMB_JOINTS + 4 * COACH_ARM_R + 1;
    Point right = coach_joint(&f->coach, "table_top_twist", 1, SIDE_RIGHT, place, (CoachJoint)elbow);
    Point left = coach_joint(&f->coach, "table_top_twist", 1, SIDE_LEFT, place, (CoachJoint)elbow);
    assert_near(left.x - 400, 400 - right.x, 0.01);
    assert_near(left.y, right.y, 0.01);
    assert_true(fabsf(right.x - 400) > 20);
}

/* Everything drawn lies in the box that was asked for. */
static void fitting_fits(void **state) {
    Fixture *f = *state;
    for (int e = 0; e < f->coach.exercise_count; e++) {
        const CoachExercise *exercise = &f->coach.exercises[e];
        float low, high, left = 1e9f, right = -1e9f, top = 1e9f, bottom = -1e9f;
        coach_range(exercise, &low, &high);
        CoachPlace place = coach_fit(&f->coach, exercise->id, 100, 200, 300, 260);
        draw_clear(&f->list);
        for (int i = 0; i <= 10; i++)
            coach_draw(&f->coach, exercise->id, low + (high - low) * (float)i / 10, 0, SIDE_NONE, place,
                       &f->list);
        assert_int_equal(f->list.dropped, 0);
        for (int i = 0; i < f->list.command_count; i++) {
            const DrawCommand *c = &f->list.commands[i];
            if (c->kind != DRAW_POLYGON) continue;
            for (int p = c->first; p < c->first + c->count; p++) {
                left = fminf(left, f->list.points[p].x);
                right = fmaxf(right, f->list.points[p].x);
                top = fminf(top, f->list.points[p].y);
                bottom = fmaxf(bottom, f->list.points[p].y);
            }
        }
        if (left < 98 || right > 402 || top < 198 || bottom > 464)
            fail_msg("%s: %g…%g, %g…%g", exercise->id, (double)left, (double)right, (double)top,
                     (double)bottom);
        assert_true(right - left > 200 || bottom - top > 180); /* and it is not tiny */
    }
}

static void unknown_exercises_draw_nothing(void **state) {
    Fixture *f = *state;
    draw_clear(&f->list);
    coach_draw(&f->coach, "moonwalk", 0, 0, SIDE_NONE, coach_fit(&f->coach, "moonwalk", 0, 0, 10, 10),
               &f->list);
    assert_int_equal(f->list.command_count, 0);
}

/* Replaces the first `from` by `to` and expects a refusal that names `about`. */
static void refuse(const Fixture *f, const char *from, const char *to, const char *about) {
    static Coach coach;
    const char *at = strstr(f->text, from);
    assert_non_null(at);
    size_t size = strlen(f->text) + strlen(to) + 1;
    char *changed = malloc(size);
    assert_non_null(changed);
    snprintf(changed, size, "%.*s%s%s", (int)(at - f->text), f->text, to, at + strlen(from));
    Error error = { 0 };
    assert_int_equal(coach_parse(&coach, changed, "poses.json", &error), RESULT_BAD_DATA);
    free(changed);
    if (strstr(error.text, about) == NULL || strstr(error.text, "poses.json, line ") == NULL)
        fail_msg("says only: %s", error.text);
}

static void wrong_files_are_refused_with_their_line(void **state) {
    Fixture *f = *state;
    refuse(f, "\"format\": 1", "\"format\": 2", "format");
    refuse(f, "\"spine\": 0.072", "\"spine\": -1", "lengths.spine");
    refuse(f, "[0.25, 0.08]", "[0.0, 0.08]", "trunk_half_width[1]");
    refuse(f, "\"limb\": \"leg_r\"", "\"limb\": \"tail\"", "pins[0].limb");
    refuse(f, "\"props\": [\"mat\", \"roller\"]", "\"props\": [\"mat\", \"rocket\"]", "props[1]");
    refuse(f, "\"m\": 1,", "\"m\": 0,", "keys[1]");
    refuse(f, "\"anchor\": \"pelvis\"", "\"anchor\": \"nose\"", "anchor");
    refuse(f, "[-154.8, 59.2]", "[-154.8]", "forearm_r");
    Error error = { 0 };
    static Coach coach;
    assert_int_equal(coach_parse(&coach, "{", "poses.json", &error), RESULT_BAD_DATA);
    assert_int_equal(coach_parse(&coach, "[]", "poses.json", &error), RESULT_BAD_DATA);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(all_eight_are_there),
        TEST(bones_keep_their_lengths_and_pins_hold),
        TEST(angles_are_those_of_the_table),
        TEST(a_step_in_m_is_a_small_step_in_space),
        TEST(overshoot_stops_softly),
        TEST(the_other_side_is_the_mirror),
        TEST(fitting_fits),
        TEST(unknown_exercises_draw_nothing),
        TEST(wrong_files_are_refused_with_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
