#include "ui/hud.h"

#include "ui/path.h"
#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>

#define GAUGE_X      1188.0f
#define GAUGE_BOTTOM 588.0f
#define GAUGE_TOP    204.0f
#define GHOST_ALPHA  0.45f

static void plate(const UiContext *ui, DrawList *list, float x, float y, float w, float h, float radius) {
    draw_rect(list, x, y, w, h, radius, ui_ink(ui, 0.78f));
}

static void number(const UiContext *ui, DrawList *list, float *x, float size, FontWeight weight,
                   Colour colour, const char *words) {
    draw_text(list, *x, size > 40 ? 88 : 87, size, weight, ALIGN_LEFT, colour, words);
    *x += ui_width(ui, words, size, weight);
}

static void pips(DrawList *list, const HudModel *m) {
    bool many = m->goal > 10;
    float radius = many ? 5 : 6, pitch = many ? 16 : 20, x = 88 + radius;
    for (int i = 0; i < m->goal; i++, x += pitch) {
        if (i < m->done) {
            draw_disc(list, x, 114, radius, COLOUR_GOLD);
        } else if (i == m->done) {
            draw_ring(list, x, 114, radius - 1, 2.5f, 0, 360, COLOUR_PAPER);
        } else {
            draw_ring(list, x, 114, radius - 1.5f, 2, 0, 360, COLOUR_PAPER_DIM);
        }
    }
}

static void draw_reps(const HudModel *m, const UiContext *ui, DrawList *list) {
    char done[16], goal[24];
    bool timed = m->goal == 0;
    (void)snprintf(done, sizeof done, "%d", timed ? m->seconds : m->done);
    (void)snprintf(goal, sizeof goal, timed ? "/ %d\xC2\xA0s" : "/ %d", timed ? m->seconds_goal : m->goal);
    bool sided = m->side != SIDE_NONE && m->side_word != NULL;
    float counts = ui_width(ui, done, 54, FONT_BOLD) + 12 + ui_width(ui, goal, 30, FONT_BOLD);
    float word = sided ? 26 + ui_width(ui, m->side_word, 30, FONT_BOLD) + 26 : 0;
    float row = timed ? 152 : m->goal > 10 ? 16.0f * (float)m->goal - 6 : 20.0f * (float)m->goal - 8;
    bool has_row = timed || m->goal <= 20;
    float w = fmaxf(fmaxf(counts + word, has_row ? row : 0) + 48, 150);
    plate(ui, list, 64, 36, w, has_row ? 100 : 76, UI_RADIUS);
    float x = 88;
    number(ui, list, &x, 54, FONT_BOLD, COLOUR_PAPER, done);
    x += 12;
    number(ui, list, &x, 30, FONT_BOLD, COLOUR_PAPER_DIM, goal);
    if (sided) {
        x += 26;
        if (m->side == SIDE_LEFT) {
            path_stroke(list, "M4 -9l-8 9l8 9", x, 77, 1, 4.5f, COLOUR_GOLD);
            x += 14;
        }
        number(ui, list, &x, 30, FONT_BOLD, COLOUR_PAPER, m->side_word);
        if (m->side == SIDE_RIGHT) path_stroke(list, "M-4 -9l8 9l-8 9", x + 14, 77, 1, 4.5f, COLOUR_GOLD);
    }
    if (timed) {
        draw_rect(list, 88, 106, w - 48, 10, 5, colour_alpha(COLOUR_PAPER_DIM, 0.3f));
        float share = m->seconds_goal > 0 ? fminf((float)m->seconds / (float)m->seconds_goal, 1) : 0;
        if (share > 0) draw_rect(list, 88, 106, fmaxf((w - 48) * share, 10), 10, 5, COLOUR_GOLD);
    } else if (has_row) {
        pips(list, m);
    }
}

static void word_sign(DrawList *list, HudWord word, float x, float alpha) {
    Colour gold = colour_alpha(COLOUR_GOLD, alpha);
    static const char star[] = "M0 -12L3.500 -3.600L12 0L3.500 3.600L0 12L-3.600 3.600L-12 0L-3.600 -3.600Z",
                      diamond[] = "M0 -12L9.600 0L0 12L-9.600 0Z";
    switch (word) {
    case HUD_WORD_PERFECT:
        path_fill(list, star, x, 111, 1, gold);
        path_stroke(list, star, x, 111, 1, 2, gold);
        break;
    case HUD_WORD_GREAT:
        path_fill(list, diamond, x, 111, 1, gold);
        path_stroke(list, diamond, x, 111, 1, 2, gold);
        break;
    case HUD_WORD_GOOD: draw_disc(list, x, 111, 8.64f, gold); break;
    case HUD_WORD_PARTIAL: draw_ring(list, x, 111, 8, 3, 0, 360, gold); break;
    case HUD_WORD_NONE: break;
    }
}

static float word_alpha(const HudModel *m) {
    if (m->word == HUD_WORD_NONE || m->word_text == NULL) return 0;
    float in = fminf(m->word_age_s / 0.16f, 1);
    float out = m->word_stays_s > 0 ? fminf(fmaxf((m->word_stays_s + 0.2f - m->word_age_s) / 0.2f, 0), 1) : 1;
    return fmaxf(in, 0) * out;
}

static void draw_score(const HudModel *m, const UiContext *ui, DrawList *list) {
    char score[24], combo[16] = "";
    ui_thousands(m->score, score, sizeof score);
    if (m->combo >= 2) (void)snprintf(combo, sizeof combo, "\xC3\x97%d", m->combo);
    float alpha = word_alpha(m);
    float combo_w = combo[0] != '\0' ? ui_width(ui, combo, 30, FONT_BOLD) + 16 : 0;
    float word_w = alpha > 0 ? ui_width(ui, m->word_text, 32, FONT_BOLD) + 36 : 0;
    bool second = alpha > 0 || combo_w > 0;
    float w = fmaxf(fmaxf(ui_width(ui, score, 46, FONT_BOLD), combo_w + word_w) + 48, 150);
    plate(ui, list, UI_RIGHT_EDGE - w, 36, w, second ? 100 : 68, UI_RADIUS);
    draw_text(list, 1192, 84, 46, FONT_BOLD, ALIGN_RIGHT, COLOUR_PAPER, score);
    if (combo_w > 0) draw_text(list, 1192, 122, 30, FONT_BOLD, ALIGN_RIGHT, COLOUR_PAPER_DIM, combo);
    if (alpha <= 0) return;
    draw_text(list, 1192 - combo_w, 122, 32, FONT_BOLD, ALIGN_RIGHT, colour_alpha(COLOUR_GOLD, alpha),
              m->word_text);
    word_sign(list, m->word, 1192 - combo_w - word_w + 12, alpha);
}

static float gauge_y(const HudModel *m, float share) {
    float span = m->gauge_high - m->gauge_low;
    float t = span > 0 ? (share - m->gauge_low) / span : 0;
    return GAUGE_BOTTOM + (GAUGE_TOP - GAUGE_BOTTOM) * fmaxf(-0.03f, fminf(t, 1.03f));
}

static void draw_target(const HudModel *m, DrawList *list, HudTarget target) {
    float top = gauge_y(m, target.high), h = fmaxf(gauge_y(m, target.low) - top, 20);
    draw_rect(list, GAUGE_X - 12, top, 24, h, 8, colour_alpha(COLOUR_GOLD, 0.95f));
    for (int i = 1; i <= 2; i++) {
        float y = top + h * (float)i / 3;
        draw_line(list, GAUGE_X - 5, y, GAUGE_X + 5, y, 3, colour_alpha(COLOUR_INK, 0.8f));
    }
}

static void draw_gauge(const HudModel *m, const UiContext *ui, DrawList *list) {
    plate(ui, list, 1160, 170, 56, 452, UI_RADIUS);
    draw_rect(list, GAUGE_X - 5, GAUGE_TOP, 10, GAUGE_BOTTOM - GAUGE_TOP, 5,
              colour_alpha(COLOUR_PAPER_DIM, ui->high_contrast ? 0.7f : 0.38f));
    draw_line(list, GAUGE_X - 11, GAUGE_TOP, GAUGE_X + 11, GAUGE_TOP, 4, COLOUR_PAPER_DIM);
    draw_line(list, GAUGE_X - 11, GAUGE_BOTTOM, GAUGE_X + 11, GAUGE_BOTTOM, 4, COLOUR_PAPER_DIM);
    for (int i = 0; i < m->target_count && i < 2; i++) draw_target(m, list, m->targets[i]);
    if (m->rest > m->gauge_low + 0.01f) {
        float y = gauge_y(m, m->rest);
        draw_line(list, GAUGE_X - 10, y, GAUGE_X + 10, y, 3, COLOUR_PAPER);
    }
    float y = gauge_y(m, m->place);
    if (m->value != NULL && m->value[0] != '\0') {
        float w = ui_width(ui, m->value, 28, FONT_BOLD) + 34;
        draw_polygon(list, (Point[]){ { 1182, y }, { 1156, y - 14 }, { 1156, y + 14 } }, 3, COLOUR_PAPER);
        draw_rect(list, 1160 - w, y - 21, w, 42, 21, COLOUR_PAPER);
        draw_text(list, 1160 - w / 2, y + 10, 28, FONT_BOLD, ALIGN_CENTRE, COLOUR_INK, m->value);
    }
    if (m->ghost) {
        /* Hollow and with two bars: not you, whatever its colour. */
        float at = gauge_y(m, m->ghost_place);
        draw_ring(list, GAUGE_X, at, 9, 3.5f, 0, 360, COLOUR_LILAC);
        draw_line(list, GAUGE_X - 21, at, GAUGE_X - 13, at, 4, COLOUR_LILAC);
        draw_line(list, GAUGE_X + 13, at, GAUGE_X + 21, at, 4, COLOUR_LILAC);
    }
    draw_disc(list, GAUGE_X, y, 10.5f, COLOUR_INK);
    draw_disc(list, GAUGE_X, y, 7.5f, COLOUR_PAPER);
}

/* The best run's body behind the coach: one faint colour, moved a little to the side so that both are seen.
 */
static void draw_ghost(const HudModel *m, const UiContext *ui, CoachPlace place, DrawList *list) {
    int from = list->command_count;
    coach_draw(ui->coach, m->exercise, m->ghost_m, m->breath, m->side, place, list);
    for (int i = from; i < list->command_count; i++) {
        list->commands[i].colour = colour_alpha(COLOUR_LILAC, GHOST_ALPHA);
    }
}

static void draw_medallion(const HudModel *m, const UiContext *ui, DrawList *list) {
    draw_disc(list, 160, 588, 92, ui_ink(ui, 0.88f));
    draw_ring(list, 160, 588, 87, 8, 0, 360, colour_alpha(COLOUR_PAPER_DIM, ui->high_contrast ? 0.6f : 0.3f));
    CoachPlace place = coach_fit(ui->coach, m->exercise, 160 - 72, 588 - 55, 144, 110);
    if (m->ghost) draw_ghost(m, ui, place, list);
    coach_draw(ui->coach, m->exercise, m->coach_m, m->breath, m->side, place, list);
    if (m->ring == HUD_RING_NONE) return;
    Colour colour = m->ring == HUD_RING_IN    ? COLOUR_MINT
                    : m->ring == HUD_RING_OUT ? COLOUR_LILAC
                                              : COLOUR_GOLD;
    float share = fmaxf(0.001f, fminf(m->ring_share, 1)), angle = share * 6.2831853f;
    draw_ring(list, 160, 588, 87, 9, 0, 360 * share, colour);
    draw_disc(list, 160 + 87 * sinf(angle), 588 - 87 * cosf(angle), 8.5f, COLOUR_PAPER);
}

static void cue_sign(DrawList *list, HudCue cue, float x, float y) {
    switch (cue) {
    case HUD_CUE_IN: path_stroke(list, "M-9 5.500l9 -11l9 11", x, y, 1, 5, COLOUR_MINT); break;
    case HUD_CUE_OUT: path_stroke(list, "M-9 -5.500l9 11l9 -11", x, y, 1, 5, COLOUR_LILAC); break;
    case HUD_CUE_STAY: path_stroke(list, "M-5 -8v16M5 -8v16", x, y, 1, 5, COLOUR_GOLD); break;
    case HUD_CUE_APART: path_stroke(list, "M-5 -9l-9 9l9 9M5 -9l9 9l-9 9", x, y, 1, 5, COLOUR_LILAC); break;
    case HUD_CUE_REACH:
        path_stroke(list, "M-10 10a12 12 0 1 1 20 -1", x, y, 1, 4.5f, COLOUR_MINT);
        path_stroke(list, "M3 4l-1 9l9 -1", x, y, 1, 4.5f, COLOUR_MINT);
        break;
    case HUD_CUE_ARCH: path_stroke(list, "M-11 -6q11 22 22 0", x, y, 1, 5, COLOUR_GOLD); break;
    case HUD_CUE_ROUND: path_stroke(list, "M-11 6q11 -22 22 0", x, y, 1, 5, COLOUR_GOLD); break;
    case HUD_CUE_LEVEL:
        path_stroke(list, "M-13 9h26", x, y, 1, 5, COLOUR_MINT);
        draw_disc(list, x, y - 4, 6, COLOUR_MINT);
        break;
    case HUD_CUE_NONE: break;
    }
}

static void draw_cue(const HudModel *m, const UiContext *ui, DrawList *list) {
    bool cue = m->cue_words != NULL && m->cue_words[0] != '\0';
    if (cue) {
        float sign = m->cue != HUD_CUE_NONE ? 58 : 26;
        TextStyle style = { .size = 29, .weight = FONT_BOLD, .colour = COLOUR_PAPER };
        float size = ui_text_size(ui, 660, style, m->cue_words);
        float wide = fminf(ui_width(ui, m->cue_words, size, FONT_BOLD), 660);
        plate(ui, list, 266, 632, sign + wide + 26, 52, 26);
        cue_sign(list, m->cue, 297, 658);
        (void)ui_text(ui, list, 266 + sign, 668, 660, style, m->cue_words);
    }
    if (m->caption == NULL || m->caption[0] == '\0') return;
    float w = fminf(ui_width(ui, m->caption, 30, FONT_MEDIUM) + 116, 766);
    ui_caption(ui, list, (Box){ 266, cue ? 562.0f : 628.0f, w, 56 }, 30, m->caption);
}

void hud_draw(const HudModel *model, const UiContext *ui, DrawList *list) {
    draw_reps(model, ui, list);
    draw_score(model, ui, list);
    draw_gauge(model, ui, list);
    draw_medallion(model, ui, list);
    draw_cue(model, ui, list);
}
