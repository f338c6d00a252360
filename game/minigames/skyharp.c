/* Skyharp: two gulls stretch a band across a harp strung in a sea arch. Each repetition asks for one pair of
 * strings, the next note of a tune; a slow way back lets it ring. */
#include "minigames/fixed.h"
#include "minigames/minigame.h"
#include "minigames/paint.h"

#include <math.h>

enum {
    TUNE = 15,
    PAIRS_MAX = 6,
    LOWEST_PLACE = 700, /* of the first string: every string is a counted repetition */
    LEFT_PLACE = 80,    /* the hands have left the start */
};

typedef struct Skyharp {
    int32_t lowest, target, pairs, slack; /* places in thousandths */
    int32_t min_ms;
    uint8_t tune[TUNE];       /* the asked pair of each note, 0 innermost */
    int32_t notes;            /* of this set: at most TUNE */
    int32_t note;             /* counted repetitions so far */
    bool sounded;             /* in this repetition */
    int16_t played[TUNE];     /* 0 to come, 1…1001 how it was controlled + 1, -1 not reached */
    int32_t swing[PAIRS_MAX]; /* thousandths; how much each pair still swings */
    int32_t damp_ticks;       /* the longer, the longer it rings */
    int32_t tick, pull_tick, peak, peak_tick; /* of this repetition; pull_tick negative before it begins */
    int32_t peak_mean, tempo_mean, means;
    int32_t form;
    RepRing ring;
} Skyharp;

_Static_assert(sizeof(Skyharp) <= MINIGAME_STATE_MAX, "raise MINIGAME_STATE_MAX");

/* The tune is written as three times five digits: the asked pair, 1 innermost. */
enum { FIELD_PAIRS, FIELD_SLACK, FIELD_TUNE_A, FIELD_TUNE_B, FIELD_TUNE_C };
static const LevelField fields[] = {
    [FIELD_PAIRS] = { "pairs", 2, PAIRS_MAX },
    [FIELD_SLACK] = { "slack", 0, 150 }, /* a string answers this much before it is reached, thousandths */
    [FIELD_TUNE_A] = { "tune_a", 11111, 66666 },
    [FIELD_TUNE_B] = { "tune_b", 11111, 66666 },
    [FIELD_TUNE_C] = { "tune_c", 11111, 66666 },
    { 0 },
};

static void skyharp_init(void *state, const GameSetup *setup) {
    Skyharp *s = state;
    *s = (Skyharp){
        /* Where the target was eased below, the strings move in with it. */
        .lowest = setup->target * 92 / 100 < LOWEST_PLACE ? setup->target * 92 / 100 : LOWEST_PLACE,
        .target = setup->target,
        .pairs = setup->fields[FIELD_PAIRS],
        .slack = setup->fields[FIELD_SLACK],
        .min_ms = fixed_max(setup->tempo_min_ms, 1000),
        .notes = setup->reps > 0 ? fixed_clamp(setup->reps, 1, TUNE) : TUNE,
        .pull_tick = -1,
        .damp_ticks = 60,
    };
    for (int32_t part = 0; part < 3; part++) {
        int32_t digits = setup->fields[FIELD_TUNE_A + part];
        for (int32_t i = 4; i >= 0; i--) {
            s->tune[part * 5 + i] = (uint8_t)(fixed_clamp(digits % 10, 1, s->pairs) - 1);
            digits /= 10;
        }
    }
}

static int32_t skyharp_string_place(const Skyharp *s, int32_t pair) {
    return s->lowest + (s->target - s->lowest) * pair / fixed_max(s->pairs - 1, 1);
}

static int32_t skyharp_asked(const Skyharp *s) {
    return s->tune[s->note % TUNE];
}

static bool skyharp_over(const Skyharp *s) {
    return s->note >= s->notes;
}

/* A pull of a quarter of the shortest asked repetition or more is a controlled one. */
static int32_t skyharp_pull_control(const Skyharp *s) {
    int32_t pull_ms = s->pull_tick >= 0 ? fixed_ms(s->tick - s->pull_tick) : 0;
    return fixed_ramp(pull_ms, s->min_ms / 12, s->min_ms / 4);
}

static void skyharp_sound(Skyharp *s, Events *out) {
    int32_t control = skyharp_pull_control(s);
    s->sounded = true;
    s->swing[skyharp_asked(s)] = 1000;
    s->played[s->note] = (int16_t)(control + 1);
    events_push(out, (Event){ .kind = EVENT_STRING, .a = s->note, .b = control, .x = 640, .y = 390 });
}

static void skyharp_judge(Skyharp *s, SimInput in) {
    /* A way back that takes four tenths of the shortest asked repetition is slow. */
    int32_t back_ms = fixed_max(in.return_ms, fixed_ms(s->tick - s->peak_tick));
    int32_t slow = fixed_ramp(back_ms, s->min_ms / 8, s->min_ms * 4 / 10);
    int32_t even = 1000;
    if (s->means > 0) {
        int32_t peak_off = fixed_abs(s->peak - s->peak_mean);
        int32_t tempo_off =
            (int32_t)((int64_t)fixed_abs(in.tempo_ms - s->tempo_mean) * 1000 / fixed_max(s->tempo_mean, 1));
        even = 1000 - (fixed_ramp(peak_off, 40, 240) + fixed_ramp(tempo_off, 150, 700)) / 2;
    }
    s->form = (600 * slow + 400 * even) / 1000;
    /* Slow returns ring up to four times as long as hasty ones. */
    s->damp_ticks = 50 + 150 * slow / 1000;
    int32_t weight = s->means < 3 ? ++s->means : 4;
    s->peak_mean += (s->peak - s->peak_mean) / weight;
    s->tempo_mean += (in.tempo_ms - s->tempo_mean) / weight;
}

static void skyharp_follow(Skyharp *s, int32_t place) {
    if (place < LEFT_PLACE && s->peak < LOWEST_PLACE / 2) s->pull_tick = -1;
    if (place >= LEFT_PLACE && s->pull_tick < 0) s->pull_tick = s->tick;
    if (place > s->peak) {
        s->peak = place;
        s->peak_tick = s->tick;
    }
}

static void skyharp_step(void *state, const GameTick *tick, Events *out) {
    Skyharp *s = state;
    SimInput in = tick->in;
    s->tick = tick->tick;
    for (int32_t i = 0; i < s->pairs; i++) s->swing[i] -= (s->swing[i] + s->damp_ticks - 1) / s->damp_ticks;
    skyharp_follow(s, in.place);
    if (!s->sounded && !skyharp_over(s) && s->peak >= skyharp_string_place(s, skyharp_asked(s)) - s->slack)
        skyharp_sound(s, out);
    if (!fixed_rep_ended(in)) return;

    s->ring = (RepRing){ .tick = s->tick, .partial = in.signal == SIM_PARTIAL };
    skyharp_judge(s, in);
    if (in.signal == SIM_REP && !skyharp_over(s)) {
        if (!s->sounded) s->played[s->note] = -1;
        s->note++;
        /* The set is over: the whole harp answers. */
        if (skyharp_over(s)) {
            for (int32_t i = 0; i < s->pairs; i++) s->swing[i] = 1000;
            s->damp_ticks = 400;
        }
    } else if (!skyharp_over(s)) {
        s->played[s->note] = 0;
    }
    s->sounded = false;
    s->peak = 0;
    s->peak_tick = s->tick;
    s->pull_tick = -1;
}

static int32_t skyharp_form(const void *state) {
    return ((const Skyharp *)state)->form;
}

static bool skyharp_asks_stillness(const void *state) {
    (void)state;
    return false;
}

/* The picture. */

static const float MIDDLE_X = 640, BAND_Y = 404, FOOT_Y = 540;

enum { STRINGS_WIDE = 138, STRING_GAP_MAX = 38, FIRST_STRING = 108, CLOSED = 70 };

static float string_gap(const Skyharp *s) {
    return fminf(STRING_GAP_MAX, (float)STRINGS_WIDE / (float)fixed_max(s->pairs - 1, 1));
}

/* From the middle, of hands that have opened by `place`. The strings stand close together in the own range,
 * so the way among them is drawn wider; beyond the last one there is little left to go. */
static float stretch_px(const Skyharp *s, float place) {
    float lowest = (float)s->lowest / 1000, target = (float)s->target / 1000,
          zone = string_gap(s) * (float)(s->pairs - 1);
    float closed = paint_clamp(place / lowest, 0, 1),
          among = paint_clamp((place - lowest) / (target - lowest), 0, 1);
    float beyond = paint_clamp((place - target) / 0.15f, 0, 1);
    return CLOSED + (FIRST_STRING - CLOSED) * closed * closed + zone * among + 14 * beyond;
}

static float pair_px(const Skyharp *s, int32_t pair) {
    return FIRST_STRING + string_gap(s) * (float)pair;
}

/* The vault above a string. */
static float vault_y(float off) {
    float x = off / 292;
    return 212 + 176 * (1 - sqrtf(1 - paint_clamp(x * x, 0, 0.96f)));
}

static void draw_string(float x, float swing, const GameView *view, bool asked, DrawList *out) {
    float top = vault_y(fabsf(x - MIDDLE_X));
    if (swing > 0.03f) {
        float wide = 11 * swing * (view->reduced_motion ? 1 : 0.82f + 0.18f * sinf(view->time_s * 5 + x));
        Point lens[18];
        for (int i = 0; i < 9; i++) {
            float t = (float)i / 8, bulge = wide * sinf(t * 3.14159265f);
            lens[i] = (Point){ x - bulge, paint_mix(top, FOOT_Y, t) };
            lens[17 - i] = (Point){ x + bulge, paint_mix(top, FOOT_Y, t) };
        }
        draw_glow(out, x, (top + FOOT_Y) / 2, 120 * swing, colour_alpha(COLOUR(0xFFD060), 0.32f * swing));
        draw_polygon(out, lens, 18, colour_alpha(COLOUR(0xFFF6D2), 0.55f));
        draw_stroke(out, lens, 9, 2.6f, COLOUR(0xF2B53C));
        draw_stroke(out, lens + 9, 9, 2.6f, COLOUR(0xF2B53C));
        draw_line(out, x, top, x, FOOT_Y, 2.4f, colour_alpha(COLOUR(0xFFFFFF), 0.9f));
    } else {
        draw_line(out, x, top, x, FOOT_Y, asked ? 4.4f : 3.2f, asked ? COLOUR(0xE8962E) : COLOUR(0x3A6C9C));
        draw_line(out, x - 1.6f, top, x - 1.6f, FOOT_Y, 1.4f, colour_alpha(COLOUR(0xFFFFFF), 0.8f));
    }
    draw_disc(out, x, top, 4.5f, COLOUR(0x5B6C8C));
}

static void draw_strings(const Skyharp *s, const GameView *view, DrawList *out) {
    for (int32_t pair = 0; pair < s->pairs; pair++) {
        float off = pair_px(s, pair), swing = (float)s->swing[pair] / 1000;
        bool asked = !skyharp_over(s) && pair == skyharp_asked(s);
        draw_string(MIDDLE_X - off, swing, view, asked, out);
        draw_string(MIDDLE_X + off, swing, view, asked, out);
    }
}

/* Four corners about the asked string: "reach here". */
static void draw_brackets(float x, float half, bool reached, DrawList *out) {
    for (int pass = 0; pass < 2; pass++) {
        Colour colour = pass == 0 ? colour_alpha(COLOUR_INK, 0.75f)
                        : reached ? COLOUR(0xFFF6DC)
                                  : COLOUR_GOLD;
        float width = pass == 0 ? 10 : 5.5f;
        for (int corner = 0; corner < 4; corner++) {
            float sx = corner % 2 == 0 ? -1 : 1, sy = corner < 2 ? -1 : 1;
            float cx = x + sx * half, cy = BAND_Y + sy * 40;
            Point line[3] = { { cx, cy - sy * 20 }, { cx, cy }, { cx - sx * half * 0.66f, cy } };
            draw_stroke(out, line, 3, width, colour);
        }
    }
}

/* The set done, gulls and band rise and fall on the wind. */
static float over_lift(const Skyharp *s, const GameView *view) {
    return skyharp_over(s) ? 20 * (1 + paint_sway(view, 0.1f, 0)) : 0;
}

static void draw_gull(const GameView *view, float side, float x, float lift, DrawList *out) {
    /* Wings work while the band is stretched and glide on the way back. */
    float pull = paint_clamp(view->place, 0, 1),
          flap = view->reduced_motion ? 0 : 0.22f * pull * sinf(view->time_s * 4.2f);
    float scale = 0.84f, y = 400 + 2 * paint_sway(view, 0.2f, side > 0 ? 0 : 0.4f);
    draw_sprite(out, "skyharp/gull_wing_far", x, y - lift, side * scale, scale * (1 - flap), 0, 1);
    draw_sprite(out, "skyharp/gull_body", x, y - lift, side * scale, scale, 0, 1);
    draw_sprite(out, "skyharp/gull_wing", x, y - lift, side * scale, scale * (1 + flap), 0, 1);
}

static void draw_band(float off, float lift, const GameView *view, DrawList *out) {
    enum { STEPS = 17 };
    Point band[STEPS], shade[STEPS], light[STEPS];
    float sag = 16 * paint_clamp(1.2f - view->place, 0.1f, 1.2f),
          width = paint_mix(13, 8.5f, paint_clamp(view->place, 0, 1));
    for (int i = 0; i < STEPS; i++) {
        float t = (float)i / (STEPS - 1) * 2 - 1;
        float y = BAND_Y - lift + sag * (1 - t * t);
        band[i] = (Point){ MIDDLE_X + t * (off - 22), y };
        shade[i] = (Point){ band[i].x, y + 9 };
        light[i] = (Point){ band[i].x, y - 2 };
    }
    draw_stroke(out, shade, STEPS, width, colour_alpha(COLOUR(0x1F5E8C), 0.18f));
    draw_stroke(out, band, STEPS, width, COLOUR(0xE8962E));
    draw_stroke(out, light, STEPS, width * 0.4f, COLOUR(0xFFD98A));
}

/* Sound leaves the ringing pair as arcs toward the middle. */
static void draw_sound(const Skyharp *s, const GameView *view, DrawList *out) {
    for (int32_t pair = 0; pair < s->pairs; pair++) {
        float swing = (float)s->swing[pair] / 1000;
        if (swing < 0.15f) continue;
        for (int k = 0; k < 3; k++) {
            float drift = view->reduced_motion ? 0 : fmodf(view->time_s * 14, 15);
            float off = pair_px(s, pair) - 22 - 15 * (float)k - drift, high = 26 + 4 * (float)k;
            float alpha = swing * (0.9f - 0.26f * (float)k) * (k == 2 ? 1 - drift / 15 : 1);
            if (off < 12) continue;
            for (int side = -1; side <= 1; side += 2) {
                Point arc[7];
                for (int i = 0; i < 7; i++) {
                    float t = (float)i / 6 * 2 - 1;
                    arc[i] = (Point){ MIDDLE_X + (float)side * (off - (5 + 2 * (float)k) * (1 - t * t)),
                                      318 + t * high };
                }
                draw_stroke(out, arc, 7, 3.2f - 0.6f * (float)k, colour_alpha(COLOUR(0xFFFFFF), alpha));
            }
        }
    }
}

/* The tune on the water: a staff of four lines, calm when the set is even, and a float a note. It keeps clear
 * of the cue to its left and of the line being said above. */
static void draw_staff(const Skyharp *s, const GameView *view, DrawList *out) {
    enum { STEPS = 17 };
    float choppy = 2 + 5 * (1 - (float)(s->means > 0 ? s->form : 1000) / 1000);
    float drift = view->reduced_motion ? 0 : view->time_s * 0.7f;
    for (int line = 0; line < 4; line++) {
        Point path[STEPS];
        for (int i = 0; i < STEPS; i++) {
            float x = 652 + 30 * (float)i;
            path[i] =
                (Point){ x, 628 + 14 * (float)line + choppy * 0.6f * sinf(x * 0.02f + drift + (float)line) };
        }
        draw_stroke(out, path, STEPS, 2.2f, colour_alpha(COLOUR(0xCBEBF0), 0.6f));
    }
    float pitch = 440.0f / (float)(s->notes > 1 ? s->notes - 1 : 1);
    for (int32_t i = 0; i < s->notes; i++) {
        float x = 672 + pitch * (float)i;
        float y =
            671 - 43 * (float)s->tune[i] / (float)(s->pairs - 1) + choppy * 0.5f * sinf(x * 0.02f + drift);
        if (skyharp_over(s)) y -= 5 * paint_clamp(paint_sway(view, 0.35f, -(float)i / 22), 0, 1);
        if (s->played[i] > 0 && i < s->note + 1) {
            draw_disc(out, x, y, 11.7f, COLOUR(0x8A5A10));
            draw_disc(out, x, y, 9.3f, COLOUR(0xFFCF5C));
            draw_disc(out, x - 3, y - 3, 3, COLOUR(0xFFF6DC));
        } else if (i == s->note) {
            draw_glow(out, x, y, 36, colour_alpha(COLOUR(0xFFFFFF), 0.7f));
            draw_disc(out, x, y, 12, COLOUR(0x145A86));
            draw_ring(out, x, y, 12, 5, 0, 360, COLOUR(0xFFFFFF));
        } else {
            draw_disc(out, x, y, 8, i < s->note ? COLOUR(0x2A8DB4) : COLOUR(0x1B6A96));
            draw_ring(out, x, y, 8, 3, 0, 360, i < s->note ? COLOUR(0xFFCF5C) : COLOUR(0xDDF2F5));
        }
    }
}

/* Three, crossing the sky inside the arch, each in its own time. */
static void draw_far_gulls(const GameView *view, DrawList *out) {
    for (uint32_t i = 0; i < 3; i++) {
        float drift = view->reduced_motion ? 0 : view->time_s * (3 + (float)i);
        float x = fmodf(470 + 130 * (float)i + drift, 440) + 420;
        float fade = paint_clamp((220 - fabsf(x - 640)) / 40, 0, 1);
        paint_bird(out, x, 262 + 26 * paint_hash(i + 3) + 4 * paint_sway(view, 0.1f, paint_hash(i)),
                   9 + 4 * paint_hash(i + 6), 2.2f, colour_alpha(COLOUR(0x5B7FA6), 0.75f * fade));
    }
}

static void skyharp_draw(const void *state, const GameView *view, DrawList *out) {
    const Skyharp *s = state;
    draw_scene(out, "skyharp/scene", 0, 0, 1);
    paint_water(out, view,
                &(WaterLight){ .x = 640,
                               .y_top = 524,
                               .y_bottom = 610,
                               .spread_top = 90,
                               .spread_bottom = 420,
                               .alpha_top = 0.85f,
                               .alpha_bottom = 0.3f,
                               .count = 60,
                               .seed = 41,
                               .colour = COLOUR(0xFFFFFF) });
    draw_far_gulls(view, out);
    paint_recede(out, view);
    float off = stretch_px(s, view->place);
    draw_strings(s, view, out);
    draw_sound(s, view, out);
    if (!skyharp_over(s)) {
        float asked = pair_px(s, skyharp_asked(s)), half = 18 + (float)s->slack * 0.14f;
        draw_brackets(MIDDLE_X - asked, half, s->sounded, out);
        draw_brackets(MIDDLE_X + asked, half, s->sounded, out);
    }
    if (view->combo >= 6) draw_glow(out, MIDDLE_X, 300, 240, colour_alpha(COLOUR(0xFFE8B0), 0.16f));
    float lift = over_lift(s, view);
    PaintLayer hands = paint_layer_begin(out);
    draw_band(off, lift, view, out);
    draw_gull(view, -1, MIDDLE_X - off, lift, out);
    draw_gull(view, 1, MIDDLE_X + off, lift, out);
    paint_stand_out(out, view, hands);
    /* The floats lie nearer than the harp. */
    Point camera = paint_camera(view);
    PaintLayer near = paint_layer_begin(out);
    draw_staff(s, view, out);
    paint_layer_end(out, near, (Point){ 0.6f * camera.x, 0.6f * camera.y });
    paint_rep_ring(out, view, s->ring, s->tick, MIDDLE_X, BAND_Y);
    if (view->combo >= 3) paint_motes(out, view, MIDDLE_X - 200, 260, 400, 260, 6, 800, COLOUR(0xFFF6D2));
}

const Minigame minigame_skyharp = {
    .id = "skyharp", /* In replays and scores: never rename. */
    .name = "Skyharp",
    .done = "Your tune",
    .hour = 4,
    .exercise = "pull_apart",
    .data_path = "minigames/skyharp.json",
    .fields = fields,
    .state_size = sizeof(Skyharp),
    .init = skyharp_init,
    .step = skyharp_step,
    .form = skyharp_form,
    .asks_stillness = skyharp_asks_stillness,
    .draw = skyharp_draw,
};
