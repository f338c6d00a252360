#include "pixels.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

Pixels pixels_of(Screen *screen, const DrawList *list) {
    char path[] = "/tmp/backbeat-pixels-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    Error error = { 0 };
    screen_present(screen, list);
    assert_int_equal(screen_save_png(screen, path, &error), RESULT_OK);
    png_image image = { .version = PNG_IMAGE_VERSION };
    assert_int_not_equal(png_image_begin_read_from_file(&image, path), 0);
    image.format = PNG_FORMAT_RGB;
    Pixels pixels = { .w = (int)image.width, .h = (int)image.height, .rgb = malloc(PNG_IMAGE_SIZE(image)) };
    assert_non_null(pixels.rgb);
    assert_int_not_equal(png_image_finish_read(&image, NULL, pixels.rgb, 0, NULL), 0);
    unlink(path);
    return pixels;
}

Pixel pixel_at(const Pixels *pixels, int x, int y) {
    assert_in_range(x, 0, pixels->w - 1);
    assert_in_range(y, 0, pixels->h - 1);
    const unsigned char *p = pixels->rgb + ((size_t)y * (size_t)pixels->w + (size_t)x) * 3;
    return (Pixel){ p[0], p[1], p[2] };
}

int pixel_distance(Pixel pixel, Colour colour) {
    int r = abs(pixel.r - colour.r), g = abs(pixel.g - colour.g), b = abs(pixel.b - colour.b);
    return r > g ? (r > b ? r : b) : (g > b ? g : b);
}
