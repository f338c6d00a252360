/* Pause, that hurts, sensor lost, and messages: the game stands still underneath. */
#include "ui/path.h"
#include "ui/screens.h"

#include <math.h>

static TextStyle words_of(float size, FontWeight weight, Colour colour) {
    return (TextStyle){ .size = size, .weight = weight, .colour = colour };
}

/* A column of buttons; the focus is drawn last. */
static void draw_choices(const UiContext *ui, DrawList *list, const UiChoice *choices, int count, int focus,
                         Box first, float pitch) {
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < count && i < CHOICES_MAX; i++) {
            if ((i == focus) != (pass == 1)) continue;
            Box box = first;
            box.y += pitch * (float)i;
            ui_button(
                ui, list, box,
                (UiButton){ .icon = choices[i].icon, .words = choices[i].words, .kind = choices[i].kind },
                i == focus);
        }
    }
}

void ui_pause_draw(const PauseModel *model, const UiContext *ui, DrawList *list) {
    ui_dim(list, 0.5f);
    ui_heading(ui, list, model->title, &model->status);
    draw_choices(ui, list, model->choices, model->choice_count, model->focus, (Box){ 84, 140, 446, 66 },
                 93.5f);

    ui_plate(ui, list, (Box){ 750, 140, 466, 440 }, 0.84f);
    ui_ring(list, 896, 300, 96, 16, model->done, COLOUR_GOLD);
    TextStyle big = words_of(84, FONT_BOLD, COLOUR_PAPER),
              small = words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM);
    big.align = small.align = ALIGN_CENTRE;
    small.keep = true;
    (void)ui_text(ui, list, 896, 316, 150, big, model->count);
    (void)ui_text(ui, list, 896, 352, 150, small, model->count_of);
    TextStyle dim = words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM);
    bool sided = model->side != NULL && model->side[0] != '\0';
    if (sided) {
        (void)ui_text(ui, list, 1026, 240, 166, dim, model->side_label);
        (void)ui_text(ui, list, 1026, 280, 166, words_of(40, FONT_BOLD, COLOUR_PAPER), model->side);
    }
    float drop = sided ? 0 : -56;
    (void)ui_text(ui, list, 1026, 350 + drop, 166, words_of(54, FONT_BOLD, COLOUR_GOLD), model->score);
    (void)ui_text(ui, list, 1026, 390 + drop, 166, dim, model->score_label);
    ui_rule(list, 782, 444, 402);
    (void)ui_text(ui, list, 782, 500, 406, words_of(32, FONT_BOLD, COLOUR_PAPER), model->rest);
    (void)ui_text(ui, list, 782, 544, 406, dim, model->rest_note);
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false },
                             { UI_KEY_CHOOSE, "Choose", false },
                             { UI_KEY_HURTS, "That hurts", false } };
    (void)ui_hints(ui, list, hints, 3);
}

/* A round sign and two lines beside it. */
static void draw_headline(const UiContext *ui, DrawList *list, UiIcon icon, Colour colour, Colour disc,
                          const char *headline, const char *line) {
    draw_disc(list, 150, 232, 54, disc);
    icon_draw(list, icon, 151, 230, 1.9f, colour, disc);
    (void)ui_text(ui, list, 232, 222, 456, words_of(40, FONT_BOLD, COLOUR_PAPER), headline);
    (void)ui_paragraph(ui, list, 232, 266, 456, 34, 2, words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM), line);
}

/* Where the target was and where it is now, on the way from the start. */
static void draw_less(const HurtsModel *m, const UiContext *ui, DrawList *list) {
    const float left = 110, width = 540;
    float before = left + width * fmaxf(0.1f, fminf(m->before_share, 1)),
          after = left + width * fmaxf(0.1f, fminf(m->after_share, 1));
    draw_rect(list, left, 434, width, 12, 6, COLOUR_BAR);
    draw_rect(list, left, 434, after - left, 12, 6, COLOUR(0x566092));
    static const char dotted[] =
        "M-4 -26h8a9 9 0 0 1 9 9v34a9 9 0 0 1 -9 9h-8a9 9 0 0 1 -9 -9v-34a9 9 0 0 1 9 -9Z";
    path_stroke_dashed(list, dotted, before, 440, 1, 3, 2, 8, colour_alpha(COLOUR_PAPER_DIM, 0.8f));
    draw_rect(list, after - 13, 414, 26, 52, 9, COLOUR_GOLD);
    path_stroke(list, "M-7 -8h14M-7 8h14", after, 440, 1, 3.5f, COLOUR_INK);
    TextStyle now = words_of(36, FONT_BOLD, COLOUR_GOLD), was = words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM);
    now.align = was.align = ALIGN_CENTRE;
    (void)ui_text(ui, list, after, 506, 140, now, m->after);
    (void)ui_text(ui, list, fminf(before, 650), 403, 140, was, m->before);
    was.align = ALIGN_LEFT;
    if (after > 280) (void)ui_text(ui, list, 110, 505, after - 110 - 70, was, m->start);
}

void ui_hurts_draw(const HurtsModel *model, const UiContext *ui, DrawList *list) {
    ui_dim(list, 0.62f);
    ui_heading(ui, list, model->title, &model->status);
    ui_plate(ui, list, (Box){ 64, 140, 652, 440 }, 0.88f);
    draw_headline(ui, list, ICON_HAND, COLOUR_ROSE, COLOUR(0x3A2038), model->headline, model->line);
    ui_rule(list, 96, 316, 588);
    if (model->after != NULL && model->after[0] != '\0') {
        (void)ui_text(ui, list, 96, 368, 430, words_of(32, FONT_BOLD, COLOUR_PAPER), model->less);
        draw_less(model, ui, list);
    } else {
        (void)ui_paragraph(ui, list, 96, 390, 588, 42, 2, words_of(32, FONT_BOLD, COLOUR_PAPER), model->less);
    }
    (void)ui_text(ui, list, 96, 552, 588, words_of(28, FONT_MEDIUM, COLOUR_PAPER), model->advice);
    draw_choices(ui, list, model->choices, model->choice_count, model->focus, (Box){ 774, 140, 442, 76 },
                 121);
    ui_caption(ui, list, (Box){ 774, 504, 442, 76 }, 29, model->caption);
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false }, { UI_KEY_CHOOSE, "Choose", false } };
    (void)ui_hints(ui, list, hints, 2);
    ui_timer(ui, list, model->timer.words, model->timer.seconds, model->timer.gone);
}

void ui_lost_draw(const LostModel *model, const UiContext *ui, DrawList *list) {
    ui_dim(list, 0.66f);
    ui_heading(ui, list, model->title, &model->status);
    ui_plate(ui, list, (Box){ 64, 140, 652, 440 }, 0.86f);
    draw_frame(list, 64, 140, 652, 440, UI_RADIUS, 4, colour_alpha(COLOUR_ROSE, 0.9f));
    draw_headline(ui, list, ICON_SENSOR_LOST, COLOUR_ROSE, COLOUR(0x3A2038), model->headline, model->line);
    for (int i = 0; i < LOST_STEPS; i++) {
        if (model->steps[i] == NULL || model->steps[i][0] == '\0') continue;
        float y = 334 + 68 * (float)i;
        ui_number_disc(ui, list, 116, y, 24, i + 1);
        (void)ui_text(ui, list, 160, y + 11, 524, words_of(32, FONT_BOLD, COLOUR_PAPER), model->steps[i]);
    }
    /* Turning as long as it looks; still where motion is reduced. */
    float from = ui->reduced_motion ? 0 : fmodf(ui->time_s * 120, 360);
    draw_ring(list, 116, 534, 18, 6, 0, 360, COLOUR_TRACK);
    draw_ring(list, 116, 534, 18, 6, from, from + 144, COLOUR_MINT);
    (void)ui_text(ui, list, 160, 545, 524, words_of(30, FONT_BOLD, COLOUR_MINT), model->looking);
    draw_choices(ui, list, model->choices, model->choice_count, model->focus, (Box){ 774, 140, 442, 76 },
                 121);
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", true },
                             { UI_KEY_CHOOSE, "Choose", true },
                             { UI_KEY_BACK, "Back", true } };
    (void)ui_hints(ui, list, hints, 3);
}

void ui_message_draw(const MessageModel *model, const UiContext *ui, DrawList *list) {
    if (model->hour > 0) draw_scene(list, ui_hour_scene(model->hour), 0, 0, 1);
    ui_dim(list, model->hour > 0 ? 0.3f : 0.62f);
    ui_heading(ui, list, model->title, &model->status);
    ui_plate(ui, list, (Box){ 64, 140, 652, 440 }, 0.88f);
    Colour colour = model->trouble ? COLOUR_GOLD : COLOUR_MINT;
    draw_disc(list, 150, 232, 54, COLOUR_TRACK);
    icon_draw(list, model->trouble ? ICON_WARNING : ICON_TICK, 150, 232, 1.7f, colour, COLOUR_TRACK);
    (void)ui_paragraph(ui, list, 232, 222, 456, 48, 2, words_of(40, FONT_BOLD, COLOUR_PAPER),
                       model->headline);
    ui_rule(list, 96, 316, 588);
    (void)ui_paragraph(ui, list, 96, 370, 588, 42, 5, words_of(30, FONT_MEDIUM, COLOUR_PAPER), model->line);
    draw_choices(ui, list, model->choices, model->choice_count, model->focus, (Box){ 774, 140, 442, 76 },
                 108);
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false },
                             { UI_KEY_CHOOSE, "Choose", false },
                             { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 3);
}
