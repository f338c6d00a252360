#include "platform/screen.h"

#include "platform/controllers.h"
#include "platform/controls.h"
#include "platform/paint.h"

#include <SDL.h>
#include <errno.h>
#include <math.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_PICTURES = 14 /* full screens' worth of scenery */, FRAME_MS = 16 };

struct Screen {
    bool headless;
    SDL_Window *window;     /* NULL when headless */
    SDL_Renderer *renderer; /* the graphics card; NULL = the canvas is painted on instead */
    CardPainter *card;
    CanvasPainter *painter;
    Canvas *canvas;
    int width, height; /* device pixels */
    Glyphs *glyphs;
    Scenery *scenery;
    float scale; /* device pixels a unit */
    Controls controls;
    uint32_t shown_ms;   /* when the last frame was shown, where nothing else waits for the display */
    DrawList *shown;     /* the last list: for screen_save_png, and to paint only what has changed */
    unsigned generation; /* of the scenery it was painted with */
    bool whole;          /* the next frame is painted whole */
};

/* A software OpenGL would be slower than our own canvas. */
static bool is_real_card(SDL_Renderer *renderer) {
    SDL_RendererInfo info;
    if (SDL_GetRendererInfo(renderer, &info) != 0 || (info.flags & SDL_RENDERER_ACCELERATED) == 0)
        return false;
    if (strcmp(info.name, "opengl") != 0) return true;
    typedef const unsigned char *(*GetString)(unsigned int);
    enum { NAME_OF_RENDERER = 0x1F01 /* GL_RENDERER */ };
    GetString get_string = NULL;
    void *address = SDL_GL_GetProcAddress("glGetString");
    memcpy(&get_string, &address, sizeof get_string);
    const char *name = get_string != NULL ? (const char *)get_string(NAME_OF_RENDERER) : NULL;
    return name == NULL || (strstr(name, "llvmpipe") == NULL && strstr(name, "softpipe") == NULL &&
                            strstr(name, "SwiftShader") == NULL);
}

static void find_card(Screen *screen, bool any) {
    const Uint32 flags = SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC;
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengl");
    screen->renderer = SDL_CreateRenderer(screen->window, -1, flags);
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "");
    if (screen->renderer == NULL) screen->renderer = SDL_CreateRenderer(screen->window, -1, flags);
    if (screen->renderer == NULL || any || is_real_card(screen->renderer)) return;
    SDL_DestroyRenderer(screen->renderer);
    screen->renderer = NULL;
}

static bool is_unseen(const char *driver) {
    return driver == NULL || strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0;
}

static Result open_window(Screen *screen, const ScreenConfig *config, Error *error) {
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return error_set(error, RESULT_NO_DEVICE, "No display was found (%s); --headless plays without one.",
                         SDL_GetError());
    /* SDL is content with painting where nobody can see it; a player is not. */
    if (SDL_getenv("SDL_VIDEODRIVER") == NULL && is_unseen(SDL_GetCurrentVideoDriver()))
        return error_set(error, RESULT_NO_DEVICE,
                         "No display was found: start Backbeat from a desktop, or play with --headless.");
    if (!controllers_begin())
        SDL_LogInfo(SDL_LOG_CATEGORY_APPLICATION, "Game controllers can't be used: %s.", SDL_GetError());
    SDL_StopTextInput();
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    if (config->fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    screen->window = SDL_CreateWindow("Backbeat", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                      screen->width, screen->height, flags);
    if (screen->window == NULL)
        return error_set(error, RESULT_NO_DEVICE, "No window can be opened: %s.", SDL_GetError());
    SDL_SetWindowMinimumSize(screen->window, 320, 180);
    SDL_ShowCursor(SDL_DISABLE);
    if (!config->software) find_card(screen, config->any_card);
    return RESULT_OK;
}

/* The canvas follows the window's size. */
static Result size_canvas(Screen *screen, Error *error) {
    if (screen->window != NULL) {
        const SDL_Surface *surface = SDL_GetWindowSurface(screen->window);
        if (surface == NULL)
            return error_set(error, RESULT_NO_DEVICE, "Nothing can be drawn in the window: %s.",
                             SDL_GetError());
        if (screen->canvas != NULL && surface->w == screen->width && surface->h == screen->height)
            return RESULT_OK;
        screen->width = surface->w;
        screen->height = surface->h;
    }
    Canvas *canvas = NULL;
    Result result = canvas_open(&canvas, screen->width, screen->height, error);
    if (result != RESULT_OK) return result;
    canvas_close(screen->canvas);
    screen->canvas = canvas;
    return RESULT_OK;
}

static Result open_painter(Screen *screen, Error *error) {
    if (screen->renderer != NULL) return card_painter_open(&screen->card, screen->renderer, error);
    Result result = size_canvas(screen, error);
    return result == RESULT_OK ? canvas_painter_open(&screen->painter, error) : result;
}

Result screen_open(Screen **out, const ScreenConfig *config, Error *error) {
    *out = NULL;
    Screen *screen = calloc(1, sizeof *screen);
    if (screen == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture.");
    screen->headless = config->headless;
    screen->width = config->width > 0 ? config->width : (int)VIEW_WIDTH;
    screen->height = config->height > 0 ? config->height : (int)VIEW_HEIGHT;
    screen->scale = 1;
    screen->whole = true;
    Result result = RESULT_OK;
    screen->shown = calloc(1, sizeof *screen->shown);
    if (screen->shown == NULL) result = error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture.");
    if (result == RESULT_OK && !config->headless) result = open_window(screen, config, error);
    if (result == RESULT_OK) result = open_painter(screen, error);
    if (result == RESULT_OK) result = glyphs_open(&screen->glyphs, screen->renderer, error);
    if (result == RESULT_OK)
        result = scenery_open(&screen->scenery, screen->renderer, config->assets, config->headless, error);
    if (result != RESULT_OK) {
        screen_close(screen);
        return result;
    }
    *out = screen;
    return RESULT_OK;
}

void screen_close(Screen *screen) {
    if (screen == NULL) return;
    controls_close(&screen->controls);
    scenery_close(screen->scenery);
    glyphs_close(screen->glyphs);
    card_painter_close(screen->card);
    canvas_painter_close(screen->painter);
    canvas_close(screen->canvas);
    if (screen->renderer != NULL) SDL_DestroyRenderer(screen->renderer);
    if (screen->window != NULL) SDL_DestroyWindow(screen->window);
    if (!screen->headless) {
        controllers_end();
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    free(screen->shown);
    free(screen);
}

/* The picture as large as it fits, in the middle. */
static PaintPlace fit(Screen *screen) {
    float scale = fminf((float)screen->width / VIEW_WIDTH, (float)screen->height / VIEW_HEIGHT);
    screen->scale = fmaxf(scale, 0.05f);
    PaintPlace place = { .scale = screen->scale, .glyphs = screen->glyphs, .scenery = screen->scenery };
    place.x = floorf(((float)screen->width - VIEW_WIDTH * screen->scale) / 2);
    place.y = floorf(((float)screen->height - VIEW_HEIGHT * screen->scale) / 2);
    place.clip = (SDL_Rect){ (int)place.x, (int)place.y, (int)ceilf(VIEW_WIDTH * screen->scale),
                             (int)ceilf(VIEW_HEIGHT * screen->scale) };
    scenery_frame(screen->scenery, screen->scale,
                  KEPT_PICTURES * (size_t)place.clip.w * (size_t)place.clip.h * 4);
    return place;
}

static void keep_list(DrawList *to, const DrawList *from) {
    to->command_count = from->command_count;
    to->point_count = from->point_count;
    to->text_count = from->text_count;
    memcpy(to->commands, from->commands, (size_t)from->command_count * sizeof *from->commands);
    memcpy(to->points, from->points, (size_t)from->point_count * sizeof *from->points);
    memcpy(to->text, from->text, (size_t)from->text_count);
}

/* Follows the window's size; false where there is nothing to paint on. */
static bool follow_size(Screen *screen) {
    Error error = { 0 };
    int w = screen->width, h = screen->height;
    if (screen->renderer != NULL) {
        SDL_GetRendererOutputSize(screen->renderer, &screen->width, &screen->height);
    } else if (size_canvas(screen, &error) != RESULT_OK) {
        return false;
    }
    screen->whole = screen->whole || w != screen->width || h != screen->height;
    return true;
}

/* Paints the list where it differs from the one before; returns that part. Pictures in memory are always
 * painted whole: they must not depend on which frames came before. */
static SDL_Rect paint(Screen *screen, const DrawList *list) {
    SDL_Rect part = { 0, 0, screen->width, screen->height };
    PaintPlace place = fit(screen);
    unsigned generation = scenery_generation(screen->scenery);
    if (!screen->whole && !screen->headless && generation == screen->generation)
        part = paint_changed(&place, screen->shown, list);
    if (part.w > 0 && screen->renderer != NULL) card_painter_paint(screen->card, &place, list);
    if (part.w > 0 && screen->renderer == NULL)
        canvas_painter_paint(screen->painter, screen->canvas, &place, list, part);
    screen->generation = generation;
    screen->whole = false;
    keep_list(screen->shown, list);
    return part;
}

/* Where nothing else waits for the display. */
static void wait_frame(Screen *screen) {
    uint32_t since_ms = SDL_GetTicks() - screen->shown_ms;
    if (since_ms < FRAME_MS) SDL_Delay(FRAME_MS - since_ms);
    screen->shown_ms = SDL_GetTicks();
}

static void show_canvas(Screen *screen, SDL_Rect part) {
    SDL_Surface *surface = SDL_GetWindowSurface(screen->window);
    if (surface == NULL || surface->w != screen->width || surface->h != screen->height) return;
    const uint32_t *from =
        canvas_pixels(screen->canvas) + (size_t)part.y * (size_t)screen->width + (size_t)part.x;
    unsigned char *to = (unsigned char *)surface->pixels + (size_t)part.y * (size_t)surface->pitch +
                        (size_t)part.x * surface->format->BytesPerPixel;
    (void)SDL_ConvertPixels(part.w, part.h, SDL_PIXELFORMAT_ARGB8888, from, screen->width * 4,
                            surface->format->format, to, surface->pitch);
    SDL_UpdateWindowSurfaceRects(screen->window, &part, 1);
}

void screen_present(Screen *screen, const DrawList *list) {
    if (!follow_size(screen)) return;
    SDL_Rect part = paint(screen, list);
    if (screen->headless) return;
    if (part.w > 0 && screen->renderer != NULL) {
        SDL_RenderPresent(screen->renderer); /* waits for the display */
        screen->shown_ms = SDL_GetTicks();
        return;
    }
    wait_frame(screen);
    if (part.w > 0) show_canvas(screen, part);
}

void screen_finish(Screen *screen) {
    uint32_t pixel = 0;
    const SDL_Rect corner = { 0, 0, 1, 1 };
    if (screen->renderer != NULL)
        (void)SDL_RenderReadPixels(screen->renderer, &corner, SDL_PIXELFORMAT_ARGB8888, &pixel, sizeof pixel);
}

static bool write_png(FILE *file, const uint32_t *pixels, int w, int h) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    if (png == NULL) return false;
    png_infop info = png_create_info_struct(png);
    unsigned char *volatile row = malloc((size_t)w * 3);
    if (info == NULL || row == NULL || setjmp(png_jmpbuf(png)) != 0) {
        free(row);
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_init_io(png, file);
    png_set_IHDR(png, info, (png_uint_32)w, (png_uint_32)h, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 3);
    png_write_info(png, info);
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            uint32_t pixel = pixels[(size_t)y * (size_t)w + (size_t)x];
            row[3 * x] = (unsigned char)(pixel >> 16);
            row[3 * x + 1] = (unsigned char)(pixel >> 8);
            row[3 * x + 2] = (unsigned char)pixel;
        }
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    free(row);
    return true;
}

static Result save_pixels(const uint32_t *pixels, int w, int h, const char *path, Error *error) {
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return error_set(error, RESULT_IO, "The picture %s can't be written: %s.", path, strerror(errno));
    bool whole = write_png(file, pixels, w, h);
    whole = fclose(file) == 0 && whole;
    return whole
               ? RESULT_OK
               : error_set(error, RESULT_IO, "The picture %s was not written whole; is the disk full?", path);
}

const uint32_t *screen_pixels(const Screen *screen) {
    return screen->renderer == NULL ? canvas_pixels(screen->canvas) : NULL;
}

Result screen_save_png(Screen *screen, const char *path, Error *error) {
    if (screen->renderer == NULL)
        return save_pixels(canvas_pixels(screen->canvas), screen->width, screen->height, path, error);
    /* A card forgets what it has shown. */
    PaintPlace place = fit(screen);
    card_painter_paint(screen->card, &place, screen->shown);
    int w = screen->width, h = screen->height;
    uint32_t *pixels = calloc((size_t)w * (size_t)h, sizeof *pixels);
    if (pixels == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture %s.", path);
    SDL_RenderSetClipRect(screen->renderer, NULL);
    Result result = RESULT_OK;
    if (SDL_RenderReadPixels(screen->renderer, &(SDL_Rect){ 0, 0, w, h }, SDL_PIXELFORMAT_ARGB8888, pixels,
                             w * 4) != 0)
        result = error_set(error, RESULT_NO_DEVICE, "The picture can't be read back: %s.", SDL_GetError());
    if (result == RESULT_OK) result = save_pixels(pixels, w, h, path, error);
    free(pixels);
    return result;
}

static float measure_width(void *self, const char *words, float size, FontWeight weight) {
    const Screen *screen = self;
    return glyphs_width(screen->glyphs, words, size * screen->scale, weight) / screen->scale;
}

TextMeasure screen_text_measure(Screen *screen) {
    return (TextMeasure){ .width = measure_width, .self = screen };
}

void screen_prefetch(Screen *screen, const char *name) {
    scenery_prefetch(screen->scenery, name);
}

bool screen_scenery_ready(Screen *screen) {
    return scenery_idle(screen->scenery);
}

static bool wants_fullscreen(const SDL_Event *event) {
    if (event->type != SDL_KEYDOWN || event->key.repeat != 0) return false;
    return event->key.keysym.sym == SDLK_F11 ||
           (event->key.keysym.sym == SDLK_RETURN && (event->key.keysym.mod & KMOD_ALT) != 0);
}

void screen_poll(Screen *screen, ScreenInput *out) {
    *out = (ScreenInput){ .focused = true };
    if (screen->headless) return;
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        if (wants_fullscreen(&event))
            screen_fullscreen(screen, (SDL_GetWindowFlags(screen->window) & SDL_WINDOW_FULLSCREEN) == 0);
        if (event.type == SDL_WINDOWEVENT) screen->whole = true; /* uncovered, moved to another display, … */
        controls_event(&screen->controls, &event, out);
    }
    controls_held(&screen->controls, SDL_GetTicks(), out);
    out->focused = (SDL_GetWindowFlags(screen->window) & SDL_WINDOW_INPUT_FOCUS) != 0;
}

void screen_typing(Screen *screen, bool on) {
    if (screen->headless || screen->controls.typing == on) return;
    screen->controls.typing = on;
    if (on) {
        SDL_StartTextInput();
    } else {
        SDL_StopTextInput();
    }
}

void screen_fullscreen(Screen *screen, bool on) {
    if (!screen->headless) SDL_SetWindowFullscreen(screen->window, on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}
