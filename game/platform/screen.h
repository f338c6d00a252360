/* The window, its picture and its keys: turns a DrawList into triangles, text and scenery, and device events
 * into actions. Headless it paints into memory and needs no display; then pictures repeat bit for bit. It
 * knows nothing of games and screens.
 *
 * The 1280 x 720 picture is fitted into whatever the window measures; the bars beside it are ink. One thread
 * owns a Screen. */
#ifndef PLATFORM_SCREEN_H
#define PLATFORM_SCREEN_H

#include "core/result.h"
#include "input/source.h"
#include "ui/action.h"
#include "view/draw.h"

#include <stdbool.h>

typedef struct Screen Screen;

typedef struct ScreenConfig {
    bool headless;     /* no window, no display, no input */
    int width, height; /* of the window or the picture, device pixels; 0 = 1280 x 720 */
    bool fullscreen;
    const char *assets; /* folder that holds art/; borrowed until screen_close */
    bool software;      /* do not try the graphics card */
    bool any_card;      /* also an OpenGL that is emulated by the processor: for benchmarks */
} ScreenConfig;

enum { SCREEN_PRESSES_MAX = 16, SCREEN_TYPED_MAX = 64 };

/* One frame's input. */
typedef struct ScreenInput {
    UiAction presses[SCREEN_PRESSES_MAX]; /* in the order they came */
    int press_count;
    bool touched;                 /* a key, a button, a finger: also one that means nothing here */
    char typed[SCREEN_TYPED_MAX]; /* UTF-8, whole characters; only while screen_typing is on */
    HandInput hand;               /* held keys or stick; forward is up, sideways to the right is + */
    UiDevice device;              /* used last */
    bool controller;              /* one is plugged in */
    bool quit;                    /* the window was closed */
    bool resized;
    bool focused; /* the window has the keyboard */
} ScreenInput;

/* RESULT_NO_DEVICE where there is no display; RESULT_BAD_DATA where no font at all is installed. */
MUST_CHECK Result screen_open(Screen **out, const ScreenConfig *config, Error *error);
/* Takes NULL. */
void screen_close(Screen *screen);

/* Paints the list and shows it (waits for the display's next frame where there is one). */
void screen_present(Screen *screen, const DrawList *list);

/* Waits until all that was asked of a graphics card is painted: for benchmarks. */
void screen_finish(Screen *screen);

/* The picture presented last, 0xAARRGGBB, row by row; NULL where a graphics card keeps it. Valid until the
 * next call. */
const uint32_t *screen_pixels(const Screen *screen);

/* Writes the picture presented last. */
MUST_CHECK Result screen_save_png(Screen *screen, const char *path, Error *error);

/* Valid as long as the screen. Widths are those of the device's own font size, in picture units. */
TextMeasure screen_text_measure(Screen *screen);

/* Starts rasterising assets/art/<name>.svg on the worker thread, if it is not there already. Until it is
 * ready nothing is drawn for it; headless, drawing waits instead. */
void screen_prefetch(Screen *screen, const char *name);
/* True when nothing asked for is still being rasterised. */
bool screen_scenery_ready(Screen *screen);

/* All that has happened since the last call. */
void screen_poll(Screen *screen, ScreenInput *out);
/* While on, letters come as `typed` and not as actions. */
void screen_typing(Screen *screen, bool on);
void screen_fullscreen(Screen *screen, bool on);

#endif
