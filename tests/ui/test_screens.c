/* Every screen, as in play and with the longest words: nothing is dropped, no words leave the picture, are
 * too small to read from the mat, or lie over each other. */
#include "sheet.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "files.h"
#include "ui/hud.h"
#include "ui/screens.h"

typedef struct TextBox {
    float left, right, top, bottom, size;
    const char *words;
    float alpha;
} TextBox;

static TextBox text_box(const Sheet *sheet, const DrawCommand *c) {
    TextMeasure measure = screen_text_measure(sheet->screen);
    TextBox box = { .words = sheet->list->text + c->text, .size = c->h, .alpha = (float)c->colour.a / 255 };
    float width = measure.width(measure.self, box.words, c->h, c->weight);
    box.left = c->x - (c->align == ALIGN_LEFT ? 0 : c->align == ALIGN_RIGHT ? width : width / 2);
    box.right = box.left + width;
    box.top = c->y - 0.7f * c->h; /* capitals; what hangs below the line is small */
    box.bottom = c->y;
    return box;
}

static int trouble(Sheet *sheet, const char *name, const char *what, const TextBox *box) {
    print_error("%s: \"%s\" %s\n", name, box->words, what);
    return ++sheet->failures;
}

static float linear(uint8_t channel) {
    float c = (float)channel / 255;
    return c <= 0.04045f ? c / 12.92f : powf((c + 0.055f) / 1.055f, 2.4f);
}

/* WCAG 2: relative luminance, and the ratio of two. */
static float luminance(Colour c) {
    return 0.2126f * linear(c.r) + 0.7152f * linear(c.g) + 0.0722f * linear(c.b);
}

static float contrast(Colour a, Colour b) {
    float x = luminance(a), y = luminance(b);
    return (fmaxf(x, y) + 0.05f) / (fminf(x, y) + 0.05f);
}

/* The last opaque plate drawn below the words that holds all of them. */
static const DrawCommand *plate_below(const DrawList *list, int words, const TextBox *box) {
    for (int i = words - 1; i >= 0; i--) {
        const DrawCommand *c = &list->commands[i];
        if (c->colour.a < 250) continue;
        float middle_x = (box->left + box->right) / 2, middle_y = (box->top + box->bottom) / 2;
        if (c->kind == DRAW_RECT && box->left >= c->x && box->right <= c->x + c->w && box->top >= c->y &&
            box->bottom <= c->y + c->h)
            return c;
        if (c->kind == DRAW_DISC && hypotf(middle_x - c->x, middle_y - c->y) < c->w &&
            (box->right - box->left) / 2 < c->w)
            return c;
    }
    return NULL;
}

static void check_contrast(Sheet *sheet, const char *name) {
    enum { LEAST = 7 };
    for (int i = 0; i < sheet->list->command_count; i++) {
        const DrawCommand *c = &sheet->list->commands[i];
        if (c->kind != DRAW_TEXT || c->colour.a < 250) continue;
        TextBox box = text_box(sheet, c);
        const DrawCommand *plate = plate_below(sheet->list, i, &box);
        if (plate == NULL)
            trouble(sheet, name, "has no opaque plate", &box);
        else if (contrast(c->colour, plate->colour) < LEAST)
            trouble(sheet, name, "is hard to read on its plate", &box);
    }
}

/* Called by the sheets for every screen. */
void sheet_write(Sheet *sheet, const char *name) {
    const DrawList *list = sheet->list;
    if (list->dropped != 0) {
        print_error("%s: %d commands did not fit\n", name, (int)list->dropped);
        sheet->failures++;
    }
    TextBox *boxes = calloc(DRAW_COMMANDS_MAX, sizeof *boxes);
    assert_non_null(boxes);
    int count = 0;
    for (int i = 0; i < list->command_count; i++) {
        if (list->commands[i].kind == DRAW_TEXT) boxes[count++] = text_box(sheet, &list->commands[i]);
    }
    for (int i = 0; i < count; i++) {
        const TextBox *a = &boxes[i];
        if (a->left < 40 || a->right > 1230 || a->top < 30 || a->bottom > 690)
            trouble(sheet, name, "leaves the picture", a);
        if (a->size < 24) trouble(sheet, name, "is too small", a);
        for (int j = i + 1; j < count; j++) {
            const TextBox *b = &boxes[j];
            bool apart = a->right <= b->left + 1 || b->right <= a->left + 1 || a->bottom <= b->top + 1 ||
                         b->bottom <= a->top + 1;
            if (apart || a->alpha < 0.3f || b->alpha < 0.3f) continue;
            print_error("%s: \"%s\" lies over ", name, a->words);
            trouble(sheet, name, "below it", b);
        }
    }
    free(boxes);
    if (sheet->high_contrast) check_contrast(sheet, name);
    sheet->pictures++;
    draw_clear(sheet->list);
}

static int setup(void **state) {
    Sheet *sheet = calloc(1, sizeof *sheet);
    Error error = { 0 };
    sheet->list = calloc(1, sizeof *sheet->list);
    char *poses = test_read_file(ASSETS "/coach-poses.json");
    assert_int_equal(coach_parse(&sheet->coach, poses, "coach-poses.json", &error), RESULT_OK);
    free(poses);
    assert_int_equal(
        screen_open(&sheet->screen, &(ScreenConfig){ .headless = true, .assets = ASSETS }, &error),
        RESULT_OK);
    *state = sheet;
    return 0;
}

static int teardown(void **state) {
    Sheet *sheet = *state;
    screen_close(sheet->screen);
    free(sheet->list);
    free(sheet);
    return 0;
}

static void all_screens_hold_their_words(void **state) {
    Sheet *sheet = *state;
    sheet_screens(sheet);
    assert_int_equal(sheet->failures, 0);
    assert_true(sheet->pictures > 40);
}

static void large_text_fits_too(void **state) {
    Sheet *sheet = *state;
    sheet->large_text = true;
    sheet_screens(sheet);
    assert_int_equal(sheet->failures, 0);
}

static void high_contrast_words_stand_on_opaque_plates(void **state) {
    Sheet *sheet = *state;
    for (int large = 0; large < 2; large++) {
        sheet->high_contrast = true;
        sheet->large_text = large == 1;
        sheet_screens(sheet);
        assert_int_equal(sheet->failures, 0);
        assert_true(sheet->pictures > 40);
    }
}

static void the_longest_words_stay_in_their_places(void **state) {
    Sheet *sheet = *state;
    sheet_long_words(sheet);
    assert_int_equal(sheet->failures, 0);
    assert_true(sheet->pictures > 10);
}

static void empty_models_draw(void **state) {
    Sheet *sheet = *state;
    UiContext ui = sheet_context(sheet);
    DrawList *list = sheet->list;
    ui_title_draw(&(TitleModel){ .press = "" }, &ui, list);
    ui_players_draw(&(PlayersModel){ .timer = { .seconds = -1 } }, &ui, list);
    ui_name_draw(&(NameModel){ .done = "" }, &ui, list);
    ui_map_draw(&(MapModel){ .routine = "", .minutes = "", .start = "", .minute = "" }, &ui, list);
    ui_howto_draw(&(HowtoModel){ .exercise = "", .timer = { .seconds = -1 } }, &ui, list);
    ui_calibrate_draw(&(CalibrateModel){ .exercise = "nothing", .slow = true }, &ui, list);
    ui_get_set_draw(&(GetSetModel){ .exercise = "", .pose = "" }, &ui, list);
    ui_pause_draw(&(PauseModel){ 0 }, &ui, list);
    ui_hurts_draw(&(HurtsModel){ .timer = { .seconds = -1 } }, &ui, list);
    ui_lost_draw(&(LostModel){ 0 }, &ui, list);
    ui_result_draw(&(ResultModel){ .timer = { .seconds = -1 } }, &ui, list);
    ui_summary_draw(&(SummaryModel){ .timer = { .seconds = -1 } }, &ui, list);
    ui_boards_draw(&(BoardsModel){ .tabs = { { .words = "" }, { .words = "" }, { .words = "" } } }, &ui,
                   list);
    ui_settings_draw(&(SettingsModel){ 0 }, &ui, list);
    ui_message_draw(&(MessageModel){ 0 }, &ui, list);
    hud_draw(&(HudModel){ .exercise = "", .word = HUD_WORD_NONE }, &ui, list);
    assert_int_equal(list->dropped, 0);
    screen_present(sheet->screen, list);
}

/* The gauge's marker is the last disc of paper at its x; targets are gold bars there. */
static float marker_y(const DrawList *list) {
    for (int i = list->command_count - 1; i >= 0; i--) {
        const DrawCommand *c = &list->commands[i];
        if (c->kind == DRAW_DISC && c->x == 1188 && c->w < 8) return c->y;
    }
    fail_msg("no marker");
    return 0;
}

static void the_gauge_shows_the_own_range(void **state) {
    Sheet *sheet = *state;
    UiContext ui = sheet_context(sheet);
    HudModel hud = {
        .goal = 8, .gauge_low = 0, .gauge_high = 1, .exercise = "cat_cow", .word = HUD_WORD_NONE
    };
    const float places[] = { 0, 0.5f, 1, 1.4f }, wanted[] = { 588, 396, 204, 192.48f };
    for (int i = 0; i < 4; i++) {
        draw_clear(sheet->list);
        hud.place = places[i];
        hud_draw(&hud, &ui, sheet->list);
        assert_true(fabsf(marker_y(sheet->list) - wanted[i]) < 0.1f);
    }
    draw_clear(sheet->list);
    hud.gauge_low = -1;
    hud.place = 0;
    hud_draw(&hud, &ui, sheet->list);
    assert_true(fabsf(marker_y(sheet->list) - 396) < 0.1f);
}

static int gold_pips(const DrawList *list) {
    int pips = 0;
    Colour gold = COLOUR_GOLD;
    for (int i = 0; i < list->command_count; i++) {
        const DrawCommand *c = &list->commands[i];
        pips += c->kind == DRAW_DISC && c->y == 114 && memcmp(&c->colour, &gold, sizeof gold) == 0;
    }
    return pips;
}

static void done_repetitions_are_gold_pips(void **state) {
    Sheet *sheet = *state;
    UiContext ui = sheet_context(sheet);
    for (int done = 0; done <= 15; done += 5) {
        HudModel hud = {
            .goal = 15, .done = done, .gauge_high = 1, .exercise = "pull_apart", .word = HUD_WORD_NONE
        };
        draw_clear(sheet->list);
        hud_draw(&hud, &ui, sheet->list);
        assert_int_equal(gold_pips(sheet->list), done);
    }
}

static void thousands_are_parted(void **state) {
    (void)state;
    char out[24];
    ui_thousands(842, out, sizeof out);
    assert_string_equal(out, "842");
    ui_thousands(6410, out, sizeof out);
    assert_string_equal(out, "6\xE2\x80\x89"
                             "410");
    ui_thousands(-3, out, sizeof out);
    assert_string_equal(out, "0");
}

static void words_break_where_they_are_too_wide(void **state) {
    Sheet *sheet = *state;
    UiContext ui = sheet_context(sheet);
    TextStyle style = { .size = 30, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    assert_int_equal(ui_paragraph(&ui, sheet->list, 0, 0, 2000, 40, 4, style, "one two three"), 1);
    assert_int_equal(ui_paragraph(&ui, sheet->list, 0, 0, 70, 40, 4, style, "one two three"), 3);
    assert_int_equal(ui_paragraph(&ui, sheet->list, 0, 0, 70, 40, 2, style, "one two three"), 2);
    draw_clear(sheet->list);
    float wide = ui_text(&ui, sheet->list, 0, 0, 100, style, "Äußerst lange Wörter passen nicht");
    assert_true(wide > 50 && wide <= 100);
    const char *cut = sheet->list->text + sheet->list->commands[0].text;
    assert_non_null(strstr(cut, "\xE2\x80\xA6"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(all_screens_hold_their_words),
        TEST(the_longest_words_stay_in_their_places),
        TEST(large_text_fits_too),
        TEST(high_contrast_words_stand_on_opaque_plates),
        TEST(empty_models_draw),
        TEST(the_gauge_shows_the_own_range),
        TEST(done_repetitions_are_gold_pips),
        cmocka_unit_test(thousands_are_parted),
        TEST(words_break_where_they_are_too_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
