#include "platform/paint.h"

#include <math.h>

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
