/* The staircase finds what about four in five repetitions reach, whoever plays, and asks for nothing else. */
#include "core/rng.h"
#include "session/staircase.h"
#include "testing.h"

#include <math.h>

enum { REPS = 12, SETS = 200, SETTLED = 60 };

/* Sets of somebody who reaches `mean` of their own range, give or take `spread`; the share that reached what
 * was asked once it has settled. */
static double play(double mean, double spread, int32_t level_target, uint64_t seed, int32_t *value) {
    Rng rng = rng_make(seed, 1);
    int reached = 0, done = 0;
    *value = STAIRCASE_START;
    for (int set = 0; set < SETS; set++) {
        RepScore reps[REPS];
        int32_t target = staircase_target(level_target, *value);
        for (int i = 0; i < REPS; i++) {
            double reach = mean + spread * rng_normal(&rng);
            int32_t share = (int32_t)(fmin(fmax(reach, 0), 1) * 1000 * 1000) / target;
            reps[i] = (RepScore){ .reach = share < 1000 ? share : 1000,
                                  .word = share < 500 ? WORD_PARTIAL : WORD_GOOD };
            if (set < SETTLED) continue;
            done++;
            reached += share >= 1000;
        }
        *value = staircase_after(*value, reps, REPS);
    }
    return (double)reached / done;
}

static void four_in_five_reach_what_is_asked(void **state) {
    (void)state;
    static const double means[] = { 0.62, 0.72, 0.82, 0.92 };
    for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
        for (uint64_t seed = 1; seed <= 3; seed++) {
            int32_t value = 0;
            double share = play(means[m], 0.08, 700, seed, &value);
            if (!(share > 0.76 && share < 0.84))
                fail_msg("who reaches %.2f does so in %.2f of the repetitions, at %d", means[m], share,
                         (int)value);
        }
    }
}

static void it_follows_the_player(void **state) {
    (void)state;
    int32_t stiff = 0, limber = 0;
    (void)play(0.62, 0.08, 700, 1, &stiff);
    (void)play(0.92, 0.08, 700, 1, &limber);
    assert_true(stiff < 900);
    assert_true(limber > 1100);
}

/* However well it goes, never more than is comfortable; a level that asks for more itself stays as it is. */
static void it_never_asks_for_too_much(void **state) {
    (void)state;
    int32_t value = 0;
    (void)play(1.2, 0.01, 930, 1, &value);
    assert_int_equal(value, STAIRCASE_HIGH);
    assert_int_equal(staircase_target(930, value), STAIRCASE_MOST);
    assert_int_equal(staircase_target(700, STAIRCASE_START), 700);
    assert_int_equal(staircase_target(980, value), 980);
    assert_int_equal(staircase_target(0, value), 0);
    (void)play(0.1, 0.01, 700, 1, &value);
    assert_int_equal(value, STAIRCASE_LOW);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_in_five_reach_what_is_asked),
        cmocka_unit_test(it_follows_the_player),
        cmocka_unit_test(it_never_asks_for_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
