/* How-to, calibrate and get set: what comes before a game. */
#include "ui/path.h"
#include "ui/screens.h"

#include <math.h>
#include <stdio.h>

/* The near ground under the mat, far and near, in the hour's own dark; `drop` lower than in the how-to. */
static void draw_ground(DrawList *list, int hour, float drop) {
    static const uint32_t far_ground[] = { 0x3A3060, 0x2A3C66, 0x123642, 0x5F7FA0,
                                           0x744A48, 0x0A3A58, 0x4A2A62, 0x161E54 };
    static const uint32_t near_ground[] = { 0x2C2748, 0x16294C, 0x0A1D29, 0x2C4A6A,
                                            0x33223F, 0x06203C, 0x22143C, 0x0A0E2E };
    int i = hour >= 1 && hour <= 8 ? hour - 1 : 0;
    path_fill(list, "M0 720L0 440C180 414 420 424 720 434C960 442 1120 442 1280 450L1280 720Z", 0, drop, 1,
              COLOUR(far_ground[i]));
    path_fill(list, "M0 720L0 548C260 536 700 546 1280 552L1280 720Z", 0, drop, 1, COLOUR(near_ground[i]));
}

static Colour mat_of(int hour) {
    static const uint32_t mats[] = { 0x6A5C9A, 0x4E6AA6, 0x2F6F74, 0x3F7FA8,
                                     0x9C5F58, 0x1E6A80, 0x7A4288, 0x3E4C94 };
    return COLOUR(mats[hour >= 1 && hour <= 8 ? hour - 1 : 0]);
}

static CoachPlace coach_in(const UiContext *ui, const char *exercise, Box box, Colour mat) {
    CoachPlace place = coach_fit(ui->coach, exercise, box.x, box.y, box.w, box.h);
    place.mat = mat;
    return place;
}

/* On the ground of the box, not floating in its middle. */
static CoachPlace coach_on_ground(const UiContext *ui, const char *exercise, Box box, Colour mat) {
    CoachPlace place = coach_in(ui, exercise, box, mat);
    const CoachExercise *e = coach_exercise(ui->coach, exercise);
    if (e != NULL) place.ground_y = box.y + box.h + (float)e->bottom * place.height;
    return place;
}

/* Dots that grow brighter toward the end that is asked for. */
static void draw_dots(DrawList *list, const Point *points, int count) {
    for (int i = 0; i < count; i++) {
        float t = (float)i / (float)(count - 1);
        draw_disc(list, points[i].x, points[i].y, 3 + 3.4f * t, colour_alpha(COLOUR_GOLD, 0.35f + 0.65f * t));
    }
    Point end = points[count - 1];
    draw_glow(list, end.x, end.y, 46, colour_alpha(COLOUR_GOLD, 0.7f));
    draw_disc(list, end.x, end.y, 12, COLOUR_GOLD);
}

/* The way of the arm that moves. A bent arm's elbow is shown on a wider circle about its shoulder, clear of
 * the body. */
static void draw_way(const HowtoModel *model, const UiContext *ui, DrawList *list, CoachPlace place) {
    enum { DOTS = 19 };
    const CoachExercise *e = coach_exercise(ui->coach, model->exercise);
    if (e == NULL || e->moves == SIDE_NONE) return;
    float low, high;
    coach_range(e, &low, &high);
    CoachJoint joint = coach_leading_joint(e),
               shoulder = (CoachJoint)(joint - (joint - COACH_LIMB_JOINTS) % 4);
    bool elbow = joint == shoulder + 1;
    if (!elbow) low = (low + high) / 2; /* a straight arm first carries, then reaches */
    Point centre = coach_joint(ui->coach, model->exercise, (low + high) / 2, model->side, place, shoulder);
    Point points[DOTS];
    float farthest = 0;
    for (int i = 0; i < DOTS; i++) {
        float m = low + (high - low) * (float)i / (DOTS - 1);
        points[i] = coach_joint(ui->coach, model->exercise, m, model->side, place, joint);
        farthest = fmaxf(farthest, hypotf(points[i].x - centre.x, points[i].y - centre.y));
    }
    for (int i = 0; elbow && i < DOTS; i++) {
        float x = points[i].x - centre.x, y = points[i].y - centre.y,
              k = 1.35f * farthest / fmaxf(hypotf(x, y), 1);
        points[i] = (Point){ centre.x + x * k, centre.y + y * k };
    }
    draw_dots(list, points, DOTS);
}

static void draw_breath_row(const UiContext *ui, DrawList *list, float y, UiIcon icon, Colour colour,
                            const char *words) {
    if (words == NULL || words[0] == '\0') return;
    draw_disc(list, 808, y, 19, colour);
    icon_draw(list, icon, 808, y, 1, COLOUR_INK, colour);
    TextStyle style = { .size = 30, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    (void)ui_text(ui, list, 856, y + 10, 336, style, words);
}

static void draw_card(const HowtoModel *model, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 750, 124, 466, 404 }, 0.8f);
    TextStyle dose = { .size = 44, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    TextStyle note = {
        .size = 28, .weight = FONT_MEDIUM, .align = ALIGN_RIGHT, .colour = COLOUR_PAPER_DIM, .keep = true
    };
    float wide = ui_text(ui, list, 782, 176, 300, dose, model->dose);
    (void)ui_text(ui, list, 1184, 174, 402 - wide - 16, note, model->dose_note);
    for (int i = 0; i < HOWTO_ROWS; i++) {
        const HowtoRow *row = &model->rows[i];
        if (row->title == NULL || row->title[0] == '\0') continue;
        float y = 238 + 84 * (float)i;
        draw_disc(list, 808, y, 30, COLOUR_TRACK);
        icon_draw(list, row->icon, 808, y, 1, COLOUR_PAPER, COLOUR_TRACK);
        TextStyle title = { .size = 30, .weight = FONT_BOLD, .colour = COLOUR_PAPER },
                  line = { .size = 28, .weight = FONT_MEDIUM, .colour = COLOUR_PAPER_DIM, .keep = true };
        (void)ui_text(ui, list, 856, y - 10, 340, title, row->title);
        (void)ui_text(ui, list, 856, y + 24, 340, line, row->line);
    }
    ui_rule(list, 782, 376, 402);
    draw_breath_row(ui, list, 428, ICON_IN, COLOUR_MINT, model->in);
    draw_breath_row(ui, list, 486, ICON_OUT, COLOUR_LILAC, model->out);
}

void ui_howto_draw(const HowtoModel *model, const UiContext *ui, DrawList *list) {
    int hour = ui_hour(model->game);
    draw_scene(list, ui_hour_scene(hour), 0, 0, 1);
    draw_ground(list, hour, 0);
    ui_heading(ui, list, model->title, &model->status);
    CoachPlace place = coach_on_ground(ui, model->exercise, (Box){ 52, 150, 640, 388 }, mat_of(hour));
    coach_draw(ui->coach, model->exercise, model->coach_m, model->breath, model->side, place, list);
    draw_way(model, ui, list, place);
    draw_card(model, ui, list);
    ui_caption(ui, list, (Box){ 64, 548, 1152, 64 }, 32, model->caption);
    const UiHint hints[] = { { UI_KEY_CHOOSE, "Start", false },
                             { UI_KEY_SAY_AGAIN_UP, "Say it again", true },
                             { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 3);
    ui_timer(ui, list, model->timer.words, model->timer.seconds, model->timer.gone);
}

/* ---- Calibrate ---- */

typedef enum StepState { STEP_LATER, STEP_NOW, STEP_DONE } StepState;

static void step_chip(const UiContext *ui, DrawList *list, float x, float w, int number, StepState state,
                      const char *words) {
    char digit[16];
    (void)snprintf(digit, sizeof digit, "%d", number);
    draw_rect(list, x, 124, w, 64, 32, ui_ink(ui, state == STEP_NOW ? 0.9f : 0.76f));
    TextStyle style = { .size = 32,
                        .weight = FONT_BOLD,
                        .colour = state == STEP_NOW ? COLOUR_PAPER : COLOUR_PAPER_DIM };
    switch (state) {
    case STEP_NOW:
        draw_frame(list, x, 124, w, 64, 32, 4, COLOUR_MINT);
        draw_disc(list, x + 34, 156, 22, COLOUR_PAPER);
        draw_text(list, x + 34, 167, 32, FONT_BOLD, ALIGN_CENTRE, COLOUR_INK, digit);
        break;
    case STEP_DONE:
        draw_disc(list, x + 34, 156, 22, COLOUR_MINT);
        icon_draw(list, ICON_TICK, x + 33, 156, 1, COLOUR_INK, COLOUR_MINT);
        break;
    case STEP_LATER:
        draw_ring(list, x + 34, 156, 20, 3, 0, 360, COLOUR_PAPER_DIM);
        draw_text(list, x + 34, 166, 28, FONT_BOLD, ALIGN_CENTRE, COLOUR_PAPER_DIM, digit);
        break;
    }
    (void)ui_text(ui, list, x + 72, 167, w - 72 - 28, style, words);
}

/* A stretch of the half ring; degrees of movement between the gauge's ends run over half a turn from the left
 * to the right. */
static void gauge_piece(const CalibrateModel *m, DrawList *list, float from_deg, float to_deg,
                        Colour colour) {
    enum { STEPS = 64 };
    float span = fmaxf(m->high_deg - m->low_deg, 1);
    float from = fmaxf(0, fminf((from_deg - m->low_deg) / span, 1)),
          to = fmaxf(0, fminf((to_deg - m->low_deg) / span, 1));
    if (to - from < 0.001f) return;
    Point points[2 * (STEPS + 1)];
    for (int i = 0; i <= STEPS; i++) {
        float angle = (float)PI * (1 - (from + (to - from) * (float)i / STEPS));
        points[i] = (Point){ 945 + 238 * cosf(angle), 508 - 238 * sinf(angle) };
        points[2 * STEPS + 1 - i] = (Point){ 945 + 146 * cosf(angle), 508 - 146 * sinf(angle) };
    }
    draw_polygon(list, points, 2 * (STEPS + 1), colour);
}

static Point gauge_point(const CalibrateModel *m, float deg, float radius) {
    float t = fmaxf(0, fminf((deg - m->low_deg) / fmaxf(m->high_deg - m->low_deg, 1), 1));
    return (Point){ 945 + radius * cosf((float)PI * (1 - t)), 508 - radius * sinf((float)PI * (1 - t)) };
}

static void draw_own_gauge(const CalibrateModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 676, 212, 540, 384 }, 0.82f);
    gauge_piece(m, list, m->low_deg, m->high_deg, COLOUR_TRACK);
    gauge_piece(m, list, 0, m->reached_high_deg, colour_alpha(COLOUR_MINT, 0.9f));
    gauge_piece(m, list, m->reached_low_deg, 0, colour_alpha(COLOUR_MINT, 0.5f));
    for (int tick = 0; tick < 12 && (float)tick * 30 < m->high_deg; tick++) {
        float deg = (float)tick * 30;
        Point a = gauge_point(m, deg, 224), b = gauge_point(m, deg, 236);
        if (deg > m->low_deg) draw_line(list, a.x, a.y, b.x, b.y, 4, COLOUR_INK);
    }
    Point tip = gauge_point(m, m->now_deg, 252), foot = gauge_point(m, m->now_deg, 132);
    draw_glow(list, tip.x, tip.y, 44, colour_alpha(COLOUR_PAPER, 0.7f));
    draw_line(list, foot.x, foot.y, tip.x, tip.y, 13, COLOUR_INK);
    draw_line(list, foot.x, foot.y, tip.x, tip.y, 7, COLOUR_PAPER);
    draw_disc(list, tip.x, tip.y, 15, COLOUR_INK);
    draw_disc(list, tip.x, tip.y, 11, COLOUR_PAPER);
    TextStyle value = { .size = 84, .weight = FONT_BOLD, .align = ALIGN_CENTRE, .colour = COLOUR_PAPER };
    TextStyle small = {
        .size = 28, .weight = FONT_MEDIUM, .align = ALIGN_CENTRE, .colour = COLOUR_PAPER_DIM
    };
    (void)ui_text(ui, list, 951, 478, 250, value, m->value);
    (void)ui_text(ui, list, 945, 516, 240, small, m->value_note);
    small.colour = COLOUR_PAPER;
    (void)ui_text(ui, list, 945, 570, 484, small, m->note);
}

static void draw_stillness(const CalibrateModel *m, const UiContext *ui, DrawList *list) {
    draw_glow(list, 945, 376, 230, colour_alpha(COLOUR_MINT, 0.25f));
    draw_disc(list, 945, 376, 150, ui_ink(ui, 0.84f));
    ui_ring(list, 945, 376, 150, 18, m->still, COLOUR_MINT);
    TextStyle big = { .size = 72, .weight = FONT_BOLD, .align = ALIGN_CENTRE, .colour = COLOUR_PAPER };
    TextStyle small = {
        .size = 28, .weight = FONT_MEDIUM, .align = ALIGN_CENTRE, .colour = COLOUR_PAPER_DIM
    };
    (void)ui_text(ui, list, 945, 392, 250, big, m->still_words);
    (void)ui_text(ui, list, 945, 438, 240, small, m->still_note);
}

void ui_calibrate_draw(const CalibrateModel *model, const UiContext *ui, DrawList *list) {
    int hour = ui_hour(model->game);
    draw_scene(list, ui_hour_scene(hour), 0, 0, 1);
    draw_ground(list, hour, 53);
    ui_heading(ui, list, model->title, &model->status);
    if (model->slow) {
        step_chip(ui, list, 64, 368, 1, STEP_DONE, model->still_step);
        step_chip(ui, list, 456, 760, 2, model->done ? STEP_DONE : STEP_NOW, model->slow_step);
    } else {
        step_chip(ui, list, 64, 760, 1, STEP_NOW, model->still_step);
        step_chip(ui, list, 848, 368, 2, STEP_LATER, model->slow_step);
    }
    CoachPlace place = coach_on_ground(ui, model->exercise, (Box){ 38, 214, 586, 374 }, mat_of(hour));
    coach_draw(ui->coach, model->exercise, model->coach_m, model->breath, model->side, place, list);
    if (model->slow) {
        draw_own_gauge(model, ui, list);
    } else {
        draw_stillness(model, ui, list);
    }
    const UiHint hints[] = { { UI_KEY_SAY_AGAIN_UP, "Say it again", true },
                             { UI_KEY_HURTS, "That hurts", false },
                             { UI_KEY_BACK, "Back", true } };
    (void)ui_hints(ui, list, hints, 3);
}

/* ---- Get set ---- */

void ui_get_set_draw(const GetSetModel *model, const UiContext *ui, DrawList *list) {
    ui_dim(list, 0.5f);
    ui_heading(ui, list, model->title, &model->status);
    draw_glow(list, 286, 336, 266, colour_alpha(COLOUR_MINT, 0.22f));
    draw_disc(list, 286, 336, 196, ui_ink(ui, 0.9f));
    ui_ring(list, 286, 336, 196, 12, model->found ? 1 : model->still, COLOUR_MINT);
    CoachPlace place = coach_in(ui, model->exercise, (Box){ 286 - 170, 336 - 116, 340, 232 }, (Colour){ 0 });
    coach_draw(ui->coach, model->exercise, model->coach_m, model->breath, model->side, place, list);

    float wide = ui_width(ui, model->pose, 30, FONT_BOLD) + (model->found ? 70 : 36) + 34;
    wide = fminf(fmaxf(wide, 240), 540);
    float left = fmaxf(UI_LEFT_EDGE, 286 - wide / 2);
    draw_rect(list, left, 500, wide, 64, 32, COLOUR_INK);
    draw_frame(list, left, 500, wide, 64, 32, 4, model->found ? COLOUR_MINT : COLOUR_PAPER_DIM);
    float words_at = 36;
    if (model->found) {
        draw_disc(list, left + 34, 532, 22, COLOUR_MINT);
        icon_draw(list, ICON_TICK, left + 33, 532, 1, COLOUR_INK, COLOUR_MINT);
        words_at = 70;
    }
    TextStyle style = { .size = 30, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    (void)ui_text(ui, list, left + words_at, 543, wide - words_at - 30, style, model->pose);

    char digit[16];
    (void)snprintf(digit, sizeof digit, "%d", model->count > 0 ? model->count : 3);
    draw_glow(list, 850, 336, 300, colour_alpha(COLOUR_GOLD, model->count > 0 ? 0.25f : 0.08f));
    draw_disc(list, 850, 336, 170, ui_ink(ui, 0.86f));
    if (model->count > 0) {
        ui_ring(list, 850, 336, 170, 18, 1 - model->count_gone, COLOUR_GOLD);
    } else { /* dotted: to come */
        path_stroke_dashed(list, "M0 -170a170 170 0 0 1 0 340a170 170 0 0 1 0 -340Z", 850, 336, 1, 6, 1, 17,
                           COLOUR_PAPER_DIM);
    }
    draw_text(list, 850, 424, 248, FONT_BOLD, ALIGN_CENTRE,
              colour_alpha(COLOUR_PAPER, model->count > 0 ? 1 : 0.25f), digit);
    if (model->caption != NULL && model->caption[0] != '\0') {
        float w =
            fminf(ui_width(ui, model->caption, 30, FONT_MEDIUM) + 118, UI_RIGHT_EDGE - left - wide - 20);
        ui_caption(ui, list, (Box){ UI_RIGHT_EDGE - w, 548, w, 60 }, 30, model->caption);
    }
    const UiHint hints[] = { { UI_KEY_PAUSE, "Pause", false }, { UI_KEY_HURTS, "That hurts", false } };
    (void)ui_hints(ui, list, hints, 2);
}
