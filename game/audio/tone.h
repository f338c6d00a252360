/* The movement tone: pitch is place. The measured value runs over the rungs of the chord now sounding; near
 * the target a twin beats ever more slowly, in the band the beating stops and the rung's lock note joins.
 * Speed only brightens it. One thread. */
#ifndef AUDIO_TONE_H
#define AUDIO_TONE_H

#include "audio/audio.h"
#include "audio/pool.h"

typedef struct ToneVoice {
    MovementTone want;
    float unheard_s;                                        /* since the last word of it */
    float rest_s, hold_s;                                   /* how long at rest, how long holding */
    float level, hold_level, near, inside, pan, brightness; /* smoothed */
    float midi, lock_midi;                                  /* smoothed; 0 before the first place */
    float phase, lock_phase, beat_phase; /* turns; the beat is the twin's lead over the main oscillator */
    float smooth, lock_smooth;           /* low-pass states */
    const Patch *face;                   /* right's or left's; changes only in silence or slowly */
    float turning;                       /* 1…0 and back while the face changes */
} ToneVoice;

void tone_init(ToneVoice *tone);

/* Where the body is now. */
void tone_want(ToneVoice *tone, const MovementTone *want);

/* Adds a block to BUS_TONE; `piece` and `chord` may be NULL, which is silence. `asked`: a note whose octave
 * below locks instead of the ladder's own lock note; 0: none. */
void tone_render(ToneVoice *tone, const Piece *piece, const Chord *chord, float asked, const Patch *lock,
                 float wet_gain, Block *block, int frames);

/* The ladder's note, in midi, at a place. */
float tone_midi(const Chord *chord, float place, float low, float high, float glide_share);

#endif
