/* Tidewing: lights lie on the player's own breath. */
#include "game_test.h"

static const char exercise[] = "cat_cow";

static void a_steady_breath_catches_the_lights(void **unused) {
    (void)unused;
    for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
        Play *play = play_begin(exercise, level, PLAY_GOOD);
        play_run(play, 120);
        int32_t lights = play->level.fields[1] * play->level.setup.reps;
        int32_t caught = play->event_counts[EVENT_LIGHT] + play->event_counts[EVENT_TURN];
        assert_int_equal(play->reps, 8);
        assert_in_range(caught, lights * 8 / 10, lights + play->level.fields[1]);
        /* Two turns a breath. */
        assert_in_range(play->event_counts[EVENT_TURN], 12, 18);
        assert_in_range(play_form(play), 820, 1000);
        free(play);
    }
}

/* A breath in and out again that takes period_s, as a swing from cow to cat; the mean form of the last five
 * of twelve. */
static int32_t form_at_pace(int32_t level, int32_t period_ticks) {
    Play *play = play_begin(exercise, level, PLAY_GOOD);
    Events events = { 0 };
    int32_t sum = 0, reps = 0;
    int32_t rise = period_ticks * 45 / 100;
    /* From the middle of the first inhale. */
    for (int32_t tick = rise / 2; reps < 6; tick++) {
        int32_t at = tick % period_ticks;
        int64_t part = at < rise ? at * 1000 / rise : (period_ticks - at) * 1000 / (period_ticks - rise);
        int32_t place = (int32_t)(-980 + 1960 * (part * part * (3000 - 2 * part) / 1000000) / 1000);
        SimInput in = { .place = (int16_t)place };
        if (at == rise) in.signal = SIM_TOP;
        if (at == 0) {
            in.signal = SIM_REP;
            in.reach = 980;
            in.tempo_ms = (uint16_t)(period_ticks * 1000 / TICK_HZ);
        }
        GameTick t = { .in = in, .tick = tick };
        play->game->step(play->state, &t, &events);
        events.count = 0;
        if (in.signal != SIM_REP) continue;
        if (reps >= 1 && reps < 6) sum += play->game->form(play->state);
        reps++;
    }
    free(play);
    return sum / 5;
}

static void the_curve_takes_the_players_pace(void **unused) {
    (void)unused;
    /* Four to ten breaths a minute, all at home on the first level and, inside its window, on the last. */
    assert_in_range(form_at_pace(1, 15 * TICK_HZ), 900, 1000);
    assert_in_range(form_at_pace(1, 10 * TICK_HZ), 900, 1000);
    assert_in_range(form_at_pace(1, 6 * TICK_HZ), 900, 1000);
    assert_in_range(form_at_pace(5, 12 * TICK_HZ), 900, 1000);
    assert_in_range(form_at_pace(5, 7 * TICK_HZ), 900, 1000);
}

static void a_gasp_is_not_followed(void **unused) {
    (void)unused;
    assert_in_range(form_at_pace(4, 2 * TICK_HZ), 0, 600);
    assert_in_range(form_of(exercise, 4, PLAY_HASTY), 0, 600);
}

/* Rounding the back alone is half of the exercise, and the curve waits for the other half. */
static void cats_alone_are_half_the_exercise(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 5, PLAY_GOOD);
    Events events = { 0 };
    int32_t form = 0;
    for (int32_t tick = 0; tick < 64 * TICK_HZ; tick++) {
        int32_t at = tick % (8 * TICK_HZ), half = 4 * TICK_HZ;
        int32_t down = (at < half ? at : 2 * half - at) * 980 / half;
        GameTick t = { .in = { .place = (int16_t)(tick < TICK_HZ ? 200 : -down) }, .tick = tick };
        if (at == 0 && tick > 0) t.in.signal = SIM_REP;
        play->game->step(play->state, &t, &events);
        events.count = 0;
        if (t.in.signal == SIM_REP) form = play->game->form(play->state);
    }
    assert_in_range(form, 0, 500);
    free(play);
}

/* Nobody moves: the sea waits, and no light goes by. */
static void the_sea_waits(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 3, PLAY_GOOD);
    Events events = { 0 };
    play_run(play, 12);
    int32_t lights = 0;
    for (int32_t i = 0; i < 60 * TICK_HZ; i++) {
        GameTick t = { .in = { .place = 400 }, .tick = play->tick + i };
        events.count = 0;
        play->game->step(play->state, &t, &events);
        if (i > 15 * TICK_HZ) lights += events.count;
    }
    assert_int_equal(lights, 0);
    /* And goes on when the player does. */
    for (int32_t i = 0; i < 20 * TICK_HZ; i++) {
        int32_t at = i % (8 * TICK_HZ);
        GameTick t = { .in = { .place = (int16_t)(at < 4 * TICK_HZ ? -900 + at * 7
                                                                   : 900 - (at - 4 * TICK_HZ) * 7) },
                       .tick = play->tick + 3600 + i };
        events.count = 0;
        play->game->step(play->state, &t, &events);
        lights += events.count;
    }
    assert_true(lights > 3);
    free(play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_steady_breath_catches_the_lights),
        cmocka_unit_test(the_curve_takes_the_players_pace),
        cmocka_unit_test(a_gasp_is_not_followed),
        cmocka_unit_test(cats_alone_are_half_the_exercise),
        cmocka_unit_test(the_sea_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
