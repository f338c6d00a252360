/* How far the orientation is off, from the one thing that is known about the accelerometer's sensor: it stays
 * in the room. Its velocity, integrated from the levelled acceleration, must stay near zero; what it gathers
 * instead is the tilt's error, and over many turns the gyro's bias, scale and misalignment.
 *
 * An error-state Kalman filter (Solà 2017, arXiv 1711.02508, section 5, with a zero-velocity
 * pseudo-measurement; with constant noise its tilt is the second-order Butterworth low-pass of VQF,
 * doi 10.1016/j.inffus.2022.10.014). Knows no heading. It is fed windows of about a fifth of a second. A
 * value: copy it to fork it. */
#ifndef MOTION_TILT_FILTER_H
#define MOTION_TILT_FILTER_H

#include "core/vec.h"

#include <stdbool.h>

/* Order of the errors: tilt about earth x and y (rad), velocity along earth x and y (m/s), the gyro's bias
 * (rad/s), the gyro's matrix row by row (1). */
enum {
    TILT_TILT = 0,
    TILT_VELOCITY = 2,
    TILT_BIAS = 4,
    TILT_MATRIX = 7,
    TILT_ERRORS = 16,
    TILT_GYRO_ERRORS = TILT_ERRORS - TILT_BIAS
};

typedef struct TiltFilter {
    double variance[TILT_ERRORS][TILT_ERRORS];
    double velocity[2];  /* m/s, earth */
    Vec3 bias;           /* rad/s */
    double bias_spread;  /* rad/s: standard deviation of the axis least known */
    double matrix[3][3]; /* turning = (1 + matrix)(gyro - bias) */
    double unrest;       /* (m/s)^2: how much more the velocity moves than the filter expects, recent mean */
    double mean_velocity[2]; /* m/s, over a few seconds: near zero unless the tilt is wrong */
} TiltFilter;

/* What went on since the last window. */
typedef struct TiltWindow {
    double duration_s;
    double gathered[2];               /* m/s, earth x and y: levelled acceleration, integrated */
    double turned_rad;                /* however it turned: the way it went, not how far */
    double doubt_rad2, doubt_m2s2;    /* variance of turns and of velocity that were not seen well */
    double turn[2][TILT_GYRO_ERRORS]; /* what a unit of each of the gyro's errors has tilted */
} TiltWindow;

/* Nothing is known. */
void tilt_filter_init(TiltFilter *filter);
/* The tilt was found anew, this well, amid this much unrest; what is known of the gyro stays. */
void tilt_filter_relevel(TiltFilter *filter, double tilt_rad, double velocity_ms, double unrest);
/* The gyro's matrix is that of a good one again. */
void tilt_filter_forget_matrix(TiltFilter *filter);
/* Something happened that could not be: what was learnt of the gyro may be wrong. */
void tilt_filter_doubt_gyro(TiltFilter *filter);
/* The bias was found anew, this well. */
void tilt_filter_set_bias(TiltFilter *filter, Vec3 bias, double sigma);

/* Adds the window's turning of the gyro's errors: `rate` (rad/s) through `attitude` for `dt_s`. */
void tilt_window_turn(TiltWindow *window, Quat attitude, Vec3 rate, double dt_s);

/* Each returns the small turn (earth frame) by which the orientation is to be corrected. */
Vec3 tilt_filter_step(TiltFilter *filter, const TiltWindow *window, bool still);
/* The rate about unit vector `axis` (sensor frame), bias taken off, was known to be zero, this well (rad/s).
 */
Vec3 tilt_filter_no_turn(TiltFilter *filter, Vec3 axis, double rate, double sigma);

/* Standard deviations: of the tilt, rad; of the bias along a unit vector, rad/s. */
double tilt_filter_sigma(const TiltFilter *filter);
double tilt_filter_bias_sigma(const TiltFilter *filter, Vec3 axis);

#endif
