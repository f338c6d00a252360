#include "platform/paint.h"

#include <math.h>
#include <string.h>

#define TOO_LARGE 1e6f

bool paint_is_sound(const DrawList *list, const DrawCommand *c) {
    const float numbers[] = { c->x,      c->y,      c->w,       c->h,       c->radius, c->width,
                              c->angle0, c->angle1, c->scale_x, c->scale_y, c->dash,   c->gap };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!(fabsf(numbers[i]) < TOO_LARGE)) return false;
    }
    for (int i = 0; i < c->count; i++) {
        Point p = list->points[c->first + i];
        if (!(fabsf(p.x) < TOO_LARGE) || !(fabsf(p.y) < TOO_LARGE)) return false;
    }
    return true;
}

Point paint_point(const PaintPlace *place, float x, float y) {
    return (Point){ place->x + x * place->scale, place->y + y * place->scale };
}

const Point *paint_points(const PaintPlace *place, const DrawList *list, const DrawCommand *c, Point *out) {
    for (int i = 0; i < c->count; i++) {
        Point p = list->points[c->first + i];
        out[i] = paint_point(place, p.x, p.y);
    }
    return out;
}

CanvasPlace paint_placing(const PaintPlace *place, const DrawCommand *c, const Picture *picture, int width,
                          int height) {
    bool sprite = c->kind == DRAW_SPRITE;
    float scale_x = (sprite ? c->scale_x : 1) * place->scale,
          scale_y = (sprite ? c->scale_y : 1) * place->scale;
    float turn = sprite ? c->angle0 * 3.14159265f / 180 : 0;
    float cosine = turn == 0 ? 1 : cosf(turn), sine = turn == 0 ? 0 : sinf(turn);
    Point at = paint_point(place, c->x, c->y);
    float px = picture->w / (float)width, py = picture->h / (float)height; /* units a pixel of the image */
    CanvasPlace p = {
        cosine * scale_x * px, -sine * scale_y * py, sine * scale_x * px, cosine * scale_y * py, 0, 0
    };
    p.x0 = at.x + cosine * scale_x * picture->x - sine * scale_y * picture->y;
    p.y0 = at.y + sine * scale_x * picture->x + cosine * scale_y * picture->y;
    return p;
}

bool paint_picture(const PaintPlace *place, const DrawList *list, const DrawCommand *c, Picture *out) {
    float enlarge = c->kind == DRAW_SPRITE ? fmaxf(fabsf(c->scale_x), fabsf(c->scale_y)) : 1;
    return scenery_picture(place->scenery, list->text + c->text, enlarge, out);
}

SDL_Point paint_corner(const PaintPlace *place, const DrawCommand *c, const Wording *wording) {
    Point at = paint_point(place, c->x, c->y);
    float width = (float)wording->width;
    float left = at.x - (c->align == ALIGN_LEFT ? 0 : c->align == ALIGN_RIGHT ? width : width / 2);
    return (SDL_Point){ (int)floorf(left + 0.5f), (int)floorf(at.y + 0.5f) - wording->ascent };
}

/* ---- What has changed ---- */

typedef struct Extent {
    float left, top, right, bottom;
} Extent;

static void include(Extent *e, float x, float y, float around) {
    e->left = fminf(e->left, x - around);
    e->right = fmaxf(e->right, x + around);
    e->top = fminf(e->top, y - around);
    e->bottom = fmaxf(e->bottom, y + around);
}

static void include_picture(Extent *e, const PaintPlace *place, const DrawList *list, const DrawCommand *c) {
    Picture picture;
    if (!paint_picture(place, list, c, &picture)) return;
    CanvasPlace p = paint_placing(place, c, &picture, 1, 1);
    for (int i = 0; i < 4; i++) {
        float u = i % 2 ? 1 : 0, v = i > 1 ? 1 : 0;
        include(e, p.xx * u + p.xy * v + p.x0, p.yx * u + p.yy * v + p.y0, 1);
    }
}

static void include_words(Extent *e, const PaintPlace *place, const DrawList *list, const DrawCommand *c) {
    Wording wording;
    if (!glyphs_words(place->glyphs, list->text + c->text, c->h * place->scale, c->weight, &wording)) return;
    SDL_Point at = paint_corner(place, c, &wording);
    include(e, (float)at.x, (float)at.y, 1);
    include(e, (float)(at.x + wording.width), (float)(at.y + wording.height), 1);
}

SDL_Rect paint_bounds(const PaintPlace *place, const DrawList *list, const DrawCommand *c) {
    Extent e = { TOO_LARGE, TOO_LARGE, -TOO_LARGE, -TOO_LARGE };
    float k = place->scale;
    Point at = paint_point(place, c->x, c->y);
    if (!paint_is_sound(list, c)) return (SDL_Rect){ 0 };
    switch (c->kind) {
    case DRAW_SCENE:
    case DRAW_SPRITE: include_picture(&e, place, list, c); break;
    case DRAW_TEXT: include_words(&e, place, list, c); break;
    case DRAW_POLYGON:
    case DRAW_STROKE:
        for (int i = 0; i < c->count; i++) {
            Point p = list->points[c->first + i];
            p = paint_point(place, p.x, p.y);
            include(&e, p.x, p.y, c->width * k / 2 + 1);
        }
        break;
    case DRAW_DISC:
    case DRAW_RING:
    case DRAW_GLOW: include(&e, at.x, at.y, (c->w + c->width) * k + 1); break;
    case DRAW_BEAM:
        include(&e, at.x, at.y, c->w * k * 1.5f + 1);
        break; /* a wide cone's corners lie farther out */
    case DRAW_RECT:
    case DRAW_FRAME:
    case DRAW_SHADE:
        include(&e, at.x, at.y, 1);
        include(&e, at.x + c->w * k, at.y + c->h * k, 1);
        break;
    }
    if (e.left > e.right) return (SDL_Rect){ 0 };
    SDL_Rect box = { (int)floorf(e.left), (int)floorf(e.top), 0, 0 }, seen = { 0 };
    box.w = (int)ceilf(e.right) - box.x;
    box.h = (int)ceilf(e.bottom) - box.y;
    return SDL_IntersectRect(&box, &place->clip, &seen) ? seen : (SDL_Rect){ 0 };
}

static bool is_same_colour(Colour a, Colour b) {
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

/* Alike to the eye: the same command with the same points and words, wherever the lists keep them. */
static bool is_same(const DrawList *a_list, const DrawCommand *a, const DrawList *b_list,
                    const DrawCommand *b) {
    bool same = a->kind == b->kind && a->count == b->count && a->weight == b->weight &&
                a->align == b->align && is_same_colour(a->colour, b->colour) &&
                is_same_colour(a->colour2, b->colour2) && a->x == b->x && a->y == b->y && a->w == b->w &&
                a->h == b->h && a->radius == b->radius && a->width == b->width && a->angle0 == b->angle0 &&
                a->angle1 == b->angle1 && a->scale_x == b->scale_x && a->scale_y == b->scale_y &&
                a->dash == b->dash && a->gap == b->gap;
    if (!same) return false;
    for (int i = 0; i < a->count; i++) {
        Point p = a_list->points[a->first + i], q = b_list->points[b->first + i];
        if (p.x != q.x || p.y != q.y) return false;
    }
    bool worded = a->kind == DRAW_SCENE || a->kind == DRAW_SPRITE || a->kind == DRAW_TEXT;
    return !worded || strcmp(a_list->text + a->text, b_list->text + b->text) == 0;
}

static void grow(SDL_Rect *all, SDL_Rect more) {
    if (more.w <= 0 || more.h <= 0) return;
    SDL_Rect both = more;
    if (all->w > 0) SDL_UnionRect(all, &more, &both);
    *all = both;
}

SDL_Rect paint_changed(const PaintPlace *place, const DrawList *before, const DrawList *now) {
    SDL_Rect changed = { 0 };
    int most = before->command_count > now->command_count ? before->command_count : now->command_count;
    for (int i = 0; i < most; i++) {
        const DrawCommand *a = i < before->command_count ? &before->commands[i] : NULL;
        const DrawCommand *b = i < now->command_count ? &now->commands[i] : NULL;
        if (a != NULL && b != NULL && is_same(before, a, now, b)) continue;
        if (a != NULL) grow(&changed, paint_bounds(place, before, a));
        if (b != NULL) grow(&changed, paint_bounds(place, now, b));
        if (changed.w >= place->clip.w && changed.h >= place->clip.h) break;
    }
    return changed;
}
