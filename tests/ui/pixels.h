/* A picture read back from its PNG file. */
#ifndef TESTS_UI_PIXELS_H
#define TESTS_UI_PIXELS_H

#include "platform/screen.h"

typedef struct Pixels {
    int w, h;
    unsigned char *rgb; /* free() it */
} Pixels;

typedef struct Pixel {
    int r, g, b;
} Pixel;

/* Presents the list, saves it and reads the file: all the way a screenshot goes. Fails the test where that
 * fails. */
Pixels pixels_of(Screen *screen, const DrawList *list);
Pixel pixel_at(const Pixels *pixels, int x, int y);
/* Largest difference of a channel. */
int pixel_distance(Pixel pixel, Colour colour);

#endif
