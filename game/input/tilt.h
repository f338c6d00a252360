/* A tilt that is held and given back, from the accelerometer: the sensor leans more than TILT_FAR_DEG from
 * the pose it rests in, stays there between TILT_HELD_S and TILT_HELD_MAX_S, and comes back. For moving a
 * focus by hand; where the body exercises, nobody must ask.
 *
 * The sensor may sit any way round, so it can't tell which way is forward: the first tilt says it. From then
 * on the opposite is back, and what lies across is left or right. A pose kept for longer than
 * TILT_HELD_MAX_S is the new rest, and the ways are forgotten. A value; no heap; 10 to 1000 samples a second.
 */
#ifndef INPUT_TILT_H
#define INPUT_TILT_H

#include "motion/sample.h"

#define TILT_FAR_DEG    20.0
#define TILT_BACK_DEG   8.0
#define TILT_STEADY_S   0.7 /* so long it must have been at rest before */
#define TILT_HELD_S     0.8
#define TILT_HELD_MAX_S 4.0
#define TILT_SMOOTH_S   0.15 /* of the direction of up */
#define TILT_REST_S     3.0  /* the rest pose follows so slowly, and only from within TILT_BACK_DEG */
#define TILT_GAP_S      1.0  /* without samples for longer, it begins anew */

typedef enum TiltWay { TILT_NONE, TILT_FORWARD, TILT_BACKWARD, TILT_LEFT, TILT_RIGHT } TiltWay;

typedef struct Tilt {
    bool running, away, knows_forward;
    double last_s, near_s, away_s; /* when it was near its rest last; since when it leans far */
    double settled_s;              /* since when it is, or was before this lean, near its rest */
    bool from_rest;                /* it had been there for TILT_STEADY_S */
    double held_s;                 /* how long it leant far */
    double up[3];                  /* smoothed, m/s^2, sensor frame */
    double rest[3];                /* unit */
    double lean[3], forward[3];    /* across the rest: of this tilt, and of the one that said the way */
} Tilt;

void tilt_init(Tilt *tilt);

/* The way it was tilted, as the tilt is given back; else TILT_NONE. Samples of one sensor, oldest first; what
 * is not finite is passed over. */
TiltWay tilt_feed(Tilt *tilt, const ImuSample *sample);

#endif
