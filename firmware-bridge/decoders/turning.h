/* For sensors that tell only which way they lie: the turning rate from one orientation to the next, and
 * gravity as it is seen from there. Both belong to the middle between the two, so a sample is stamped half a
 * period before the newer one; so orientation-only sensors feed the same movement signal as all others, which
 * finds its own orientation again from the two.
 *
 * A value. */
#ifndef DECODERS_TURNING_H
#define DECODERS_TURNING_H

#include "core/vec.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Turning {
    bool any;
    Quat last; /* sensor to earth */
    uint32_t last_us;
    Vec3 last_dps;
} Turning;

typedef struct TurningSample {
    uint32_t time_us; /* the middle */
    Vec3 rate_dps;    /* sensor frame */
    Vec3 up_g;        /* specific force of a sensor at rest: 1 along up; sensor frame */
} TurningSample;

/* False for the first orientation, after a gap of more than 0.4 s, and where it jumped faster than anything
 * turns (a compass that set the heading right, a damaged frame). On a `rough` line, which damages bytes, also
 * where the rate leaps as no body's does. `orientation` need not be of unit length. */
bool turning_feed(Turning *turning, Quat orientation, uint32_t time_us, bool rough, TurningSample *out);

/* Turns by `yaw_deg` about z, then `pitch_deg` about the turned y, then `roll_deg` about the turned x. */
Quat turning_from_ypr(double yaw_deg, double pitch_deg, double roll_deg);

#endif
