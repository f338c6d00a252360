/* Stone Garden: the roller is a rake. Every stroke combs one lane of sand, far to near; keeping still over a
 * stone melts it into ripples. The finished garden is the player's own drawing. */
#include "core/rng.h"
#include "minigames/fixed.h"
#include "minigames/minigame.h"
#include "minigames/paint.h"

#include <math.h>
#include <stdio.h>

enum {
    LANES_MAX = 14,
    TINES_MAX = 6,
    CELLS = 40, /* of one lane */
    STONES_MAX = 6,
    NEAR_PLACE = 130, /* the rake stands over a stone */
    AWAY_PLACE = 250, /* the roller has well left the lowest ribs: from here stillness is surely a hold */
    TURN_PLACE = 110, /* this much back is a turn, not a tremble */
    CALL_TICKS = 60,  /* of stillness before a far stone comes: a turn is no rest */
    LEAVE_TICKS = 80,
    MOVE_TICKS = 30, /* a stone takes half a second to come to the rake */
};

typedef struct GardenStone {
    int16_t lane, place;
    int16_t from_place; /* where it lay before it came under the rake */
    int32_t moved_tick;
    int32_t warm_ticks;
    bool told; /* that the rake is near, in this pass */
} GardenStone;

typedef struct StoneGarden {
    int32_t lanes, tines, stone_count, melt_ticks;
    int32_t asked_ticks, rested_ticks; /* of stillness, in all; never asked for more */
    int32_t target, total_ticks;
    int32_t calm_speed; /* thousandths a second; hastier lines waver */
    int32_t tick, strokes, lane;
    int32_t extreme, last_place, combed_place, speed;
    bool inward;
    int32_t still_ticks;
    int32_t resting; /* the stone under the rake, or -1 */
    int32_t hand_from, hand_lane,
        hand_tick; /* the rake goes from lane to lane, and to a stone; for the eye */
    int32_t melted;
    int32_t form_sum, form_strokes, form;
    RepRing ring;
    int16_t cell_ticks[CELLS]; /* of this stroke */
    GardenStone stones[STONES_MAX];
    uint8_t line[LANES_MAX][CELLS]; /* 0 bare; 1 hasty … 255 deep and even */
} StoneGarden;

_Static_assert(sizeof(StoneGarden) <= MINIGAME_STATE_MAX, "raise MINIGAME_STATE_MAX");

enum { FIELD_LANES, FIELD_TINES, FIELD_STONES, FIELD_MELT_S };
static const LevelField fields[] = {
    [FIELD_LANES] = { "lanes", 4, LANES_MAX },
    [FIELD_TINES] = { "tines", 1, TINES_MAX },
    [FIELD_STONES] = { "stones", 1, STONES_MAX },
    [FIELD_MELT_S] = { "melt_s", 4, 30 },
    { 0 },
};

/* Where things lie in the picture; far lanes are closer together and narrower. */
enum { FAR_Y = 326, NEAR_Y = 532, MIDDLE_X = 690, FAR_HALF = 340, NEAR_HALF = 400 };

static void garden_init(void *state, const GameSetup *setup) {
    StoneGarden *g = state;
    Rng rng = rng_make(setup->seed, 1);
    *g = (StoneGarden){
        .lanes = setup->fields[FIELD_LANES],
        .tines = setup->fields[FIELD_TINES],
        .stone_count = setup->fields[FIELD_STONES],
        .melt_ticks = setup->fields[FIELD_MELT_S] * TICK_HZ,
        .asked_ticks =
            (setup->hold_s > 0 ? setup->hold_s : STONES_MAX * setup->fields[FIELD_MELT_S]) * TICK_HZ,
        .target = setup->target,
        .total_ticks = (setup->seconds > 0 ? setup->seconds : 60) * TICK_HZ,
        .resting = -1,
    };
    /* The peak of an even round trip in the shortest time of the window, and a quarter more for being human.
     */
    g->calm_speed = (int32_t)((int64_t)g->target * 2 * 1570 / fixed_max(setup->tempo_min_ms, 1000) * 5 / 4);
    for (int32_t i = 0; i < g->stone_count; i++) {
        GardenStone *stone = &g->stones[i];
        /* The first lane is clear, to settle in. */
        stone->lane = (int16_t)(1 + (2 * i + 1) * (g->lanes - 2) / (2 * g->stone_count));
        /* Alternate halves of the back, so that no two crowd each other. */
        int32_t low = i % 2 == 0 ? 580 : 300;
        stone->place = (int16_t)(low + (int32_t)rng_below(&rng, 200));
        stone->from_place = stone->place;
    }
}

static bool garden_melted(const StoneGarden *g, const GardenStone *stone) {
    return stone->warm_ticks >= g->melt_ticks;
}

/* The stone that waits at this place, warm already or in a lane that was reached; or -1. Nearer to the start
 * none does: nobody is asked to stop where stillness is no hold. */
static int32_t garden_stone_near(const StoneGarden *g, int32_t place) {
    if (g->rested_ticks >= g->asked_ticks || place < AWAY_PLACE) return -1;
    for (int32_t i = 0; i < g->stone_count; i++) {
        const GardenStone *stone = &g->stones[i];
        bool open = stone->warm_ticks > 0 || g->strokes >= stone->lane;
        if (open && !garden_melted(g, stone) && fixed_abs(place - stone->place) <= NEAR_PLACE) return i;
    }
    return -1;
}

static void garden_push(const StoneGarden *g, Events *out, EventKind kind, int32_t a,
                        const GardenStone *stone) {
    int32_t depth = stone->lane * 1000 / (g->lanes - 1);
    int32_t half = FAR_HALF + (NEAR_HALF - FAR_HALF) * depth / 1000;
    int32_t down = (depth * 750 + depth * depth / 4) / 1000;
    events_push(out, (Event){ .kind = kind,
                              .a = a,
                              .x = (int16_t)(MIDDLE_X + (stone->place - 500) * half / 500),
                              .y = (int16_t)(FAR_Y + (NEAR_Y - FAR_Y) * down / 1000) });
}

/* The stone that melts for someone who rests at `place`: the one there, else the nearest comes under the
 * rake, along its own lane, so that in the end ripples lie all over the garden. */
static int32_t garden_call_stone(StoneGarden *g, int32_t place) {
    int32_t here = garden_stone_near(g, place);
    if (here >= 0) return here;
    if (g->still_ticks < CALL_TICKS) return -1;
    if (g->rested_ticks >= g->asked_ticks) return -1;
    int32_t best = -1, best_distance = 0;
    for (int32_t i = 0; i < g->stone_count; i++) {
        const GardenStone *stone = &g->stones[i];
        if (garden_melted(g, stone)) continue;
        int32_t distance = fixed_abs(place - stone->place) + 150 * fixed_abs(g->lane - stone->lane);
        if (best < 0 || distance < best_distance) {
            best = i;
            best_distance = distance;
        }
    }
    if (best < 0) return -1;
    GardenStone *stone = &g->stones[best];
    stone->from_place = stone->place;
    stone->moved_tick = g->tick;
    /* Within reach of the rake, on the side it came from: so ripples lie side by side. */
    stone->place =
        (int16_t)(place + fixed_clamp((stone->place - place) / 4, 10 - NEAR_PLACE, NEAR_PLACE - 10));
    return best;
}

static void garden_rest(StoneGarden *g, int32_t place, bool still, Events *out) {
    if (!still || place < AWAY_PLACE) {
        g->resting = -1;
        g->still_ticks = 0;
        return;
    }
    g->still_ticks++;
    if (g->resting < 0) g->resting = garden_call_stone(g, place);
    if (g->resting < 0) return;
    GardenStone *stone = &g->stones[g->resting];
    stone->warm_ticks++;
    g->rested_ticks++;
    if (!garden_melted(g, stone)) return;
    g->melted++;
    garden_push(g, out, EVENT_RIPPLE, g->melted, stone);
    g->resting = garden_call_stone(g, place);
}

static void garden_tell_near(StoneGarden *g, int32_t place, Events *out) {
    int32_t near = garden_stone_near(g, place);
    if (near >= 0 && !g->stones[near].told) {
        g->stones[near].told = true;
        garden_push(g, out, EVENT_STONE_NEAR, near, &g->stones[near]);
    }
    for (int32_t i = 0; i < g->stone_count; i++) {
        if (fixed_abs(place - g->stones[i].place) > 2 * NEAR_PLACE) g->stones[i].told = false;
    }
}

static int32_t garden_cell(int32_t place) {
    return place * CELLS / 1001;
}

/* From where the rake last drew: what a still body crept meanwhile is drawn too. */
static void garden_comb(StoneGarden *g, int32_t place) {
    int32_t quality = 255 - 215 * fixed_ramp(g->speed, g->calm_speed, 2 * g->calm_speed + 1) / 1000;
    int32_t from = garden_cell(g->combed_place), to = garden_cell(place);
    for (int32_t c = from < to ? from : to; c <= fixed_max(from, to); c++) {
        g->line[g->lane][c] = (uint8_t)quality;
        if (g->cell_ticks[c] == 0) g->cell_ticks[c] = 1;
    }
    if (g->cell_ticks[to] < INT16_MAX) g->cell_ticks[to]++;
    g->combed_place = place;
}

/* Of the stroke as it stands: half coverage up to the target, half an even pace between the turns. */
static int32_t garden_stroke_form(const StoneGarden *g) {
    int32_t asked = fixed_max(g->target * CELLS / 1000, 8);
    int32_t covered = 0, passed = 0, sum = 0, deviation = 0;
    for (int32_t c = 0; c < asked; c++) covered += g->cell_ticks[c] > 0;
    for (int32_t c = asked / 5; c < asked * 4 / 5; c++) {
        if (g->cell_ticks[c] == 0) continue;
        passed++;
        sum += g->cell_ticks[c];
    }
    if (passed < 4) return 500 * covered / asked;
    for (int32_t c = asked / 5; c < asked * 4 / 5; c++) {
        if (g->cell_ticks[c] > 0) deviation += fixed_abs(g->cell_ticks[c] * passed - sum);
    }
    int32_t uneven = (int32_t)((int64_t)deviation * 1000 / ((int64_t)sum * passed));
    return 500 * covered / asked + (1000 - fixed_ramp(uneven, 250, 900)) / 2;
}

static void garden_end_stroke(StoneGarden *g, int32_t place) {
    g->form_sum += garden_stroke_form(g);
    g->form_strokes++;
    g->strokes++;
    g->lane = g->strokes % g->lanes;
    g->inward = !g->inward;
    for (int32_t c = 0; c < CELLS; c++) g->cell_ticks[c] = 0;
    /* A turn is noticed late: what came since belongs to the new lane. */
    g->combed_place = g->extreme;
    garden_comb(g, place);
    g->extreme = place;
}

static void garden_turn(StoneGarden *g, int32_t place) {
    if (g->inward ? place < g->extreme : place > g->extreme) g->extreme = place;
    if (!g->inward && g->extreme >= 450 && place < g->extreme - TURN_PLACE) garden_end_stroke(g, place);
    if (g->inward && g->extreme <= 400 && place > g->extreme + TURN_PLACE) garden_end_stroke(g, place);
}

/* To the stone that is rested on, else along its lane. */
static void garden_move_hand(StoneGarden *g) {
    int32_t lane = g->resting >= 0 ? g->stones[g->resting].lane : g->lane;
    if (lane == g->hand_lane) return;
    g->hand_from = g->hand_lane;
    g->hand_lane = lane;
    g->hand_tick = g->tick;
}

static void garden_step(void *state, const GameTick *tick, Events *out) {
    StoneGarden *g = state;
    SimInput in = tick->in;
    int32_t place = fixed_clamp(in.place, 0, 1000);
    g->tick = tick->tick;
    g->speed += (fixed_abs(place - g->last_place) * TICK_HZ - g->speed) / 8;

    bool still = (in.flags & SIM_FLAG_STILL) != 0;
    garden_tell_near(g, place, out);
    garden_rest(g, place, still, out);
    if (!still && place != g->last_place) garden_comb(g, place);
    garden_turn(g, place);
    g->last_place = place;
    garden_move_hand(g);

    if (!fixed_rep_ended(in)) return;
    g->ring = (RepRing){ .tick = g->tick, .partial = in.signal == SIM_PARTIAL };
    if (g->inward) garden_end_stroke(g, place);
    g->form = g->form_strokes > 0 ? g->form_sum / g->form_strokes : garden_stroke_form(g);
    g->form_sum = g->form_strokes = 0;
}

static int32_t garden_form(const void *state) {
    return ((const StoneGarden *)state)->form;
}

static bool garden_asks_stillness(const void *state) {
    const StoneGarden *g = state;
    return g->resting >= 0 || garden_stone_near(g, g->last_place) >= 0;
}

/* The picture. */

static float lane_depth(const StoneGarden *g, float lane) {
    return lane / (float)(g->lanes - 1);
}

static float lane_y(const StoneGarden *g, float lane) {
    float depth = lane_depth(g, lane);
    return FAR_Y + (NEAR_Y - FAR_Y) * (0.75f * depth + 0.25f * depth * fabsf(depth));
}

static float lane_half(const StoneGarden *g, float lane) {
    return paint_mix(FAR_HALF, NEAR_HALF, lane_depth(g, lane));
}

static float place_x(const StoneGarden *g, float lane, float place) {
    return MIDDLE_X + (place - 0.5f) * 2 * lane_half(g, lane);
}

static float lane_scale(const StoneGarden *g, float lane) {
    return paint_mix(0.78f, 1.1f, lane_depth(g, lane));
}

typedef struct StonePicture {
    float x, y, scale, warm;
} StonePicture;

static StonePicture stone_picture(const StoneGarden *g, const GardenStone *stone) {
    float moved = paint_ease((float)(g->tick - stone->moved_tick) / MOVE_TICKS);
    float lane = stone->lane;
    float place = paint_mix(stone->from_place, stone->place, moved) / 1000;
    return (StonePicture){ .x = place_x(g, lane, place),
                           .y = lane_y(g, lane),
                           .scale = lane_scale(g, lane),
                           .warm = paint_clamp((float)stone->warm_ticks / (float)g->melt_ticks, 0, 1) };
}

/* How the sand line at x, y gives way to the stones and ripples. Of several stones on one side the strongest
 * counts: a sum would let lines cross. */
static float line_bend(const StonePicture *stones, int32_t count, float x, float y) {
    float up = 0, down = 0;
    for (int32_t i = 0; i < count; i++) {
        float wide = 60 * stones[i].scale, high = 33 * stones[i].scale;
        float along = (x - stones[i].x) / (2.1f * wide);
        if (fabsf(along) > 2.2f) continue;
        float off = y - stones[i].y;
        float push = 0.97f * high * expf(-fabsf(off) / (1.2f * high)) * expf(-along * along);
        if (off < 0)
            up = fmaxf(up, push);
        else
            down = fmaxf(down, push);
    }
    return down - up;
}

enum { COLUMNS = 68, COLUMN_WIDTH = 20, BEYOND_LINES = 5, WORN_LINES = 2 };

/* The quality of the lane where column x passes it; 0 bare. Beyond the start and the target a combed lane
 * runs to the edges. */
static uint8_t line_quality(const StoneGarden *g, int32_t lane, float x) {
    float place = 0.5f + (x - MIDDLE_X) / (2 * lane_half(g, (float)lane));
    float end = (float)g->target / 1000 - 0.03f;
    return g->line[lane][garden_cell((int32_t)(paint_clamp(place, 0.12f, end) * 1000))];
}

/* Yesterday's lines, worn by the wind, show what is still to be combed and fill the sand beyond the lanes. */
static void draw_worn_line(const StoneGarden *g, const StonePicture *stones, float y, float scale,
                           DrawList *out) {
    Point line[COLUMNS];
    int count = 0;
    for (int column = 0; column < COLUMNS; column++) {
        float x = -20 + (float)(column * COLUMN_WIDTH);
        float py = y + line_bend(stones, g->stone_count, x, y);
        if (count >= 2 && fabsf(line[count - 1].y - py) < 0.15f && fabsf(line[count - 2].y - py) < 0.15f)
            count--;
        line[count++] = (Point){ x, py };
    }
    draw_stroke(out, line, count, 1.4f + 0.6f * scale, colour_alpha(COLOUR(0x8A6C94), 0.3f));
}

typedef struct Furrow {
    Point dark[COLUMNS + 1], light[COLUMNS + 1];
    int count;
    float scale;
} Furrow;

static void furrow_add(Furrow *f, float x, float y) {
    /* A straight run needs only its ends. */
    if (f->count >= 2 && fabsf(f->dark[f->count - 1].y - y) < 0.15f &&
        fabsf(f->dark[f->count - 2].y - y) < 0.15f)
        f->count--;
    f->dark[f->count] = (Point){ x, y };
    f->light[f->count] = (Point){ x, y + 1.5f + 1.7f * f->scale };
    f->count++;
}

static void furrow_end(Furrow *f, DrawList *out) {
    draw_stroke(out, f->dark, f->count, 1.5f + 1.5f * f->scale, colour_alpha(COLOUR(0x7D5F8C), 0.72f));
    draw_stroke(out, f->light, f->count, 1.3f + 1.2f * f->scale, colour_alpha(COLOUR(0xFFF1E4), 0.82f));
    f->count = 0;
}

/* True when the line is whole from edge to edge. */
static bool draw_tine(const StoneGarden *g, const StonePicture *stones, int32_t lane, int32_t tine,
                      DrawList *out) {
    float at = (float)lane + ((float)tine + 0.5f) / (float)g->tines - 0.5f;
    float y = lane_y(g, at);
    uint32_t seed = (uint32_t)(lane * 7 + tine);
    Furrow furrow = { .scale = lane_scale(g, at) };
    bool whole = true;
    for (int column = 0; column < COLUMNS; column++) {
        float x = -20 + (float)(column * COLUMN_WIDTH);
        uint8_t quality = line_quality(g, lane, x);
        if (quality > 0) {
            float waver = (1 - (float)quality / 255) * 4.5f * furrow.scale;
            furrow_add(&furrow, x,
                       y + line_bend(stones, g->stone_count, x, y) +
                           waver * sinf(x * 0.052f + 6.3f * paint_hash(seed)) *
                               (0.6f + 0.4f * sinf(x * 0.037f + (float)seed)));
        } else {
            whole = false;
            furrow_end(&furrow, out);
        }
    }
    furrow_end(&furrow, out);
    return whole;
}

static void draw_sand(const StoneGarden *g, const StonePicture *stones, DrawList *out) {
    for (int32_t i = 0; i < BEYOND_LINES; i++) {
        float up = 1 - (float)i / BEYOND_LINES;
        draw_worn_line(g, stones, lane_y(g, -0.5f) - 52 * up, 0.6f, out);
    }
    for (int32_t lane = 0; lane < g->lanes; lane++) {
        bool whole = true;
        for (int32_t tine = 0; tine < g->tines; tine++) whole &= draw_tine(g, stones, lane, tine, out);
        for (int32_t i = 0; i < WORN_LINES && !whole; i++) {
            float at = (float)lane + ((float)i + 0.5f) / WORN_LINES - 0.5f;
            draw_worn_line(g, stones, lane_y(g, at), lane_scale(g, at), out);
        }
    }
}

static void draw_ripples(const StonePicture *stone, float size, DrawList *out) {
    Colour sand = colour_mix(COLOUR(0x7A5F8A), COLOUR(0xB4714E), stone->warm < 1 ? 1 : 0);
    float pan = paint_clamp(stone->warm * 2, 0, 1) * 126 * size;
    Point sand_points[36];
    for (int i = 0; i < 36; i++) {
        float angle = (float)i * 0.174532925f;
        sand_points[i] = (Point){ stone->x + pan * sinf(angle), stone->y - pan * 0.41f * cosf(angle) };
    }
    if (pan > 2) {
        draw_polygon(
            out, sand_points, 36,
            colour_alpha(colour_mix(COLOUR(0xDDBCC4), COLOUR(0xE9BFA8), stone->warm < 1 ? 1 : 0), 0.9f));
    }
    Colour lit = colour_mix(COLOUR(0xFFF0E2), COLOUR(0xFFE7B0), stone->warm < 1 ? 1 : 0);
    for (int ring = 0; ring < 5; ring++) {
        float shown = paint_clamp(stone->warm * 6 - (float)ring, 0, 1);
        if (shown <= 0) break;
        float rx = (30 + 23 * (float)ring) * size, ry = rx * 0.41f;
        float fade = shown * (1 - 0.13f * (float)ring);
        paint_ellipse(out, stone->x, stone->y, rx, ry, 0, 360, 3 * stone->scale, 0, 0,
                      colour_alpha(sand, 0.62f * fade));
        paint_ellipse(out, stone->x, stone->y + 2.6f * stone->scale, rx, ry, 0, 360, 3 * stone->scale, 0, 0,
                      colour_alpha(lit, 0.9f * fade));
    }
}

/* Long and low, away from the sun; it shrinks as the stone sinks. */
static void draw_stone_shadow(const StonePicture *stone, float sink, DrawList *out) {
    static const Point shape[] = { { -30.7f, -1.8f },  { -73.0f, 14.0f },  { -104.0f, 28.5f },
                                   { -112.0f, 37.0f }, { -107.3f, 41.0f }, { -60.0f, 33.0f },
                                   { -7.0f, 19.0f },   { 32.7f, 0.2f } };
    enum { COUNT = sizeof shape / sizeof shape[0] };
    Point points[COUNT];
    float size = 1.45f * stone->scale;
    for (int i = 0; i < COUNT; i++) {
        points[i] = (Point){ stone->x + shape[i].x * size * (shape[i].x < 0 ? sink : 1),
                             stone->y + shape[i].y * size * sink };
    }
    draw_polygon(out, points, COUNT, colour_alpha(COLOUR(0x3E2F5C), 0.34f * sink));
}

static void draw_stone(const StoneGarden *g, int32_t index, const StonePicture *stone, const GameView *view,
                       DrawList *out) {
    /* Where there are many stones they leave each other room. */
    draw_ripples(stone, stone->scale * (1.1f - 0.06f * (float)g->stone_count), out);
    if (stone->warm >= 1) {
        draw_disc(out, stone->x, stone->y, 4 * stone->scale, colour_alpha(COLOUR(0x8A6C94), 0.7f));
        return;
    }
    if (stone->warm > 0) {
        float breath = 1 + 0.04f * paint_sway(view, 0.12f, 0);
        draw_glow(out, stone->x, stone->y - 10 * stone->scale, 190 * stone->scale * breath,
                  colour_alpha(COLOUR(0xFFB060), 0.4f * stone->warm));
    }
    float sink = 1 - 0.55f * stone->warm * stone->warm;
    draw_stone_shadow(stone, sink, out);
    float lit = paint_clamp(stone->warm * 5, 0, 1), fade = paint_clamp((1 - stone->warm) * 7, 0, 1);
    PaintLayer body = paint_layer_begin(out);
    if (lit < 1)
        draw_sprite(out, "stone_garden/stone", stone->x, stone->y, stone->scale * 1.45f,
                    stone->scale * 1.45f * sink, 0, 1);
    if (lit > 0)
        draw_sprite(out, "stone_garden/stone_lit", stone->x, stone->y, stone->scale * 0.95f,
                    stone->scale * 0.95f * sink, 0, lit * fade);
    paint_stand_out(out, view, body);
    if (index != g->resting) return;

    float rx = 140 * stone->scale, ry = 58 * stone->scale, done = 360 * stone->warm;
    paint_ellipse(out, stone->x, stone->y, rx, ry, done, 360, 5, 1, 15, COLOUR(0xFFF4D6));
    paint_ellipse(out, stone->x, stone->y, rx, ry, 0, done, 11 * stone->scale, 0, 0, COLOUR(0xFFF4D6));
    paint_motes(out, view, stone->x - rx, stone->y - 150, 2 * rx, 140, 9, 900, COLOUR(0xFFE7B4));

    char words[16];
    int32_t left = g->melt_ticks - g->stones[index].warm_ticks;
    snprintf(words, sizeof words, "%d s", (int)((left + TICK_HZ - 1) / TICK_HZ));
    float y = stone->y - 152 * stone->scale;
    paint_plate(out, view, stone->x - 56, y, 112, 52);
    draw_text(out, stone->x, y + 37, 34, FONT_BOLD, ALIGN_CENTRE, COLOUR_PAPER, words);
}

/* Far ones first. */
static void draw_stones(const StoneGarden *g, const StonePicture *stones, const GameView *view,
                        DrawList *out) {
    int32_t order[STONES_MAX] = { 0 };
    for (int32_t i = 0; i < g->stone_count; i++) {
        int32_t k = i;
        for (; k > 0 && stones[order[k - 1]].y > stones[i].y; k--) order[k] = order[k - 1];
        order[k] = i;
    }
    for (int32_t i = 0; i < g->stone_count; i++) draw_stone(g, order[i], &stones[order[i]], view, out);
}

/* A rake whose handle runs off to whoever holds it, below the picture. */
static void draw_rake(float x, float y, float scale, DrawList *out) {
    float head_x = 21 * scale, head_y = 38 * scale;
    /* Held from the foot of the picture, clear of the gauge. */
    float end_x = 548 + 0.56f * x, end_y = 790;
    draw_line(out, x + 14, y + 22, end_x - 70, end_y, 11 * scale, colour_alpha(COLOUR(0x3E2F5C), 0.2f));
    draw_line(out, x - head_x + 16, y - head_y + 6, x + head_x + 8, y + head_y + 8, 14 * scale,
              colour_alpha(COLOUR(0x3E2F5C), 0.22f));
    for (int i = 0; i < 7; i++) {
        float t = ((float)i - 3) / 3.2f;
        float tx = x + t * head_x, ty = y + t * head_y;
        draw_line(out, tx, ty, tx - 19 * scale, ty + 8 * scale, 5.5f * scale, COLOUR(0x5A3F4E));
    }
    draw_line(out, x, y, end_x, end_y, 15 * scale, COLOUR(0x6B4A50));
    draw_line(out, x + 4 * scale, y, end_x + 4, end_y, 4.5f * scale, COLOUR(0xE9AE86));
    draw_line(out, x - head_x, y - head_y, x + head_x, y + head_y, 17 * scale, COLOUR(0x6B4A50));
    draw_line(out, x - head_x + 4.5f * scale, y - head_y, x + head_x + 4.5f * scale, y + head_y - 2,
              5 * scale, COLOUR(0xF2BC90));
}

/* Dark on dark is not seen: whether another stone lies behind a bird on this one. */
static bool stone_is_crowded(const StonePicture *stones, int32_t count, int32_t at) {
    for (int32_t i = 0; i < count; i++) {
        float behind = stones[at].y - stones[i].y;
        if (i != at && stones[i].warm < 1 && behind > 0 && behind < 110 &&
            fabsf(stones[at].x - stones[i].x) < 76)
            return true;
    }
    return false;
}

/* The wagtail sits on the nearest stone that nobody needs yet; when all have melted, on the lantern. */
static void draw_wagtail(const StoneGarden *g, const StonePicture *stones, const GameView *view,
                         DrawList *out) {
    float x = 226, y = 205, scale = 0.8f;
    for (int32_t i = g->stone_count - 1; i >= 0; i--) {
        if (g->stones[i].warm_ticks > 0 || stone_is_crowded(stones, g->stone_count, i)) continue;
        x = stones[i].x - 4 * stones[i].scale;
        y = stones[i].y - 58 * stones[i].scale;
        scale = 0.4f + 0.6f * stones[i].scale;
        break;
    }
    draw_sprite(out, "stone_garden/wagtail", x, y, scale, scale, 2 * paint_sway(view, 0.2f, 0.3f), 1);
}

/* What is to come in this lane, and how far out it is asked for. */
static void draw_way(const StoneGarden *g, const GameView *view, DrawList *out) {
    float lane = (float)g->lane, rake_y = lane_y(g, lane), scale = lane_scale(g, lane);
    float rake_x = place_x(g, lane, paint_clamp(view->place, -0.05f, 1.06f));
    float target_x = place_x(g, (float)g->lane, (float)g->target / 1000);
    Point way[2] = { { rake_x, rake_y }, { g->inward ? place_x(g, (float)g->lane, 0) : target_x, rake_y } };
    draw_stroke_dashed(out, way, 2, 3, 1, 13, colour_alpha(COLOUR_PAPER, 0.8f));
    if (!g->inward) paint_target(out, target_x, rake_y, 62 * scale, 17 * scale, 90);
}

static void garden_draw(const void *state, const GameView *view, DrawList *out) {
    const StoneGarden *g = state;
    float morning = paint_clamp((float)g->tick / (float)g->total_ticks, 0, 1);
    StonePicture stones[STONES_MAX] = { 0 };
    for (int32_t i = 0; i < g->stone_count; i++) stones[i] = stone_picture(g, &g->stones[i]);

    draw_scene(out, "stone_garden/scene", 0, 0, 1);
    paint_stars(out, view, 300, 8, 640, 90, 7, 70, 0.9f * (1 - 0.7f * morning));
    draw_glow(out, 840, 214, paint_mix(120, 330, morning) * (view->combo >= 6 ? 1.1f : 1),
              colour_alpha(COLOUR(0xFFC890), 0.15f + 0.3f * morning));
    paint_water(out, view,
                &(WaterLight){ .x = 860,
                               .y_top = 217,
                               .y_bottom = 256,
                               .spread_top = 40,
                               .spread_bottom = 210,
                               .alpha_top = 0.8f,
                               .alpha_bottom = 0.4f,
                               .count = 26,
                               .seed = 11,
                               .colour = COLOUR(0xFFF0D4) });

    paint_recede(out, view);
    PaintLayer near = paint_layer_begin(out);
    draw_sand(g, stones, out);
    draw_sprite(out, "stone_garden/lantern", 226, 330, 1, 1, 0, 1);
    draw_glow(out, 226, 258, paint_mix(80, 110, morning) * (1 + 0.04f * paint_sway(view, 0.15f, 0)),
              colour_alpha(COLOUR(0xFFC070), 0.5f));
    draw_sprite(out, "stone_garden/pine", 1066, 272, 1, 1, 0, 1);

    /* When the time is up the rake is carried off, and the garden is left as it was drawn. */
    float off = paint_ease((float)(g->tick - g->total_ticks) / LEAVE_TICKS);
    float gone = paint_ease((float)(g->tick - g->hand_tick) / MOVE_TICKS);
    float lane = paint_mix((float)g->hand_from, (float)g->hand_lane, gone), scale = lane_scale(g, lane);
    float rake_x = place_x(g, lane, paint_clamp(view->place, -0.05f, 1.06f)), rake_y = lane_y(g, lane);
    draw_stones(g, stones, view, out);
    if (off <= 0 && g->resting < 0) draw_way(g, view, out);
    draw_wagtail(g, stones, view, out);
    PaintLayer hand = paint_layer_begin(out);
    if (off < 1) draw_rake(rake_x + 200 * off, rake_y + 470 * off, scale, out);
    paint_stand_out(out, view, hand);
    paint_rep_ring(out, view, g->ring, g->tick, rake_x, rake_y);
    if (off > 0)
        paint_motes(out, view, 200, 260, 880, 260, (int32_t)(22 * off), 60, COLOUR(0xFFE7B4));
    else if (view->combo >= 3)
        paint_motes(out, view, rake_x - 200, rake_y - 120, 300, 120, 5, 40, COLOUR(0xFFE7B4));
    paint_layer_end(out, near, paint_camera(view));
    draw_shade(out, 0, 560, VIEW_WIDTH, 160, colour_alpha(COLOUR(0x2C2748), 0),
               colour_alpha(COLOUR(0x2C2748), 0.45f));
}

const Minigame minigame_stone_garden = {
    .id = "stone_garden", /* In replays and scores: never rename. */
    .name = "Stone Garden",
    .done = "The garden is combed",
    .hour = 1,
    .exercise = "foam_roll",
    .data_path = "minigames/stone_garden.json",
    .fields = fields,
    .state_size = sizeof(StoneGarden),
    .init = garden_init,
    .step = garden_step,
    .form = garden_form,
    .asks_stillness = garden_asks_stillness,
    .draw = garden_draw,
};
