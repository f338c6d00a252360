/* Which way the sensor lies, from its gyro and accelerometer alone, sample by sample. Inclination does not
 * drift; heading does, slowly, and nothing here pretends otherwise.
 *
 * The gyro's turning is integrated (two samples at a time, with the coning term of Bortz 1971,
 * doi 10.1109/TAES.1971.310252) and levelled by motion/tilt_filter.h: a sensor that stays in the room gathers
 * no velocity. From the same evidence the gyro's bias, scale and misalignment are learnt while it moves; its
 * bias also at rest, and about the vertical in a long hold, where a turn that goes on is told from a bias by
 * its size. Like VQF (Laidig and Seel 2023, doi 10.1016/j.inffus.2022.10.014) it judges acceleration in a
 * frame that does not turn, and levels by a rotation that leaves the heading alone.
 *
 * Times are the samples' own: any rate from 25 to 1000 Hz, jitter and lost samples. Nonsense is refused, gaps
 * and stuck or saturated sensors are survived, and said. A value: copy it to fork it. Not thread-safe. */
#ifndef MOTION_ORIENTATION_H
#define MOTION_ORIENTATION_H

#include "core/vec.h"
#include "motion/filters.h"
#include "motion/sample.h"
#include "motion/tilt_filter.h"

typedef struct OrientationConfig {
    double rest_gyro_dps;  /* deviation from its own mean that still counts as rest */
    double rest_accel;     /* m/s^2, likewise */
    double rest_time_s;    /* how long before it is believed */
    double slow_turn_dps;  /* once the bias is known, a steady rate above this is a turn, not rest */
    double bias_limit_dps; /* largest power-on bias that is believed, all axes together */
    double gap_s;          /* a gap longer than this is not integrated over */
    double lag_s; /* by how much the sensor's own low-pass is late; the orientation makes up for it */
} OrientationConfig;

extern const OrientationConfig orientation_config_default;

typedef struct Orientation {
    OrientationConfig config;
    double t_s;       /* of the newest sample */
    int64_t samples;  /* that were used */
    int64_t refused;  /* not finite, absurd, out of time, or stuck */
    Quat attitude;    /* sensor to earth, as late as the sensor is */
    Vec3 bias;        /* rad/s */
    Vec3 rate;        /* rad/s, newest sample, bias taken off */
    Vec3 accel;       /* m/s^2, newest sample */
    double rest_s;    /* how long the sensor has been at rest */
    Vec3 rest_turned; /* rad: … and what the gyro, with its bias, made of that */
    double settle_s;  /* time since the start, the last long gap or upset */

    TiltFilter tilt;
    TiltWindow window;
    Vec3 levelled;  /* while settling: acceleration, earth frame, integrated; m/s */
    double scatter; /* while settling: its square, integrated */

    /* A few samples at a time. */
    struct {
        double duration_s;
        int samples;
        Quat attitude;         /* at its beginning */
        Vec3 turned, gathered; /* rad; m/s, earth frame */
        Vec3 gyro, accel;      /* sums of rad/s and of m/s^2 */
        double gyro2, accel2;  /* sums of their squares */
    } block;

    LowPass3 rest_gyro, rest_accel; /* rad/s, m/s^2 */
    /* So still that the mean rate is the bias. */
    struct {
        Vec3 gyro, accel; /* sums over this window */
        int samples;
        bool broken;    /* in this window */
        double since_s; /* how long */
        double off2;    /* (rad/s)^2: of a window's mean from the running one, recent mean */
    } still;
    double hold_s, hold_rad; /* a long hold: since when, and how far it has turned about the vertical */

    ImuSample last; /* as it came */
    double same_s;  /* how long the samples have been the same */
    double noise_s; /* how long they were seen to differ while it lay still: then sameness is a fault */
    struct Trouble {
        bool any, silent;      /* silent: for longer than a gap, all were refused */
        int refused, backward; /* in a row; backward: from before the newest */
    } trouble;
    int rail_run[6]; /* of gyro and accelerometer axes: samples in a row at the end of the scale */
    double unseen_rad, unseen_ms; /* in this window: how far it may have turned, and gathered speed, unseen */
} Orientation;

void orientation_init(Orientation *o, const OrientationConfig *config);

/* False where the sample was refused (the state is as it was, but for the counts). */
bool orientation_feed(Orientation *o, const ImuSample *sample);

/* Sensor to earth, at the time of the newest sample. */
Quat orientation_get(const Orientation *o);
/* The same `ahead_s` later, by the gyro alone; at most 50 ms are believed. */
Quat orientation_ahead(const Orientation *o, double ahead_s);
/* The direction that points up, in the sensor's frame; unit length. */
Vec3 orientation_up(const Orientation *o);
bool orientation_at_rest(const Orientation *o);
/* False in the first half second, after a gap until it has levelled again, and while the sensor is stuck or
 * saturated or its samples contradict each other. */
bool orientation_trusted(const Orientation *o);

#endif
