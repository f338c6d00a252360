/* The baked pictures: assets/art/<name>.svg rasterised by librsvg at the device's resolution on a worker
 * thread, kept as textures while they are used. A missing or broken file is said once by name and then draws
 * nothing.
 *
 * All calls come from the renderer's thread. */
#ifndef PLATFORM_SCENERY_H
#define PLATFORM_SCENERY_H

#include "core/result.h"

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Scenery Scenery;

/* A picture and the box of its viewBox, in picture units. Owned by the Scenery; valid until the next call. */
typedef struct Picture {
    SDL_Texture *texture;       /* straight alpha; NULL where there is no renderer */
    const SDL_Surface *surface; /* premultiplied ARGB8888; NULL where there is a renderer */
    float x, y, w,
        h; /* what the texture covers: a viewBox with a transparent margin, so that turned edges stay soft */
} Picture;

/* `renderer` may be NULL: then there are surfaces only. `wait`: pictures are made at once, on the calling
 * thread. */
MUST_CHECK Result scenery_open(Scenery **out, SDL_Renderer *renderer, const char *assets, bool wait,
                               Error *error);
/* Takes NULL. */
void scenery_close(Scenery *scenery);

/* Begins a frame. `scale`: device pixels a picture unit; `budget_bytes`: what may be kept beyond this frame's
 * own. */
void scenery_frame(Scenery *scenery, float scale, size_t budget_bytes);
/* False while it is not there (yet). `enlarge`: how much larger than its own size it will be drawn. */
bool scenery_picture(Scenery *scenery, const char *name, float enlarge, Picture *out);
/* As scenery_picture, but only asks. */
void scenery_prefetch(Scenery *scenery, const char *name);
/* Grows whenever a picture has come or gone: what was painted with it before is out of date. */
unsigned scenery_generation(const Scenery *scenery);
/* True when nothing is being made. */
bool scenery_idle(Scenery *scenery);

#endif
