/* Counts the breaths of a body that lies still, by how they tilt the breastbone: 0.3 to 2 degrees, 4 to 20 a
 * minute. Coughs, jolts and slow settling are left out. Causal; a value. */
#ifndef EXERCISES_BREATHS_H
#define EXERCISES_BREATHS_H

#include "exercises/strokes.h"

typedef struct Breaths {
    StrokeCounter strokes;
    LowPass low, mean;
    double smooth_deg; /* of the newest sample */
    double told_s;     /* when the last one was told */
    double jolted_s;   /* how long it has been away from where it was */
} Breaths;

/* A whole breath; length 0: none. */
typedef struct Breath {
    double end_s, length_s;
} Breath;

Breaths breaths_make(void);
/* The body lies still from here. */
void breaths_begin(Breaths *breaths, double t_s);
Breath breaths_feed(Breaths *breaths, double t_s, double value_deg, double dt_s);

#endif
