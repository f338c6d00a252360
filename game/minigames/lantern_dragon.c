/* Lantern Dragon: the back is a dragon's body. It curls and unfurls with the movement, head first, and each
 * wave that reaches both ends lights the next lantern, from the tail to the head. Its fins stand up with the
 * round of the back and droop after a wave that was cut short, that kinked, or whose hips did not stay back.
 * When all are lit the dragon swims to its pearl. */
#include "minigames/fixed.h"
#include "minigames/minigame.h"
#include "minigames/paint.h"

#include <math.h>

enum {
    LANTERNS_MIN = 5,
    LANTERNS_MAX = 16,
    TURN_PLACE = 70,  /* this much back is a turn, not a tremble */
    WAVE_TURNS = 2,   /* of a clean wave */
    SEGMENT_MS = 60,  /* each segment is so far behind the one before it */
    HISTORY = 72,     /* ticks; longer than the whole body takes */
    LIGHT_TICKS = 40, /* a lantern takes this long to light */
    SWIM_TICKS = 200, /* to the pearl */
    DROOP_TICKS = 45, /* the fins take this long to droop or to rise again */
    FLAT_HIPS = 700,  /* steadier hips than this leave the fins up */
};

typedef struct LanternDragon {
    int32_t target, under, slack, bends, curl_px;
    int32_t reps_asked, lanterns;
    int32_t tick, reps, lit_count, lit_tick, all_lit_tick;
    uint8_t bright[LANTERNS_MAX]; /* from the tail; 0 not lit, 255 after a clean wave */
    /* since the last repetition */
    int32_t highest, lowest, turns;
    bool falling;
    int32_t extreme;
    int32_t form;
    int32_t droop, droop_from, droop_tick; /* of the fins, thousandths: after the last wave and before it */
    RepRing ring;
    int16_t history[HISTORY]; /* places, a ring */
    int32_t history_head;
} LanternDragon;

_Static_assert(sizeof(LanternDragon) <= MINIGAME_STATE_MAX, "raise MINIGAME_STATE_MAX");
_Static_assert((LANTERNS_MAX + 1) * SEGMENT_MS * TICK_HZ / 1000 < HISTORY, "raise HISTORY");

enum { FIELD_BENDS, FIELD_CURL, FIELD_SLACK };
static const LevelField fields[] = {
    [FIELD_BENDS] = { "bends_tenths", 10, 20 },
    [FIELD_CURL] = { "curl_px", 60, 130 }, /* height of the curl for the whole own range */
    [FIELD_SLACK] = { "slack", 10, 120 },  /* an end counts as reached this close to it */
    { 0 },
};

static void lantern_dragon_init(void *state, const GameSetup *setup) {
    LanternDragon *d = state;
    *d = (LanternDragon){
        .target = setup->target,
        .under = setup->under,
        .slack = setup->fields[FIELD_SLACK],
        .bends = setup->fields[FIELD_BENDS],
        .curl_px = setup->fields[FIELD_CURL],
        .reps_asked = setup->reps > 0 ? setup->reps : 10,
    };
    d->lanterns = fixed_clamp(d->reps_asked, LANTERNS_MIN, LANTERNS_MAX);
}

static void lantern_dragon_turns(LanternDragon *d, int32_t place) {
    if (place > d->highest) d->highest = place;
    if (place < d->lowest) d->lowest = place;
    if (d->falling ? place < d->extreme : place > d->extreme) d->extreme = place;
    if (fixed_abs(place - d->extreme) <= TURN_PLACE) return;
    d->falling = !d->falling;
    d->extreme = place;
    d->turns++;
}

/* How many lanterns burn once so many repetitions are done; a longer set lights them more slowly. */
static int32_t lantern_dragon_due(const LanternDragon *d, int32_t reps) {
    return fixed_clamp(reps * d->lanterns / d->reps_asked, 0, d->lanterns);
}

static void lantern_dragon_light(LanternDragon *d, int32_t smooth, Events *out) {
    int32_t due = d->reps_asked <= d->lanterns ? d->lanterns : lantern_dragon_due(d, d->reps);
    if (d->lit_count >= due) return;
    /* A wave with kinks lights its lantern all the same, but it burns low. */
    d->bright[d->lit_count] = (uint8_t)(95 + 160 * smooth / 1000);
    d->lit_count++;
    d->lit_tick = d->tick;
    events_push(out, (Event){ .kind = EVENT_LANTERN,
                              .a = d->lit_count - 1,
                              .b = smooth,
                              .x = (int16_t)(280 + 500 * d->lit_count / d->lanterns),
                              .y = 350 });
    bool all = d->lit_count == d->lanterns || (d->reps >= d->reps_asked && d->lit_count >= d->reps_asked);
    if (!all || d->all_lit_tick > 0) return;
    d->all_lit_tick = d->tick;
    events_push(out, (Event){ .kind = EVENT_ALL_LIT, .a = d->lit_count, .x = 1092, .y = 232 });
}

/* The fins say at a glance what the last wave lacked: an end, a clean run, or hips that stayed back. */
static void lantern_dragon_droop(LanternDragon *d, int32_t ends, int32_t smooth, SimInput in) {
    int32_t hips = in.hips == HIPS_UNKNOWN ? 0 : 1000 - fixed_ramp(in.hips, 0, FLAT_HIPS);
    d->droop_from = d->droop;
    d->droop = fixed_max(hips, fixed_max(1000 - ends, 1000 - smooth));
    d->droop_tick = d->tick;
}

static void lantern_dragon_end_wave(LanternDragon *d, SimInput in, Events *out) {
    int32_t up = fixed_max(d->highest, in.reach), down = fixed_max(-d->lowest, in.under);
    int32_t kinks = fixed_max(d->turns - WAVE_TURNS, 0);
    int32_t smooth = 1000 - fixed_clamp(250 * kinks, 0, 1000);
    int32_t ends = (fixed_ramp(up, d->target / 3, d->target - d->slack) +
                    fixed_ramp(down, d->under / 3, d->under - d->slack)) /
                   2;
    d->form = (500 * ends + 500 * smooth) / 1000;
    lantern_dragon_droop(d, ends, smooth, in);
    d->highest = d->lowest = in.place;
    d->turns = 0;
    if (in.signal != SIM_REP) return;
    d->reps++;
    if (up >= d->target - d->slack && down >= d->under - d->slack) lantern_dragon_light(d, smooth, out);
}

static void lantern_dragon_step(void *state, const GameTick *tick, Events *out) {
    LanternDragon *d = state;
    SimInput in = tick->in;
    d->tick = tick->tick;
    d->history_head = (d->history_head + 1) % HISTORY;
    d->history[d->history_head] = (int16_t)fixed_clamp(in.place, -1100, 1100);
    lantern_dragon_turns(d, in.place);
    if (!fixed_rep_ended(in)) return;
    d->ring = (RepRing){ .tick = d->tick, .partial = in.signal == SIM_PARTIAL };
    lantern_dragon_end_wave(d, in, out);
}

static int32_t lantern_dragon_form(const void *state) {
    return ((const LanternDragon *)state)->form;
}

static bool lantern_dragon_asks_stillness(const void *state) {
    (void)state;
    return false;
}

/* The picture. The head leads; every lantern follows where the head was a moment before. */

static const float HEAD_X = 838, MIDDLE_Y = 322, LENGTH = 690, HEAD_SCALE = 1.06f, WATER_Y = 560,
                   PI_F = 3.14159265f;

typedef struct Segment {
    float x, y, angle; /* degrees; 0 level */
    float radius;
    float place; /* of the movement, as late as the segment is */
} Segment;

typedef struct Spine {
    Segment head;
    Segment lantern[LANTERNS_MAX]; /* from the head */
    Segment tail;
    float swim; /* 0 … 1 at the pearl */
} Spine;

/* The place `age` ticks ago, as a share. */
static float past_place(const LanternDragon *d, const GameView *view, float age) {
    if (age <= 0) return view->place;
    int32_t i = (int32_t)age;
    if (i > HISTORY - 2) i = HISTORY - 2;
    float newer = i == 0 ? view->place * 1000 : d->history[(d->history_head + HISTORY - i) % HISTORY];
    float older = d->history[(d->history_head + 2 * HISTORY - i - 1) % HISTORY];
    return paint_mix(newer, older, paint_clamp(age - (float)i, 0, 1)) / 1000;
}

/* Where the movement was when a segment does it that is `behind` segments late. */
static float late_place(const LanternDragon *d, const GameView *view, float behind) {
    return paint_clamp(past_place(d, view, behind * SEGMENT_MS * TICK_HZ / 1000.0f), -1.1f, 1.1f);
}

/* Height at share u of the body, head 0 … tail 1. */
static float spine_y(const LanternDragon *d, const GameView *view, float u, float behind) {
    float place = late_place(d, view, behind);
    float curl = cosf(PI_F * u * (float)d->bends / 10) * (1 - 0.25f * u);
    float rest = 26 * sinf(2.1f * PI_F * u + 0.4f) + 46 * u;
    float swims = (3 + 7 * u) * paint_sway(view, 0.16f, -u * 1.3f);
    return MIDDLE_Y + rest - place * (float)d->curl_px * curl + swims;
}

static Spine spine_of(const LanternDragon *d, const GameView *view) {
    Spine spine = { 0 };
    if (d->all_lit_tick > 0) spine.swim = paint_ease((float)(d->tick - d->all_lit_tick) / SWIM_TICKS);
    float n = (float)d->lanterns, unit = LENGTH / (n * 1.13f);
    float x = HEAD_X + 100 * spine.swim, y = spine_y(d, view, 0, 0) - 30 * spine.swim;
    float neck_y = spine_y(d, view, 0.12f, 2);
    spine.head = (Segment){
        .x = x, .y = y, .angle = atan2f(y - neck_y, 120) / PI_F * 180, .place = late_place(d, view, 0)
    };
    float last_x = x - 22, last_y = y + 0.25f * (neck_y - y);
    for (int32_t i = 0; i <= d->lanterns; i++) {
        float u = ((float)i + 0.8f) / (n + 0.8f), along = unit * paint_mix(1.3f, 0.78f, u);
        if (i == 0) along += 18;
        y = spine_y(d, view, u, (float)i + 1) - 30 * spine.swim * (1 - u);
        float dy = y - last_y;
        float dx = sqrtf(fmaxf(along * along - dy * dy, 0.2f * along * along));
        Segment at = { .x = last_x - dx,
                       .y = y,
                       .angle = atan2f(last_y - y, dx) / PI_F * 180,
                       .radius = unit * paint_mix(0.66f, 0.36f, u),
                       .place = late_place(d, view, (float)i + 1) };
        if (i < d->lanterns)
            spine.lantern[i] = at;
        else
            spine.tail = at;
        last_x = at.x;
        last_y = y;
    }
    return spine;
}

/* How brightly a lantern burns, 0 … 1; counted from the tail. */
static float lantern_bright(const LanternDragon *d, int32_t from_tail) {
    if (from_tail >= d->lit_count) return 0;
    float bright = (float)d->bright[from_tail] / 255;
    bool newest = from_tail == d->lit_count - 1;
    return newest ? bright * paint_ease((float)(d->tick - d->lit_tick) / LIGHT_TICKS) : bright;
}

static void draw_sky(const LanternDragon *d, const GameView *view, DrawList *out) {
    paint_stars(out, view, 350, 20, 620, 200, 14, 77, 0.8f);
    paint_stars(out, view, 80, 160, 300, 240, 6, 177, 0.7f);
    /* Sky lanterns: a few from the first light on, more with a row of clean waves. */
    int32_t count = 2 + d->lit_count / 3 + (view->combo >= 3 ? 4 : 0) + (d->all_lit_tick > 0 ? 8 : 0);
    float time_s = view->reduced_motion ? 0 : view->time_s;
    for (int32_t i = 0; i < count; i++) {
        uint32_t n = 300 + (uint32_t)i * 5u;
        float far = paint_hash(n), scale = paint_mix(0.35f, 1, far * far);
        float rise = fmodf(paint_hash(n + 1) + time_s * paint_mix(4, 8, far) / 560, 1);
        /* The dragon travels: what hangs in the air falls behind. */
        float x = 1330 - fmodf(paint_hash(n + 2) * 1380 + time_s * paint_mix(8, 25, far), 1380);
        float y = paint_mix(540, 60, rise) + 4 * paint_sway(view, 0.1f, far);
        float alpha = paint_clamp(sinf(rise * PI_F) * 3, 0, 1) * paint_mix(0.7f, 1, far);
        draw_glow(out, x, y, 42 * scale, colour_alpha(COLOUR(0xFFB060), 0.55f * alpha));
        draw_sprite(out, "lantern_dragon/sky_lantern", x, y, scale, scale, 0, alpha);
    }
}

static void draw_pearl(const LanternDragon *d, const GameView *view, const Spine *spine, DrawList *out) {
    float breath = 1 + 0.04f * paint_sway(view, 0.2f, 0);
    float x = 1092, y = 232 + 4 * paint_sway(view, 0.09f, 0.3f);
    float near = (float)d->lit_count / (float)d->lanterns;
    draw_glow(out, x, y, (110 + 30 * near + 50 * spine->swim) * breath,
              colour_alpha(COLOUR(0xFFF0C0), 0.5f + 0.3f * near));
    draw_sprite(out, "lantern_dragon/pearl", x, y, 1, 1, 3 * paint_sway(view, 0.11f, 0), 1);
    if (spine->swim > 0 && !view->reduced_motion) {
        float wave = fmodf((float)(d->tick - d->all_lit_tick) / 150, 1);
        draw_ring(out, x, y, 30 + 110 * wave, 3, 0, 360, colour_alpha(COLOUR(0xFFF0C0), 0.5f * (1 - wave)));
    }
}

/* The village answers: for each lantern in the air one on the water. */
static void draw_floats(const LanternDragon *d, const GameView *view, DrawList *out) {
    static const float places[][3] = {
        { 690, 664, 1 },      { 960, 606, 0.5f },  { 560, 640, 0.78f }, { 1040, 648, 0.82f },
        { 820, 632, 0.7f },   { 620, 608, 0.48f }, { 900, 680, 1 },     { 760, 600, 0.44f },
        { 1100, 690, 1.04f }, { 500, 604, 0.46f }, { 780, 692, 1.06f }, { 1010, 594, 0.4f },
        { 600, 698, 1.06f },  { 690, 590, 0.38f }, { 440, 618, 0.55f }, { 860, 592, 0.38f },
    };
    for (int32_t i = 0; i < d->lit_count; i++) {
        float bright = lantern_bright(d, i), scale = places[i][2];
        float x = places[i][0] + 5 * paint_sway(view, 0.06f, paint_hash((uint32_t)i)),
              y = places[i][1] + 1.5f * paint_sway(view, 0.17f, paint_hash((uint32_t)i + 40));
        draw_glow(out, x, y - 8 * scale, 58 * scale, colour_alpha(COLOUR(0xFFB060), 0.7f * bright));
        for (int k = 0; k < 4; k++) {
            float w = (36 - 7 * (float)k) * scale,
                  slide = 3 * paint_sway(view, 0.15f, paint_hash((uint32_t)(i * 5 + k)));
            draw_rect(out, x - w / 2 + slide, y + (9 + 8 * (float)k) * scale, w, 2.6f, 1.3f,
                      colour_alpha(COLOUR(0xFFC070), (0.65f - 0.14f * (float)k) * bright));
        }
        draw_sprite(out, "lantern_dragon/float", x, y, scale, scale,
                    1.5f * paint_sway(view, 0.13f, paint_hash((uint32_t)i + 80)),
                    paint_clamp(bright * 2, 0, 1));
    }
}

/* Their light on the sea. */
static void draw_reflections(const LanternDragon *d, const GameView *view, const Spine *spine,
                             DrawList *out) {
    for (int32_t i = 0; i < d->lanterns; i++) {
        float bright = lantern_bright(d, d->lanterns - 1 - i);
        if (bright <= 0) continue;
        const Segment *at = &spine->lantern[i];
        for (int32_t k = 0; k < 6; k++) {
            uint32_t n = 500 + (uint32_t)(i * 7 + k) * 3u;
            float w = at->radius * paint_mix(0.5f, 1.3f, paint_hash(n)) * (1 - 0.09f * (float)k);
            float slide = 5 * paint_sway(view, paint_mix(0.1f, 0.2f, paint_hash(n + 1)), paint_hash(n + 2));
            float y = WATER_Y + 6 + 13 * (float)k + 3 * paint_hash(n);
            draw_rect(out, at->x + (paint_hash(n + 1) - 0.5f) * at->radius - w / 2 + slide, y, w, 2.6f, 1.3f,
                      colour_alpha(COLOUR(0xFFC480), (0.7f - 0.09f * (float)k) * bright));
        }
    }
}

/* "Next": a gold ring with ink notches. */
static void draw_next(const GameView *view, const Segment *at, DrawList *out) {
    float radius = at->radius * 1.36f + 2 + 1.5f * paint_sway(view, 0.2f, 0);
    draw_ring(out, at->x, at->y, radius, 9, 0, 360, colour_alpha(COLOUR_INK, 0.7f));
    draw_ring(out, at->x, at->y, radius, 5.5f, 0, 360, COLOUR_GOLD);
    for (int i = 0; i < 16; i++) {
        float angle = (float)i / 8 * PI_F, c = cosf(angle), s = sinf(angle);
        draw_line(out, at->x + c * (radius - 2.4f), at->y + s * (radius - 2.4f), at->x + c * (radius + 2.4f),
                  at->y + s * (radius + 2.4f), 2.2f, colour_alpha(COLOUR_INK, 0.85f));
    }
}

/* How far the fins droop just now, 0 … 1. */
static float fins_droop(const LanternDragon *d) {
    float gone = paint_ease((float)(d->tick - d->droop_tick) / DROOP_TICKS);
    return paint_mix((float)d->droop_from, (float)d->droop, gone) / 1000;
}

/* A fin on a lantern's back. Its tip goes from upright to laid back, and hangs over when it droops; the web
 * sags after it. */
static void draw_fin(const Segment *at, float droop, float bright, DrawList *out) {
    enum { STEPS = 5, POINTS = 2 * STEPS };
    float up = paint_clamp(0.5f + 0.5f * at->place, 0, 1);
    float lean = paint_mix(paint_mix(74, 8, up), 128, droop) * PI_F / 180;
    float r = at->radius, length = r * paint_mix(1.7f, 1.5f, droop);
    float c = cosf(at->angle * PI_F / 180), s = -sinf(at->angle * PI_F / 180);
    Point front = { 0.42f * r, -0.98f * r }, back = { -0.5f * r, -0.96f * r };
    Point tip = { -length * sinf(lean), -r - length * cosf(lean) };
    /* The bends of the two edges: they leave the back upward, so a drooping fin hangs in an arc. */
    Point over = { -0.12f * r, -r * paint_mix(1.75f, 1.95f, droop) };
    Point under = { -0.62f * r, -r * paint_mix(1.4f, 1.3f, droop) };
    Point web[POINTS];
    for (int i = 0; i < POINTS; i++) {
        bool outer = i < STEPS;
        Point from = outer ? front : tip, bend = outer ? over : under, to = outer ? tip : back;
        float t = (float)(outer ? i : i - STEPS + 1) / STEPS, a = (1 - t) * (1 - t), b = 2 * t * (1 - t);
        float x = a * from.x + b * bend.x + t * t * to.x, y = a * from.y + b * bend.y + t * t * to.y;
        web[i] = (Point){ at->x + x * c - y * s, at->y + x * s + y * c };
    }
    draw_polygon(out, web, POINTS, colour_mix(COLOUR(0x94508A), COLOUR(0xFFC766), bright));
    /* A rim on the lit edge. */
    draw_stroke(out, web, STEPS, 2,
                colour_alpha(colour_mix(COLOUR(0xD08CB4), COLOUR(0xFFF0C4), bright), 0.9f));
}

static void draw_lantern(const GameView *view, const Segment *at, float bright, uint32_t seed,
                         DrawList *out) {
    float scale = at->radius / 30.5f;
    if (bright < 1) draw_sprite(out, "lantern_dragon/lantern", at->x, at->y, scale, scale, at->angle * -1, 1);
    if (bright <= 0) return;
    float flicker = 1 + 0.04f * paint_sway(view, 0.25f, paint_hash(seed));
    draw_sprite(out, "lantern_dragon/lantern_lit", at->x, at->y, scale, scale, at->angle * -1,
                paint_clamp(bright, 0, 1));
    draw_glow(out, at->x, at->y, at->radius * 1.5f * flicker, colour_alpha(COLOUR(0xFFD890), 0.35f * bright));
}

static void draw_body(const LanternDragon *d, const GameView *view, const Spine *spine, DrawList *out) {
    for (int32_t i = 0; i < d->lanterns; i++) {
        float bright = lantern_bright(d, d->lanterns - 1 - i);
        if (bright > 0)
            draw_glow(out, spine->lantern[i].x, spine->lantern[i].y, spine->lantern[i].radius * 3,
                      colour_alpha(COLOUR(0xFF9A48), 0.42f * bright));
    }
    Point cord[LANTERNS_MAX + 2];
    cord[0] = (Point){ spine->head.x - 10, spine->head.y };
    for (int32_t i = 0; i < d->lanterns; i++)
        cord[i + 1] = (Point){ spine->lantern[i].x, spine->lantern[i].y };
    cord[d->lanterns + 1] = (Point){ spine->tail.x, spine->tail.y };
    draw_stroke(out, cord, d->lanterns + 2, 12, COLOUR(0x2E1638));
    float flap = 7 * paint_sway(view, 0.3f, 0) - 42 * fins_droop(d);
    draw_sprite(out, "lantern_dragon/tail", spine->tail.x, spine->tail.y, 0.92f, 0.92f,
                -spine->tail.angle + flap, 1);
    float droop = fins_droop(d);
    for (int32_t i = d->lanterns - 1; i >= 0; i--) {
        float bright = lantern_bright(d, d->lanterns - 1 - i);
        draw_lantern(view, &spine->lantern[i], bright, (uint32_t)i, out);
        draw_fin(&spine->lantern[i], droop, bright, out);
    }
    int32_t next = d->lanterns - 1 - d->lit_count;
    if (next >= 0 && d->reps < d->reps_asked) draw_next(view, &spine->lantern[next], out);
    draw_glow(out, spine->head.x + 20, spine->head.y, 190, colour_alpha(COLOUR(0xFF9A48), 0.3f));
    float nod = paint_clamp(spine->head.angle * -0.6f, -34, 34);
    /* The mane spreads with the round of the neck and hangs when the fins do. */
    float spread = paint_mix(0.9f + 0.1f * spine->head.place, 0.78f, droop);
    draw_sprite(out, "lantern_dragon/mane", spine->head.x - 16, spine->head.y - 4,
                HEAD_SCALE * (1.9f - spread), HEAD_SCALE * spread, -4 - nod - 34 * droop, 1);
    draw_sprite(out, "lantern_dragon/head", spine->head.x, spine->head.y, HEAD_SCALE, HEAD_SCALE, -4 - nod,
                1);
}

static void lantern_dragon_draw(const void *state, const GameView *view, DrawList *out) {
    const LanternDragon *d = state;
    Spine spine = spine_of(d, view);
    draw_scene(out, "lantern_dragon/scene", 0, 0, 1);
    Point camera = paint_camera(view), far = { -0.4f * camera.x, -0.3f * camera.y };
    PaintLayer sky = paint_layer_begin(out);
    draw_sky(d, view, out);
    paint_layer_end(out, sky, far);
    draw_reflections(d, view, &spine, out);
    paint_recede(out, view);
    PaintLayer near = paint_layer_begin(out);
    draw_floats(d, view, out);
    paint_layer_end(out, near, camera);
    draw_pearl(d, view, &spine, out);
    PaintLayer body = paint_layer_begin(out);
    draw_body(d, view, &spine, out);
    paint_stand_out(out, view, body);
    paint_rep_ring(out, view, d->ring, d->tick, spine.head.x + 20, spine.head.y);
    if (view->combo >= 3 || d->all_lit_tick > 0)
        paint_motes(out, view, 300, 200, 560, 260, 6, 640, COLOUR(0xFFDB86));
}

const Minigame minigame_lantern_dragon = {
    .id = "lantern_dragon", /* In replays and scores: never rename. */
    .name = "Lantern Dragon",
    .done = "All the lanterns are lit",
    .hour = 8,
    .exercise = "rocked_back_cat_camel",
    .data_path = "minigames/lantern_dragon.json",
    .fields = fields,
    .state_size = sizeof(LanternDragon),
    .init = lantern_dragon_init,
    .step = lantern_dragon_step,
    .form = lantern_dragon_form,
    .asks_stillness = lantern_dragon_asks_stillness,
    .draw = lantern_dragon_draw,
};
