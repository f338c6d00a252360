/* Stone Garden: stillness melts stones, evenness makes form. */
#include "game_test.h"

static const char exercise[] = "foam_roll";

static void rests_melt_stones(void **unused) {
    (void)unused;
    for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
        Play *play = play_begin(exercise, level, PLAY_GOOD);
        play_run(play, 60);
        const GameSetup *s = &play->level.setup;
        int32_t melt_s = play->level.fields[3];
        /* The script rests for all of the asked seconds. */
        assert_int_equal(play->event_last_a[EVENT_RIPPLE], play->event_counts[EVENT_RIPPLE]);
        assert_in_range(play->event_counts[EVENT_RIPPLE], s->hold_s / melt_s - 1, s->hold_s / melt_s + 1);
        assert_true(play->event_counts[EVENT_STONE_NEAR] > 0);
        assert_true(play->asked_still_ticks > s->hold_s * TICK_HZ / 2);
        free(play);
    }
}

/* A stone comes to whoever rests, wherever that is, but not at the start. */
static void stones_come_to_who_rests(void **unused) {
    (void)unused;
    for (int32_t place = 0; place <= 1000; place += 100) {
        Play *play = play_begin(exercise, 1, PLAY_GOOD);
        Events events = { 0 };
        int32_t ripples = 0;
        for (int32_t tick = 0; tick < 12 * TICK_HZ; tick++) {
            GameTick t = { .in = { .place = (int16_t)place, .flags = SIM_FLAG_STILL }, .tick = tick };
            events.count = 0;
            play->game->step(play->state, &t, &events);
            for (int i = 0; i < events.count; i++) ripples += events.items[i].kind == EVENT_RIPPLE;
        }
        assert_int_equal(ripples, place >= 300 ? 1 : 0);
        free(play);
    }
}

/* Warmth is never lost by moving on too early. */
static void warmth_is_kept(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 1, PLAY_GOOD);
    Events events = { 0 };
    int32_t still = 0, ripple_at = 0;
    for (int32_t tick = 0; tick < 30 * TICK_HZ && ripple_at == 0; tick++) {
        bool rest = tick / TICK_HZ % 3 != 0;
        GameTick t = { .in = { .place = 640, .flags = rest ? SIM_FLAG_STILL : 0 }, .tick = tick };
        events.count = 0;
        play->game->step(play->state, &t, &events);
        still += rest;
        for (int i = 0; i < events.count; i++) {
            if (events.items[i].kind == EVENT_RIPPLE) ripple_at = still;
        }
    }
    /* The second before the stone came is not warmth; after that every still tick is. */
    assert_int_equal(ripple_at, play->level.fields[3] * TICK_HZ + TICK_HZ - 1);
    free(play);
}

static void form_is_coverage_and_evenness(void **unused) {
    (void)unused;
    int32_t good = form_of(exercise, 3, PLAY_GOOD), shallow = form_of(exercise, 3, PLAY_SHALLOW);
    assert_in_range(good, 850, 1000);
    assert_in_range(shallow, 300, good - 150);
}

/* The same way, but dashed and dawdled by turns. */
static void uneven_speed_costs_form(void **unused) {
    (void)unused;
    int32_t form[2] = { 0 };
    for (int uneven = 0; uneven < 2; uneven++) {
        Play *play = play_begin(exercise, 3, PLAY_GOOD);
        Events events = { 0 };
        int32_t place = 0, tick = 0;
        for (int way = 1; way >= -1; way -= 2) {
            while (way > 0 ? place < 960 : place > 0) {
                int32_t step = uneven == 0 ? 4 : place / 160 % 2 == 0 ? 1 : 16;
                place += way * step;
                GameTick t = { .in = { .place = (int16_t)place }, .tick = tick++ };
                play->game->step(play->state, &t, &events);
            }
        }
        GameTick end = { .in = { .signal = SIM_REP, .reach = 960 }, .tick = tick };
        play->game->step(play->state, &end, &events);
        form[uneven] = play->game->form(play->state);
        free(play);
    }
    assert_in_range(form[0], 950, 1000);
    assert_in_range(form[1], 400, 750);
}

/* Where the game says stop, stillness melts the stone, and is a hold: those count from a sixth of the range
 * from the start, and a body takes a moment to stop. */
static void stillness_is_asked_where_it_counts(void **unused) {
    (void)unused;
    enum { HOLDS_FROM = 160, MARGIN = 60 };
    int32_t asked = 0;
    for (int32_t place = 0; place <= 1000; place += 20) {
        Play *play = play_begin(exercise, 1, PLAY_GOOD);
        Events events = { 0 };
        int32_t tick = 0, ripples = 0;
        /* Some lanes are combed before. */
        for (; tick < 1600; tick++) {
            int32_t round = tick % 400, at = 5 * (round < 200 ? round : 400 - round);
            GameTick t = { .in = { .place = (int16_t)at }, .tick = tick };
            play->game->step(play->state, &t, &events);
            if (at < HOLDS_FROM + MARGIN) assert_false(play->game->asks_stillness(play->state));
        }
        bool asks = false;
        for (int32_t still = 0; still < 15 * TICK_HZ; still++, tick++) {
            GameTick t = { .in = { .place = (int16_t)place, .flags = SIM_FLAG_STILL }, .tick = tick };
            events.count = 0;
            play->game->step(play->state, &t, &events);
            if (still == 0) asks = play->game->asks_stillness(play->state);
            for (int i = 0; i < events.count; i++) ripples += events.items[i].kind == EVENT_RIPPLE;
        }
        if (asks) assert_true(ripples > 0);
        if (place < HOLDS_FROM + MARGIN) assert_true(!asks && ripples == 0);
        asked += asks;
        free(play);
    }
    assert_true(asked > 5);
}

/* Whoever rests in one spot melts one stone after the other, and each in its own lane: no two ripples lie at
 * the same height of the picture. */
static void ripples_lie_all_over_the_garden(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, MINIGAME_LEVELS, PLAY_GOOD);
    Events events = { 0 };
    int16_t y[8] = { 0 };
    int32_t ripples = 0;
    for (int32_t tick = 0; tick < 40 * TICK_HZ; tick++) {
        GameTick t = { .in = { .place = 700, .flags = SIM_FLAG_STILL }, .tick = tick };
        events.count = 0;
        play->game->step(play->state, &t, &events);
        for (int i = 0; i < events.count; i++) {
            if (events.items[i].kind != EVENT_RIPPLE) continue;
            for (int32_t k = 0; k < ripples; k++) assert_int_not_equal(y[k], events.items[i].y);
            y[ripples++] = events.items[i].y;
        }
    }
    assert_in_range(ripples, 5, 6);
    free(play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stillness_is_asked_where_it_counts), cmocka_unit_test(rests_melt_stones),
        cmocka_unit_test(stones_come_to_who_rests),           cmocka_unit_test(warmth_is_kept),
        cmocka_unit_test(form_is_coverage_and_evenness),      cmocka_unit_test(uneven_speed_costs_form),
        cmocka_unit_test(ripples_lie_all_over_the_garden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
