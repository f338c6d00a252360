#include "platform/screen.h"

#include "platform/controls.h"
#include "platform/glyphs.h"
#include "platform/scenery.h"
#include "platform/tessellate.h"

#include <SDL.h>
#include <errno.h>
#include <math.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GLOW_PX = 256, KEPT_PICTURES = 14 /* full screens' worth of scenery */ };

/* What the triangles gathered so far have in common. */
typedef struct Batch {
    SDL_Texture *texture;
    bool light; /* added instead of laid over */
} Batch;

struct Screen {
    bool headless;
    SDL_Window *window;   /* NULL when headless */
    SDL_Surface *surface; /* headless: what is painted on */
    SDL_Renderer *renderer;
    bool software;
    Glyphs *glyphs;
    Scenery *scenery;
    SDL_Texture *glow;
    Mesh mesh;
    Batch batch;
    Point *points;       /* of the shape at hand, in device pixels */
    float scale, ox, oy; /* picture units to device pixels */
    Controls controls;
    DrawList *shown; /* the last list, for screen_save_png */
};

static void use_software_hints(void) {
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
}

/* Light falls off as ART says; straight lines between its points. */
static float glow_alpha(float radius) {
    static const float stops[][2] = { { 0, 1 },       { .08f, .86f },  { .2f, .58f }, { .36f, .30f },
                                      { .55f, .12f }, { .76f, .035f }, { 1, 0 } };
    for (size_t i = 1; i < sizeof stops / sizeof *stops; i++) {
        if (radius > stops[i][0]) continue;
        float t = (radius - stops[i - 1][0]) / (stops[i][0] - stops[i - 1][0]);
        return stops[i - 1][1] + (stops[i][1] - stops[i - 1][1]) * t;
    }
    return 0;
}

static SDL_Texture *make_glow(SDL_Renderer *renderer) {
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, GLOW_PX, GLOW_PX, 32, SDL_PIXELFORMAT_ARGB8888);
    if (surface == NULL) return NULL;
    for (int y = 0; y < GLOW_PX; y++) {
        uint32_t *row =
            (uint32_t *)(void *)((unsigned char *)surface->pixels + (size_t)y * (size_t)surface->pitch);
        for (int x = 0; x < GLOW_PX; x++) {
            float r =
                hypotf((float)x + 0.5f - GLOW_PX / 2.0f, (float)y + 0.5f - GLOW_PX / 2.0f) / (GLOW_PX / 2.0f);
            row[x] = (uint32_t)(glow_alpha(r) * 255 + 0.5f) << 24 | 0xFFFFFF;
        }
    }
    SDL_Texture *texture = SDL_CreateTextureFromSurface(renderer, surface);
    SDL_FreeSurface(surface);
    if (texture != NULL) SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_ADD);
    return texture;
}

static Result open_headless(Screen *screen, int width, int height, Error *error) {
    if (SDL_Init(0) != 0)
        return error_set(error, RESULT_NO_DEVICE, "SDL does not start: %s.", SDL_GetError());
    screen->surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
    if (screen->surface != NULL) screen->renderer = SDL_CreateSoftwareRenderer(screen->surface);
    if (screen->renderer == NULL)
        return error_set(error, RESULT_NO_MEMORY, "The picture can't be made in memory: %s.", SDL_GetError());
    screen->software = true;
    return RESULT_OK;
}

static SDL_Renderer *find_renderer(SDL_Window *window, bool software) {
    SDL_Renderer *renderer = NULL;
    if (!software) {
        SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengl");
        renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC);
        SDL_SetHint(SDL_HINT_RENDER_DRIVER, "");
        if (renderer == NULL)
            renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC);
    }
    if (renderer == NULL) renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
    return renderer;
}

static Result open_window(Screen *screen, const ScreenConfig *config, int width, int height, Error *error) {
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return error_set(error, RESULT_NO_DEVICE, "No display was found (%s); --headless plays without one.",
                         SDL_GetError());
    if (SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) != 0)
        SDL_LogInfo(SDL_LOG_CATEGORY_APPLICATION, "Game controllers can't be used: %s.", SDL_GetError());
    SDL_StopTextInput();
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI |
                   (config->fullscreen ? (Uint32)SDL_WINDOW_FULLSCREEN_DESKTOP : 0U);
    screen->window =
        SDL_CreateWindow("Backbeat", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height, flags);
    if (screen->window == NULL)
        return error_set(error, RESULT_NO_DEVICE, "No window can be opened: %s.", SDL_GetError());
    SDL_SetWindowMinimumSize(screen->window, 320, 180);
    SDL_ShowCursor(SDL_DISABLE);
    screen->renderer = find_renderer(screen->window, config->software);
    if (screen->renderer == NULL)
        return error_set(error, RESULT_NO_DEVICE, "Nothing can be drawn in the window: %s.", SDL_GetError());
    SDL_RendererInfo info;
    if (SDL_GetRendererInfo(screen->renderer, &info) == 0)
        screen->software = (info.flags & SDL_RENDERER_SOFTWARE) != 0;
    return RESULT_OK;
}

Result screen_open(Screen **out, const ScreenConfig *config, Error *error) {
    *out = NULL;
    int width = config->width > 0 ? config->width : (int)VIEW_WIDTH;
    int height = config->height > 0 ? config->height : (int)VIEW_HEIGHT;
    Screen *screen = calloc(1, sizeof *screen);
    if (screen == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture.");
    use_software_hints();
    screen->headless = config->headless;
    screen->scale = 1;
    screen->shown = calloc(1, sizeof *screen->shown);
    screen->points = calloc(DRAW_POINTS_MAX, sizeof *screen->points);
    Result result = screen->shown != NULL && screen->points != NULL
                        ? RESULT_OK
                        : error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture.");
    if (result == RESULT_OK)
        result = config->headless ? open_headless(screen, width, height, error)
                                  : open_window(screen, config, width, height, error);
    if (result == RESULT_OK) result = glyphs_open(&screen->glyphs, screen->renderer, error);
    if (result == RESULT_OK)
        result = scenery_open(&screen->scenery, screen->renderer, config->assets, config->headless, error);
    if (result == RESULT_OK) {
        screen->glow = make_glow(screen->renderer);
        if (screen->glow == NULL)
            result = error_set(error, RESULT_NO_MEMORY, "Out of memory for light: %s.", SDL_GetError());
    }
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
    if (screen->glow != NULL) SDL_DestroyTexture(screen->glow);
    if (screen->renderer != NULL) SDL_DestroyRenderer(screen->renderer);
    SDL_FreeSurface(screen->surface);
    if (screen->window != NULL) SDL_DestroyWindow(screen->window);
    mesh_free(&screen->mesh);
    free(screen->points);
    free(screen->shown);
    if (!screen->headless) SDL_QuitSubSystem(SDL_INIT_VIDEO | SDL_INIT_GAMECONTROLLER);
    free(screen);
}

/* ---- Painting ---- */

static void flush(Screen *screen) {
    Mesh *mesh = &screen->mesh;
    if (mesh->index_count > 0) {
        SDL_SetRenderDrawBlendMode(screen->renderer,
                                   screen->batch.light ? SDL_BLENDMODE_ADD : SDL_BLENDMODE_BLEND);
        SDL_RenderGeometry(screen->renderer, screen->batch.texture, mesh->vertices, mesh->vertex_count,
                           mesh->indices, mesh->index_count);
    }
    mesh_clear(mesh);
}

/* Everything put into the mesh from here on is drawn this way. */
static void use(Screen *screen, SDL_Texture *texture, bool light) {
    if (screen->batch.texture == texture && screen->batch.light == light) return;
    flush(screen);
    screen->batch = (Batch){ .texture = texture, .light = light };
}

static Point to_device(const Screen *screen, float x, float y) {
    return (Point){ screen->ox + x * screen->scale, screen->oy + y * screen->scale };
}

static const Point *points_of(Screen *screen, const DrawList *list, const DrawCommand *command) {
    for (int i = 0; i < command->count; i++) {
        Point p = list->points[command->first + i];
        screen->points[i] = to_device(screen, p.x, p.y);
    }
    return screen->points;
}

/* A game's slip (a division by nothing) must not reach the triangles. */
static bool is_sound(const DrawList *list, const DrawCommand *c) {
    const float numbers[] = { c->x,      c->y,      c->w,       c->h,       c->radius, c->width,
                              c->angle0, c->angle1, c->scale_x, c->scale_y, c->dash,   c->gap };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!(fabsf(numbers[i]) < 1e6f)) return false;
    }
    for (int i = 0; i < c->count; i++) {
        Point p = list->points[c->first + i];
        if (!(fabsf(p.x) < 1e6f) || !(fabsf(p.y) < 1e6f)) return false;
    }
    return true;
}

static void paint_picture(Screen *screen, const Picture *picture, const DrawCommand *c, float scale_x,
                          float scale_y) {
    float k = screen->scale, turn = c->angle0 * (float)(3.14159265358979 / 180);
    Point at = to_device(screen, c->x, c->y);
    if (turn == 0 && scale_x > 0 && scale_y > 0) { /* much cheaper without a graphics card */
        flush(screen);
        SDL_SetTextureColorMod(picture->texture, c->colour.r, c->colour.g, c->colour.b);
        SDL_SetTextureAlphaMod(picture->texture, c->colour.a);
        SDL_FRect to = { at.x + picture->x * scale_x * k, at.y + picture->y * scale_y * k,
                         picture->w * scale_x * k, picture->h * scale_y * k };
        SDL_RenderCopyF(screen->renderer, picture->texture, NULL, &to);
        return;
    }
    SDL_SetTextureColorMod(picture->texture, 255, 255, 255);
    SDL_SetTextureAlphaMod(picture->texture, 255);
    use(screen, picture->texture, false);
    float c0 = cosf(turn), s0 = sinf(turn);
    Point ax = { c0 * scale_x * k, s0 * scale_x * k }, ay = { -s0 * scale_y * k, c0 * scale_y * k };
    Point corner = { at.x + ax.x * picture->x + ay.x * picture->y,
                     at.y + ax.y * picture->x + ay.y * picture->y };
    mesh_picture(&screen->mesh, corner, (Point){ ax.x * picture->w, ax.y * picture->w },
                 (Point){ ay.x * picture->h, ay.y * picture->h }, c->colour);
}

static void paint_text(Screen *screen, const DrawCommand *c, const char *words) {
    Wording wording;
    if (!glyphs_words(screen->glyphs, words, c->h * screen->scale, c->weight, &wording)) return;
    flush(screen);
    Point at = to_device(screen, c->x, c->y);
    float left = at.x - (c->align == ALIGN_LEFT    ? 0.0f
                         : c->align == ALIGN_RIGHT ? (float)wording.width
                                                   : (float)wording.width / 2);
    SDL_SetTextureColorMod(wording.texture, c->colour.r, c->colour.g, c->colour.b);
    SDL_SetTextureAlphaMod(wording.texture, c->colour.a);
    /* On whole pixels: letters were made for those. */
    SDL_Rect to = { (int)floorf(left + 0.5f), (int)floorf(at.y + 0.5f) - wording.ascent, wording.width,
                    wording.height };
    SDL_RenderCopy(screen->renderer, wording.texture, NULL, &to);
}

/* Without a graphics card rows of one colour are a tenth of the price of two shaded triangles. */
static void paint_shade(Screen *screen, const DrawCommand *c) {
    Point at = to_device(screen, c->x, c->y);
    float w = c->w * screen->scale, h = c->h * screen->scale;
    if (!screen->software) {
        use(screen, NULL, false);
        mesh_shade(&screen->mesh, at.x, at.y, w, h, c->colour, c->colour2);
        return;
    }
    flush(screen);
    SDL_SetRenderDrawBlendMode(screen->renderer, SDL_BLENDMODE_BLEND);
    int first = (int)floorf(at.y + 0.5f), last = (int)floorf(at.y + h + 0.5f);
    int left = (int)floorf(at.x + 0.5f), right = (int)floorf(at.x + w + 0.5f);
    for (int y = first < 0 ? 0 : first; y < last && y < 16384; y++) {
        Colour colour =
            colour_mix(c->colour, c->colour2, ((float)(y - first) + 0.5f) / (float)(last - first));
        SDL_SetRenderDrawColor(screen->renderer, colour.r, colour.g, colour.b, colour.a);
        SDL_RenderFillRect(screen->renderer, &(SDL_Rect){ left, y, right - left, 1 });
    }
}

static void paint_command(Screen *screen, const DrawList *list, const DrawCommand *c) {
    Mesh *mesh = &screen->mesh;
    float k = screen->scale;
    Point at = to_device(screen, c->x, c->y);
    const char *words = list->text + c->text;
    Picture picture;
    switch (c->kind) {
    case DRAW_SCENE:
        if (scenery_picture(screen->scenery, words, 1, &picture)) paint_picture(screen, &picture, c, 1, 1);
        return;
    case DRAW_SPRITE:
        if (scenery_picture(screen->scenery, words, fmaxf(fabsf(c->scale_x), fabsf(c->scale_y)), &picture))
            paint_picture(screen, &picture, c, c->scale_x, c->scale_y);
        return;
    case DRAW_TEXT: paint_text(screen, c, words); return;
    case DRAW_SHADE: paint_shade(screen, c); return;
    case DRAW_GLOW:
        use(screen, screen->glow, true);
        mesh_picture(mesh, (Point){ at.x - c->w * k, at.y - c->w * k }, (Point){ 2 * c->w * k, 0 },
                     (Point){ 0, 2 * c->w * k }, c->colour);
        return;
    case DRAW_BEAM:
        use(screen, NULL, true);
        mesh_beam(mesh, at, c->angle0, c->angle1, c->w * k, c->colour);
        return;
    default: break;
    }
    use(screen, NULL, false);
    switch (c->kind) {
    case DRAW_POLYGON: mesh_polygon(mesh, points_of(screen, list, c), c->count, c->colour, c->colour2); break;
    case DRAW_STROKE:
        mesh_stroke(mesh, points_of(screen, list, c), c->count, c->width * k, c->dash * k, c->gap * k,
                    c->colour);
        break;
    case DRAW_DISC: mesh_disc(mesh, at, c->w * k, c->colour); break;
    case DRAW_RING: mesh_ring(mesh, at, c->w * k, c->width * k, c->angle0, c->angle1, c->colour); break;
    case DRAW_RECT: mesh_rect(mesh, at.x, at.y, c->w * k, c->h * k, c->radius * k, c->colour); break;
    case DRAW_FRAME:
        mesh_frame(mesh, at.x, at.y, c->w * k, c->h * k, c->radius * k, c->width * k, c->colour);
        break;
    default: break;
    }
}

/* The picture as large as it fits, in the middle. */
static void fit(Screen *screen) {
    int w = 0, h = 0;
    SDL_GetRendererOutputSize(screen->renderer, &w, &h);
    float across = (float)w / VIEW_WIDTH, along = (float)h / VIEW_HEIGHT;
    screen->scale = fmaxf(fminf(across, along), 0.05f);
    screen->ox = floorf(((float)w - VIEW_WIDTH * screen->scale) / 2);
    screen->oy = floorf(((float)h - VIEW_HEIGHT * screen->scale) / 2);
    SDL_Rect clip = { (int)screen->ox, (int)screen->oy, (int)ceilf(VIEW_WIDTH * screen->scale),
                      (int)ceilf(VIEW_HEIGHT * screen->scale) };
    SDL_RenderSetClipRect(screen->renderer, &clip);
    size_t picture = (size_t)clip.w * (size_t)clip.h * 4;
    scenery_frame(screen->scenery, screen->scale, KEPT_PICTURES * picture);
}

static void paint(Screen *screen, const DrawList *list) {
    SDL_RenderSetClipRect(screen->renderer, NULL);
    SDL_SetRenderDrawColor(screen->renderer, 0x0A, 0x11, 0x20, 255);
    SDL_RenderClear(screen->renderer);
    fit(screen);
    screen->batch = (Batch){ 0 };
    mesh_clear(&screen->mesh);
    for (int i = 0; i < list->command_count; i++) {
        if (is_sound(list, &list->commands[i])) paint_command(screen, list, &list->commands[i]);
    }
    flush(screen);
}

static void keep_list(DrawList *to, const DrawList *from) {
    to->command_count = from->command_count;
    to->point_count = from->point_count;
    to->text_count = from->text_count;
    memcpy(to->commands, from->commands, (size_t)from->command_count * sizeof *from->commands);
    memcpy(to->points, from->points, (size_t)from->point_count * sizeof *from->points);
    memcpy(to->text, from->text, (size_t)from->text_count);
}

void screen_present(Screen *screen, const DrawList *list) {
    keep_list(screen->shown, list);
    paint(screen, list);
    SDL_RenderPresent(screen->renderer);
}

static bool write_png(FILE *file, const unsigned char *pixels, int w, int h) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    if (png == NULL) return false;
    png_infop info = png_create_info_struct(png);
    if (info == NULL || setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_init_io(png, file);
    png_set_IHDR(png, info, (png_uint_32)w, (png_uint_32)h, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 3);
    png_write_info(png, info);
    for (int y = 0; y < h; y++) png_write_row(png, pixels + (size_t)y * (size_t)w * 3);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return true;
}

Result screen_save_png(Screen *screen, const char *path, Error *error) {
    int w = 0, h = 0;
    SDL_GetRendererOutputSize(screen->renderer, &w, &h);
    unsigned char *pixels = malloc((size_t)w * (size_t)h * 3);
    if (pixels == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for the picture %s.", path);
    /* What a window has shown is gone from the card: paint it once more. */
    if (!screen->headless) paint(screen, screen->shown);
    Result result = RESULT_OK;
    FILE *file = NULL;
    if (SDL_RenderReadPixels(screen->renderer, &(SDL_Rect){ 0, 0, w, h }, SDL_PIXELFORMAT_RGB24, pixels,
                             w * 3) != 0)
        result = error_set(error, RESULT_NO_DEVICE, "The picture can't be read back: %s.", SDL_GetError());
    if (result == RESULT_OK && (file = fopen(path, "wb")) == NULL)
        result = error_set(error, RESULT_IO, "The picture %s can't be written: %s.", path, strerror(errno));
    if (file != NULL) {
        bool whole = write_png(file, pixels, w, h);
        whole = fclose(file) == 0 && whole;
        if (!whole)
            result =
                error_set(error, RESULT_IO, "The picture %s was not written whole; is the disk full?", path);
    }
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

/* ---- Input ---- */

void screen_poll(Screen *screen, ScreenInput *out) {
    *out = (ScreenInput){ .focused = true };
    if (screen->headless) return;
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        bool alt_enter = event.type == SDL_KEYDOWN && event.key.keysym.sym == SDLK_RETURN &&
                         (event.key.keysym.mod & KMOD_ALT) != 0;
        bool f11 = event.type == SDL_KEYDOWN && event.key.keysym.sym == SDLK_F11;
        if ((alt_enter || f11) && event.key.repeat == 0)
            screen_fullscreen(screen, (SDL_GetWindowFlags(screen->window) & SDL_WINDOW_FULLSCREEN_DESKTOP) !=
                                          SDL_WINDOW_FULLSCREEN_DESKTOP);
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
