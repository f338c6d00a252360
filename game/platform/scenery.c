#include "platform/scenery.h"

#include "view/draw.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURES_MAX = 96, NAME_MAX_BYTES = 96, PATH_MAX_BYTES = 1024, SIDE_MAX_PX = 8192, MARGIN_PX = 2 };

typedef enum Stage { STAGE_FREE, STAGE_WAITING, STAGE_MAKING, STAGE_MADE, STAGE_READY, STAGE_BROKEN } Stage;

/* A rasterised picture and what it covers, in picture units. */
typedef struct Raster {
    SDL_Surface *surface; /* NULL = none */
    SDL_Texture *texture; /* instead of the surface, where there is a renderer */
    float scale;          /* device pixels a unit */
    float x, y, w, h;
    size_t bytes;
} Raster;

typedef struct Entry {
    char name[NAME_MAX_BYTES];
    Stage stage;  /* shared with the worker, under the lock */
    float scale;  /* asked of the worker */
    Raster made;  /* STAGE_MADE: handed over by the worker */
    Raster shown; /* stays while a sharper one is made */
    char trouble[256];
    uint64_t used; /* frame number */
} Entry;

struct Scenery {
    SDL_Renderer *renderer;
    const char *assets;
    bool wait;
    float scale;
    size_t budget_bytes;
    uint64_t frame;
    unsigned generation;
    Entry entries[PICTURES_MAX];
    SDL_mutex *lock;
    SDL_cond *wake; /* for the worker */
    SDL_Thread *worker;
    bool quit;
};

/* Cairo keeps colours multiplied by alpha, SDL's renderers want them plain. */
static void copy_pixels(SDL_Surface *to, const unsigned char *from, int stride, bool plain) {
    for (int y = 0; y < to->h; y++) {
        const uint32_t *in = (const uint32_t *)(const void *)(from + (size_t)y * (size_t)stride);
        uint32_t *out = (uint32_t *)(void *)((unsigned char *)to->pixels + (size_t)y * (size_t)to->pitch);
        for (int x = 0; x < to->w; x++) {
            uint32_t pixel = in[x], a = pixel >> 24;
            if (a == 0 || a == 255 || !plain) {
                out[x] = pixel;
                continue;
            }
            uint32_t r = ((pixel >> 16 & 255) * 255 + a / 2) / a;
            uint32_t g = ((pixel >> 8 & 255) * 255 + a / 2) / a;
            uint32_t b = ((pixel & 255) * 255 + a / 2) / a;
            out[x] = a << 24 | r << 16 | g << 8 | b;
        }
    }
}

/* The viewBox; without one, the size the file gives itself, or the whole picture. */
static RsvgRectangle box_of(RsvgHandle *handle) {
    RsvgRectangle box = { 0, 0, 1280, 720 };
    gboolean has_width = FALSE, has_height = FALSE, has_box = FALSE;
    RsvgLength width, height;
    RsvgRectangle own;
    rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &own);
    if (has_box) return own;
    if (has_width && has_height && width.unit == RSVG_UNIT_PX && height.unit == RSVG_UNIT_PX) {
        box.width = width.length;
        box.height = height.length;
    }
    return box;
}

/* The shape of what is on `canvas`, grown by `radius_px` in all directions, in paper. Frees `canvas`. */
static cairo_surface_t *grown_shape(cairo_surface_t *canvas, double radius_px) {
    enum { DIRECTIONS = 24 };
    cairo_surface_t *shape = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, cairo_image_surface_get_width(canvas), cairo_image_surface_get_height(canvas));
    cairo_t *cairo = cairo_create(shape);
    Colour paper = COLOUR_PAPER;
    cairo_set_source_rgb(cairo, paper.r / 255.0, paper.g / 255.0, paper.b / 255.0);
    for (int i = 0; i < DIRECTIONS; i++) {
        double angle = i * 2 * M_PI / DIRECTIONS;
        cairo_mask_surface(cairo, canvas, radius_px * cos(angle), radius_px * sin(angle));
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(canvas);
    return shape;
}

/* Makes one picture; touches nothing shared. `grow`: units its shape grows by; 0 for the picture itself. NULL
 * with `trouble` filled in where it can't. */
static SDL_Surface *rasterise(const char *path, float scale, float grow, bool plain, RsvgRectangle *covers,
                              char *trouble, size_t trouble_size) {
    GError *wrong = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_file(path, &wrong);
    if (handle == NULL) {
        (void)snprintf(trouble, trouble_size, "%s", wrong != NULL ? wrong->message : "it can't be read");
        g_clear_error(&wrong);
        return NULL;
    }
    RsvgRectangle box = box_of(handle);
    double margin = MARGIN_PX / (double)scale + grow;
    /* A full picture needs no margin: its edges are the screen's. */
    if (box.width >= 1280) margin = 0;
    *covers =
        (RsvgRectangle){ box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin };
    int w = (int)ceil(covers->width * scale - 1e-3), h = (int)ceil(covers->height * scale - 1e-3);
    SDL_Surface *surface = NULL;
    if (w < 1 || h < 1 || w > SIDE_MAX_PX || h > SIDE_MAX_PX) {
        (void)snprintf(trouble, trouble_size, "its size of %d x %d pixels is out of range", w, h);
        g_object_unref(handle);
        return NULL;
    }
    covers->width = w / (double)scale;
    covers->height = h / (double)scale;
    cairo_surface_t *canvas = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
    cairo_t *cairo = cairo_create(canvas);
    RsvgRectangle viewport = { margin * scale, margin * scale, box.width * scale, box.height * scale };
    bool drawn = rsvg_handle_render_document(handle, cairo, &viewport, &wrong);
    cairo_destroy(cairo);
    if (!drawn) {
        (void)snprintf(trouble, trouble_size, "%s", wrong != NULL ? wrong->message : "it can't be drawn");
        g_clear_error(&wrong);
    } else {
        cairo_surface_flush(canvas);
        if (grow > 0) canvas = grown_shape(canvas, grow * scale);
        cairo_surface_flush(canvas);
        const unsigned char *pixels = cairo_image_surface_get_data(canvas);
        surface = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_ARGB8888);
        if (surface != NULL && pixels != NULL) {
            copy_pixels(surface, pixels, cairo_image_surface_get_stride(canvas), plain);
        } else {
            (void)snprintf(trouble, trouble_size, "memory does not suffice");
            SDL_FreeSurface(surface);
            surface = NULL;
        }
    }
    cairo_surface_destroy(canvas);
    g_object_unref(handle);
    return surface;
}

/* Makes the entry's picture. Called with the lock held; lets go of it while working. */
static void make(Scenery *scenery, Entry *entry) {
    char path[PATH_MAX_BYTES], trouble[sizeof entry->trouble] = "";
    char *end = strstr(entry->name, DRAW_EDGE_SUFFIX);
    int letters = end != NULL ? (int)(end - entry->name) : (int)strlen(entry->name);
    float grow = end != NULL ? DRAW_EDGE : 0;
    (void)snprintf(path, sizeof path, "%s/art/%.*s.svg", scenery->assets, letters, entry->name);
    float scale = entry->scale;
    entry->stage = STAGE_MAKING;
    SDL_UnlockMutex(scenery->lock);
    RsvgRectangle covers = { 0 };
    SDL_Surface *surface =
        rasterise(path, scale, grow, scenery->renderer != NULL, &covers, trouble, sizeof trouble);
    SDL_LockMutex(scenery->lock);
    entry->made = (Raster){
        .surface = surface,
        .scale = scale,
        .x = (float)covers.x,
        .y = (float)covers.y,
        .w = (float)covers.width,
        .h = (float)covers.height,
        .bytes = surface != NULL ? (size_t)surface->w * (size_t)surface->h * 4 : 0,
    };
    memcpy(entry->trouble, trouble, sizeof trouble);
    entry->stage = STAGE_MADE;
}

static Entry *next_waiting(Scenery *scenery) {
    Entry *best = NULL;
    for (int i = 0; i < PICTURES_MAX; i++) {
        Entry *entry = &scenery->entries[i];
        if (entry->stage == STAGE_WAITING && (best == NULL || entry->used > best->used)) best = entry;
    }
    return best;
}

static int work(void *self) {
    Scenery *scenery = self;
    SDL_LockMutex(scenery->lock);
    while (!scenery->quit) {
        Entry *entry = next_waiting(scenery);
        if (entry != NULL) {
            make(scenery, entry);
        } else {
            SDL_CondWait(scenery->wake, scenery->lock);
        }
    }
    SDL_UnlockMutex(scenery->lock);
    return 0;
}

static void free_raster(Raster *raster) {
    if (raster->texture != NULL) SDL_DestroyTexture(raster->texture);
    SDL_FreeSurface(raster->surface);
    *raster = (Raster){ 0 };
}

Result scenery_open(Scenery **out, SDL_Renderer *renderer, const char *assets, bool wait, Error *error) {
    *out = NULL;
    Scenery *scenery = calloc(1, sizeof *scenery);
    if (scenery == NULL) return error_set(error, RESULT_NO_MEMORY, "Out of memory for pictures.");
    *scenery = (Scenery){ .renderer = renderer, .assets = assets, .wait = wait, .scale = 1, .frame = 1 };
    scenery->lock = SDL_CreateMutex();
    scenery->wake = SDL_CreateCond();
    if (scenery->lock != NULL && scenery->wake != NULL && !wait)
        scenery->worker = SDL_CreateThread(work, "scenery", scenery);
    if (scenery->lock == NULL || scenery->wake == NULL || (!wait && scenery->worker == NULL)) {
        scenery_close(scenery);
        return error_set(error, RESULT_NO_MEMORY, "The thread that paints scenery does not start: %s.",
                         SDL_GetError());
    }
    *out = scenery;
    return RESULT_OK;
}

void scenery_close(Scenery *scenery) {
    if (scenery == NULL) return;
    if (scenery->worker != NULL) {
        SDL_LockMutex(scenery->lock);
        scenery->quit = true;
        SDL_CondSignal(scenery->wake);
        SDL_UnlockMutex(scenery->lock);
        SDL_WaitThread(scenery->worker, NULL);
    }
    for (int i = 0; i < PICTURES_MAX; i++) {
        free_raster(&scenery->entries[i].made);
        free_raster(&scenery->entries[i].shown);
    }
    if (scenery->wake != NULL) SDL_DestroyCond(scenery->wake);
    if (scenery->lock != NULL) SDL_DestroyMutex(scenery->lock);
    free(scenery);
}

static void refuse(Entry *entry, const char *why) {
    SDL_LogError(SDL_LOG_CATEGORY_APPLICATION, "The picture art/%s.svg is not shown: %s.", entry->name, why);
    free_raster(&entry->made);
    entry->stage = STAGE_BROKEN;
}

/* Takes what the worker has made; the lock is held. */
static void collect(Scenery *scenery, Entry *entry) {
    if (entry->stage != STAGE_MADE) return;
    Raster *made = &entry->made;
    if (made->surface == NULL) {
        refuse(entry, entry->trouble);
        return;
    }
    if (scenery->renderer != NULL) {
        made->texture = SDL_CreateTextureFromSurface(scenery->renderer, made->surface);
        if (made->texture == NULL) {
            refuse(entry, SDL_GetError());
            return;
        }
        SDL_SetTextureBlendMode(made->texture, SDL_BLENDMODE_BLEND);
        SDL_FreeSurface(made->surface);
        made->surface = NULL;
    }
    free_raster(&entry->shown);
    entry->shown = *made;
    scenery->generation++;
    *made = (Raster){ 0 };
    entry->stage = STAGE_READY;
}

static void drop(Entry *entry) {
    free_raster(&entry->shown);
    *entry = (Entry){ 0 };
}

/* Lets go of what was used longest ago, never of what this frame or the last one shows. */
static void keep_within(Scenery *scenery) {
    for (;;) {
        size_t total = 0;
        Entry *oldest = NULL;
        for (int i = 0; i < PICTURES_MAX; i++) {
            Entry *entry = &scenery->entries[i];
            total += entry->shown.bytes;
            if (entry->stage != STAGE_READY || entry->used + 2 > scenery->frame) continue;
            if (oldest == NULL || entry->used < oldest->used) oldest = entry;
        }
        if (total <= scenery->budget_bytes || oldest == NULL) return;
        drop(oldest);
    }
}

void scenery_frame(Scenery *scenery, float scale, size_t budget_bytes) {
    SDL_LockMutex(scenery->lock);
    scenery->frame++;
    scenery->scale = scale;
    scenery->budget_bytes = budget_bytes;
    for (int i = 0; i < PICTURES_MAX; i++) collect(scenery, &scenery->entries[i]);
    keep_within(scenery);
    SDL_UnlockMutex(scenery->lock);
}

/* Finds or makes room for a name; NULL where all places are in use. */
static Entry *entry_of(Scenery *scenery, const char *name) {
    Entry *place = NULL;
    for (int i = 0; i < PICTURES_MAX; i++) {
        Entry *entry = &scenery->entries[i];
        if (entry->stage != STAGE_FREE && strcmp(entry->name, name) == 0) return entry;
        bool can_go =
            entry->stage == STAGE_FREE || (entry->stage == STAGE_READY && entry->used + 2 <= scenery->frame);
        if (can_go && (place == NULL || (place->stage != STAGE_FREE &&
                                         (entry->stage == STAGE_FREE || entry->used < place->used))))
            place = entry;
    }
    if (place == NULL || strlen(name) >= sizeof place->name) return NULL;
    drop(place);
    (void)SDL_strlcpy(place->name, name, sizeof place->name);
    return place;
}

/* The lock is held. */
static Entry *ask(Scenery *scenery, const char *name, float enlarge) {
    Entry *entry = entry_of(scenery, name);
    if (entry == NULL) return NULL;
    entry->used = scenery->frame;
    /* In steps of two, so that a growing sprite is not made anew every frame. */
    float scale = scenery->scale * (enlarge > 2.1f ? 4.0f : enlarge > 1.1f ? 2.0f : 1.0f);
    float steps = entry->shown.scale > 0 ? log2f(entry->shown.scale / scale) : 0;
    bool new_size = entry->stage == STAGE_READY && (steps < -0.01f || fabsf(steps - roundf(steps)) > 0.01f);
    if (entry->stage == STAGE_FREE || new_size) {
        entry->scale = scale;
        entry->stage = STAGE_WAITING;
        if (scenery->wait) {
            make(scenery, entry);
        } else {
            SDL_CondSignal(scenery->wake);
        }
    }
    collect(scenery, entry);
    return entry;
}

bool scenery_picture(Scenery *scenery, const char *name, float enlarge, Picture *out) {
    SDL_LockMutex(scenery->lock);
    const Entry *entry = ask(scenery, name, enlarge);
    bool there = entry != NULL && (entry->shown.texture != NULL || entry->shown.surface != NULL);
    if (there) {
        const Raster *shown = &entry->shown;
        *out = (Picture){ .texture = shown->texture,
                          .surface = shown->surface,
                          .x = shown->x,
                          .y = shown->y,
                          .w = shown->w,
                          .h = shown->h };
    }
    SDL_UnlockMutex(scenery->lock);
    return there;
}

void scenery_prefetch(Scenery *scenery, const char *name) {
    SDL_LockMutex(scenery->lock);
    (void)ask(scenery, name, 1);
    SDL_UnlockMutex(scenery->lock);
}

unsigned scenery_generation(const Scenery *scenery) {
    return scenery->generation;
}

bool scenery_idle(Scenery *scenery) {
    SDL_LockMutex(scenery->lock);
    bool idle = true;
    for (int i = 0; i < PICTURES_MAX; i++) {
        Stage stage = scenery->entries[i].stage;
        idle = idle && stage != STAGE_WAITING && stage != STAGE_MAKING;
    }
    SDL_UnlockMutex(scenery->lock);
    return idle;
}
