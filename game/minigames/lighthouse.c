/* Lighthouse: the elbow is the beam. It lights boats as it climbs, a held top draws a constellation,
 * threading under opens the shutters of the needle rock and fills the lamp. The other side is the other
 * headland. */
#include "minigames/fixed.h"
#include "minigames/minigame.h"
#include "minigames/paint.h"

#include <math.h>

enum {
    BOATS_MAX = 7,
    STARS_MAX = 8,
    CELLS_MAX = 6,
    CELLS_AT_START = 3,
    TOP_SLACK = 40,  /* the top is held within this of the target */
    TURN_PLACE = 70, /* this much back is a turn, not a tremble */
    LOW_PLACE = 150, /* of the first boat */
    ARRIVE_TICKS = 110,
    SIDE_TICKS = 30, /* from one headland to the other */
};

typedef struct Lighthouse {
    int32_t target, under;
    int32_t boats, stars_asked, star_ticks, beam_deg, rain;
    int32_t reps_a_side;
    int32_t tick, side_tick, sides_done;
    uint8_t side;
    int32_t reps; /* of this side, partial ones left out */
    int32_t stars, cells, reps_since_cell;
    bool lit[BOATS_MAX];
    int32_t arrived_tick[BOATS_MAX]; /* negative: still beyond the horizon */
    /* since the last repetition */
    int32_t top_ticks, lowest, turns;
    bool falling;
    int32_t extreme;
    bool threaded;
    int32_t form;
    RepRing ring;
} Lighthouse;

_Static_assert(sizeof(Lighthouse) <= MINIGAME_STATE_MAX, "raise MINIGAME_STATE_MAX");

enum { FIELD_BOATS, FIELD_STARS, FIELD_STAR_MS, FIELD_BEAM, FIELD_RAIN };
static const LevelField fields[] = {
    [FIELD_BOATS] = { "boats", 2, BOATS_MAX },
    [FIELD_STARS] = { "constellation", 2, STARS_MAX },
    [FIELD_STAR_MS] = { "star_ms", 200, 3000 }, /* of held top, for one star */
    [FIELD_BEAM] = { "beam_deg", 10, 60 },
    [FIELD_RAIN] = { "rain", 0, 160 },
    { 0 },
};

/* Where boats ride, nearest to the rock first, and how large they are; mirrored for the left side. */
static const struct BoatPlace {
    int16_t x, y;
    float scale;
} boat_places[BOATS_MAX] = {
    { 690, 476, 0.66f }, { 800, 526, 1.06f }, { 1006, 484, 0.7f }, { 896, 590, 1.34f },
    { 880, 468, 0.54f }, { 706, 588, 1.2f },  { 996, 538, 0.86f },
};

static void lighthouse_new_side(Lighthouse *l, Side side) {
    l->side = (uint8_t)side;
    l->side_tick = l->tick;
    l->reps = l->stars = l->reps_since_cell = 0;
    l->cells = CELLS_AT_START;
    l->top_ticks = l->lowest = l->turns = l->extreme = 0;
    l->falling = l->threaded = false;
    for (int32_t i = 0; i < BOATS_MAX; i++) {
        l->lit[i] = false;
        l->arrived_tick[i] = i == 0 ? l->tick - ARRIVE_TICKS : -1;
    }
    if (l->tick < ARRIVE_TICKS) l->arrived_tick[0] = 0;
}

static void lighthouse_init(void *state, const GameSetup *setup) {
    Lighthouse *l = state;
    *l = (Lighthouse){
        .target = setup->target,
        .under = setup->under,
        .boats = setup->fields[FIELD_BOATS],
        .stars_asked = setup->fields[FIELD_STARS],
        .star_ticks = fixed_max(fixed_ticks(setup->fields[FIELD_STAR_MS]), 1),
        .beam_deg = setup->fields[FIELD_BEAM],
        .rain = setup->fields[FIELD_RAIN],
        .reps_a_side = setup->reps_a_side > 0 ? setup->reps_a_side : 8,
    };
    lighthouse_new_side(l, SIDE_NONE);
}

static int16_t lighthouse_x(const Lighthouse *l, int32_t x) {
    return (int16_t)(l->side == SIDE_LEFT ? 1280 - x : x);
}

static int32_t lighthouse_boat_place(const Lighthouse *l, int32_t boat) {
    return LOW_PLACE + (l->target - LOW_PLACE) * boat / (l->boats - 1);
}

/* The set is spread over the boats: one more comes in as repetitions are done. */
static void lighthouse_boats(Lighthouse *l, int32_t place, Events *out) {
    for (int32_t i = 0; i < l->boats; i++) {
        if (l->arrived_tick[i] < 0 && l->reps * l->boats >= i * l->reps_a_side) l->arrived_tick[i] = l->tick;
        if (l->arrived_tick[i] < 0 || l->lit[i] || place < lighthouse_boat_place(l, i)) continue;
        l->lit[i] = true;
        /* Rungs of the ladder that is heard: 3 is level, 9 the own range's end. */
        events_push(out, (Event){ .kind = EVENT_BOAT,
                                  .a = fixed_clamp((lighthouse_boat_place(l, i) + 500) * 9 / 1500, 0, 9),
                                  .b = i,
                                  .x = lighthouse_x(l, boat_places[i].x),
                                  .y = boat_places[i].y });
    }
}

static void lighthouse_top(Lighthouse *l, int32_t place, Events *out) {
    if (place < l->target - TOP_SLACK) return;
    l->top_ticks++;
    /* Spread over the set like the boats; what was missed can be made up by a longer hold. */
    int32_t due = (l->stars_asked * (l->reps + 1) + l->reps_a_side - 1) / l->reps_a_side;
    if (l->top_ticks % l->star_ticks != 0 || l->stars >= due || l->stars >= l->stars_asked) return;
    l->stars++;
    events_push(out, (Event){ .kind = EVENT_STAR, .a = l->stars, .x = lighthouse_x(l, 720), .y = 250 });
}

static void lighthouse_thread(Lighthouse *l, int32_t place, Events *out) {
    if (place < l->lowest) l->lowest = place;
    if (l->under <= 0 || l->threaded || place > -l->under) return;
    l->threaded = true;
    if (l->cells >= CELLS_MAX) return;
    l->cells++;
    events_push(out, (Event){ .kind = EVENT_CELL, .a = l->cells, .x = lighthouse_x(l, 550), .y = 438 });
}

static void lighthouse_turns(Lighthouse *l, int32_t place) {
    if (l->falling ? place < l->extreme : place > l->extreme) l->extreme = place;
    if (fixed_abs(place - l->extreme) <= TURN_PLACE) return;
    l->falling = !l->falling;
    l->extreme = place;
    l->turns++;
}

static void lighthouse_judge(Lighthouse *l, SimInput in) {
    int32_t held = fixed_ramp(l->top_ticks, 0, l->star_ticks);
    int32_t under = l->under > 0 ? fixed_ramp(fixed_max(-l->lowest, in.under), 0, l->under) : 1000;
    /* Up, down, under and up again are three turns at most; each one more is a jerk. */
    int32_t smooth = 1000 - fixed_clamp(250 * (l->turns - 3), 0, 1000);
    l->form = (400 * held + 300 * under + 300 * smooth) / 1000;
    l->top_ticks = l->lowest = l->turns = 0;
    l->threaded = false;
}

static void lighthouse_step(void *state, const GameTick *tick, Events *out) {
    Lighthouse *l = state;
    SimInput in = tick->in;
    l->tick = tick->tick;
    /* When both sides are done there is no third. */
    bool over = l->sides_done > 0 && l->reps >= l->reps_a_side;
    if (tick->asked != SIDE_NONE && tick->asked != (Side)l->side && !over) {
        if (l->side != SIDE_NONE) l->sides_done++;
        lighthouse_new_side(l, tick->asked);
    }
    lighthouse_boats(l, in.place, out);
    lighthouse_top(l, in.place, out);
    lighthouse_thread(l, in.place, out);
    lighthouse_turns(l, in.place);
    if (!fixed_rep_ended(in)) return;
    l->ring = (RepRing){ .tick = l->tick, .partial = in.signal == SIM_PARTIAL };
    lighthouse_judge(l, in);
    if (in.signal != SIM_REP) return;
    l->reps++;
    /* The lamp burns a cell every second repetition. */
    if (++l->reps_since_cell == 2) {
        l->reps_since_cell = 0;
        l->cells = fixed_max(l->cells - 1, 1);
    }
}

static int32_t lighthouse_form(const void *state) {
    return ((const Lighthouse *)state)->form;
}

static bool lighthouse_asks_stillness(const void *state) {
    (void)state;
    return false;
}

/* The picture, told for the right side; `Headland` mirrors it for the left. */

typedef struct Headland {
    DrawList *out;
    const GameView *view;
    const Lighthouse *l;
    bool mirrored;
    float open; /* 0 squall … 1 sky open */
} Headland;

static const float LAMP_X = 356, LAMP_Y = 326, BEAM_RADIUS = 282, DEG = 0.0174532925f;

static float head_x(const Headland *h, float x) {
    return h->mirrored ? VIEW_WIDTH - x : x;
}

/* Degrees clockwise from the right, of a beam that has climbed `place` of the range. */
static float head_angle(const Headland *h, float place) {
    float up = paint_clamp(place, -0.6f, 1.25f) * 60;
    return h->mirrored ? 180 + up : -up;
}

static Point head_point(const Headland *h, float place, float radius) {
    float angle = head_angle(h, place) * DEG;
    return (Point){ head_x(h, LAMP_X) + radius * cosf(angle), LAMP_Y + radius * sinf(angle) };
}

static void head_scene(const Headland *h, float alpha) {
    draw_scene(h->out, h->mirrored ? "lighthouse/scene_left" : "lighthouse/scene", 0, 0, alpha);
}

static void head_water(const Headland *h) {
    paint_water(h->out, h->view,
                &(WaterLight){ .x = head_x(h, 860),
                               .y_top = 456,
                               .y_bottom = 640,
                               .spread_top = 240,
                               .spread_bottom = 560,
                               .alpha_top = 0.4f,
                               .alpha_bottom = 0.22f,
                               .count = 60,
                               .seed = 31,
                               .colour = COLOUR(0xDCE9BC) });
}

static void head_boat(const Headland *h, int32_t i) {
    const Lighthouse *l = h->l;
    const struct BoatPlace *boat = &boat_places[i];
    if (l->arrived_tick[i] < 0) return;
    float come = paint_ease((float)(l->tick - l->arrived_tick[i]) / ARRIVE_TICKS);
    float x = head_x(h, (float)boat->x + 240 * (1 - come)),
          y = (float)boat->y + 1.5f * paint_sway(h->view, 0.16f, paint_hash((uint32_t)i));
    float tilt = 2 * paint_sway(h->view, 0.13f, paint_hash((uint32_t)i + 50));
    float mirror = h->mirrored ? -boat->scale : boat->scale;
    if (l->lit[i]) {
        draw_glow(h->out, x + 8 * mirror, y - 28 * boat->scale, 88 * boat->scale,
                  colour_alpha(COLOUR(0xFFCF80), 0.4f));
        for (int k = 0; k < 5; k++) {
            float w = (46 - 7 * (float)k) * boat->scale,
                  slide = 5 * paint_sway(h->view, 0.15f, paint_hash((uint32_t)(i * 7 + k)));
            draw_rect(h->out, x - w / 2 + slide, y + (14 + 8 * (float)k) * boat->scale, w, 2.4f, 1.2f,
                      colour_alpha(COLOUR(0xFFE3A0), 0.6f - 0.1f * (float)k));
        }
    }
    PaintLayer hull = paint_layer_begin(h->out);
    draw_sprite(h->out, l->lit[i] ? "lighthouse/boat_lit" : "lighthouse/boat", x, y, mirror, boat->scale,
                tilt, come < 1 ? paint_clamp(come * 3, 0, 1) : 1);
    paint_stand_out(h->out, h->view, hull);
}

static void head_boats(const Headland *h) {
    /* Far to near. */
    static const int32_t order[BOATS_MAX] = { 4, 0, 2, 1, 6, 5, 3 };
    for (int32_t k = 0; k < BOATS_MAX; k++) {
        if (order[k] < h->l->boats) head_boat(h, order[k]);
    }
}

static const Point star_points[STARS_MAX] = { { 600, 238 }, { 640, 300 }, { 716, 338 }, { 802, 262 },
                                              { 906, 196 }, { 874, 304 }, { 764, 196 }, { 690, 168 } };
/* The star each one hangs on. */
static const int8_t star_from[STARS_MAX] = { -1, 0, 1, 2, 3, 3, 3, 6 };

static void head_stars(const Headland *h) {
    const Lighthouse *l = h->l;
    for (int32_t i = 0; i < l->stars_asked; i++) {
        float x = head_x(h, star_points[i].x), y = star_points[i].y;
        bool lit = i < l->stars;
        if (star_from[i] >= 0) {
            Point line[2] = { { head_x(h, star_points[star_from[i]].x), star_points[star_from[i]].y },
                              { x, y } };
            if (lit)
                draw_stroke(h->out, line, 2, 1.8f, colour_alpha(COLOUR(0xFFF1C4), 0.5f));
            else
                draw_stroke_dashed(h->out, line, 2, 2.2f, 1, 11, colour_alpha(COLOUR(0xDCE8D8), 0.6f));
        }
        if (lit) {
            float twinkle = 1 + 0.12f * paint_sway(h->view, 0.3f, paint_hash((uint32_t)i));
            draw_glow(h->out, x, y, 40 * twinkle, colour_alpha(COLOUR(0xFFE0A0), 0.5f));
            paint_star(h->out, x, y, 11, 0, COLOUR(0xFFFBEA));
        } else {
            paint_star(h->out, x, y, 9, 2.2f, colour_alpha(COLOUR(0xDCE8D8), 0.8f));
        }
    }
}

static void head_lamp(const Headland *h) {
    float x = head_x(h, LAMP_X);
    for (int32_t i = 0; i < CELLS_MAX; i++) {
        float from = 156 + 27 * (float)i, to = from + 18;
        bool full = i < h->l->cells;
        draw_ring(h->out, x, LAMP_Y, 62, full ? 9 : 3, h->mirrored ? 360 - to : from,
                  h->mirrored ? 360 - from : to,
                  full ? COLOUR(0xFFF1BE) : colour_alpha(COLOUR(0xC4DAD6), 0.8f));
    }
    float breath = 1 + 0.04f * paint_sway(h->view, 0.12f, 0);
    draw_glow(h->out, x, LAMP_Y, 230 * breath * (h->view->combo >= 6 ? 1.1f : 1),
              colour_alpha(COLOUR(0xFFE6A8), 0.32f));
    draw_glow(h->out, x, LAMP_Y, 84, colour_alpha(COLOUR(0xFFEBB8), 0.7f));
}

static void head_beam(const Headland *h) {
    const Lighthouse *l = h->l;
    float x = head_x(h, LAMP_X), angle = head_angle(h, h->view->place);
    float length = 520 + 115 * (float)l->cells, spread = (float)l->beam_deg;
    /* Over the bright horizon it takes less to be seen. */
    float dark = paint_mix(0.34f, 1, paint_clamp((h->view->place - 0.1f) / 0.4f, 0, 1));
    draw_beam(h->out, x, LAMP_Y, angle, spread * 1.4f, length, colour_alpha(COLOUR(0xFFD690), 0.5f * dark));
    draw_beam(h->out, x, LAMP_Y, angle, spread * 0.62f, length * 1.05f,
              colour_alpha(COLOUR(0xFFE0A8), 0.5f * dark));
    draw_beam(h->out, x, LAMP_Y, angle, spread * 0.2f, length * 1.1f,
              colour_alpha(COLOUR(0xFFEFCC), 0.6f * dark));
    if (!h->view->high_contrast) return;
    /* Light alone has no edge: its axis is drawn out to the circle. */
    Point tip = head_point(h, h->view->place, BEAM_RADIUS);
    draw_line(h->out, x, LAMP_Y, tip.x, tip.y, 6, COLOUR_PAPER);
}

static void head_circle(const Headland *h) {
    enum { STEPS = 36 };
    Point path[STEPS];
    float low = h->l->under > 0 ? -(float)h->l->under / 1000 : 0, high = (float)h->l->target / 1000;
    for (int i = 0; i < STEPS; i++)
        path[i] = head_point(h, paint_mix(low, high, (float)i / (STEPS - 1)), BEAM_RADIUS);
    draw_stroke_dashed(h->out, path, STEPS, 3.4f, 1, 15, colour_alpha(COLOUR_PAPER, 0.55f));
    Point bar = path[STEPS - 1];
    paint_target(h->out, bar.x, bar.y, 74, 22, head_angle(h, high) + 90);
    Point you = head_point(h, h->view->place, BEAM_RADIUS);
    paint_you(h->out, you.x, you.y, 11);
}

/* Rain shows in the beam; elsewhere it is only a hint. */
static void head_rain(const Headland *h) {
    if (h->view->reduced_motion) return;
    float axis = head_angle(h, h->view->place), half = (float)h->l->beam_deg / 2;
    int32_t count = (int32_t)((float)h->l->rain * 1.7f * (1 - h->open));
    for (int32_t i = 0; i < count; i++) {
        uint32_t n = 4000 + (uint32_t)i * 3u;
        float fall = fmodf(paint_hash(n) * 760 + h->view->time_s * paint_mix(50, 80, paint_hash(n + 1)), 760);
        float x = paint_hash(n + 2) * 1480 - fall * 0.3f, y = fall - 40;
        float length = paint_mix(10, 26, paint_hash(n + 1));
        float off = atan2f(y - LAMP_Y, x - head_x(h, LAMP_X)) / DEG - axis;
        off = fabsf(off - 360 * floorf(off / 360 + 0.5f));
        float inside = paint_clamp((half - off) / half, 0, 1);
        draw_line(h->out, x, y, x - 0.3f * length, y + length, 1.4f + 0.4f * inside,
                  colour_alpha(colour_mix(COLOUR(0xCFE6E0), COLOUR(0xFFF8DC), inside),
                               paint_mix(0.12f, 0.3f, paint_hash(n)) + 0.6f * inside));
    }
}

static void lighthouse_draw(const void *state, const GameView *view, DrawList *out) {
    const Lighthouse *l = state;
    float done = paint_clamp((float)l->reps / (float)l->reps_a_side, 0, 1);
    Headland h = { .out = out,
                   .view = view,
                   .l = l,
                   .mirrored = l->side == SIDE_LEFT,
                   .open = (done + (float)l->sides_done) / 2 };
    float come = l->sides_done > 0 ? paint_ease((float)(l->tick - l->side_tick) / SIDE_TICKS) : 1;
    if (come < 1) {
        Headland other = h;
        other.mirrored = !h.mirrored;
        head_scene(&other, 1);
    }
    head_scene(&h, come);
    /* Asked for unseen, so that it is at hand when the sides change. */
    if (l->sides_done == 0)
        draw_scene(out, h.mirrored ? "lighthouse/scene" : "lighthouse/scene_left", 0, 0, 0);
    /* The squall opens from the horizon. */
    draw_glow(out, head_x(&h, 860), 452, 190 + 150 * done,
              colour_alpha(COLOUR(0xD8D890), 0.06f + 0.2f * done));
    if (l->sides_done > 0) paint_light(out, head_x(&h, 1029), 322, 6, 120, COLOUR(0xFFF3C8));
    paint_stars(out, view, 330, 12, 620, 120, 9, 80, 0.45f + 0.5f * h.open);
    /* The sea lies farther off than the headland: it moves less with the camera, seen from here against it.
     */
    Point camera = paint_camera(view), far = { -0.4f * camera.x, -0.3f * camera.y };
    PaintLayer sea = paint_layer_begin(out);
    head_water(&h);
    paint_layer_end(out, sea, far);
    paint_recede(out, view);
    head_stars(&h);
    if (l->under > 0) {
        float place = view->place * 1000,
              eye = paint_clamp((-place - (float)l->under * 0.5f) / ((float)l->under * 0.4f), 0, 1);
        float kept = 0.25f + 0.75f * eye;
        draw_sprite(out, "lighthouse/eye", head_x(&h, 550), 438, h.mirrored ? -1 : 1, 1, 0, kept);
        draw_glow(out, head_x(&h, 550), 438, 76, colour_alpha(COLOUR(0xFFD890), 0.7f * eye));
    }
    PaintLayer boats = paint_layer_begin(out);
    head_boats(&h);
    paint_layer_end(out, boats, far);
    head_beam(&h);
    head_lamp(&h);
    head_circle(&h);
    head_rain(&h);
    paint_rep_ring(out, view, l->ring, l->tick, head_x(&h, LAMP_X), LAMP_Y);
    if (view->combo >= 3)
        paint_motes(out, view, head_x(&h, LAMP_X) - 90, LAMP_Y - 130, 180, 130, 5, 500, COLOUR(0xFFF3C8));
}

const Minigame minigame_lighthouse = {
    .id = "lighthouse", /* In replays and scores: never rename. */
    .name = "Lighthouse",
    .done = "Lighthouse lit",
    .hour = 3,
    .exercise = "table_top_twist",
    .data_path = "minigames/lighthouse.json",
    .fields = fields,
    .state_size = sizeof(Lighthouse),
    .init = lighthouse_init,
    .step = lighthouse_step,
    .form = lighthouse_form,
    .asks_stillness = lighthouse_asks_stillness,
    .draw = lighthouse_draw,
};
