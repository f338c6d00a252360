/* A quick sine for oscillators: phase in turns, so that nothing is ever reduced by 2 pi. Error under 1e-6. */
#ifndef AUDIO_SINE_H
#define AUDIO_SINE_H

/* `turns` at least 0 and under 2^24. */
static inline float sine_of_turns(float turns) {
    float x = turns - (float)(int)turns;                 /* 0…1 */
    x = x < 0.25F ? x : x < 0.75F ? 0.5F - x : x - 1.0F; /* the same sine within a quarter of a turn */
    x *= 6.2831853F;
    float y = x * x;
    return x *
           (1 + y * (-1.6666667e-1F +
                     y * (8.3333333e-3F + y * (-1.9841270e-4F + y * (2.7557319e-6F - y * 2.5052108e-8F)))));
}

/* A phase within 0…1, moved on by `step` turns (0…1). */
static inline float turns_next(float phase, float step) {
    phase += step;
    return phase - (float)(int)phase;
}

#endif
