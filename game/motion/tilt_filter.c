#include "motion/tilt_filter.h"

#include <math.h>
#include <string.h>

#define GRAVITY 9.81
/* A gyro as it is bought: what its bias may be at power-on, how it wanders; what its scale and axes are off.
 */
#define BIAS_START   (3.0 * DEG2RAD)
#define BIAS_WANDER  (0.006 * DEG2RAD) /* a root second */
#define SCALE_SIGMA  0.006
#define AXES_SIGMA   0.004
#define MATRIX_LIMIT 0.03
#define BIAS_DOUBT   (1.0 * DEG2RAD) /* after something that could not be */
#define BIAS_LIMIT   (40.0 * DEG2RAD)
/* What else it is off while it turns: noise, and a share of the turning that no matrix explains. */
#define TILT_WANDER   (0.02 * DEG2RAD) /* a root second */
#define TURN_SHARE    0.003
#define TURN_MEMORY_S 0.1
#define ACCEL_WANDER  0.01 /* m/s a root second */
/* How well the velocity is known to be zero: best, at rest and worst (m/s), and for how long one error lasts.
 */
#define VELOCITY_LEAST 0.05
#define VELOCITY_STILL 0.01
#define VELOCITY_MOST  1.5
#define VELOCITY_S     0.3
/* The velocity's error is no noise but a movement that repeats: so many times its variance is allowed for. */
#define UNREST_WEIGHT 6.0
#define UNREST_S      2.0
#define MEAN_S        2.0

static double square(double x) {
    return x * x;
}

static double spread_of_bias(const TiltFilter *f) {
    double most = 0;
    for (int i = TILT_BIAS; i < TILT_MATRIX; i++) most = fmax(most, f->variance[i][i]);
    return sqrt(most);
}

static void forget(TiltFilter *f, int first, int last) {
    for (int i = first; i < last; i++) {
        for (int j = 0; j < TILT_ERRORS; j++) f->variance[i][j] = f->variance[j][i] = 0;
    }
}

static void set_variance(TiltFilter *f, int first, int last, double sigma) {
    forget(f, first, last);
    for (int i = first; i < last; i++) f->variance[i][i] = square(sigma);
}

void tilt_filter_init(TiltFilter *f) {
    *f = (TiltFilter){ .unrest = 0 };
    tilt_filter_set_bias(f, f->bias, BIAS_START);
    tilt_filter_forget_matrix(f);
    tilt_filter_relevel(f, 1, 1, 0);
}

void tilt_filter_relevel(TiltFilter *f, double tilt_rad, double velocity_ms, double unrest) {
    set_variance(f, TILT_TILT, TILT_VELOCITY, tilt_rad);
    set_variance(f, TILT_VELOCITY, TILT_BIAS, velocity_ms);
    memset(f->velocity, 0, sizeof f->velocity);
    memset(f->mean_velocity, 0, sizeof f->mean_velocity);
    f->unrest = unrest;
}

void tilt_filter_forget_matrix(TiltFilter *f) {
    set_variance(f, TILT_MATRIX, TILT_ERRORS, AXES_SIGMA);
    for (int i = TILT_MATRIX; i < TILT_ERRORS; i += 4) set_variance(f, i, i + 1, SCALE_SIGMA);
    memset(f->matrix, 0, sizeof f->matrix);
}

void tilt_filter_doubt_gyro(TiltFilter *f) {
    tilt_filter_forget_matrix(f);
    tilt_filter_set_bias(f, f->bias, fmax(f->bias_spread, BIAS_DOUBT));
}

void tilt_filter_set_bias(TiltFilter *f, Vec3 bias, double sigma) {
    f->bias = bias;
    set_variance(f, TILT_BIAS, TILT_MATRIX, sigma);
    f->bias_spread = sigma;
}

void tilt_window_turn(TiltWindow *window, Quat attitude, Vec3 rate, double dt_s) {
    Quat q = attitude;
    double earth[2][3] = {
        { 1 - 2 * (q.y * q.y + q.z * q.z), 2 * (q.x * q.y - q.w * q.z), 2 * (q.x * q.z + q.w * q.y) },
        { 2 * (q.x * q.y + q.w * q.z), 1 - 2 * (q.x * q.x + q.z * q.z), 2 * (q.y * q.z - q.w * q.x) },
    };
    for (int i = 0; i < 2; i++) {
        double *turn = window->turn[i];
        for (int axis = 0; axis < 3; axis++) {
            double share = earth[i][axis] * dt_s;
            turn[axis] -= share;
            turn[3 + 3 * axis] += share * rate.x;
            turn[4 + 3 * axis] += share * rate.y;
            turn[5 + 3 * axis] += share * rate.z;
        }
    }
    window->turned_rad += vec3_length(rate) * dt_s;
}

/* tilt += turn * gyro's errors; velocity += gravity * tilt, meanwhile. */
static void predict(TiltFilter *f, const TiltWindow *w) {
    double row[4][TILT_ERRORS];
    double lean = GRAVITY * w->duration_s;
    for (int i = 0; i < 2; i++) {
        double *grown = row[TILT_TILT + i];
        memset(grown, 0, sizeof row[0]);
        for (int k = 0; k < TILT_GYRO_ERRORS; k++) {
            double turn = w->turn[i][k];
            const double *of = f->variance[TILT_BIAS + k];
            for (int j = 0; j < TILT_ERRORS; j++) grown[j] += turn * of[j];
        }
    }
    for (int j = 0; j < TILT_ERRORS; j++) {
        double x = f->variance[0][j], y = f->variance[1][j];
        row[2][j] = f->variance[2][j] + lean * (y + 0.5 * row[1][j]);
        row[3][j] = f->variance[3][j] - lean * (x + 0.5 * row[0][j]);
        row[0][j] += x;
        row[1][j] += y;
    }
    double corner[4][4];
    for (int i = 0; i < 4; i++) {
        double turned[2] = { 0, 0 };
        for (int k = 0; k < TILT_GYRO_ERRORS; k++) {
            turned[0] += row[i][TILT_BIAS + k] * w->turn[0][k];
            turned[1] += row[i][TILT_BIAS + k] * w->turn[1][k];
        }
        corner[i][0] = row[i][0] + turned[0];
        corner[i][1] = row[i][1] + turned[1];
        corner[i][2] = row[i][2] + lean * (row[i][1] + 0.5 * turned[1]);
        corner[i][3] = row[i][3] - lean * (row[i][0] + 0.5 * turned[0]);
    }
    for (int i = 0; i < 4; i++) {
        memcpy(f->variance[i], corner[i], sizeof corner[i]);
        for (int j = TILT_BIAS; j < TILT_ERRORS; j++) f->variance[i][j] = f->variance[j][i] = row[i][j];
    }
    double rate = w->turned_rad / w->duration_s;
    double tilt =
        (square(TILT_WANDER) + square(TURN_SHARE * rate) * TURN_MEMORY_S) * w->duration_s + w->doubt_rad2;
    double velocity = square(ACCEL_WANDER) * w->duration_s + w->doubt_m2s2;
    for (int i = 0; i < 2; i++) {
        f->variance[TILT_TILT + i][TILT_TILT + i] += tilt;
        f->variance[TILT_VELOCITY + i][TILT_VELOCITY + i] += velocity;
        f->velocity[i] += w->gathered[i];
    }
    for (int i = TILT_BIAS; i < TILT_MATRIX; i++) f->variance[i][i] += square(BIAS_WANDER) * w->duration_s;
}

/* One number was measured: `weights` of the errors from `first` on add up to `error`, give or take `noise`
 * (variance). Corrections are gathered in `out`. */
static void measure(TiltFilter *f, int first, const double *weights, int count, double error, double noise,
                    double out[TILT_ERRORS]) {
    double with[TILT_ERRORS] = { 0 }, spread = noise;
    for (int k = 0; k < count; k++) {
        const double *of = f->variance[first + k];
        for (int j = 0; j < TILT_ERRORS; j++) with[j] += weights[k] * of[j];
        error -= weights[k] * out[first + k];
    }
    for (int k = 0; k < count; k++) spread += weights[k] * with[first + k];
    double scale = 1 / spread;
    for (int i = 0; i < TILT_ERRORS; i++) {
        double gain = with[i] * scale;
        out[i] += gain * error;
        for (int j = 0; j < TILT_ERRORS; j++) f->variance[i][j] -= gain * with[j];
    }
}

static double clamp(double x, double limit) {
    return fmax(-limit, fmin(limit, x));
}

static Vec3 correct(TiltFilter *f, const double error[TILT_ERRORS]) {
    f->bias_spread = spread_of_bias(f);
    for (int i = 0; i < 2; i++) f->velocity[i] += error[TILT_VELOCITY + i];
    f->bias.x = clamp(f->bias.x + error[TILT_BIAS], BIAS_LIMIT);
    f->bias.y = clamp(f->bias.y + error[TILT_BIAS + 1], BIAS_LIMIT);
    f->bias.z = clamp(f->bias.z + error[TILT_BIAS + 2], BIAS_LIMIT);
    for (int i = 0; i < 9; i++) {
        double *m = &f->matrix[i / 3][i % 3];
        *m = clamp(*m + error[TILT_MATRIX + i], MATRIX_LIMIT);
    }
    return vec3(error[TILT_TILT], error[TILT_TILT + 1], 0);
}

Vec3 tilt_filter_step(TiltFilter *f, const TiltWindow *w, bool still) {
    predict(f, w);
    double expected =
        f->variance[TILT_VELOCITY][TILT_VELOCITY] + f->variance[TILT_VELOCITY + 1][TILT_VELOCITY + 1];
    double seen = square(f->velocity[0]) + square(f->velocity[1]);
    double recent = fmin(1, w->duration_s / UNREST_S);
    f->unrest += recent * (fmax(0, seen - expected) / 2 - f->unrest);
    for (int i = 0; i < 2; i++)
        f->mean_velocity[i] += fmin(1, w->duration_s / MEAN_S) * (f->velocity[i] - f->mean_velocity[i]);
    double noise = fmin(square(VELOCITY_MOST), square(VELOCITY_LEAST) + UNREST_WEIGHT * f->unrest);
    if (still) noise = square(VELOCITY_STILL);
    noise *= VELOCITY_S / w->duration_s;
    double errors[TILT_ERRORS] = { 0 }, one = 1;
    for (int i = 0; i < 2; i++) measure(f, TILT_VELOCITY + i, &one, 1, -f->velocity[i], noise, errors);
    return correct(f, errors);
}

Vec3 tilt_filter_no_turn(TiltFilter *f, Vec3 axis, double rate, double sigma) {
    double errors[TILT_ERRORS] = { 0 }, weights[3] = { axis.x, axis.y, axis.z };
    measure(f, TILT_BIAS, weights, 3, rate, square(sigma), errors);
    return correct(f, errors);
}

double tilt_filter_sigma(const TiltFilter *f) {
    return sqrt(f->variance[0][0] + f->variance[1][1]);
}

double tilt_filter_bias_sigma(const TiltFilter *f, Vec3 axis) {
    double a[3] = { axis.x, axis.y, axis.z }, sum = 0;
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) sum += a[i] * a[j] * f->variance[TILT_BIAS + i][TILT_BIAS + j];
    }
    return sqrt(fmax(0, sum));
}
