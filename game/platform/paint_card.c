#include "platform/paint.h"
#include "platform/tessellate.h"

#include <math.h>
#include <stdlib.h>

enum { GLOW_PX = 256 };

struct CardPainter {
    SDL_Renderer *renderer;
    SDL_Texture *glow;
    Mesh mesh;
    /* What the triangles gathered so far have in common. */
    SDL_Texture *texture;
    bool light; /* added instead of laid over */
    Point points[DRAW_POINTS_MAX];
};

static SDL_Texture *make_glow(SDL_Renderer *renderer) {
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, GLOW_PX, GLOW_PX, 32, SDL_PIXELFORMAT_ARGB8888);
    if (surface == NULL) return NULL;
    const float middle = GLOW_PX / 2.0f;
    for (int y = 0; y < GLOW_PX; y++) {
        unsigned char *line = (unsigned char *)surface->pixels + (size_t)y * (size_t)surface->pitch;
        uint32_t *row = (uint32_t *)(void *)line;
        for (int x = 0; x < GLOW_PX; x++) {
            float radius = hypotf((float)x + 0.5f - middle, (float)y + 0.5f - middle) / middle;
            row[x] = (uint32_t)(light_alpha(radius) * 255 + 0.5f) << 24 | 0xFFFFFF;
        }
    }
    SDL_Texture *texture = SDL_CreateTextureFromSurface(renderer, surface);
    SDL_FreeSurface(surface);
    if (texture != NULL) SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_ADD);
    return texture;
}

Result card_painter_open(CardPainter **out, SDL_Renderer *renderer, Error *error) {
    *out = NULL;
    CardPainter *painter = calloc(1, sizeof *painter);
    if (painter == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture.");
    painter->renderer = renderer;
    painter->glow = make_glow(renderer);
    if (painter->glow == NULL) {
        free(painter);
        return error_set(error, RESULT_NO_MEMORY, "Out of memory for light: %s.", SDL_GetError());
    }
    *out = painter;
    return RESULT_OK;
}

void card_painter_close(CardPainter *painter) {
    if (painter == NULL) return;
    SDL_DestroyTexture(painter->glow);
    mesh_free(&painter->mesh);
    free(painter);
}

static void flush(CardPainter *painter) {
    Mesh *mesh = &painter->mesh;
    if (mesh->index_count > 0) {
        SDL_SetRenderDrawBlendMode(painter->renderer,
                                   painter->light ? SDL_BLENDMODE_ADD : SDL_BLENDMODE_BLEND);
        SDL_RenderGeometry(painter->renderer, painter->texture, mesh->vertices, mesh->vertex_count,
                           mesh->indices, mesh->index_count);
    }
    mesh_clear(mesh);
}

/* Everything put into the mesh from here on is drawn this way. */
static void use(CardPainter *painter, SDL_Texture *texture, bool light) {
    if (painter->texture == texture && painter->light == light) return;
    flush(painter);
    painter->texture = texture;
    painter->light = light;
}

static void put_picture(CardPainter *painter, const PaintPlace *place, const DrawList *list,
                        const DrawCommand *c) {
    Picture picture;
    if (!paint_picture(place, list, c, &picture)) return;
    CanvasPlace p = paint_placing(place, c, &picture, 1, 1);
    use(painter, picture.texture, false);
    mesh_picture(&painter->mesh, (Point){ p.x0, p.y0 }, (Point){ p.xx, p.yx }, (Point){ p.xy, p.yy },
                 c->colour);
}

static void put_words(CardPainter *painter, const PaintPlace *place, const DrawList *list,
                      const DrawCommand *c) {
    Wording wording;
    if (!glyphs_words(place->glyphs, list->text + c->text, c->h * place->scale, c->weight, &wording)) return;
    SDL_Point at = paint_corner(place, c, &wording);
    use(painter, wording.texture, false);
    mesh_picture(&painter->mesh, (Point){ (float)at.x, (float)at.y }, (Point){ (float)wording.width, 0 },
                 (Point){ 0, (float)wording.height }, c->colour);
    flush(painter); /* the words' texture may go with the next words */
}

static void put_glow(CardPainter *painter, Point at, float radius, Colour colour) {
    use(painter, painter->glow, true);
    mesh_picture(&painter->mesh, (Point){ at.x - radius, at.y - radius }, (Point){ 2 * radius, 0 },
                 (Point){ 0, 2 * radius }, colour);
}

static void put_shape(CardPainter *painter, const PaintPlace *place, const DrawList *list,
                      const DrawCommand *c) {
    Mesh *mesh = &painter->mesh;
    float k = place->scale;
    Point at = paint_point(place, c->x, c->y);
    use(painter, NULL, c->kind == DRAW_BEAM);
    switch (c->kind) {
    case DRAW_POLYGON:
        mesh_polygon(mesh, paint_points(place, list, c, painter->points), c->count, c->colour, c->colour2);
        break;
    case DRAW_STROKE:
        mesh_stroke(mesh, paint_points(place, list, c, painter->points), c->count, c->width * k, c->dash * k,
                    c->gap * k, c->colour);
        break;
    case DRAW_DISC: mesh_disc(mesh, at, c->w * k, c->colour); break;
    case DRAW_RING: mesh_ring(mesh, at, c->w * k, c->width * k, c->angle0, c->angle1, c->colour); break;
    case DRAW_RECT: mesh_rect(mesh, at.x, at.y, c->w * k, c->h * k, c->radius * k, c->colour); break;
    case DRAW_FRAME:
        mesh_frame(mesh, at.x, at.y, c->w * k, c->h * k, c->radius * k, c->width * k, c->colour);
        break;
    case DRAW_SHADE: mesh_shade(mesh, at.x, at.y, c->w * k, c->h * k, c->colour, c->colour2); break;
    case DRAW_BEAM: mesh_beam(mesh, at, c->angle0, c->angle1, c->w * k, c->colour); break;
    default: break;
    }
}

void card_painter_paint(CardPainter *painter, const PaintPlace *place, const DrawList *list) {
    SDL_RenderSetClipRect(painter->renderer, NULL);
    SDL_SetRenderDrawColor(painter->renderer, COLOUR_INK_DEEP.r, COLOUR_INK_DEEP.g, COLOUR_INK_DEEP.b, 255);
    SDL_RenderClear(painter->renderer);
    SDL_RenderSetClipRect(painter->renderer, &place->clip);
    mesh_clear(&painter->mesh);
    painter->texture = NULL;
    painter->light = false;
    for (int i = 0; i < list->command_count; i++) {
        const DrawCommand *c = &list->commands[i];
        if (!paint_is_sound(list, c)) continue;
        switch (c->kind) {
        case DRAW_SCENE:
        case DRAW_SPRITE: put_picture(painter, place, list, c); break;
        case DRAW_TEXT: put_words(painter, place, list, c); break;
        case DRAW_GLOW:
            put_glow(painter, paint_point(place, c->x, c->y), c->w * place->scale, c->colour);
            break;
        default: put_shape(painter, place, list, c); break;
        }
    }
    flush(painter);
}
