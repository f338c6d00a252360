/* The breath that the music follows: never back, never a jump. It runs by itself at its period; a measured
 * breath pulls its phase by running up to a tenth faster or slower, and its period by at most 8 % a breath.
 * Phase 0 is the start of the inhale, 0.5 of the exhale; the inhale takes in_share of the period. A value;
 * time is handed in. */
#ifndef AUDIO_BREATH_H
#define AUDIO_BREATH_H

#include <stdbool.h>

typedef struct BreathClock {
    float min_s, max_s, in_share;
    float period_s;
    double phase;  /* 0…1 */
    float rate;    /* how fast it ran at the last step: 0.9…1.1 */
    bool measured; /* anything ever was */
    float asked_period_s;
    double asked_phase; /* the measured breath, run on until the next word of it */
    float silent_s;     /* since the last word of it */
    bool long_breaths;  /* room for fill notes */
} BreathClock;

BreathClock breath_clock_make(float period_s, float min_s, float max_s, float in_share);

/* Another place's breath: the phase goes on, the period drifts. */
void breath_clock_settle(BreathClock *clock, float period_s, float min_s, float max_s, float in_share);

/* The measured breath now; values that are no breath are ignored. */
void breath_clock_measure(BreathClock *clock, float phase, float period_s);

/* Moves on by `seconds` (under a tenth of a second) and returns by how much of a breath. */
double breath_clock_step(BreathClock *clock, float seconds);

/* No movement for a whole breath, though there was some before. */
bool breath_clock_idle(const BreathClock *clock);

/* Seconds from `phase` on until `breaths` more have passed, at the present period. */
float breath_clock_seconds(const BreathClock *clock, double phase, double breaths);

#endif
