#include "platform/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LIGHT_STEPS = 1024 };

struct Canvas {
    uint32_t *pixels;
    int width, height;
    int x0, y0, x1, y1;              /* clip */
    float *area;                     /* (width + 2) a row; all zero between shapes */
    int *low, *high;                 /* touched cells of each row; empty where low > high */
    int top, bottom;                 /* touched rows */
    uint16_t light[LIGHT_STEPS + 1]; /* by the square of the radius; 0…256 */
};

float light_alpha(float radius) {
    static const float stops[][2] = { { 0, 1 },       { .08f, .86f },  { .2f, .58f }, { .36f, .30f },
                                      { .55f, .12f }, { .76f, .035f }, { 1, 0 } };
    for (size_t i = 1; i < sizeof stops / sizeof *stops; i++) {
        if (radius > stops[i][0]) continue;
        float t = (radius - stops[i - 1][0]) / (stops[i][0] - stops[i - 1][0]);
        return stops[i - 1][1] + (stops[i][1] - stops[i - 1][1]) * t;
    }
    return 0;
}

Result canvas_open(Canvas **out, int width, int height, Error *error) {
    *out = NULL;
    if (width < 1 || height < 1 || width > 16384 || height > 16384)
        return error_set(error, RESULT_BAD_USAGE,
                         "A picture of %d x %d pixels can't be made; 1 to 16384 a side can.", width, height);
    Canvas *canvas = calloc(1, sizeof *canvas);
    if (canvas == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture.");
    canvas->pixels = calloc((size_t)width * (size_t)height, sizeof *canvas->pixels);
    canvas->area = calloc((size_t)(width + 2) * (size_t)height, sizeof *canvas->area);
    canvas->low = calloc((size_t)height, sizeof *canvas->low);
    canvas->high = calloc((size_t)height, sizeof *canvas->high);
    if (canvas->pixels == NULL || canvas->area == NULL || canvas->low == NULL || canvas->high == NULL) {
        canvas_close(canvas);
        return error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture.");
    }
    canvas->width = width;
    canvas->height = height;
    canvas_clip(canvas, 0, 0, width, height);
    canvas->top = height;
    canvas->bottom = -1;
    for (int y = 0; y < height; y++) {
        canvas->low[y] = width + 1;
        canvas->high[y] = -1;
    }
    for (int i = 0; i <= LIGHT_STEPS; i++)
        canvas->light[i] = (uint16_t)(light_alpha(sqrtf((float)i / LIGHT_STEPS)) * 256 + 0.5f);
    *out = canvas;
    return RESULT_OK;
}

void canvas_close(Canvas *canvas) {
    if (canvas == NULL) return;
    free(canvas->pixels);
    free(canvas->area);
    free(canvas->low);
    free(canvas->high);
    free(canvas);
}

uint32_t *canvas_pixels(Canvas *canvas) {
    return canvas->pixels;
}

static uint32_t pack(Colour colour) {
    return 0xFF000000U | (uint32_t)colour.r << 16 | (uint32_t)colour.g << 8 | colour.b;
}

void canvas_clear(Canvas *canvas, Colour colour) {
    uint32_t pixel = pack(colour);
    for (int y = canvas->y0; y < canvas->y1; y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
        for (int x = canvas->x0; x < canvas->x1; x++) row[x] = pixel;
    }
}

static int clamp_int(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
}

void canvas_clip(Canvas *canvas, int x, int y, int w, int h) {
    canvas->x0 = clamp_int(x, 0, canvas->width);
    canvas->y0 = clamp_int(y, 0, canvas->height);
    canvas->x1 = clamp_int(x + w, canvas->x0, canvas->width);
    canvas->y1 = clamp_int(y + h, canvas->y0, canvas->height);
}

/* ---- Coverage ---- */

static void touch(Canvas *canvas, int y, int low, int high) {
    if (low < canvas->low[y]) canvas->low[y] = low;
    if (high > canvas->high[y]) canvas->high[y] = high;
}

/* One row's part of an edge, from x to next over `d` of the row's height (signed by direction). */
static void add_row(Canvas *canvas, int y, float x, float next, float d) {
    float *area = canvas->area + (size_t)y * (size_t)(canvas->width + 2);
    float left = fminf(x, next), right = fmaxf(x, next);
    float start = floorf(left);
    int first = (int)start, last = (int)ceilf(right);
    if (last <= first + 1) {
        float within = 0.5f * (left + right) - start;
        area[first] += d - d * within;
        area[first + 1] += d * within;
        touch(canvas, y, first, first + 1);
        return;
    }
    /* Slanted over several cells: a triangle in the first and last, even steps between. */
    float slope = 1 / (right - left);
    float lead = 1 - (left - start), tail = right - (float)(last - 1);
    float in_first = 0.5f * slope * lead * lead, in_last = 0.5f * slope * tail * tail;
    area[first] += d * in_first;
    if (last == first + 2) {
        area[first + 1] += d * (1 - in_first - in_last);
    } else {
        float second = slope * (lead + 0.5f);
        area[first + 1] += d * (second - in_first);
        for (int i = first + 2; i < last - 1; i++) area[i] += d * slope;
        float before_last = second + (float)(last - first - 3) * slope;
        area[last - 1] += d * (1 - before_last - in_last);
    }
    area[last] += d * in_last;
    touch(canvas, y, first, last);
}

/* The same for an edge that may reach out of the clip: what lies left of it covers from its border on, what
 * lies right of it covers nothing that is seen. */
static void add_clipped(Canvas *canvas, int y, float x, float next, float d) {
    float low = (float)canvas->x0, high = (float)canvas->x1;
    float left = fminf(x, next), right = fmaxf(x, next);
    if (right >= high) touch(canvas, y, canvas->x1, canvas->x1); /* the shape goes on up to the border */
    if (left >= high) return;
    if (right <= low) {
        add_row(canvas, y, low, low, d);
        return;
    }
    float per_unit = right > left ? d / (right - left) : 0;
    if (left < low) {
        add_row(canvas, y, low, low, per_unit * (low - left));
        d -= per_unit * (low - left);
        left = low;
    }
    if (right > high) {
        d -= per_unit * (right - high);
        right = high;
    }
    add_row(canvas, y, left, right, d);
}

static void add_edge(Canvas *canvas, Point a, Point b) {
    if (a.y == b.y) return;
    float sign = 1;
    if (a.y > b.y) {
        Point swap = a;
        a = b;
        b = swap;
        sign = -1;
    }
    float top = fmaxf(a.y, (float)canvas->y0), bottom = fminf(b.y, (float)canvas->y1);
    if (top >= bottom) return;
    float slope = (b.x - a.x) / (b.y - a.y);
    int first = (int)top, last = (int)ceilf(bottom) - 1;
    if (first < canvas->top) canvas->top = first;
    if (last > canvas->bottom) canvas->bottom = last;
    for (int y = first; y <= last; y++) {
        float from = fmaxf(top, (float)y), to = fminf(bottom, (float)(y + 1));
        add_clipped(canvas, y, a.x + (from - a.y) * slope, a.x + (to - a.y) * slope, (to - from) * sign);
    }
}

/* `alpha` 0…256. */
static uint32_t mix_pixel(uint32_t below, uint32_t rb, uint32_t g, uint32_t alpha) {
    uint32_t rest = 256 - alpha;
    uint32_t out_rb = ((below & 0xFF00FFU) * rest + rb * alpha + 0x800080U) >> 8 & 0xFF00FFU;
    uint32_t out_g = ((below & 0x00FF00U) * rest + g * alpha + 0x008000U) >> 8 & 0x00FF00U;
    return 0xFF000000U | out_rb | out_g;
}

static void fill_span(uint32_t *row, int from, int to, uint32_t pixel, uint32_t alpha) {
    if (alpha == 256) {
        for (int x = from; x < to; x++) row[x] = pixel;
        return;
    }
    uint32_t rb = pixel & 0xFF00FFU, g = pixel & 0x00FF00U;
    for (int x = from; x < to; x++) row[x] = mix_pixel(row[x], rb, g, alpha);
}

static uint32_t alpha_256(float alpha) {
    return (uint32_t)(fminf(alpha, 1.0f) * 256 + 0.5f);
}

/* Paints one row of what was added, and leaves the row empty. */
static void fill_row(Canvas *canvas, int y, Colour colour) {
    float *area = canvas->area + (size_t)y * (size_t)(canvas->width + 2);
    uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
    uint32_t pixel = pack(colour);
    float opacity = (float)colour.a / 255, sum = 0;
    int end = canvas->high[y] + 1 < canvas->x1 ? canvas->high[y] + 1 : canvas->x1;
    for (int x = canvas->low[y]; x < end;) {
        sum += area[x];
        int run = x + 1;
        while (run < end && area[run] == 0) run++;
        uint32_t alpha = alpha_256(fabsf(sum) > 0.998f ? opacity : fabsf(sum) * opacity);
        if (alpha > 0) fill_span(row, x, run, pixel, alpha);
        x = run;
    }
    memset(area + canvas->low[y], 0, (size_t)(canvas->high[y] - canvas->low[y] + 1) * sizeof *area);
    canvas->low[y] = canvas->width + 1;
    canvas->high[y] = -1;
}

static void fill_added(Canvas *canvas, float high, float low, Colour top, Colour bottom) {
    bool plain = memcmp(&top, &bottom, sizeof top) == 0 || low <= high;
    for (int y = canvas->top; y <= canvas->bottom; y++) {
        if (canvas->low[y] > canvas->high[y]) continue;
        fill_row(canvas, y, plain ? top : colour_mix(top, bottom, ((float)y + 0.5f - high) / (low - high)));
    }
    canvas->top = canvas->height;
    canvas->bottom = -1;
}

void canvas_polygon(Canvas *canvas, const Point *points, int count, Colour top, Colour bottom) {
    if (count < 3) return;
    float high = points[0].y, low = high;
    for (int i = 0; i < count; i++) {
        high = fminf(high, points[i].y);
        low = fmaxf(low, points[i].y);
        add_edge(canvas, points[i], points[(i + 1) % count]);
    }
    fill_added(canvas, high, low, top, bottom);
}

void canvas_triangles(Canvas *canvas, const Point *points, int triangles, Colour colour) {
    for (int i = 0; i < triangles; i++) {
        Point a = points[3 * i], b = points[3 * i + 1], c = points[3 * i + 2];
        float turn = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        if (turn == 0) continue;
        if (turn < 0) {
            Point swap = b;
            b = c;
            c = swap;
        }
        add_edge(canvas, a, b);
        add_edge(canvas, b, c);
        add_edge(canvas, c, a);
    }
    fill_added(canvas, 0, 0, colour, colour);
}

void canvas_shade(Canvas *canvas, float x, float y, float w, float h, Colour top, Colour bottom) {
    const Point box[] = { { x, y }, { x + w, y }, { x + w, y + h }, { x, y + h } };
    canvas_polygon(canvas, box, 4, top, bottom);
}

/* ---- Light ---- */

static uint32_t add_light(uint32_t below, Colour colour, uint32_t alpha) {
    uint32_t r = (below >> 16 & 255) + (colour.r * alpha >> 8);
    uint32_t g = (below >> 8 & 255) + (colour.g * alpha >> 8);
    uint32_t b = (below & 255) + (colour.b * alpha >> 8);
    return 0xFF000000U | (r > 255 ? 255 : r) << 16 | (g > 255 ? 255 : g) << 8 | (b > 255 ? 255 : b);
}

void canvas_glow(Canvas *canvas, Point centre, float radius, Colour colour) {
    if (radius <= 0.5f || colour.a == 0) return;
    int top = clamp_int((int)floorf(centre.y - radius), canvas->y0, canvas->y1);
    int bottom = clamp_int((int)ceilf(centre.y + radius), canvas->y0, canvas->y1);
    float scale = LIGHT_STEPS / (radius * radius);
    uint32_t opacity = (uint32_t)colour.a + (colour.a >> 7);
    for (int y = top; y < bottom; y++) {
        float dy = (float)y + 0.5f - centre.y;
        float half = radius * radius - dy * dy;
        if (half <= 0) continue;
        half = sqrtf(half);
        int left = clamp_int((int)ceilf(centre.x - half - 0.5f), canvas->x0, canvas->x1);
        int right = clamp_int((int)floorf(centre.x + half + 0.5f), canvas->x0, canvas->x1);
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
        for (int x = left; x < right; x++) {
            float dx = (float)x + 0.5f - centre.x;
            int step = (int)((dx * dx + dy * dy) * scale);
            uint32_t alpha = canvas->light[step < LIGHT_STEPS ? step : LIGHT_STEPS] * opacity >> 8;
            if (alpha > 0) row[x] = add_light(row[x], colour, alpha);
        }
    }
}

void canvas_beam(Canvas *canvas, Point source, float angle_deg, float spread_deg, float length,
                 Colour colour) {
    if (length <= 0 || spread_deg <= 0) return;
    const float degree = 3.14159265f / 180;
    float half = fminf(spread_deg, 170.0f) / 2 * degree, axis = angle_deg * degree;
    float ax = cosf(axis), ay = sinf(axis), widest = tanf(half);
    /* The cone's box: its tip, its two corners and the middle of its end. */
    float x0 = source.x, x1 = source.x, y0 = source.y, y1 = source.y;
    for (int i = -1; i <= 1; i++) {
        float far = i == 0 ? length : length / cosf(half);
        float x = source.x + cosf(axis + half * (float)i) * far,
              y = source.y + sinf(axis + half * (float)i) * far;
        x0 = fminf(x0, x);
        x1 = fmaxf(x1, x);
        y0 = fminf(y0, y);
        y1 = fmaxf(y1, y);
    }
    int left = clamp_int((int)floorf(x0), canvas->x0, canvas->x1),
        right = clamp_int((int)ceilf(x1), canvas->x0, canvas->x1);
    int top = clamp_int((int)floorf(y0), canvas->y0, canvas->y1),
        bottom = clamp_int((int)ceilf(y1), canvas->y0, canvas->y1);
    for (int y = top; y < bottom; y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
        float dy = (float)y + 0.5f - source.y;
        for (int x = left; x < right; x++) {
            float dx = (float)x + 0.5f - source.x;
            float along = dx * ax + dy * ay;
            if (along <= 0 || along >= length) continue;
            float off = fabsf(dx * ay - dy * ax) / (along * widest);
            if (off >= 1) continue;
            float edge = 1 - off, far = along / length;
            float alpha = edge * edge * (3 - 2 * edge) * (1 - far) * (1 - far / 4) * (float)colour.a / 255;
            row[x] = add_light(row[x], colour, (uint32_t)(alpha * 256));
        }
    }
}

/* ---- Pictures ---- */

/* `source` is premultiplied. */
static uint32_t lay_over(uint32_t below, uint32_t source, uint32_t alpha) {
    if (alpha < 256) {
        uint32_t rb = (source & 0xFF00FFU) * alpha >> 8 & 0xFF00FFU;
        uint32_t ag = (source >> 8 & 0xFF00FFU) * alpha & 0xFF00FF00U;
        source = rb | ag;
    }
    uint32_t a = source >> 24, rest = 256 - (a + (a >> 7));
    uint32_t rb = (below & 0xFF00FFU) * rest >> 8 & 0xFF00FFU;
    uint32_t g = (below & 0x00FF00U) * rest >> 8 & 0x00FF00U;
    return 0xFF000000U | ((rb + (source & 0xFF00FFU)) & 0xFF00FFU) | ((g + (source & 0x00FF00U)) & 0x00FF00U);
}

static void copy_image(Canvas *canvas, const CanvasImage *image, int left, int top, uint32_t alpha) {
    int x0 = clamp_int(left, canvas->x0, canvas->x1),
        x1 = clamp_int(left + image->width, canvas->x0, canvas->x1);
    int y0 = clamp_int(top, canvas->y0, canvas->y1),
        y1 = clamp_int(top + image->height, canvas->y0, canvas->y1);
    for (int y = y0; y < y1; y++) {
        const uint32_t *in = image->pixels + (size_t)(y - top) * (size_t)image->stride;
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
        /* Without branches the compiler does several pixels at once. */
        if (alpha < 256) {
            for (int x = x0; x < x1; x++) row[x] = lay_over(row[x], in[x - left], alpha);
            continue;
        }
        for (int x = x0; x < x1; x++) {
            uint32_t source = in[x - left];
            if (source >> 24 == 0) continue;
            row[x] = source >> 24 == 255 ? source : lay_over(row[x], source, alpha);
        }
    }
}

static uint32_t pixel_or_nothing(const CanvasImage *image, int x, int y) {
    return x >= 0 && y >= 0 && x < image->width && y < image->height
               ? image->pixels[(size_t)y * (size_t)image->stride + (size_t)x]
               : 0;
}

/* Between two premultiplied pixels; t 0…256. */
static uint32_t between(uint32_t a, uint32_t b, uint32_t t) {
    uint32_t rb = ((a & 0xFF00FFU) * (256 - t) + (b & 0xFF00FFU) * t) >> 8 & 0xFF00FFU;
    uint32_t ag = ((a >> 8 & 0xFF00FFU) * (256 - t) + (b >> 8 & 0xFF00FFU) * t) & 0xFF00FF00U;
    return rb | ag;
}

static uint32_t sample(const CanvasImage *image, float u, float v) {
    u -= 0.5f;
    v -= 0.5f;
    float fu = floorf(u), fv = floorf(v);
    int x = (int)fu, y = (int)fv;
    uint32_t tu = (uint32_t)((u - fu) * 256), tv = (uint32_t)((v - fv) * 256);
    uint32_t upper = between(pixel_or_nothing(image, x, y), pixel_or_nothing(image, x + 1, y), tu);
    uint32_t lower = between(pixel_or_nothing(image, x, y + 1), pixel_or_nothing(image, x + 1, y + 1), tu);
    return between(upper, lower, tv);
}

/* An image that is only moved, by part of a pixel: the same four weights everywhere, and each column of the
 * image is looked at once. Large layers that drift are nearly all of what is painted this way. */
static void shift_image(Canvas *canvas, const CanvasImage *image, float left, float top, uint32_t alpha) {
    int first_x = (int)ceilf(left), first_y = (int)ceilf(top);
    uint32_t tu = (uint32_t)(((float)first_x - left) * 256), tv = (uint32_t)(((float)first_y - top) * 256);
    int x0 = clamp_int(first_x - 1, canvas->x0, canvas->x1),
        x1 = clamp_int(first_x + image->width, canvas->x0, canvas->x1);
    int y0 = clamp_int(first_y - 1, canvas->y0, canvas->y1),
        y1 = clamp_int(first_y + image->height, canvas->y0, canvas->y1);
    for (int y = y0; y < y1; y++) {
        int v = y - first_y;
        const uint32_t *upper = v >= 0 ? image->pixels + (size_t)v * (size_t)image->stride : NULL;
        const uint32_t *lower =
            v + 1 < image->height ? image->pixels + (size_t)(v + 1) * (size_t)image->stride : NULL;
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
        uint32_t before = 0;
        for (int x = x0 - 1; x < x1; x++) {
            int u = x + 1 - first_x;
            bool inside = u >= 0 && u < image->width;
            uint32_t above = inside && upper != NULL ? upper[u] : 0,
                     below = inside && lower != NULL ? lower[u] : 0;
            if ((above | below | before) == 0) continue;
            uint32_t after = above == below ? above : between(above, below, tv);
            uint32_t source = before == after ? after : between(before, after, tu);
            before = after;
            if (x >= x0 && source >> 24 != 0) row[x] = lay_over(row[x], source, alpha);
        }
    }
}

void canvas_image(Canvas *canvas, const CanvasImage *image, CanvasPlace p, float alpha) {
    uint32_t opacity = alpha_256(alpha);
    if (opacity == 0) return;
    float near_x = floorf(p.x0 + 0.5f), near_y = floorf(p.y0 + 0.5f);
    bool straight = fabsf(p.xx - 1) < 1e-3f && fabsf(p.yy - 1) < 1e-3f && p.xy == 0 && p.yx == 0;
    if (straight && fabsf(p.x0 - near_x) < 0.07f && fabsf(p.y0 - near_y) < 0.07f) {
        copy_image(canvas, image, (int)near_x, (int)near_y, opacity);
        return;
    }
    if (straight) {
        shift_image(canvas, image, p.x0, p.y0, opacity);
        return;
    }
    float turn = p.xx * p.yy - p.xy * p.yx;
    if (fabsf(turn) < 1e-9f) return;
    float x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int i = 0; i < 4; i++) {
        float u = i % 2 ? (float)image->width : 0.0f, v = i / 2 ? (float)image->height : 0.0f;
        float x = p.xx * u + p.xy * v + p.x0, y = p.yx * u + p.yy * v + p.y0;
        x0 = fminf(x0, x);
        x1 = fmaxf(x1, x);
        y0 = fminf(y0, y);
        y1 = fmaxf(y1, y);
    }
    int left = clamp_int((int)floorf(x0), canvas->x0, canvas->x1),
        right = clamp_int((int)ceilf(x1), canvas->x0, canvas->x1);
    int top = clamp_int((int)floorf(y0), canvas->y0, canvas->y1),
        bottom = clamp_int((int)ceilf(y1), canvas->y0, canvas->y1);
    float ux = p.yy / turn, uy = -p.xy / turn, vx = -p.yx / turn, vy = p.xx / turn;
    for (int y = top; y < bottom; y++) {
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
        for (int x = left; x < right; x++) {
            float dx = (float)x + 0.5f - p.x0, dy = (float)y + 0.5f - p.y0;
            float u = ux * dx + uy * dy, v = vx * dx + vy * dy;
            if (u < -0.5f || v < -0.5f || u > (float)image->width + 0.5f || v > (float)image->height + 0.5f)
                continue;
            uint32_t source = sample(image, u, v);
            if (source >> 24 != 0) row[x] = lay_over(row[x], source, opacity);
        }
    }
}

void canvas_stencil(Canvas *canvas, const CanvasImage *image, int left, int top, Colour colour) {
    int x0 = clamp_int(left, canvas->x0, canvas->x1),
        x1 = clamp_int(left + image->width, canvas->x0, canvas->x1);
    int y0 = clamp_int(top, canvas->y0, canvas->y1),
        y1 = clamp_int(top + image->height, canvas->y0, canvas->y1);
    uint32_t pixel = pack(colour), rb = pixel & 0xFF00FFU, g = pixel & 0x00FF00U;
    uint32_t opacity = (uint32_t)colour.a + (colour.a >> 7);
    for (int y = y0; y < y1; y++) {
        const uint32_t *in = image->pixels + (size_t)(y - top) * (size_t)image->stride;
        uint32_t *row = canvas->pixels + (size_t)y * (size_t)canvas->width;
        for (int x = x0; x < x1; x++) {
            uint32_t a = in[x - left] >> 24;
            if (a != 0) row[x] = mix_pixel(row[x], rb, g, (a + (a >> 7)) * opacity >> 8);
        }
    }
}
