/* Deep Bell: the chest is a diving bell. It sinks with the breath out into the zone between two currents;
 * stillness keeps its lamp lit, and each quarter of a minute in the zone the water grows darker and stranger.
 */
#include "minigames/fixed.h"
#include "minigames/minigame.h"
#include "minigames/paint.h"

#include <math.h>
#include <stdio.h>

enum {
    STRANGE_TICKS = 15 * TICK_HZ,
    STRANGE_MAX = 6,
    CHAIN_PLACE = 150,     /* a link of the chain is heard each so much deeper */
    ZONE_END = 1150,       /* past the own end there is nothing to be had */
    BELL_PLACE = 200,      /* the dive has begun */
    OUT_PLACE = 150,       /* the bell is on its way out */
    LAMP_UP_TICKS = 90,    /* of stillness, until the lamp burns fully */
    LAMP_DOWN_TICKS = 150, /* of stirring, until it is out */
    BREATH_UNKNOWN = 1000,
    SINK_DM = 120,        /* how deep the own end is, decimetres */
    BREATH_LEAST_DM = 10, /* a breath out in the zone lets out a metre of chain … */
    BREATH_MORE_DM = 10,  /* … and up to another one, the slower it is and the steadier the lamp */
};

typedef struct DeepBell {
    int32_t target, zone, dark;
    int32_t breath_min_ms;
    int32_t total_ticks;
    int32_t tick, zone_ticks, strange;
    int32_t lamp; /* thousandths */
    int32_t calm; /* thousandths: how slow the breath is */
    int32_t breaths, breath_tick;
    int32_t deepest, links;
    int32_t chain_dm; /* let out by the breath, decimetres; for the eye only */
    bool diving, in_zone;
    int32_t form;
} DeepBell;

_Static_assert(sizeof(DeepBell) <= MINIGAME_STATE_MAX, "raise MINIGAME_STATE_MAX");

enum { FIELD_ZONE, FIELD_DARK };
static const LevelField fields[] = {
    [FIELD_ZONE] = { "zone", 40, 300 }, /* how far above the target it begins, thousandths of the own range */
    [FIELD_DARK] = { "dark", 0, 700 },  /* of the water at the start, thousandths */
    { 0 },
};

static void deep_bell_init(void *state, const GameSetup *setup) {
    DeepBell *b = state;
    *b = (DeepBell){
        .target = setup->target,
        .zone = setup->fields[FIELD_ZONE],
        .dark = setup->fields[FIELD_DARK],
        .breath_min_ms = fixed_max(setup->tempo_min_ms, 1000),
        .total_ticks = (setup->seconds > 0 ? setup->seconds : 60) * TICK_HZ,
        .calm = BREATH_UNKNOWN,
    };
}

enum { BELL_X = 640, SURFACE_Y = 186, SINK_PX = 226, WINDOW_Y = 32 };

static void deep_bell_push(Events *out, EventKind kind, int32_t a, int32_t place) {
    int32_t y = SURFACE_Y + SINK_PX * fixed_clamp(place, 0, ZONE_END) / 1000;
    events_push(out, (Event){ .kind = kind, .a = a, .x = BELL_X, .y = (int16_t)y });
}

static void deep_bell_dive(DeepBell *b, int32_t place, Events *out) {
    bool was = b->diving;
    if (place > BELL_PLACE) b->diving = true;
    if (place < OUT_PLACE) b->diving = false;
    if (b->diving && !was) deep_bell_push(out, EVENT_BELL, 1, place);
    if (place <= b->deepest) return;
    b->deepest = place;
    int32_t links = fixed_clamp(place, 0, ZONE_END) / CHAIN_PLACE;
    if (links > b->links) deep_bell_push(out, EVENT_CHAIN, links, place);
    b->links = fixed_max(links, b->links);
}

static void deep_bell_lamp(DeepBell *b, bool still) {
    int32_t step = still ? 1000 / LAMP_UP_TICKS : -(1000 / LAMP_DOWN_TICKS);
    b->lamp = fixed_clamp(b->lamp + (b->in_zone || !still ? step : 0), 0, 1000);
}

static void deep_bell_breathe(DeepBell *b, SimInput in, Events *out) {
    if (in.signal != SIM_BREATH) return;
    b->breaths++;
    b->breath_tick = b->tick;
    int32_t calm = fixed_ramp(in.tempo_ms, b->breath_min_ms / 2, b->breath_min_ms);
    b->calm = (2 * b->calm + calm) / 3;
    if (b->in_zone && b->chain_dm < INT32_MAX / 2)
        b->chain_dm += BREATH_LEAST_DM + BREATH_MORE_DM * (b->lamp < b->calm ? b->lamp : b->calm) / 1000;
    deep_bell_push(out, EVENT_BUBBLES, b->breaths, in.place);
}

static void deep_bell_step(void *state, const GameTick *tick, Events *out) {
    DeepBell *b = state;
    SimInput in = tick->in;
    b->tick = tick->tick;
    bool still = (in.flags & SIM_FLAG_STILL) != 0;
    b->in_zone = in.place >= b->target - b->zone && in.place <= ZONE_END;
    deep_bell_dive(b, in.place, out);
    deep_bell_lamp(b, still);
    deep_bell_breathe(b, in, out);
    b->form = b->in_zone ? 400 + 450 * b->lamp / 1000 + 150 * b->calm / 1000 : 0;
    if (b->in_zone && b->zone_ticks < INT32_MAX) b->zone_ticks++;
    int32_t strange = fixed_clamp(b->zone_ticks / STRANGE_TICKS, 0, STRANGE_MAX);
    if (strange > b->strange) deep_bell_push(out, EVENT_STRANGER, strange, in.place);
    b->strange = strange;
}

static int32_t deep_bell_form(const void *state) {
    return ((const DeepBell *)state)->form;
}

static bool deep_bell_asks_stillness(const void *state) {
    (void)state;
    return false;
}

static void deep_bell_zone(const void *state, int32_t *low, int32_t *high) {
    const DeepBell *b = state;
    *low = b->target - b->zone;
    *high = ZONE_END;
}

/* The picture. */

static float bell_y(float place) {
    return SURFACE_Y + SINK_PX * paint_clamp(place, -0.25f, 1.2f);
}

/* How far something strange has come out of the dark: 0 before its time, then 1. */
static float come(const DeepBell *b, float stage) {
    float at = (float)b->zone_ticks / STRANGE_TICKS;
    return paint_ease((at - stage) * 3 + 0.02f);
}

static void draw_far(const DeepBell *b, const GameView *view, DrawList *out) {
    float time_s = view->reduced_motion ? 0 : view->time_s;
    float shoal = 0.9f - 0.6f * come(b, 3);
    draw_sprite(out, "deep_bell/shoal", 470 + 34 * paint_sway(view, 0.03f, 0),
                238 + 8 * paint_sway(view, 0.05f, 0.3f), 1, 1, 3 * paint_sway(view, 0.04f, 0.1f), shoal);
    float whale = come(b, 1);
    if (whale > 0)
        draw_sprite(out, "deep_bell/whale", 1180 - fmodf(time_s * 9 + 800, 1500) + 120,
                    330 + 10 * paint_sway(view, 0.05f, 0), 1, 1, 2 * paint_sway(view, 0.06f, 0), whale);
    float arches = come(b, 2);
    if (arches > 0) draw_sprite(out, "deep_bell/arches", 0, 0, 1, 1, 0, arches);
}

/* A jelly's arms sway below its hood. */
static void draw_jelly(const GameView *view, float x, float y, float size, bool violet, float alpha,
                       uint32_t seed, DrawList *out) {
    Colour colour = violet ? COLOUR(0xC9B4F6) : COLOUR(0x8FF0E0);
    float pulse = paint_sway(view, 0.2f, paint_hash(seed));
    x += 9 * paint_sway(view, 0.04f, paint_hash(seed + 1));
    y += 10 * paint_sway(view, 0.06f, paint_hash(seed + 2));
    draw_glow(out, x, y, 105 * size, colour_alpha(colour, 0.42f * alpha));
    for (int arm = 0; arm < 6; arm++) {
        Point points[8];
        float long_px = (68 + 40 * paint_hash(seed + 10 + (uint32_t)arm)) * size;
        for (int k = 0; k < 8; k++) {
            float t = (float)k / 7;
            points[k] = (Point){ x + ((float)arm - 2.5f) * 10 * size + 7 * size * sinf(t * 5 + (float)arm) +
                                     9 * size * t * paint_sway(view, 0.13f, t * 0.5f + paint_hash(seed)),
                                 y + t * long_px };
        }
        draw_stroke(out, points, 8, 1.2f + 1.3f * size, colour_alpha(colour, 0.5f * alpha));
    }
    float wide = 1 + 0.05f * pulse, scale = violet ? size * 1.5f : size;
    draw_sprite(out, violet ? "deep_bell/jelly_violet" : "deep_bell/jelly", x, y, scale * wide, scale / wide,
                0, alpha);
}

static void draw_strange(const DeepBell *b, const GameView *view, DrawList *out) {
    static const struct {
        float x, y, size;
        bool violet;
    } jellies[] = { { 1010, 404, 1, false },
                    { 322, 430, 0.72f, true },
                    { 946, 226, 0.5f, false },
                    { 860, 556, 0.5f, true } };
    float jelly = come(b, 2.6f);
    for (uint32_t i = 0; i < 4 && jelly > 0; i++)
        draw_jelly(view, jellies[i].x, jellies[i].y + 60 * (1 - jelly), jellies[i].size, jellies[i].violet,
                   0.9f * jelly, 20 + i * 31, out);
    float rise = come(b, 3.5f);
    float y = 96 * (1 - rise);
    draw_sprite(out, "deep_bell/sleeper", 0, y, 1, 1, 0, 0.55f + 0.45f * rise);
    /* One eye, and it stays closed. */
    if (rise <= 0) return;
    float breath = 0.7f + 0.3f * paint_sway(view, 0.1f, 0);
    Colour glow = COLOUR(0x8FF0E0);
    draw_glow(out, 638, 676 + y, 90, colour_alpha(glow, 0.4f * rise * breath));
    Point lid[7];
    for (int i = 0; i < 7; i++) {
        float t = (float)i / 6;
        lid[i] = (Point){ 604 + 68 * t, 668 + y + 44 * t * (1 - t) };
    }
    draw_stroke(out, lid, 7, 5, colour_alpha(glow, rise));
    for (int i = -1; i <= 1; i++)
        draw_line(out, 638 + 22 * (float)i, 681 + y - 3 * (float)(i * i), 638 + 24.6f * (float)i,
                  689 + y - 3 * (float)(i * i), 3, colour_alpha(glow, rise));
}

static void draw_current(const GameView *view, float y, bool inside, float phase, DrawList *out) {
    enum { STEPS = 32 };
    Point path[STEPS];
    for (int i = 0; i < STEPS; i++) {
        float t = (float)i / (STEPS - 1), x = 340 + 600 * t;
        path[i] = (Point){ x, y + 7 * sinf(t * 6.3f + phase) + 2 * paint_sway(view, 0.12f, t + phase) };
    }
    draw_stroke_dashed(out, path, STEPS, 9, 46, 13, colour_alpha(COLOUR_INK, 0.35f));
    draw_stroke_dashed(out, path, STEPS, 5, 46, 13, colour_alpha(COLOUR_GOLD, inside ? 1 : 0.75f));
}

static void draw_chain(float y, DrawList *out) {
    float top = y - 104;
    draw_line(out, BELL_X, -6, BELL_X, top, 7, COLOUR(0x0B2A44));
    Point chain[2] = { { BELL_X - 1, -6 }, { BELL_X - 1, top } };
    draw_stroke_dashed(out, chain, 2, 2.4f, 7, 7, COLOUR(0xE9C58A));
    int nodes = (int)ceilf((top - 34 + 8) / 60);
    for (int i = 0; i < nodes; i++) {
        float y_node = top - 34 - 60 * (float)i;
        draw_disc(out, BELL_X, y_node, 8, COLOUR(0x0B2A44));
        draw_disc(out, BELL_X, y_node, 5, COLOUR(0xFFDF9A));
    }
}

/* The lamp: stillness is its flame and the reach of its cone. */
static void draw_lamp(const DeepBell *b, const GameView *view, float x, float y, DrawList *out) {
    float lamp = (float)b->lamp / 1000, breath = 1 + 0.04f * paint_sway(view, 0.12f, 0);
    draw_beam(out, x, y + 66, 90, 62, 140 + 200 * lamp, colour_alpha(COLOUR(0xFFF0CC), 0.2f + 0.6f * lamp));
    draw_glow(out, x, y + 20, (110 + 80 * lamp) * breath,
              colour_alpha(COLOUR(0xFFE0A0), 0.12f + 0.3f * lamp));
}

static void draw_window(const DeepBell *b, const GameView *view, float x, float y, DrawList *out) {
    float lamp = (float)b->lamp / 1000, flicker = 1 + 0.06f * paint_sway(view, 0.5f, 0);
    /* Unlit glass is dark. */
    draw_disc(out, x, y + WINDOW_Y, 30, colour_alpha(COLOUR(0x2E2A44), 0.78f * (1 - lamp)));
    float high = (12 + 26 * lamp) * flicker, base = y + WINDOW_Y + 17;
    Point flame[8];
    for (int i = 0; i < 8; i++) {
        float t = (float)i / 7 * 6.2832f, up = (1 - cosf(t)) / 2;
        flame[i] = (Point){ x + 11 * (0.4f + 0.6f * lamp) * sinf(t) * (1 - 0.5f * up), base - high * up };
    }
    draw_polygon(out, flame, 8, COLOUR(0xE8823C));
    for (int i = 0; i < 8; i++)
        flame[i] = (Point){ x + (flame[i].x - x) * 0.5f, base - (base - flame[i].y) * 0.6f };
    draw_polygon(out, flame, 8, COLOUR(0xFFF6DA));
    draw_glow(out, x, y + WINDOW_Y, 60 + 60 * lamp, colour_alpha(COLOUR(0xFFE8B0), 0.2f + 0.5f * lamp));
}

/* Each breath out is a string of bubbles; a few always rise. */
static void draw_bubbles(const DeepBell *b, const GameView *view, float y, DrawList *out) {
    if (view->reduced_motion) return;
    float since_s = b->breaths > 0 ? (float)(b->tick - b->breath_tick) / TICK_HZ : 99;
    for (uint32_t i = 0; i < 22; i++) {
        bool steady = i >= 17;
        float age = steady ? fmodf(view->time_s + 1.7f * (float)i, 6.5f) : since_s - 0.09f * (float)i;
        if (age < 0 || age > 6.5f) continue;
        float px = 722 + 26 * paint_hash(i) + 8 * sinf(age * 2.4f + (float)i),
              py = y + 70 - 45 * age - 30 * paint_hash(i + 40);
        float radius = paint_mix(2, 6.4f, paint_hash(i + 80)), alpha = 0.85f * (1 - age / 6.5f);
        draw_disc(out, px, py, radius, colour_alpha(COLOUR(0xDFF8F0), 0.2f * alpha));
        draw_ring(out, px, py, radius, 1.8f, 0, 360, colour_alpha(COLOUR(0xEFFCF6), alpha));
    }
}

/* How deep the bell hangs, in metres, beside its chain. */
static void draw_depth(const DeepBell *b, const GameView *view, float y, DrawList *out) {
    float dm = (float)b->chain_dm + SINK_DM * paint_clamp(view->place, 0, 1.15f);
    char words[16];
    (void)snprintf(words, sizeof words, "%d m", (int)(dm / 10 + 0.5f));
    paint_plate(out, view, BELL_X + 26, y - 170, 96, 46);
    draw_text(out, BELL_X + 74, y - 137, 28, FONT_BOLD, ALIGN_CENTRE, COLOUR_PAPER, words);
}

static void deep_bell_draw(const void *state, const GameView *view, DrawList *out) {
    const DeepBell *b = state;
    Point camera = paint_camera(view), far = { -0.4f * camera.x, -0.3f * camera.y };
    draw_scene(out, "deep_bell/scene", 0, 0, 1);
    float dark = paint_clamp((float)b->dark / 1000 + 0.13f * (float)b->zone_ticks / STRANGE_TICKS, 0, 0.86f);
    draw_scene(out, "deep_bell/deep", 0, 0, dark);
    PaintLayer back = paint_layer_begin(out);
    draw_far(b, view, out);
    draw_strange(b, view, out);
    paint_layer_end(out, back, far);
    paint_recede(out, view);
    float y = bell_y(view->place), x = BELL_X;
    float low = (float)(b->target - b->zone) / 1000;
    draw_current(view, bell_y(low) + WINDOW_Y - 62, b->in_zone, 0.4f, out);
    draw_current(view, bell_y((float)ZONE_END / 1000) + WINDOW_Y + 42, b->in_zone, 3.1f, out);
    draw_chain(y, out);
    draw_lamp(b, view, x, y, out);
    PaintLayer bell = paint_layer_begin(out);
    draw_sprite(out, "deep_bell/bell", x, y, 1, 1, 0, 1);
    paint_stand_out(out, view, bell);
    draw_window(b, view, x, y, out);
    PaintLayer air = paint_layer_begin(out);
    draw_bubbles(b, view, y, out);
    paint_layer_end(out, air, camera);
    draw_depth(b, view, y, out);
    draw_sprite(out, "deep_bell/near", 1.35f * camera.x, 0, 1, 1, 0, 1);
    draw_sprite(out, "deep_bell/near_right", 1.35f * camera.x, 0, 1, 1, 0, 1);
    PaintLayer snow = paint_layer_begin(out);
    paint_motes(out, view, 280, 160, 860, 420, 10, 410, COLOUR(0x9FE8DC));
    paint_layer_end(out, snow, camera);
}

const Minigame minigame_deep_bell = {
    .id = "deep_bell", /* In replays and scores: never rename. */
    .name = "Deep Bell",
    .done = "Back in the air",
    .hour = 6,
    .exercise = "bench_extension",
    .data_path = "minigames/deep_bell.json",
    .fields = fields,
    .state_size = sizeof(DeepBell),
    .init = deep_bell_init,
    .step = deep_bell_step,
    .form = deep_bell_form,
    .asks_stillness = deep_bell_asks_stillness,
    .zone = deep_bell_zone,
    .draw = deep_bell_draw,
};
