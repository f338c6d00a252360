#include "ui/icons.h"

#include "ui/path.h"

#include <math.h>

/* One part of a sign. */
typedef struct Part {
    const char *path;
    float width; /* of the line; 0 = filled */
    bool mint;   /* keeps the sensor's own colour */
    bool back;
} Part;

enum { PARTS_MAX = 5 };

static const char dot5[] = "M-5 0a5 5 0 1 1 10 0a5 5 0 1 1 -10 0Z";
static const char sensor_box[] =
    "M-8 -11h16a7 7 0 0 1 7 7v8a7 7 0 0 1 -7 7h-16a7 7 0 0 1 -7 -7v-8a7 7 0 0 1 7 -7Z";

static const Part signs[][PARTS_MAX] = {
    [ICON_SENSOR] = { { .path = sensor_box, .width = 3.5f },
                      { .path = "M-16 0h-4M16 0h4", .width = 3.5f },
                      { .path = dot5, .mint = true } },
    [ICON_SENSOR_LOST] = { { .path = sensor_box, .width = 3.5f },
                           { .path = "M-12 12l24 -24", .width = 4.5f } },
    [ICON_CONTROLLER] = { { .path =
                                "M-8 -11c-12 0 -14 22 -8 22c5 0 6 -7 9 -7h14c3 0 4 7 9 7c6 0 4 -22 -8 -22Z",
                            .width = 3 },
                          { .path = "M-8 -2h.2M8 -2h.2", .width = 5 } },
    [ICON_KEYBOARD] = { { .path = "M-12 -12h24a5 5 0 0 1 5 5v14a5 5 0 0 1 -5 5h-24a5 5 0 0 1 -5 -5v-14a5 5 0 "
                                  "0 1 5 -5Z",
                          .width = 3 },
                        { .path = "M-8 5h16M-9 -4h2M6 -4h2", .width = 3 } },
    [ICON_PLAY] = { { .path = "M-10 -13l20 13l-20 13Z" }, { .path = "M-10 -13l20 13l-20 13Z", .width = 3 } },
    [ICON_SKIP] = { { .path = "M-13 -12l16 12l-16 12Z" },
                    { .path = "M-13 -12l16 12l-16 12Z", .width = 2 },
                    { .path = "M10 -10v20", .width = 6 } },
    [ICON_AGAIN] = { { .path = "M13 0a13 13 0 1 1 -8 -12", .width = 4 }, { .path = "M0 -17l11 0l-4 11Z" } },
    [ICON_HOME] = { { .path = "M-16 1l16 -14l16 14M-10 -2v14h20v-14", .width = 4 } },
    [ICON_HAND] = { { .path = "M-9 1v-14a3.6 3.6 0 0 1 7.2 0v-3a3.6 3.6 0 0 1 7.2 0v3a3.6 3.6 0 0 1 7.2 "
                              "0v14c0 11 -5 16 -13 16c-7 0 -10 -4 -15 "
                              "-13c-2 -4 2 -7 5 -4Z" } },
    [ICON_TROPHY] = { { .path = "M-10 -13h20v8a10 10 0 0 1 -20 0ZM0 6v7M-7 14h14", .width = 4 },
                      { .path = "M-10 -10h-6q0 8 7 9M10 -10h6q0 8 -7 9", .width = 3 } },
    [ICON_CHART] = { { .path = "M-11 12v-8M0 12v-16M11 12v-24", .width = 6 } },
    [ICON_GEAR] = { { .path = "M8 0a8 8 0 1 1 -16 0a8 8 0 1 1 16 0Z", .width = 4.5f },
                    { .path = "M11 0h4M-11 0h-4M0 11v4M0 -11v-4M7.8 7.8l2.8 2.8M-7.8 7.8l-2.8 2.8M7.8 "
                              "-7.8l2.8 -2.8M-7.8 -7.8l-2.8 -2.8",
                      .width = 5 } },
    [ICON_CLOCK] = { { .path = "M14 0a14 14 0 1 1 -28 0a14 14 0 1 1 28 0Z", .width = 4 },
                     { .path = "M0 0v-8M0 0l6 4", .width = 3.5f } },
    [ICON_TICK] = { { .path = "M-12 0l8 9l15 -18", .width = 5 } },
    [ICON_SPEAKER] = { { .path = "M-13 -5h6l9 -8v26l-9 -8h-6Z" },
                       { .path = "M-13 -5h6l9 -8v26l-9 -8h-6Z", .width = 2 },
                       { .path = "M8 -6a9 9 0 0 1 0 12M13 -11a16 16 0 0 1 0 22", .width = 3.5f } },
    [ICON_MAT] = { { .path = "M1 -1a9 9 0 1 1 -18 0a9 9 0 1 1 18 0Z", .width = 4 },
                   { .path = "M-8 -1h.1", .width = 5 },
                   { .path = "M-8 8h25", .width = 4 } },
    [ICON_ROLLER] = { { .path = "M-8 -8h18a8 8 0 0 1 0 16h-18", .width = 4 },
                      { .path = "M-1 0a8 8 0 1 1 -16 0a8 8 0 1 1 16 0Z", .width = 4 },
                      { .path = "M-9 0h.1", .width = 5 } },
    [ICON_BAND] = { { .path = "M-17 -6v12M17 -6v12", .width = 5 },
                    { .path = "M-17 0q8.500 -7 17 0t17 0", .width = 4 } },
    [ICON_BENCH] = { { .path = "M-17 -7h34", .width = 6 }, { .path = "M-12 -4v16M12 -4v16", .width = 4 } },
    [ICON_CHAIR] = { { .path = "M-9 -15v16h18v13M-9 1v13", .width = 4.5f } },
    [ICON_PLUS] = { { .path = "M-21 0h42M0 -21v42", .width = 7.5f } },
    [ICON_WARNING] = { { .path = "M0 -17l16 28h-32Z", .width = 4 },
                       { .path = "M0 -6v8M0 7v.1", .width = 4 } },
    [ICON_NOTHING] = { { .path = "M-10 0h20", .width = 5 } },
    [ICON_LANTERN] = { { .path = "M-7 -12a7 8 0 0 1 14 0", .width = 3 },
                       { .path = "M-9 -13h18a2 2 0 0 1 0 5h-18a2 2 0 0 1 0 -5ZM-6 -6h12a3 3 0 0 1 3 3v6a3 3 "
                                 "0 0 1 -3 3h-12a3 3 0 0 1 -3 -3v-6a3 3 0 0 1 3 -3ZM-9 8h18a2 2 0 0 1 0 "
                                 "5h-18a2 2 0 0 1 0 -5Z" },

                       { .path = "M-4 0a4 4 0 1 1 8 0a4 4 0 1 1 -8 0Z", .back = true } },
    [ICON_MOON] = { { .path = "M-2 -12a13 13 0 1 0 10 22a12 12 0 0 1 -10 -22Z" } },
    [ICON_IN] = { { .path = "M0 7v-14m-7 7l7 -7l7 7", .width = 4 } },
    [ICON_OUT] = { { .path = "M0 -7v14m-7 -7l7 7l7 -7", .width = 4 } },
    [ICON_PREVIOUS] = { { .path = "M6 -11l-11 11l11 11", .width = 5 } },
    [ICON_NEXT] = { { .path = "M-6 -11l11 11l-11 11", .width = 5 } },
    [ICON_MORE] = { { .path = "M-12 -5l12 10l12 -10", .width = 5 } },
    [ICON_PENCIL] = { { .path = "M-12 12l2 -8l16 -16l6 6l-16 16Z", .width = 3.5f },
                      { .path = "M2 -8l6 6", .width = 3 } },
};

void icon_draw(DrawList *list, UiIcon icon, float x, float y, float scale, Colour colour, Colour back) {
    if (icon <= ICON_NONE || (size_t)icon >= sizeof signs / sizeof *signs) return;
    for (int i = 0; i < PARTS_MAX && signs[icon][i].path != NULL; i++) {
        const Part *part = &signs[icon][i];
        Colour paint = part->mint ? COLOUR_MINT : part->back ? back : colour;
        if (part->width > 0) {
            path_stroke(list, part->path, x, y, scale, part->width * scale, paint);
        } else {
            path_fill(list, part->path, x, y, scale, paint);
        }
    }
}

/* ---- Emblems: drawn for a disc of radius 64 ---- */

static const uint32_t emblem_colours[EMBLEMS] = { 0xFF9166, 0x7FE3D0, 0xFFD27A, 0xB9A7F0,
                                                  0xF2A65A, 0x9BD67F, 0xC9C3D6, 0x8FC4F0 };

static void draw_shell(DrawList *list, float x, float y, float k, Colour disc) {
    static const char fan[] = "M9.600 35.200L53.300 .6A14.700 14.700 0 0 0 38.800 -21.200A13.600 13.600 0 0 "
                              "0 18.600 -34.800A10.600 10.600 0 0 0 0 -38.400"
                              "A10.600 10.600 0 0 0 -18.600 -34.800A13.600 13.600 0 0 0 -38.800 "
                              "-21.200A14.700 14.700 0 0 0 -53.300 .6L-9.600 35.200Z";
    path_fill(list, fan, x, y, k, COLOUR_INK);
    path_stroke(list, fan, x, y, k, 6.4f * k, COLOUR_INK);
    path_stroke(list,
                "M11.600 18.300L38.800 -16.400M5.600 14.200L18.600 -30M0 13.100L0 -33.600M-5.600 "
                "14.200L-18.600 -30M-11.600 18.300L-38.800 -16.400",
                x, y, k, 5.4f * k, disc);
    draw_rect(list, x - 19.2f * k, y + 30.4f * k, 38.4f * k, 14.4f * k, 6.4f * k, COLOUR_INK);
}

static void draw_gull(DrawList *list, float x, float y, float k) {
    path_stroke(list, "M-41.600 3.200q25.600 -38.400 41.600 12.800q16 -51.200 41.600 -12.800", x, y, k,
                13.4f * k, COLOUR_INK);
}

static void draw_spark(DrawList *list, float x, float y, float k) {
    static const char spark[] =
        "M0 -41.600L11.200 -11.200L41.600 0L11.200 11.200L0 41.600L-11.200 11.200L-41.600 0L-11.200 -11.200Z";
    path_fill(list, spark, x, y, k, COLOUR_INK);
    path_stroke(list, spark, x, y, k, 6.4f * k, COLOUR_INK);
}

static void draw_wave(DrawList *list, float x, float y, float k) {
    path_stroke(list,
                "M-38.400 -16q19.200 -28.800 38.400 0t38.400 0M-38.400 16q19.200 -28.800 38.400 0t38.400 0",
                x, y, k, 12.8f * k, COLOUR_INK);
}

static void draw_buoy(DrawList *list, float x, float y, float k, Colour disc) {
    path_fill(list, "M-12 -40h24l20 48h-64Z", x, y, k, COLOUR_INK);
    path_stroke(list, "M-12 -40h24l20 48h-64Z", x, y, k, 6 * k, COLOUR_INK);
    path_stroke(list, "M-21 -12h42", x, y, k, 9 * k, disc);
    path_stroke(list, "M-42 26q14 -14 28 0t28 0t28 0", x, y, k, 9 * k, COLOUR_INK);
}

static void draw_leaf(DrawList *list, float x, float y, float k, Colour disc) {
    static const char leaf[] = "M-32 34C-46 -10 -14 -42 38 -40C42 10 14 44 -32 34Z";
    path_fill(list, leaf, x, y, k, COLOUR_INK);
    path_stroke(list, leaf, x, y, k, 5 * k, COLOUR_INK);
    path_stroke(list, "M-40 42C-20 10 2 -8 24 -24", x, y, k, 6 * k, disc);
}

static void draw_moon(DrawList *list, float x, float y, float k) {
    static const char moon[] = "M-8 -42a43 43 0 1 0 46 58a38 38 0 0 1 -46 -58Z";
    path_fill(list, moon, x, y, k, COLOUR_INK);
    path_stroke(list, moon, x, y, k, 5 * k, COLOUR_INK);
}

static void draw_boat(DrawList *list, float x, float y, float k) {
    path_fill(list, "M-40 14h80q-8 24 -26 24h-28q-18 0 -26 -24Z", x, y, k, COLOUR_INK);
    path_fill(list, "M4 -44q30 20 32 48h-32Z", x, y, k, COLOUR_INK);
    path_fill(list, "M-6 -34v38h-26q4 -24 26 -38Z", x, y, k, COLOUR_INK);
}

void emblem_draw(DrawList *list, int emblem, float x, float y, float radius) {
    int which = ((emblem % EMBLEMS) + EMBLEMS) % EMBLEMS;
    Colour disc = COLOUR(emblem_colours[which]);
    float k = radius / 64;
    draw_disc(list, x, y, radius, disc);
    switch (which) {
    case 0: draw_shell(list, x, y, k, disc); break;
    case 1: draw_gull(list, x, y, k); break;
    case 2: draw_spark(list, x, y, k); break;
    case 3: draw_wave(list, x, y, k); break;
    case 4: draw_buoy(list, x, y, k, disc); break;
    case 5: draw_leaf(list, x, y, k, disc); break;
    case 6: draw_moon(list, x, y, k); break;
    default: draw_boat(list, x, y, k); break;
    }
}

void star_draw(DrawList *list, float x, float y, float radius, bool earned) {
    Point points[11];
    for (int i = 0; i <= 10; i++) {
        float angle = (float)(i % 10) * 0.62831853f - 1.57079633f, r = i % 2 ? radius * 0.5f : radius;
        points[i] = (Point){ x + r * cosf(angle), y + r * sinf(angle) };
    }
    draw_polygon(list, points, 10, earned ? COLOUR_GOLD : COLOUR_INK);
    draw_stroke(list, points, 11, earned ? fmaxf(2, radius * 0.2f) : 2.0f,
                earned ? COLOUR_GOLD : COLOUR_PAPER_DIM);
}
