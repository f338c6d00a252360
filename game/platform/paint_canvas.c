#include "platform/paint.h"
#include "platform/tessellate.h"

#include <stdlib.h>

struct CanvasPainter {
    Mesh mesh;
    Point *corners; /* of the mesh's triangles, three each */
    int corner_capacity;
    Point points[DRAW_POINTS_MAX];
};

Result canvas_painter_open(CanvasPainter **out, Error *error) {
    *out = calloc(1, sizeof **out);
    if (*out == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture.");
    (*out)->mesh.crisp = true;
    return RESULT_OK;
}

void canvas_painter_close(CanvasPainter *painter) {
    if (painter == NULL) return;
    mesh_free(&painter->mesh);
    free(painter->corners);
    free(painter);
}

/* Lines and rings come as triangles of one shape. */
static void fill_mesh(CanvasPainter *painter, Canvas *canvas, Colour colour) {
    const Mesh *mesh = &painter->mesh;
    if (mesh->index_count > painter->corner_capacity) {
        Point *more = realloc(painter->corners, (size_t)mesh->index_count * sizeof *more);
        if (more == NULL) return;
        painter->corners = more;
        painter->corner_capacity = mesh->index_count;
    }
    for (int i = 0; i < mesh->index_count; i++) {
        SDL_FPoint p = mesh->vertices[mesh->indices[i]].position;
        painter->corners[i] = (Point){ p.x, p.y };
    }
    canvas_triangles(canvas, painter->corners, mesh->index_count / 3, colour);
    mesh_clear(&painter->mesh);
}

static CanvasImage image_of(const SDL_Surface *surface) {
    return (CanvasImage){
        .pixels = surface->pixels, .width = surface->w, .height = surface->h, .stride = surface->pitch / 4
    };
}

static void put_picture(Canvas *canvas, const PaintPlace *place, const DrawList *list, const DrawCommand *c) {
    Picture picture;
    if (!paint_picture(place, list, c, &picture) || picture.surface == NULL) return;
    CanvasImage image = image_of(picture.surface);
    canvas_image(canvas, &image, paint_placing(place, c, &picture, image.width, image.height),
                 (float)c->colour.a / 255);
}

static void put_words(Canvas *canvas, const PaintPlace *place, const DrawList *list, const DrawCommand *c) {
    Wording wording;
    if (!glyphs_words(place->glyphs, list->text + c->text, c->h * place->scale, c->weight, &wording)) return;
    CanvasImage image = image_of(wording.surface);
    SDL_Point at = paint_corner(place, c, &wording);
    canvas_stencil(canvas, &image, at.x, at.y, c->colour);
}

static void put_command(CanvasPainter *painter, Canvas *canvas, const PaintPlace *place, const DrawList *list,
                        const DrawCommand *c) {
    Mesh *mesh = &painter->mesh;
    float k = place->scale;
    Point at = paint_point(place, c->x, c->y);
    Point outline[OUTLINE_POINTS_MAX];
    switch (c->kind) {
    case DRAW_SCENE:
    case DRAW_SPRITE: put_picture(canvas, place, list, c); break;
    case DRAW_TEXT: put_words(canvas, place, list, c); break;
    case DRAW_POLYGON:
        canvas_polygon(canvas, paint_points(place, list, c, painter->points), c->count, c->colour,
                       c->colour2);
        break;
    case DRAW_STROKE:
        mesh_stroke(mesh, paint_points(place, list, c, painter->points), c->count, c->width * k, c->dash * k,
                    c->gap * k, c->colour);
        fill_mesh(painter, canvas, c->colour);
        break;
    case DRAW_RING:
        mesh_ring(mesh, at, c->w * k, c->width * k, c->angle0, c->angle1, c->colour);
        fill_mesh(painter, canvas, c->colour);
        break;
    case DRAW_FRAME:
        mesh_frame(mesh, at.x, at.y, c->w * k, c->h * k, c->radius * k, c->width * k, c->colour);
        fill_mesh(painter, canvas, c->colour);
        break;
    case DRAW_DISC:
        if (c->w > 0)
            canvas_polygon(canvas, outline, outline_disc(outline, at, c->w * k), c->colour, c->colour);
        break;
    case DRAW_RECT:
        if (c->w > 0 && c->h > 0)
            canvas_polygon(canvas, outline,
                           outline_rect(outline, at.x, at.y, c->w * k, c->h * k, c->radius * k), c->colour,
                           c->colour);
        break;
    case DRAW_SHADE: canvas_shade(canvas, at.x, at.y, c->w * k, c->h * k, c->colour, c->colour2); break;
    case DRAW_GLOW: canvas_glow(canvas, at, c->w * k, c->colour); break;
    case DRAW_BEAM: canvas_beam(canvas, at, c->angle0, c->angle1, c->w * k, c->colour); break;
    }
}

void canvas_painter_paint(CanvasPainter *painter, Canvas *canvas, const PaintPlace *place,
                          const DrawList *list, SDL_Rect part) {
    SDL_Rect seen = { 0 };
    canvas_clip(canvas, part.x, part.y, part.w, part.h);
    canvas_clear(canvas, COLOUR_INK_DEEP);
    if (!SDL_IntersectRect(&part, &place->clip, &seen)) return;
    canvas_clip(canvas, seen.x, seen.y, seen.w, seen.h);
    bool all = seen.w == place->clip.w && seen.h == place->clip.h;
    for (int i = 0; i < list->command_count; i++) {
        const DrawCommand *c = &list->commands[i];
        if (!paint_is_sound(list, c)) continue;
        if (!all) {
            SDL_Rect mark = paint_bounds(place, list, c);
            if (mark.w == 0 || !SDL_HasIntersection(&mark, &seen)) continue;
        }
        put_command(painter, canvas, place, list, c);
    }
}
