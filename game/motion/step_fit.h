/* Finds when a slow step from one angle to another began and ended, although the body breathes meanwhile: the
 * least squares fit of a smooth step (half a cosine) on a sine of breathing. */
#ifndef MOTION_STEP_FIT_H
#define MOTION_STEP_FIT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct StepFit {
    double middle_s,
        length_s;    /* half of it is done at middle_s; length from its first to its last movement */
    double size;     /* signed, in the unit of the values */
    double residual; /* root mean square, likewise */
} StepFit;

/* `values[i]` at first_s + i / rate_hz. The step is looked for within `around_s` of `guess_s`. False where
 * there is too little to fit, or no step. */
bool step_fit(const float *values, size_t count, double first_s, double rate_hz, double guess_s,
              double around_s, StepFit *out);

#endif
