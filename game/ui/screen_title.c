#include "ui/screens.h"

#include "ui/path.h"

#include <math.h>

/* The string of lamps hangs from the left edge to the lighthouse. */
static Point lamp_at(int lamp) {
    static const float y[TITLE_LAMPS] = { 350,    331.9f, 318.9f, 309.6f, 303.9f, 301.7f,
                                          302.9f, 307.1f, 313.7f, 322.1f, 331.8f, 342 };
    return (Point){ 72 + 48 * (float)lamp, y[lamp] };
}

static void draw_lamps(DrawList *list, int lit) {
    Point cord[TITLE_LAMPS + 2] = { { -12, 366 } };
    for (int i = 0; i < TITLE_LAMPS; i++) cord[i + 1] = lamp_at(i);
    cord[TITLE_LAMPS + 1] = (Point){ 648, 350 };
    draw_stroke(list, cord, TITLE_LAMPS + 2, 2.5f, colour_alpha(COLOUR_PAPER, 0.5f));
    for (int i = 0; i < TITLE_LAMPS; i++) {
        Point p = lamp_at(i);
        if (i < lit) draw_glow(list, p.x, p.y + 14, 34, colour_alpha(COLOUR_GOLD, 0.4f));
        draw_line(list, p.x, p.y, p.x, p.y + 5, 2.5f, colour_alpha(COLOUR_PAPER, 0.7f));
        draw_rect(list, p.x - 8, p.y + 4, 16, 20, 7, i < lit ? COLOUR_GOLD : COLOUR(0x6A5C8E));
    }
}

void ui_title_draw(const TitleModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/title", 0, 0, 1);
    /* In steps of a fifteenth of a second: slow enough that nobody sees them, and an idle title costs little.
     */
    float breath = ui->reduced_motion ? 0 : sinf(floorf(ui->time_s * 15) / 15 * 6.2831853f / 7);
    CoachPlace place = { .x = 832, .ground_y = 574, .height = 550, .mat = COLOUR(0xB9557A) };
    coach_draw(ui->coach, "cat_cow", 0.62f + 0.2f * breath, breath, SIDE_NONE, place, list);
    draw_lamps(list, model->lamps);

    if (ui->high_contrast) draw_rect(list, 0, 84, 792, 212, 0, COLOUR_INK);
    draw_text(list, UI_LEFT_EDGE, 206, 132, FONT_BOLD, ALIGN_LEFT, COLOUR_PAPER, "Backbeat");
    TextStyle subtitle = { .size = 34, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    (void)ui_text(ui, list, 68, 268, 700, subtitle, model->subtitle);
    (void)ui_status(ui, list, &model->status);

    Box press = { 84, 540, 484, 76 };
    ui_button(ui, list, press, (UiButton){ .words = model->press, .size = 36 }, true);
    if (!ui->sensor) return;
    if (ui->high_contrast) draw_rect(list, 64, 624, 560, 76, UI_RADIUS, COLOUR_INK);
    draw_rect(list, 84, 640, 44, 44, 13, colour_alpha(COLOUR_INK, 0.9f));
    draw_frame(list, 84.5f, 640.5f, 43, 43, 12.5f, 3, colour_alpha(COLOUR_MINT, 0.9f));
    for (int i = 0; i < 2; i++) draw_disc(list, 100 + 12 * (float)i, 662, 4.5f, COLOUR_MINT);
    TextStyle tap = { .size = 32, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    (void)ui_text(ui, list, 144, 673, 480, tap, model->tap);
}
