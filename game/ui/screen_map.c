#include "ui/screens.h"

#include "ui/path.h"

#include <math.h>

/* The way through the day, and where its eight places lie. */
static const char way[] = "M64 404C90 380 110 330 144 326C209 326 209 262 274 262C351 262 351 296 428 "
                          "296C505 296 505 240 582 240C650 240 650 286 718 "
                          "286C787 286 787 344 856 344C927 344 927 282 998 282C1066 282 1066 330 1134 330";
static const Point spots[MAP_PLACES] = { { 144, 326 }, { 274, 262 }, { 428, 296 }, { 582, 240 },
                                         { 718, 286 }, { 856, 344 }, { 998, 282 }, { 1134, 330 } };

static void draw_place(const UiContext *ui, DrawList *list, const MapPlace *place, bool focused, bool told) {
    Point at = spots[ui_hour(place->game) - 1];
    float alpha = place->asked ? 1 : 0.45f, below = focused ? 97 : 57;
    if (focused) {
        Box paper = { at.x - 79, at.y - 79, 158, 158 };
        draw_glow(list, at.x, at.y, 170, colour_alpha(COLOUR_GOLD, 0.5f));
        ui_focus(ui, list, paper, 79, UI_MARK_TOP);
        ui_place(list, place->game, at.x, at.y, 66, 1);
    } else {
        draw_disc(list, at.x, at.y, 49, COLOUR_INK);
        ui_place(list, place->game, at.x, at.y, 48, alpha);
        if (told) draw_ring(list, at.x, at.y, 54, 4, 0, 360, COLOUR_PAPER);
    }
    draw_rect(list, at.x - 50, at.y + below, 100, 38, 19, ui_ink(ui, 0.78f));
    ui_stars(list, at.x, at.y + below + 19, 11, 31, place->stars);
}

static void draw_heading(const MapModel *model, const UiContext *ui, DrawList *list, float right) {
    bool focused = model->focus == MAP_FOCUS_ROUTINE;
    float most = fmaxf(right - UI_LEFT_EDGE - 160, 240);
    if (focused) {
        float wide = ui_width(ui, model->routine, 48, FONT_BOLD) + 150;
        Box box = { 84, 38, wide < most ? wide : most, 64 };
        ui_focus(ui, list, box, 32, UI_MARK_LEFT);
        TextStyle style = { .size = 48, .weight = FONT_BOLD, .align = ALIGN_CENTRE, .colour = COLOUR_INK };
        (void)ui_text(ui, list, box.x + box.w / 2, 87, box.w - 130, style, model->routine);
        icon_draw(list, ICON_PREVIOUS, box.x + 34, 70, 1, COLOUR_INK, COLOUR_PAPER);
        icon_draw(list, ICON_NEXT, box.x + box.w - 34, 70, 1, COLOUR_INK, COLOUR_PAPER);
        draw_text(list, box.x + box.w + 40, 82, 32, FONT_BOLD, ALIGN_LEFT, COLOUR_PAPER, model->minutes);
        return;
    }
    TextStyle style = { .size = 56, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    float wide = ui_text(ui, list, UI_LEFT_EDGE, 92, most, style, model->routine);
    float x = UI_LEFT_EDGE + wide + 22;
    if (model->more_routines) {
        icon_draw(list, ICON_MORE, x + 10, 70, 1, COLOUR_PAPER, COLOUR_INK);
        x += 42;
    }
    draw_text(list, x, 90, 32, FONT_BOLD, ALIGN_LEFT, COLOUR_PAPER, model->minutes);
}

static void draw_told(const MapModel *model, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 64, 462, 564, 150 }, 0.84f);
    TextStyle name = { .size = 44, .weight = FONT_BOLD, .colour = COLOUR_PAPER },
              line = { .size = 28, .weight = FONT_MEDIUM, .colour = COLOUR_PAPER_DIM };
    TextStyle best = { .size = 44, .weight = FONT_BOLD, .align = ALIGN_RIGHT, .colour = COLOUR_GOLD },
              label = line;
    label.align = ALIGN_RIGHT;
    float right = ui_text(ui, list, 600, 514, 180, best, model->best),
          under = ui_text(ui, list, 600, 554, 170, label, model->best_label);
    (void)ui_text(ui, list, 92, 514, 488 - right, name, model->name);
    (void)ui_text(ui, list, 92, 554, 492 - under, line, model->line);
    TextStyle level = { .size = 28, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    float x = 92 + ui_text(ui, list, 92, 594, 300, level, model->level) + 28;
    for (int i = 0; i < model->level_most; i++, x += 28) {
        if (i < model->level_now) {
            draw_disc(list, x, 585, 9, COLOUR_GOLD);
        } else {
            draw_ring(list, x, 585, 7.5f, 3, 0, 360, COLOUR_PAPER_DIM);
        }
    }
}

static void draw_streak(const MapModel *model, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 652, 462, 288, 150 }, 0.84f);
    icon_draw(list, ICON_LANTERN, 692, 505, 1.15f, COLOUR_GOLD, COLOUR_INK);
    TextStyle style = { .size = 36, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    (void)ui_text(ui, list, 718, 512, 200, style, model->streak);
    for (int i = 0; i < STREAK_DAYS; i++) {
        float x = 690 + 37 * (float)(i % 7), y = i < 7 ? 546 : 582;
        ui_day(list, x, y, 12, model->days[i], i == STREAK_DAYS - 1 && model->trained_today);
    }
}

void ui_map_draw(const MapModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/day", 0, 0, 1);
    ui_head_shade(ui, list);
    UiStatus player = model->status;
    player.input_words = NULL; /* the sensor is one of the buttons */
    float right = ui_status(ui, list, &player) - 50;
    for (int i = MAP_BUTTONS - 1; i >= 0; i--) {
        if (model->buttons[i] == ICON_NONE) continue;
        bool focused = model->focus == MAP_FOCUS_BUTTON && i == model->button;
        ui_round_button(ui, list, right, 68, model->buttons[i], focused);
        right -= 68;
    }
    draw_heading(model, ui, list, right);

    path_stroke(list, way, 0, 0, 1, 16, colour_alpha(COLOUR_INK, 0.35f));
    path_stroke_dashed(list, way, 0, 0, 1, 5, 1, 15, colour_alpha(COLOUR_PAPER, 0.95f));
    int focus = model->focus == MAP_FOCUS_PLACE ? model->place : -1;
    for (int i = 0; i < model->place_count; i++) {
        if (i != focus)
            draw_place(ui, list, &model->places[i], false,
                       i == model->place && model->focus == MAP_FOCUS_MINUTE);
    }
    if (focus >= 0 && focus < model->place_count) draw_place(ui, list, &model->places[focus], true, false);

    draw_told(model, ui, list);
    draw_streak(model, ui, list);
    ui_button(ui, list, (Box){ 964, 462, 252, 68 },
              (UiButton){ .icon = ICON_PLAY, .words = model->start, .kind = UI_BUTTON_PRIMARY, .size = 32 },
              model->focus == MAP_FOCUS_START);
    ui_button(
        ui, list, (Box){ 964, 544, 252, 68 },
        (UiButton){ .icon = model->minute_on ? ICON_TICK : ICON_CLOCK, .words = model->minute, .size = 30 },
        model->focus == MAP_FOCUS_MINUTE);
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false },
                             { UI_KEY_CHOOSE, "Choose", false },
                             { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 3);
    ui_timer(ui, list, model->timer.words, model->timer.seconds, model->timer.gone);
}
