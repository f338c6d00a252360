#include "platform/tessellate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TAU_F     6.28318530718f
#define FEATHER   0.5f /* half the width of the soft edge */
#define MITER_MAX 2.0f /* longer corners are cut, so that needles do not grow whiskers */

static SDL_Color sdl_colour(Colour colour, float alpha) {
    return (SDL_Color){ colour.r, colour.g, colour.b, (uint8_t)((float)colour.a * alpha + 0.5f) };
}

static Point plus(Point a, Point b, float k) {
    return (Point){ a.x + b.x * k, a.y + b.y * k };
}

static float distance(Point a, Point b) {
    return hypotf(b.x - a.x, b.y - a.y);
}

/* Unit vector square to a→b, to the right of the way on a screen whose y points down. */
static Point side_of(Point a, Point b) {
    float length = distance(a, b);
    if (length <= 0) return (Point){ 0, 0 };
    return (Point){ -(b.y - a.y) / length, (b.x - a.x) / length };
}

void mesh_clear(Mesh *mesh) {
    mesh->vertex_count = mesh->index_count = 0;
}

void mesh_free(Mesh *mesh) {
    free(mesh->vertices);
    free(mesh->indices);
    free(mesh->points);
    free(mesh->miters);
    free(mesh->next);
    free(mesh->previous);
    *mesh = (Mesh){ 0 };
}

static bool grow(void **items, int *capacity, int needed, size_t size) {
    if (needed <= *capacity) return true;
    int larger = *capacity > 0 ? *capacity : 1024;
    while (larger < needed) larger *= 2;
    void *moved = realloc(*items, (size_t)larger * size);
    if (moved == NULL) return false;
    *items = moved;
    *capacity = larger;
    return true;
}

/* Both or neither, so that indices never point past the vertices. */
static bool reserve(Mesh *mesh, int vertices, int indices) {
    void *v = mesh->vertices;
    void *i = mesh->indices;
    bool there = grow(&v, &mesh->vertex_capacity, mesh->vertex_count + vertices, sizeof *mesh->vertices);
    mesh->vertices = v;
    there = grow(&i, &mesh->index_capacity, mesh->index_count + indices, sizeof *mesh->indices) && there;
    mesh->indices = i;
    return there;
}

static bool reserve_scratch(Mesh *mesh, int count) {
    if (count <= mesh->scratch_capacity) return true;
    Point *points = realloc(mesh->points, (size_t)count * sizeof *points);
    if (points != NULL) mesh->points = points;
    Point *miters = realloc(mesh->miters, (size_t)count * sizeof *miters);
    if (miters != NULL) mesh->miters = miters;
    int *next = realloc(mesh->next, (size_t)count * sizeof *next);
    if (next != NULL) mesh->next = next;
    int *previous = realloc(mesh->previous, (size_t)count * sizeof *previous);
    if (previous != NULL) mesh->previous = previous;
    if (points == NULL || miters == NULL || next == NULL || previous == NULL) return false;
    mesh->scratch_capacity = count;
    return true;
}

static int put_vertex(Mesh *mesh, Point at, SDL_Color colour, float u, float v) {
    mesh->vertices[mesh->vertex_count] =
        (SDL_Vertex){ .position = { at.x, at.y }, .color = colour, .tex_coord = { u, v } };
    return mesh->vertex_count++;
}

static void put_triangle(Mesh *mesh, int a, int b, int c) {
    mesh->indices[mesh->index_count++] = a;
    mesh->indices[mesh->index_count++] = b;
    mesh->indices[mesh->index_count++] = c;
}

static void put_quad(Mesh *mesh, int a, int b, int c, int d) {
    put_triangle(mesh, a, b, c);
    put_triangle(mesh, a, c, d);
}

/* ---- Polygons ---- */

static float cross(Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* Copies without repeated points, turning clockwise (area positive, y down); returns how many are left. */
static int keep_outline(Mesh *mesh, const Point *points, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
        if (kept > 0 && distance(mesh->points[kept - 1], points[i]) < 1e-3f) continue;
        mesh->points[kept++] = points[i];
    }
    while (kept > 1 && distance(mesh->points[kept - 1], mesh->points[0]) < 1e-3f) kept--;
    float area = 0;
    for (int i = 0; i < kept; i++) {
        Point a = mesh->points[i], b = mesh->points[(i + 1) % kept];
        area += a.x * b.y - b.x * a.y;
    }
    if (area >= 0) return kept;
    for (int i = 0; i < kept / 2; i++) {
        Point swap = mesh->points[i];
        mesh->points[i] = mesh->points[kept - 1 - i];
        mesh->points[kept - 1 - i] = swap;
    }
    return kept;
}

/* Outward corner directions, as long as moving the edges by 1 asks for. */
static void find_miters(Mesh *mesh, int count) {
    for (int i = 0; i < count; i++) {
        Point a = mesh->points[(i + count - 1) % count], b = mesh->points[i],
              c = mesh->points[(i + 1) % count];
        Point n0 = side_of(a, b), n1 = side_of(b, c);
        Point sum = { -(n0.x + n1.x), -(n0.y + n1.y) };
        float k = 1 + n0.x * n1.x + n0.y * n1.y;
        Point miter = k > 1e-3f ? (Point){ sum.x / k, sum.y / k } : (Point){ -n0.x, -n0.y };
        float length = hypotf(miter.x, miter.y);
        if (length > MITER_MAX) miter = (Point){ miter.x * MITER_MAX / length, miter.y * MITER_MAX / length };
        mesh->miters[i] = miter;
    }
}

static bool inside(Point p, Point a, Point b, Point c) {
    return cross(a, b, p) >= 0 && cross(b, c, p) >= 0 && cross(c, a, p) >= 0;
}

static bool is_ear(const Mesh *mesh, int corner) {
    int before = mesh->previous[corner], after = mesh->next[corner];
    Point a = mesh->points[before], b = mesh->points[corner], c = mesh->points[after];
    if (cross(a, b, c) <= 0) return false;
    for (int i = mesh->next[after]; i != before; i = mesh->next[i]) {
        Point p = mesh->points[i];
        if (cross(mesh->points[mesh->previous[i]], p, mesh->points[mesh->next[i]]) > 0)
            continue; /* only hollows can reach in */
        if (inside(p, a, b, c)) return false;
    }
    return true;
}

/* Ear clipping; first vertex of the outline is at `base` in the mesh. */
static void clip_ears(Mesh *mesh, int base, int count) {
    for (int i = 0; i < count; i++) {
        mesh->next[i] = (i + 1) % count;
        mesh->previous[i] = (i + count - 1) % count;
    }
    int corner = 0, left = count, misses = 0;
    while (left > 3) {
        /* A whole round without an ear: the outline touches itself. Cut anyway, so that it ends. */
        if (is_ear(mesh, corner) || misses > left) {
            int before = mesh->previous[corner], after = mesh->next[corner];
            put_triangle(mesh, base + before, base + corner, base + after);
            mesh->next[before] = after;
            mesh->previous[after] = before;
            left--;
            misses = 0;
            corner = mesh->next[after]; /* skipping one gives fans instead of needles */
        } else {
            corner = mesh->next[corner];
            misses++;
        }
    }
    put_triangle(mesh, base + mesh->previous[corner], base + corner, base + mesh->next[corner]);
}

void mesh_polygon(Mesh *mesh, const Point *points, int count, Colour top, Colour bottom) {
    if (count < 3 || !reserve_scratch(mesh, count)) return;
    count = keep_outline(mesh, points, count);
    if (count < 3 || !reserve(mesh, 2 * count, 9 * count)) return;
    find_miters(mesh, count);
    float high = mesh->points[0].y, low = high;
    for (int i = 1; i < count; i++) {
        high = fminf(high, mesh->points[i].y);
        low = fmaxf(low, mesh->points[i].y);
    }
    int base = mesh->vertex_count;
    for (int i = 0; i < count; i++) {
        Point p = mesh->points[i];
        Colour colour = colour_mix(top, bottom, low > high ? (p.y - high) / (low - high) : 0);
        put_vertex(mesh, plus(p, mesh->miters[i], -FEATHER), sdl_colour(colour, 1), 0, 0);
    }
    for (int i = 0; i < count; i++) {
        SDL_Color colour = mesh->vertices[base + i].color;
        colour.a = 0;
        put_vertex(mesh, plus(mesh->points[i], mesh->miters[i], FEATHER), colour, 0, 0);
    }
    clip_ears(mesh, base, count);
    for (int i = 0; i < count; i++) {
        int j = (i + 1) % count;
        put_quad(mesh, base + i, base + count + i, base + count + j, base + j);
    }
}

/* ---- Lines: a ribbon of cross-sections, so that nothing overlaps and half-transparent lines stay even ----
 */

typedef struct Ribbon {
    Mesh *mesh;
    SDL_Color full, none;
    int last;  /* first of the four vertices of the section before, -1 at the start */
    int first; /* of the very first section, to close a ring */
} Ribbon;

static void join_sections(Mesh *mesh, int a, int b) {
    for (int i = 0; i < (mesh->crisp ? 1 : 3); i++) put_quad(mesh, a + i, a + i + 1, b + i + 1, b + i);
}

/* One section: its two edge points and the ways out of the line there. */
static void put_section(Ribbon *ribbon, Point left, Point left_out, Point right, Point right_out) {
    Mesh *mesh = ribbon->mesh;
    if (!reserve(mesh, 4, 18)) return;
    int base = mesh->vertex_count;
    if (mesh->crisp) {
        put_vertex(mesh, left, ribbon->full, 0, 0);
        put_vertex(mesh, right, ribbon->full, 0, 0);
    } else {
        put_vertex(mesh, plus(left, left_out, FEATHER), ribbon->none, 0, 0);
        put_vertex(mesh, plus(left, left_out, -FEATHER), ribbon->full, 0, 0);
        put_vertex(mesh, plus(right, right_out, -FEATHER), ribbon->full, 0, 0);
        put_vertex(mesh, plus(right, right_out, FEATHER), ribbon->none, 0, 0);
    }
    if (ribbon->last >= 0) {
        join_sections(mesh, ribbon->last, base);
    } else {
        ribbon->first = base;
    }
    ribbon->last = base;
}

static int arc_steps(float radius, float angle) {
    /* A chord may stray by a twentieth of a pixel from its arc. */
    float step = 2 * acosf(fmaxf(0.0f, 1 - 0.05f / fmaxf(radius, 0.2f)));
    int steps = (int)ceilf(fabsf(angle) / step);
    return steps < 1 ? 1 : steps > 400 ? 400 : steps;
}

/* Half a disc at `centre`; `along` points from the line's end outward, `sign` +1 when it ends the line, -1
 * when it begins it. */
static void put_cap(Ribbon *ribbon, Point centre, Point along, float half, float sign) {
    Point n = { -along.y * sign, along.x * sign }; /* right of the way */
    int steps = arc_steps(half, TAU_F / 4);
    for (int i = 0; i <= steps; i++) {
        float t = (float)(sign > 0 ? i : steps - i) / (float)steps * (TAU_F / 4);
        float c = cosf(t), s = sinf(t);
        Point right = { n.x * c + along.x * s, n.y * c + along.y * s };
        Point left = { -n.x * c + along.x * s, -n.y * c + along.y * s };
        put_section(ribbon, plus(centre, left, half), left, plus(centre, right, half), right);
    }
}

/* The corner at b of a→b→c. The outer edge goes round, the inner one meets in a point. */
static void put_join(Ribbon *ribbon, Point a, Point b, Point c, float half) {
    Point n0 = side_of(a, b), n1 = side_of(b, c);
    float dot = fmaxf(-1.0f, fminf(1.0f, n0.x * n1.x + n0.y * n1.y));
    float turn = n0.x * n1.y - n0.y * n1.x; /* > 0 turns right */
    float angle = acosf(dot);
    float k = 1 + dot;
    Point miter = k > 1e-3f ? (Point){ (n0.x + n1.x) / k, (n0.y + n1.y) / k } : n0;
    if (angle < 0.35f) { /* gentle: both edges keep their corner */
        Point out = { -miter.x, -miter.y };
        put_section(ribbon, plus(b, out, half), out, plus(b, miter, half), miter);
        return;
    }
    /* Never further in than the shorter arm is long. */
    float reach = fminf(distance(a, b), distance(b, c));
    float length = hypotf(miter.x, miter.y) * half;
    if (length > reach && length > half) {
        float shrink = fmaxf(reach, half) / length;
        miter = (Point){ miter.x * shrink, miter.y * shrink };
    }
    float inner = turn > 0 ? 1.0f : -1.0f;
    Point inner_out = { miter.x * inner, miter.y * inner };
    Point inner_at = plus(b, inner_out, half);
    float inner_length = fmaxf(hypotf(inner_out.x, inner_out.y), 1e-3f);
    if (inner_length > MITER_MAX)
        inner_out = (Point){ inner_out.x * MITER_MAX / inner_length, inner_out.y * MITER_MAX / inner_length };
    float from = atan2f(-n0.y * inner, -n0.x * inner);
    int steps = arc_steps(half, angle);
    for (int i = 0; i <= steps; i++) {
        float t = from + (turn > 0 ? angle : -angle) * (float)i / (float)steps;
        Point out = { cosf(t), sinf(t) };
        Point at = plus(b, out, half);
        if (inner > 0) {
            put_section(ribbon, at, out, inner_at, inner_out);
        } else {
            put_section(ribbon, inner_at, inner_out, at, out);
        }
    }
}

/* A solid line through distinct points. */
static void put_line(Mesh *mesh, const Point *points, int count, float width, Colour colour) {
    /* Thinner than a pixel: a pixel wide, but fainter. */
    float alpha = mesh->crisp ? 1.0f : fminf(width, 1.0f);
    float half = (mesh->crisp ? width : fmaxf(width, 1.0f)) / 2;
    Ribbon ribbon = { .mesh = mesh,
                      .full = sdl_colour(colour, alpha),
                      .none = sdl_colour(colour, 0),
                      .last = -1,
                      .first = -1 };
    bool closed = count > 3 && distance(points[0], points[count - 1]) < 1e-2f;
    if (closed) {
        for (int i = 0; i < count - 1; i++) {
            Point before = points[i == 0 ? count - 2 : i - 1];
            put_join(&ribbon, before, points[i], points[i + 1], half);
        }
        if (ribbon.first >= 0 && reserve(mesh, 0, 18)) join_sections(mesh, ribbon.last, ribbon.first);
        return;
    }
    Point n = count > 1 ? side_of(points[0], points[1]) : (Point){ 0, 1 };
    put_cap(&ribbon, points[0], (Point){ -n.y, n.x }, half, -1);
    for (int i = 1; i + 1 < count; i++) put_join(&ribbon, points[i - 1], points[i], points[i + 1], half);
    if (count > 1) n = side_of(points[count - 2], points[count - 1]);
    put_cap(&ribbon, points[count - 1], (Point){ n.y, -n.x }, half, 1);
}

/* Walks the line in mesh->points and draws its dashes. */
static void put_dashes(Mesh *mesh, int count, float width, float dash, float gap, Colour colour) {
    Point *piece = mesh->miters; /* free here, and as long */
    int held = 1;
    float left = dash;
    bool on = true;
    piece[0] = mesh->points[0];
    for (int i = 0; i + 1 < count; i++) {
        Point a = mesh->points[i], b = mesh->points[i + 1];
        float length = distance(a, b), done = 0;
        while (length - done >= left) {
            done += left;
            Point at = plus(a, (Point){ b.x - a.x, b.y - a.y }, done / length);
            if (on) {
                if (distance(piece[held - 1], at) > 1e-3f) piece[held++] = at;
                put_line(mesh, piece, held, width, colour);
            }
            on = !on;
            left = on ? dash : gap;
            piece[0] = at;
            held = 1;
        }
        left -= length - done;
        if (on && distance(piece[held - 1], b) > 1e-3f) piece[held++] = b;
    }
    if (on && held > 1) put_line(mesh, piece, held, width, colour);
}

void mesh_stroke(Mesh *mesh, const Point *points, int count, float width, float dash, float gap,
                 Colour colour) {
    if (count < 1 || width <= 0 || !reserve_scratch(mesh, count + 2)) return;
    int kept = 0;
    for (int i = 0; i < count; i++) {
        if (kept > 0 && distance(mesh->points[kept - 1], points[i]) < 1e-2f) continue;
        mesh->points[kept++] = points[i];
    }
    if (dash > 0 && gap > 0.1f && kept > 1) {
        put_dashes(mesh, kept, width, fmaxf(dash, 0.02f), gap, colour);
    } else {
        put_line(mesh, mesh->points, kept, width, colour);
    }
}

/* ---- Round things ---- */

static int arc_points(Point *out, Point centre, float radius, float from, float to) {
    int steps = arc_steps(radius, to - from);
    for (int i = 0; i <= steps; i++) {
        float t = from + (to - from) * (float)i / (float)steps;
        out[i] = (Point){ centre.x + radius * cosf(t), centre.y + radius * sinf(t) };
    }
    return steps + 1;
}

int outline_disc(Point *out, Point centre, float radius) {
    return arc_points(out, centre, radius, 0, TAU_F) - 1;
}

/* Convex outlines need no ears: a zigzag between both flanks. */
static void put_convex(Mesh *mesh, const Point *points, int count, Colour colour) {
    if (!reserve_scratch(mesh, count)) return;
    count = keep_outline(mesh, points, count);
    if (count < 3 || !reserve(mesh, 2 * count, 9 * count)) return;
    find_miters(mesh, count);
    int base = mesh->vertex_count;
    for (int i = 0; i < count; i++)
        put_vertex(mesh, plus(mesh->points[i], mesh->miters[i], -FEATHER), sdl_colour(colour, 1), 0, 0);
    for (int i = 0; i < count; i++)
        put_vertex(mesh, plus(mesh->points[i], mesh->miters[i], FEATHER), sdl_colour(colour, 0), 0, 0);
    for (int low = 0, high = count - 1; low + 1 < high; low++, high--) {
        put_triangle(mesh, base + low, base + low + 1, base + high);
        if (low + 1 < high - 1) put_triangle(mesh, base + low + 1, base + high - 1, base + high);
    }
    for (int i = 0; i < count; i++) {
        int j = (i + 1) % count;
        put_quad(mesh, base + i, base + count + i, base + count + j, base + j);
    }
}

void mesh_disc(Mesh *mesh, Point centre, float radius, Colour colour) {
    if (radius <= 0) return;
    if (radius < FEATHER) { /* smaller than a pixel: fainter instead */
        colour = colour_alpha(colour, radius / FEATHER);
        radius = FEATHER + 0.01f;
    }
    Point points[OUTLINE_POINTS_MAX];
    put_convex(mesh, points, outline_disc(points, centre, radius), colour);
}

void mesh_ring(Mesh *mesh, Point centre, float radius, float width, float from_deg, float to_deg,
               Colour colour) {
    if (radius <= 0 || to_deg <= from_deg) return;
    Point points[OUTLINE_POINTS_MAX];
    bool whole = to_deg - from_deg >= 360;
    float from = (from_deg - 90) * TAU_F / 360, to = whole ? from + TAU_F : (to_deg - 90) * TAU_F / 360;
    int count = arc_points(points, centre, radius, from, to);
    if (whole) points[count - 1] = points[0];
    mesh_stroke(mesh, points, count, width, 0, 0, colour);
}

int outline_rect(Point *out, float x, float y, float w, float h, float radius) {
    float r = fmaxf(0.0f, fminf(radius, fminf(w, h) / 2));
    if (r < 0.05f) {
        out[0] = (Point){ x, y };
        out[1] = (Point){ x + w, y };
        out[2] = (Point){ x + w, y + h };
        out[3] = (Point){ x, y + h };
        return 4;
    }
    int count = 0;
    const Point corners[4] = {
        { x + w - r, y + r }, { x + w - r, y + h - r }, { x + r, y + h - r }, { x + r, y + r }
    };
    for (int i = 0; i < 4; i++)
        count += arc_points(out + count, corners[i], r, (float)(i - 1) * TAU_F / 4, (float)i * TAU_F / 4);
    return count;
}

void mesh_rect(Mesh *mesh, float x, float y, float w, float h, float radius, Colour colour) {
    if (w <= 0 || h <= 0) return;
    Point points[OUTLINE_POINTS_MAX];
    put_convex(mesh, points, outline_rect(points, x, y, w, h, radius), colour);
}

void mesh_frame(Mesh *mesh, float x, float y, float w, float h, float radius, float line, Colour colour) {
    if (w <= line || h <= line) return;
    Point points[OUTLINE_POINTS_MAX];
    int count = outline_rect(points, x + line / 2, y + line / 2, w - line, h - line, radius - line / 2);
    points[count] = points[0];
    mesh_stroke(mesh, points, count + 1, line, 0, 0, colour);
}

void mesh_shade(Mesh *mesh, float x, float y, float w, float h, Colour top, Colour bottom) {
    if (w <= 0 || h <= 0 || !reserve(mesh, 4, 6)) return;
    int base = put_vertex(mesh, (Point){ x, y }, sdl_colour(top, 1), 0, 0);
    put_vertex(mesh, (Point){ x + w, y }, sdl_colour(top, 1), 0, 0);
    put_vertex(mesh, (Point){ x + w, y + h }, sdl_colour(bottom, 1), 0, 0);
    put_vertex(mesh, (Point){ x, y + h }, sdl_colour(bottom, 1), 0, 0);
    put_quad(mesh, base, base + 1, base + 2, base + 3);
}

void mesh_beam(Mesh *mesh, Point source, float angle_deg, float spread_deg, float length, Colour colour) {
    enum { ACROSS = 16, ALONG = 8 };
    if (length <= 0 || spread_deg <= 0 || !reserve(mesh, (ACROSS + 1) * (ALONG + 1), ACROSS * ALONG * 6))
        return;
    int base = mesh->vertex_count;
    for (int j = 0; j <= ALONG; j++) {
        float far = (float)j / ALONG;
        for (int i = 0; i <= ACROSS; i++) {
            float off = (float)i / ACROSS * 2 - 1;
            float angle = (angle_deg + off * spread_deg / 2) * TAU_F / 360;
            float edge = 1 - fabsf(off);
            float alpha = edge * edge * (3 - 2 * edge) * (1 - far) * (1 - far / 4);
            Point way = { cosf(angle), sinf(angle) };
            put_vertex(mesh, plus(source, way, length * far), sdl_colour(colour, alpha), 0, 0);
        }
    }
    for (int j = 0; j < ALONG; j++) {
        for (int i = 0; i < ACROSS; i++) {
            int a = base + j * (ACROSS + 1) + i;
            put_quad(mesh, a, a + 1, a + ACROSS + 2, a + ACROSS + 1);
        }
    }
}

void mesh_picture(Mesh *mesh, Point corner, Point across, Point down, Colour colour) {
    if (!reserve(mesh, 4, 6)) return;
    SDL_Color c = sdl_colour(colour, 1);
    Point right = plus(corner, across, 1);
    int base = put_vertex(mesh, corner, c, 0, 0);
    put_vertex(mesh, right, c, 1, 0);
    put_vertex(mesh, plus(right, down, 1), c, 1, 1);
    put_vertex(mesh, plus(corner, down, 1), c, 0, 1);
    put_quad(mesh, base, base + 1, base + 2, base + 3);
}
