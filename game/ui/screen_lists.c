/* The boards and the settings: rows. */
#include "ui/screens.h"

#include <math.h>
#include <stdio.h>

static TextStyle words_of(float size, FontWeight weight, Colour colour, TextAlign align) {
    return (TextStyle){ .size = size, .weight = weight, .colour = colour, .align = align };
}

/* The kinds of input side by side; the chosen one stands on its own ground with a gold underline. */
static float draw_tabs(const BoardsModel *m, const UiContext *ui, DrawList *list) {
    float widths[BOARD_TABS], total = 12;
    for (int i = 0; i < BOARD_TABS; i++) {
        widths[i] = ui_width(ui, m->tabs[i].words, 30, FONT_BOLD) + 94;
        total += widths[i];
    }
    float left = UI_RIGHT_EDGE - total, x = left + 6;
    draw_rect(list, left, 42, total, 60, 30, ui_ink(ui, 0.84f));
    bool focused = m->focus == -2;
    for (int i = 0; i < BOARD_TABS; i++) {
        bool chosen = i == m->tab;
        Colour colour = chosen ? COLOUR_PAPER : COLOUR_PAPER_DIM;
        if (chosen && focused) {
            ui_focus(ui, list, (Box){ x, 48, widths[i], 48 }, 24, UI_MARK_LEFT);
            colour = COLOUR_INK;
        } else if (chosen) {
            draw_rect(list, x, 48, widths[i], 48, 24, COLOUR(0x34406A));
            draw_rect(list, x + widths[i] / 2 - 22, 93, 44, 5, 2.5f, COLOUR_GOLD);
        }
        icon_draw(list, m->tabs[i].icon, x + 38, 72, 1, colour, COLOUR_INK);
        draw_text(list, x + 68, 82.5f, 30, FONT_BOLD, ALIGN_LEFT, colour, m->tabs[i].words);
        x += widths[i];
    }
    return left;
}

static void draw_board_heading(const BoardsModel *m, const UiContext *ui, DrawList *list) {
    bool focused = m->focus == -1;
    Box box = { focused ? 84.0f : 64.0f, 124, focused ? 1112.0f : 1152.0f, 64 };
    Colour ink = focused ? COLOUR_INK : COLOUR_PAPER, dim = focused ? COLOUR_DUSK : COLOUR_PAPER_DIM;
    if (focused) {
        ui_focus(ui, list, box, 32, UI_MARK_LEFT);
    } else {
        draw_rect(list, box.x, box.y, box.w, box.h, 32, ui_ink(ui, 0.84f));
    }
    float x = 144;
    if (m->game != NULL) {
        ui_place(list, m->game, focused ? 122.0f : 104.0f, 156, 24, 1);
        x = focused ? 162 : 144;
    } else {
        x = focused ? 118 : 100;
    }
    x += ui_text(ui, list, x, 167, 420, words_of(34, FONT_BOLD, ink, ALIGN_LEFT), m->name) + 28;
    float page = ui_text(ui, list, 1076, 166, 140, words_of(28, FONT_MEDIUM, dim, ALIGN_RIGHT), m->page);
    (void)ui_text(ui, list, x, 166, 1076 - page - 24 - x, words_of(28, FONT_MEDIUM, dim, ALIGN_LEFT),
                  m->line);
    icon_draw(list, ICON_PREVIOUS, 1114, 156, 1, ink, ink);
    icon_draw(list, ICON_NEXT, 1168, 156, 1, ink, ink);
}

static void draw_board_row(const UiContext *ui, DrawList *list, const BoardRow *row, float y, bool focused) {
    Box box = { focused ? 84.0f : 64.0f, y, focused ? 1132.0f : 1152.0f, 78 };
    Colour ink = focused ? COLOUR_INK : COLOUR_PAPER, dim = focused ? COLOUR_DUSK : COLOUR_PAPER_DIM;
    if (focused) {
        ui_focus(ui, list, box, 39, UI_MARK_LEFT);
    } else {
        draw_rect(list, box.x, box.y, box.w, box.h, 39, ui_ink(ui, 0.8f));
    }
    char rank[16];
    (void)snprintf(rank, sizeof rank, "%d", row->rank);
    (void)ui_text(ui, list, 136, y + 53, 60, words_of(40, FONT_BOLD, ink, ALIGN_CENTRE), rank);
    emblem_draw(list, row->emblem, 204, y + 39, 28);
    (void)ui_text(ui, list, 250, y + 52, row->stars >= 0 ? 216 : 340,
                  words_of(38, FONT_BOLD, ink, ALIGN_LEFT), row->name);
    if (row->stars >= 0) {
        if (focused) draw_rect(list, 480, y + 18, 120, 42, 21, COLOUR_INK); /* stars keep their ink */
        ui_stars(list, 540, y + 39, 13, 34, row->stars);
    }
    (void)ui_text(ui, list, 746, y + 50, 132, words_of(28, FONT_MEDIUM, dim, ALIGN_RIGHT), row->level);
    (void)ui_text(ui, list, 900, y + 50, 140, words_of(28, FONT_MEDIUM, dim, ALIGN_RIGHT), row->day);
    (void)ui_text(ui, list, 1176, y + 55, 110, words_of(46, FONT_BOLD, ink, ALIGN_RIGHT), row->score);
    if (!focused || row->action == NULL || row->action[0] == '\0') return;
    icon_draw(list, ICON_PLAY, 946, y + 39, 0.85f, COLOUR_INK, COLOUR_PAPER);
    (void)ui_text(ui, list, 966, y + 49, 100, words_of(28, FONT_BOLD, COLOUR_INK, ALIGN_LEFT), row->action);
}

void ui_boards_draw(const BoardsModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/hour5", 0, 0, 1);
    draw_rect(list, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, 0, colour_alpha(COLOUR_INK, 0.2f));
    ui_head_shade(ui, list);
    float right = draw_tabs(model, ui, list);
    (void)ui_text(ui, list, UI_LEFT_EDGE, 92, right - UI_LEFT_EDGE - 24,
                  words_of(56, FONT_BOLD, COLOUR_PAPER, ALIGN_LEFT), model->title);
    for (int pass = 0; pass < 2; pass++) { /* the focus over its neighbours */
        if ((model->focus == -1) == (pass == 1)) draw_board_heading(model, ui, list);
        for (int i = 0; i < model->row_count && i < BOARD_ROWS; i++) {
            if ((model->focus == i) == (pass == 1))
                draw_board_row(ui, list, &model->rows[i], 206 + 92 * (float)i, model->focus == i);
        }
    }
    if (model->row_count == 0) {
        ui_plate(ui, list, (Box){ 64, 206, 1152, 170 }, 0.8f);
        (void)ui_paragraph(ui, list, 640, 284, 1080, 44, 2,
                           words_of(34, FONT_BOLD, COLOUR_PAPER, ALIGN_CENTRE), model->empty);
    }
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false },
                             { UI_KEY_CHOOSE, "Choose", false },
                             { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 3);
    if (model->note == NULL || model->note[0] == '\0') return;
    float wide = fminf(ui_width(ui, model->note, 28, FONT_BOLD) + 104, 1152);
    draw_rect(list, 64, 574, wide, 44, 22, ui_ink(ui, 0.84f));
    icon_draw(list, ICON_TICK, 100, 596, 0.9f, COLOUR_MINT, COLOUR_INK);
    (void)ui_text(ui, list, 132, 606, wide - 98, words_of(28, FONT_BOLD, COLOUR_PAPER, ALIGN_LEFT),
                  model->note);
}

/* ---- Settings ---- */

static void draw_switch(DrawList *list, float x, float y, bool on) {
    draw_rect(list, x, y - 18, 76, 36, 18, on ? COLOUR(0x2F7D74) : COLOUR_BAR);
    draw_disc(list, on ? x + 58 : x + 18, y, 14, COLOUR_PAPER);
}

static void draw_setting(const UiContext *ui, DrawList *list, const SettingRow *row, float x, float y,
                         bool focused) {
    Box box = { focused ? x + 12 : x, y, focused ? 552.0f : 564.0f, 60 };
    Colour dim = focused ? COLOUR_INK : COLOUR_PAPER_DIM, ink = focused ? COLOUR_INK : COLOUR_PAPER;
    float middle = y + 30, right = x + 532;
    if (focused) {
        ui_focus(ui, list, box, 30, UI_MARK_LEFT);
    } else {
        draw_rect(list, box.x, box.y, box.w, box.h, 30, ui_ink(ui, 0.84f));
    }
    float name = ui_text(ui, list, x + (focused ? 48.0f : 36.0f), y + 41, 230,
                         words_of(30, focused ? FONT_BOLD : FONT_MEDIUM, dim, ALIGN_LEFT), row->name);
    float room = 532 - 36 - name - 30;
    switch (row->kind) {
    case SETTING_BAR:
        (void)ui_text(ui, list, right, y + 42, 90, words_of(32, FONT_BOLD, ink, ALIGN_RIGHT), row->value);
        ui_bar(list, (Box){ x + 288, middle - 10, 144, 20 }, row->share,
               focused ? COLOUR_EMBER : COLOUR_GOLD);
        break;
    case SETTING_SWITCH:
        draw_switch(list, right - 76, middle, row->on);
        (void)ui_text(ui, list, right - 92, y + 42, room - 100, words_of(32, FONT_BOLD, ink, ALIGN_RIGHT),
                      row->value);
        break;
    case SETTING_VALUE:
        if (focused) {
            icon_draw(list, ICON_PREVIOUS, x + 252, middle, 1, COLOUR_INK, COLOUR_PAPER);
            icon_draw(list, ICON_NEXT, right + 4, middle, 1, COLOUR_INK, COLOUR_PAPER);
            (void)ui_text(ui, list, x + 394, y + 42, 232, words_of(32, FONT_BOLD, ink, ALIGN_CENTRE),
                          row->value);
        } else {
            (void)ui_text(ui, list, right, y + 42, room, words_of(32, FONT_BOLD, ink, ALIGN_RIGHT),
                          row->value);
        }
        break;
    }
}

void ui_settings_draw(const SettingsModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/hour4", 0, 0, 1);
    draw_rect(list, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, 0, colour_alpha(COLOUR_INK, 0.06f));
    ui_heading(ui, list, model->title, NULL);
    int column = (model->count + 1) / 2;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < model->count && i < SETTINGS_MAX; i++) {
            if ((i == model->focus) != (pass == 1)) continue;
            float x = i < column ? 64 : 652, y = 136 + 84 * (float)(i < column ? i : i - column);
            draw_setting(ui, list, &model->rows[i], x, y, i == model->focus);
        }
    }
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false },
                             { UI_KEY_SIDEWAYS, "Change", false },
                             { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 3);
    ui_caption(ui, list, (Box){ 64, 560, 1152, 54 }, 28, model->help);
}
