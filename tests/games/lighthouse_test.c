/* Lighthouse: two headlands, boats along the sweep, stars for a held top, cells for threading under. */
#include "game_test.h"

static const char exercise[] = "table_top_twist";

static void a_good_set_lights_both_headlands(void **unused) {
    (void)unused;
    for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
        Play *play = play_begin(exercise, level, PLAY_GOOD);
        int32_t boats[3] = { 0 }, left_x = 0, right_x = 0;
        while (!play->over) {
            Side asked = play->asked;
            play_tick(play);
            for (int i = 0; i < play->events.count; i++) {
                const Event *event = &play->events.items[i];
                if (event->kind != EVENT_BOAT) continue;
                assert_in_range(event->a, 3, 9);
                boats[asked]++;
                if (asked == SIDE_RIGHT)
                    right_x += event->x;
                else
                    left_x += 1280 - event->x;
            }
        }
        assert_int_equal(boats[SIDE_RIGHT], play->level.fields[0]);
        assert_int_equal(boats[SIDE_LEFT], play->level.fields[0]);
        assert_int_equal(left_x, right_x);
        assert_in_range(play->event_counts[EVENT_STAR], 2 * play->level.fields[1] - 2,
                        2 * play->level.fields[1]);
        assert_in_range(play->event_counts[EVENT_CELL], 8, 16);
        assert_true(play_form(play) > 900);
        free(play);
    }
}

static void boats_come_as_the_set_goes_on(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 5, PLAY_GOOD);
    while (play->reps < 1) play_tick(play);
    assert_in_range(play->event_counts[EVENT_BOAT], 1, 2);
    while (play->reps < 4) play_tick(play);
    assert_in_range(play->event_counts[EVENT_BOAT], 3, 5);
    free(play);
}

/* One sweep: out to `top`, held for hold ticks, then to -`under` and back. */
static int32_t sweep_form(int32_t top, int32_t hold, int32_t under, int32_t tremble) {
    Play *play = play_begin(exercise, 3, PLAY_GOOD);
    Events events = { 0 };
    int32_t tick = 0, place = 0;
    const int32_t stops[] = { top, top, -under, 0 };
    for (int leg = 0; leg < 4; leg++) {
        int32_t wait = leg == 1 ? hold : 0;
        while (place != stops[leg] || wait-- > 0) {
            int32_t way = stops[leg] - place;
            place += way > 8 ? 8 : way < -8 ? -8 : way;
            int32_t shake = leg == 0 && place > 200 && place / 64 % 2 == 0 ? -tremble : 0;
            GameTick t = { .in = { .place = (int16_t)(place + shake) }, .asked = SIDE_RIGHT, .tick = tick++ };
            play->game->step(play->state, &t, &events);
        }
    }
    GameTick end = { .in = { .signal = SIM_REP, .reach = (int16_t)top }, .asked = SIDE_RIGHT, .tick = tick };
    play->game->step(play->state, &end, &events);
    int32_t form = play->game->form(play->state);
    free(play);
    return form;
}

static void form_is_a_held_top_threading_and_a_smooth_sweep(void **unused) {
    (void)unused;
    assert_int_equal(sweep_form(960, 60, 500, 0), 1000);
    assert_in_range(sweep_form(840, 0, 500, 0), 600, 800);
    assert_in_range(sweep_form(960, 60, 0, 0), 650, 750);
    assert_in_range(sweep_form(960, 60, 500, 180), 600, 800);
    assert_in_range(sweep_form(600, 60, 500, 0), 550, 650);
}

static void a_hasty_set_has_less_form(void **unused) {
    (void)unused;
    assert_true(form_of(exercise, 5, PLAY_HASTY) < form_of(exercise, 5, PLAY_GOOD) - 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_set_lights_both_headlands),
        cmocka_unit_test(boats_come_as_the_set_goes_on),
        cmocka_unit_test(form_is_a_held_top_threading_and_a_smooth_sweep),
        cmocka_unit_test(a_hasty_set_has_less_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
