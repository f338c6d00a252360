#include "motion/orientation.h"

#include <math.h>

const OrientationConfig orientation_config_default = {
    .level_tau_s = 1.5, /* two of these in a row: together about the 3 s that VQF found best */
    .rest_gyro_dps = 2.0,
    .rest_accel = 0.5,
    .rest_time_s = 1.0,
    .slow_turn_dps = 1.0,
    .bias_limit_dps = 25.0,
    .gap_s = 0.25,
};

/* Of the bias: how unsure at power-on, how much it wanders, how noisy one second at rest shows it. */
#define BIAS_START_DPS  10.0
#define BIAS_WANDER_DPS 0.01
#define BIAS_REST_DPS   0.05
#define BIAS_KNOWN_DPS  0.5
#define RATE_ABSURD     (4000.0 * DEG2RAD)
#define ACCEL_ABSURD    400.0

void orientation_init(Orientation *o, const OrientationConfig *config) {
    *o = (Orientation){
        .config = *config,
        .gyro_q = QUAT_IDENTITY,
        .level_q = QUAT_IDENTITY,
        .level1 = low_pass3_make(config->level_tau_s),
        .level2 = low_pass3_make(config->level_tau_s),
        .rest_gyro = low_pass3_make(0.5),
        .rest_accel = low_pass3_make(0.5),
        .bias_variance = pow(BIAS_START_DPS * DEG2RAD, 2),
    };
}

static bool believable(Vec3 rate, Vec3 accel) {
    double r = vec3_length(rate), a = vec3_length(accel);
    return isfinite(r) && isfinite(a) && r < RATE_ABSURD && a < ACCEL_ABSURD;
}

/* Rest is judged by deviation from the recent mean, so that an unknown bias does not hide it; once the bias
 * is known, a steady slow turn is no longer taken for one. */
static void judge_rest(Orientation *o, Vec3 raw_rate, double dt_s) {
    Vec3 mean_rate = low_pass3_feed(&o->rest_gyro, raw_rate, dt_s);
    Vec3 mean_accel = low_pass3_feed(&o->rest_accel, o->accel, dt_s);
    bool known = o->bias_variance < pow(BIAS_KNOWN_DPS * DEG2RAD, 2);
    double limit = (known ? o->config.slow_turn_dps : o->config.bias_limit_dps) * DEG2RAD;
    bool quiet = vec3_length(vec3_sub(raw_rate, mean_rate)) < o->config.rest_gyro_dps * DEG2RAD &&
                 vec3_length(vec3_sub(o->accel, mean_accel)) < o->config.rest_accel &&
                 vec3_length(vec3_sub(mean_rate, known ? o->bias : vec3(0, 0, 0))) < limit;
    o->rest_s = quiet ? o->rest_s + dt_s : 0;
}

/* A Kalman filter of one variance for all three axes: at rest the mean rate is the bias. */
static void learn_bias(Orientation *o, double dt_s) {
    o->bias_variance += pow(BIAS_WANDER_DPS * DEG2RAD, 2) * dt_s;
    if (!orientation_at_rest(o)) return;
    double known_below = pow(BIAS_KNOWN_DPS * DEG2RAD, 2);
    bool was_known = o->bias_variance < known_below;
    double noise = pow(BIAS_REST_DPS * DEG2RAD, 2) / dt_s;
    double gain = o->bias_variance / (o->bias_variance + noise);
    o->bias = vec3_add(o->bias, vec3_scale(vec3_sub(o->rest_gyro.value, o->bias), gain));
    o->bias_variance *= 1 - gain;
    if (!was_known && o->bias_variance < known_below) {
        /* Until now the bias turned the frame that the levelling looks at: begin that anew. */
        o->level1 = low_pass3_make(o->config.level_tau_s);
        o->level2 = low_pass3_make(o->config.level_tau_s);
    }
}

static void level(Orientation *o, double dt_s) {
    Vec3 inertial = quat_rotate(o->gyro_q, o->accel);
    Vec3 up = low_pass3_feed(&o->level2, low_pass3_feed(&o->level1, inertial, dt_s), dt_s);
    Vec3 believed = quat_rotate(o->level_q, vec3_unit(up));
    o->level_q = quat_unit(quat_multiply(quat_between(believed, vec3(0, 0, 1)), o->level_q));
}

bool orientation_feed(Orientation *o, const ImuSample *sample) {
    Vec3 raw_rate = vec3(sample->gyro[0], sample->gyro[1], sample->gyro[2]);
    Vec3 accel = vec3(sample->accel[0], sample->accel[1], sample->accel[2]);
    bool first = o->samples == 0;
    double dt_s = first ? 0.01 : sample->t_s - o->t_s;
    if (!isfinite(sample->t_s) || !believable(raw_rate, accel) || dt_s <= 0) {
        o->refused++;
        return false;
    }
    o->accel = accel;
    o->rate = vec3_sub(raw_rate, o->bias);
    if (dt_s > o->config.gap_s && !first) {
        /* Nobody knows how it turned meanwhile: keep heading and bias, level anew from here. */
        o->level1 = low_pass3_make(o->config.level_tau_s);
        o->level2 = low_pass3_make(o->config.level_tau_s);
        o->settle_s = 0;
        dt_s = 0.01;
    } else if (!first) {
        o->gyro_q = quat_unit(quat_multiply(o->gyro_q, quat_from_rotation_vector(vec3_scale(o->rate, dt_s))));
    }
    o->t_s = sample->t_s;
    o->samples++;
    o->settle_s += dt_s;
    judge_rest(o, raw_rate, dt_s);
    learn_bias(o, dt_s);
    level(o, dt_s);
    return true;
}

Quat orientation_get(const Orientation *o) {
    return quat_multiply(o->level_q, o->gyro_q);
}

Vec3 orientation_up(const Orientation *o) {
    return quat_rotate(quat_conjugate(orientation_get(o)), vec3(0, 0, 1));
}

bool orientation_at_rest(const Orientation *o) {
    return o->rest_s >= o->config.rest_time_s;
}

bool orientation_trusted(const Orientation *o) {
    return o->settle_s > 0.5;
}
