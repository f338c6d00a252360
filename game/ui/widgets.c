#include "ui/widgets.h"

#include "minigames/minigame.h"
#include "ui/path.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TAU_F 6.2831853f

/* ---- Plates ---- */

Colour ui_ink(const UiContext *ui, float alpha) {
    return colour_alpha(COLOUR_INK, ui->high_contrast ? 1 : alpha);
}

void ui_plate(const UiContext *ui, DrawList *list, Box box, float alpha) {
    float radius = fminf(UI_RADIUS, box.h / 2);
    draw_rect(list, box.x, box.y, box.w, box.h, radius, ui_ink(ui, alpha));
}

void ui_dim(DrawList *list, float alpha) {
    draw_rect(list, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, 0, colour_alpha(COLOUR_INK_DEEP, alpha));
}

void ui_rule(DrawList *list, float x, float y, float w) {
    draw_rect(list, x, y, w, 2, 1, colour_alpha(COLOUR_PAPER_DIM, 0.35f));
}

void ui_bar(DrawList *list, Box box, float share, Colour colour) {
    draw_rect(list, box.x, box.y, box.w, box.h, box.h / 2, COLOUR_BAR);
    float filled = box.w * fmaxf(0, fminf(share, 1));
    if (filled > 0) draw_rect(list, box.x, box.y, fmaxf(filled, box.h), box.h, box.h / 2, colour);
}

/* ---- Focus and buttons ---- */

static Box grow(Box box, float by) {
    return (Box){ box.x - by, box.y - by, box.w + 2 * by, box.h + 2 * by };
}

/* The light breathes by a tenth in five seconds; in steps too small to see, so that an idle menu has little
 * to paint. */
static float breathing(const UiContext *ui) {
    return ui->reduced_motion ? 1 : 1 + 0.1f * sinf(floorf(ui->time_s * 8) / 8 * TAU_F / 5);
}

static void lantern_mark(DrawList *list, float x, float y, float scale) {
    draw_disc(list, x, y, 17 * scale, COLOUR_INK);
    draw_disc(list, x, y, 14 * scale, COLOUR_GOLD);
    path_fill(list, "M-4 -7l10 7l-10 7Z", x, y, scale, COLOUR_INK);
}

void ui_focus(const UiContext *ui, DrawList *list, Box box, float radius, UiMark mark) {
    enum { LIGHT_STEPS = 7 };
    for (int i = 0; i < LIGHT_STEPS; i++) { /* a soft edge from many faint ones */
        float by = 12 + 3.4f * (float)i * breathing(ui);
        Box lit = grow(box, by);
        draw_rect(list, lit.x, lit.y, lit.w, lit.h, radius + by,
                  colour_alpha(COLOUR_GOLD, 0.075f * (1 - (float)i / (LIGHT_STEPS + 2))));
    }
    Box ring = grow(box, 11.5f), gap = grow(box, 6.5f);
    float line = ui->high_contrast ? 8 : 5;
    draw_frame(list, ring.x, ring.y, ring.w, ring.h, radius + 11.5f, line, COLOUR_GOLD);
    draw_rect(list, gap.x + 0.5f, gap.y + 0.5f, gap.w - 1, gap.h - 1, radius + 6,
              colour_alpha(COLOUR_INK, 0.9f));
    draw_rect(list, box.x, box.y, box.w, box.h, radius, COLOUR_PAPER);
    if (mark == UI_MARK_LEFT) {
        lantern_mark(list, box.x - 9, box.y + box.h / 2, 1);
    } else {
        lantern_mark(list, box.x + box.w / 2, box.y - 9, 1.15f);
    }
}

/* Icon and words together in the middle. */
static void label(const UiContext *ui, DrawList *list, Box box, UiIcon icon, const char *words, float size,
                  FontWeight weight, Colour colour, Colour icon_colour) {
    float gap = size >= 34 ? 54 : 48, before = icon != ICON_NONE ? gap : 0, most = box.w - before - 40;
    TextStyle style = { .size = size, .weight = weight, .colour = colour };
    float fitting = ui_text_size(ui, most, style, words),
          wide = fminf(ui_width(ui, words, fitting, weight), most);
    float left = box.x + (box.w - before - wide) / 2, middle = box.y + box.h / 2;
    icon_draw(list, icon, left + 18, middle, 1, icon_colour, COLOUR_INK);
    (void)ui_text(ui, list, left + before, middle + fitting * 0.35f, most, style, words);
}

void ui_button(const UiContext *ui, DrawList *list, Box box, UiButton button, bool focused) {
    float radius = box.h / 2, size = button.size > 0 ? button.size : 34;
    if (focused) {
        ui_focus(ui, list, box, radius, UI_MARK_LEFT);
        label(ui, list, box, button.icon, button.words, size, FONT_BOLD, COLOUR_INK, COLOUR_INK);
        return;
    }
    draw_rect(list, box.x, box.y, box.w, box.h, radius, ui_ink(ui, 0.8f));
    Colour icon = COLOUR_PAPER;
    switch (button.kind) {
    case UI_BUTTON_PLAIN:
        draw_frame(list, box.x, box.y, box.w, box.h, radius, 2, colour_alpha(COLOUR_PAPER_DIM, 0.5f));
        break;
    case UI_BUTTON_PRIMARY: draw_frame(list, box.x, box.y, box.w, box.h, radius, 4, COLOUR_EMBER); break;
    case UI_BUTTON_HURTS:
        draw_frame(list, box.x, box.y, box.w, box.h, radius, 3, COLOUR_ROSE);
        icon = COLOUR_ROSE;
        break;
    }
    label(ui, list, box, button.icon, button.words, size, FONT_BOLD, COLOUR_PAPER, icon);
}

void ui_next_button(const UiContext *ui, DrawList *list, Box box, const char *words, int seconds, float gone,
                    bool focused) {
    UiButton button = { .words = "", .kind = UI_BUTTON_PRIMARY };
    ui_button(ui, list, box, button, focused);
    float middle = box.y + box.h / 2, room = seconds >= 0 ? 76 : 0;
    TextStyle style = {
        .size = 34, .weight = FONT_BOLD, .align = ALIGN_CENTRE, .colour = focused ? COLOUR_INK : COLOUR_PAPER
    };
    (void)ui_text(ui, list, box.x + (box.w - room * 0.6f) / 2, middle + 12, box.w - room - 44, style, words);
    if (seconds < 0) return;
    char digits[16];
    (void)snprintf(digits, sizeof digits, "%d", seconds);
    float x = box.x + box.w - 38;
    draw_disc(list, x, middle, 24, COLOUR_INK);
    ui_ring(list, x, middle, 21, 6, 1 - gone, COLOUR_GOLD);
    draw_text(list, x, middle + 8.5f, 24, FONT_BOLD, ALIGN_CENTRE, COLOUR_PAPER, digits);
}

void ui_round_button(const UiContext *ui, DrawList *list, float x, float y, UiIcon icon, bool focused) {
    Box box = { x - 26, y - 26, 52, 52 };
    if (focused) {
        ui_focus(ui, list, box, 26, UI_MARK_TOP);
    } else {
        draw_disc(list, x, y, 26, ui_ink(ui, 0.72f));
    }
    icon_draw(list, icon, x, y, 1, focused ? COLOUR_INK : COLOUR_PAPER, COLOUR_INK);
}

/* ---- Chips ---- */

static float chip_plate(const UiContext *ui, DrawList *list, float right, float icon_room,
                        const char *words) {
    float wide = fminf(ui_width(ui, words, UI_TEXT_SMALL, FONT_BOLD), 220);
    float w = icon_room + wide + 24, left = right - w;
    draw_rect(list, left, 44, w, 48, 24, ui_ink(ui, 0.72f));
    TextStyle style = { .size = UI_TEXT_SMALL, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    (void)ui_text(ui, list, left + icon_room, 78, wide + 1, style, words);
    return left;
}

float ui_chip(const UiContext *ui, DrawList *list, float right, UiIcon icon, Colour colour,
              const char *words) {
    float left = chip_plate(ui, list, right, 68, words);
    icon_draw(list, icon, left + 38, 68, 1, colour, COLOUR_INK);
    return left;
}

static float input_chip(const UiContext *ui, DrawList *list, float right, const UiStatus *status) {
    switch (status->input) {
    case UI_INPUT_SENSOR_LOST:
        return ui_chip(ui, list, right, ICON_SENSOR_LOST, COLOUR_ROSE, status->input_words);
    case UI_INPUT_CONTROLLER:
        return ui_chip(ui, list, right, ICON_CONTROLLER, COLOUR_PAPER, status->input_words);
    case UI_INPUT_KEYBOARD: return ui_chip(ui, list, right, ICON_KEYBOARD, COLOUR_PAPER, status->input_words);
    case UI_INPUT_DEMO: return ui_chip(ui, list, right, ICON_PLAY, COLOUR_PAPER, status->input_words);
    default: return ui_chip(ui, list, right, ICON_SENSOR, COLOUR_PAPER, status->input_words);
    }
}

float ui_status(const UiContext *ui, DrawList *list, const UiStatus *status) {
    float right = UI_RIGHT_EDGE;
    if (status->input_words != NULL && status->input_words[0] != '\0')
        right = input_chip(ui, list, right, status) - 16;
    if (status->player == NULL || status->player[0] == '\0') return right;
    float left = chip_plate(ui, list, right, 56, status->player);
    emblem_draw(list, status->emblem, left + 28, 68, 17);
    return left;
}

void ui_head_shade(const UiContext *ui, DrawList *list) {
    if (ui->high_contrast)
        draw_rect(list, 0, 0, VIEW_WIDTH, 112, 0, COLOUR_INK);
    else
        draw_shade(list, 0, 0, VIEW_WIDTH, 150, colour_alpha(COLOUR_INK, 0.5f), colour_alpha(COLOUR_INK, 0));
}

void ui_heading(const UiContext *ui, DrawList *list, const char *words, const UiStatus *status) {
    ui_head_shade(ui, list);
    float right = status != NULL ? ui_status(ui, list, status) : UI_RIGHT_EDGE;
    TextStyle style = { .size = 56, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    (void)ui_text(ui, list, UI_LEFT_EDGE, 92, right - UI_LEFT_EDGE - 24, style, words);
}

/* ---- The foot ---- */

/* Shown on a key's cap: words or a sign. */
typedef struct Cap {
    const char *words;
    const char *fill, *stroke;
} Cap;

static const Cap keyboard_caps[] = {
    [UI_KEY_MOVE] = { .fill = "M14 0L9 4.500L9 -4.500ZM0 14L-4.500 9L4.500 9ZM-14 0L-9 -4.500L-9 4.500ZM0 "
                              "-14L4.500 -9L-4.500 -9Z" },
    [UI_KEY_SIDEWAYS] = { .fill = "M14 0L9 4.500L9 -4.500ZM-14 0L-9 -4.500L-9 4.500Z" },
    [UI_KEY_CHOOSE] = { .stroke = "M8 -9v9h-16m6 -6l-6 6l6 6" },
    [UI_KEY_BACK] = { .words = "Esc" },
    [UI_KEY_PAUSE] = { .words = "Esc" },
    [UI_KEY_HURTS] = { .words = "H" },
    [UI_KEY_SAY_AGAIN] = { .words = "R" },
    [UI_KEY_SAY_AGAIN_UP] = { .fill = "M-8 5l8 -11l8 11Z" },
};

static const Cap controller_caps[] = {
    [UI_KEY_MOVE] = { .stroke = "M-4 -13h8v9h9v8h-9v9h-8v-9h-9v-8h9Z" },
    [UI_KEY_SIDEWAYS] = { .stroke = "M-4 -13h8v9h9v8h-9v9h-8v-9h-9v-8h9Z" },
    [UI_KEY_CHOOSE] = { .words = "A" },
    [UI_KEY_BACK] = { .words = "B" },
    [UI_KEY_PAUSE] = { .stroke = "M-10 -6h20M-10 0h20M-10 6h20" },
    [UI_KEY_HURTS] = { .words = "Y" },
    [UI_KEY_SAY_AGAIN] = { .words = "X" },
    [UI_KEY_SAY_AGAIN_UP] = { .words = "X" },
};

static float cap_box(DrawList *list, float x, float w, float radius, Colour line) {
    draw_rect(list, x, 640, w, 40, radius, colour_alpha(COLOUR_INK, 0.8f));
    draw_frame(list, x + 0.5f, 640.5f, w - 1, 39, radius - 0.5f, 2, colour_alpha(line, 0.8f));
    return x + w / 2;
}

static float key_cap(const UiContext *ui, DrawList *list, float x, UiHintKey key) {
    bool pad = ui->device == UI_DEVICE_CONTROLLER;
    const Cap *cap = pad ? &controller_caps[key] : &keyboard_caps[key];
    float w = cap->words != NULL && cap->words[1] != '\0' ? 62 : 40;
    float middle = cap_box(list, x, w, pad ? 20 : 10, COLOUR_PAPER_DIM);
    if (cap->words != NULL)
        draw_text(list, middle, 669.5f, 26, FONT_BOLD, ALIGN_CENTRE, COLOUR_PAPER, cap->words);
    if (cap->fill != NULL) path_fill(list, cap->fill, middle, 660, 1, COLOUR_PAPER);
    if (cap->stroke != NULL) path_stroke(list, cap->stroke, middle, 660, 1, 3, COLOUR_PAPER);
    return x + w;
}

static float sensor_cap(DrawList *list, float x, UiHintKey key) {
    float middle = cap_box(list, x, 38, 12, COLOUR_MINT);
    switch (key) {
    case UI_KEY_MOVE:
    case UI_KEY_SIDEWAYS:
    case UI_KEY_SAY_AGAIN:
    case UI_KEY_SAY_AGAIN_UP:
        path_stroke(list, "M-10 5l20 -8", middle, 660, 1, 7, COLOUR_MINT);
        path_stroke(list, "M-12 -2q-2 -8 4 -11M12 3q2 8 -4 10", middle, 660, 1, 2.5f, COLOUR_MINT);
        break;
    case UI_KEY_BACK:
    case UI_KEY_HURTS:
        for (int i = -1; i <= 1; i++) draw_disc(list, middle + 10 * (float)i, 660, 4, COLOUR_MINT);
        break;
    default:
        for (int i = -1; i <= 1; i += 2) draw_disc(list, middle + 5 * (float)i, 660, 4, COLOUR_MINT);
        break;
    }
    return x + 38;
}

static void foot(const UiContext *ui, DrawList *list) {
    if (ui->high_contrast)
        draw_rect(list, 0, 620, VIEW_WIDTH, 100, 0, COLOUR_INK);
    else
        draw_shade(list, 0, 612, VIEW_WIDTH, 108, colour_alpha(COLOUR_INK, 0),
                   colour_alpha(COLOUR_INK, 0.9f));
}

float ui_hints(const UiContext *ui, DrawList *list, const UiHint *hints, int count) {
    foot(ui, list);
    float x = UI_LEFT_EDGE;
    for (int i = 0; i < count; i++) {
        bool sensor_only = ui->device == UI_DEVICE_SENSOR && !hints[i].no_sensor;
        if (!sensor_only) x = key_cap(ui, list, x, hints[i].key) + 8;
        if (ui->sensor && !hints[i].no_sensor) x = sensor_cap(list, x, hints[i].key) + 8;
        TextStyle style = { .size = UI_TEXT_SMALL, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
        x += 4 + ui_text(ui, list, x + 4, 670, 260, style, hints[i].words) + 38;
    }
    return x;
}

void ui_timer(const UiContext *ui, DrawList *list, const char *words, int seconds, float gone) {
    if (seconds < 0) return;
    TextStyle style = {
        .size = UI_TEXT_SMALL, .weight = FONT_BOLD, .align = ALIGN_RIGHT, .colour = COLOUR_PAPER
    };
    (void)ui_text(ui, list, 1146, 670, 360, style, words);
    char digits[16];
    (void)snprintf(digits, sizeof digits, "%d", seconds);
    float left = ui->reduced_motion ? ceilf((1 - gone) * 20) / 20 : 1 - gone;
    draw_disc(list, 1188, 656, 28, ui_ink(ui, 0.8f));
    ui_ring(list, 1188, 656, 25, 6, left, COLOUR_GOLD);
    draw_text(list, 1188, 665.5f, 26, FONT_BOLD, ALIGN_CENTRE, COLOUR_PAPER, digits);
}

/* ---- Others ---- */

void ui_ring(DrawList *list, float x, float y, float radius, float width, float share, Colour colour) {
    draw_ring(list, x, y, radius, width, 0, 360, COLOUR_TRACK);
    float done = fmaxf(0, fminf(share, 1));
    if (done > 0.002f) draw_ring(list, x, y, radius, width, 0, 360 * done, colour);
}

void ui_caption(const UiContext *ui, DrawList *list, Box box, float size, const char *words) {
    if (words == NULL || words[0] == '\0') return;
    draw_rect(list, box.x, box.y, box.w, box.h, box.h / 2, ui_ink(ui, 0.86f));
    float middle = box.y + box.h / 2;
    icon_draw(list, ICON_SPEAKER, box.x + 40, middle, 1, COLOUR_MINT, COLOUR_INK);
    TextStyle style = { .size = size, .weight = FONT_MEDIUM, .colour = COLOUR_PAPER };
    float width = box.w - 82 - 30;
    bool two = box.h >= 2.5f * UI_TEXT_SMALL && ui_width(ui, words, size, style.weight) > width;
    if (two) {
        style.size = UI_TEXT_SMALL;
        (void)ui_paragraph(ui, list, box.x + 82, middle - 7, width, 32, 2, style, words);
    } else {
        (void)ui_text(ui, list, box.x + 82, middle + size * 0.35f, width, style, words);
    }
}

void ui_number_disc(const UiContext *ui, DrawList *list, float x, float y, float radius, int number) {
    char digits[16];
    (void)ui;
    (void)snprintf(digits, sizeof digits, "%d", number);
    draw_disc(list, x, y, radius, COLOUR_TRACK);
    draw_text(list, x, y + 10, 28, FONT_BOLD, ALIGN_CENTRE, COLOUR_PAPER, digits);
}

void ui_stars(DrawList *list, float x, float y, float radius, float pitch, int earned) {
    for (int i = 0; i < 3; i++) star_draw(list, x + pitch * (float)(i - 1), y, radius, i < earned);
}

int ui_hour(const char *id) {
    for (const Minigame *const *game = minigames; *game != NULL; game++) {
        if (id != NULL && strcmp(id, (*game)->id) == 0) return (*game)->hour;
    }
    return 1;
}

const char *ui_hour_scene(int hour) {
    static const char *const scenes[] = { "menu/hour1", "menu/hour2", "menu/hour3", "menu/hour4",
                                          "menu/hour5", "menu/hour6", "menu/hour7", "menu/hour8" };
    return scenes[hour >= 1 && hour <= 8 ? hour - 1 : 0];
}

void ui_place(DrawList *list, const char *game, float x, float y, float radius, float alpha) {
    char name[64];
    (void)snprintf(name, sizeof name, "menu/place_%s", game);
    draw_sprite(list, name, x, y, radius / 48, radius / 48, 0, alpha);
    draw_ring(list, x, y, radius, 4, 0, 360, COLOUR_INK);
}

void ui_day(DrawList *list, float x, float y, float radius, UiDay day, bool today) {
    switch (day) {
    case UI_DAY_TRAINED: draw_disc(list, x, y, radius, COLOUR_GOLD); break;
    case UI_DAY_REST:
        draw_disc(list, x, y, radius, COLOUR_LILAC);
        path_fill(list, "M0 -7a7 7 0 1 0 5 12a6.400 6.400 0 0 1 -5 -12Z", x, y, radius / 12, COLOUR_INK);
        break;
    case UI_DAY_MISSED: draw_ring(list, x, y, radius - 1.5f, 3, 0, 360, COLOUR_PAPER_DIM); break;
    case UI_DAY_TO_COME:
        draw_ring(list, x, y, radius - 1.5f, 4, 0, 360, COLOUR_PAPER);
        draw_disc(list, x, y, radius / 3, COLOUR_PAPER);
        break;
    }
    if (!today || day == UI_DAY_TO_COME) return;
    draw_glow(list, x, y, radius * 2.8f, colour_alpha(COLOUR_GOLD, 0.5f));
    draw_disc(list, x, y, radius * 1.15f, COLOUR_GOLD);
    path_stroke(list, "M-12 0l8 9l15 -18", x, y, radius / 13, 4.5f * radius / 13, COLOUR_INK);
}

void ui_thousands(int value, char *out, size_t size) {
    int most = value < 0 ? 0 : value;
    if (most < 1000) {
        (void)snprintf(out, size, "%d", most);
    } else {
        (void)snprintf(out, size, "%d\xE2\x80\x89%03d", most / 1000, most % 1000); /* thin space */
    }
}
