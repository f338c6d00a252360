/* Windmill: the elbow is a sail. Each opening turns the mill and its wind lifts a balloon by one pip; an even
 * pace keeps the balloon steady, and hips that turn along fray the wind. The other side is the other hill. */
#include "minigames/fixed.h"
#include "minigames/minigame.h"
#include "minigames/paint.h"

#include <math.h>

enum {
    QUARTERS = 4,
    TURN_PLACE = 70, /* this much back is a turn, not a tremble */
    CALM_TICKS = 80, /* the wind dies down in this time */
    LIFT_TICKS = 54,
    SIDE_TICKS = 30, /* from one hill to the other */
    FLAT_HIPS = 700, /* flatter than this nothing is frayed */
    EVEN = 100,      /* thousandths that two repetitions may differ in time */
    UNEVEN = 450,
};

typedef struct Windmill {
    int32_t target, bar_deg, wind_px, stars;
    int32_t reps_a_side;
    int32_t tick, side_tick, sides_done;
    uint8_t side;
    int32_t reps; /* of this side, partial ones left out */
    int32_t lift_tick;
    int32_t wind; /* thousandths: what the sails have stirred up and not yet lost */
    int32_t last_place, speed;
    int32_t fray;     /* thousandths of the last repetition's turning hips; 0 where nobody measures them */
    int32_t unsteady; /* thousandths: how far the last repetitions were from one pace */
    int32_t tempo_ms; /* of the repetitions so far, the newer the more */
    int32_t quarter;  /* passed on this way up */
    int32_t turns;    /* since the last repetition */
    bool falling;
    int32_t extreme;
    int32_t form;
    RepRing ring;
} Windmill;

_Static_assert(sizeof(Windmill) <= MINIGAME_STATE_MAX, "raise MINIGAME_STATE_MAX");

enum { FIELD_BAR, FIELD_WIND, FIELD_STARS };
static const LevelField fields[] = {
    [FIELD_BAR] = { "bar_deg", 8, 40 },  /* of the tip's circle */
    [FIELD_WIND] = { "wind_px", 2, 12 }, /* width of the widest ribbon */
    [FIELD_STARS] = { "stars", 0, 60 },  /* out when the balloon is up */
    { 0 },
};

static void windmill_new_side(Windmill *w, Side side) {
    w->side = (uint8_t)side;
    w->side_tick = w->tick;
    w->reps = w->quarter = w->turns = w->extreme = w->tempo_ms = 0;
    w->wind = w->fray = w->unsteady = 0;
    w->falling = false;
    w->lift_tick = w->tick - LIFT_TICKS;
}

static void windmill_init(void *state, const GameSetup *setup) {
    Windmill *w = state;
    *w = (Windmill){
        .target = setup->target,
        .bar_deg = setup->fields[FIELD_BAR],
        .wind_px = setup->fields[FIELD_WIND],
        .stars = setup->fields[FIELD_STARS],
        .reps_a_side = setup->reps_a_side > 0 ? setup->reps_a_side : 10,
    };
    windmill_new_side(w, SIDE_NONE);
}

static int16_t windmill_x(const Windmill *w, int32_t x) {
    return (int16_t)(w->side == SIDE_LEFT ? 1280 - x : x);
}

/* Where the balloon's middle is after so many pips. */
enum { BALLOON_X = 440, LOW_Y = 424, HIGH_Y = 218 };
static int32_t windmill_balloon_y(const Windmill *w, int32_t pips) {
    return LOW_Y - (LOW_Y - HIGH_Y) * fixed_clamp(pips, 0, w->reps_a_side) / w->reps_a_side;
}

/* The sails are heard at each quarter of the way to the target. */
static void windmill_quarters(Windmill *w, int32_t place, Events *out) {
    if (place < w->target / 8) w->quarter = 0;
    if (w->quarter >= QUARTERS || place < w->target * (w->quarter + 1) / QUARTERS) return;
    w->quarter++;
    events_push(out, (Event){ .kind = EVENT_SAIL,
                              .a = w->quarter,
                              .x = windmill_x(w, 616 + 49 * w->quarter),
                              .y = (int16_t)(300 - 34 * w->quarter) });
}

static void windmill_stir(Windmill *w, int32_t place) {
    int32_t moved = place - w->last_place;
    w->last_place = place;
    w->speed += (moved * TICK_HZ - w->speed) / 6;
    /* A whole opening stirs it fully; the way back keeps it from dying. */
    w->wind += moved > 0 ? moved * 3 / 2 : 0;
    w->wind = fixed_clamp(w->wind - (moved < 0 ? 1 : 1000 / CALM_TICKS / 3 + 1), 0, 1000);
}

static void windmill_turns(Windmill *w, int32_t place) {
    if (w->falling ? place < w->extreme : place > w->extreme) w->extreme = place;
    if (fixed_abs(place - w->extreme) <= TURN_PLACE) return;
    w->falling = !w->falling;
    w->extreme = place;
    w->turns++;
}

static void windmill_judge(Windmill *w, SimInput in) {
    int32_t off = w->tempo_ms > 0 ? fixed_abs(in.tempo_ms - w->tempo_ms) * 1000 / w->tempo_ms : 0;
    int32_t uneven = fixed_ramp(off, EVEN, UNEVEN);
    w->tempo_ms = w->tempo_ms > 0 ? (2 * w->tempo_ms + in.tempo_ms) / 3 : in.tempo_ms;
    w->unsteady = (w->unsteady + uneven) / 2;
    /* Up and back is one turn, and one more where the next opening follows at once. */
    int32_t jerks = fixed_clamp(250 * (w->turns - 2), 0, 1000);
    int32_t even = (600 * (1000 - uneven) + 400 * (1000 - jerks)) / 1000;
    bool known = in.hips != HIPS_UNKNOWN;
    int32_t flat = fixed_clamp(in.hips, 0, 1000);
    w->fray = known ? 1000 - fixed_ramp(flat, 0, FLAT_HIPS) : 0;
    w->form = known ? (even + flat) / 2 : even;
    w->turns = 0;
}

static void windmill_step(void *state, const GameTick *tick, Events *out) {
    Windmill *w = state;
    SimInput in = tick->in;
    w->tick = tick->tick;
    /* When both sides are done there is no third. */
    bool over = w->sides_done > 0 && w->reps >= w->reps_a_side;
    if (tick->asked != SIDE_NONE && tick->asked != (Side)w->side && !over) {
        if (w->side != SIDE_NONE) w->sides_done++;
        windmill_new_side(w, tick->asked);
    }
    windmill_stir(w, in.place);
    windmill_quarters(w, in.place, out);
    windmill_turns(w, in.place);
    if (!fixed_rep_ended(in)) return;
    w->ring = (RepRing){ .tick = w->tick, .partial = in.signal == SIM_PARTIAL };
    windmill_judge(w, in);
    if (w->fray > 0)
        events_push(out, (Event){ .kind = EVENT_HIPS_TURN, .a = w->fray, .x = windmill_x(w, 580), .y = 440 });
    if (in.signal != SIM_REP || w->reps >= w->reps_a_side) return;
    w->reps++;
    w->lift_tick = w->tick;
    events_push(out, (Event){ .kind = EVENT_LIFT,
                              .a = w->reps,
                              .x = windmill_x(w, BALLOON_X),
                              .y = (int16_t)windmill_balloon_y(w, w->reps) });
}

static int32_t windmill_form(const void *state) {
    return ((const Windmill *)state)->form;
}

static bool windmill_asks_stillness(const void *state) {
    (void)state;
    return false;
}

/* The picture, told for the right side; `Hill` mirrors it for the left. */

typedef struct Hill {
    DrawList *out;
    const GameView *view;
    const Windmill *w;
    bool mirrored;
    float up; /* 0 on the ground … 1 all pips, of this side */
    float balloon_x, balloon_y;
} Hill;

static const float HUB_X = 812, HUB_Y = 292, TIP_RADIUS = 196, DEG = 0.0174532925f;
static const float ARC_DEG = 90; /* of the circle, for the whole own range */

static float hill_x(const Hill *h, float x) {
    return h->mirrored ? VIEW_WIDTH - x : x;
}

/* Of the leading sail, clockwise from the right, told for the right side: level at rest, upright at the end.
 */
static float tip_angle(float place) {
    return 180 + ARC_DEG * paint_clamp(place, -0.4f, 1.15f);
}

static Point tip_point(const Hill *h, float place, float radius) {
    float angle = tip_angle(place) * DEG;
    return (Point){ hill_x(h, HUB_X + radius * cosf(angle)), HUB_Y + radius * sinf(angle) };
}

static void hill_scene(const Hill *h, float alpha) {
    draw_scene(h->out, h->mirrored ? "windmill/scene_left" : "windmill/scene", 0, 0, alpha);
}

static void hill_sky(const Hill *h) {
    float done = (h->up + (float)h->w->sides_done) / 2;
    int32_t count = (int32_t)(paint_clamp(0.2f + 0.8f * done, 0, 1) * (float)h->w->stars);
    paint_stars(h->out, h->view, 330, 10, 650, 150, count, 60, 0.35f + 0.6f * done);
    paint_light(h->out, hill_x(h, 520), 96, 3, 34 + 10 * done, COLOUR(0xFFF4E2));
    paint_water(h->out, h->view,
                &(WaterLight){ .x = hill_x(h, 330),
                               .y_top = 474,
                               .y_bottom = 512,
                               .spread_top = 120,
                               .spread_bottom = 60,
                               .alpha_top = 0.55f,
                               .alpha_bottom = 0.3f,
                               .count = 14,
                               .seed = 12,
                               .colour = COLOUR(0xFFF3CE) });
    /* The first side's balloon is far away by now. */
    if (h->w->sides_done > 0)
        draw_sprite(h->out, "windmill/balloon", hill_x(h, 1040) + 6 * paint_sway(h->view, 0.03f, 0), 232,
                    0.26f, 0.26f, 0, 0.8f);
}

/* The village smokes, homeward gulls cross the glow. */
static void hill_life(const Hill *h) {
    float drift = h->view->reduced_motion ? 0 : h->view->time_s;
    for (int32_t i = 0; i < 5; i++) {
        float x = 1500 - fmodf(drift * 11 + 260 + 38 * (float)i + 900 * paint_hash((uint32_t)i), 1700);
        paint_bird(h->out, hill_x(h, x), 196 + 34 * paint_hash((uint32_t)i + 9), 8 + 1.4f * (float)(i % 3),
                   2.2f, colour_alpha(COLOUR(0x3A2152), 0.7f));
    }
    for (int32_t i = 0; i < 6; i++) {
        float age = fmodf((float)i / 6 + drift * 0.07f, 1);
        float x = hill_x(h, 646 + 5 * sinf(age * 7) + 26 * age);
        draw_disc(h->out, x, 466 - 46 * age, 2 + 6 * age, colour_alpha(COLOUR(0xFFE0D0), 0.22f * (1 - age)));
    }
}

enum { RIBBON_POINTS = 22 };

/* From the sails down over the field and up under the balloon, a ribbon that tapers at both ends. */
static void hill_ribbon(const Hill *h, int32_t i) {
    static const float from[3][2] = { { 634, 392 }, { 640, 424 }, { 660, 456 } };
    static const float ends[3][2] = { { 56, 66 }, { 0, 176 }, { -98, 54 } };
    const Windmill *w = h->w;
    float fray = (float)w->fray / 1000, wind = (float)w->wind / 1000;
    float x0 = from[i][0], y0 = from[i][1];
    float x3 = 440 + ends[i][0], y3 = h->balloon_y + ends[i][1];
    float low = fmaxf(y0, y3) + 18 + 26 * (float)i;
    float x1 = paint_mix(x0, x3, 0.34f), x2 = x3 - (i == 2 ? 6 : -18);
    float wave = h->view->reduced_motion ? 0 : h->view->time_s * 1.5f + (float)i * 2;
    /* Frayed, it falls apart into strands and does not arrive. */
    int32_t strands = fray > 0.15f ? 3 : 1;
    float reach = 1 - 0.45f * fray;
    for (int32_t s = 0; s < strands; s++) {
        Point up[RIBBON_POINTS], ribbon[2 * RIBBON_POINTS];
        float apart = ((float)s - (float)(strands - 1) / 2) * 40 * fray;
        for (int k = 0; k < RIBBON_POINTS; k++) {
            float t = reach * (float)k / (RIBBON_POINTS - 1), u = 1 - t;
            float x = u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x3;
            float y = u * u * u * y0 + 3 * u * u * t * low + 3 * u * t * t * low + t * t * t * y3;
            y += (4 + 8 * fray) * sinf(t * 9 - wave) * t + apart * t * t;
            up[k] = (Point){ hill_x(h, x), y };
            float half = 0.5f * (float)w->wind_px * (1.15f - 0.2f * (float)i) / (float)strands *
                         sinf(3.14159f * (float)k / (RIBBON_POINTS - 1));
            ribbon[k] = (Point){ up[k].x, y - half - 0.3f };
            ribbon[2 * RIBBON_POINTS - 1 - k] = (Point){ up[k].x - half * 0.6f, y + half + 0.3f };
        }
        draw_polygon(h->out, ribbon, 2 * RIBBON_POINTS,
                     colour_alpha(COLOUR(0xFFF0E0), (0.16f + 0.5f * wind) * (1 - 0.35f * fray)));
    }
}

/* Petals on the wind, from the mill to the balloon. */
static void hill_petals(const Hill *h) {
    if (h->view->reduced_motion) return;
    float wind = (float)h->w->wind / 1000;
    int32_t count = 8 + (h->view->combo >= 3 ? 8 : 0);
    for (int32_t i = 0; i < count; i++) {
        uint32_t n = 700 + (uint32_t)i * 4u;
        float t = fmodf(h->view->time_s * paint_mix(0.08f, 0.16f, paint_hash(n)) + paint_hash(n + 1), 1);
        float x = paint_mix(660, 430, t), low = h->balloon_y + 190;
        float y = paint_mix(paint_mix(456, low + 20, sinf(t * 3.14159f)), low - 70, t * t) +
                  50 * (paint_hash(n + 2) - 0.5f) + 8 * sinf(t * 12 + (float)i);
        float turn = (t * 3 + paint_hash(n + 3)) * 6.2832f, c = 6 * cosf(turn), s = 6 * sinf(turn);
        Point petal[4] = { { x - c, y - s }, { x - s * 0.45f, y + c * 0.45f }, { x + c, y + s }, { x, y } };
        for (int k = 0; k < 4; k++) petal[k].x = hill_x(h, petal[k].x);
        draw_polygon(h->out, petal, 4,
                     colour_alpha(COLOUR(0xFFC2B4), sinf(t * 3.14159f) * (0.3f + 0.6f * wind)));
    }
}

static void hill_balloon(const Hill *h) {
    const Windmill *w = h->w;
    float fray = (float)w->fray / 1000, unsteady = (float)w->unsteady / 1000;
    float x = h->balloon_x, y = h->balloon_y;
    float flame = 1 + 0.12f * paint_sway(h->view, 0.8f, 0);
    float burn = paint_clamp(1 - (float)(w->tick - w->lift_tick) / 60, 0, 1);
    draw_glow(h->out, x, y + 12, 200, colour_alpha(COLOUR(0xFFB27C), 0.34f + 0.16f * burn));
    float tilt = (1.2f + 7 * unsteady + 3 * fray) * paint_sway(h->view, 0.14f, 0.1f);
    PaintLayer balloon = paint_layer_begin(h->out);
    draw_sprite(h->out, "windmill/balloon", x, y, h->mirrored ? -1 : 1, 1, tilt, 1);
    paint_stand_out(h->out, h->view, balloon);
    float lean = sinf(tilt * DEG) * 130;
    draw_glow(h->out, x - lean, y + 128, (44 + 26 * burn) * flame, colour_alpha(COLOUR(0xFFE6A0), 0.9f));
    paint_rep_ring(h->out, h->view, w->ring, w->tick, x, y);
}

/* The pips: filled is done, the paper dot is now, rings are to come. */
static void hill_pips(const Hill *h) {
    const Windmill *w = h->w;
    float step = 308.0f / (float)w->reps_a_side, x = hill_x(h, 296);
    for (int32_t i = 0; i < w->reps_a_side; i++) {
        float y = 506 - step * (float)i;
        if (i < w->reps) {
            draw_disc(h->out, x, y, 7.8f, COLOUR(0x2A1A4A));
            draw_disc(h->out, x, y, 5.4f, COLOUR_GOLD);
        } else if (i > w->reps) {
            draw_ring(h->out, x, y, 5, 3, 0, 360, COLOUR_PAPER);
        }
    }
    float side = h->mirrored ? -1 : 1;
    float settled = paint_ease((float)(w->tick - w->lift_tick) / 20);
    float at = (float)w->reps - 1 + settled;
    if (w->reps == 0) at = 0;
    if (at > (float)w->reps_a_side - 1) at = (float)w->reps_a_side - 1;
    float y = 506 - step * at;
    Point pointer[3] = { { x + 11 * side, y }, { x + 31 * side, y - 9 }, { x + 31 * side, y + 9 } };
    draw_polygon(h->out, pointer, 3, COLOUR_PAPER);
    paint_you(h->out, x, y, 10);
}

static void hill_sail(const Hill *h, float degrees) {
    draw_sprite(h->out, "windmill/sail", hill_x(h, HUB_X), HUB_Y, h->mirrored ? -1 : 1, 1,
                h->mirrored ? -degrees : degrees, 1);
}

/* A sail's cloth as it was a moment ago. */
static void hill_ghost(const Hill *h, float degrees, float alpha) {
    static const Point cloth[5] = { { 40, -5 }, { 178, -5 }, { 178, -34 }, { 54, -34 }, { 40, -22 } };
    Point points[5];
    float c = cosf(degrees * DEG), s = sinf(degrees * DEG);
    for (int i = 0; i < 5; i++)
        points[i] = (Point){ hill_x(h, HUB_X + cloth[i].x * c - cloth[i].y * s),
                             HUB_Y + cloth[i].x * s + cloth[i].y * c };
    draw_polygon(h->out, points, 5, colour_alpha(COLOUR(0xFFE9CC), alpha));
}

static void hill_sails(const Hill *h) {
    float angle = tip_angle(h->view->place);
    float turned = paint_clamp((float)h->w->speed / 1000, -0.6f, 0.6f) * 26;
    for (int trail = 3; trail >= 1 && fabsf(turned) > 1.5f; trail--) {
        for (int k = 0; k < 4; k++)
            hill_ghost(h, angle - turned * (float)trail / 2.2f + 90 * (float)k,
                       0.22f - 0.055f * (float)trail);
    }
    for (int k = 3; k >= 0; k--) hill_sail(h, angle + 90 * (float)k);
    draw_disc(h->out, hill_x(h, HUB_X), HUB_Y, 15, COLOUR(0x3A2152));
    draw_disc(h->out, hill_x(h, HUB_X), HUB_Y, 7, COLOUR(0xFFD9A8));
}

/* Part of the tip's circle between two places. */
static int hill_arc(const Hill *h, float from_deg, float to_deg, Point *path, int steps) {
    for (int i = 0; i < steps; i++) {
        float angle = (180 + paint_mix(from_deg, to_deg, (float)i / (float)(steps - 1))) * DEG;
        path[i] = (Point){ hill_x(h, HUB_X + TIP_RADIUS * cosf(angle)), HUB_Y + TIP_RADIUS * sinf(angle) };
    }
    return steps;
}

/* The way of the tip, and the notched bar that begins at the target. */
static void hill_circle(const Hill *h) {
    enum { STEPS = 30, BAR_STEPS = 12 };
    Point path[STEPS];
    float target = ARC_DEG * (float)h->w->target / 1000, bar = (float)h->w->bar_deg;
    int count = hill_arc(h, 0, target - 3, path, STEPS);
    draw_stroke_dashed(h->out, path, count, 3.8f, 1, 12, colour_alpha(COLOUR_PAPER, 0.75f));
    bool there = h->view->place * 1000 >= (float)h->w->target;
    if (there) {
        Point middle = tip_point(h, (target + bar / 2) / ARC_DEG, TIP_RADIUS);
        draw_glow(h->out, middle.x, middle.y, 84, colour_alpha(COLOUR_GOLD, 0.55f));
    }
    count = hill_arc(h, target + 3, target + bar - 3, path, BAR_STEPS);
    draw_stroke(h->out, path, count, 29, colour_alpha(COLOUR_INK, 0.7f));
    draw_stroke(h->out, path, count, 22, COLOUR_GOLD);
    for (int i = -1; i <= 1; i += 2) {
        float place = (target + bar / 2 + bar * 0.17f * (float)i) / ARC_DEG;
        Point inner = tip_point(h, place, TIP_RADIUS - 6), outer = tip_point(h, place, TIP_RADIUS + 6);
        draw_line(h->out, inner.x, inner.y, outer.x, outer.y, 3.2f, colour_alpha(COLOUR_INK, 0.85f));
    }
    Point you = tip_point(h, h->view->place, TIP_RADIUS);
    paint_you(h->out, you.x, you.y, 12);
}

static void windmill_draw(const void *state, const GameView *view, DrawList *out) {
    const Windmill *w = state;
    Hill h = { .out = out, .view = view, .w = w, .mirrored = w->side == SIDE_LEFT };
    h.up = paint_clamp((float)w->reps / (float)w->reps_a_side, 0, 1);
    float lifted = paint_ease((float)(w->tick - w->lift_tick) / LIFT_TICKS);
    float before = (float)windmill_balloon_y(w, w->reps - 1), now = (float)windmill_balloon_y(w, w->reps);
    h.balloon_y = paint_mix(before, now, w->reps > 0 ? lifted : 1) +
                  (2 + 7 * (float)w->unsteady / 1000) * paint_sway(view, 0.11f, 0.4f);
    h.balloon_x = hill_x(&h, BALLOON_X) + 4 * paint_sway(view, 0.07f, 0);

    float come = w->sides_done > 0 ? paint_ease((float)(w->tick - w->side_tick) / SIDE_TICKS) : 1;
    if (come < 1) {
        Hill other = h;
        other.mirrored = !h.mirrored;
        hill_scene(&other, 1);
    }
    hill_scene(&h, come);
    /* Asked for unseen, so that it is at hand when the sides change. */
    if (w->sides_done == 0) draw_scene(out, h.mirrored ? "windmill/scene" : "windmill/scene_left", 0, 0, 0);
    /* What flies is farther off than the mill: it moves less with the camera, seen from here against it. */
    Point camera = paint_camera(view), far = { -0.4f * camera.x, -0.3f * camera.y };
    PaintLayer sky = paint_layer_begin(out);
    hill_sky(&h);
    hill_life(&h);
    paint_layer_end(out, sky, far);
    paint_recede(out, view);
    PaintLayer air = paint_layer_begin(out);
    for (int32_t i = 0; i < 3; i++) hill_ribbon(&h, i);
    hill_balloon(&h);
    hill_petals(&h);
    paint_layer_end(out, air, far);
    PaintLayer sails = paint_layer_begin(out);
    hill_sails(&h);
    paint_stand_out(out, view, sails);
    hill_circle(&h);
    draw_sprite(out, "windmill/near", 1.35f * camera.x, 2, 1, 1, 0, 1);
    hill_pips(&h);
    /* Up: sparks all around the balloon. */
    if (w->reps >= w->reps_a_side || view->combo >= 3)
        paint_motes(out, view, h.balloon_x - 110, h.balloon_y - 110, 220, 220, 6, 900, COLOUR(0xFFE6B0));
}

const Minigame minigame_windmill = {
    .id = "windmill", /* In replays and scores: never rename. */
    .name = "Windmill",
    .done = "The balloon is up",
    .hour = 7,
    .exercise = "quadruped_rotation",
    .data_path = "minigames/windmill.json",
    .fields = fields,
    .state_size = sizeof(Windmill),
    .init = windmill_init,
    .step = windmill_step,
    .form = windmill_form,
    .asks_stillness = windmill_asks_stillness,
    .draw = windmill_draw,
};
