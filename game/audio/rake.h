/* The noise that a movement makes by itself, as a rake does in sand: level and pitch follow its pace, and
 * stillness is silent. One thread. */
#ifndef AUDIO_RAKE_H
#define AUDIO_RAKE_H

#include "audio/audio.h"
#include "audio/pool.h"

typedef struct RakeVoice {
    Rng rng;
    BandPass band;
    float pace;      /* own ranges a second, smoothed */
    float place;     /* as last told */
    float unheard_s; /* since then */
    bool told;
    float level;
} RakeVoice;

void rake_init(RakeVoice *rake, uint64_t seed);

/* Where the body is now. */
void rake_move(RakeVoice *rake, const MovementTone *now);

/* Adds a block to BUS_FX; `piece` may be NULL. */
void rake_render(RakeVoice *rake, const Piece *piece, Block *block, int frames);

#endif
