/* The voices that sound now, at most POOL_ACTIVE_MAX of them, and the buses they sound on. When there are too
 * many, the quietest is let go. One thread; no allocation. */
#ifndef AUDIO_POOL_H
#define AUDIO_POOL_H

#include "audio/score.h"

enum {
    POOL_ACTIVE_MAX = 40,
    POOL_VOICES = POOL_ACTIVE_MAX + 8, /* spares for those that are being let go */
    POOL_ALWAYS = -1                   /* a fade that is always open */
};

/* What is asked for when a note begins. */
typedef struct NoteOrder {
    const Patch *patch;
    float midi, velocity, length_s, delay_s;
    float gain, pan; /* linear; -1 left … +1 right */
    Bus bus;
    int fade; /* index into the fades handed to pool_render, or POOL_ALWAYS */
} NoteOrder;

typedef struct Sounding {
    Voice voice;
    Bus bus;
    int fade;
    float left, right, send;
    float fade_was;
} Sounding;

typedef struct Pool {
    Rng rng;
    float wet_gain;
    Sounding items[POOL_VOICES];
} Pool;

/* A block of all buses: dry left and right, and what each sends to the reverb. */
typedef struct Block {
    float left[BUS_COUNT][VOICE_BLOCK_MAX], right[BUS_COUNT][VOICE_BLOCK_MAX],
        send[BUS_COUNT][VOICE_BLOCK_MAX];
} Block;

void pool_init(Pool *pool, float wet_gain, uint64_t seed);

/* The new voice, or NULL where there was no room even so. Valid until it is over. */
Voice *pool_play(Pool *pool, const NoteOrder *order);

/* Lets go of all notes with a fade from `first` to `last`. They keep the loudness that they have now. */
void pool_let_go(Pool *pool, int first, int last, float seconds, const float *fades);

/* Damps all strings that play `patch`: they ring `t60_s` from now on. */
void pool_damp(Pool *pool, const Patch *patch, float t60_s);

/* Adds `frames` samples to the block. */
void pool_render(Pool *pool, Block *block, const float *fades, int frames);

/* How many sound or wait to sound. */
int pool_active(const Pool *pool);

/* -1…+1 to gains that are 1 and 1 in the middle. */
void pan_gains(float pan, float *left, float *right);

#endif
