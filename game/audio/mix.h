/* The mix: buses under their faders, ducked where somebody speaks, through one reverb and one limiter. One
 * thread. */
#ifndef AUDIO_MIX_H
#define AUDIO_MIX_H

#include "audio/audio.h"
#include "audio/limiter.h"
#include "audio/pool.h"
#include "audio/reverb.h"

typedef struct Mix {
    const Score *score;
    AudioVolumes volumes;
    float duck, duck_hold_s; /* 0…1 in decibels; how long since the last word */
    float calm;              /* 1…0: all but menus and voice gone quiet (that hurts) */
    float faders[BUS_COUNT], sends[BUS_COUNT], voice_fader,
        wet; /* as they were at the end of the last block */
    BandPass dip[2];
    float dip_depth;
    ReverbUnit reverb;
    Limiter limiter;
} Mix;

void mix_init(Mix *mix, const Score *score);

/* What the buses are faded by besides the volumes. */
typedef struct MixState {
    bool speaking, calm;
} MixState;

/* Makes stereo out of a block and a mono voice; `frames` at most VOICE_BLOCK_MAX. */
void mix_render(Mix *mix, const Block *block, const float *voice, MixState state, float *left, float *right,
                int frames);

#endif
