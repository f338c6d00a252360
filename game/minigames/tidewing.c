/* Tidewing: a ray rides a swell that rises with the cow and falls with the cat. Lights lie on the curve of
 * the player's own breath; the curve follows their pace as long as it is within the level's window. */
#include "minigames/fixed.h"
#include "minigames/minigame.h"
#include "minigames/paint.h"

#include <math.h>

enum {
    BREATH = 1 << 20,        /* one breath of the curve, in steps of its phase */
    TOP = BREATH / 100 * 45, /* the inhale's share: 0 low, TOP high, BREATH low again */
    START = TOP / 2,         /* where the curve waits, halfway up, for the player to begin */
    START_PLACE = 90,        /* this far into the cow begins */
    IDLE_PLACE = 60,         /* less than this is no movement */
    LEAN = 600,              /* thousandths of its pace, at most */
    GRACE_TICKS = 12,        /* a light is caught by who was inside this short while ago */
    LIGHTS_MAX = 12,
    HISTORY = 80,
    HISTORY_TICKS = 6,
};

typedef struct Tidewing {
    int32_t target, under, corridor; /* thousandths */
    int32_t lights;                  /* of one breath */
    int32_t swell_px;                /* height of the swell for the whole own range */
    int32_t min_ms, max_ms, period_ms;
    int32_t phase; /* 0 … BREATH */
    bool begun, waiting;
    int32_t idle_ticks, idle_place, last_place, rate;
    int32_t outside_ticks;                 /* since the ray was last in the corridor */
    int32_t caught, passed, inside, ticks; /* since the last repetition */
    int32_t breath_caught;
    int32_t reps, reps_asked, form, tick;
    RepRing ring;
    int32_t caught_tick[LIGHTS_MAX]; /* of each light of the breath, when last caught; else negative */
    int32_t caught_all;
    int16_t history[HISTORY]; /* places of the last eight seconds, a ring */
    int32_t history_head;
} Tidewing;

_Static_assert(sizeof(Tidewing) <= MINIGAME_STATE_MAX, "raise MINIGAME_STATE_MAX");

enum { FIELD_CORRIDOR, FIELD_LIGHTS, FIELD_SWELL };
static const LevelField fields[] = {
    [FIELD_CORRIDOR] = { "corridor", 100, 800 }, /* half its width, thousandths of the own range */
    [FIELD_LIGHTS] = { "lights", 2, LIGHTS_MAX },
    [FIELD_SWELL] = { "swell_px", 50, 150 },
    { 0 },
};

static void tidewing_init(void *state, const GameSetup *setup) {
    Tidewing *t = state;
    *t = (Tidewing){
        .target = setup->target,
        .under = setup->under,
        .corridor = setup->fields[FIELD_CORRIDOR],
        .lights = setup->fields[FIELD_LIGHTS] / 2 * 2,
        .swell_px = setup->fields[FIELD_SWELL],
        .reps_asked = setup->reps,
        .min_ms = fixed_max(setup->tempo_min_ms, 1000),
        .max_ms = fixed_max(setup->tempo_max_ms, 1000),
        .phase = START,
    };
    t->period_ms = fixed_clamp(8000, t->min_ms, t->max_ms);
    for (int32_t i = 0; i < LIGHTS_MAX; i++) t->caught_tick[i] = -1;
}

/* Smoothly between the ends: 3s² − 2s³ in thousandths. */
static int32_t tidewing_curve(const Tidewing *t, int32_t phase) {
    int64_t part =
        phase < TOP ? (int64_t)phase * 1000 / TOP : (int64_t)(BREATH - phase) * 1000 / (BREATH - TOP);
    int64_t smooth = part * part * (3000 - 2 * part) / 1000000;
    return (int32_t)(-t->under + (t->target + t->under) * smooth / 1000);
}

/* The phase of light i: the turns are lights too (0 the lower one, lights / 2 the upper). */
static int32_t tidewing_light_phase(const Tidewing *t, int32_t i) {
    int32_t half = t->lights / 2;
    return i < half ? TOP / half * i : TOP + (BREATH - TOP) / half * (i - half);
}

static bool tidewing_is_turn(const Tidewing *t, int32_t i) {
    return i == 0 || i == t->lights / 2;
}

/* How far outside the curve; going beyond a turn is as good as reaching it. */
static int32_t tidewing_error(const Tidewing *t, int32_t place) {
    return fixed_abs(fixed_clamp(place, -t->under, t->target) - tidewing_curve(t, t->phase));
}

/* After a rest the curve takes the breath up where the player does: rising or falling, at their height. */
static void tidewing_rejoin(Tidewing *t, int32_t place, bool rising) {
    int32_t low = rising ? 0 : TOP, high = rising ? TOP : BREATH;
    for (int32_t i = 0; i < 20; i++) {
        int32_t middle = low + (high - low) / 2;
        bool before = (tidewing_curve(t, middle) < place) == rising;
        if (before)
            low = middle;
        else
            high = middle;
    }
    t->phase = fixed_clamp(low, 0, BREATH - 1);
}

static void tidewing_wait(Tidewing *t, int32_t place) {
    if (fixed_abs(place - t->idle_place) > IDLE_PLACE) {
        if (t->waiting) tidewing_rejoin(t, place, place > t->idle_place);
        t->idle_place = place;
        t->idle_ticks = 0;
        t->waiting = false;
    } else if (++t->idle_ticks > fixed_ticks(t->max_ms) / 2) {
        t->waiting = true;
    }
}

static void tidewing_pace(Tidewing *t, int32_t breath_ms) {
    if (breath_ms <= 0) return;
    int32_t asked = fixed_clamp(breath_ms, t->min_ms, t->max_ms);
    t->period_ms += (asked - t->period_ms) / 2;
}

static void tidewing_light(Tidewing *t, int32_t light, Events *out) {
    bool caught = t->outside_ticks <= GRACE_TICKS;
    if (light == 0) t->breath_caught = 0;
    t->passed++;
    t->caught_tick[light] = caught ? t->tick : -1;
    if (!caught) return;
    t->caught++;
    t->caught_all++;
    t->breath_caught++;
    int32_t asked = tidewing_curve(t, tidewing_light_phase(t, light));
    events_push(out, (Event){ .kind = tidewing_is_turn(t, light) ? EVENT_TURN : EVENT_LIGHT,
                              .a = t->breath_caught,
                              .b = asked,
                              .x = 446,
                              .y = (int16_t)(433 - asked * t->swell_px / 1000) });
}

static int32_t tidewing_phase_step(int32_t period_ms) {
    return (int32_t)((int64_t)BREATH * 1000 / ((int64_t)period_ms * TICK_HZ));
}

/* The curve runs at the pace of the last breaths and leans toward where the player is: it waits for who
 * lingers and hurries a little after who is ahead, never faster than the window's shortest breath and a
 * quarter. */
static int32_t tidewing_step_now(const Tidewing *t, int32_t place) {
    int32_t ahead = fixed_clamp(place, -t->under, t->target) - tidewing_curve(t, t->phase);
    if (t->phase >= TOP) ahead = -ahead;
    int32_t step = tidewing_phase_step(t->period_ms);
    int32_t lean = step * fixed_clamp(2 * ahead, -LEAN, LEAN) / 1000;
    return fixed_clamp(step + lean, tidewing_phase_step(t->max_ms) / 2,
                       tidewing_phase_step(t->min_ms) * 5 / 4);
}

static void tidewing_advance(Tidewing *t, int32_t place, Events *out) {
    int32_t before = t->phase;
    t->phase += tidewing_step_now(t, place);
    for (int32_t i = 1; i < t->lights; i++) {
        int32_t at = tidewing_light_phase(t, i);
        if (before < at && t->phase >= at) tidewing_light(t, i, out);
    }
    if (t->phase >= BREATH) {
        t->phase -= BREATH;
        tidewing_light(t, 0, out);
    }
}

static void tidewing_judge(Tidewing *t) {
    int32_t inside = t->ticks > 0 ? (int32_t)((int64_t)t->inside * 1000 / t->ticks) : 0;
    int32_t caught = t->passed > 0 ? t->caught * 1000 / t->passed : inside;
    t->form = (600 * caught + 400 * inside) / 1000;
    t->caught = t->passed = t->inside = t->ticks = 0;
}

static void tidewing_step(void *state, const GameTick *tick, Events *out) {
    Tidewing *t = state;
    SimInput in = tick->in;
    t->tick = tick->tick;
    t->rate += ((in.place - t->last_place) * TICK_HZ - t->rate) / 6;
    t->last_place = in.place;
    if (!t->begun && in.place > START_PLACE) t->begun = true;
    if (!t->begun) return;

    tidewing_wait(t, in.place);
    if (!t->waiting) {
        tidewing_advance(t, in.place, out);
        bool inside = tidewing_error(t, in.place) <= t->corridor;
        t->outside_ticks = inside ? 0 : t->outside_ticks + 1;
        t->inside += inside;
        t->ticks++;
        if (t->tick % HISTORY_TICKS == 0) {
            t->history_head = (t->history_head + 1) % HISTORY;
            t->history[t->history_head] = in.place;
        }
    }
    if (in.signal == SIM_BREATH) tidewing_pace(t, in.tempo_ms);
    if (!fixed_rep_ended(in)) return;
    t->ring = (RepRing){ .tick = t->tick, .partial = in.signal == SIM_PARTIAL };
    tidewing_pace(t, in.tempo_ms);
    t->reps += in.signal == SIM_REP;
    tidewing_judge(t);
}

static int32_t tidewing_form(const void *state) {
    return ((const Tidewing *)state)->form;
}

static bool tidewing_asks_stillness(const void *state) {
    (void)state;
    return false;
}

/* The picture. One breath is always as long on the screen; a calmer breath is a slower sea. */

static const float RAY_X = 446, BREATH_PX = 680, LEVEL_Y = 433, HISTORY_PX = 7;

static float place_y(const Tidewing *t, float place) {
    return LEVEL_Y - place * (float)t->swell_px;
}

static float curve_y(const Tidewing *t, float x) {
    float phase = (float)t->phase / BREATH + (x - RAY_X) / BREATH_PX;
    phase -= floorf(phase);
    return place_y(t, (float)tidewing_curve(t, (int32_t)(phase * (BREATH - 1))) / 1000);
}

/* The place ridden `age` steps of history ago. */
static float past_place(const Tidewing *t, const GameView *view, float age) {
    int32_t i = (int32_t)age;
    if (i >= HISTORY - 2) i = HISTORY - 2;
    float newer = i == 0 ? view->place * 1000 : t->history[(t->history_head + HISTORY - i + 1) % HISTORY];
    float older = t->history[(t->history_head + HISTORY - i) % HISTORY];
    return paint_mix(newer, older, paint_clamp(age - (float)i, 0, 1)) / 1000;
}

/* What was ridden, to the left of the ray; the sea rounds it off, but not under the ray. */
static float past_y(const Tidewing *t, const GameView *view, float x) {
    float age = (RAY_X - x) / HISTORY_PX, round = paint_clamp(age / 3, 0, 4);
    float place = 0.4f * past_place(t, view, age) + 0.2f * past_place(t, view, age - round / 2) +
                  0.2f * past_place(t, view, age + round / 2) + 0.1f * past_place(t, view, age - round) +
                  0.1f * past_place(t, view, age + round);
    return place_y(t, place);
}

/* The crest: behind the ray what was, under it the player's own height, ahead what is asked. */
static float crest_y(const Tidewing *t, const GameView *view, float x) {
    if (x <= RAY_X) return past_y(t, view, x);
    float off = place_y(t, view->place) - curve_y(t, RAY_X);
    return curve_y(t, x) + off * (1 - paint_ease((x - RAY_X) / 260));
}

enum { CREST_POINTS = 67, CREST_STEP = 20 };

static void draw_far_swell(const GameView *view, float y, float high, float hz, Colour top, Colour bottom,
                           Colour rim, DrawList *out) {
    Point points[CREST_POINTS + 2];
    float slide = view->reduced_motion ? 0 : view->time_s * hz;
    for (int i = 0; i < CREST_POINTS; i++) {
        float x = -20 + (float)(i * CREST_STEP);
        points[i] = (Point){ x, y + high * sinf(x * 0.0105f + slide) +
                                    high * 0.5f * sinf(x * 0.023f - slide * 0.7f) };
    }
    points[CREST_POINTS] = (Point){ 1300, 600 };
    points[CREST_POINTS + 1] = (Point){ -20, 600 };
    draw_polygon_gradient(out, points, CREST_POINTS + 2, top, bottom);
    draw_stroke(out, points, CREST_POINTS, 2.2f, rim);
}

static void draw_swell(const Tidewing *t, const GameView *view, DrawList *out) {
    Point points[CREST_POINTS + 2];
    for (int i = 0; i < CREST_POINTS; i++) {
        float x = -20 + (float)(i * CREST_STEP);
        points[i] = (Point){ x, crest_y(t, view, x) + 58 };
    }
    points[CREST_POINTS] = (Point){ 1300, 730 };
    points[CREST_POINTS + 1] = (Point){ -20, 730 };
    draw_polygon_gradient(out, points, CREST_POINTS + 2, COLOUR(0x4E6AA6), COLOUR(0x10203F));
    /* Short strokes below the crest that travel with it. */
    float travelled = (float)t->phase / BREATH * BREATH_PX + (float)t->reps * BREATH_PX;
    for (int row = 0; row < 4; row++) {
        for (int k = 0; k < 9; k++) {
            uint32_t n = (uint32_t)(row * 31 + k);
            float x = fmodf(paint_hash(n) * 1500 - travelled * 0.9f, 1500);
            if (x < 0) x += 1500;
            Point stroke[6];
            float length = paint_mix(30, 80, paint_hash(n + 100));
            for (int i = 0; i < 6; i++) {
                float px = x - 120 + length * (float)i / 5;
                stroke[i] = (Point){ px, crest_y(t, view, px) + 66 + (float)row * 17 };
            }
            draw_stroke(out, stroke, 6, 3, colour_alpha(COLOUR(0xFFB08A), 0.5f - 0.11f * (float)row));
        }
    }
    draw_stroke(out, points, CREST_POINTS, 4, colour_alpha(COLOUR(0xFFD9A6), 0.9f));
}

static void draw_corridor(const Tidewing *t, DrawList *out) {
    enum { STEPS = 40 };
    Point band[2 * STEPS], path[STEPS];
    for (int i = 0; i < STEPS; i++) {
        /* It opens out of the ray's head. */
        float half = (float)(t->corridor * t->swell_px) / 1000 * paint_ease(0.2f + (float)i / 7);
        float x = RAY_X + 74 + 20.5f * (float)i;
        float y = curve_y(t, x);
        path[i] = (Point){ x, y };
        band[i] = (Point){ x, y - half };
        band[2 * STEPS - 1 - i] = (Point){ x, y + half };
    }
    draw_polygon(out, band, 2 * STEPS, colour_alpha(COLOUR(0xFFF4E2), t->begun ? 0.13f : 0.08f));
    draw_stroke_dashed(out, path, STEPS, 3, 2, 13, colour_alpha(COLOUR(0xFFF6DE), 0.8f));
}

static void draw_lights(const Tidewing *t, const GameView *view, DrawList *out) {
    float breath = 1 + 0.04f * paint_sway(view, 0.125f, 0);
    for (int32_t whole = 0; whole < 3; whole++) {
        for (int32_t i = 0; i < t->lights; i++) {
            float phase = (float)(tidewing_light_phase(t, i) - t->phase) / BREATH + (float)whole;
            float x = RAY_X + phase * BREATH_PX;
            if (phase <= 0 || x > 1150) continue;
            float y = curve_y(t, x), radius = tidewing_is_turn(t, i) ? 15 : 10;
            draw_glow(out, x, y, radius * 4.2f * breath, colour_alpha(COLOUR(0xFFDC9A), 0.6f));
            draw_disc(out, x, y, radius, COLOUR(0xFFF7E0));
            if (tidewing_is_turn(t, i)) draw_ring(out, x, y, 23, 3.5f, 0, 360, COLOUR_PAPER);
        }
    }
    /* A caught light leaves a ring where it was. */
    for (int32_t i = 0; i < t->lights; i++) {
        if (t->caught_tick[i] < 0) continue;
        float age = (float)(t->tick - t->caught_tick[i]) / 36;
        if (age < 0 || age >= 1) continue;
        float radius = view->reduced_motion ? 40 : paint_mix(20, 76, age);
        draw_ring(out, RAY_X, place_y(t, view->place), radius, 3, 0, 360,
                  colour_alpha(COLOUR(0xFFF7E0), 0.7f * (1 - age)));
    }
}

/* The lights that were caught follow as sparks; more lights, a longer trail. */
static void draw_trail(const Tidewing *t, const GameView *view, DrawList *out) {
    enum { STEPS = 34 };
    Point path[STEPS];
    for (int i = 0; i < STEPS; i++) {
        float x = RAY_X - 60 - 10 * (float)i;
        path[i] = (Point){ x, past_y(t, view, x + 20) + 6 };
    }
    for (int i = 0; i + 1 < STEPS; i++) {
        draw_stroke(out, path + i, 2, 7, colour_alpha(COLOUR(0xFFDFA8), 0.5f * (1 - (float)i / STEPS)));
    }
    int sparks = 8 + (int)t->caught_all;
    if (sparks > 44) sparks = 44;
    for (int i = 0; i < sparks; i++) {
        uint32_t n = 700 + (uint32_t)i * 3u;
        float x = RAY_X - 60 - (float)i * 8.9f;
        float y = past_y(t, view, x + 20) + 6 + (paint_hash(n) - 0.5f) * (10 + (float)i) +
                  3 * paint_sway(view, 0.3f, paint_hash(n + 1));
        float fade = 1 - (float)i / 46;
        float radius = paint_mix(1.2f, 3, paint_hash(n + 2));
        draw_glow(out, x, y, radius * 4.5f, colour_alpha(COLOUR(0xFFD890), 0.7f * fade));
        draw_disc(out, x, y, radius, colour_alpha(COLOUR(0xFFF8E4), fade));
    }
}

/* Drops thrown up where the ray meets the crest, the more the faster it rises or falls. */
static void draw_spray(const Tidewing *t, const GameView *view, float x, float y, DrawList *out) {
    float rush = paint_clamp((float)(t->rate < 0 ? -t->rate : t->rate) / 500, 0, 1);
    for (int i = 0; i < 5; i++) {
        float wide = paint_mix(74, 26, (float)i / 4);
        draw_rect(out, x - wide + 7 * paint_sway(view, 0.16f, paint_hash((uint32_t)i)), y + 3.6f * (float)i,
                  2 * wide, 3, 1.5f, colour_alpha(COLOUR(0xFFEBC8), 0.42f - 0.07f * (float)i));
    }
    if (view->reduced_motion || rush < 0.15f) return;
    for (int i = 0; i < 12; i++) {
        uint32_t n = 500 + (uint32_t)i * 3u;
        float age = view->time_s / 0.6f + paint_hash(n);
        age -= floorf(age);
        float reach = paint_mix(20, 78, paint_hash(n + 1)), high = paint_mix(14, 44, paint_hash(n + 2));
        draw_disc(out, x - 20 - reach * age, y - high * 4 * age * (1 - age), paint_mix(2.6f, 1.4f, age),
                  colour_alpha(COLOUR(0xFFF6E2), 0.8f * rush * (1 - age)));
    }
}

static void draw_ray(const Tidewing *t, const GameView *view, DrawList *out) {
    float y = place_y(t, view->place);
    float rate = paint_clamp((float)t->rate / 600, -1, 1);
    float angle = 4 - 11 * rate + 1.5f * paint_sway(view, 0.2f, 0);
    /* The wings press down as the chest comes forward and lift as the back rounds; at rest they breathe. */
    float stroke = 0.16f * rate + 0.03f * paint_sway(view, 0.25f, 0.2f);
    draw_glow(out, RAY_X, y, 165 * (view->combo >= 6 ? 1.1f : 1), colour_alpha(COLOUR(0xFFC79A), 0.3f));
    draw_sprite(out, "tidewing/ray_wing_far", RAY_X, y, 1.16f, 1.16f * (1 - stroke), angle - 30 * stroke, 1);
    draw_sprite(out, "tidewing/ray_body", RAY_X, y, 1.16f, 1.16f, angle, 1);
    draw_sprite(out, "tidewing/ray_wing_near", RAY_X, y, 1.16f, 1.16f * (1 + 0.6f * stroke),
                angle + 40 * stroke, 1);
}

/* Where the lights are few, far islands pass. */
static void draw_islands(const Tidewing *t, const GameView *view, DrawList *out) {
    enum { ISLANDS = 3, STEPS = 17 };
    if (t->lights > 4) return;
    float drift = view->reduced_motion ? 0 : view->time_s * 5;
    for (uint32_t i = 0; i < ISLANDS; i++) {
        float wide = paint_mix(60, 120, paint_hash(i + 60)), high = paint_mix(14, 30, paint_hash(i + 70));
        float x = fmodf(2500 + 300 + 520 * (float)i - drift, 1560) - 140;
        Point shape[STEPS];
        for (int k = 0; k < STEPS; k++) {
            float along = (float)k / (STEPS - 1) * 2 - 1, fall = 1 - along * along;
            shape[k] =
                (Point){ x + along * wide, 331 - high * fall * (1 + 0.35f * sinf(along * 4 + (float)i)) };
        }
        draw_polygon_gradient(out, shape, STEPS, COLOUR(0x8E5E8A), COLOUR(0xC27E8E));
    }
}

/* A near swell across the foot of the picture. */
static void draw_foam(const GameView *view, DrawList *out) {
    Point points[CREST_POINTS + 2];
    float slide = view->reduced_motion ? 0 : view->time_s * 0.5f;
    for (int i = 0; i < CREST_POINTS; i++) {
        float x = -20 + (float)(i * CREST_STEP);
        points[i] = (Point){ x, 704 + 14 * sinf(x * 0.0065f - slide) + 5 * sinf(x * 0.017f - slide * 1.6f) };
    }
    points[CREST_POINTS] = (Point){ 1300, 740 };
    points[CREST_POINTS + 1] = (Point){ -20, 740 };
    draw_polygon_gradient(out, points, CREST_POINTS + 2, COLOUR(0x16294C), COLOUR(0x0C1830));
    draw_stroke(out, points, CREST_POINTS, 2.5f, colour_alpha(COLOUR(0xE58F8A), 0.5f));
}

/* The sun stands four units higher for every breath. */
static void draw_sun(const Tidewing *t, DrawList *out) {
    enum { STEPS = 40 };
    float y = 308 - 4 * (float)(t->reps < 16 ? t->reps : 16), radius = 74;
    float low = asinf(paint_clamp((330 - y) / radius, -1, 1));
    Point points[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
        float angle = paint_mix(low, -3.14159265f - low, (float)i / STEPS);
        points[i] = (Point){ 800 + radius * cosf(angle), y + radius * sinf(angle) };
    }
    draw_polygon_gradient(out, points, STEPS + 1, COLOUR(0xFFF8DE), COLOUR(0xFFE3A0));
}

static void tidewing_draw(const void *state, const GameView *view, DrawList *out) {
    const Tidewing *t = state;
    draw_scene(out, "tidewing/scene", 0, 0, 1);
    draw_glow(out, 800, 316, 190 + 12 * (float)(t->reps < 12 ? t->reps : 12),
              colour_alpha(COLOUR(0xFFD890), 0.25f));
    paint_stars(out, view, 290, 8, 660, 70, 7, 90, 0.8f - 0.06f * (float)(t->reps < 8 ? t->reps : 8));
    draw_sun(t, out);
    draw_islands(t, view, out);
    paint_water(out, view,
                &(WaterLight){ .x = 800,
                               .y_top = 333,
                               .y_bottom = 440,
                               .spread_top = 60,
                               .spread_bottom = 290,
                               .alpha_top = 0.8f,
                               .alpha_bottom = 0.35f,
                               .count = 46,
                               .seed = 21,
                               .colour = COLOUR(0xFFEBB8) });
    for (uint32_t i = 0; i < 4; i++) {
        float drift = view->reduced_motion ? 0 : view->time_s * 4;
        paint_bird(out, fmodf(620 + 62 * (float)i + drift, 1400) - 60,
                   214 - 16 * (float)(i % 2) + 3 * paint_sway(view, 0.15f, paint_hash(i)),
                   10 + 6 * paint_hash(i + 9), 2.6f, COLOUR(0x4A3A6A));
    }
    draw_far_swell(view, 411, 7, 0.25f, colour_alpha(COLOUR(0xC4748C), 0.85f),
                   colour_alpha(COLOUR(0x6A5694), 0.85f), colour_alpha(COLOUR(0xFFC79A), 0.7f), out);
    draw_far_swell(view, 446, 11, 0.4f, colour_alpha(COLOUR(0x8E6A9E), 0.85f),
                   colour_alpha(COLOUR(0x4A5A9A), 0.85f), colour_alpha(COLOUR(0xF5A695), 0.6f), out);
    Point camera = paint_camera(view);
    PaintLayer near = paint_layer_begin(out);
    draw_swell(t, view, out);
    draw_spray(t, view, RAY_X - 8, crest_y(t, view, RAY_X) + 62, out);
    paint_recede(out, view);
    draw_corridor(t, out);
    draw_lights(t, view, out);
    draw_trail(t, view, out);
    PaintLayer ray = paint_layer_begin(out);
    draw_ray(t, view, out);
    paint_stand_out(out, view, ray);
    paint_rep_ring(out, view, t->ring, t->tick, RAY_X, place_y(t, view->place));
    paint_layer_end(out, near, camera);
    PaintLayer foam = paint_layer_begin(out);
    draw_foam(view, out);
    paint_layer_end(out, foam, (Point){ 1.35f * camera.x, 0 });
    /* The last breath done, light rises from all of the sea. */
    if (t->reps_asked > 0 && t->reps >= t->reps_asked)
        paint_motes(out, view, 60, 240, 1160, 330, 24, 600, COLOUR(0xFFE9B8));
    else if (view->combo >= 3)
        paint_motes(out, view, RAY_X - 60, LEVEL_Y - 120, 260, 160, 5, 620, COLOUR(0xFFE9B8));
}

const Minigame minigame_tidewing = {
    .id = "tidewing", /* In replays and scores: never rename. */
    .name = "Tidewing",
    .done = "The sun is up",
    .hour = 2,
    .exercise = "cat_cow",
    .data_path = "minigames/tidewing.json",
    .fields = fields,
    .state_size = sizeof(Tidewing),
    .init = tidewing_init,
    .step = tidewing_step,
    .form = tidewing_form,
    .asks_stillness = tidewing_asks_stillness,
    .draw = tidewing_draw,
};
