#include "ui/path.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_POINTS_MAX = 512, CURVE_STEPS = 12 };

typedef struct Pen {
    const char *at; /* what is left to read */
    Point points[PATH_POINTS_MAX];
    int count;
    Point start, here, control; /* control point of the curve before, for S and T */
    char command, before;
    /* what to do with a finished part */
    DrawList *list;
    float x, y, scale, width, dash, gap;
    bool fill;
    Colour colour;
} Pen;

static void put(Pen *pen, Point p) {
    if (pen->count < PATH_POINTS_MAX)
        pen->points[pen->count++] = (Point){ pen->x + p.x * pen->scale, pen->y + p.y * pen->scale };
    pen->here = p;
}

static void finish(Pen *pen) {
    if (pen->fill && pen->count > 2) {
        draw_polygon(pen->list, pen->points, pen->count, pen->colour);
    } else if (!pen->fill && pen->count > 1) {
        draw_stroke_dashed(pen->list, pen->points, pen->count, pen->width, pen->dash, pen->gap, pen->colour);
    }
    pen->count = 0;
}

static void skip(Pen *pen) {
    while (*pen->at == ' ' || *pen->at == ',') pen->at++;
}

static float number(Pen *pen) {
    skip(pen);
    char *end = NULL;
    float value = strtof(pen->at, &end);
    if (end == pen->at) {
        pen->at += strlen(pen->at); /* not a number: stop reading */
        return 0;
    }
    pen->at = end;
    return value;
}

static Point pair(Pen *pen, bool relative) {
    Point base = relative ? pen->here : (Point){ 0, 0 };
    float x = number(pen);
    float y = number(pen);
    return (Point){ base.x + x, base.y + y };
}

static void cubic(Pen *pen, Point b, Point c, Point d) {
    Point a = pen->here;
    for (int i = 1; i <= CURVE_STEPS; i++) {
        float t = (float)i / CURVE_STEPS, s = 1 - t;
        float wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
        put(pen,
            (Point){ wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y });
    }
    pen->control = c;
}

static void quadratic(Pen *pen, Point b, Point c) {
    Point a = pen->here;
    Point first = { a.x + (b.x - a.x) * 2 / 3, a.y + (b.y - a.y) * 2 / 3 };
    Point second = { c.x + (b.x - c.x) * 2 / 3, c.y + (b.y - c.y) * 2 / 3 };
    cubic(pen, first, second, c);
    pen->control = b;
}

/* Circles and upright ellipses; SVG 1.1, appendix F.6. */
static void arc(Pen *pen, float rx, float ry, bool large, bool sweep, Point to) {
    Point from = pen->here;
    float dx = (from.x - to.x) / 2, dy = (from.y - to.y) / 2;
    if (rx <= 0 || ry <= 0) {
        put(pen, to);
        return;
    }
    float over = dx * dx / (rx * rx) + dy * dy / (ry * ry);
    if (over > 1) {
        rx *= sqrtf(over);
        ry *= sqrtf(over);
        over = 1;
    }
    float k = over > 0 ? sqrtf(fmaxf(0, 1 / over - 1)) : 0;
    if (large == sweep) k = -k;
    float cx = k * rx * dy / ry, cy = -k * ry * dx / rx;
    Point centre = { cx + (from.x + to.x) / 2, cy + (from.y + to.y) / 2 };
    float t0 = atan2f((dy - cy) / ry, (dx - cx) / rx), t1 = atan2f((-dy - cy) / ry, (-dx - cx) / rx);
    const float turn = 6.2831853f;
    float way = t1 - t0;
    if (sweep && way < 0) way += turn;
    if (!sweep && way > 0) way -= turn;
    float whole = 24 + 6 * sqrtf(fmaxf(rx, ry) * pen->scale); /* steps of a whole turn */
    int steps = (int)ceilf(fabsf(way) / turn * whole) + 1;
    for (int i = 1; i <= steps; i++) {
        float t = t0 + way * (float)i / (float)steps;
        put(pen, (Point){ centre.x + rx * cosf(t), centre.y + ry * sinf(t) });
    }
    pen->here = to;
}

static Point mirrored(const Pen *pen, const char *kinds) {
    if (strchr(kinds, pen->before) == NULL) return pen->here;
    return (Point){ 2 * pen->here.x - pen->control.x, 2 * pen->here.y - pen->control.y };
}

static void step(Pen *pen) {
    char c = pen->command;
    bool relative = c >= 'a';
    Point here = pen->here, b, d;
    float rx, ry;
    bool large, sweep;
    switch (relative ? (char)(c - 'a' + 'A') : c) {
    case 'M':
        finish(pen);
        pen->start = pair(pen, relative);
        put(pen, pen->start);
        pen->command = relative ? 'l' : 'L'; /* further pairs are lines */
        break;
    case 'L': put(pen, pair(pen, relative)); break;
    case 'H': put(pen, (Point){ number(pen) + (relative ? here.x : 0), here.y }); break;
    case 'V': put(pen, (Point){ here.x, number(pen) + (relative ? here.y : 0) }); break;
    case 'C':
        b = pair(pen, relative);
        d = pair(pen, relative);
        cubic(pen, b, d, pair(pen, relative));
        break;
    case 'S':
        b = mirrored(pen, "CcSs");
        d = pair(pen, relative);
        cubic(pen, b, d, pair(pen, relative));
        break;
    case 'Q':
        b = pair(pen, relative);
        quadratic(pen, b, pair(pen, relative));
        break;
    case 'T':
        b = mirrored(pen, "QqTt");
        quadratic(pen, b, pair(pen, relative));
        break;
    case 'A':
        rx = number(pen);
        ry = number(pen);
        (void)number(pen); /* upright only */
        large = number(pen) != 0;
        sweep = number(pen) != 0;
        arc(pen, rx, ry, large, sweep, pair(pen, relative));
        break;
    case 'Z':
        put(pen, pen->start);
        finish(pen);
        break;
    default: pen->at += strlen(pen->at); break;
    }
    pen->before = c;
}

static bool is_command(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void run(Pen *pen) {
    for (skip(pen); *pen->at != '\0'; skip(pen)) {
        if (is_command(*pen->at)) pen->command = *pen->at++;
        step(pen);
    }
    finish(pen);
}

void path_fill(DrawList *list, const char *path, float x, float y, float scale, Colour colour) {
    Pen pen = { .at = path, .list = list, .x = x, .y = y, .scale = scale, .fill = true, .colour = colour };
    run(&pen);
}

void path_stroke_dashed(DrawList *list, const char *path, float x, float y, float scale, float width,
                        float dash, float gap, Colour colour) {
    Pen pen = { .at = path,
                .list = list,
                .x = x,
                .y = y,
                .scale = scale,
                .width = width,
                .dash = dash,
                .gap = gap,
                .colour = colour };
    run(&pen);
}

void path_stroke(DrawList *list, const char *path, float x, float y, float scale, float width,
                 Colour colour) {
    path_stroke_dashed(list, path, x, y, scale, width, 0, 0, colour);
}
