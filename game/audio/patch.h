/* Instruments: the few formulas that every note of music, tone and earcons is made with, and the voice that
 * plays one note of one. A voice adds mono samples; where they go (bus, pan, reverb) is its owner's. Plucked
 * strings after Karplus and Strong 1983, "Digital Synthesis of Plucked-String and Drum Timbres", tuned by
 * linear interpolation after Jaffe and Smith 1983.
 *
 * Values: no heap, no pointers but to the patch, which outlives the voice. One thread. */
#ifndef AUDIO_PATCH_H
#define AUDIO_PATCH_H

#include "core/rng.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    PATCH_PARTIALS_MAX = 8,
    VOICE_LANES_MAX = 2 * PATCH_PARTIALS_MAX, /* a detuned patch sounds twice */
    VOICE_STRING_MAX = 2048,                  /* samples of a string's period: down to 24 Hz */
    VOICE_BLOCK_MAX = 64
};

typedef enum PatchKind { PATCH_ADDITIVE, PATCH_FM, PATCH_PLUCK, PATCH_NOISE } PatchKind;

typedef struct Patch {
    char id[24];
    PatchKind kind;
    float reverb; /* share sent to the reverb */
    /* Envelope: attack is the longer of attack_s and attack_share of the note; sustain 0 rings by decay_s,
     * whatever the note's length. */
    float attack_s, attack_share, decay_s, sustain, release_s;
    /* Additive. */
    int partial_count;
    struct {
        float ratio, amplitude, decay; /* decay: share of decay_s; 1 = like the fundamental */
    } partials[PATCH_PARTIALS_MAX];
    float detune_cents;
    float breath; /* noise an octave above the note */
    /* Additive and FM; 0 = none. */
    float lowpass_hz;
    float vibrato_hz, vibrato_cents, vibrato_delay_s;
    float glide_cents, glide_s;
    float fm_ratio, fm_index, fm_decay_s;
    /* Pluck. */
    float t60_s, damp, pick, excite_hz;
    /* Noise: three bands passed one after the other. */
    float band_hz[3], q;
    bool wash; /* quick rise and long fall; else a swell */
} Patch;

typedef struct BandPass {
    float gain, feed1, feed2; /* y = gain (x - x2) - feed1 y1 - feed2 y2 */
    float x1, x2, y1, y2;
} BandPass;

/* Peak gain 1 at `hz`. */
BandPass band_pass_make(float hz, float q);
float band_pass_next(BandPass *band, float x);

typedef struct Voice {
    const Patch *patch; /* NULL: free */
    Rng rng;
    double age_s;
    float hz, velocity, length_s;
    float released_s; /* age at which it was let go early; negative: it was not */
    float let_go_s;   /* seconds that such a release takes */
    float level;      /* of the envelope, at the end of the last chunk */
    int delay_frames; /* still to wait before the first sample */
    int lanes;        /* oscillators, rounded up to four */
    float sine[VOICE_LANES_MAX],
        cosine[VOICE_LANES_MAX]; /* each lane's rotating vector; its length is the amplitude */
    float turn_c[VOICE_LANES_MAX], turn_s[VOICE_LANES_MAX]; /* by which it turns and shrinks each sample */
    float phase, mod_phase;                                 /* of FM, in turns */
    float smooth;                                           /* low-pass state */
    BandPass bands[3];
    int period;    /* of a string: whole samples */
    float taps[3]; /* its loop filter */
    float string[VOICE_STRING_MAX];
    int at;
} Voice;

/* Frequency of a MIDI note; 69 is 440 Hz. */
float midi_hz(float midi);

/* `velocity` 0…1, linear. `rng` gives the voice its own noise. */
void voice_start(Voice *voice, const Patch *patch, float midi, float velocity, float length_s,
                 int delay_frames, Rng *rng);

/* Lets the note go now, within `seconds`. */
void voice_let_go(Voice *voice, float seconds);

/* For strings: from now on it rings `t60_s` to a thousandth, as when a hand damps it. */
void voice_damp(Voice *voice, float t60_s);

/* Adds at most VOICE_BLOCK_MAX samples to `mono`. False, and free, when the note is over. */
bool voice_render(Voice *voice, float *mono, int frames);

#endif
