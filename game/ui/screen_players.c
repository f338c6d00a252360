#include "ui/screens.h"

#include "ui/path.h"

#include <math.h>

enum { CARDS_SHOWN = 4 };
#define CARD_W     264.0f
#define CARD_H     340.0f
#define CARD_PITCH 292.0f
#define CARD_Y     180.0f
#define CARD_GROWS 20.0f

static void middle(const UiContext *ui, DrawList *list, float x, float y, float size, FontWeight weight,
                   Colour colour, const char *words) {
    TextStyle style = { .size = size, .weight = weight, .align = ALIGN_CENTRE, .colour = colour };
    (void)ui_text(ui, list, x, y, CARD_W - 36, style, words);
}

static void draw_streak(const UiContext *ui, DrawList *list, const PlayerCard *card, float x, float y,
                        bool focused) {
    if (card->streak == NULL || card->streak[0] == '\0') return;
    const float most = CARD_W - 36 - 37;
    float wide = fminf(ui_width(ui, card->streak, 30, FONT_BOLD), most) + 37, left = x - wide / 2;
    Colour lantern = focused ? COLOUR(0xA5520F) : COLOUR_GOLD;
    icon_draw(list, card->rest ? ICON_MOON : ICON_LANTERN, left + 11, y - 10, 1,
              card->rest ? COLOUR_LILAC : lantern, COLOUR_INK);
    TextStyle style = { .size = 30, .weight = FONT_BOLD, .colour = focused ? COLOUR_INK : COLOUR_PAPER };
    (void)ui_text(ui, list, left + 37, y, most, style, card->streak);
}

static void draw_card(const UiContext *ui, DrawList *list, const PlayerCard *card, float left, bool focused) {
    float x = left + CARD_W / 2, lift = focused ? CARD_GROWS : 0;
    Box box = { left, CARD_Y - lift, CARD_W, CARD_H + 2 * lift };
    if (focused) {
        ui_focus(ui, list, box, 34, UI_MARK_TOP);
    } else {
        draw_rect(list, box.x, box.y, box.w, box.h, UI_RADIUS, ui_ink(ui, 0.76f));
    }
    emblem_draw(list, card->emblem, x, 276 - lift, focused ? 64 : 54);
    Colour ink = focused ? COLOUR_INK : COLOUR_PAPER;
    if (ui_width(ui, card->name, 30, FONT_BOLD) > CARD_W - 36) { /* a long name takes two lines */
        TextStyle style = { .size = 30, .weight = FONT_BOLD, .align = ALIGN_CENTRE, .colour = ink };
        (void)ui_paragraph(ui, list, x, 366 - lift / 2, CARD_W - 36, 34, 2, style, card->name);
    } else {
        middle(ui, list, x, 386 - lift / 2, focused ? 46 : 42, FONT_BOLD, ink, card->name);
    }
    draw_streak(ui, list, card, x, 439 - (focused ? 6.0f : 0), focused);
    middle(ui, list, x, 486, 28, FONT_MEDIUM, focused ? COLOUR_DUSK : COLOUR_PAPER_DIM, card->last);
}

static void draw_new_card(const PlayersModel *model, const UiContext *ui, DrawList *list, float left,
                          bool focused) {
    float x = left + CARD_W / 2, lift = focused ? CARD_GROWS : 0;
    Box box = { left, CARD_Y - lift, CARD_W, CARD_H + 2 * lift };
    Colour ink = focused ? COLOUR_INK : COLOUR_PAPER;
    if (focused) {
        ui_focus(ui, list, box, 34, UI_MARK_TOP);
    } else {
        draw_rect(list, box.x, box.y, box.w, box.h, UI_RADIUS, ui_ink(ui, 0.62f));
        /* Dotted: to come. */
        static const char dotted[] = "M26 0h208a26 26 0 0 1 26 26v284a26 26 0 0 1 -26 26h-208a26 26 0 0 1 "
                                     "-26 -26v-284a26 26 0 0 1 26 -26Z";
        path_stroke_dashed(list, dotted, box.x + 2, box.y + 2, 1, 3, 4, 14, COLOUR_PAPER_DIM);
    }
    draw_ring(list, x, 276 - lift, 54, 4, 0, 360, ink);
    icon_draw(list, ICON_PLUS, x, 276 - lift, 1, ink, ink);
    middle(ui, list, x, 396, 38, FONT_BOLD, ink, model->new_player);
    middle(ui, list, x, 447, 28, FONT_MEDIUM, focused ? COLOUR_DUSK : COLOUR_PAPER, model->new_player_note);
}

void ui_players_draw(const PlayersModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/hour2", 0, 0, 1);
    draw_rect(list, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, 0, colour_alpha(COLOUR_INK, 0.12f));
    ui_heading(ui, list, model->title, &model->status);

    /* More than four cards slide so that the focus stays in view. */
    int total = model->count + 1, first = model->focus - 2;
    if (first > total - CARDS_SHOWN) first = total - CARDS_SHOWN;
    if (first < 0) first = 0;
    for (int pass = 0; pass < 2; pass++) { /* the focus last: its light lies over its neighbours */
        for (int i = first; i < total && i < first + CARDS_SHOWN; i++) {
            bool focused = i == model->focus;
            if (focused != (pass == 1)) continue;
            float left = 70 + CARD_PITCH * (float)(i - first);
            if (i < model->count) {
                draw_card(ui, list, &model->cards[i], left, focused);
            } else {
                draw_new_card(model, ui, list, left, focused);
            }
        }
    }
    if (first > 0) icon_draw(list, ICON_PREVIOUS, 38, 350, 1, COLOUR_PAPER, COLOUR_INK);
    if (first + CARDS_SHOWN < total) icon_draw(list, ICON_NEXT, 1242, 350, 1, COLOUR_PAPER, COLOUR_INK);
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false },
                             { UI_KEY_CHOOSE, "Choose", false },
                             { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 3);
    ui_timer(ui, list, model->timer.words, model->timer.seconds, model->timer.gone);
}

void ui_name_draw(const NameModel *model, const UiContext *ui, DrawList *list) {
    draw_scene(list, "menu/hour2", 0, 0, 1);
    draw_rect(list, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, 0, colour_alpha(COLOUR_INK, 0.2f));
    ui_heading(ui, list, model->title, &model->status);

    ui_plate(ui, list, (Box){ 64, 140, 1152, 128 }, 0.84f);
    TextStyle dim = { .size = 28, .weight = FONT_MEDIUM, .colour = COLOUR_PAPER_DIM },
              name = { .size = 60, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
    (void)ui_text(ui, list, 200, 186, 480, dim, model->label);
    TextStyle note = { .size = 28, .weight = FONT_MEDIUM, .align = ALIGN_RIGHT, .colour = COLOUR_PAPER_DIM };
    (void)ui_text(ui, list, 1184, 186, 460, note, model->note);
    emblem_draw(list, model->emblem, 128, 204, 44);
    float wide = ui_text(ui, list, 200, 246, 940, name, model->name);
    draw_rect(list, 204 + wide, 200, 5, 52, 2.5f, COLOUR_GOLD); /* where the next letter goes */

    Box wheel = { 84, 310, 1112, 92 };
    bool focused = model->focus == NAME_FOCUS_WHEEL;
    if (focused) {
        ui_focus(ui, list, wheel, 46, UI_MARK_LEFT);
    } else {
        draw_rect(list, wheel.x, wheel.y, wheel.w, wheel.h, 46, ui_ink(ui, 0.8f));
    }
    for (int i = 0; i < NAME_WHEEL; i++) {
        bool chosen = i == NAME_WHEEL / 2;
        float x = 640 + 116 * ((float)i - (NAME_WHEEL - 1) / 2.0f);
        if (chosen) draw_rect(list, x - 46, wheel.y + 8, 92, 76, 38, focused ? COLOUR_INK : COLOUR(0x34406A));
        Colour colour = chosen ? COLOUR_PAPER : focused ? COLOUR_DUSK : COLOUR_PAPER_DIM;
        TextStyle style = {
            .size = chosen ? 48 : 38, .weight = FONT_BOLD, .align = ALIGN_CENTRE, .colour = colour
        };
        (void)ui_text(ui, list, x, wheel.y + (chosen ? 63 : 60), 104, style, model->wheel[i]);
    }

    Box emblems = { 84, 442, 760, 92 };
    focused = model->focus == NAME_FOCUS_EMBLEM;
    if (focused) {
        ui_focus(ui, list, emblems, 46, UI_MARK_LEFT);
    } else {
        draw_rect(list, emblems.x, emblems.y, emblems.w, emblems.h, 46, ui_ink(ui, 0.8f));
    }
    for (int i = 0; i < EMBLEMS; i++) {
        float x = 140 + 92.5f * (float)i;
        bool chosen = i == model->emblem;
        if (chosen) draw_ring(list, x, 488, 40, 5, 0, 360, focused ? COLOUR_INK : COLOUR_PAPER);
        emblem_draw(list, i, x, 488, chosen ? 33 : 28);
    }
    ui_button(ui, list, (Box){ 884, 442, 312, 92 },
              (UiButton){ .icon = ICON_TICK, .words = model->done, .kind = UI_BUTTON_PRIMARY },
              model->focus == NAME_FOCUS_DONE);
    const UiHint hints[] = { { UI_KEY_MOVE, "Move", false },
                             { UI_KEY_CHOOSE, "Choose", false },
                             { UI_KEY_BACK, "Back", false } };
    (void)ui_hints(ui, list, hints, 3);
}
