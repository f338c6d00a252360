/* The axis a body part turns about, in the sensor's frame, learnt while it turns: the principal axis of the
 * recent angular rates. It is never frozen, so that an adjusted strap is learnt anew within a few movements.
 * Its sign is kept continuous. (Principal axis of rate: the common sensor-to-segment calibration, e.g. Cutti
 * et al. 2010, doi 10.1007/s11517-009-0545-4.) */
#ifndef MOTION_AXIS_H
#define MOTION_AXIS_H

#include "core/vec.h"

#include <stdbool.h>

typedef struct FunctionalAxis {
    double memory_rad2; /* how much turning (integral of rate squared) is remembered */
    double spread[6];   /* xx yy zz xy xz yz of the rates, weighted */
    Vec3 axis;          /* unit; zero until something turned */
} FunctionalAxis;

FunctionalAxis functional_axis_make(double memory_rad2);
/* Begins with this axis (unit), no surer of it than a third of a movement can change. */
void functional_axis_seed(FunctionalAxis *axis, Vec3 known);
/* `rate` in rad/s without bias. */
void functional_axis_feed(FunctionalAxis *axis, Vec3 rate, double dt_s);
/* Share of the turning that is about the axis: 1/3 for any, 1 for a hinge. */
double functional_axis_purity(const FunctionalAxis *axis);

/* Signed angle in radians by which the sensor has turned about unit `axis`, seen by how `up` moved from
 * `up_start` (all in the sensor's frame). Meaningful where the axis is not upright. */
double turn_about_axis(Vec3 axis, Vec3 up_start, Vec3 up);

#endif
