/* The renderer, painted into memory and read back: shapes are where they belong, edges are soft, nothing
 * leaks. */
#include "pixels.h"

#include "platform/canvas.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const Colour paper = { 0xFF, 0xF4, 0xE2, 255 };
static const Colour ink_deep = { 0x0A, 0x11, 0x20, 255 };

typedef struct Fixture {
    Screen *screen;
    DrawList *list;
    char assets[64];
} Fixture;

static void write_file(const char *path, const char *words) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(words, file);
    fclose(file);
}

static int setup(void **state) {
    Fixture *f = calloc(1, sizeof *f);
    char path[128];
    f->list = calloc(1, sizeof *f->list);
    strcpy(f->assets, "/tmp/backbeat-assets-XXXXXX");
    assert_non_null(mkdtemp(f->assets));
    snprintf(path, sizeof path, "%s/art", f->assets);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/art/field.svg", f->assets);
    write_file(path, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1280 720'><rect width='1280' "
                     "height='720' fill='#204060'/></svg>");
    snprintf(path, sizeof path, "%s/art/part.svg", f->assets);
    write_file(path, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='-40 -20 80 60'><rect x='-40' y='-20' "
                     "width='80' height='60' fill='#FF0000'/>"
                     "<rect x='20' y='20' width='20' height='20' fill='#00FF00'/></svg>");
    snprintf(path, sizeof path, "%s/art/broken.svg", f->assets);
    write_file(path, "<svg xmlns='http://www.w3.org/2000/svg'><rect");
    Error error = { 0 };
    assert_int_equal(
        screen_open(&f->screen, &(ScreenConfig){ .headless = true, .assets = f->assets }, &error), RESULT_OK);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    Fixture *f = *state;
    static const char *const names[] = { "art/field.svg", "art/part.svg", "art/broken.svg", "art", "" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", f->assets, names[i]);
        remove(path);
    }
    screen_close(f->screen);
    free(f->list);
    free(f);
    return 0;
}

/* How much paper lies on the ink-deep ground, in pixels: the area a shape covers. */
static double area_of(const Pixels *p) {
    double area = 0;
    for (int i = 0; i < p->w * p->h; i++)
        area += (p->rgb[3 * i] - ink_deep.r) / (double)(paper.r - ink_deep.r);
    return area;
}

/* Pixels that are neither ground nor paper: the soft edge. */
static int soft_pixels(const Pixels *p) {
    int soft = 0;
    for (int i = 0; i < p->w * p->h; i++)
        soft += p->rgb[3 * i] > ink_deep.r + 8 && p->rgb[3 * i] < paper.r - 8;
    return soft;
}

static void assert_near(double value, double wanted, double within) {
    if (fabs(value - wanted) > within) fail_msg("%g is not within %g of %g", value, within, wanted);
}

static void a_disc_has_its_area_and_a_soft_edge(void **state) {
    Fixture *f = *state;
    draw_disc(f->list, 640, 360, 100, paper);
    Pixels p = pixels_of(f->screen, f->list);
    assert_int_equal(p.w, 1280);
    assert_int_equal(p.h, 720);
    assert_int_equal(pixel_distance(pixel_at(&p, 640, 360), paper), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 640, 264), paper), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 640, 257), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 0, 0), ink_deep), 0);
    assert_near(area_of(&p), 31416, 200);
    int soft = soft_pixels(&p);
    assert_true(soft > 300 && soft < 1200);
    free(p.rgb);
}

static void a_hollow_polygon_stays_hollow(void **state) {
    Fixture *f = *state;
    /* A U, 300 x 200 with a bay of 100 x 150, in both windings. */
    const Point u[] = { { 100, 100 }, { 200, 100 }, { 200, 250 }, { 300, 250 },
                        { 300, 100 }, { 400, 100 }, { 400, 300 }, { 100, 300 } };
    Point back[8];
    for (int i = 0; i < 8; i++) back[i] = (Point){ u[7 - i].x + 500, u[7 - i].y };
    draw_polygon(f->list, u, 8, paper);
    draw_polygon(f->list, back, 8, paper);
    Pixels p = pixels_of(f->screen, f->list);
    for (int dx = 0; dx <= 500; dx += 500) {
        assert_int_equal(pixel_distance(pixel_at(&p, 150 + dx, 150), paper), 0);
        assert_int_equal(pixel_distance(pixel_at(&p, 350 + dx, 150), paper), 0);
        assert_int_equal(pixel_distance(pixel_at(&p, 250 + dx, 280), paper), 0);
        assert_int_equal(pixel_distance(pixel_at(&p, 250 + dx, 150), ink_deep), 0);
        assert_int_equal(pixel_distance(pixel_at(&p, 250 + dx, 90), ink_deep), 0);
    }
    assert_near(area_of(&p), 2 * 45000, 900);
    free(p.rgb);
}

static void a_comb_of_many_teeth_is_filled_right(void **state) {
    Fixture *f = *state;
    enum { TEETH = 60 };
    Point comb[2 * TEETH + 3];
    int n = 0;
    for (int i = 0; i <= 2 * TEETH; i++) comb[n++] = (Point){ 40 + (float)i * 10, i % 2 ? 200.0f : 400.0f };
    comb[n++] = (Point){ 40 + 2 * TEETH * 10, 500 };
    comb[n++] = (Point){ 40, 500 };
    draw_polygon(f->list, comb, n, paper);
    Pixels p = pixels_of(f->screen, f->list);
    assert_near(area_of(&p), 1200 * 100 + 1200 * 100, 2500);
    free(p.rgb);
}

static void a_gradient_runs_from_top_to_bottom(void **state) {
    Fixture *f = *state;
    const Point box[] = { { 100, 100 }, { 300, 100 }, { 300, 500 }, { 100, 500 } };
    draw_polygon_gradient(f->list, box, 4, COLOUR(0x000000), COLOUR(0xF0F0F0));
    draw_shade(f->list, 400, 100, 200, 400, COLOUR(0x000000), COLOUR(0xF0F0F0));
    Pixels p = pixels_of(f->screen, f->list);
    for (int x = 200; x <= 500; x += 300) {
        assert_near(pixel_at(&p, x, 110).r, 6, 3);
        assert_near(pixel_at(&p, x, 300).r, 120, 3);
        assert_near(pixel_at(&p, x, 490).r, 234, 3);
    }
    free(p.rgb);
}

static void lines_are_as_wide_as_asked_and_even_where_half_transparent(void **state) {
    Fixture *f = *state;
    draw_line(f->list, 100, 100, 500, 100, 20, paper);
    /* A sharp zigzag at half alpha: no darker knots at its corners. */
    const Point zigzag[] = { { 100, 400 }, { 300, 250 }, { 320, 420 }, { 600, 300 } };
    draw_stroke(f->list, zigzag, 4, 24, colour_alpha(paper, 0.5f));
    Pixels p = pixels_of(f->screen, f->list);
    int rows = 0;
    for (int y = 80; y < 120; y++) rows += pixel_distance(pixel_at(&p, 300, y), paper) < 128;
    assert_int_equal(rows, 20);
    assert_int_equal(pixel_distance(pixel_at(&p, 95, 100), paper), 0);      /* round cap */
    assert_int_equal(pixel_distance(pixel_at(&p, 91, 91), ink_deep), 0);    /* but round */
    assert_near(pixel_at(&p, 300, 252).r, (paper.r + ink_deep.r) / 2.0, 3); /* the corner, once */
    int brightest = 0;
    for (int y = 220; y < 450; y++) {
        for (int x = 80; x < 640; x++)
            brightest = pixel_at(&p, x, y).r > brightest ? pixel_at(&p, x, y).r : brightest;
    }
    assert_near(brightest, (paper.r + ink_deep.r) / 2.0, 4);
    free(p.rgb);
}

static void dashes_leave_gaps(void **state) {
    Fixture *f = *state;
    draw_stroke_dashed(f->list, (Point[]){ { 100, 200 }, { 300, 200 }, { 300, 400 } }, 3, 4, 10, 20, paper);
    Pixels p = pixels_of(f->screen, f->list);
    int starts = 0;
    for (int x = 90; x < 298; x++)
        starts += pixel_distance(pixel_at(&p, x, 200), paper) < 100 &&
                  pixel_distance(pixel_at(&p, x - 1, 200), paper) >= 100;
    assert_int_equal(starts, 7); /* 0, 30 … 180 */
    free(p.rgb);
}

static void a_ring_starts_at_twelve_and_runs_clockwise(void **state) {
    Fixture *f = *state;
    draw_ring(f->list, 300, 300, 100, 20, 0, 90, paper);
    draw_ring(f->list, 700, 300, 100, 20, 0, 360, paper);
    Pixels p = pixels_of(f->screen, f->list);
    assert_int_equal(pixel_distance(pixel_at(&p, 300 + 71, 300 - 71), paper), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 300 - 71, 300 - 71), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 300, 300), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 700 - 100, 300), paper), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 700, 201), paper), 0); /* no seam */
    free(p.rgb);
}

static void frames_lie_inside_their_box(void **state) {
    Fixture *f = *state;
    draw_rect(f->list, 100, 100, 200, 100, 30, paper);
    draw_frame(f->list, 400, 100, 200, 100, 30, 8, paper);
    Pixels p = pixels_of(f->screen, f->list);
    assert_int_equal(pixel_distance(pixel_at(&p, 101, 101), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 200, 102), paper), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 200, 98), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 500, 104), paper), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 500, 110), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 500, 98), ink_deep), 0);
    free(p.rgb);
}

static void light_adds(void **state) {
    Fixture *f = *state;
    draw_rect(f->list, 0, 0, 1280, 720, 0, COLOUR(0x404040));
    draw_glow(f->list, 400, 300, 100, COLOUR(0x8080FF));
    draw_beam(f->list, 700, 300, 0, 20, 400, COLOUR(0x808080));
    Pixels p = pixels_of(f->screen, f->list);
    assert_near(pixel_at(&p, 400, 300).r, 0x40 + 0x80, 12);
    assert_near(pixel_at(&p, 400, 300).b, 255, 0);
    assert_int_equal(pixel_at(&p, 400 + 98, 300 - 98).r, 0x40);
    assert_true(pixel_at(&p, 740, 300).r > 0x90);
    assert_true(pixel_at(&p, 740, 300).r > pixel_at(&p, 900, 300).r && pixel_at(&p, 900, 300).r > 0x50);
    assert_int_equal(pixel_at(&p, 900, 300 + 60).r, 0x40);
    assert_int_equal(pixel_at(&p, 690, 300).r, 0x40);
    free(p.rgb);
}

static void words_stand_on_their_line_and_measure_as_drawn(void **state) {
    Fixture *f = *state;
    TextMeasure measure = screen_text_measure(f->screen);
    const char *words = "Hxnxm";
    float width = measure.width(measure.self, words, 60, FONT_BOLD);
    assert_true(width > 100 && width < 300);
    assert_near(measure.width(measure.self, words, 120, FONT_BOLD), 2 * width, 6);
    draw_text(f->list, 640, 300, 60, FONT_BOLD, ALIGN_RIGHT, paper, words);
    Pixels p = pixels_of(f->screen, f->list);
    int left = p.w, right = 0, bottom = 0, top = p.h;
    for (int y = 0; y < p.h; y++) {
        for (int x = 0; x < p.w; x++) {
            if (pixel_distance(pixel_at(&p, x, y), ink_deep) < 100) continue;
            left = x < left ? x : left;
            right = x > right ? x : right;
            top = y < top ? y : top;
            bottom = y > bottom ? y : bottom;
        }
    }
    assert_near(right, 640, 8);
    assert_near(left, 640 - width, 8);
    assert_near(bottom, 299, 2);
    assert_near(top, 300 - 42, 4); /* capitals are seven tenths of the size */
    free(p.rgb);
}

static void other_scripts_are_found_a_font(void **state) {
    Fixture *f = *state;
    TextMeasure measure = screen_text_measure(f->screen);
    assert_true(measure.width(measure.self, "Ελένη", 40, FONT_BOLD) > 40);
    assert_true(measure.width(measure.self, "\xff\xfe broken", 40, FONT_BOLD) >= 0); /* does not crash */
}

static void sprites_turn_about_their_origin(void **state) {
    Fixture *f = *state;
    draw_sprite(f->list, "part", 200, 200, 1, 1, 0, 1);
    draw_sprite(f->list, "part", 500, 200, -1, 1, 0, 1);
    draw_sprite(f->list, "part", 800, 200, 1, 1, 90, 1);
    draw_sprite(f->list, "part", 1000, 400, 3, 3, 0, 1);
    Pixels p = pixels_of(f->screen, f->list);
    const Colour red = COLOUR(0xFF0000), green = COLOUR(0x00FF00);
    assert_int_equal(pixel_distance(pixel_at(&p, 200 - 36, 200 - 16), red), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 200 + 30, 200 + 30), green), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 200 - 44, 200), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 500 - 30, 200 + 30), green), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 800 - 30, 200 + 30), green),
                     0); /* a quarter clockwise: x→y, y→-x */
    assert_int_equal(pixel_distance(pixel_at(&p, 1000 + 90, 400 + 90), green), 0);
    free(p.rgb);
}

static void scenes_fill_the_picture_and_fade(void **state) {
    Fixture *f = *state;
    draw_scene(f->list, "field", 0, 0, 1);
    Pixels p = pixels_of(f->screen, f->list);
    const Colour field = COLOUR(0x204060);
    assert_int_equal(pixel_distance(pixel_at(&p, 0, 0), field), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 1279, 719), field), 0);
    free(p.rgb);
    draw_clear(f->list);
    draw_scene(f->list, "field", 100, 0, 0.5f);
    p = pixels_of(f->screen, f->list);
    assert_int_equal(pixel_distance(pixel_at(&p, 50, 300), ink_deep), 0);
    assert_near(pixel_at(&p, 600, 300).g, (0x40 + 0x11) / 2.0, 2);
    free(p.rgb);
}

static void missing_and_broken_pictures_draw_nothing(void **state) {
    Fixture *f = *state;
    draw_scene(f->list, "absent", 0, 0, 1);
    draw_sprite(f->list, "broken", 300, 300, 1, 1, 0, 1);
    draw_disc(f->list, 640, 360, 50, paper);
    Pixels p = pixels_of(f->screen, f->list);
    assert_int_equal(pixel_distance(pixel_at(&p, 300, 300), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 640, 360), paper), 0);
    free(p.rgb);
}

static void a_full_list_drops_and_counts(void **state) {
    Fixture *f = *state;
    for (int i = 0; i < DRAW_COMMANDS_MAX + 7; i++) draw_disc(f->list, (float)(i % 1280), 300, 3, paper);
    assert_int_equal(f->list->dropped, 7);
    Pixels p = pixels_of(f->screen, f->list);
    assert_int_equal(pixel_distance(pixel_at(&p, 640, 300), paper), 0);
    free(p.rgb);
}

static void nonsense_is_left_out(void **state) {
    Fixture *f = *state;
    draw_disc(f->list, NAN, 300, 50, paper);
    draw_disc(f->list, 300, 300, INFINITY, paper);
    draw_line(f->list, 0, 0, NAN, 5, 3, paper);
    draw_rect(f->list, 10, 10, -5, 20, 4, paper);
    draw_polygon(f->list, (Point[]){ { 5, 5 }, { 5, 5 }, { 5, 5 } }, 3, paper);
    draw_ring(f->list, 100, 100, 0, 3, 0, 90, paper);
    Pixels p = pixels_of(f->screen, f->list);
    assert_near(area_of(&p), 0, 0.001);
    free(p.rgb);
}

static void other_shapes_of_window_get_bars(void **state) {
    (void)state;
    Screen *screen = NULL;
    Error error = { 0 };
    DrawList *list = calloc(1, sizeof *list);
    assert_int_equal(
        screen_open(&screen, &(ScreenConfig){ .headless = true, .width = 800, .height = 600, .assets = "." },
                    &error),
        RESULT_OK);
    draw_rect(list, -500, -500, 3000, 3000, 0, paper);
    Pixels p = pixels_of(screen, list);
    assert_int_equal(p.h, 600);
    assert_int_equal(pixel_distance(pixel_at(&p, 400, 70), ink_deep), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 400, 80), paper), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 400, 520), paper), 0);
    assert_int_equal(pixel_distance(pixel_at(&p, 400, 530), ink_deep), 0);
    free(p.rgb);
    free(list);
    screen_close(screen);
}

static void a_bad_path_is_an_error_with_a_reason(void **state) {
    Fixture *f = *state;
    Error error = { 0 };
    screen_present(f->screen, f->list);
    assert_int_equal(screen_save_png(f->screen, "/nowhere/at/all.png", &error), RESULT_IO);
    assert_non_null(strstr(error.text, "/nowhere/at/all.png"));
}

/* An image that is only moved is painted by a shorter way: the same pixels as by the general one. */
static void moved_images_are_as_turned_ones(void **state) {
    (void)state;
    enum { SIDE = 24, W = 9, H = 7 };
    Error error = { "" };
    Canvas *moved = NULL, *turned = NULL;
    uint32_t pixels[W * H];
    for (uint32_t i = 0; i < W * H; i++) {
        uint32_t a = i * 37 % 256, c = a * (i * 53 % 256) / 255;
        pixels[i] = a << 24 | c << 16 | (a / 2) << 8 | a;
    }
    const CanvasImage image = { .pixels = pixels, .width = W, .height = H, .stride = W };
    assert_int_equal(canvas_open(&moved, SIDE, SIDE, &error), RESULT_OK);
    assert_int_equal(canvas_open(&turned, SIDE, SIDE, &error), RESULT_OK);
    /* In the middle, over the left upper and over the right lower corner. */
    static const float places[][2] = { { 7.3f, 8.6f }, { -3.75f, -2.2f }, { 18.4f, 20.5f }, { 7, 8.5f } };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        canvas_clear(moved, ink_deep);
        canvas_clear(turned, ink_deep);
        CanvasPlace place = { .xx = 1, .yy = 1, .x0 = places[i][0], .y0 = places[i][1] };
        canvas_image(moved, &image, place, 0.8f);
        place.xy = 1e-7f; /* too little to see, enough to be a turn */
        canvas_image(turned, &image, place, 0.8f);
        int painted = 0;
        for (int k = 0; k < SIDE * SIDE; k++) {
            uint32_t a = canvas_pixels(moved)[k], b = canvas_pixels(turned)[k];
            painted += (a & 0xFFFFFF) != 0x0A1120;
            for (int shift = 0; shift < 24; shift += 8)
                assert_in_range((a >> shift & 255) + 4 - (b >> shift & 255), 0, 8);
        }
        assert_true(painted > 8);
    }
    canvas_close(moved);
    canvas_close(turned);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_disc_has_its_area_and_a_soft_edge),
        TEST(a_hollow_polygon_stays_hollow),
        TEST(a_comb_of_many_teeth_is_filled_right),
        TEST(a_gradient_runs_from_top_to_bottom),
        TEST(lines_are_as_wide_as_asked_and_even_where_half_transparent),
        TEST(dashes_leave_gaps),
        TEST(a_ring_starts_at_twelve_and_runs_clockwise),
        TEST(frames_lie_inside_their_box),
        TEST(light_adds),
        TEST(words_stand_on_their_line_and_measure_as_drawn),
        TEST(other_scripts_are_found_a_font),
        TEST(sprites_turn_about_their_origin),
        TEST(scenes_fill_the_picture_and_fade),
        TEST(missing_and_broken_pictures_draw_nothing),
        TEST(a_full_list_drops_and_counts),
        TEST(nonsense_is_left_out),
        cmocka_unit_test(other_shapes_of_window_get_bars),
        cmocka_unit_test(moved_images_are_as_turned_ones),
        TEST(a_bad_path_is_an_error_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
