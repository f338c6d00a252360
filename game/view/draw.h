/* What to draw, as plain data: games and screens append to a DrawList, platform/ turns it into triangles.
 * Nothing here knows a window, a font or a file.
 *
 * The picture is 1280 x 720 units whatever the window measures: x to the right, y down, angles in degrees
 * clockwise from the right unless said otherwise. Every edge is feathered by the renderer. Later commands lie
 * over earlier ones. A list is a value without heap; what does not fit is dropped and counted, never written
 * past the end. Strings are copied. */
#ifndef VIEW_DRAW_H
#define VIEW_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VIEW_WIDTH  1280.0f
#define VIEW_HEIGHT 720.0f

typedef struct Colour {
    uint8_t r, g, b, a; /* not premultiplied */
} Colour;

/* 0xRRGGBB, opaque. */
#define COLOUR(hex) ((Colour){ ((hex) >> 16) & 0xFF, ((hex) >> 8) & 0xFF, (hex)&0xFF, 255 })

/* The constant colours of every screen (ART: palette). */
#define COLOUR_INK       COLOUR(0x101A2E)
#define COLOUR_INK_DEEP  COLOUR(0x0A1120)
#define COLOUR_PAPER     COLOUR(0xFFF4E2)
#define COLOUR_PAPER_DIM COLOUR(0xC9C3D6)
#define COLOUR_GOLD      COLOUR(0xFFD27A)
#define COLOUR_EMBER     COLOUR(0xFF9166)
#define COLOUR_MINT      COLOUR(0x7FE3D0)
#define COLOUR_LILAC     COLOUR(0xB9A7F0)
#define COLOUR_ROSE      COLOUR(0xFF7D93)
#define COLOUR_TRACK     COLOUR(0x24304C)

/* The same colour at `alpha` 0…1 (clamped). */
Colour colour_alpha(Colour colour, float alpha);
/* t = 0 gives a, 1 gives b; clamped. */
Colour colour_mix(Colour a, Colour b, float t);

typedef struct Point {
    float x, y;
} Point;

typedef enum DrawKind {
    DRAW_SCENE,
    DRAW_SPRITE,
    DRAW_POLYGON,
    DRAW_STROKE,
    DRAW_DISC,
    DRAW_RING,
    DRAW_RECT,
    DRAW_FRAME,
    DRAW_SHADE,
    DRAW_GLOW,
    DRAW_BEAM,
    DRAW_TEXT,
} DrawKind;

typedef enum FontWeight { FONT_MEDIUM, FONT_BOLD } FontWeight;
typedef enum TextAlign { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } TextAlign;

/* One command. Which fields count depends on `kind`; the functions below say. */
typedef struct DrawCommand {
    DrawKind kind;
    Colour colour, colour2;
    float x, y, w, h;     /* place and size; radius in w for round things */
    float radius, width;  /* corner radius, line width */
    float angle0, angle1; /* degrees */
    float scale_x, scale_y;
    float dash, gap;      /* 0 = solid */
    int32_t first, count; /* points in DrawList.points */
    int32_t text;         /* offset in DrawList.text: a name or words */
    FontWeight weight;
    TextAlign align;
} DrawCommand;

enum { DRAW_COMMANDS_MAX = 4096, DRAW_POINTS_MAX = 65536, DRAW_TEXT_MAX = 16384 };

typedef struct DrawList {
    int32_t command_count, point_count, text_count;
    int32_t dropped; /* commands that did not fit; 0 in a healthy frame */
    DrawCommand commands[DRAW_COMMANDS_MAX];
    Point points[DRAW_POINTS_MAX];
    char text[DRAW_TEXT_MAX];
} DrawList;

void draw_clear(DrawList *list);

/* A baked full picture of assets/art/<name>.svg, shifted by dx, dy units, at `alpha` 0…1. `name` without
 * ending: "tidewing/scene". */
void draw_scene(DrawList *list, const char *name, float dx, float dy, float alpha);

/* A baked part: assets/art/<name>.svg whose viewBox is the part's own box in picture units and whose viewBox
 * origin is the pivot (so viewBox="-40 -20 80 60" turns about the point 40 from the left, 20 from the top).
 * Pivot goes to x, y; scale may be negative (mirrored); angle_deg turns clockwise. */
void draw_sprite(DrawList *list, const char *name, float x, float y, float scale_x, float scale_y,
                 float angle_deg, float alpha);

/* A name with this ending is the sprite's silhouette in paper, grown by DRAW_EDGE units. */
#define DRAW_EDGE_SUFFIX "#edge"
#define DRAW_EDGE        4.0f

/* A simple (not self-crossing) polygon, either winding. */
void draw_polygon(DrawList *list, const Point *points, int count, Colour colour);
/* The same with `top` at its highest point running to `bottom` at its lowest. */
void draw_polygon_gradient(DrawList *list, const Point *points, int count, Colour top, Colour bottom);

/* A line through the points, round caps and joins. */
void draw_stroke(DrawList *list, const Point *points, int count, float width, Colour colour);
/* Dashes of `dash` units (0.1 gives round dots) with `gap` between their starts' ends. */
void draw_stroke_dashed(DrawList *list, const Point *points, int count, float width, float dash, float gap,
                        Colour colour);
void draw_line(DrawList *list, float x0, float y0, float x1, float y1, float width, Colour colour);

void draw_disc(DrawList *list, float x, float y, float radius, Colour colour);
/* Part of a circle's line, centre of the line at `radius`, round caps, from from_deg to to_deg CLOCKWISE FROM
 * 12 O'CLOCK. A whole ring: 0, 360. */
void draw_ring(DrawList *list, float x, float y, float radius, float width, float from_deg, float to_deg,
               Colour colour);

/* A filled rectangle, corners rounded by `radius` (clamped to half of the shorter side). */
void draw_rect(DrawList *list, float x, float y, float w, float h, float radius, Colour colour);
/* Its outline; the line lies inside the rectangle. */
void draw_frame(DrawList *list, float x, float y, float w, float h, float radius, float line, Colour colour);
/* A rectangle that fades from `top` to `bottom`. */
void draw_shade(DrawList *list, float x, float y, float w, float h, Colour top, Colour bottom);

/* Soft light, added to what is below; `radius` is where it ends. */
void draw_glow(DrawList *list, float x, float y, float radius, Colour colour);
/* A cone of light, added: from x, y toward angle_deg (clockwise from the right), `length` long, `spread_deg`
 * wide in all; full on the axis at the source, nothing at the edges and the far end. */
void draw_beam(DrawList *list, float x, float y, float angle_deg, float spread_deg, float length,
               Colour colour);

/* One line of UTF-8 words; y is the base line, size in units of the picture. */
void draw_text(DrawList *list, float x, float y, float size, FontWeight weight, TextAlign align,
               Colour colour, const char *words);

/* Puts a paper line, DRAW_EDGE wide, round the shapes and sprites drawn since there were `from` commands,
 * behind all of them. Light, words and scenes get none. */
void draw_edge(DrawList *list, int32_t from);

/* Measures text for layout; implemented by the platform (or by a fixed-pitch stand-in in tests). */
typedef struct TextMeasure {
    float (*width)(void *self, const char *words, float size, FontWeight weight);
    void *self;
} TextMeasure;

#endif
