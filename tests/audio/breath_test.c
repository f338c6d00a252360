/* The breath clock: never back, never a jump. */
#include "audio_test.h"

#include "audio/breath.h"

#define STEP_S 0.01F

static BreathClock fresh(float period_s) {
    return breath_clock_make(period_s, 6, 15, 0.45F);
}

static void inhale_takes_its_share(void **state) {
    (void)state;
    BreathClock clock = fresh(10);
    double passed = 0;
    for (int i = 0; i < 450; i++) passed += breath_clock_step(&clock, STEP_S);
    assert_true(fabs(passed - 0.5) < 1e-3);
    for (int i = 0; i < 550; i++) passed += breath_clock_step(&clock, STEP_S);
    assert_true(fabs(passed - 1.0) < 1e-3);
    assert_true(fabsf(breath_clock_seconds(&clock, 0, 0.5) - 4.5F) < 1e-3F);
    assert_true(fabsf(breath_clock_seconds(&clock, 0.5, 0.5) - 5.5F) < 1e-3F);
}

/* A breath of 14 s after one of 7: the period follows by 8 % a breath, and phase never leaves 0.9 to 1.1 of
 * its pace. */
static void follows_slowly(void **state) {
    (void)state;
    BreathClock clock = fresh(7);
    float asked_phase = 0.3F, last_period = clock.period_s;
    int breaths = 0;
    for (int i = 0; i < 30000; i++) {
        asked_phase = fmodf(asked_phase + STEP_S / 14, 1);
        breath_clock_measure(&clock, asked_phase, 14);
        double before = clock.phase, passed = breath_clock_step(&clock, STEP_S);
        double pace = passed * (double)(clock.period_s / STEP_S) * (before < 0.5 ? 0.9 : 1.1);
        assert_true(passed > 0);
        if (clock.phase > before) assert_true(pace > 0.899 && pace < 1.101);
        if (clock.period_s == last_period) continue;
        assert_true(clock.period_s < last_period * 1.0801F);
        last_period = clock.period_s;
        breaths++;
    }
    assert_true(breaths >= 9); /* 1.08^9 is just 2 */
    assert_true(fabsf(clock.period_s - 14) < 0.01F);
}

static void phase_is_caught_up_with(void **state) {
    (void)state;
    BreathClock clock = fresh(8);
    double asked = 0.25;
    for (int i = 0; i < 10000; i++) {
        breath_clock_measure(&clock, (float)asked, 8);
        double speed = 0.5 / ((asked < 0.5 ? 0.45 : 0.55) * 8);
        asked = fmod(asked + speed * (double)STEP_S, 1);
        (void)breath_clock_step(&clock, STEP_S);
    }
    double off = asked - clock.phase;
    assert_true(fabs(off - round(off)) < 0.02);
}

static void stays_within_its_limits(void **state) {
    (void)state;
    BreathClock clock = fresh(8);
    for (int i = 0; i < 30000; i++) {
        breath_clock_measure(&clock, 0, 60);
        (void)breath_clock_step(&clock, STEP_S);
        assert_true(clock.period_s >= 6 && clock.period_s <= 15);
    }
    assert_true(fabsf(clock.period_s - 15) < 0.01F);
}

static void nonsense_is_ignored(void **state) {
    (void)state;
    BreathClock clock = fresh(8);
    breath_clock_measure(&clock, NAN, 8);
    breath_clock_measure(&clock, 0.5F, INFINITY);
    breath_clock_measure(&clock, 0.5F, -3);
    breath_clock_measure(&clock, 0.5F, 0);
    assert_false(clock.measured);
    assert_true(breath_clock_step(&clock, STEP_S) > 0);
    breath_clock_measure(&clock, -7.75F, 8);
    assert_true(clock.measured && clock.asked_phase >= 0 && clock.asked_phase < 1);
}

static void rests_after_a_breath_without_movement(void **state) {
    (void)state;
    BreathClock clock = fresh(8);
    assert_false(breath_clock_idle(&clock)); /* nothing has moved yet: a menu */
    breath_clock_measure(&clock, 0, 8);
    for (int i = 0; i < 790; i++) (void)breath_clock_step(&clock, STEP_S);
    assert_false(breath_clock_idle(&clock));
    for (int i = 0; i < 20; i++) (void)breath_clock_step(&clock, STEP_S);
    assert_true(breath_clock_idle(&clock));
    assert_true(fabsf(clock.period_s - 8) < 1e-3F); /* the last one is held */
}

static void long_breaths_are_filled(void **state) {
    (void)state;
    BreathClock clock = fresh(9.7F);
    assert_false(clock.long_breaths);
    bool filled_at_9_7 = false;
    for (int i = 0; i < 12000; i++) {
        breath_clock_measure(&clock, (float)clock.phase, i < 4000 ? 10.2F : 9.7F);
        (void)breath_clock_step(&clock, STEP_S);
        filled_at_9_7 = clock.long_breaths && clock.period_s < 9.8F;
    }
    assert_true(filled_at_9_7); /* on from 10 s, off only below 9.5 */
    for (int i = 0; i < 4000; i++) {
        breath_clock_measure(&clock, (float)clock.phase, 9);
        (void)breath_clock_step(&clock, STEP_S);
    }
    assert_false(clock.long_breaths);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inhale_takes_its_share),  cmocka_unit_test(follows_slowly),
        cmocka_unit_test(phase_is_caught_up_with), cmocka_unit_test(stays_within_its_limits),
        cmocka_unit_test(nonsense_is_ignored),     cmocka_unit_test(rests_after_a_breath_without_movement),
        cmocka_unit_test(long_breaths_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
