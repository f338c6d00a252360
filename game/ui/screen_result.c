/* What was done: one exercise, and the whole routine. */
#include "ui/path.h"
#include "ui/screens.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define STAR_EVERY_S 0.26f
#define COUNT_UP_S   0.6f

static TextStyle words_of(float size, FontWeight weight, Colour colour) {
    return (TextStyle){ .size = size, .weight = weight, .colour = colour };
}

static TextStyle aligned(TextStyle style, TextAlign align) {
    style.align = align;
    return style;
}

/* Numbers count up as the screen opens. */
static int counted(const UiContext *ui, int value) {
    float t = ui->reduced_motion ? 1 : fminf(ui->shown_s / COUNT_UP_S, 1);
    return (int)((float)value * (1 - (1 - t) * (1 - t)) + 0.5f);
}

/* The foot's own row: smaller buttons, then the one that goes on by itself. */
static void draw_foot(const UiContext *ui, DrawList *list, const UiChoice *choices, int count, int focus,
                      const char *next, UiTimer timer, float next_w) {
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", true } };
    float x = ui_hints(ui, list, hints, 1) + 14;
    Box next_box = { UI_RIGHT_EDGE - next_w, 616, next_w, 64 }, focused_box = { 0 };
    UiButton focused = { .words = NULL };
    for (int i = 0; i < count && i < FOOT_CHOICES; i++) {
        float room = (next_box.x - 26 - x) / (float)(count - i) - 16,
              wide = ui_width(ui, choices[i].words, 28, FONT_BOLD) + 98;
        Box box = { x, 632, fminf(wide, room), 56 };
        UiButton button = { .icon = choices[i].icon, .words = choices[i].words, .size = 28 };
        if (i == focus) {
            focused = button;
            focused_box = box;
        } else {
            ui_button(ui, list, box, button, false);
        }
        x += box.w + 20;
    }
    ui_next_button(ui, list, next_box, next, timer.seconds, timer.gone, focus == count);
    if (focused.words != NULL) ui_button(ui, list, focused_box, focused, true);
}

static void draw_score(const ResultModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 64, 124, 466, 262 }, 0.84f);
    static const float y[3] = { 214, 206, 214 }, radius[3] = { 40, 50, 40 };
    for (int i = 0; i < 3; i++) {
        bool landed = i < m->stars && (ui->reduced_motion || ui->shown_s >= STAR_EVERY_S * (float)(i + 1));
        float x = 177 + 120 * (float)i;
        if (landed) draw_glow(list, x, y[i], radius[i] * 2.1f, colour_alpha(COLOUR_GOLD, 0.6f));
        star_draw(list, x, y[i], radius[i] * (landed || i >= m->stars ? 1 : 0.9f), landed);
    }
    char score[24];
    ui_thousands(counted(ui, m->score), score, sizeof score);
    (void)ui_text(ui, list, 96, 350, 182, words_of(96, FONT_BOLD, COLOUR_PAPER), score);
    bool best = m->best != NULL && m->best[0] != '\0';
    if (best) {
        draw_rect(list, 290, 284, 214, 44, 22, COLOUR_GOLD);
        (void)ui_text(ui, list, 397, 316, 190, aligned(words_of(30, FONT_BOLD, COLOUR_INK), ALIGN_CENTRE),
                      m->best);
    }
    (void)ui_text(ui, list, 504, best ? 364 : 340, 220,
                  aligned(words_of(28, FONT_BOLD, COLOUR_PAPER_DIM), ALIGN_RIGHT), m->ghost);
}

static const Colour part_colours[RESULT_BARS] = { COLOUR_GOLD, COLOUR_EMBER, COLOUR_MINT, COLOUR(0xE9C58A) };

/* Which of the thin columns below is meant: by its place among four, not by its colour alone. */
static void part_sign(DrawList *list, int part, float x, float y) {
    for (int i = 0; i < RESULT_BARS; i++) {
        bool meant = i == part;
        draw_rect(list, x + 7 * (float)i, y - (meant ? 11 : 5), 5, meant ? 22 : 10, 2,
                  meant ? part_colours[i] : colour_alpha(COLOUR_PAPER_DIM, 0.45f));
    }
}

static void draw_bars(const ResultModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 554, 124, 662, 262 }, 0.84f);
    bool advised = m->advice != NULL && m->advice[0] != '\0';
    float pitch = advised ? 42 : 58, top = advised ? 156 : 172;
    for (int i = 0; i < m->bar_count && i < RESULT_BARS; i++) {
        float y = top + pitch * (float)i;
        char digits[16];
        (void)snprintf(digits, sizeof digits, "%d", m->bars[i].value);
        if (m->rep_count > 0) part_sign(list, i, 586, y);
        (void)ui_text(ui, list, 624, y + 10, 128, words_of(28, FONT_BOLD, COLOUR_PAPER), m->bars[i].name);
        float share = (float)counted(ui, m->bars[i].value) / 100;
        ui_bar(list, (Box){ 762, y - 10, 340, 20 }, share, COLOUR_GOLD);
        (void)ui_text(ui, list, 1184, y + 11, 70, aligned(words_of(32, FONT_BOLD, COLOUR_PAPER), ALIGN_RIGHT),
                      digits);
    }
    if (advised)
        (void)ui_paragraph(ui, list, 586, 336, 598, 34, 2, words_of(28, FONT_MEDIUM, COLOUR_PAPER),
                           m->advice);
}

/* The sign of how a repetition went; as in the game. */
static void word_sign(DrawList *list, int word, float x, float y) {
    switch (word) {
    case 3:
        path_fill(list, "M0 -11L2.900 -2.900L11 0L2.900 2.900L0 11L-2.900 2.900L-11 0L-2.900 -2.900Z", x, y,
                  1, COLOUR_GOLD);
        break;
    case 2: path_fill(list, "M0 -9l7.200 9l-7.200 9l-7.200 -9Z", x, y, 1, COLOUR_GOLD); break;
    case 1: draw_disc(list, x, y, 5.6f, COLOUR_GOLD); break;
    default: draw_ring(list, x, y, 5.6f, 3, 0, 360, COLOUR_PAPER_DIM); break;
    }
}

/* A part not reached at all still has a foot to see. */
static float part_height(int value) {
    return 6 + 88 * fmaxf(0, (float)value) / 100;
}

/* A run of repetitions of one side, centred within left…right. */
static void draw_reps(const ResultModel *m, DrawList *list, Side side, float left, float right) {
    int count = 0;
    for (int i = 0; i < m->rep_count && i < RESULT_REPS; i++)
        count += m->reps[i].side == side || side == SIDE_NONE;
    if (count == 0) return;
    float pitch = fminf((right - left) / (float)count, 60), width = pitch * 0.72f;
    float x = left + (right - left - pitch * (float)count) / 2 + pitch / 2;
    for (int i = 0; i < m->rep_count && i < RESULT_REPS; i++) {
        const ResultRep *rep = &m->reps[i];
        if (rep->side != side && side != SIDE_NONE) continue;
        float tallest = 0, column = width / RESULT_BARS;
        for (int part = 0; part < RESULT_BARS; part++) {
            float height = part_height(rep->parts[part]);
            draw_rect(list, x - width / 2 + column * (float)part, 544 - height, column * 0.8f, height,
                      fminf(3, column * 0.4f), part_colours[part]);
            tallest = fmaxf(tallest, height);
        }
        word_sign(list, rep->word, x, 544 - tallest - 18);
        if (rep->ghost >= 0) {
            float ghost = part_height(rep->ghost);
            draw_rect(list, x - width / 2 - 4, 544 - ghost - 2.5f, width + 8, 5, 2.5f, COLOUR_LILAC);
        }
        x += pitch;
    }
}

static void draw_chart(const ResultModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 64, 404, 1152, 192 }, 0.84f);
    if (m->rep_count == 0) {
        TextStyle style = aligned(words_of(38, FONT_BOLD, COLOUR_PAPER), ALIGN_CENTRE);
        bool two = m->note != NULL && ui_width(ui, m->note, style.size, style.weight) > 1080;
        (void)ui_paragraph(ui, list, 640, two ? 488 : 513, 1080, 50, 2, style, m->note);
        return;
    }
    TextStyle dim = words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM);
    (void)ui_paragraph(ui, list, 96, 452, 108, 34, 2, dim, m->each);
    TextStyle side = aligned(dim, ALIGN_CENTRE);
    side.keep = true;
    bool ghost = false, right = false, left = false;
    for (int i = 0; i < m->rep_count; i++) {
        ghost = ghost || m->reps[i].ghost >= 0;
        right = right || m->reps[i].side == SIDE_RIGHT;
        left = left || m->reps[i].side == SIDE_LEFT;
    }
    if (ghost && !ui->large_text) {
        draw_rect(list, 96, 569, 20, 5, 2.5f, COLOUR_LILAC);
        (void)ui_text(ui, list, 124, 582, 90, dim, m->ghost_label);
    }
    if (right && left) {
        draw_reps(m, list, SIDE_RIGHT, 208, 682);
        draw_reps(m, list, SIDE_LEFT, 708, 1184);
        draw_stroke_dashed(list, (Point[]){ { 695, 428 }, { 695, 572 } }, 2, 2, 2, 8,
                           colour_alpha(COLOUR_PAPER_DIM, 0.5f));
        (void)ui_text(ui, list, 445, 582, 300, side, m->right);
        (void)ui_text(ui, list, 946, 582, 300, side, m->left);
    } else {
        draw_reps(m, list, SIDE_NONE, 230, 1184);
        const char *only = right ? m->right : left ? m->left : NULL;
        (void)ui_text(ui, list, 707, 582, 300, side, only);
    }
}

void ui_result_draw(const ResultModel *model, const UiContext *ui, DrawList *list) {
    ui_dim(list, 0.42f);
    ui_heading(ui, list, model->title, &model->status);
    draw_score(model, ui, list);
    draw_bars(model, ui, list);
    draw_chart(model, ui, list);
    draw_foot(ui, list, model->choices, model->choice_count, model->focus, model->next, model->timer, 404);
}

/* ---- Summary ---- */

static void draw_grade(const SummaryModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 64, 124, 368, 330 }, 0.8f);
    draw_glow(list, 248, 240, 150, colour_alpha(COLOUR_GOLD, 0.45f));
    draw_disc(list, 248, 236, 88, COLOUR_GOLD);
    draw_ring(list, 248, 236, 88, 5, 0, 360, COLOUR_PAPER);
    (void)ui_text(ui, list, 248, 279, 150, aligned(words_of(120, FONT_BOLD, COLOUR_INK), ALIGN_CENTRE),
                  m->grade);
    char score[24];
    ui_thousands(counted(ui, m->score), score, sizeof score);
    (void)ui_text(ui, list, 248, 390, 312, aligned(words_of(64, FONT_BOLD, COLOUR_PAPER), ALIGN_CENTRE),
                  score);
    (void)ui_text(ui, list, 248, 430, 312, aligned(words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM), ALIGN_CENTRE),
                  m->of);
}

static void draw_places(const SummaryModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 456, 124, 760, 156 }, 0.8f);
    float pitch = m->place_count > 5 ? 91 : 130, x = 836 - pitch * (float)(m->place_count - 1) / 2;
    for (int i = 0; i < m->place_count && i < MAP_PLACES; i++, x += pitch) {
        ui_place(list, m->places[i].game, x, 184, 36, 1);
        ui_stars(list, x, 244, 9, 25, m->places[i].stars);
    }
}

static void draw_trend(const SummaryModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 456, 298, 760, 156 }, 0.8f);
    (void)ui_text(ui, list, 484, 340, 268, words_of(28, FONT_BOLD, COLOUR_PAPER), m->trend);
    (void)ui_text(ui, list, 484, 390, 250, words_of(48, FONT_BOLD, COLOUR_GOLD), m->value);
    float wide = ui_text(ui, list, 1188, 440, 420,
                         aligned(words_of(28, FONT_MEDIUM, COLOUR_PAPER), ALIGN_RIGHT), m->verdict);
    (void)ui_text(ui, list, 484, 440, 1188 - 484 - wide - 24, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM),
                  m->last);
    int count = m->point_count < TREND_POINTS ? m->point_count : TREND_POINTS;
    if (count < 1) return;
    float low = m->points[0], high = low;
    for (int i = 0; i < count; i++) {
        low = fminf(low, m->points[i]);
        high = fmaxf(high, m->points[i]);
    }
    bool band = m->band_high > m->band_low;
    if (band) {
        low = fminf(low, m->band_low);
        high = fmaxf(high, m->band_high);
    }
    float span = fmaxf(high - low, 6), base = 392, scale = 68 / span;
    if (band) {
        float top = base - (m->band_high - low) * scale;
        draw_rect(list, 766, top, 400, (m->band_high - m->band_low) * scale, 14,
                  colour_alpha(COLOUR_GOLD, 0.2f));
    }
    Point points[TREND_POINTS];
    for (int i = 0; i < count; i++) {
        float t = count > 1 ? (float)i / (float)(count - 1) : 1;
        points[i] = (Point){ 786 + 360 * t, base - (m->points[i] - low) * scale };
    }
    if (count > 1) draw_stroke(list, points, count, 3.5f, COLOUR_PAPER_DIM);
    for (int i = 0; i < count - 1; i++) {
        draw_disc(list, points[i].x, points[i].y, 8.5f, COLOUR_PAPER_DIM);
        draw_disc(list, points[i].x, points[i].y, 4.5f, COLOUR_INK);
    }
    draw_glow(list, points[count - 1].x, points[count - 1].y, 26, colour_alpha(COLOUR_GOLD, 0.6f));
    draw_disc(list, points[count - 1].x, points[count - 1].y, 12, COLOUR_GOLD);
}

static void draw_streak(const SummaryModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 64, 472, 1152, 122 }, 0.8f);
    icon_draw(list, ICON_LANTERN, 108, 534, 1.9f, COLOUR_GOLD, COLOUR_INK);
    (void)ui_text(ui, list, 146, 526, 440, words_of(44, FONT_BOLD, COLOUR_PAPER), m->streak);
    (void)ui_text(ui, list, 146, 570, 456, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM), m->streak_note);
    for (int i = 0; i < STREAK_DAYS; i++) {
        ui_day(list, 640 + 41 * (float)i, 533, 13, m->days[i], i == STREAK_DAYS - 1 && m->trained_today);
    }
}

void ui_summary_draw(const SummaryModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/summary", 0, 0, 1);
    /* No shade: the sky is dark, and the lanterns hang there. */
    if (ui->high_contrast) ui_head_shade(ui, list);
    float right = ui_status(ui, list, &model->status);
    (void)ui_text(ui, list, UI_LEFT_EDGE, 92, fminf(right - UI_LEFT_EDGE - 24, 470),
                  words_of(56, FONT_BOLD, COLOUR_PAPER), model->title);
    draw_grade(model, ui, list);
    draw_places(model, ui, list);
    draw_trend(model, ui, list);
    draw_streak(model, ui, list);
    draw_foot(ui, list, model->choices, model->choice_count, model->focus, model->next, model->timer, 324);
}
