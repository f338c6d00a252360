/* What holds for every game: its level file, its place in the list, the same play giving the same events, and
 * a picture that fits. */
#include "core/rng.h"
#include "player.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const PlayStyle styles[] = { PLAY_GOOD, PLAY_HASTY, PLAY_SHALLOW, PLAY_IDLE };

/* The events a game may push; all others are the session's. */
static const struct {
    const char *game;
    EventKind first, last;
} own_events[] = {
    { "stone_garden", EVENT_STONE_NEAR, EVENT_RIPPLE },
    { "tidewing", EVENT_LIGHT, EVENT_TURN },
    { "lighthouse", EVENT_BOAT, EVENT_CELL },
    { "skyharp", EVENT_STRING, EVENT_STRING },
    { "bridgewright", EVENT_STONE_SET, EVENT_LANTERNS },
    { "deep_bell", EVENT_BELL, EVENT_STRANGER },
    { "windmill", EVENT_SAIL, EVENT_HIPS_TURN },
    { "lantern_dragon", EVENT_LANTERN, EVENT_ALL_LIT },
};

static Play *play_new(void) {
    Play *play = calloc(1, sizeof *play);
    assert_non_null(play);
    return play;
}

static DrawList *list_new(void) {
    DrawList *list = calloc(1, sizeof *list);
    assert_non_null(list);
    return list;
}

static void open_or_fail(Play *play, const Minigame *game, int32_t level, PlayStyle style, uint32_t seed) {
    Error error = { "" };
    if (play_open(play, game->exercise, level, style, seed, &error) != RESULT_OK) fail_msg("%s", error.text);
}

static void list_holds_the_day(void **unused) {
    (void)unused;
    static const char *const order[] = { "stone_garden", "tidewing",  "lighthouse", "skyharp",
                                         "bridgewright", "deep_bell", "windmill",   "lantern_dragon" };
    size_t count = 0;
    for (; minigames[count] != NULL; count++) {
        assert_true(count < sizeof order / sizeof order[0]);
        assert_string_equal(minigames[count]->id, order[count]);
        assert_ptr_equal(minigame_for_exercise(minigames[count]->exercise), minigames[count]);
        assert_true(minigames[count]->state_size <= MINIGAME_STATE_MAX);
    }
    assert_int_equal(count, sizeof order / sizeof order[0]);
    assert_null(minigame_for_exercise("juggling"));
}

static void levels_ask_more_and_never_faster(void **unused) {
    (void)unused;
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        Level before = { 0 };
        for (int32_t n = 1; n <= MINIGAME_LEVELS; n++) {
            Level level;
            Error error = { "" };
            if (level_read(&level, *game, n, 1, &error) != RESULT_OK) fail_msg("%s", error.text);
            assert_true(level.setup.target > before.setup.target);
            assert_true(level.setup.tempo_min_ms >= before.setup.tempo_min_ms);
            assert_true(level.setup.tempo_max_ms >= 2 * level.setup.tempo_min_ms);
            assert_true(level.stars[0] < level.stars[1] && level.stars[1] < level.stars[2]);
            assert_true(level.stars[0] >= before.stars[0]);
            before = level;
        }
    }
}

static void same_play_same_events(void **unused) {
    (void)unused;
    Play *a = play_new(), *b = play_new();
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        uint64_t good = 0;
        for (size_t s = 0; s < sizeof styles / sizeof styles[0]; s++) {
            open_or_fail(a, *game, 4, styles[s], 99);
            open_or_fail(b, *game, 4, styles[s], 99);
            play_run(a, 90);
            play_run(b, 90);
            assert_true(a->tick > 0 && a->tick == b->tick);
            assert_true(a->digest == b->digest);
            if (styles[s] == PLAY_GOOD)
                good = a->digest;
            else
                assert_true(a->digest != good);
        }
    }
    free(a);
    free(b);
}

/* What a replay holds must be heard again by every compiler at every optimisation: these numbers were printed
 * once and may only change with the rules or the level data. */
static void the_same_on_every_compiler(void **unused) {
    (void)unused;
    static const uint64_t digests[] = { 0x9B42BF7E08B787B1u, 0xA907C535B24ACC21u, 0x2921EA7EC68B42F9u,
                                        0x6B1CCD1371FF7275u, 0x1CC700E31B82FF8Bu, 0x313ECC99496F117Bu,
                                        0xA0696B87F38BFD71u, 0x946BE85CEB385B0Bu };
    Play *play = play_new();
    for (size_t g = 0; minigames[g] != NULL; g++) {
        open_or_fail(play, minigames[g], 3, PLAY_GOOD, 2024);
        play_run(play, 400);
        if (g >= sizeof digests / sizeof digests[0] || play->digest != digests[g])
            fail_msg("%s: 0x%016llX", minigames[g]->id, (unsigned long long)play->digest);
    }
    free(play);
}

static void events_are_the_games_own_and_in_the_picture(void **unused) {
    (void)unused;
    Play *play = play_new();
    for (size_t g = 0; minigames[g] != NULL; g++) {
        assert_string_equal(minigames[g]->id, own_events[g].game);
        for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
            for (size_t s = 0; s < sizeof styles / sizeof styles[0]; s++) {
                open_or_fail(play, minigames[g], level, styles[s], (uint32_t)level);
                for (int32_t tick = 0; tick < 60 * TICK_HZ; tick++) {
                    play_tick(play);
                    assert_true(play->events.count < EVENTS_MAX);
                    for (int i = 0; i < play->events.count; i++) {
                        const Event *event = &play->events.items[i];
                        assert_in_range(event->kind, own_events[g].first, own_events[g].last);
                        assert_in_range(event->x, 1, 1279);
                        assert_in_range(event->y, 1, 719);
                        assert_true(event->a >= 0);
                    }
                    int32_t form = play->game->form(play->state);
                    assert_in_range(form, 0, 1000);
                }
            }
        }
    }
    free(play);
}

/* Whatever a body or a damaged replay says, the rules stay whole. */
static void absurd_input_is_survived(void **unused) {
    (void)unused;
    Play *play = play_new();
    Events events = { 0 };
    Rng rng = rng_make(5, 5);
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        open_or_fail(play, *game, 5, PLAY_GOOD, 3);
        for (int32_t tick = 0; tick < 20000; tick++) {
            GameTick t = { .in = { .place = (int16_t)rng_u32(&rng),
                                   .lift = (int16_t)rng_u32(&rng),
                                   .flags = (uint8_t)rng_u32(&rng),
                                   .signal = (uint8_t)rng_below(&rng, 12),
                                   .side = (uint8_t)rng_u32(&rng),
                                   .reach = (int16_t)rng_u32(&rng),
                                   .under = (int16_t)rng_u32(&rng),
                                   .control = (int16_t)rng_u32(&rng),
                                   .hips = (int16_t)rng_u32(&rng),
                                   .tempo_ms = (uint16_t)rng_u32(&rng),
                                   .return_ms = (uint16_t)rng_u32(&rng) },
                           .asked = (Side)rng_below(&rng, 3),
                           .tick = tick,
                           .reps_done = tick / 50 };
            events.count = 0;
            play->game->step(play->state, &t, &events);
            assert_in_range(play->game->form(play->state), 0, 1000);
        }
    }
    free(play);
}

static void an_idle_body_earns_nothing(void **unused) {
    (void)unused;
    Play *play = play_new();
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        open_or_fail(play, *game, 1, PLAY_IDLE, 3);
        play_run(play, 60);
        for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) assert_int_equal(play->event_counts[kind], 0);
        assert_int_equal(play->reps, 0);
        assert_int_equal(play->asked_still_ticks, 0);
        assert_int_equal(play->game->form(play->state), 0);
    }
    free(play);
}

static void pictures_fit_and_change(void **unused) {
    (void)unused;
    Play *play = play_new();
    DrawList *list = list_new();
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        open_or_fail(play, *game, 5, PLAY_GOOD, 3);
        play_tick(play);
        int32_t first = 0;
        while (!play->over) {
            play_tick(play);
            if (play->tick % 45 != 0) continue;
            GameView view = play_view(play);
            draw_clear(list);
            play->game->draw(play->state, &view, list);
            assert_int_equal(list->dropped, 0);
            assert_true(list->command_count < DRAW_COMMANDS_MAX / 4);
            if (first == 0) first = list->command_count;
        }
        assert_int_not_equal(list->command_count, first);
        /* What only drifts goes; what informs stays. */
        GameView view = play_view(play);
        draw_clear(list);
        play->game->draw(play->state, &view, list);
        int32_t full = list->command_count;
        view.reduced_motion = true;
        draw_clear(list);
        play->game->draw(play->state, &view, list);
        assert_in_range(list->command_count, full / 4, full);
    }
    free(list);
    free(play);
}

/* With reduced motion and nothing happening, time alone changes no picture. */
static void reduced_motion_stands_still(void **unused) {
    (void)unused;
    Play *play = play_new();
    DrawList *a = list_new(), *b = list_new();
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        open_or_fail(play, *game, 5, PLAY_GOOD, 3);
        play_run(play, 50);
        GameView view = play_view(play);
        view.reduced_motion = true;
        play->game->draw(play->state, &view, a);
        view.time_s += 1.7f;
        play->game->draw(play->state, &view, b);
        assert_int_equal(a->command_count, b->command_count);
        assert_int_equal(a->point_count, b->point_count);
        assert_memory_equal(a->points, b->points, (size_t)a->point_count * sizeof a->points[0]);
        for (int32_t i = 0; i < a->command_count; i++) {
            assert_true(a->commands[i].x == b->commands[i].x && a->commands[i].y == b->commands[i].y);
            assert_true(a->commands[i].angle0 == b->commands[i].angle0 &&
                        a->commands[i].w == b->commands[i].w);
        }
        draw_clear(a);
        draw_clear(b);
    }
    free(a);
    free(b);
    free(play);
}

/* With high contrast scenery recedes, what moves has a paper edge, and words stand on opaque ink. */
static void high_contrast_sets_apart(void **unused) {
    (void)unused;
    Play *play = play_new();
    DrawList *plain = list_new(), *list = list_new();
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        open_or_fail(play, *game, 5, PLAY_GOOD, 3);
        for (int32_t moment = 0; moment < 8; moment++) {
            play_run(play, 7);
            GameView view = play_view(play);
            draw_clear(plain);
            play->game->draw(play->state, &view, plain);
            view.high_contrast = true;
            draw_clear(list);
            play->game->draw(play->state, &view, list);
            assert_int_equal(list->dropped, 0);
            assert_true(list->command_count > plain->command_count);
            bool veil = false;
            int32_t edges = 0;
            for (int32_t i = 0; i < list->command_count; i++) {
                const DrawCommand *c = &list->commands[i];
                veil |= c->kind == DRAW_RECT && c->w >= VIEW_WIDTH && c->colour.a > 150;
                bool shape = c->kind == DRAW_STROKE && c->width >= 6 && c->colour.a == 255;
                edges += shape && c->colour.r == COLOUR_PAPER.r && c->colour.b == COLOUR_PAPER.b;
                edges += c->kind == DRAW_SPRITE && strstr(list->text + c->text, DRAW_EDGE_SUFFIX) != NULL;
                if (c->kind != DRAW_TEXT) continue;
                const DrawCommand *plate = &list->commands[i - 1];
                assert_true(plate->kind == DRAW_RECT && plate->colour.a == 255);
                assert_true(plate->x < c->x && c->x < plate->x + plate->w);
            }
            assert_true(veil);
            if (!play->over) assert_true(edges > 0);
        }
    }
    free(list);
    free(plain);
    free(play);
}

/* Without reduced motion the same moment is never quite still: the camera sways, stars twinkle, water slides.
 */
static void the_picture_lives(void **unused) {
    (void)unused;
    Play *play = play_new();
    DrawList *a = list_new(), *b = list_new();
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        open_or_fail(play, *game, 5, PLAY_GOOD, 3);
        play_run(play, 20);
        GameView view = play_view(play);
        view.combo = 0;
        draw_clear(a);
        draw_clear(b);
        view.time_s = 0;
        play->game->draw(play->state, &view, a);
        view.time_s = 5; /* a quarter of the camera's round */
        play->game->draw(play->state, &view, b);
        int32_t moved = 0;
        for (int32_t i = 0; i < a->command_count && i < b->command_count; i++) {
            float dx = a->commands[i].x - b->commands[i].x;
            moved += dx > 2 || dx < -2;
        }
        assert_in_range(moved, 20, a->command_count);
    }
    free(a);
    free(b);
    free(play);
}

/* Where something happens is never under the display's plates. */
static void what_happens_is_clear_of_the_display(void **unused) {
    (void)unused;
    Play *play = play_new();
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        for (int32_t level = 1; level <= MINIGAME_LEVELS; level++) {
            open_or_fail(play, *game, level, PLAY_GOOD, 11);
            int32_t seen = 0;
            while (!play->over) {
                play_tick(play);
                for (int i = 0; i < play->events.count; i++) {
                    assert_in_range(play->events.items[i].x, 270, 1140);
                    assert_in_range(play->events.items[i].y, 150, 620);
                    seen++;
                }
            }
            assert_true(seen > 0);
        }
    }
    free(play);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_holds_the_day),
        cmocka_unit_test(levels_ask_more_and_never_faster),
        cmocka_unit_test(same_play_same_events),
        cmocka_unit_test(the_same_on_every_compiler),
        cmocka_unit_test(events_are_the_games_own_and_in_the_picture),
        cmocka_unit_test(absurd_input_is_survived),
        cmocka_unit_test(an_idle_body_earns_nothing),
        cmocka_unit_test(pictures_fit_and_change),
        cmocka_unit_test(reduced_motion_stands_still),
        cmocka_unit_test(high_contrast_sets_apart),
        cmocka_unit_test(the_picture_lives),
        cmocka_unit_test(what_happens_is_clear_of_the_display),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
