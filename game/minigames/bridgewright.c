/* Bridgewright: hips hoist a stone, the reach swings it over the river, a counted repetition sets it. Right
 * and left build from their own banks until the arch meets; then the lantern folk cross. */
#include "minigames/fixed.h"
#include "minigames/minigame.h"
#include "minigames/paint.h"

#include <math.h>

enum {
    STONES_MAX = 16,
    SPANS_MAX = 2,
    SETTLE_TICKS = 25, /* 420 ms */
    DROP_TICKS = 50,
    EVENING_TICKS = 110,
};

typedef struct BridgeStone {
    uint8_t side; /* the bank it came from */
    uint8_t slot; /* counted from the left springer */
    int16_t seat; /* 0…1000: how well it was set */
    int32_t set_tick;
} BridgeStone;

typedef struct Bridgewright {
    int32_t target, slot, hips; /* thousandths */
    int32_t spans;              /* 1, or 2 over a pier in mid-river, one from each bank */
    int32_t flat;               /* thousandths: how much flatter than a half-round the arch is drawn */
    int32_t stones;             /* the arch has as many as repetitions are asked */
    int32_t set, left, right;   /* so far, in all and from each bank */
    uint8_t side;               /* whose turn it is */
    int32_t tick;
    RepRing ring;
    int32_t top_lift, top_place; /* of this repetition */
    int32_t form;
    BridgeStone stone[STONES_MAX];
} Bridgewright;

_Static_assert(sizeof(Bridgewright) <= MINIGAME_STATE_MAX, "raise MINIGAME_STATE_MAX");

enum { FIELD_SLOT, FIELD_HIPS, FIELD_FLAT, FIELD_SPANS };
static const LevelField fields[] = {
    [FIELD_SLOT] = { "slot", 40, 400 },   /* half the width of its glow, thousandths of the own reach */
    [FIELD_HIPS] = { "hips", 400, 1000 }, /* asked height of the hips, thousandths of the own */
    [FIELD_FLAT] = { "flat", 0, 400 },    [FIELD_SPANS] = { "spans", 1, SPANS_MAX }, { 0 },
};

static void bridge_init(void *state, const GameSetup *setup) {
    Bridgewright *b = state;
    *b = (Bridgewright){
        .target = setup->target,
        .slot = setup->fields[FIELD_SLOT],
        .hips = setup->fields[FIELD_HIPS],
        .flat = setup->fields[FIELD_FLAT],
        .spans = setup->fields[FIELD_SPANS],
        .stones = setup->reps > 0 ? fixed_clamp(setup->reps, 2, STONES_MAX) : 10,
        .side = SIDE_RIGHT,
    };
}

static bool bridge_closed(const Bridgewright *b) {
    return b->set >= b->stones;
}

/* Each bank builds upward from its own springer. */
static int32_t bridge_next_slot(const Bridgewright *b) {
    return b->side == SIDE_LEFT ? b->left : b->stones - 1 - b->right;
}

/* How many slots a span has; the last one has what is left. */
static int32_t bridge_span_slots(const Bridgewright *b) {
    return (b->stones + b->spans - 1) / b->spans;
}

/* For the ear and for particles: the middle of a slot, on plain arches. */
static Event bridge_event(const Bridgewright *b, EventKind kind, int32_t a, int32_t slot) {
    int32_t each = bridge_span_slots(b), rise = 160 / b->spans;
    int32_t from_middle = each > 1 ? slot % each * 1000 / (each - 1) - 500 : 0;
    int32_t along = b->stones > 1 ? slot * 1000 / (b->stones - 1) : 500;
    return (Event){ .kind = kind,
                    .a = a,
                    .b = slot,
                    .x = (int16_t)(370 + 540 * along / 1000),
                    .y = (int16_t)(432 - rise + from_middle * from_middle * rise / 250000) };
}

static void bridge_set(Bridgewright *b, SimInput in, Events *out) {
    if (bridge_closed(b)) return;
    int32_t slot = bridge_next_slot(b);
    b->stone[b->set++] =
        (BridgeStone){ .side = b->side,
                       .slot = (uint8_t)slot,
                       .seat = (int16_t)fixed_ramp(fixed_max(in.reach, b->top_place), b->target - 2 * b->slot,
                                                   b->target - b->slot),
                       .set_tick = b->tick };
    if (b->side == SIDE_LEFT)
        b->left++;
    else
        b->right++;
    events_push(out, bridge_event(b, EVENT_STONE_SET, b->set, slot));
    if (bridge_closed(b)) events_push(out, bridge_event(b, EVENT_LANTERNS, b->set, b->stones / 2));
}

static void bridge_judge(Bridgewright *b, SimInput in) {
    int32_t hips = fixed_ramp(b->top_lift, b->hips / 3, b->hips);
    int32_t reach =
        fixed_ramp(fixed_max(in.reach, b->top_place), b->target - 3 * b->slot, b->target - b->slot);
    int32_t own_side = in.side == SIDE_NONE || in.side == b->side ? 1000 : 0;
    b->form = (400 * hips + 400 * reach + 200 * own_side) / 1000;
}

static void bridge_step(void *state, const GameTick *tick, Events *out) {
    Bridgewright *b = state;
    SimInput in = tick->in;
    b->tick = tick->tick;
    if (tick->asked != SIDE_NONE) b->side = (uint8_t)tick->asked;
    b->top_lift = fixed_max(b->top_lift, in.lift);
    b->top_place = fixed_max(b->top_place, in.place);
    if (!fixed_rep_ended(in)) return;

    bridge_judge(b, in);
    b->ring = (RepRing){ .tick = b->tick, .partial = in.signal == SIM_PARTIAL };
    if (in.signal == SIM_REP) {
        bridge_set(b, in, out);
        if (tick->asked == SIDE_NONE) b->side = (uint8_t)side_other((Side)b->side);
    } else if (!bridge_closed(b)) {
        events_push(out, bridge_event(b, EVENT_STONE_WAITS, b->set, bridge_next_slot(b)));
    }
    b->top_lift = b->top_place = 0;
}

static int32_t bridge_form(const void *state) {
    return ((const Bridgewright *)state)->form;
}

static bool bridge_asks_stillness(const void *state) {
    (void)state;
    return false;
}

/* The picture. */

static const float SPRINGER_DEG = 61.6f, RAD = 0.0174532925f;

enum { ARC_STEPS = 6 };

/* Part of a ring of stone between two springers. */
typedef struct Span {
    float x, y, outer, inner;
} Span;

static Span bridge_span(const Bridgewright *b, int32_t span) {
    if (b->spans == 1) return (Span){ .x = 640, .y = 609, .outer = 365.6f, .inner = 304.4f };
    return (Span){ .x = span == 0 ? 484 : 796, .y = 524.5f, .outer = 183.3f, .inner = 127.3f };
}

/* A point of the ring, `angle` degrees from upright; flatter arches keep their springers and lose height. */
static Point ring_point(const Bridgewright *b, const Span *span, float angle, float radius) {
    float squash = 1 - (float)b->flat / 1000;
    float springer = span->y - radius * cosf(SPRINGER_DEG * RAD);
    float y = span->y - radius * cosf(angle * RAD);
    return (Point){ span->x + radius * sinf(angle * RAD), springer + (y - springer) * squash };
}

typedef struct Slot {
    Span span;
    float from, to; /* degrees */
    Point middle;
} Slot;

static Slot bridge_slot(const Bridgewright *b, int32_t slot) {
    int32_t each = bridge_span_slots(b), span = slot / each;
    int32_t slots = span == b->spans - 1 ? b->stones - each * span : each;
    float pitch = 2 * SPRINGER_DEG / (float)slots, at = (float)(slot - each * span);
    Slot s = { .span = bridge_span(b, span),
               .from = -SPRINGER_DEG + pitch * at + 0.2f,
               .to = -SPRINGER_DEG + pitch * (at + 1) - 0.2f };
    s.middle = ring_point(b, &s.span, (s.from + s.to) / 2, (s.span.outer + s.span.inner) / 2);
    return s;
}

enum { STONE_POINTS = 2 * ARC_STEPS };

/* The outline of a slot's stone, turned by `tilt_deg` about its middle and moved there. */
static void slot_outline(const Bridgewright *b, const Slot *slot, Point at, float tilt_deg, float grow,
                         Point *points) {
    float c = cosf(tilt_deg * RAD), s = sinf(tilt_deg * RAD);
    for (int i = 0; i < STONE_POINTS; i++) {
        bool outer = i < ARC_STEPS;
        int step = outer ? i : STONE_POINTS - 1 - i;
        Point p = ring_point(b, &slot->span, paint_mix(slot->from, slot->to, (float)step / (ARC_STEPS - 1)),
                             outer ? slot->span.outer : slot->span.inner);
        float dx = (p.x - slot->middle.x) * grow, dy = (p.y - slot->middle.y) * grow;
        points[i] = (Point){ at.x + dx * c - dy * s, at.y + dx * s + dy * c };
    }
}

static void draw_stone(const Bridgewright *b, const Slot *slot, Point at, float tilt_deg, int32_t index,
                       float gold, DrawList *out) {
    Point points[STONE_POINTS + 1];
    slot_outline(b, slot, at, tilt_deg, 1, points);
    points[STONE_POINTS] = points[0];
    draw_polygon_gradient(out, points, STONE_POINTS, COLOUR(0xEBCDA0), COLOUR(0xB88866));
    for (int mark = 0; mark < 3; mark++) {
        uint32_t n = (uint32_t)(index * 9 + mark * 3);
        float x = at.x + (paint_hash(n) - 0.5f) * 34, y = at.y + (paint_hash(n + 1) - 0.5f) * 30;
        draw_stroke(out, (Point[]){ { x, y }, { x + 4, y - 1.6f }, { x + 9, y + 1 } }, 3, 2.2f,
                    colour_alpha(COLOUR(0xA97A60), 0.6f));
    }
    draw_stroke(out, points, STONE_POINTS + 1, 2, COLOUR(0x6E4642));
    /* The lit edges: the back, and the side toward the sun. */
    Point rim[ARC_STEPS];
    for (int i = 0; i < ARC_STEPS; i++) {
        rim[i] = (Point){ paint_mix(points[i].x, at.x, 0.06f), paint_mix(points[i].y, at.y, 0.06f) };
    }
    draw_stroke(out, rim, ARC_STEPS, 3.4f,
                colour_alpha(colour_mix(COLOUR(0xFFF3D2), COLOUR_GOLD, gold), 0.85f));
    Point near[2] = { { paint_mix(points[ARC_STEPS].x, at.x, 0.08f),
                        paint_mix(points[ARC_STEPS].y, at.y, 0.08f) },
                      { paint_mix(points[STONE_POINTS - 1].x, at.x, 0.08f),
                        paint_mix(points[STONE_POINTS - 1].y, at.y, 0.08f) } };
    draw_stroke(out, near, 2, 3, colour_alpha(COLOUR(0xFFC98C), 0.8f));
}

/* Where a bank's derrick stands; mirrored for the right. */
typedef struct Derrick {
    float sign, mast_x, mast_top, foot_x, foot_y;
    Point tip, hook;
} Derrick;

static float mirror(Side side, float x) {
    return side == SIDE_LEFT ? x : VIEW_WIDTH - x;
}

static Derrick derrick_at_rest(Side side) {
    return (Derrick){ .sign = side == SIDE_LEFT ? 1 : -1,
                      .mast_x = mirror(side, 196),
                      .mast_top = 236,
                      .foot_x = mirror(side, 203),
                      .foot_y = 388,
                      .tip = { mirror(side, 266), 270 },
                      .hook = { mirror(side, 266), 352 } };
}

/* The working derrick: the reach swings and lengthens the jib toward the slot, the hips shorten the rope. */
static Derrick derrick_at_work(const Bridgewright *b, Side side, const Slot *slot, float place, float lift) {
    Derrick d = derrick_at_rest(side);
    d.mast_top = 172;
    float reach = paint_clamp(place * 1000 / (float)b->target, -0.05f, 1.08f);
    float up = paint_clamp(lift, 0, 1.05f);
    Point rest = { mirror(side, 262), 236 };
    Point over = { slot->middle.x, fmaxf(slot->middle.y - 128, 150) };
    /* The jib's tip goes round its foot, not straight. */
    float a0 = atan2f(rest.y - d.foot_y, (rest.x - d.foot_x) * d.sign),
          a1 = atan2f(over.y - d.foot_y, (over.x - d.foot_x) * d.sign);
    float r0 = hypotf(rest.x - d.foot_x, rest.y - d.foot_y),
          r1 = hypotf(over.x - d.foot_x, over.y - d.foot_y);
    float angle = paint_mix(a0, a1, reach), radius = paint_mix(r0, r1, reach);
    d.tip = (Point){ d.foot_x + d.sign * radius * cosf(angle), d.foot_y + radius * sinf(angle) };
    float bank_y = 388, high_y = d.tip.y + 60;
    d.hook = (Point){ d.tip.x, paint_mix(fmaxf(bank_y, high_y), high_y, up) };
    return d;
}

static void draw_derrick(const Derrick *d, float hook_px, DrawList *out) {
    Colour wood = COLOUR(0x53353A), light = colour_alpha(COLOUR(0xE9A56E), 0.8f);
    float s = d->sign;
    draw_line(out, d->mast_x, 430, d->mast_x, d->mast_top, 8, wood);
    draw_line(out, d->mast_x - 60 * s, 432, d->mast_x, d->mast_top + 12, 8, wood);
    draw_line(out, d->mast_x - 30 * s, 432, d->mast_x, 342, 8, wood);
    draw_line(out, d->foot_x, d->foot_y, d->tip.x, d->tip.y, 10, wood);
    draw_line(out, d->mast_x, d->mast_top, d->tip.x, d->tip.y, 3, wood);
    draw_line(out, d->mast_x + 3 * s, d->mast_top + 16, d->mast_x + 3 * s, 382, 2.4f, light);
    draw_line(out, d->foot_x + 2 * s, d->foot_y + 3, d->tip.x + 3 * s, d->tip.y + 5, 2.4f, light);
    for (int i = 1; i <= 6; i++) {
        float t = (float)i / 7;
        draw_disc(out, paint_mix(d->foot_x, d->tip.x, t), paint_mix(d->foot_y, d->tip.y, t), 2,
                  COLOUR(0xC08A60));
    }
    draw_disc(out, d->mast_x, d->mast_top, 9, wood);
    draw_line(out, d->tip.x, d->tip.y, d->hook.x, d->hook.y, 3.4f, wood);
    draw_disc(out, d->tip.x, d->tip.y, 8, wood);
    draw_disc(out, d->tip.x, d->tip.y, 3, COLOUR(0xE9C79A));
    draw_disc(out, d->mast_x - 6 * s, 416, 13, wood);
    draw_disc(out, d->mast_x - 6 * s, 416, 5, COLOUR(0xC08A60));
    if (hook_px > 0) draw_ring(out, d->hook.x, d->hook.y + hook_px, hook_px, 4, 0, 250, wood);
}

static void draw_next_slot(const Bridgewright *b, const Slot *slot, const GameView *view, DrawList *out) {
    Point points[STONE_POINTS + 1];
    slot_outline(b, slot, slot->middle, 0, 1, points);
    points[STONE_POINTS] = points[0];
    float near = paint_clamp(1 - fabsf(view->place * 1000 - (float)b->target) / (float)(2 * b->slot), 0, 1);
    draw_glow(out, slot->middle.x, slot->middle.y, 60 + (float)b->slot * 0.4f,
              colour_alpha(COLOUR_GOLD, 0.25f + 0.5f * near));
    draw_polygon(out, points, STONE_POINTS, colour_alpha(COLOUR(0x46303C), 0.62f));
    draw_stroke(out, points, STONE_POINTS + 1, 12, colour_alpha(COLOUR_INK, 0.75f));
    draw_stroke(out, points, STONE_POINTS + 1, 6.5f, COLOUR_GOLD);
    float middle = (slot->from + slot->to) / 2, pitch = (slot->to - slot->from) * 0.14f;
    for (int side = -1; side <= 1; side += 2) {
        Point a = ring_point(b, &slot->span, middle + pitch * (float)side, slot->span.outer - 20),
              c = ring_point(b, &slot->span, middle + pitch * (float)side, slot->span.inner + 22);
        draw_line(out, a.x, a.y, c.x, c.y, 5, COLOUR_GOLD);
    }
}

static void draw_open_slot(const Bridgewright *b, const Slot *slot, DrawList *out) {
    Point points[STONE_POINTS + 1];
    slot_outline(b, slot, slot->middle, 0, 0.97f, points);
    points[STONE_POINTS] = points[0];
    draw_polygon(out, points, STONE_POINTS, colour_alpha(COLOUR_PAPER, 0.14f));
    draw_stroke_dashed(out, points, STONE_POINTS + 1, 3, 2, 11, colour_alpha(COLOUR_PAPER, 0.9f));
}

/* A set stone comes down from where it hung, lands with one small overshoot and a little dust. */
static void draw_set_stone(const Bridgewright *b, int32_t i, const GameView *view, DrawList *out) {
    const BridgeStone *stone = &b->stone[i];
    Slot slot = bridge_slot(b, stone->slot);
    float age = (float)(b->tick - stone->set_tick) / SETTLE_TICKS, down = paint_arrive(age);
    /* One that missed the middle of its slot sits a little proud. */
    float proud = 5 * (1 - (float)stone->seat / 1000), lean = stone->side == SIDE_LEFT ? -1.0f : 1.0f;
    Point at = { slot.middle.x, slot.middle.y - proud - 66 * (1 - down) };
    draw_stone(b, &slot, at, lean * proud * 0.5f, stone->slot, (float)stone->seat / 1000, out);
    if (age < 1 || age > 3 || view->reduced_motion) return;
    for (int k = 0; k < 7; k++) {
        float t = (age - 1) / 2, spread = (paint_hash((uint32_t)(i * 11 + k)) - 0.5f) * 90;
        draw_disc(out, at.x + spread * (0.4f + t), at.y + 30 - 14 * t * (1 + paint_hash((uint32_t)k)),
                  3 + 4 * t, colour_alpha(COLOUR(0xF3D9AC), 0.5f * (1 - t)));
    }
}

static void draw_folk(float x, float y, float scale, float facing, float alpha, const GameView *view,
                      uint32_t n, DrawList *out) {
    float lamp_x = x + 19 * scale * facing, lamp_y = y - 19 * scale;
    draw_sprite(out, "bridgewright/folk", x, y, scale * facing, scale,
                1.5f * paint_sway(view, 0.2f, paint_hash(n)), alpha);
    draw_glow(out, lamp_x, lamp_y, 28 * scale * (1 + 0.06f * paint_sway(view, 0.25f, paint_hash(n + 9))),
              colour_alpha(COLOUR(0xFFD88A), 0.95f * alpha));
}

/* Once the arch is closed they cross, one behind the other, from both banks. */
static void draw_crossing(const Bridgewright *b, float alpha, const GameView *view, DrawList *out) {
    enum { FOLK = 9 };
    for (int i = 0; i < FOLK; i++) {
        bool back = i % 3 == 2;
        float walk =
            view->reduced_motion ? (float)i / FOLK : fmodf(view->time_s * 0.022f + (float)i / FOLK, 1);
        float along = (back ? 1 - walk : walk) * (float)b->spans;
        int32_t at = along >= (float)(b->spans - 1) ? b->spans - 1 : (int32_t)along;
        Span span = bridge_span(b, at);
        Point foot = ring_point(b, &span, paint_mix(-66, 66, along - (float)at), span.outer);
        float y = fminf(foot.y, 424);
        float step = view->reduced_motion ? 0 : 2 * fabsf(sinf(view->time_s * 2.6f + (float)i));
        draw_folk(foot.x, y - step + 3, 0.86f, back ? -1 : 1, alpha, view, (uint32_t)i, out);
        /* And their light on the water. */
        for (int k = 0; k < 3; k++) {
            float w = 34 - 9 * (float)k;
            draw_rect(out, foot.x - w / 2 + 5 * paint_sway(view, 0.14f, paint_hash((uint32_t)(i * 3 + k))),
                      470 + 40 * paint_hash((uint32_t)i) + 12 * (float)k, w, 2.6f, 1.3f,
                      colour_alpha(COLOUR(0xFFE3A0), 0.55f));
        }
    }
}

static void draw_waiting_folk(float alpha, const GameView *view, DrawList *out) {
    static const struct {
        float x, y, scale;
    } folk[] = { { 82, 426, 0.8f },     { 112, 426, 1 },   { 146, 426, 0.9f }, { 256, 426, 0.94f },
                 { 1052, 428, -0.86f }, { 1022, 428, -1 }, { 990, 428, -0.9f } };
    for (uint32_t i = 0; i < sizeof folk / sizeof folk[0]; i++) {
        draw_folk(folk[i].x, folk[i].y, fabsf(folk[i].scale), folk[i].scale < 0 ? -1 : 1, alpha, view, i + 40,
                  out);
    }
}

static void draw_punt(const GameView *view, DrawList *out) {
    float x = 750 + (view->reduced_motion ? 0 : 60 * paint_sway(view, 0.011f, 0)),
          y = 514 + 1.5f * paint_sway(view, 0.15f, 0.2f);
    draw_sprite(out, "bridgewright/punt", x, y, 1, 1, 1.2f * paint_sway(view, 0.12f, 0), 1);
    draw_glow(out, x + 34, y - 25, 26, colour_alpha(COLOUR(0xFFD88A), 0.95f));
    draw_disc(out, x + 34, y - 25, 3.6f, COLOUR(0xFFF0C0));
    for (int k = 0; k < 4; k++) {
        float w = 38 - 7 * (float)k;
        draw_rect(out, x + 33 - w / 2 + 4 * paint_sway(view, 0.15f, (float)k * 0.23f), y + 4 + 9 * (float)k,
                  w, 2.4f, 1.2f, colour_alpha(COLOUR(0xFFE9B4), 0.6f - 0.13f * (float)k));
    }
}

static void draw_building(const Bridgewright *b, const GameView *view, DrawList *out) {
    Side side = (Side)b->side;
    int32_t next = bridge_next_slot(b);
    for (int32_t i = 0; i < b->stones; i++) {
        bool taken = i == next;
        for (int32_t k = 0; k < b->set && !taken; k++) taken = b->stone[k].slot == i;
        Slot slot = bridge_slot(b, i);
        if (!taken) draw_open_slot(b, &slot, out);
    }
    for (int32_t i = 0; i < b->set; i++) draw_set_stone(b, i, view, out);
    Derrick rest = derrick_at_rest(side_other(side));
    draw_derrick(&rest, 6, out);

    Slot slot = bridge_slot(b, next);
    draw_next_slot(b, &slot, view, out);
    Derrick work = derrick_at_work(b, side, &slot, view->place, view->lift);
    float tilt = -(slot.from + slot.to) / 2 * paint_clamp(1 - view->place * 1000 / (float)b->target, 0, 1);
    Point at = { work.hook.x, work.hook.y };
    draw_glow(out, at.x, at.y, 110 * (view->combo >= 6 ? 1.1f : 1),
              colour_alpha(COLOUR(0xFFE3A8), 0.25f + 0.35f * paint_clamp(view->lift, 0, 1)));
    PaintLayer moving = paint_layer_begin(out);
    draw_derrick(&work, 0, out);
    draw_line(out, at.x, at.y - 42, at.x - 22, at.y - 20, 3.4f, COLOUR(0x53353A));
    draw_line(out, at.x, at.y - 42, at.x + 20, at.y - 22, 3.4f, COLOUR(0x53353A));
    draw_stone(b, &slot, at, tilt, next, 0, out);
    paint_stand_out(out, view, moving);
    paint_you(out, work.tip.x, work.tip.y, 9);
}

/* The centring; it falls into the river by `fallen` 0…1. */
static void draw_centring(const Bridgewright *b, float fallen, DrawList *out) {
    if (fallen >= 1) return;
    for (int32_t i = 0; i < b->spans; i++) {
        Span whole = bridge_span(&(Bridgewright){ .spans = 1 }, 0), span = bridge_span(b, i);
        float scale = span.inner / whole.inner;
        float foot = span.y - (whole.y - 476) * scale;
        draw_sprite(out, "bridgewright/centring", span.x, foot + 190 * fallen * fallen, scale,
                    scale * (1 - (float)b->flat / 1000), 0, 1 - fallen);
    }
}

/* In mid-river, where two spans meet; of the same stone as the banks. */
static void draw_pier(const Bridgewright *b, DrawList *out) {
    if (b->spans == 1) return;
    static const Point body[] = { { 596, 463 }, { 640, 439 }, { 684, 463 }, { 676, 482 },
                                  { 676, 730 }, { 604, 730 }, { 604, 482 } };
    static const Point lit[] = { { 604, 482 }, { 616, 476 }, { 616, 730 }, { 604, 730 } };
    draw_polygon_gradient(out, body, 7, COLOUR(0xEBCB9E), COLOUR(0x3E2A36));
    draw_polygon_gradient(out, lit, 4, COLOUR(0xFFE2AE), COLOUR(0x6E4642));
    for (int row = 0; row < 6; row++) {
        float y = 488 + 42 * (float)row, x = row % 2 == 0 ? 640 : 660;
        Colour joint = colour_alpha(COLOUR(0x6E4642), 0.6f - 0.08f * (float)row);
        draw_line(out, 606, y, 674, y, 2, joint);
        draw_line(out, x, y, x, y + 42, 2, joint);
    }
}

static void draw_unfinished(const Bridgewright *b, const GameView *view, DrawList *out) {
    draw_pier(b, out);
    draw_centring(b, 0, out);
    draw_building(b, view, out);
    draw_waiting_folk(1, view, out);
    if (b->set > 0 && !b->ring.partial) {
        Slot last = bridge_slot(b, b->stone[b->set - 1].slot);
        paint_rep_ring(out, view, b->ring, b->tick, last.middle.x, last.middle.y);
    } else {
        paint_rep_ring(out, view, b->ring, b->tick, mirror((Side)b->side, 262), 388);
    }
    if (view->combo >= 3) paint_motes(out, view, 420, 160, 440, 200, 5, 330, COLOUR(0xFFE9B4));
}

/* The last stone settles, the centring falls, evening comes and the lantern folk go over. */
static void draw_closed(const Bridgewright *b, const GameView *view, DrawList *out) {
    float since = (float)(b->tick - b->stone[b->set - 1].set_tick - SETTLE_TICKS);
    float fallen = paint_clamp(since / DROP_TICKS, 0, 1), evening = paint_ease(since / EVENING_TICKS);
    draw_shade(out, 0, 0, VIEW_WIDTH, VIEW_HEIGHT, colour_alpha(COLOUR(0x2A2560), 0.5f * evening),
               colour_alpha(COLOUR(0x33233F), 0.3f * evening));
    if (evening > 0) paint_stars(out, view, 300, 14, 680, 150, 12, 110, 0.9f * evening);
    draw_glow(out, 640, 410, 260, colour_alpha(COLOUR(0xFFB068), 0.4f * evening));
    draw_glow(out, 640, 398, 110, colour_alpha(COLOUR(0xFFD9A0), 0.8f * evening));
    draw_pier(b, out);
    draw_centring(b, fallen, out);
    for (int32_t i = 0; i < b->set; i++) draw_set_stone(b, i, view, out);
    Derrick left = derrick_at_rest(SIDE_LEFT), right = derrick_at_rest(SIDE_RIGHT);
    draw_derrick(&left, 6, out);
    draw_derrick(&right, 6, out);
    if (evening < 1) draw_waiting_folk(1 - evening, view, out);
    draw_crossing(b, evening, view, out);
    paint_motes(out, view, 340, 180, 600, 240, 10, 300, COLOUR(0xFFE3A0));
}

static void bridge_draw(const void *state, const GameView *view, DrawList *out) {
    const Bridgewright *b = state;
    float grown = (float)b->set / (float)b->stones;
    draw_scene(out, "bridgewright/scene", 0, 0, 1);
    draw_glow(out, 640, 392, 150 + 70 * grown, colour_alpha(COLOUR(0xFFDC98), 0.25f));
    /* River and birds lie farther off than the bridge, and move against it. */
    Point camera = paint_camera(view);
    PaintLayer far = paint_layer_begin(out);
    paint_water(out, view,
                &(WaterLight){ .x = 640,
                               .y_top = 440,
                               .y_bottom = 690,
                               .spread_top = 40,
                               .spread_bottom = 230,
                               .alpha_top = 0.8f,
                               .alpha_bottom = 0.25f,
                               .count = 62,
                               .seed = 51,
                               .colour = COLOUR(0xFFF1C6) });
    for (uint32_t i = 0; i < 3; i++) {
        paint_bird(out, 560 + 78 * (float)i + 14 * paint_sway(view, 0.02f, paint_hash(i)),
                   402 - 12 * (float)(i % 2) + 3 * paint_sway(view, 0.12f, paint_hash(i + 3)), 13, 2.2f,
                   COLOUR(0x8A5A4E));
    }
    draw_punt(view, out);
    paint_layer_end(out, far, (Point){ -0.6f * camera.x, -0.3f * camera.y });
    paint_recede(out, view);
    if (bridge_closed(b))
        draw_closed(b, view, out);
    else
        draw_unfinished(b, view, out);
}

const Minigame minigame_bridgewright = {
    .id = "bridgewright", /* In replays and scores: never rename. */
    .name = "Bridgewright",
    .done = "The arch stands",
    .hour = 5,
    .exercise = "thoracic_bridge",
    .data_path = "minigames/bridgewright.json",
    .fields = fields,
    .state_size = sizeof(Bridgewright),
    .init = bridge_init,
    .step = bridge_step,
    .form = bridge_form,
    .asks_stillness = bridge_asks_stillness,
    .draw = bridge_draw,
};
