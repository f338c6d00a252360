/* Where the sensor has been in the last half minute, so that a movement can be measured again when it is over
 * and its axis is known better than while it began. A value; times in seconds, sample rates do not matter. */
#ifndef MOTION_TRAIL_H
#define MOTION_TRAIL_H

#include "core/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum { TRAIL_MAX = 1024, TRAIL_HZ = 32 };

typedef struct TrailPoint {
    float up[3];   /* unit, sensor frame */
    float raw_deg; /* of signals that are not read off gravity */
} TrailPoint;

typedef struct Trail {
    int64_t count; /* points ever kept; the newest TRAIL_MAX are held */
    double next_s;
    TrailPoint points[TRAIL_MAX];
} Trail;

/* Over a gap it goes evenly from the last point to this one: an index stays a time. */
void trail_feed(Trail *trail, double t_s, Vec3 up, double raw_deg);
/* Numbers of the first point at or after `from_s` and of the one behind `to_s`; first <= end, all of them
 * held. */
void trail_span(const Trail *trail, double from_s, double to_s, int64_t *first, int64_t *end);
/* Whether the trail reaches back to this time. */
bool trail_reaches(const Trail *trail, double t_s);
TrailPoint trail_point(const Trail *trail, int64_t number);

#endif
