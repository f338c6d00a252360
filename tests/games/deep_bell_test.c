/* Deep Bell: the zone, the lamp that stillness feeds, slow breath, and water that grows stranger. */
#include "game_test.h"

#include <string.h>

static const char exercise[] = "bench_extension";

static void a_calm_dive_goes_through_strange_water(void **unused) {
    (void)unused;
    for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
        Play *play = play_begin(exercise, level, PLAY_GOOD);
        int64_t sum = 0;
        while (!play->over) {
            play_tick(play);
            sum += play->game->form(play->state);
        }
        assert_int_equal(play->tick, 90 * TICK_HZ);
        assert_true(play->event_counts[EVENT_BELL] >= 2);
        assert_int_equal(play->event_last_a[EVENT_CHAIN], 6);
        assert_in_range(play->event_last_a[EVENT_STRANGER], 4, 5);
        assert_true(play->event_counts[EVENT_BUBBLES] >= 8);
        assert_true(sum / play->tick > 750);
        free(play);
    }
}

/* Ticks of a body that stays here; the form at their end. */
static int32_t stay(int32_t level, int32_t place, int32_t ticks, uint8_t flags, int32_t breath_ms) {
    Play *play = play_begin(exercise, level, PLAY_GOOD);
    Events events = { 0 };
    for (int32_t tick = 0; tick < ticks; tick++) {
        bool breath = breath_ms > 0 && tick % 240 == 239;
        GameTick t = { .in = { .place = (int16_t)place,
                               .flags = flags,
                               .signal = breath ? SIM_BREATH : SIM_NOTHING,
                               .tempo_ms = (uint16_t)(breath ? breath_ms : 0) },
                       .tick = tick };
        events.count = 0;
        play->game->step(play->state, &t, &events);
    }
    int32_t form = play->game->form(play->state);
    free(play);
    return form;
}

static void form_is_the_zone_stillness_and_slow_breath(void **unused) {
    (void)unused;
    assert_in_range(stay(3, 840, 2400, SIM_FLAG_STILL, 7000), 990, 1000);
    /* Above the zone and past the own end there is nothing. */
    assert_int_equal(stay(3, 600, 2400, SIM_FLAG_STILL, 7000), 0);
    assert_int_equal(stay(3, 1200, 2400, SIM_FLAG_STILL, 7000), 0);
    /* Whoever stirs all the time keeps little more than half of it. */
    assert_in_range(stay(3, 840, 2400, 0, 7000), 540, 560);
    assert_in_range(stay(3, 840, 2400, SIM_FLAG_STILL, 1500), 845, 860);
    /* The lamp takes its time. */
    assert_in_range(stay(3, 840, 30, SIM_FLAG_STILL, 0), 650, 750);
}

static void a_higher_level_begins_deeper(void **unused) {
    (void)unused;
    assert_true(stay(1, 600, 300, SIM_FLAG_STILL, 0) > 900);
    assert_int_equal(stay(5, 600, 300, SIM_FLAG_STILL, 0), 0);
    assert_true(stay(5, 950, 300, SIM_FLAG_STILL, 0) > 900);
}

static void the_bell_is_where_the_chest_is(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 2, PLAY_GOOD);
    DrawList *list = calloc(1, sizeof *list);
    assert_non_null(list);
    float y[2] = { 0 };
    for (int deep = 0; deep < 2; deep++) {
        GameView view = { .place = (float)deep, .reduced_motion = true };
        draw_clear(list);
        play->game->draw(play->state, &view, list);
        for (int32_t i = 0; i < list->command_count; i++) {
            const DrawCommand *command = &list->commands[i];
            if (command->kind == DRAW_SPRITE && strcmp(list->text + command->text, "deep_bell/bell") == 0)
                y[deep] = command->y;
        }
    }
    assert_true(y[0] > 100 && y[1] > y[0] + 200);
    free(list);
    free(play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calm_dive_goes_through_strange_water),
        cmocka_unit_test(form_is_the_zone_stillness_and_slow_breath),
        cmocka_unit_test(a_higher_level_begins_deeper),
        cmocka_unit_test(the_bell_is_where_the_chest_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
