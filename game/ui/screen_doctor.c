#include "ui/screens.h"

#include <math.h>

static TextStyle words_of(float size, FontWeight weight, Colour colour) {
    return (TextStyle){ .size = size, .weight = weight, .colour = colour };
}

static void draw_port(const UiContext *ui, DrawList *list, const DoctorPort *port, float y, bool focused) {
    Box box = { focused ? 84.0f : 64.0f, y, focused ? 446.0f : 466.0f, 112 };
    if (focused) {
        ui_focus(ui, list, box, UI_RADIUS, UI_MARK_LEFT);
    } else {
        ui_plate(ui, list, box, 0.84f);
    }
    draw_disc(list, 124, y + 56, 30, COLOUR_TRACK);
    switch (port->state) {
    case DOCTOR_READY: icon_draw(list, ICON_TICK, 123, y + 56, 1, COLOUR_MINT, COLOUR_TRACK); break;
    case DOCTOR_TROUBLE: icon_draw(list, ICON_WARNING, 124, y + 57, 1, COLOUR_GOLD, COLOUR_TRACK); break;
    case DOCTOR_NOTHING: icon_draw(list, ICON_NOTHING, 124, y + 56, 1, COLOUR_PAPER_DIM, COLOUR_TRACK); break;
    }
    (void)ui_text(ui, list, 172, y + 50, 336, words_of(32, FONT_BOLD, focused ? COLOUR_INK : COLOUR_PAPER),
                  port->name);
    (void)ui_text(ui, list, 172, y + 88, 336,
                  words_of(28, FONT_MEDIUM, focused ? COLOUR_DUSK : COLOUR_PAPER_DIM), port->line);
}

/* What the port says now: a line that moves when the sensor does. */
static void draw_wave(const DoctorModel *m, DrawList *list, float y) {
    int count = m->wave_count < DOCTOR_WAVE ? m->wave_count : DOCTOR_WAVE;
    Point points[DOCTOR_WAVE];
    draw_rect(list, 84, y, 446, 52, 26, colour_alpha(COLOUR_INK, 0.84f));
    if (count < 2) return;
    for (int i = 0; i < count; i++) {
        float value = fmaxf(-1, fminf(m->wave[i], 1));
        points[i] = (Point){ 112 + 390 * (float)i / (float)(count - 1), y + 26 - 17 * value };
    }
    draw_stroke(list, points, count, 3, COLOUR_MINT);
}

static void draw_fix(const DoctorModel *m, const UiContext *ui, DrawList *list) {
    ui_plate(ui, list, (Box){ 566, 136, 650, 460 }, 0.88f);
    (void)ui_text(ui, list, 598, 190, 586, words_of(38, FONT_BOLD, COLOUR_PAPER), m->headline);
    TextStyle told = words_of(28, FONT_MEDIUM, COLOUR_PAPER_DIM);
    told.keep = true; /* what to do stands in it */
    int lines = ui_paragraph(ui, list, 598, 236, 586, 38, DOCTOR_LINES, told, m->line);
    bool command = m->command != NULL && m->command[0] != '\0';
    float y = 290 + 38 * (float)(lines > 1 ? lines - 1 : 0);
    for (int i = 0; i < DOCTOR_STEPS; i++) {
        if (m->steps[i] == NULL || m->steps[i][0] == '\0') continue;
        ui_number_disc(ui, list, 620, y, 22, i + 1);
        (void)ui_text(ui, list, 658, y + 10, 526, words_of(30, FONT_BOLD, COLOUR_PAPER), m->steps[i]);
        if (i == 0 && command) {
            draw_rect(list, 598, y + 32, 586, 62, 16, COLOUR_INK_DEEP);
            draw_frame(list, 598, y + 32, 586, 62, 16, 2, colour_alpha(COLOUR_PAPER_DIM, 0.6f));
            (void)ui_text(ui, list, 622, y + 73, 540, words_of(30, FONT_BOLD, COLOUR_MINT), m->command);
            y += 66;
        }
        y += 60;
    }
    int count = m->button_count < DOCTOR_BUTTONS ? m->button_count : DOCTOR_BUTTONS;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < count; i++) {
            bool focused = m->focus == m->port_count + i;
            if (focused != (pass == 1)) continue;
            Box box = { i == 0 ? 598.0f : 914.0f, 516, i == 0 ? 290.0f : 270.0f, 60 };
            ui_button(ui, list, box,
                      (UiButton){ .icon = m->buttons[i].icon,
                                  .words = m->buttons[i].words,
                                  .kind = m->buttons[i].kind,
                                  .size = 30 },
                      focused);
        }
    }
}

void ui_doctor_draw(const DoctorModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/hour6", 0, 0, 1);
    draw_rect(list, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, 0, colour_alpha(COLOUR_INK, 0.16f));
    ui_heading(ui, list, model->title, NULL);
    if (model->chip != NULL && model->chip[0] != '\0') {
        (void)ui_chip(ui, list, UI_RIGHT_EDGE, model->any_ready ? ICON_TICK : ICON_NOTHING,
                      model->any_ready ? COLOUR_MINT : COLOUR_PAPER_DIM, model->chip);
    }
    bool wave = model->wave_count > 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < model->port_count && i < DOCTOR_PORTS; i++) {
            if ((i == model->focus) != (pass == 1)) continue;
            float y =
                136 + (wave ? 174.0f : 144.0f) * (float)i + (wave && i > 0 ? 30.0f * (float)(2 - i) : 0);
            draw_port(ui, list, &model->ports[i], y, i == model->focus);
        }
    }
    if (wave) draw_wave(model, list, 264);
    draw_fix(model, ui, list);
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false },
                             { UI_KEY_CHOOSE, "Choose", false },
                             { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 3);
}
