/* Nobody's eyes are flashed at: whole sets of all eight games, drawn by the program's own screens from the
 * how-to to the result, at the hardest level and by a clumsy body that both hits and misses. */
#include "app/play_view.h"
#include "flash_meter.h"
#include "platform/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FLASHES_MAX = 3, TICKS_A_FRAME = TICK_HZ / FLASH_FPS, LEVEL = 5, LONGEST_S = 600 };

typedef struct Stand {
    Content content;
    Store *store;
    Screen *screen;
    Coach coach;
    DrawList list;
    FlashMeter meter;
} Stand;

static int setup(void **state) {
    Error error = { "" };
    Stand *stand = calloc(1, sizeof *stand);
    assert_non_null(stand);
    setenv("BACKBEAT_ASSETS", ASSETS, 1);
    if (content_load(&stand->content, TEST_FOLDER, &error) != RESULT_OK) fail_msg("%s", error.text);
    assert_int_equal(store_open(&stand->store, TEST_FOLDER, &error), RESULT_OK);
    char *text = NULL;
    assert_int_equal(files_read(ASSETS "/coach-poses.json", &text, NULL, &error), RESULT_OK);
    assert_int_equal(coach_parse(&stand->coach, text, "coach-poses.json", &error), RESULT_OK);
    free(text);
    ScreenConfig config = {
        .headless = true, .width = FLASH_WIDTH, .height = FLASH_HEIGHT, .assets = stand->content.assets
    };
    assert_int_equal(screen_open(&stand->screen, &config, &error), RESULT_OK);
    *state = stand;
    return 0;
}

static int teardown(void **state) {
    Stand *stand = *state;
    screen_close(stand->screen);
    store_close(stand->store);
    content_free(&stand->content);
    free(stand);
    return 0;
}

/* The picture of every second tick, from the how-to to the end. */
static int32_t flashes_of(Stand *stand, const char *exercise, const char *input) {
    Error error = { "" };
    InputChoice choice = { 0 };
    Play *play = NULL;
    PlayView view;
    if (input_open(&choice, input, 3, &error) != RESULT_OK) fail_msg("%s", error.text);
    PlayConfig config = { .content = &stand->content,
                          .store = stand->store,
                          .keeps_nothing = true,
                          .level = LEVEL,
                          .seed = 3,
                          .player = { .last_day = -1 },
                          .routine = { .id = "flashes", .minutes = 1, .count = 1 } };
    const Routine *minute = content_routine(&stand->content, "minute");
    config.routine.items[0] = minute->items[routine_find(minute, exercise)];
    if (play_begin(&play, &config, &choice, &error) != RESULT_OK) fail_msg("%s", error.text);
    play_view_init(&view);
    flash_meter_init(&stand->meter);
    for (int32_t tick = 0; tick < LONGEST_S * TICK_HZ && !play_over(play); tick++) {
        double now_s = (double)tick / TICK_HZ;
        play_tick(play, FLOW_NOTHING, NULL, now_s);
        play_view_tick(&view, play, now_s);
        if (tick % TICKS_A_FRAME != 0) continue;
        UiContext ui = { .measure = screen_text_measure(stand->screen),
                         .coach = &stand->coach,
                         .time_s = (float)now_s,
                         .shown_s = (float)now_s };
        draw_clear(&stand->list);
        play_view_draw(&view, play, &ui, 0, &stand->list);
        screen_present(stand->screen, &stand->list);
        flash_meter_feed(&stand->meter, screen_pixels(stand->screen));
    }
    assert_true(play_over(play));
    /* It was a real set, and not a perfect one. */
    assert_true(stand->meter.frames > 40 * FLASH_FPS);
    play_end(play);
    input_close(&choice);
    return stand->meter.worst;
}

static void no_game_flashes(void **state) {
    Stand *stand = *state;
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        int32_t worst = flashes_of(stand, (*game)->exercise, "demo:clumsy");
        print_message("%-16s %d frames, at most %d flashes a second\n", (*game)->id, (int)stand->meter.frames,
                      (int)worst);
        assert_in_range(worst, 0, FLASHES_MAX);
    }
}

/* Flashes this many times a second in a box of the picture; what the meter says. */
static int32_t measured(Stand *stand, int32_t flashes, int32_t width, int32_t height, uint32_t dark,
                        uint32_t bright) {
    static uint32_t pixels[FLASH_PIXELS];
    flash_meter_init(&stand->meter);
    for (int32_t frame = 0; frame < 3 * FLASH_FPS; frame++) {
        bool on = frame * 2 * flashes / FLASH_FPS % 2 == 1;
        for (int32_t i = 0; i < FLASH_PIXELS; i++) {
            bool inside = i % FLASH_WIDTH < width && i / FLASH_WIDTH < height;
            pixels[i] = on && inside ? bright : dark;
        }
        flash_meter_feed(&stand->meter, pixels);
    }
    return stand->meter.worst;
}

static void the_meter_counts(void **state) {
    Stand *stand = *state;
    assert_int_equal(measured(stand, 5, FLASH_WIDTH, FLASH_HEIGHT, 0xFF000000, 0xFFFFFFFF), 5);
    assert_int_equal(measured(stand, 3, FLASH_WIDTH, FLASH_HEIGHT, 0xFF000000, 0xFFFFFFFF), 3);
    assert_int_equal(measured(stand, 5, 14, 8, 0xFF101A2E, 0xFFFFD27A), 5);
    /* Too small, too faint, and too bright to be one. */
    assert_int_equal(measured(stand, 5, 9, 8, 0xFF000000, 0xFFFFFFFF), 0);
    assert_int_equal(measured(stand, 5, FLASH_WIDTH, FLASH_HEIGHT, 0xFF404040, 0xFF606060), 0);
    assert_int_equal(measured(stand, 5, FLASH_WIDTH, FLASH_HEIGHT, 0xFFE8E8E8, 0xFFFFFFFF), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_meter_counts),
                                        cmocka_unit_test(no_game_flashes) };
    return cmocka_run_group_tests_name("flashes", tests, setup, teardown);
}
