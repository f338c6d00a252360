/* Tells walking about by how steps shake the trunk. A value. */
#ifndef EXERCISES_WALKING_H
#define EXERCISES_WALKING_H

#include "core/vec.h"
#include "motion/filters.h"

typedef struct Walking {
    LowPass force_mean, shake; /* m/s^2 */
    double calm_s;             /* when it was shaken least */
    double walked_s;           /* the last moment of walking; 0 never */
} Walking;

Walking walking_make(void);
/* `accel` in m/s^2, as it comes; `up` a unit vector in the same frame. */
void walking_feed(Walking *walking, double t_s, Vec3 accel, Vec3 up, double dt_s);

#endif
