/* Words as textures: fonts found through fontconfig, rendered by SDL_ttf at the device's own size and kept
 * while they are used. Sizes here are device pixels. One thread. */
#ifndef PLATFORM_GLYPHS_H
#define PLATFORM_GLYPHS_H

#include "core/result.h"
#include "view/draw.h"

#include <SDL.h>

typedef struct Glyphs Glyphs;

/* Words ready to be placed: the base line lies `ascent` below the top. Both pictures belong to the Glyphs and
 * are valid until the next glyphs_words. */
typedef struct Wording {
    SDL_Texture *texture;       /* white; NULL where there is no renderer */
    const SDL_Surface *surface; /* the same as ARGB8888 pixels */
    int width, height, ascent;
} Wording;

/* `renderer` may be NULL: then there are surfaces only. RESULT_BAD_DATA where fontconfig knows no font at
 * all. */
MUST_CHECK Result glyphs_open(Glyphs **out, SDL_Renderer *renderer, Error *error);
/* Takes NULL. */
void glyphs_close(Glyphs *glyphs);

/* False where there is nothing to show. */
bool glyphs_words(Glyphs *glyphs, const char *words, float size, FontWeight weight, Wording *out);
float glyphs_width(Glyphs *glyphs, const char *words, float size, FontWeight weight);

#endif
