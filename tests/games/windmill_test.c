/* Windmill: a balloon for each side, sails heard at each quarter, a steady pace, hips that fray the wind. */
#include "game_test.h"

static const char exercise[] = "quadruped_rotation";

static void a_good_set_lifts_a_balloon_on_each_side(void **unused) {
    (void)unused;
    for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
        Play *play = play_begin(exercise, level, PLAY_GOOD);
        int32_t lifts[3] = { 0 }, sails[3] = { 0 }, y = 720;
        while (!play->over) {
            Side asked = play->asked;
            play_tick(play);
            for (int i = 0; i < play->events.count; i++) {
                const Event *event = &play->events.items[i];
                if (event->kind == EVENT_SAIL) {
                    assert_int_equal(event->a, sails[asked] % 4 + 1);
                    sails[asked]++;
                }
                if (event->kind != EVENT_LIFT) continue;
                if (event->a == 1) y = 720;
                assert_int_equal(event->a, ++lifts[asked]);
                assert_true(event->y < y);
                assert_true(asked == SIDE_LEFT ? event->x > 640 : event->x < 640);
                y = event->y;
            }
        }
        for (Side side = SIDE_RIGHT; side <= SIDE_LEFT; side++) {
            assert_int_equal(lifts[side], play->level.setup.reps_a_side);
            assert_int_equal(sails[side], 4 * play->level.setup.reps_a_side);
        }
        assert_int_equal(play->event_counts[EVENT_HIPS_TURN], 0);
        assert_true(play_form(play) > 950);
        free(play);
    }
}

static void a_partial_opening_lifts_nothing(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 2, PLAY_SHALLOW);
    play_run(play, 40);
    assert_true(play->partials > 3);
    assert_int_equal(play->event_counts[EVENT_LIFT], 0);
    assert_true(play->event_counts[EVENT_SAIL] > 0);
    free(play);
}

/* Repetitions of these lengths, with hips this flat; the form of the last one. */
static int32_t last_form(const int32_t *tempo_ms, int count, int16_t hips, int32_t tremble, int32_t *frayed) {
    Play *play = play_begin(exercise, 3, PLAY_GOOD);
    Events events = { 0 };
    int32_t tick = 0, place = 0;
    *frayed = 0;
    for (int rep = 0; rep < count; rep++) {
        for (int up = 1; up >= 0; up--) {
            while (up ? place < 960 : place > 0) {
                place += up ? 8 : -8;
                int32_t shake = up && place > 200 && place / 64 % 2 == 0 ? -tremble : 0;
                GameTick t = { .in = { .place = (int16_t)(place + shake) },
                               .asked = SIDE_RIGHT,
                               .tick = tick++ };
                play->game->step(play->state, &t, &events);
            }
        }
        events.count = 0;
        GameTick end = { .in = { .signal = SIM_REP, .tempo_ms = (uint16_t)tempo_ms[rep], .hips = hips },
                         .asked = SIDE_RIGHT,
                         .tick = tick++ };
        play->game->step(play->state, &end, &events);
        for (int i = 0; i < events.count; i++) *frayed += events.items[i].kind == EVENT_HIPS_TURN;
    }
    int32_t form = play->game->form(play->state);
    free(play);
    return form;
}

static void form_is_an_even_pace_and_flat_hips(void **unused) {
    (void)unused;
    static const int32_t even[] = { 5000, 5100, 4950 }, uneven[] = { 5000, 5000, 8000 };
    int32_t frayed = 0;
    assert_int_equal(last_form(even, 3, HIPS_UNKNOWN, 0, &frayed), 1000);
    assert_int_equal(frayed, 0);
    assert_in_range(last_form(uneven, 3, HIPS_UNKNOWN, 0, &frayed), 390, 410);
    assert_in_range(last_form(even, 3, HIPS_UNKNOWN, 180, &frayed), 590, 860);
    assert_int_equal(last_form(even, 3, 1000, 0, &frayed), 1000);
    assert_int_equal(frayed, 0);
    assert_int_equal(last_form(even, 3, 200, 0, &frayed), 600);
    assert_int_equal(frayed, 3);
    assert_int_equal(last_form(even, 3, 0, 0, &frayed), 500);
}

static void the_hips_are_seen_in_the_wind(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 3, PLAY_GOOD);
    DrawList *list = calloc(1, sizeof *list);
    assert_non_null(list);
    Events events = { 0 };
    int32_t points[2] = { 0 };
    for (int frayed = 0; frayed < 2; frayed++) {
        GameTick end = { .in = { .signal = SIM_REP, .tempo_ms = 5000, .hips = frayed ? 0 : 1000 },
                         .asked = SIDE_RIGHT,
                         .tick = 500 };
        play->game->step(play->state, &end, &events);
        GameView view = play_view(play);
        draw_clear(list);
        play->game->draw(play->state, &view, list);
        points[frayed] = list->point_count;
    }
    assert_true(points[1] > points[0] + 100);
    free(list);
    free(play);
}

static void a_hasty_set_has_less_form(void **unused) {
    (void)unused;
    assert_true(form_of(exercise, 5, PLAY_HASTY) < form_of(exercise, 5, PLAY_GOOD) - 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_set_lifts_a_balloon_on_each_side),
        cmocka_unit_test(a_partial_opening_lifts_nothing),
        cmocka_unit_test(form_is_an_even_pace_and_flat_hips),
        cmocka_unit_test(the_hips_are_seen_in_the_wind),
        cmocka_unit_test(a_hasty_set_has_less_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
