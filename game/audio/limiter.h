/* Keeps the mix under a ceiling: it looks ahead for its attack time, so that nothing ever passes above, and
 * lets go slowly. A value. */
#ifndef AUDIO_LIMITER_H
#define AUDIO_LIMITER_H

enum { LIMITER_AHEAD_MAX = 256 };

typedef struct Limiter {
    float ceiling, release;
    int ahead;                                               /* samples */
    float gain;                                              /* after release */
    float left[LIMITER_AHEAD_MAX], right[LIMITER_AHEAD_MAX]; /* the delay */
    float needed[LIMITER_AHEAD_MAX];                         /* the lowest gains still ahead, rising, */
    int needed_at[LIMITER_AHEAD_MAX];                        /* and when each is due */
    int needed_first, needed_count;
    float smooth[LIMITER_AHEAD_MAX]; /* gains of the last `ahead` samples, to be averaged */
    double smooth_sum;
    int at, now;
} Limiter;

/* `ceiling` linear, attack under 5 ms. */
Limiter limiter_make(float ceiling, float attack_s, float release_s);

/* In place; the output is the input of attack_s ago. */
void limiter_render(Limiter *limiter, float *left, float *right, int frames);

#endif
