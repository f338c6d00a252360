#include "view/draw.h"

#include <stdio.h>
#include <string.h>

Colour colour_alpha(Colour colour, float alpha) {
    float a = alpha < 0 ? 0 : alpha > 1 ? 1 : alpha;
    colour.a = (uint8_t)((float)colour.a * a + 0.5f);
    return colour;
}

static uint8_t mix_channel(uint8_t a, uint8_t b, float t) {
    return (uint8_t)((float)a + ((float)b - (float)a) * t + 0.5f);
}

Colour colour_mix(Colour a, Colour b, float t) {
    float k = t < 0 ? 0 : t > 1 ? 1 : t;
    return (Colour){ mix_channel(a.r, b.r, k), mix_channel(a.g, b.g, k), mix_channel(a.b, b.b, k),
                     mix_channel(a.a, b.a, k) };
}

void draw_clear(DrawList *list) {
    list->command_count = list->point_count = list->text_count = list->dropped = 0;
}

static int32_t keep_text(DrawList *list, const char *words) {
    size_t size = strlen(words) + 1;
    if (size > (size_t)(DRAW_TEXT_MAX - list->text_count)) return -1;
    int32_t at = list->text_count;
    memcpy(list->text + at, words, size);
    list->text_count += (int32_t)size;
    return at;
}

static int32_t keep_points(DrawList *list, const Point *points, int count) {
    if (count > DRAW_POINTS_MAX - list->point_count) return -1;
    int32_t at = list->point_count;
    memcpy(list->points + at, points, (size_t)count * sizeof *points);
    list->point_count += count;
    return at;
}

static void push(DrawList *list, DrawCommand command) {
    if (list->command_count == DRAW_COMMANDS_MAX || command.text < 0 || command.first < 0) {
        list->dropped++;
        return;
    }
    list->commands[list->command_count++] = command;
}

void draw_scene(DrawList *list, const char *name, float dx, float dy, float alpha) {
    push(list, (DrawCommand){ .kind = DRAW_SCENE,
                              .x = dx,
                              .y = dy,
                              .colour = colour_alpha(COLOUR(0xFFFFFF), alpha),
                              .text = keep_text(list, name) });
}

void draw_sprite(DrawList *list, const char *name, float x, float y, float scale_x, float scale_y,
                 float angle_deg, float alpha) {
    push(list, (DrawCommand){ .kind = DRAW_SPRITE,
                              .x = x,
                              .y = y,
                              .scale_x = scale_x,
                              .scale_y = scale_y,
                              .angle0 = angle_deg,
                              .colour = colour_alpha(COLOUR(0xFFFFFF), alpha),
                              .text = keep_text(list, name) });
}

void draw_polygon_gradient(DrawList *list, const Point *points, int count, Colour top, Colour bottom) {
    if (count < 3) return;
    push(list, (DrawCommand){ .kind = DRAW_POLYGON,
                              .colour = top,
                              .colour2 = bottom,
                              .first = keep_points(list, points, count),
                              .count = count });
}

void draw_polygon(DrawList *list, const Point *points, int count, Colour colour) {
    draw_polygon_gradient(list, points, count, colour, colour);
}

void draw_stroke_dashed(DrawList *list, const Point *points, int count, float width, float dash, float gap,
                        Colour colour) {
    if (count < 2) return;
    push(list, (DrawCommand){ .kind = DRAW_STROKE,
                              .colour = colour,
                              .width = width,
                              .dash = dash,
                              .gap = gap,
                              .first = keep_points(list, points, count),
                              .count = count });
}

void draw_stroke(DrawList *list, const Point *points, int count, float width, Colour colour) {
    draw_stroke_dashed(list, points, count, width, 0, 0, colour);
}

void draw_line(DrawList *list, float x0, float y0, float x1, float y1, float width, Colour colour) {
    draw_stroke(list, (Point[]){ { x0, y0 }, { x1, y1 } }, 2, width, colour);
}

void draw_disc(DrawList *list, float x, float y, float radius, Colour colour) {
    push(list, (DrawCommand){ .kind = DRAW_DISC, .x = x, .y = y, .w = radius, .colour = colour });
}

void draw_ring(DrawList *list, float x, float y, float radius, float width, float from_deg, float to_deg,
               Colour colour) {
    push(list, (DrawCommand){ .kind = DRAW_RING,
                              .x = x,
                              .y = y,
                              .w = radius,
                              .width = width,
                              .angle0 = from_deg,
                              .angle1 = to_deg,
                              .colour = colour });
}

void draw_rect(DrawList *list, float x, float y, float w, float h, float radius, Colour colour) {
    push(list, (DrawCommand){
                   .kind = DRAW_RECT, .x = x, .y = y, .w = w, .h = h, .radius = radius, .colour = colour });
}

void draw_frame(DrawList *list, float x, float y, float w, float h, float radius, float line, Colour colour) {
    push(list, (DrawCommand){ .kind = DRAW_FRAME,
                              .x = x,
                              .y = y,
                              .w = w,
                              .h = h,
                              .radius = radius,
                              .width = line,
                              .colour = colour });
}

void draw_shade(DrawList *list, float x, float y, float w, float h, Colour top, Colour bottom) {
    push(list, (DrawCommand){
                   .kind = DRAW_SHADE, .x = x, .y = y, .w = w, .h = h, .colour = top, .colour2 = bottom });
}

void draw_glow(DrawList *list, float x, float y, float radius, Colour colour) {
    push(list, (DrawCommand){ .kind = DRAW_GLOW, .x = x, .y = y, .w = radius, .colour = colour });
}

void draw_beam(DrawList *list, float x, float y, float angle_deg, float spread_deg, float length,
               Colour colour) {
    push(list, (DrawCommand){ .kind = DRAW_BEAM,
                              .x = x,
                              .y = y,
                              .w = length,
                              .angle0 = angle_deg,
                              .angle1 = spread_deg,
                              .colour = colour });
}

void draw_text(DrawList *list, float x, float y, float size, FontWeight weight, TextAlign align,
               Colour colour, const char *words) {
    if (words[0] == '\0') return;
    push(list, (DrawCommand){ .kind = DRAW_TEXT,
                              .x = x,
                              .y = y,
                              .h = size,
                              .weight = weight,
                              .align = align,
                              .colour = colour,
                              .text = keep_text(list, words) });
}

/* What is fainter is a shadow or a sheen, and has no edge. */
enum { EDGE_ALPHA_MIN = 100 };

/* A command's edge; what has none comes back without a colour. */
static DrawCommand edge_of(DrawList *list, const DrawCommand *command) {
    DrawCommand edge = *command;
    char name[96];
    edge.colour = edge.colour2 = colour_alpha(COLOUR_PAPER, (float)command->colour.a / 255);
    switch (command->kind) {
    case DRAW_SPRITE:
        (void)snprintf(name, sizeof name, "%s" DRAW_EDGE_SUFFIX, list->text + command->text);
        edge.text = keep_text(list, name);
        break;
    case DRAW_POLYGON: {
        edge.kind = DRAW_STROKE;
        edge.width = 2 * DRAW_EDGE;
        edge.first = keep_points(list, list->points + command->first, command->count);
        /* Closed: back to its first point. */
        if (edge.first >= 0 && keep_points(list, list->points + command->first, 1) >= 0) edge.count++;
        break;
    }
    case DRAW_RING:
    case DRAW_STROKE: edge.width += 2 * DRAW_EDGE; break;
    case DRAW_DISC: edge.w += DRAW_EDGE; break;
    case DRAW_RECT:
        edge.x -= DRAW_EDGE;
        edge.y -= DRAW_EDGE;
        edge.w += 2 * DRAW_EDGE;
        edge.h += 2 * DRAW_EDGE;
        edge.radius += DRAW_EDGE;
        break;
    case DRAW_SCENE:
    case DRAW_FRAME:
    case DRAW_SHADE:
    case DRAW_GLOW:
    case DRAW_BEAM:
    case DRAW_TEXT: edge.colour.a = 0; break;
    }
    return edge;
}

static void turn_round(DrawCommand *commands, int32_t count) {
    for (int32_t i = 0; i < count / 2; i++) {
        DrawCommand kept = commands[i];
        commands[i] = commands[count - 1 - i];
        commands[count - 1 - i] = kept;
    }
}

void draw_edge(DrawList *list, int32_t from) {
    int32_t until = list->command_count;
    for (int32_t i = from; i < until; i++) {
        if (list->commands[i].colour.a < EDGE_ALPHA_MIN) continue;
        DrawCommand edge = edge_of(list, &list->commands[i]);
        if (edge.colour.a > 0) push(list, edge);
    }
    /* The edges, which came last, change places with what they go round. */
    turn_round(list->commands + from, until - from);
    turn_round(list->commands + until, list->command_count - until);
    turn_round(list->commands + from, list->command_count - from);
}
