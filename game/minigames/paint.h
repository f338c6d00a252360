/* What the pictures of several games share: the marks that mean the same everywhere (target, you, to come),
 * light, water and things in the air. Everything follows from its arguments: chance comes from a hash of an
 * index, motion from the view's time. */
#ifndef MINIGAMES_PAINT_H
#define MINIGAMES_PAINT_H

#include "minigames/minigame.h"
#include "view/draw.h"

#include <stdbool.h>
#include <stdint.h>

/* 0…1, always the same for the same index. */
float paint_hash(uint32_t index);
float paint_clamp(float value, float low, float high);
float paint_mix(float a, float b, float t);
/* In-out cubic, clamped. */
float paint_ease(float t);
/* Arrives with one overshoot of a few per cent; clamped. */
float paint_arrive(float t);
/* sin of a slow drift, 0 where motion is reduced. */
float paint_sway(const GameView *view, float hz, float phase);

/* The camera sways ten units to either side in twenty seconds, and a little up and down. What is far stands
 * still (ART: layers); what is near moves with it, by the amounts of paint_camera. */
Point paint_camera(const GameView *view);
/* A layer is what was drawn since its begin; its end moves all of it. */
typedef struct PaintLayer {
    int32_t command, point;
} PaintLayer;
PaintLayer paint_layer_begin(const DrawList *out);
void paint_layer_end(DrawList *out, PaintLayer layer, Point shift);

/* High contrast: dims the scenery drawn so far … */
void paint_recede(DrawList *out, const GameView *view);
/* … and puts a paper edge round what moves, which is all that was drawn since its begin. */
void paint_stand_out(DrawList *out, const GameView *view, PaintLayer layer);
/* The ground of words within the picture; opaque with high contrast. */
void paint_plate(DrawList *out, const GameView *view, float x, float y, float w, float h);

/* Stars that twinkle among the baked ones of a box of sky: a quarter brighter and darker, slowly. */
void paint_stars(DrawList *out, const GameView *view, float x, float y, float w, float h, int32_t count,
                 uint32_t seed, float alpha);

/* "You, now": a paper dot with an ink ring. */
void paint_you(DrawList *out, float x, float y, float radius);
/* "Target": a gold bar with two ink notches across it, centred, its long side turned to angle_deg. */
void paint_target(DrawList *out, float x, float y, float length, float width, float angle_deg);
/* When a repetition last ended, for the ring that leaves the hero. */
typedef struct RepRing {
    int32_t tick; /* 0: none yet */
    bool partial;
} RepRing;
/* A counted repetition sends one ring outward; a partial one shows a hollow ring that stays where it is and
 * fades. */
void paint_rep_ring(DrawList *out, const GameView *view, RepRing ring, int32_t now_tick, float x, float y);

/* A light: core, its glow and, where `wide` is not 0, a wider one. */
void paint_light(DrawList *out, float x, float y, float radius, float wide, Colour colour);
/* A four-pointed star; hollow where `line` is not 0. */
void paint_star(DrawList *out, float x, float y, float radius, float line, Colour colour);
/* Part of an ellipse's line, degrees clockwise from 12 o'clock; dash 0 is solid. */
void paint_ellipse(DrawList *out, float x, float y, float rx, float ry, float from_deg, float to_deg,
                   float width, float dash, float gap, Colour colour);
/* A gull far away. */
void paint_bird(DrawList *out, float x, float y, float size, float width, Colour colour);

/* Light on water: rounded strokes below `y_top`, spreading downward about x, sliding a little. */
typedef struct WaterLight {
    float x, y_top, y_bottom;
    float spread_top, spread_bottom; /* to either side */
    float alpha_top, alpha_bottom;
    int32_t count;
    uint32_t seed;
    Colour colour;
} WaterLight;
void paint_water(DrawList *out, const GameView *view, const WaterLight *water);

/* Motes that rise in a box and fade in and out; twice as many from a combo of three; none where motion is
 * reduced. */
void paint_motes(DrawList *out, const GameView *view, float x, float y, float w, float h, int32_t count,
                 uint32_t seed, Colour colour);

#endif
