/* Bridgewright: stones from alternate banks, until the arch is closed. */
#include "game_test.h"

static const char exercise[] = "thoracic_bridge";

static void ten_repetitions_close_the_arch(void **unused) {
    (void)unused;
    for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
        Play *play = play_begin(exercise, level, PLAY_GOOD);
        bool taken[10] = { false };
        int32_t from_left = 0;
        while (!play->over) {
            Side asked = play->asked;
            play_tick(play);
            for (int i = 0; i < play->events.count; i++) {
                const Event *event = &play->events.items[i];
                if (event->kind != EVENT_STONE_SET) continue;
                assert_in_range(event->b, 0, 9);
                assert_false(taken[event->b]);
                taken[event->b] = true;
                /* From the bank of the hand that reached. */
                assert_true(asked == SIDE_LEFT ? event->x < 640 : event->x > 640);
                from_left += asked == SIDE_LEFT;
            }
        }
        assert_int_equal(play->event_counts[EVENT_STONE_SET], 10);
        assert_int_equal(play->event_counts[EVENT_LANTERNS], 1);
        assert_int_equal(play->event_counts[EVENT_STONE_WAITS], 0);
        assert_int_equal(from_left, 5);
        assert_int_equal(play_form(play), 1000);
        free(play);
    }
}

static void a_partial_repetition_leaves_the_stone(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 1, PLAY_SHALLOW);
    play_run(play, 60);
    assert_true(play->partials > 4);
    assert_int_equal(play->event_counts[EVENT_STONE_WAITS], play->partials);
    assert_int_equal(play->event_counts[EVENT_STONE_SET], 0);
    free(play);
}

static int32_t one_form(int16_t lift, int16_t reach, Side moved, Side asked) {
    Play *play = play_begin(exercise, 3, PLAY_GOOD);
    Events events = { 0 };
    GameTick up = { .in = { .lift = lift, .place = reach }, .asked = asked, .tick = 0 };
    GameTick down = { .in = { .signal = SIM_REP, .reach = reach, .side = (uint8_t)moved },
                      .asked = asked,
                      .tick = 1 };
    play->game->step(play->state, &up, &events);
    play->game->step(play->state, &down, &events);
    int32_t form = play->game->form(play->state);
    free(play);
    return form;
}

static void form_is_hips_reach_and_the_asked_side(void **unused) {
    (void)unused;
    assert_int_equal(one_form(900, 900, SIDE_RIGHT, SIDE_RIGHT), 1000);
    assert_int_equal(one_form(900, 900, SIDE_LEFT, SIDE_LEFT), 1000);
    assert_int_equal(one_form(900, 900, SIDE_LEFT, SIDE_RIGHT), 800);
    assert_int_equal(one_form(0, 900, SIDE_RIGHT, SIDE_RIGHT), 600);
    /* The slot is wide: full marks a little short of the target, fewer further off. */
    assert_int_equal(one_form(900, 700, SIDE_RIGHT, SIDE_RIGHT), 1000);
    assert_in_range(one_form(900, 560, SIDE_RIGHT, SIDE_RIGHT), 700, 900);
}

/* All from one bank is odd, but whole: every stone finds a place of its own. */
static void one_sided_play_still_ends(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 2, PLAY_GOOD);
    Events events = { 0 };
    int32_t set = 0, lanterns = 0;
    bool taken[10] = { false };
    for (int32_t i = 0; i < 14; i++) {
        GameTick t = { .in = { .signal = SIM_REP, .reach = 900, .side = SIDE_LEFT },
                       .asked = SIDE_LEFT,
                       .tick = i };
        events.count = 0;
        play->game->step(play->state, &t, &events);
        for (int k = 0; k < events.count; k++) {
            lanterns += events.items[k].kind == EVENT_LANTERNS;
            if (events.items[k].kind != EVENT_STONE_SET) continue;
            set++;
            assert_in_range(events.items[k].b, 0, 9);
            assert_false(taken[events.items[k].b]);
            taken[events.items[k].b] = true;
        }
    }
    assert_int_equal(set, 10);
    assert_int_equal(lanterns, 1);
    free(play);
}

/* The last level crosses in two spans: two crowns, lower than the one. */
static void the_last_level_has_two_spans(void **unused) {
    (void)unused;
    int32_t y[2][10] = { { 0 } };
    for (int k = 0; k < 2; k++) {
        Play *play = play_begin(exercise, k == 0 ? 1 : MINIGAME_LEVELS, PLAY_GOOD);
        while (!play->over) {
            play_tick(play);
            for (int i = 0; i < play->events.count; i++) {
                if (play->events.items[i].kind == EVENT_STONE_SET)
                    y[k][play->events.items[i].b] = play->events.items[i].y;
            }
        }
        free(play);
    }
    assert_in_range(y[0][4], 250, 300);
    assert_true(y[0][0] == y[0][9] && abs(y[0][4] - y[0][5]) <= 2);
    /* Each span springs from the same height at both of its ends. */
    assert_true(y[1][0] == y[1][4] && y[1][5] == y[1][9] && y[1][0] == y[1][5]);
    assert_true(y[1][2] == y[1][7] && y[1][2] < y[1][0] && y[1][2] > y[0][4] + 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_repetitions_close_the_arch),
        cmocka_unit_test(a_partial_repetition_leaves_the_stone),
        cmocka_unit_test(form_is_hips_reach_and_the_asked_side),
        cmocka_unit_test(one_sided_play_still_ends),
        cmocka_unit_test(the_last_level_has_two_spans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
