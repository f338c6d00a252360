/* One late reverb for all: eight delays that feed each other through an orthogonal matrix (Jot and Chaigne
 * 1991, "Digital Delay Networks for Designing Artificial Reverberators"), scaled so that its response to an
 * impulse has unit energy on each side. A value, 200 kB. */
#ifndef AUDIO_REVERB_H
#define AUDIO_REVERB_H

#include "audio/score.h"

enum { REVERB_LINES = 8, REVERB_LINE_MAX = 4096, REVERB_PREDELAY_MAX = 4096 };

typedef struct ReverbRoom {
    const Reverb *preset;                         /* NULL: silence */
    float gain, dark;                             /* of the output; low-pass pole of the input */
    float damp[REVERB_LINES], keep[REVERB_LINES]; /* per line: decay a round, low-pass pole */
    int predelay;
    float lines[REVERB_LINES][REVERB_LINE_MAX], low[REVERB_LINES], darkened;
    int at;
} ReverbRoom;

/* Two rooms, so that one can ring out while the other begins. */
typedef struct ReverbUnit {
    ReverbRoom rooms[2];
    int now;
    float before[REVERB_PREDELAY_MAX];
    int at;
} ReverbUnit;

void reverb_init(ReverbUnit *unit);

/* The room that is sent to from now on; what sounds in the old one rings out there. */
void reverb_preset(ReverbUnit *unit, const Reverb *preset);

/* Adds the response to `send`. */
void reverb_render(ReverbUnit *unit, const float *send, float *left, float *right, int frames);

#endif
