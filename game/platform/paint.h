/* A draw list onto pixels, in two ways: on the graphics card, or in memory where there is none. Both show the
 * same. */
#ifndef PLATFORM_PAINT_H
#define PLATFORM_PAINT_H

#include "platform/canvas.h"
#include "platform/glyphs.h"
#include "platform/scenery.h"
#include "view/draw.h"

#include <SDL.h>

/* Where the picture lies in the window, and what it is made from. */
typedef struct PaintPlace {
    float scale, x, y; /* device pixels a unit; top left corner */
    SDL_Rect clip;     /* the picture in whole pixels */
    Glyphs *glyphs;
    Scenery *scenery;
} PaintPlace;

/* False for a command with numbers no shape can have (a division by nothing somewhere): it is left out. */
bool paint_is_sound(const DrawList *list, const DrawCommand *command);
/* The command's points in device pixels, into `out` (DRAW_POINTS_MAX). */
const Point *paint_points(const PaintPlace *place, const DrawList *list, const DrawCommand *command,
                          Point *out);
Point paint_point(const PaintPlace *place, float x, float y);
/* Where a sprite's or scene's pixels go; the image is `picture` in `width` x `height` pixels. */
CanvasPlace paint_placing(const PaintPlace *place, const DrawCommand *command, const Picture *picture,
                          int width, int height);
/* The picture a scene or sprite command names; false while it is not there. */
bool paint_picture(const PaintPlace *place, const DrawList *list, const DrawCommand *command, Picture *out);
/* Top left corner of words, on whole pixels: letters were made for those. */
SDL_Point paint_corner(const PaintPlace *place, const DrawCommand *command, const Wording *wording);

/* The part of the picture in which `now` looks different from `before`, device pixels; empty (w == 0) where
 * nothing does. */
SDL_Rect paint_changed(const PaintPlace *place, const DrawList *before, const DrawList *now);
/* Where a command can leave a mark. */
SDL_Rect paint_bounds(const PaintPlace *place, const DrawList *list, const DrawCommand *command);

typedef struct CardPainter CardPainter;
MUST_CHECK Result card_painter_open(CardPainter **out, SDL_Renderer *renderer, Error *error);
/* Takes NULL. */
void card_painter_close(CardPainter *painter);
void card_painter_paint(CardPainter *painter, const PaintPlace *place, const DrawList *list);

typedef struct CanvasPainter CanvasPainter;
MUST_CHECK Result canvas_painter_open(CanvasPainter **out, Error *error);
/* Takes NULL. */
void canvas_painter_close(CanvasPainter *painter);
/* Paints what lies in `part` of the canvas; the rest keeps its pixels. */
void canvas_painter_paint(CanvasPainter *painter, Canvas *canvas, const PaintPlace *place,
                          const DrawList *list, SDL_Rect part);

#endif
