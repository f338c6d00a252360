#include "ui/screens.h"

#include <math.h>
#include <stdio.h>

#define CHART_LEFT  160.0f
#define CHART_RIGHT 670.0f

static TextStyle words_of(float size, FontWeight weight, Colour colour, TextAlign align) {
    /* A chart without its numbers says nothing: they stay with large text. */
    return (TextStyle){ .size = size, .weight = weight, .colour = colour, .align = align, .keep = true };
}

static void draw_selector(const ProgressModel *m, const UiContext *ui, DrawList *list) {
    Box box = { 462, 44, 388, 56 };
    ui_focus(ui, list, box, 28, UI_MARK_LEFT);
    icon_draw(list, ICON_PREVIOUS, box.x + 28, 72, 0.9f, COLOUR_INK, COLOUR_PAPER);
    icon_draw(list, ICON_NEXT, box.x + box.w - 28, 72, 0.9f, COLOUR_INK, COLOUR_PAPER);
    (void)ui_text(ui, list, box.x + box.w / 2, 83, box.w - 110,
                  words_of(32, FONT_BOLD, COLOUR_INK, ALIGN_CENTRE), m->exercise);
}

/* Inside the band hollow, outside filled: only filled is called change. Circles for the first series, squares
 * for the second. */
static void draw_mark(DrawList *list, Point at, bool square, bool changed, Colour colour) {
    float r = changed ? 11 : 8;
    if (square) {
        draw_rect(list, at.x - r - 2, at.y - r - 2, 2 * r + 4, 2 * r + 4, 4, changed ? COLOUR_PAPER : colour);
        draw_rect(list, at.x - r + 2, at.y - r + 2, 2 * r - 4, 2 * r - 4, 2, changed ? colour : COLOUR_INK);
    } else {
        draw_disc(list, at.x, at.y, r + 2, changed ? COLOUR_PAPER : colour);
        draw_disc(list, at.x, at.y, r - 2, changed ? colour : COLOUR_INK);
    }
}

/* One series between top and bottom. */
static void draw_series(const ProgressSeries *s, const UiContext *ui, DrawList *list, float top, float bottom,
                        bool square) {
    int count = s->count < PROGRESS_POINTS ? s->count : PROGRESS_POINTS;
    if (count < 1) return;
    Colour colour = square ? COLOUR_MINT : COLOUR_GOLD;
    float low = fminf(s->band_low, s->points[0]), high = fmaxf(s->band_high, s->points[0]);
    for (int i = 0; i < count; i++) {
        low = fminf(low, s->points[i]);
        high = fmaxf(high, s->points[i]);
    }
    /* Whole tens around it, and never so near that noise looks like a mountain. */
    low = floorf(low / 10) * 10;
    high = fmaxf(ceilf(high / 10) * 10, low + 20);
    float scale = (bottom - top) / (high - low);
    if (s->band_high > s->band_low) {
        float band_top = bottom - (s->band_high - low) * scale;
        draw_rect(list, 146, band_top, 538, (s->band_high - s->band_low) * scale, 12,
                  colour_alpha(colour, 0.2f));
    }
    for (int i = 0; i < 3; i++) {
        float deg = low + (high - low) * (float)i / 2, y = bottom - (deg - low) * scale;
        draw_line(list, 146, y, 684, y, 1.5f, colour_alpha(COLOUR_PAPER_DIM, 0.22f));
        if (i == 1) continue;
        char digits[16];
        (void)snprintf(digits, sizeof digits, "%.0f", (double)deg);
        (void)ui_text(ui, list, 132, y + 10, 60, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM, ALIGN_RIGHT),
                      digits);
    }
    Point points[PROGRESS_POINTS];
    for (int i = 0; i < count; i++) {
        float t = count > 1 ? (float)i / (float)(count - 1) : 1;
        points[i] =
            (Point){ CHART_LEFT + (CHART_RIGHT - CHART_LEFT) * t, bottom - (s->points[i] - low) * scale };
    }
    if (count > 1) draw_stroke(list, points, count, 5, colour);
    for (int i = 0; i < count; i++)
        draw_mark(list, points[i], square, s->points[i] > s->band_high || s->points[i] < s->band_low, colour);
    float y = points[count - 1].y;
    (void)ui_text(ui, list, 700, y + 6, 110, words_of(40, FONT_BOLD, colour, ALIGN_LEFT), s->value);
    (void)ui_text(ui, list, 700, y + 40, 110, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM, ALIGN_LEFT),
                  s->label);
}

static void draw_chart(const ProgressModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 64, 124, 760, 472 }, 0.84f);
    (void)ui_text(ui, list, 92, 174, 250, words_of(30, FONT_BOLD, COLOUR_PAPER, ALIGN_LEFT), m->measure);
    if (m->series_count == 0) {
        (void)ui_paragraph(ui, list, 444, 350, 640, 44, 3,
                           words_of(34, FONT_BOLD, COLOUR_PAPER, ALIGN_CENTRE), m->empty);
        return;
    }
    draw_rect(list, 364, 150, 44, 28, 8, colour_alpha(COLOUR_PAPER, 0.22f));
    (void)ui_text(ui, list, 420, 174, 380, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM, ALIGN_LEFT), m->band);
    bool two = m->series_count > 1;
    draw_series(&m->series[0], ui, list, two ? 214 : 240, two ? 330 : 490, false);
    if (two) draw_series(&m->series[1], ui, list, 380, 496, true);
    (void)ui_text(ui, list, CHART_LEFT, 566, 180, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM, ALIGN_CENTRE),
                  m->from);
    (void)ui_text(ui, list, CHART_RIGHT, 566, 180, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM, ALIGN_CENTRE),
                  m->to);
}

static void draw_verdicts(const ProgressModel *m, const UiContext *ui, DrawList *list) {
    if (m->series_count == 0) return;
    ui_plate(ui, list, (Box){ 848, 124, 368, 218 }, 0.84f);
    for (int i = 0; i < m->series_count && i < PROGRESS_SERIES; i++) {
        float y = 172 + 90 * (float)i;
        if (i == 0) {
            draw_disc(list, 892, y, 9, COLOUR_GOLD);
        } else {
            draw_rect(list, 884, y - 8, 16, 16, 3, COLOUR_MINT);
        }
        (void)ui_text(ui, list, 916, y + 11, 276, words_of(32, FONT_BOLD, COLOUR_PAPER, ALIGN_LEFT),
                      m->series[i].verdict);
        (void)ui_text(ui, list, 876, y + 50, 316, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM, ALIGN_LEFT),
                      m->series[i].note);
    }
}

static void draw_weeks(const ProgressModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 848, 360, 368, 236 }, 0.84f);
    (void)ui_text(ui, list, 876, 408, 316, words_of(28, FONT_BOLD, COLOUR_PAPER, ALIGN_LEFT), m->weeks_label);
    float most = 1;
    for (int i = 0; i < PROGRESS_WEEKS; i++) most = fmaxf(most, m->weeks[i]);
    for (int i = 0; i < PROGRESS_WEEKS; i++) {
        float height = 106 * m->weeks[i] / most, x = 880 + 39 * (float)i;
        if (height < 6) height = 6; /* a week without is still a week */
        draw_rect(list, x, 536 - height, 26, height, 8,
                  i == PROGRESS_WEEKS - 1 ? COLOUR_GOLD : COLOUR(0xB98F5E));
    }
    icon_draw(list, ICON_LANTERN, 890, 568, 1, COLOUR_GOLD, COLOUR_INK);
    (void)ui_text(ui, list, 914, 578, 280, words_of(28, FONT_BOLD, COLOUR_PAPER, ALIGN_LEFT), m->streak);
}

void ui_progress_draw(const ProgressModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/hour7", 0, 0, 1);
    draw_rect(list, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, 0, colour_alpha(COLOUR_INK, 0.18f));
    ui_head_shade(ui, list);
    UiStatus player = model->status;
    player.input_words = NULL; /* the middle belongs to the exercise */
    (void)ui_status(ui, list, &player);
    (void)ui_text(ui, list, UI_LEFT_EDGE, 92, 360, words_of(56, FONT_BOLD, COLOUR_PAPER, ALIGN_LEFT),
                  model->title);
    draw_selector(model, ui, list);
    draw_chart(model, ui, list);
    draw_verdicts(model, ui, list);
    draw_weeks(model, ui, list);
    const UiHint hints[] = { { UI_KEY_SIDEWAYS, "Change", false }, { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 2);
}
