#include "minigames/paint.h"

#include <math.h>

enum { ELLIPSE_POINTS = 48 };

static const float FULL_TURN = 6.28318531f;

float paint_hash(uint32_t index) {
    uint32_t h = index * 0x9E3779B1u;
    h = (h ^ (h >> 15)) * 0x85EBCA77u;
    h = (h ^ (h >> 13)) * 0xC2B2AE3Du;
    h ^= h >> 16;
    return (float)(h >> 8) / 16777216.0f;
}

float paint_clamp(float value, float low, float high) {
    return value < low ? low : value > high ? high : value;
}

float paint_mix(float a, float b, float t) {
    return a + (b - a) * t;
}

float paint_ease(float t) {
    t = paint_clamp(t, 0, 1);
    return t < 0.5f ? 4 * t * t * t : 1 - 4 * (1 - t) * (1 - t) * (1 - t);
}

float paint_arrive(float t) {
    t = paint_clamp(t, 0, 1) - 1;
    return 1 + 2.2f * t * t * t + 1.2f * t * t;
}

float paint_sway(const GameView *view, float hz, float phase) {
    return view->reduced_motion ? 0 : sinf(FULL_TURN * (view->time_s * hz + phase));
}

Point paint_camera(const GameView *view) {
    return (Point){ 10 * paint_sway(view, 0.05f, 0), 3 * paint_sway(view, 0.037f, 0.2f) };
}

PaintLayer paint_layer_begin(const DrawList *out) {
    return (PaintLayer){ .command = out->command_count, .point = out->point_count };
}

void paint_layer_end(DrawList *out, PaintLayer layer, Point shift) {
    for (int32_t i = layer.command; i < out->command_count; i++) {
        out->commands[i].x += shift.x;
        out->commands[i].y += shift.y;
    }
    for (int32_t i = layer.point; i < out->point_count; i++) {
        out->points[i].x += shift.x;
        out->points[i].y += shift.y;
    }
}

void paint_recede(DrawList *out, const GameView *view) {
    /* Larger than the picture: the camera may move it. */
    if (view->high_contrast)
        draw_rect(out, -40, -40, VIEW_WIDTH + 80, VIEW_HEIGHT + 80, 0, colour_alpha(COLOUR_INK_DEEP, 0.72f));
}

void paint_stand_out(DrawList *out, const GameView *view, PaintLayer layer) {
    if (view->high_contrast) draw_edge(out, layer.command);
}

void paint_plate(DrawList *out, const GameView *view, float x, float y, float w, float h) {
    draw_rect(out, x, y, w, h, h / 2, colour_alpha(COLOUR_INK, view->high_contrast ? 1 : 0.78f));
}

void paint_stars(DrawList *out, const GameView *view, float x, float y, float w, float h, int32_t count,
                 uint32_t seed, float alpha) {
    for (int32_t i = 0; i < count; i++) {
        uint32_t n = seed + (uint32_t)i * 4u;
        float sx = x + w * paint_hash(n), sy = y + h * paint_hash(n + 1);
        float radius = paint_mix(1.4f, 2.4f, paint_hash(n + 2));
        float bright = alpha * (0.75f + 0.25f * paint_sway(view, 0.3f, paint_hash(n + 3)));
        draw_glow(out, sx, sy, radius * 5, colour_alpha(COLOUR_PAPER, 0.5f * bright));
        draw_disc(out, sx, sy, radius, colour_alpha(COLOUR_PAPER, bright));
    }
}

void paint_you(DrawList *out, float x, float y, float radius) {
    draw_disc(out, x, y, radius + 2, COLOUR_INK);
    draw_disc(out, x, y, radius - 2, COLOUR_PAPER);
}

void paint_target(DrawList *out, float x, float y, float length, float width, float angle_deg) {
    float c = cosf(angle_deg * FULL_TURN / 360), s = sinf(angle_deg * FULL_TURN / 360);
    float half = (length - width) / 2;
    draw_line(out, x - c * half, y - s * half, x + c * half, y + s * half, width + 7,
              colour_alpha(COLOUR_INK, 0.7f));
    draw_line(out, x - c * half, y - s * half, x + c * half, y + s * half, width, COLOUR_GOLD);
    for (int side = -1; side <= 1; side += 2) {
        float nx = x + c * length * 0.14f * (float)side, ny = y + s * length * 0.14f * (float)side;
        draw_line(out, nx + s * width * 0.3f, ny - c * width * 0.3f, nx - s * width * 0.3f,
                  ny + c * width * 0.3f, 3.2f, colour_alpha(COLOUR_INK, 0.85f));
    }
}

void paint_rep_ring(DrawList *out, const GameView *view, RepRing ring, int32_t now_tick, float x, float y) {
    float age = (float)(now_tick - ring.tick) / (0.6f * TICK_HZ);
    if (ring.tick <= 0 || age < 0 || age >= 1) return;
    bool stays = ring.partial || view->reduced_motion;
    float radius = stays ? 44 : paint_mix(20, 120, 1 - (1 - age) * (1 - age));
    Colour colour = ring.partial ? COLOUR_PAPER_DIM : COLOUR_GOLD;
    draw_ring(out, x, y, radius, ring.partial ? 3 : 5, 0, 360, colour_alpha(colour, 0.85f * (1 - age)));
}

void paint_light(DrawList *out, float x, float y, float radius, float wide, Colour colour) {
    if (wide > 0) draw_glow(out, x, y, wide, colour_alpha(colour, 0.4f));
    draw_glow(out, x, y, radius * 4.2f, colour_alpha(colour, 0.85f));
    draw_disc(out, x, y, radius, colour_mix(colour, COLOUR(0xFFFFFF), 0.35f));
}

void paint_star(DrawList *out, float x, float y, float radius, float line, Colour colour) {
    Point points[9];
    for (int i = 0; i < 9; i++) {
        float reach = i % 2 == 0 ? radius : radius * 0.36f;
        float angle = FULL_TURN * (float)i / 8;
        points[i] = (Point){ x + reach * sinf(angle), y - reach * cosf(angle) };
    }
    if (line > 0) {
        draw_stroke(out, points, 9, line, colour);
    } else {
        draw_polygon(out, points, 8, colour);
    }
}

void paint_ellipse(DrawList *out, float x, float y, float rx, float ry, float from_deg, float to_deg,
                   float width, float dash, float gap, Colour colour) {
    if (to_deg <= from_deg) return;
    Point points[ELLIPSE_POINTS + 1];
    int count = 3 + (int)((to_deg - from_deg) / 360 * (ELLIPSE_POINTS - 3));
    if (count > ELLIPSE_POINTS) count = ELLIPSE_POINTS;
    for (int i = 0; i <= count; i++) {
        float angle = paint_mix(from_deg, to_deg, (float)i / (float)count) * FULL_TURN / 360;
        points[i] = (Point){ x + rx * sinf(angle), y - ry * cosf(angle) };
    }
    draw_stroke_dashed(out, points, count + 1, width, dash, gap, colour);
}

void paint_bird(DrawList *out, float x, float y, float size, float width, Colour colour) {
    Point points[9];
    for (int i = 0; i < 9; i++) {
        float t = (float)i / 8 * 2 - 1;
        float wing = 1 - fabsf(fabsf(t) * 2 - 1);
        points[i] = (Point){ x + t * size, y - size * 0.45f * sinf(wing * FULL_TURN / 4) };
    }
    draw_stroke(out, points, 9, width, colour);
}

void paint_water(DrawList *out, const GameView *view, const WaterLight *water) {
    for (int32_t i = 0; i < water->count; i++) {
        uint32_t n = water->seed + (uint32_t)i * 4u;
        float depth = ((float)i + paint_hash(n)) / (float)water->count;
        float down = depth * sqrtf(depth);
        float spread = paint_mix(water->spread_top, water->spread_bottom, down);
        float across = paint_hash(n + 1) + paint_hash(n + 2) - 1;
        float length = paint_mix(14, 70, down) * paint_mix(0.6f, 1.3f, paint_hash(n + 3));
        float alpha =
            paint_mix(water->alpha_top, water->alpha_bottom, depth) * paint_mix(0.4f, 1, paint_hash(n + 2));
        float slide = 6 * paint_sway(view, paint_mix(0.1f, 0.2f, paint_hash(n)), paint_hash(n + 1));
        float high = paint_mix(1.8f, 4, down);
        draw_rect(out, water->x + across * spread - length / 2 + slide,
                  paint_mix(water->y_top, water->y_bottom, down), length, high, high / 2,
                  colour_alpha(water->colour, alpha));
    }
}

void paint_motes(DrawList *out, const GameView *view, float x, float y, float w, float h, int32_t count,
                 uint32_t seed, Colour colour) {
    if (view->reduced_motion) return;
    if (view->combo >= 3) count *= 2;
    for (int32_t i = 0; i < count; i++) {
        uint32_t n = seed + (uint32_t)i * 5u;
        float life = paint_mix(2.4f, 4, paint_hash(n));
        float age = view->time_s / life + paint_hash(n + 1);
        float whole = floorf(age), part = age - whole;
        /* Another place each time round. */
        float fx = paint_hash(n + 2 + (uint32_t)whole * 131u);
        float radius = paint_mix(1.2f, 3, paint_hash(n + 3));
        float alpha = sinf(part * FULL_TURN / 2);
        float px = x + fx * w + 6 * sinf(age * 5), py = y + h * (1 - part);
        draw_glow(out, px, py, radius * 4, colour_alpha(colour, 0.7f * alpha));
        draw_disc(out, px, py, radius, colour_alpha(colour, alpha));
    }
}
