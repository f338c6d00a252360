/* Skyharp: a note of the tune for every repetition that reaches its string. */
#include "game_test.h"

static const char exercise[] = "pull_apart";

static void the_tune_is_played_in_order(void **unused) {
    (void)unused;
    for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
        Play *play = play_begin(exercise, level, PLAY_GOOD);
        int32_t next = 0;
        while (!play->over) {
            play_tick(play);
            for (int i = 0; i < play->events.count; i++) {
                assert_int_equal(play->events.items[i].kind, EVENT_STRING);
                assert_int_equal(play->events.items[i].a, next++);
                assert_in_range(play->events.items[i].b, 700, 1000);
            }
        }
        assert_int_equal(next, 15);
        assert_in_range(play_form(play), 900, 1000);
        free(play);
    }
}

static void a_string_sounds_when_it_is_reached_and_once(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 5, PLAY_GOOD);
    Events events = { 0 };
    /* The first note of the fifth tune is the lowest string but one: 700 + 250 / 5 = 750, less 12 of slack.
     */
    int32_t sounded_at = 0, count = 0;
    for (int32_t place = 0; place <= 950; place++) {
        GameTick t = { .in = { .place = (int16_t)place }, .tick = place };
        events.count = 0;
        play->game->step(play->state, &t, &events);
        if (events.count > 0) sounded_at = place;
        count += events.count;
    }
    assert_int_equal(sounded_at, 738);
    assert_int_equal(count, 1);
    free(play);
}

static void a_partial_repetition_keeps_the_note(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 3, PLAY_SHALLOW);
    play_run(play, 60);
    assert_true(play->partials > 5);
    assert_int_equal(play->event_counts[EVENT_STRING], 0);
    free(play);
}

/* Form of the second of two repetitions: the first sets the measure. */
static int32_t second_form(int32_t peak, uint16_t tempo_ms, uint16_t return_ms) {
    Play *play = play_begin(exercise, 3, PLAY_GOOD);
    Events events = { 0 };
    const SimInput reps[2] = {
        { .signal = SIM_REP, .reach = 900, .tempo_ms = 6000, .return_ms = 3000 },
        { .signal = SIM_REP, .reach = (int16_t)peak, .tempo_ms = tempo_ms, .return_ms = return_ms }
    };
    for (int32_t i = 0; i < 2; i++) {
        GameTick out_there = { .in = { .place = i == 0 ? 900 : (int16_t)peak }, .tick = 2 * i };
        GameTick back = { .in = reps[i], .tick = 2 * i + 1 };
        play->game->step(play->state, &out_there, &events);
        play->game->step(play->state, &back, &events);
    }
    int32_t form = play->game->form(play->state);
    free(play);
    return form;
}

static void form_is_a_slow_return_and_evenness(void **unused) {
    (void)unused;
    assert_int_equal(second_form(900, 6000, 3000), 1000);
    assert_in_range(second_form(900, 6000, 400), 350, 450);
    assert_in_range(second_form(700, 6000, 3000), 780, 900);
    assert_in_range(second_form(900, 2000, 3000), 780, 900);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tune_is_played_in_order),
        cmocka_unit_test(a_string_sounds_when_it_is_reached_and_once),
        cmocka_unit_test(a_partial_repetition_keeps_the_note),
        cmocka_unit_test(form_is_a_slow_return_and_evenness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
