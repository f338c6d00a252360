/* Which way the sensor lies, from its gyro and accelerometer alone. Inclination does not drift; heading does,
 * slowly, and nothing here pretends otherwise.
 *
 * After the idea of VQF (Laidig and Seel 2023, doi 10.1016/j.inffus.2022.10.014): the acceleration is turned
 * into the frame that the gyro alone believes in, where gravity is nearly constant and can be low-passed; a
 * separate small rotation levels it. The gyro's bias is learnt while the sensor rests. Sample times are used
 * as they come; gaps and nonsense are survived, and said. A value: copy it to fork it. Not thread-safe. */
#ifndef MOTION_ORIENTATION_H
#define MOTION_ORIENTATION_H

#include "core/vec.h"
#include "motion/filters.h"
#include "motion/sample.h"

typedef struct OrientationConfig {
    double level_tau_s;    /* of the low-pass of the acceleration */
    double rest_gyro_dps;  /* deviation from its own mean that still counts as rest */
    double rest_accel;     /* m/s^2, likewise */
    double rest_time_s;    /* how long before it is believed */
    double slow_turn_dps;  /* once the bias is known, a steady rate above this is a turn, not rest */
    double bias_limit_dps; /* largest power-on bias that is believed */
    double gap_s;          /* a gap longer than this is not integrated over */
} OrientationConfig;

extern const OrientationConfig orientation_config_default;

typedef struct Orientation {
    OrientationConfig config;
    double t_s;      /* of the newest sample */
    int64_t samples; /* that were used */
    int64_t refused; /* not finite, absurd, or out of time */
    Quat gyro_q;     /* sensor to the drifting frame of the gyro */
    Quat level_q;    /* that frame to earth */
    LowPass3 level1, level2;
    LowPass3 rest_gyro, rest_accel;
    double rest_s;        /* how long the sensor has been at rest */
    Vec3 bias;            /* rad/s */
    double bias_variance; /* (rad/s)^2, per axis */
    Vec3 rate;            /* rad/s, bias taken off, newest sample */
    Vec3 accel;           /* m/s^2, newest sample */
    double settle_s;      /* time since start or the last long gap */
} Orientation;

void orientation_init(Orientation *o, const OrientationConfig *config);

/* False where the sample was refused (the state is as it was, but for the count). */
bool orientation_feed(Orientation *o, const ImuSample *sample);

/* Sensor to earth. */
Quat orientation_get(const Orientation *o);
/* The direction that points up, in the sensor's frame; unit length. */
Vec3 orientation_up(const Orientation *o);
bool orientation_at_rest(const Orientation *o);
/* False in the first half second, and after a gap, until it has levelled again. */
bool orientation_trusted(const Orientation *o);

#endif
