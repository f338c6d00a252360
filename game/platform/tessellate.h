/* Shapes to triangles, in device pixels. Every edge gets a strip one pixel wide on which alpha runs out, half
 * of it inside the shape. What memory does not allow is left out. */
#ifndef PLATFORM_TESSELLATE_H
#define PLATFORM_TESSELLATE_H

#include "view/draw.h"

#include <SDL.h>

/* Grows as needed; begin with a zeroed one. */
typedef struct Mesh {
    SDL_Vertex *vertices;
    int *indices;
    int vertex_count, vertex_capacity, index_count, index_capacity;
    bool crisp; /* no soft edges: somebody else smooths them */
    /* room to work in */
    Point *points, *miters;
    int *next, *previous;
    int scratch_capacity;
} Mesh;

void mesh_clear(Mesh *mesh);
void mesh_free(Mesh *mesh);

/* A simple polygon; `top` at its highest point runs to `bottom` at its lowest. */
void mesh_polygon(Mesh *mesh, const Point *points, int count, Colour top, Colour bottom);
/* Round caps and joins; a line that ends where it began is closed. `dash` 0 = solid. */
void mesh_stroke(Mesh *mesh, const Point *points, int count, float width, float dash, float gap,
                 Colour colour);
void mesh_disc(Mesh *mesh, Point centre, float radius, Colour colour);
/* Degrees clockwise from 12 o'clock. */
void mesh_ring(Mesh *mesh, Point centre, float radius, float width, float from_deg, float to_deg,
               Colour colour);
void mesh_rect(Mesh *mesh, float x, float y, float w, float h, float radius, Colour colour);
void mesh_frame(Mesh *mesh, float x, float y, float w, float h, float radius, float line, Colour colour);
/* No feather: shades lie edge to edge. */
void mesh_shade(Mesh *mesh, float x, float y, float w, float h, Colour top, Colour bottom);
/* For the additive batch. */
void mesh_beam(Mesh *mesh, Point source, float angle_deg, float spread_deg, float length, Colour colour);
/* A textured parallelogram: corner, and the two edges from it; covers the whole texture. */
void mesh_picture(Mesh *mesh, Point corner, Point across, Point down, Colour colour);

/* Outlines, for painters that fill them whole: point counts; `out` holds OUTLINE_POINTS_MAX. */
enum { OUTLINE_POINTS_MAX = 4 * 401 + 1 };
int outline_disc(Point *out, Point centre, float radius);
int outline_rect(Point *out, float x, float y, float w, float h, float radius);

#endif
