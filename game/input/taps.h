/* Two or three knocks with a finger on the sensor, from the accelerometer: short blows alike, 0.12 to 0.45 s
 * apart, with quiet before, between and after them, while the gyro says that the sensor hardly turned. Blows
 * are looked for in the specific force less its running mean (TAPS_HIGH_PASS_S), as a length, so the sensor
 * may sit any way round. What is nothing: a single bump, four knocks, steps and swings (not quiet around),
 * being turned or strapped on.
 *
 * Wants 40 to 1000 samples a second; below, a knock falls between two of them. Knows nothing of what they
 * mean. A value; no heap. */
#ifndef INPUT_TAPS_H
#define INPUT_TAPS_H

#include "motion/sample.h"

#define TAPS_HIGH_PASS_S   0.03
#define TAPS_BLOW_M_S2     5.0   /* a blow's peak, at least … */
#define TAPS_BLOW_MAX_M_S2 250.0 /* … and at most */
#define TAPS_ROUGH_M_S2    2.0   /* less is quiet */
#define TAPS_ECHO_SHARE    0.2   /* of the first blow's peak: after it, less is quiet as well */
#define TAPS_UNLIKE        4.0   /* the harder blow is at most so many times the softer */
#define TAPS_BLOW_S        0.09  /* a blow and its ringing are over after this */
#define TAPS_APART_MIN_S   0.12
#define TAPS_APART_MAX_S   0.45 /* and so long it must be quiet after the last one */
#define TAPS_BEFORE_S      0.4
#define TAPS_TURN_DEG      20.0 /* from the first blow until all is over */
#define TAPS_GAP_S         0.1  /* without samples for longer, it begins anew */

enum { TAPS_MOST = 3 };

typedef struct Taps {
    bool running;
    int blows;    /* so far; 0 = waiting for the first one */
    bool ringing; /* the newest blow is not over */
    double last_s, rough_s;
    double blow_s;           /* when the newest blow began */
    double peak, first_peak; /* of it and of the first one, m/s^2 */
    double mean[3];          /* m/s^2 */
    double turned[3];        /* rad since the first blow */
} Taps;

void taps_init(Taps *taps);

/* 2 or 3 once for so many knocks, TAPS_APART_MAX_S after the last one; else 0. Samples of one sensor, oldest
 * first; what is not finite is passed over. */
int taps_feed(Taps *taps, const ImuSample *sample);

#endif
