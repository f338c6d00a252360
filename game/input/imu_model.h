/* A small MEMS motion sensor as it comes: true turning and force in, a reading out, with everything that is
 * wrong with such a thing and with the line it speaks over. The sizes that occur are those of consumer parts
 * (MPU-6050 data sheet, PS-MPU-6000A-00 rev. 3.4, tables 1 and 2): bias up to 20 deg/s and 80 mg, 3 % of
 * scale, noise of 0.005 (deg/s)/sqrt(Hz) and 400 ug/sqrt(Hz). A value. */
#ifndef INPUT_IMU_MODEL_H
#define INPUT_IMU_MODEL_H

#include "core/rng.h"
#include "core/vec.h"
#include "motion/sample.h"

/* What is wrong with the sensor, its strap and its line. All zero: a perfect sensor, aligned. */
typedef struct SensorFaults {
    /* the strap */
    Quat mount;          /* sensor to body; the identity if all zero */
    double wobble_share; /* soft tissue: rms rate of the shaking, as a share of how fast the body turns */
    double slip_deg;     /* the strap slips by this much, once … */
    double slip_at_s;    /* … at this time; 0 never */
    Vec3 slip_axis;      /* unit, sensor frame */
    /* the sensor */
    double bias_dps[3];
    double bias_drift_dps[3];           /* a minute */
    double gyro_scale[3];               /* relative error */
    double gyro_noise_dps;              /* standard deviation a sample */
    double gyro_limit_dps, accel_limit; /* clips there (deg/s, m/s^2); 0 never */
    double accel_offset[3];             /* m/s^2 */
    double accel_scale[3];              /* relative error */
    double accel_noise;                 /* m/s^2, standard deviation a sample */
    /* the line */
    double lost_share, repeated_share; /* of the samples */
    double gaps_per_min, gap_s;        /* longer losses; gap_s the longest of them */
    double jitter_s;                   /* times are off by up to this, either way; under half a step */
} SensorFaults;

typedef struct ImuModel {
    SensorFaults faults;
    Rng rng;
    ImuSample last; /* delivered */
    bool any;
    double gap_until_s, checked_s;
} ImuModel;

void imu_model_init(ImuModel *model, const SensorFaults *faults, Rng rng);

/* The reading at t_s. `rate` in rad/s and `force` (specific, m/s^2) in the sensor's frame. */
ImuSample imu_model_read(ImuModel *model, Vec3 rate, Vec3 force, double t_s);

/* Whether the reading arrives. What arrives may be the one before, or carry a time that is a little off. */
bool imu_model_deliver(ImuModel *model, ImuSample *sample);

#endif
