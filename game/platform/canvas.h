/* Painting into memory without a graphics card: exact area coverage at every edge, the same pixels on every
 * run. Pixels are 0xAARRGGBB and stay opaque. Coordinates are device pixels. Knows nothing of windows or
 * files.
 *
 * Edges are summed into a signed-area buffer that a running sum along each row turns into coverage (R.
 * Levien's accumulation buffer, font-rs, 2016); pieces of one shape that touch therefore leave no seam,
 * whatever order they come in. */
#ifndef PLATFORM_CANVAS_H
#define PLATFORM_CANVAS_H

#include "core/result.h"
#include "view/draw.h"

#include <stdint.h>

typedef struct Canvas Canvas;

/* Somebody's pixels, premultiplied by alpha; borrowed. */
typedef struct CanvasImage {
    const uint32_t *pixels;
    int width, height, stride; /* in pixels */
} CanvasImage;

/* x' = xx x + xy y + x0 and so on: image pixels to canvas pixels. */
typedef struct CanvasPlace {
    float xx, xy, yx, yy, x0, y0;
} CanvasPlace;

MUST_CHECK Result canvas_open(Canvas **out, int width, int height, Error *error);
/* Takes NULL. */
void canvas_close(Canvas *canvas);
uint32_t *canvas_pixels(Canvas *canvas); /* width * height, row by row */

/* Within the clip. */
void canvas_clear(Canvas *canvas, Colour colour);
/* Nothing is painted outside; begins as the whole canvas. */
void canvas_clip(Canvas *canvas, int x, int y, int w, int h);

/* A simple polygon; `top` at its highest point runs to `bottom` at its lowest. */
void canvas_polygon(Canvas *canvas, const Point *points, int count, Colour top, Colour bottom);
/* Triangles of one shape: three points each, either winding; overlaps count once. */
void canvas_triangles(Canvas *canvas, const Point *points, int triangles, Colour colour);
void canvas_shade(Canvas *canvas, float x, float y, float w, float h, Colour top, Colour bottom);
/* Light, added. */
void canvas_glow(Canvas *canvas, Point centre, float radius, Colour colour);
void canvas_beam(Canvas *canvas, Point source, float angle_deg, float spread_deg, float length,
                 Colour colour);
void canvas_image(Canvas *canvas, const CanvasImage *image, CanvasPlace place, float alpha);
/* Alpha of the image in one colour: letters. */
void canvas_stencil(Canvas *canvas, const CanvasImage *image, int left, int top, Colour colour);

/* How light falls off: alpha at 0…1 of the radius. The same curve for every painter. */
float light_alpha(float radius);

#endif
