/* Lantern Dragon: a lantern for each wave that reaches both ends, the body behind the head, and the pearl. */
#include "game_test.h"

#include <math.h>
#include <string.h>

static const char exercise[] = "rocked_back_cat_camel";

static void a_good_set_lights_them_all(void **unused) {
    (void)unused;
    for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
        Play *play = play_begin(exercise, level, PLAY_GOOD);
        int32_t lit = 0;
        while (!play->over) {
            play_tick(play);
            for (int i = 0; i < play->events.count; i++) {
                if (play->events.items[i].kind != EVENT_LANTERN) continue;
                assert_int_equal(play->events.items[i].a, lit++);
                assert_int_equal(play->events.items[i].b, 1000);
            }
            /* The pearl is reached with the last one, not before. */
            assert_int_equal(play->event_counts[EVENT_ALL_LIT], lit == play->level.setup.reps);
        }
        assert_int_equal(lit, play->level.setup.reps);
        assert_int_equal(play_form(play), 1000);
        free(play);
    }
}

/* One wave between these places, trembling on its way up; what it lit and its form. */
static int32_t wave(int32_t high, int32_t low, int32_t tremble, int32_t *lit, int32_t *smooth) {
    Play *play = play_begin(exercise, 3, PLAY_GOOD);
    Events events = { 0 };
    int32_t tick = 0, place = 0;
    const int32_t stops[] = { high, low };
    for (int leg = 0; leg < 2; leg++) {
        while (place != stops[leg]) {
            int32_t way = stops[leg] - place;
            place += way > 10 ? 10 : way < -10 ? -10 : way;
            int32_t shake = leg == 0 && place > 200 && place / 80 % 2 == 0 ? -tremble : 0;
            GameTick t = { .in = { .place = (int16_t)(place + shake) }, .tick = tick++ };
            play->game->step(play->state, &t, &events);
        }
    }
    events.count = 0;
    GameTick end = { .in = { .place = (int16_t)place, .signal = SIM_REP }, .tick = tick };
    play->game->step(play->state, &end, &events);
    *lit = *smooth = 0;
    for (int i = 0; i < events.count; i++) {
        if (events.items[i].kind != EVENT_LANTERN) continue;
        ++*lit;
        *smooth = events.items[i].b;
    }
    int32_t form = play->game->form(play->state);
    free(play);
    return form;
}

static void a_lantern_asks_for_both_ends(void **unused) {
    (void)unused;
    int32_t lit = 0, smooth = 0;
    assert_int_equal(wave(900, -900, 0, &lit, &smooth), 1000);
    assert_int_equal(lit, 1);
    assert_in_range(wave(900, -500, 0, &lit, &smooth), 600, 900);
    assert_int_equal(lit, 0);
    assert_in_range(wave(500, -900, 0, &lit, &smooth), 600, 900);
    assert_int_equal(lit, 0);
}

static void kinks_burn_low(void **unused) {
    (void)unused;
    int32_t lit = 0, smooth = 0;
    assert_in_range(wave(900, -900, 200, &lit, &smooth), 500, 800);
    assert_int_equal(lit, 1);
    assert_true(smooth < 600);
}

static void half_waves_light_nothing(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 1, PLAY_SHALLOW);
    play_run(play, 60);
    assert_true(play->partials > 5);
    assert_int_equal(play->event_counts[EVENT_LANTERN], 0);
    free(play);
}

/* The places of a named sprite in the picture, in the order they were drawn. */
static int sprites(const DrawList *list, const char *name, Point *out, int max) {
    int count = 0;
    for (int32_t i = 0; i < list->command_count && count < max; i++) {
        const DrawCommand *command = &list->commands[i];
        if (command->kind == DRAW_SPRITE && strcmp(list->text + command->text, name) == 0)
            out[count++] = (Point){ command->x, command->y };
    }
    return count;
}

/* The head is where the body is, in the same frame; the lanterns come after it. */
static void the_head_leads(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 1, PLAY_GOOD);
    DrawList *list = calloc(1, sizeof *list);
    assert_non_null(list);
    Events events = { 0 };
    Point head[2], neck[3] = { { 0 } }, lanterns[20];
    for (int32_t tick = 0; tick < 200; tick++) {
        GameTick t = { .in = { .place = tick < 100 ? -500 : 500 }, .tick = tick };
        play->game->step(play->state, &t, &events);
        if (tick != 99 && tick != 100 && tick != 190) continue;
        GameView view = { .place = tick < 100 ? -0.5f : 0.5f, .reduced_motion = true };
        draw_clear(list);
        play->game->draw(play->state, &view, list);
        assert_int_equal(sprites(list, "lantern_dragon/head", &head[tick > 99], 1), 1);
        int count = sprites(list, "lantern_dragon/lantern", lanterns, 20);
        assert_int_equal(count, 12);
        neck[tick == 99 ? 0 : tick == 100 ? 1 : 2] = lanterns[count - 1];
        if (tick == 100) assert_true(head[1].y < head[0].y - 80);
    }
    assert_true(fabsf(neck[1].y - neck[0].y) < 1);
    assert_true(neck[2].y < neck[0].y - 60);
    free(list);
    free(play);
}

/* How high the fins stand over a level back in the picture after one wave with these hips, in units. */
static float fins_up(int32_t hips, int32_t low) {
    Play *play = play_begin(exercise, 5, PLAY_GOOD);
    DrawList *list = calloc(1, sizeof *list);
    assert_non_null(list);
    Events events = { 0 };
    for (int32_t tick = 0; tick < 400; tick++) {
        int32_t place = tick < 100    ? 10 * tick
                        : tick < 300  ? 1000 - (1000 - low) * (tick - 100) / 200
                        : tick == 300 ? low
                                      : 0;
        bool end = tick == 300;
        GameTick t = {
            .in = { .place = (int16_t)place, .hips = (int16_t)hips, .signal = end ? SIM_REP : SIM_NOTHING },
            .tick = tick
        };
        play->game->step(play->state, &t, &events);
    }
    GameView view = { .reduced_motion = true };
    play->game->draw(play->state, &view, list);
    float up = 0, fins = 0;
    for (int32_t i = 1; i < list->command_count; i++) {
        const DrawCommand *fin = &list->commands[i], *lantern = &list->commands[i - 1];
        if (fin->kind != DRAW_POLYGON || lantern->kind != DRAW_SPRITE) continue;
        float top = list->points[fin->first].y;
        for (int32_t k = 1; k < fin->count; k++) top = fminf(top, list->points[fin->first + k].y);
        up += lantern->y - top;
        fins++;
    }
    assert_true(fins >= 10);
    free(list);
    free(play);
    return up / fins;
}

static void fins_droop_after_a_poor_wave(void **unused) {
    (void)unused;
    float proud = fins_up(1000, -1000);
    /* The hips went along; an end was missed. Nobody is blamed for hips that nobody measures. */
    assert_true(fins_up(200, -1000) < proud - 4);
    assert_true(fins_up(1000, -300) < fins_up(1000, -950) - 4);
    assert_true(fabsf(fins_up(HIPS_UNKNOWN, -1000) - proud) < 0.01f);
}

static void the_village_answers_each_lantern(void **unused) {
    (void)unused;
    Play *play = play_begin(exercise, 5, PLAY_GOOD);
    Point lit[32];
    DrawList *list = calloc(1, sizeof *list);
    assert_non_null(list);
    play_run(play, 300);
    for (int32_t i = 0; i < 240; i++) play_tick(play);
    GameView view = play_view(play);
    play->game->draw(play->state, &view, list);
    assert_int_equal(sprites(list, "lantern_dragon/lantern_lit", lit, 32), play->level.setup.reps);
    assert_int_equal(sprites(list, "lantern_dragon/float", lit, 32), play->level.setup.reps);
    assert_int_equal(sprites(list, "lantern_dragon/lantern", lit, 32), 0);
    free(list);
    free(play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_set_lights_them_all),
        cmocka_unit_test(a_lantern_asks_for_both_ends),
        cmocka_unit_test(kinks_burn_low),
        cmocka_unit_test(half_waves_light_nothing),
        cmocka_unit_test(the_head_leads),
        cmocka_unit_test(fins_droop_after_a_poor_wave),
        cmocka_unit_test(the_village_answers_each_lantern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
