#include "session/range_error.h"
#include "session/run.h"
#include "session/score.h"
#include "session/staircase.h"
#include "testing.h"

#include <math.h>

static const GameSetup setup = { .reps = 8, .target = 800, .tempo_min_ms = 5000, .tempo_max_ms = 12000 };

static SimInput rep(int reach, int control, int tempo_ms) {
    return (SimInput){ .signal = SIM_REP,
                       .reach = (int16_t)reach,
                       .control = (int16_t)control,
                       .tempo_ms = (uint16_t)tempo_ms };
}

static void reach_stops_at_the_target(void **state) {
    (void)state;
    SimInput at = rep(800, 1000, 8000), beyond = rep(1400, 1000, 8000), half = rep(400, 1000, 8000);
    RepScore a = score_rep(&setup, &at, 1000), b = score_rep(&setup, &beyond, 1000),
             c = score_rep(&setup, &half, 1000);
    assert_int_equal(a.total, 1000);
    assert_int_equal(a.word, WORD_PERFECT);
    assert_int_equal(b.total, a.total);
    assert_int_equal(c.reach, 500);
    assert_int_equal(c.total, 825);
    assert_int_equal(c.word, WORD_GREAT);
}

static void haste_costs_and_slowness_hardly(void **state) {
    (void)state;
    SimInput hasty = rep(800, 1000, 2500), quick = rep(800, 1000, 4000), slow = rep(800, 1000, 24000),
             endless = rep(800, 1000, 60000);
    assert_int_equal(score_rep(&setup, &hasty, 1000).tempo, 0);
    assert_int_equal(score_rep(&setup, &quick, 1000).tempo, 600);
    assert_int_equal(score_rep(&setup, &slow, 1000).tempo, 600);
    assert_int_equal(score_rep(&setup, &endless, 1000).tempo, 600);
}

static void both_ends_are_asked_of_a_swing(void **state) {
    (void)state;
    GameSetup swing = setup;
    swing.under = 800;
    SimInput one = rep(800, 1000, 8000), both = one;
    both.under = 800;
    assert_int_equal(score_rep(&swing, &one, 1000).reach, 666);
    assert_int_equal(score_rep(&swing, &both, 1000).reach, 1000);
}

static void an_exercise_is_the_mean_of_what_was_asked(void **state) {
    (void)state;
    assert_int_equal(score_exercise(&setup, 8 * 900, 8, 0), 900);
    assert_int_equal(score_exercise(&setup, 4 * 900, 4, 0), 450);
    assert_int_equal(score_exercise(&setup, 0, 0, 0), 0);
    GameSetup timed = {
        .seconds = 60, .hold_s = 20, .target = 700, .tempo_min_ms = 5000, .tempo_max_ms = 16000
    };
    int32_t expected = score_expected_reps(&timed);
    assert_in_range(expected, 2, 5);
    assert_int_equal(score_exercise(&timed, expected * 1000, expected, 20000), 1000);
    assert_int_equal(score_exercise(&timed, expected * 1000, expected, 0), 600);
    assert_int_equal(score_exercise(&timed, 0, 0, 10000), 200);
}

static void a_hold_is_its_share_of_the_asked_seconds(void **state) {
    (void)state;
    GameSetup hold = { .seconds = 90, .hold_s = 81 };
    assert_int_equal(score_hold(&hold, (int64_t)81 * TICK_HZ * 1000), 1000);
    assert_int_equal(score_hold(&hold, (int64_t)90 * TICK_HZ * 1000), 1000);
    assert_int_equal(score_hold(&hold, (int64_t)81 * TICK_HZ * 500), 500);
    assert_int_equal(score_hold(&hold, (int64_t)27 * TICK_HZ * 1000), 333);
    assert_int_equal(score_hold(&hold, 0), 0);
    hold.hold_s = 0; /* all of it is asked */
    assert_int_equal(score_hold(&hold, (int64_t)45 * TICK_HZ * 1000), 500);
}

/* A longer hold asks for more of it; a body that never sinks earns nothing. */
static void a_hold_is_scored_by_the_tick(void **state) {
    (void)state;
    Level level = { .target = 800,
                    .tempo_min_ms = 3500,
                    .tempo_max_ms = 15000,
                    .hold_s = 54,
                    .stars = { 400, 800, 900 },
                    .fields = { 200, 0 } };
    for (int seconds = 60; seconds <= 120; seconds += 60) {
        for (int share = 0; share <= 2; share++) {
            static Run run;
            RunConfig config = { .game = minigame_for_exercise("bench_extension"),
                                 .level = 3,
                                 .dose = { .seconds = seconds },
                                 .stair = STAIRCASE_START,
                                 .ease = 1000 };
            run_init(&run, &config, &level);
            assert_int_equal(run.setup.hold_s, 54 * seconds / 60);
            Events events;
            for (int tick = 0; !run.finished; tick++) {
                bool sunk = tick < share * seconds * TICK_HZ / 2;
                SimInput in = { .place = sunk ? 900 : 0,
                                .angle_cdeg = sunk ? 630 : 0,
                                .flags = SIM_FLAG_STILL };
                run_step(&run, &in, &events);
            }
            assert_in_range(run.score, share == 2 ? 980 : share * 530, share == 2 ? 1000 : share * 560);
            assert_true(fabs(run_rom_deg(&run) - (share > 0 ? 6.3 : 0)) < 1e-9);
            assert_int_equal(run.stars, share == 2 ? 3 : share);
        }
    }
}

static void stars_and_grades(void **state) {
    (void)state;
    const int32_t thresholds[3] = { 450, 650, 820 };
    assert_int_equal(score_stars(thresholds, 449), 0);
    assert_int_equal(score_stars(thresholds, 450), 1);
    assert_int_equal(score_stars(thresholds, 1000), 3);
    assert_int_equal(score_grade(4300, 5), 'A');
    assert_int_equal(score_grade(2600, 5), 'C');
    assert_int_equal(score_grade(0, 0), 'D');
}

/* Even repetitions leave what differs between days; uneven and few ones make any change less sure. */
static void a_small_change_is_no_change(void **state) {
    (void)state;
    assert_true(fabs(range_least_change_deg(0, 8) - 6) < 1e-9);
    assert_true(range_least_change_deg(8, 4) > 10 && range_least_change_deg(8, 4) < 14);
    assert_true(range_least_change_deg(8, 16) < range_least_change_deg(8, 4));
    assert_true(fabs(range_error_deg(3, 9) * sqrt(2) - range_least_change_deg(3, 9)) < 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reach_stops_at_the_target),
        cmocka_unit_test(haste_costs_and_slowness_hardly),
        cmocka_unit_test(both_ends_are_asked_of_a_swing),
        cmocka_unit_test(an_exercise_is_the_mean_of_what_was_asked),
        cmocka_unit_test(a_hold_is_its_share_of_the_asked_seconds),
        cmocka_unit_test(a_hold_is_scored_by_the_tick),
        cmocka_unit_test(stars_and_grades),
        cmocka_unit_test(a_small_change_is_no_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
