#include "exercises/walking.h"

#include <math.h>
#include <stdbool.h>

/* m/s^2 of shaking, for so long. */
#define SHAKE_LEAST 0.7
#define SHAKE_MOST  2.5
#define WALKING_S   6.0

Walking walking_make(void) {
    return (Walking){ .force_mean = low_pass_make(2), .shake = low_pass_make(1.5) };
}

/* Steps shake the trunk up and down for as long as they last; nothing done on a mat does. */
void walking_feed(Walking *w, double t_s, Vec3 accel, Vec3 up, double dt_s) {
    double force = vec3_dot(accel, up); /* an arm that swings level shakes it sideways */
    double shake = fabs(force - low_pass_feed(&w->force_mean, force, dt_s));
    bool shaken = low_pass_feed(&w->shake, fmin(shake, SHAKE_MOST), dt_s) > SHAKE_LEAST;
    if (!shaken) w->calm_s = t_s;
    if (t_s - w->calm_s > WALKING_S) w->walked_s = t_s;
}
