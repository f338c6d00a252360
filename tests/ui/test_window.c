/* A window that nobody sees (SDL's dummy driver): painting only what has changed must show the same as
 * painting anew, and keys become actions. */
#include "files.h"
#include "pixels.h"
#include "platform/controls.h"
#include "platform/scenery.h"
#include "sheet.h"
#include "ui/hud.h"
#include "ui/screens.h"

#include <SDL.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The sheets are not written here. */
void sheet_write(Sheet *sheet, const char *name) {
    (void)name;
    draw_clear(sheet->list);
}

typedef struct Fixture {
    Sheet window, memory;
} Fixture;

static int setup(void **state) {
    Fixture *f = calloc(1, sizeof *f);
    Error error = { 0 };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    SDL_SetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS, "1"); /* that window never has the focus */
    char *poses = test_read_file(ASSETS "/coach-poses.json");
    assert_int_equal(coach_parse(&f->window.coach, poses, "poses", &error), RESULT_OK);
    free(poses);
    f->memory.coach = f->window.coach;
    f->window.list = calloc(1, sizeof *f->window.list);
    f->memory.list = f->window.list;
    assert_int_equal(
        screen_open(&f->window.screen, &(ScreenConfig){ .assets = ASSETS, .software = true }, &error),
        RESULT_OK);
    assert_int_equal(
        screen_open(&f->memory.screen, &(ScreenConfig){ .assets = ASSETS, .headless = true }, &error),
        RESULT_OK);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    Fixture *f = *state;
    screen_close(f->window.screen);
    screen_close(f->memory.screen);
    free(f->window.list);
    free(f);
    return 0;
}

static void title_at(Sheet *sheet, float time_s, int lamps) {
    UiContext ui = sheet_context(sheet);
    ui.time_s = time_s;
    TitleModel title = { .status = { .input_words = "Sensor ready" },
                         .subtitle = "A day on the coast",
                         .press = "Press any key",
                         .tap = "or tap",
                         .lamps = lamps };
    ui_title_draw(&title, &ui, sheet->list);
}

static void game_at(Sheet *sheet, float place, int done) {
    UiContext ui = sheet_context(sheet);
    HudModel hud = { .done = done,
                     .goal = 8,
                     .score = done * 100,
                     .word = HUD_WORD_GOOD,
                     .word_text = "Good",
                     .word_age_s = 1,
                     .gauge_high = 1,
                     .place = place,
                     .value = "36°",
                     .exercise = "cat_cow",
                     .coach_m = place,
                     .ring = HUD_RING_IN,
                     .ring_share = place };
    draw_scene(sheet->list, "menu/hour2", 0, 0, 1);
    draw_beam(sheet->list, 640, 360, place * 90, 30, 400, COLOUR_GOLD);
    draw_sprite(sheet->list, "menu/place_windmill", 640 + 100 * place, 300, 1, 1, place * 40, 0.8f);
    hud_draw(&hud, &ui, sheet->list);
}

/* Presents the list until its scenery has come. */
static void present(Fixture *f) {
    ScreenInput input;
    do {
        screen_poll(f->window.screen, &input);
        screen_present(f->window.screen, f->window.list);
    } while (!screen_scenery_ready(f->window.screen));
    screen_present(f->window.screen, f->window.list);
}

static void assert_same_picture(Fixture *f) {
    Pixels window = pixels_of(f->window.screen, f->window.list),
           memory = pixels_of(f->memory.screen, f->memory.list);
    assert_int_equal(window.w, memory.w);
    assert_int_equal(window.h, memory.h);
    int worst = 0;
    for (int i = 0; i < window.w * window.h * 3; i++) {
        int difference = abs(window.rgb[i] - memory.rgb[i]);
        worst = difference > worst ? difference : worst;
    }
    /* Sums that begin at another edge may round the other way. */
    if (worst > 2) fail_msg("the window differs by %d", worst);
    free(window.rgb);
    free(memory.rgb);
}

static void what_has_changed_is_all_that_needs_paint(void **state) {
    Fixture *f = *state;
    for (int i = 0; i < 12; i++) {
        draw_clear(f->window.list);
        title_at(&f->window, (float)i * 0.4f, i);
        present(f);
    }
    assert_same_picture(f);
    for (int i = 0; i < 9; i++) {
        draw_clear(f->window.list);
        game_at(&f->window, (float)i / 8, i);
        present(f);
        if (i % 4 == 0) assert_same_picture(f);
    }
    draw_clear(f->window.list);
    title_at(&f->window, 0, 0);
    present(f);
    assert_same_picture(f);
}

static void key(SDL_Keycode code, bool repeat) {
    SDL_Event event = { .type = SDL_KEYDOWN };
    event.key.keysym.sym = code;
    event.key.repeat = repeat;
    event.key.state = SDL_PRESSED;
    SDL_PushEvent(&event);
}

static void words(const char *text) {
    SDL_Event event = { .type = SDL_TEXTINPUT };
    snprintf(event.text.text, sizeof event.text.text, "%s", text);
    SDL_PushEvent(&event);
}

static void keys_become_actions(void **state) {
    Fixture *f = *state;
    ScreenInput in;
    screen_poll(f->window.screen, &in);
    key(SDLK_UP, false);
    key(SDLK_UP, true);
    key(SDLK_RETURN, false);
    key(SDLK_RETURN, true); /* held: not again */
    key(SDLK_ESCAPE, false);
    key(SDLK_h, false);
    words("h"); /* not typing: no text */
    screen_poll(f->window.screen, &in);
    const UiAction wanted[] = { UI_UP, UI_UP, UI_CHOOSE, UI_BACK, UI_HURTS };
    assert_int_equal(in.press_count, 5);
    for (int i = 0; i < 5; i++) assert_int_equal(in.presses[i], wanted[i]);
    assert_string_equal(in.typed, "");
    assert_int_equal(in.device, UI_DEVICE_KEYBOARD);

    screen_typing(f->window.screen, true);
    key(SDLK_h, false);
    words("h");
    words("\xC3\xB6");
    key(SDLK_BACKSPACE, false);
    key(SDLK_SPACE, false);
    words(" ");
    screen_poll(f->window.screen, &in);
    assert_int_equal(in.press_count, 1);
    assert_int_equal(in.presses[0], UI_ERASE);
    assert_string_equal(in.typed, "h\xC3\xB6 ");
    screen_typing(f->window.screen, false);
}

static void a_flood_of_keys_stays_in_its_list(void **state) {
    Fixture *f = *state;
    ScreenInput in;
    screen_typing(f->window.screen, true);
    for (int i = 0; i < 100; i++) {
        key(SDLK_DOWN, false);
        words("\xE2\x82\xAC\xE2\x82\xAC");
    }
    screen_poll(f->window.screen, &in);
    assert_int_equal(in.press_count, SCREEN_PRESSES_MAX);
    assert_true(strlen(in.typed) < sizeof in.typed);
    assert_int_equal(strlen(in.typed) % 6, 0); /* whole characters */
    screen_typing(f->window.screen, false);
}

/* A controller that SDL makes up. */
static void a_controller_plugged_in_later_works(void **state) {
    Fixture *f = *state;
    ScreenInput in;
    int device = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
                                           SDL_CONTROLLER_BUTTON_MAX, 0);
    if (device < 0) skip();
    for (int i = 0; i < 5; i++) screen_poll(f->window.screen, &in);
    assert_true(in.controller);
    SDL_Joystick *stick = SDL_JoystickOpen(device);
    SDL_JoystickSetVirtualButton(stick, SDL_CONTROLLER_BUTTON_A, SDL_PRESSED);
    SDL_JoystickSetVirtualAxis(stick, SDL_CONTROLLER_AXIS_LEFTY, -32000);
    SDL_JoystickUpdate();
    screen_poll(f->window.screen, &in);
    assert_int_equal(in.press_count, 2);
    assert_int_equal(in.presses[0], UI_CHOOSE);
    assert_int_equal(in.presses[1], UI_UP);
    assert_int_equal(in.device, UI_DEVICE_CONTROLLER);
    assert_true(in.hand.forward > 0.99f);
    screen_poll(f->window.screen, &in);
    assert_int_equal(in.press_count, 0); /* held: not yet again */
    SDL_JoystickClose(stick);
    SDL_JoystickDetachVirtual(device);
    for (int i = 0; i < 5; i++) screen_poll(f->window.screen, &in);
    assert_false(in.controller);
}

static void scenery_comes_from_its_thread(void **state) {
    (void)state;
    Scenery *scenery = NULL;
    Error error = { 0 };
    assert_int_equal(scenery_open(&scenery, NULL, ASSETS, false, &error), RESULT_OK);
    static const char *const names[] = { "menu/hour1", "menu/hour2", "menu/hour3", "menu/title",
                                         "menu/none" };
    for (int round = 0; round < 3; round++) {
        scenery_frame(scenery, 0.25f * (float)(round + 1), round == 2 ? 1 : 1 << 28);
        for (size_t i = 0; i < 5; i++) scenery_prefetch(scenery, names[i]);
        while (!scenery_idle(scenery)) SDL_Delay(1);
        scenery_frame(scenery, 0.25f * (float)(round + 1), 1 << 28);
        Picture picture;
        for (size_t i = 0; i < 4; i++) {
            assert_true(scenery_picture(scenery, names[i], 1, &picture));
            assert_int_equal(picture.surface->w, 320 * (round + 1));
        }
        assert_false(scenery_picture(scenery, "menu/none", 1, &picture));
    }
    scenery_prefetch(scenery, "menu/hour5"); /* closed while it works */
    scenery_close(scenery);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_has_changed_is_all_that_needs_paint),  TEST(keys_become_actions),
        TEST(a_flood_of_keys_stays_in_its_list),         TEST(a_controller_plugged_in_later_works),
        cmocka_unit_test(scenery_comes_from_its_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
